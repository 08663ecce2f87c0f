/**
 * `reservations.commit@1`: a host's document reserves quantities before they move (R71, R99, R138): named
 * lots or pieces, those the item's withdrawal chooses, or a promise of the item alone.
 */
import type { ItemRecord, LotRecord, SerialRecord } from '../../model/records.ts';
import { read } from '../../model/schema.ts';
import type { ErrorCode } from '../../ports/catalogue.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import type { CommandDefinition, DecideContext, Decision, View } from '../../ports/view.ts';
import { candidatesFor, inPieces } from '../../reading/candidates.ts';
import { scopeOf } from '../../reading/codes.ts';
import { partySeen } from '../../reading/parties.ts';
import { choosePieces } from '../../reading/pieces.ts';
import { hostOrder } from '../../reading/ranking.ts';
import { locationIn, named, unitOf, variantOf } from '../../reading/references.ts';
import { allocate } from '../../rules/allocation.ts';
import { convert, type Factor, formatSteps, toSteps } from '../../rules/quantities.ts';
import { documentKeyOf } from '../../rules/reservations.ts';
import { withdrawalOf } from '../../rules/withdrawal.ts';
import { checkTransit } from '../posting/world.ts';
import { Book, type Terms } from './book.ts';
import { type CommitInput, type CommitLine, commitInput } from './input.ts';

/** Steps of a quantity in the line's unit. Zero is no reservation. */
export function stepsOf(typed: string, item: ItemRecord, unit: Factor | null, path: string): number {
  const { decimals } = item.unit;
  const found = unit === null ? toSteps(typed, decimals) : convert(typed, unit, decimals);
  const steps = typeof found === 'object' ? found.steps : found;
  if (typeof steps !== 'number') throw new LedgerError(steps, { path, details: { decimals } });
  if (steps === 0) throw new LedgerError('quantity.zero', { path });
  return steps;
}

/** The location as its warehouse writes it; null is none. */
export function locationOf(
  warehouse: Terms['warehouse'],
  location: string | null | undefined,
  path: string,
): string | null {
  return location ? locationIn(warehouse, location, path) : null;
}

function termsOf(book: Book, args: CommitInput, line: CommitLine, path: string): Terms {
  const { view, context } = book;
  const item = named(view, 'items', line.item, `${path}.item`);
  const warehouse = named(view, 'warehouses', line.warehouse, `${path}.warehouse`);
  const party = line.party ?? args.party ?? null;
  const intent = line.intent ?? args.intent ?? 'sale';
  checkTransit({ warehouse, type: 'unload', intent }, `${path}.warehouse`);
  return {
    item,
    variant: variantOf(item, line.variant, `${path}.variant`),
    warehouse,
    location: locationOf(warehouse, line.location, `${path}.location`),
    document: args.document ?? null,
    documentKey: documentKeyOf(args.document),
    intent,
    needDate: line.needDate ?? args.needDate ?? context.today,
    party: party ? { kind: party.kind, code: party.code } : null,
    note: line.note ?? args.note ?? null,
  };
}

const notFound: Readonly<Record<'lots' | 'serials', ErrorCode>> = {
  lots: 'lot.notFound',
  serials: 'serial.notFound',
};
const wrongItem: Readonly<Record<'lots' | 'serials', ErrorCode>> = {
  lots: 'lot.wrongItem',
  serials: 'serial.wrongItem',
};

/** The lot or piece of a code, of the item and variant that is reserved. */
export function codedOf<C extends 'lots' | 'serials'>(
  view: View,
  collection: C,
  terms: Pick<Terms, 'item' | 'variant'>,
  code: string,
  path: string,
): C extends 'lots' ? LotRecord : SerialRecord {
  const scope = scopeOf(view, terms.item.code, terms.variant);
  const found: LotRecord | SerialRecord | undefined = view.lookup(collection, 'code', [scope, codeKey(code)]);
  if (!found) throw new LedgerError(notFound[collection], { path, details: { code } });
  if (found.itemKey !== terms.item.id || found.variant !== terms.variant) {
    throw new LedgerError(wrongItem[collection], { path, details: { code: found.code, item: found.item } });
  }
  return found as C extends 'lots' ? LotRecord : SerialRecord;
}

const some = (rows: unknown): boolean => rows === 'auto' || (Array.isArray(rows) && rows.length > 0);

interface Wanted {
  readonly book: Book;
  readonly terms: Terms;
  readonly line: CommitLine;
  readonly path: string;
  readonly unit: Factor | null;
  readonly total: number;
}

/** Lots the item's withdrawal chooses: at the line's location, or wherever they are in the warehouse. */
function reserveAutomatic({ book, terms, line, path }: Wanted, steps: number): void {
  const strategy = withdrawalOf(terms.item);
  const at = `${path}.lots`;
  if (strategy === 'manual')
    throw new LedgerError('lot.required', { path: at, details: { item: terms.item.code } });
  const request = book.request(terms);
  const lots = candidatesFor(book.view, request);
  const candidates = terms.item.serials ? inPieces(book.view, request, lots) : lots;
  const { taken, skipped, shortage } = allocate(candidates, {
    strategy,
    quantity: steps,
    needDate: request.day,
    prefer: terms.item.lots?.prefer ?? null,
    singleLot: line.singleLot ?? false,
    minShelfLifeDays: line.minShelfLifeDays,
    order: hostOrder(book.context.hooks, candidates, {
      ...terms,
      quantity: steps,
      needDate: request.day,
      strategy,
    }),
  });
  if (shortage > 0) {
    throw new LedgerError('lot.insufficient', {
      path: at,
      details: {
        ...book.figures(terms, steps - shortage, shortage),
        skipped: skipped.map(({ code, reason }) => ({ code, reason })),
      },
    });
  }
  const byLot = new Map<string, number>();
  for (const { lot, quantity } of taken) byLot.set(lot, (byLot.get(lot) ?? 0) + quantity);
  for (const [lot, quantity] of byLot) book.reserve(terms, { lot, serial: null }, quantity);
}

/** Named lots first, what they leave by the item's withdrawal where the line asks for it (R99). */
function reserveNamed(wanted: Wanted): void {
  const { book, terms, line, path, unit, total } = wanted;
  const rows = Array.isArray(line.lots) ? line.lots : [];
  let left = total;
  rows.forEach((row, i) => {
    const at = `${path}.lots[${i}]`;
    const lot = codedOf(book.view, 'lots', terms, row.code, `${at}.code`);
    const steps = stepsOf(row.quantity, terms.item, unit, `${at}.quantity`);
    const own = row.location
      ? { ...terms, location: locationOf(terms.warehouse, row.location, `${at}.location`) }
      : terms;
    book.checkLot(own, lot, steps, `${at}.code`);
    book.reserve(own, { lot: lot.id, serial: null }, steps);
    left -= steps;
  });
  if (left > 0 && line.rest === 'auto') reserveAutomatic(wanted, left);
  else if (left !== 0) {
    const difference = formatSteps(left, terms.item.unit.decimals);
    throw new LedgerError('lot.sumMismatch', { path: `${path}.lots`, details: { difference } });
  }
}

function piecesCount({ terms, line, path, total }: Wanted): number {
  const one = 10 ** terms.item.unit.decimals;
  if (total % one !== 0) {
    const details = { quantity: line.quantity };
    throw new LedgerError('serial.fractional', { path: `${path}.quantity`, details });
  }
  return total / one;
}

function reserveSerials(wanted: Wanted): void {
  const { book, terms, line, path } = wanted;
  const count = piecesCount(wanted);
  const at = `${path}.serials`;
  const one = 10 ** terms.item.unit.decimals;
  const hold = (serial: SerialRecord, blame: string): void => {
    book.checkPiece(terms, serial, blame);
    const here = { ...terms, location: serial.location };
    book.reserve(here, { lot: serial.lot, serial: serial.id }, one);
  };
  if (Array.isArray(line.serials)) {
    if (line.serials.length !== count) {
      const details = { expected: count, given: line.serials.length };
      throw new LedgerError('serial.countMismatch', { path: at, details });
    }
    line.serials.forEach((code, i) => {
      hold(codedOf(book.view, 'serials', terms, code, `${at}[${i}]`), `${at}[${i}]`);
    });
    return;
  }
  const strategy = terms.item.lots ? withdrawalOf(terms.item) : 'fifo';
  if (strategy === 'manual')
    throw new LedgerError('lot.required', { path: at, details: { item: terms.item.code } });
  const request = book.request(terms);
  const { taken, shortage } = choosePieces(book.view, request, {
    count,
    strategy,
    needDate: request.day,
    prefer: terms.item.lots?.prefer ?? null,
    singleLot: line.singleLot ?? false,
    minShelfLifeDays: line.minShelfLifeDays,
  });
  if (shortage > 0) {
    const details = book.figures(terms, (count - shortage) * one, shortage * one);
    throw new LedgerError(terms.item.lots ? 'lot.insufficient' : 'stock.insufficient', { path: at, details });
  }
  for (const { serial } of taken) {
    book.reserve({ ...terms, location: serial.location }, { lot: serial.lot, serial: serial.id }, one);
  }
}

function reserveLine(book: Book, args: CommitInput, line: CommitLine, path: string): void {
  const terms = termsOf(book, args, line, path);
  const { item } = terms;
  const details = { item: item.code };
  if (some(line.lots) && !item.lots)
    throw new LedgerError('item.notLotManaged', { path: `${path}.lots`, details });
  if (some(line.serials) && !item.serials) {
    throw new LedgerError('item.notSerialManaged', { path: `${path}.serials`, details });
  }
  const chosen = line.lots === 'auto' || line.serials === 'auto' || line.rest === 'auto';
  if (!chosen && (line.singleLot || line.minShelfLifeDays != null)) {
    const what = 'a condition on lots that nobody chooses';
    throw new LedgerError('command.unsupported', { path, details: { what } });
  }
  const unit = unitOf(item, line.unit, `${path}.unit`);
  const total = stepsOf(line.quantity, item, unit, `${path}.quantity`);
  const wanted: Wanted = { book, terms, line, path, unit, total };
  if (item.serials) piecesCount(wanted);
  if (some(line.serials)) reserveSerials(wanted);
  else if (line.lots === 'auto') reserveAutomatic(wanted, total);
  else if (some(line.lots)) reserveNamed(wanted);
  else {
    book.checkPromise(terms, total, `${path}.quantity`);
    book.reserve(terms, { lot: null, serial: null }, total);
  }
}

/** The parties the lines name, seen: each once. */
function partiesSeen(args: CommitInput, view: View, context: DecideContext): Decision {
  const parties = new Map(
    [args, ...args.lines].flatMap(({ party }) => (party ? [[party.kind + party.code, party]] : [])),
  );
  const writes = [...parties.values()].map((party) => partySeen(view, party, context.at));
  return { facts: writes.flatMap(({ facts }) => facts), side: writes.flatMap(({ side }) => side) };
}

export const commitReservations: CommandDefinition<CommitInput> = {
  name: 'reservations.commit@1',
  schema: commitInput,
  parse: (args) => read(commitInput, args),
  decide(args, view, context) {
    const book = new Book(view, context);
    args.lines.forEach((line, i) => {
      reserveLine(book, args, line, `lines[${i}]`);
    });
    const { facts, side = [] } = partiesSeen(args, view, context);
    return { facts: [...book.facts, ...facts], side };
  },
};
