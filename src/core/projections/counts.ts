/** Count sheets as they were settled; what they changed is folded from their postings. */
import type { Projection } from '../ports/view.ts';

export const counts: Projection = {
  name: 'counts',
  version: 1,
  collections: ['counts'],
  apply(entry, writer) {
    for (const fact of entry.facts) {
      if (fact.kind !== 'counted') continue;
      writer.put('counts', { ...fact.count, seq: writer.seq, at: entry.at, actor: entry.actor });
    }
  },
};
