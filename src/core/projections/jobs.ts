/** Jobs as they were frozen when they started; what became of each change is in its own receipt (R137). */
import type { Projection } from '../ports/view.ts';

export const jobs: Projection = {
  name: 'jobs',
  version: 1,
  collections: ['jobs'],
  apply(entry, writer) {
    for (const fact of entry.facts) {
      if (fact.kind !== 'jobStarted') continue;
      writer.put('jobs', { ...fact.job, seq: writer.seq, at: entry.at, actor: entry.actor });
    }
  },
};
