/**
 * Marks who brings stock to a location that holds one lot at a time: whoever asks what lies there expects the
 * mark, so two commands cannot bring two lots at once (R136).
 */
import type { PostingFact } from '../model/facts.ts';
import type { LocationInput } from '../model/inputs.ts';
import { codeKey } from '../ports/keys.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { placeGuard } from '../rules/guards.ts';
import { placeOf } from '../rules/places.ts';

function mark({ warehouse: code, lines }: PostingFact, writer: Writer): void {
  const warehouse = writer.get('warehouses', codeKey(code));
  if (!warehouse?.locations?.length) return;
  let marked: LocationInput | undefined;
  for (const line of lines) {
    for (const { location } of line.lots) {
      const place = placeOf(warehouse, location);
      // thousands of rows in one posting mostly go to few places
      if (!place?.singleLot || place === marked) continue;
      marked = place;
      writer.put('guards', { id: placeGuard(warehouse.id, codeKey(place.code)) });
    }
  }
}

export const places: Projection = {
  name: 'places',
  version: 1,
  collections: ['guards'],
  apply(entry, writer) {
    for (const fact of entry.facts) {
      if (fact.kind === 'posted' && fact.posting.type === 'load') mark(fact.posting, writer);
    }
  },
};
