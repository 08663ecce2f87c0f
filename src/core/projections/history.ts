/**
 * What changed on lots, serials, master data and settings, one record per field: who, when, from, to, why,
 * from where (R121). Of master data the projection that knows the state before says what changed.
 */
import type { Change, Entry, Fact } from '../model/facts.ts';
import type { Projection, Writer } from '../ports/view.ts';

/** Keeps changes of one record; `id` is unique in the entry. */
export function keepChange(entry: Entry, writer: Writer, id: string, of: string, change: Change): void {
  writer.put('history', {
    id: `${entry.id}.${id}`,
    seq: writer.seq,
    of,
    field: change.field,
    from: change.from,
    to: change.to,
    at: entry.at,
    actor: entry.actor,
    reason: entry.reason ?? entry.force?.reason ?? null,
    source: entry.source ?? null,
  });
}

type Told = readonly [of: string, change: Change];

const recalled = (ids: readonly string[], from: string | null, to: string | null): Told[] =>
  ids.map((id): Told => [id, { field: 'recall', from, to }]);

/** What a fact changed on lots and serials. */
function changesOf(fact: Fact): Told[] {
  switch (fact.kind) {
    case 'lotChanged':
    case 'serialChanged':
      return fact.changes.map((change): Told => [fact.id, change]);
    case 'lotPrinted':
    case 'serialPrinted':
      return [[fact.id, { field: 'printed', from: null, to: true }]];
    case 'serialMissing':
      return [[fact.id, { field: 'missing', from: !fact.missing, to: fact.missing }]];
    case 'recallOpened':
      return recalled([...fact.recall.lots, ...fact.recall.serials], null, fact.recall.id);
    case 'recallChanged': {
      const { change, id } = fact;
      if (change.what === 'joined') return recalled([change.lot], null, id);
      if (change.what !== 'closed' && change.what !== 'freed') return [];
      const { freed, passed } = change;
      return [...freed.lots, ...freed.serials].flatMap((each) => recalled([each], id, passed[each] ?? null));
    }
    default:
      return [];
  }
}

export const history: Projection = {
  name: 'history',
  version: 2,
  collections: ['history'],
  apply(entry, writer) {
    let n = 0;
    for (const fact of entry.facts) {
      for (const [of, change] of changesOf(fact)) keepChange(entry, writer, String(n++), of, change);
    }
  },
};
