/** Alerts somebody has seen, for the date the lot had then (R40). */
import type { Projection } from '../ports/view.ts';

export const acknowledgements: Projection = {
  name: 'acknowledgements',
  version: 1,
  collections: ['acknowledgements'],
  apply({ facts, at, actor }, writer) {
    for (const fact of facts) {
      if (fact.kind === 'acknowledged')
        writer.put('acknowledgements', { ...fact.acknowledgement, at, actor });
    }
  },
};
