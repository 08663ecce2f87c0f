/**
 * What leaves a lot and what arrives in one, on the two postings of a transformation: quantities, or of an
 * item by serial number named pieces, which keep who they are (R95).
 */

import type { ItemRecord, LotRecord, PostingLotRow, PostingSerialRow } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, US } from '../../ports/keys.ts';
import { gather } from '../../ports/view.ts';
import { type AlternativeUnit, locationIn } from '../../reading/references.ts';
import { convert, formatSteps, toSteps } from '../../rules/quantities.ts';
import type { Draft } from '../posting/draft.ts';
import { lotRowOf, serialRowOf } from '../posting/line-rows.ts';
import { recordLine } from '../posting/lines.ts';
import type { DraftLot, DraftSerial } from '../posting/moves.ts';
import { checkLotUse, checkSerialUse } from '../posting/usability.ts';
import { isZero, type LineWorld } from '../posting/world.ts';
import { placeOf, placesOf, type Source } from './pair.ts';

/** Steps of a quantity as typed; whole pieces of an item by serial number. */
export function stepsOf(
  item: ItemRecord,
  quantity: string,
  unit: AlternativeUnit | null,
  path: string,
): number {
  if (isZero(quantity)) throw new LedgerError('quantity.zero', { path });
  const { decimals } = item.unit;
  const answer = unit === null ? toSteps(quantity, decimals) : convert(quantity, unit, decimals);
  if (item.serials && isFraction(answer, decimals))
    throw new LedgerError('serial.fractional', { path, details: { quantity } });
  if (typeof answer === 'string') throw new LedgerError(answer, { path, details: { decimals } });
  const steps = typeof answer === 'number' ? answer : answer.steps;
  if (steps === 0) throw new LedgerError('quantity.zero', { path });
  return steps;
}

type Converted = ReturnType<typeof toSteps> | ReturnType<typeof convert>;

function isFraction(answer: Converted, decimals: number): boolean {
  if (typeof answer === 'string') return answer === 'quantity.precision';
  if (typeof answer === 'number') return answer % 10 ** decimals !== 0;
  return !answer.exact || answer.steps % 10 ** decimals !== 0;
}

/** What a row takes of a lot. */
export interface Wanted {
  /** Steps; undefined where the pieces say it. */
  readonly steps: number | undefined;
  readonly location: string | null | undefined;
  readonly serials: readonly string[] | undefined;
  /** Begins the paths of its fields: `''`, `from[1].`, `into[0].` */
  readonly path: string;
  /** The field that says how much, and the one that says where. */
  readonly quantityPath: string;
  readonly locationPath: string;
}

/** A quantity of a lot at one place, with the pieces it consists of. */
export interface Portion {
  readonly location: string | null;
  readonly steps: number;
  readonly serials: readonly DraftSerial[];
  readonly path: string;
}

/** Refuses a piece that another row has already: it would leave from where it has just arrived. */
export function checkFirst({ operation }: Draft, serial: DraftSerial, path: string): void {
  if (!operation.serialMoves.has(serial.id)) return;
  throw new LedgerError('serial.repeated', { path, details: { code: serial.code } });
}

/** The pieces a row names: of this lot, and here. */
function serialsOf(out: Draft, { lot, item }: Source, wanted: Wanted): DraftSerial[] {
  const codes = wanted.serials ?? [];
  const path = `${wanted.path}serials`;
  if (codes.length === 0) throw new LedgerError('serial.required', { path, details: { item: item.code } });
  out.operation.countRows(codes.length, path);
  const { warehouse } = out.world;
  const at = wanted.location ? codeKey(locationIn(warehouse, wanted.location, wanted.locationPath)) : null;
  return gather(codes, (code, i) => {
    const own = `${path}[${i}]`;
    const serial = out.operation.serial(lot.scope, codeKey(code));
    if (!serial || serial.itemKey !== lot.itemKey)
      throw new LedgerError('serial.notFound', { path: own, details: { code } });
    if (serial.lot !== lot.id) {
      const theirs = serial.lot === null ? undefined : out.view.get('lots', serial.lot);
      const details = { code: serial.code, lot: theirs?.code ?? null };
      throw new LedgerError('serial.wrongLot', { path: own, details });
    }
    checkFirst(out, serial, own);
    const place = out.operation.placeOf(serial);
    const here = place !== null && codeKey(place.warehouse) === warehouse.id;
    if (!here || (at !== null && codeKey(place.location ?? '') !== at))
      throw new LedgerError('serial.notHere', { path: own, details: { code: serial.code, place } });
    return serial;
  });
}

function checkCount(item: ItemRecord, wanted: Wanted, given: number): void {
  const one = 10 ** item.unit.decimals;
  if (wanted.steps === undefined || wanted.steps === given * one) return;
  const details = { expected: wanted.steps / one, given };
  throw new LedgerError('serial.countMismatch', { path: `${wanted.path}serials`, details });
}

/** What a row takes, place by place. */
export function portionsOf(out: Draft, source: Source, wanted: Wanted): Portion[] {
  const { lot, item } = source;
  if (!item.serials) {
    if (wanted.serials?.length) {
      const path = `${wanted.path}serials`;
      throw new LedgerError('item.notSerialManaged', { path, details: { item: item.code } });
    }
    if (wanted.steps === undefined) throw new LedgerError('field.required', { path: wanted.quantityPath });
    const places = wanted.location ? [] : placesOf(out, lot);
    const known = places.length === 1 ? places[0]?.location : null;
    const location = placeOf(out, wanted.location, known, wanted.locationPath);
    return [{ location, steps: wanted.steps, serials: [], path: wanted.quantityPath }];
  }
  const serials = serialsOf(out, source, wanted);
  checkCount(item, wanted, serials.length);
  return byPlace(out, item, serials, `${wanted.path}serials`);
}

/** Pieces gathered by the place they are at. */
export function byPlace(
  out: Draft,
  item: ItemRecord,
  serials: readonly DraftSerial[],
  path: string,
): Portion[] {
  const found = new Map<string, { location: string | null; serials: DraftSerial[] }>();
  for (const serial of serials) {
    const location = out.operation.placeOf(serial)?.location ?? null;
    const at = found.get(codeKey(location ?? ''));
    if (at) at.serials.push(serial);
    else found.set(codeKey(location ?? ''), { location, serials: [serial] });
  }
  const one = 10 ** item.unit.decimals;
  return [...found.values()].map((at) => ({ ...at, steps: at.serials.length * one, path }));
}

/** A line that is put together here, not typed as one. */
export const lineFor = (item: ItemRecord, variant: string | null, path = ''): LineWorld => ({
  index: 0,
  path,
  input: { item: item.code, quantity: '0' },
  item,
  variant,
  decimals: item.unit.decimals,
  factor: null,
  location: null,
});

/** What was typed, where it was in another unit than the item's own. */
export type Entered = { readonly quantity: string; readonly unit: AlternativeUnit | null } | null;

/** One line of a posting while its rows come together: each lot once per place. */
export class Gathered {
  readonly #draft: Draft;
  readonly #item: ItemRecord;
  readonly #variant: string | null;
  readonly #lots = new Map<string, PostingLotRow>();
  readonly #serials: PostingSerialRow[] = [];
  #total = 0;

  constructor(draft: Draft, item: ItemRecord, variant: string | null) {
    this.#draft = draft;
    this.#item = item;
    this.#variant = variant;
  }

  /** Steps so far. */
  get total(): number {
    return this.#total;
  }

  /** Moves a portion of a lot out or in, as the posting unloads or loads. */
  move(lot: DraftLot | null, { location, steps, serials, path }: Portion, note: string | null = null): void {
    const sign = this.#draft.world.type === 'load' ? 1 : -1;
    const { code, unit } = this.#item;
    // single pieces without a lot are balances of their own
    if (lot !== null || serials.length === 0) {
      this.#draft.move({
        lot,
        item: code,
        variant: this.#variant,
        decimals: unit.decimals,
        location,
        path,
        steps: sign * steps,
      });
    }
    for (const serial of serials) {
      this.#draft.moveSerial(serial, location, path);
      this.#serials.push(serialRowOf(serial, lot, location));
    }
    this.#total += steps;
    if (lot === null) return;
    const key = lot.id + US + codeKey(location ?? '');
    const known = this.#lots.get(key);
    if (known) this.#lots.set(key, { ...known, quantity: known.quantity + steps });
    else this.#lots.set(key, lotRowOf(lot, location, steps, note));
  }

  /** Records the line; `location` where it is of no lot. */
  record(entered: Entered = null, location: string | null = null): void {
    const item = this.#item;
    const quantity = entered?.quantity ?? formatSteps(this.#total, item.unit.decimals);
    const line = {
      ...lineFor(item, this.#variant),
      input: { item: item.code, quantity },
      factor: entered?.unit ?? null,
      location,
    };
    const rows = { lots: [...this.#lots.values()], serials: this.#serials };
    recordLine(this.#draft, { line, total: this.#total }, rows);
  }
}

/** Whether a lot and these pieces of it may be taken for what the template is for. */
export function checkUse(
  out: Draft,
  { lot, item }: Source,
  portions: readonly Portion[],
  path: string,
): void {
  const line = lineFor(item, lot.variant);
  for (const { location, serials, path: own } of portions) {
    checkLotUse(out, line, lot, location, path);
    for (const serial of serials) checkSerialUse(out, line, serial, location, own);
  }
}

/** What is in stock of a lot here: by place, or of an item by serial number every piece. */
export function allOf(out: Draft, source: Source, wanted: Wanted): Portion[] {
  const { lot, item } = source;
  const { warehouse } = out.world;
  const at = wanted.location ? codeKey(locationIn(warehouse, wanted.location, wanted.locationPath)) : null;
  const found = item.serials
    ? piecesHere(out, source, wanted.path)
    : stockHere(out, lot, wanted.quantityPath);
  const here = found.filter(({ location }) => at === null || codeKey(location ?? '') === at);
  if (here.length > 0) return here;
  const details = {
    code: lot.code,
    available: '0',
    warehouse: warehouse.code,
    location: wanted.location ?? null,
  };
  throw new LedgerError('lot.insufficient', { path: wanted.quantityPath, details });
}

const stockHere = (out: Draft, lot: LotRecord, path: string): Portion[] =>
  placesOf(out, lot).map(({ location, onHand }) => ({ location, steps: onHand, serials: [], path }));

const piecesHere = (out: Draft, { lot, item }: Source, path: string): Portion[] => {
  // every move of a piece of the lot writes the lot too, which is expected
  const serials = out.view
    .range('serials', 'byLot', { prefix: [lot.id] }, null)
    .filter((serial) => serial.warehouseKey === out.world.warehouse.id);
  return byPlace(out, item, serials, `${path}serials`);
};
