/** What changed on lots and serials, one record per field: who, when, from, to, why, from where (R121). */
import type { Projection } from '../ports/view.ts';

export const history: Projection = {
  name: 'history',
  version: 1,
  collections: ['history'],
  apply(entry, writer) {
    let n = 0;
    for (const fact of entry.facts) {
      if (fact.kind !== 'lotChanged' && fact.kind !== 'serialChanged') continue;
      for (const { field, from, to } of fact.changes) {
        writer.put('history', {
          id: `${entry.id}.${n++}`,
          seq: writer.seq,
          of: fact.id,
          field,
          from,
          to,
          at: entry.at,
          actor: entry.actor,
          reason: entry.reason ?? null,
          source: entry.source ?? null,
        });
      }
    }
  },
};
