/** The last code each counter made: a fact carries the counter as it is from now on. */
import type { Projection } from '../ports/view.ts';

export const counters: Projection = {
  name: 'counters',
  version: 1,
  collections: ['counters'],
  apply(entry, writer) {
    for (const fact of entry.facts) {
      if (fact.kind === 'counter') writer.put('counters', { ...fact.counter });
    }
  },
};
