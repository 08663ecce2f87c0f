/** The feed: what each entry of the journal touched, and how listeners hear of it. */
import type { ChangeEvent } from '../ports/ledger.ts';
import type { JournalGroup, Store } from '../ports/store.ts';
import { readEntry } from '../upcasts/index.ts';
import { touchedBy } from './outcome.ts';

/** Tells one listener. */
export function tellOne<T>(listener: (event: T) => void, event: T): void {
  try {
    listener(event);
  } catch (error) {
    // a listener's fault is its own: it must neither stop the feed for the others nor end the process
    if (typeof reportError === 'function') reportError(error);
    else console.error(error);
  }
}

/** What each entry touched, of groups that may begin before it. */
export function* eventsOf(groups: readonly JournalGroup[], after: number): Generator<ChangeEvent> {
  for (const group of groups) {
    for (let i = Math.max(0, after + 1 - group.firstSeq); i < group.texts.length; i++) {
      yield { seq: group.firstSeq + i, touched: touchedBy(readEntry(group.texts[i] as string)) };
    }
  }
}

/** Hears, once, that a store goes beyond a number, or that nobody waits for it any more. */
export function nextCommit(
  store: Store,
  after: number,
  stops: readonly AbortSignal[],
): { readonly heard: Promise<void>; forget(): void } {
  let forget = (): void => undefined;
  const heard = new Promise<void>((resolve) => {
    const unwatch = store.watch((head) => head.seq > after && forget());
    forget = () => {
      unwatch();
      for (const stop of stops) stop.removeEventListener('abort', forget);
      resolve();
    };
    for (const stop of stops) stop.addEventListener('abort', forget);
    if (stops.some((stop) => stop.aborted)) forget();
  });
  return { heard, forget: () => forget() };
}
