/**
 * What a posting takes of its own document's reservations, line by line (R71): the reserved piece first,
 * then the lot at its place, the lot, and last what was promised of the item. A reversal gives it back.
 */
import type { ReservationRecord } from '../../model/cases.ts';
import type { PostingLine } from '../../model/records.ts';
import { codeKey, optionalKey, US } from '../../ports/keys.ts';
import type { View } from '../../ports/view.ts';
import { documentKeyOf, openOf } from '../../rules/reservations.ts';
import type { Draft, DraftOptions, Header } from './draft.ts';

/** Goods that only change their lot are still there for whoever reserved them. */
const keeps: ReadonlySet<string> = new Set(['split', 'merge', 'opening']);

/** The documents whose reservations a posting fulfils: the one it names, else its own. */
export const fulfilledBy = (
  { fulfils, document, internalDocument }: Header,
  { operation }: DraftOptions,
): (string | null)[] => {
  if (operation && keeps.has(operation)) return [];
  return fulfils ? [documentKeyOf(fulfils)] : [documentKeyOf(document), documentKeyOf(internalDocument)];
};

/** Steps given back in this operation, by reservation. */
export type GivenBack = ReadonlyMap<string, number>;

interface Left {
  readonly reservation: ReservationRecord;
  steps: number;
}

/** Steps of one lot, or of stock without lots, that a line takes from one place. */
interface Part {
  readonly lot: string | null;
  readonly locationKey: string | null;
  steps: number;
}

/** What is left of the reservations of a posting's documents for one item. */
function leftOf(draft: Draft, item: string, variant: string | null, back: GivenBack): Left[] {
  const { view, claims, world } = draft;
  const known = new Map(claims.own(item).map((each) => [each.id, each]));
  for (const id of back.keys()) {
    const each = view.get('reservations', id);
    if (each && each.itemKey === codeKey(item) && claims.isOwn(each)) known.set(id, each);
  }
  const warehouse = codeKey(world.warehouse.code);
  return [...known.values()]
    .filter((each) => each.warehouseKey === warehouse && optionalKey(each.variant) === optionalKey(variant))
    .map((each) => ({ reservation: each, steps: openOf(each) + (back.get(each.id) ?? 0) }))
    .filter((left) => left.steps > 0);
}

/** The parts of a line without its pieces, and its pieces one by one. */
function partsOf(line: PostingLine): Map<string, Part> {
  const parts = new Map<string, Part>();
  const add = (lot: string | null, location: string | null, steps: number): void => {
    const locationKey = optionalKey(location);
    const key = `${lot ?? ''}${US}${locationKey ?? ''}`;
    const known = parts.get(key);
    if (known) known.steps += steps;
    else parts.set(key, { lot, locationKey, steps });
  };
  for (const row of line.lots) add(row.lot, row.location, row.quantity);
  // pieces of lots are in the rows of their lots
  if (line.lots.length === 0) {
    const one = 10 ** line.decimals;
    for (const row of line.serials) add(null, row.location, one);
    if (line.serials.length === 0) add(null, line.location, line.quantity);
  }
  return parts;
}

/** From the closest fit to the loosest. */
const fits: readonly ((reservation: ReservationRecord, part: Part) => boolean)[] = [
  (r, part) => r.lot === part.lot && r.lot !== null && r.locationKey === part.locationKey,
  (r, part) => r.lot === part.lot && r.lot !== null && r.locationKey === null,
  (r, part) => r.lot === part.lot && r.lot !== null,
  (r, part) => r.lot === null && r.locationKey === part.locationKey,
  (r) => r.lot === null && r.locationKey === null,
  (r) => r.lot === null,
];

/** Records what the lines of an unload take of their document's reservations. */
export function fulfil(draft: Draft, back: GivenBack): void {
  const known = new Map<string, Left[]>();
  for (const line of draft.lines) {
    const item = codeKey(line.item) + US + (optionalKey(line.variant) ?? '');
    const left = known.get(item) ?? leftOf(draft, line.item, line.variant, back);
    known.set(item, left);
    if (left.length > 0) fulfilLine(draft, line, left);
  }
}

function fulfilLine(draft: Draft, line: PostingLine, all: readonly Left[]): void {
  const parts = partsOf(line);
  const takes = (left: Left, part: Part, most: number): void => {
    const quantity = Math.min(left.steps, part.steps, most);
    if (quantity <= 0) return;
    left.steps -= quantity;
    part.steps -= quantity;
    draft.fulfilled.push({ reservation: left.reservation.id, line: line.id, quantity });
  };
  const { intent } = draft.world;
  const meant = all.filter(({ reservation }) => !breaks(intent) || reservation.intent === intent);
  const one = 10 ** line.decimals;
  for (const row of line.serials) {
    const key = `${(line.lots.length > 0 ? row.lot : null) ?? ''}${US}${optionalKey(row.location) ?? ''}`;
    const part = parts.get(key);
    const left = meant.find(({ reservation }) => reservation.serial === row.serial);
    if (part && left) takes(left, part, one);
  }
  for (const isFor of fits) {
    for (const part of parts.values()) {
      for (const left of meant) {
        if (left.reservation.serial === null && isFor(left.reservation, part)) takes(left, part, part.steps);
      }
    }
  }
}

/** Uses that may break a reservation, and say so (R138). */
export const breaks = (intent: string): boolean => intent === 'count' || intent === 'scrap';

/** What a reversal gives back of each reservation, for the lines it takes back. */
export function givenBackBy(draft: Draft, view: View): Map<string, number> {
  const back = new Map<string, number>();
  const original =
    draft.options.reverses === undefined ? undefined : view.get('postings', draft.options.reverses);
  if (!original || original.fulfilled.length === 0) return back;
  const lines = new Set(draft.lines.map((line) => line.reverses));
  for (const { reservation, line, quantity } of original.fulfilled) {
    if (lines.has(line)) back.set(reservation, (back.get(reservation) ?? 0) + quantity);
  }
  return back;
}
