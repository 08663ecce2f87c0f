/** The feed: what each entry of the journal touched, and how listeners hear of it. */
import type { ChangeEvent } from '../ports/ledger.ts';
import type { JournalGroup } from '../ports/store.ts';
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
