/**
 * One subscription per ledger, however many elements listen: the feed of a ledger is opened by the first who
 * listens and closed after the last. Kept once per page, whatever versions of the package are on it.
 */
import type { ChangeEvent, Ledger } from '../core.ts';

type Listener = (event: ChangeEvent) => void;

interface Feed {
  readonly listeners: Set<Listener>;
  readonly stop: () => void;
}

interface Feeds {
  readonly open: WeakMap<Ledger, Feed>;
  /** Of a ledger with something in between, the one whose feed it has. */
  readonly origin: WeakMap<Ledger, Ledger>;
}

const KEY = Symbol.for('lotledger.feeds.1');
type Page = typeof globalThis & { [KEY]?: Feeds };

function feeds(): Feeds {
  const page = globalThis as Page;
  page[KEY] ??= { open: new WeakMap(), origin: new WeakMap() };
  return page[KEY];
}

/** A ledger through something in between hears the same feed as the ledger itself. */
export function sameFeed(ledger: Ledger, origin: Ledger): void {
  feeds().origin.set(ledger, feeds().origin.get(origin) ?? origin);
}

function open(ledger: Ledger): Feed {
  const listeners = new Set<Listener>();
  const stop = ledger.subscribe((event) => {
    for (const listener of [...listeners]) {
      try {
        listener(event);
      } catch (error) {
        // a listener's fault is its own
        reportError(error);
      }
    }
  });
  return { listeners, stop };
}

/** Hears of every change of a ledger. Returns the way to stop. */
export function listen(ledger: Ledger, listener: Listener): () => void {
  const { open: all, origin } = feeds();
  const key = origin.get(ledger) ?? ledger;
  const feed = all.get(key) ?? open(key);
  all.set(key, feed);
  const own: Listener = (event) => listener(event);
  feed.listeners.add(own);
  return () => {
    if (!feed.listeners.delete(own) || feed.listeners.size > 0) return;
    feed.stop();
    if (all.get(key) === feed) all.delete(key);
  };
}
