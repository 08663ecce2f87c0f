/**
 * Where what belongs to a user is kept unless the host brings its own place: the browser's storage, and
 * where that is closed, the memory of the page.
 */
import type { UserStore } from '../controllers/register/types.ts';

const PREFIX = 'lotledger:';
const fallback = new Map<string, string>();

function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    // a page in a sandbox may not even look at it
    return undefined;
  }
}

/** The browser's own storage. */
export const browserStore: UserStore = {
  get: (key) => storage()?.getItem(PREFIX + key) ?? fallback.get(key) ?? null,
  set(key, value) {
    try {
      storage()?.setItem(PREFIX + key, value);
      fallback.delete(key);
    } catch {
      fallback.set(key, value);
    }
    if (storage() === undefined) fallback.set(key, value);
  },
  remove(key) {
    storage()?.removeItem(PREFIX + key);
    fallback.delete(key);
  },
};
