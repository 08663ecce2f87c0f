/**
 * Views somebody kept: their own, where the host or the browser keeps what belongs to a user, and the host's,
 * which cannot be changed. What is found there is read with suspicion: it may be old, or somebody else's.
 */
import type { Requests } from '../requests.ts';
import { partsFrom } from './state.ts';
import type { RegisterState, SavedView, UserStore } from './types.ts';

/** Where the views of a register of a ledger are kept for a user. */
export const viewsKey = (ledger: string, register: string, user: string): string =>
  ['lotledger', 'views', ledger, register, user].map(encodeURIComponent).join('/');

/** The browser's own storage; it holds nothing where it is forbidden or full. */
export function browserStore(): UserStore {
  const attempt = <T>(act: (storage: Storage) => T): T | null => {
    try {
      return act(globalThis.localStorage);
    } catch {
      return null;
    }
  };
  return {
    get: (key) => attempt((storage) => storage.getItem(key)),
    set: (key, value) => void attempt((storage) => storage.setItem(key, value)),
    remove: (key) => void attempt((storage) => storage.removeItem(key)),
  };
}

/** What saved views need of their register. */
export interface ViewsHost {
  readonly requests: Requests;
  readonly store?: () => UserStore | undefined;
  readonly key?: () => string;
  readonly host?: () => readonly SavedView[];
  readonly failed: (error: unknown) => void;
  readonly changed: () => void;
}

/** What is written: the views, and which one is taken at the start where it is a host's. */
interface Kept {
  readonly views: readonly SavedView[];
  /** Id of the view taken at the start; null = none, also where the host has one. */
  readonly standard?: string | null;
}

function viewOf(value: unknown): SavedView | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, name, state } = value as Partial<SavedView>;
  if (typeof id !== 'string' || id === '' || typeof name !== 'string') return undefined;
  const { page: _, view: _view, ...parts } = partsFrom(state);
  return { id, name, state: parts, scope: 'private' };
}

/** Short, and no view of this user has had it before. */
function freshId(views: readonly SavedView[]): string {
  let moment = Date.now();
  while (views.some(({ id }) => id === moment.toString(36))) moment++;
  return moment.toString(36);
}

function readKept(text: string | null | undefined): Kept {
  if (!text) return { views: [] };
  try {
    const kept = JSON.parse(text) as Partial<Kept> | null;
    const views = Array.isArray(kept?.views) ? kept.views.flatMap((view) => viewOf(view) ?? []) : [];
    const standard = kept?.standard;
    return { views, ...(typeof standard === 'string' || standard === null ? { standard } : {}) };
  } catch {
    return { views: [] };
  }
}

export class SavedViews {
  readonly #host: ViewsHost;
  #kept: Kept = { views: [] };

  constructor(host: ViewsHost) {
    this.#host = host;
  }

  /** There is somewhere to keep views. */
  get offered(): boolean {
    return this.#host.store?.() !== undefined && this.#host.key !== undefined;
  }

  /** The host's first, then the user's own. */
  get list(): readonly SavedView[] {
    const given: unknown = this.#host.host?.();
    // what a host gives as views may be anything
    const host = Array.isArray(given) ? (given as readonly SavedView[]).filter((view) => view?.id) : [];
    const ids = new Set(host.map(({ id }) => id));
    const all = [
      ...host.map((view) => ({ ...view, scope: 'host' as const })),
      ...this.#kept.views.filter(({ id }) => !ids.has(id)),
    ];
    const standard = this.#standardOf(all);
    return all.map(({ default: _, ...view }) => (view.id === standard ? { ...view, default: true } : view));
  }

  /** The one that is taken at the start: the user's choice, else the host's. */
  get standard(): SavedView | undefined {
    return this.list.find((view) => view.default);
  }

  #standardOf(all: readonly SavedView[]): string | undefined {
    const { standard } = this.#kept;
    if (standard === null) return undefined;
    if (standard !== undefined && all.some(({ id }) => id === standard)) return standard;
    return all.find((view) => view.scope === 'host' && view.default)?.id;
  }

  find(id: string | undefined): SavedView | undefined {
    return id === undefined ? undefined : this.list.find((view) => view.id === id);
  }

  /** Reads the user's own. What cannot be read is none; the register works without. */
  async load(): Promise<void> {
    this.#kept = await this.#read();
    this.#host.changed();
  }

  /** Keeps a state under a new name; undefined where there is nowhere to keep it. */
  async saveAs(name: string, state: Partial<RegisterState>): Promise<SavedView | undefined> {
    let view: SavedView | undefined;
    const done = await this.#edit(({ views, ...kept }) => {
      view = { id: freshId(views), name: name.trim(), state, scope: 'private' };
      return { ...kept, views: [...views, view] };
    });
    return done ? view : undefined;
  }

  /** Keeps a state in a view of the user's own. */
  async save(id: string, state: Partial<RegisterState>): Promise<void> {
    await this.#change(id, (view) => ({ ...view, state }));
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#change(id, (view) => ({ ...view, name: name.trim() }));
  }

  async remove(id: string): Promise<void> {
    await this.#edit(({ views, standard, ...kept }) => ({
      ...kept,
      views: views.filter((view) => view.id !== id),
      ...(standard === undefined || standard === id ? {} : { standard }),
    }));
  }

  /** The one that is taken at the start; undefined = none. */
  async setStandard(id: string | undefined): Promise<void> {
    await this.#edit((kept) => ({ ...kept, standard: id ?? null }));
  }

  async #change(id: string, change: (view: SavedView) => SavedView): Promise<void> {
    await this.#edit(({ views, ...kept }) => ({
      ...kept,
      views: views.map((view) => (view.id === id ? change(view) : view)),
    }));
  }

  async #read(): Promise<Kept> {
    const { requests, store, key, failed } = this.#host;
    const at = store?.();
    if (at === undefined || key === undefined) return { views: [] };
    try {
      const outcome = await requests.run('views', async () => readKept(await at.get(key())));
      return outcome.stale ? this.#kept : outcome.value;
    } catch (error) {
      failed(error);
      return { views: [] };
    }
  }

  /** Edits what is kept now, which another tab may have changed since. False where it could not be kept. */
  async #edit(edit: (kept: Kept) => Kept): Promise<boolean> {
    const at = this.#host.store?.();
    const { key } = this.#host;
    if (at === undefined || key === undefined) return false;
    try {
      const kept = edit(readKept(await at.get(key())));
      const bare = { ...kept, views: kept.views.map(({ id, name, state }) => ({ id, name, state })) };
      await at.set(key(), JSON.stringify(bare));
      this.#kept = kept;
      this.#host.changed();
      return true;
    } catch (error) {
      this.#host.failed(error);
      return false;
    }
  }
}
