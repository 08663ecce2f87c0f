/**
 * `counts.sheet`: what the books have in a warehouse on a day, item by item and place by place: to be printed,
 * taken along, and filled in (R84).
 */
import * as z from 'zod/mini';
import type { BalanceRecord, IsoDate, ItemRecord, SerialRecord, WarehouseRecord } from '../model/records.ts';
import { code, isoDate, maybe, read } from '../model/schema.ts';
import type { CountSheet, CountSheetLine } from '../model/views-counts.ts';
import { bucketKey, codeKey, compareText, naturalKey, US } from '../ports/keys.ts';
import { gather, type QueryDefinition, type View } from '../ports/view.ts';
import { bookOf, pieceAt } from '../reading/books.ts';
import { locationIn, named } from '../reading/references.ts';
import { formatSteps } from '../rules/quantities.ts';
import { UNGUARDED } from './views/stock.ts';

const sheetArgs = z.strictObject({
  warehouse: code(),
  item: maybe(code()),
  location: maybe(code()),
  date: maybe(isoDate()),
});
type SheetArgs = z.infer<typeof sheetArgs>;

/** What a sheet is of. */
interface Scope {
  readonly view: View;
  readonly warehouse: WarehouseRecord;
  readonly location: string | null;
  readonly item: ItemRecord | null;
  readonly date: IsoDate;
  readonly past: boolean;
}

/** A line while it is put together: lots and pieces with the keys they are sorted by. */
interface Draft {
  readonly item: ItemRecord;
  readonly variant: string | null;
  readonly location: string | null;
  book: number;
  readonly lots: CountSheetLine['lots'][number][];
  readonly serials: CountSheetLine['serials'][number][];
}

function scopeOf(view: View, args: SheetArgs, today: IsoDate): Scope {
  const warehouse = named(view, 'warehouses', args.warehouse, 'warehouse');
  const item = args.item ? named(view, 'items', args.item, 'item') : null;
  const location = args.location ? locationIn(warehouse, args.location, 'location') : null;
  const date = args.date ?? today;
  return { view, warehouse, item, location, date, past: date < today };
}

const isAt = ({ location }: Scope, at: string | null): boolean =>
  location === null || (at !== null && codeKey(at) === codeKey(location));

/** Balances that may have held something: those that do, or of a day gone by every one of a lot. */
function balancesOf({ view, warehouse, item, past }: Scope): BalanceRecord[] {
  const prefix = item ? [item.id] : [];
  const inStock = view.range('balances', 'inStock', { prefix }, UNGUARDED);
  const ofLots = (): readonly BalanceRecord[] => {
    if (!item) return view.range('balances', 'byLot', {}, UNGUARDED);
    const lots = view.range('lots', 'byItem', { prefix }, UNGUARDED);
    return gather(lots, ({ id }) => view.range('balances', 'byLot', { prefix: [id] }, UNGUARDED)).flat();
  };
  const all = past ? [...ofLots(), ...inStock.filter(({ lot }) => lot === null)] : inStock;
  return all.filter(({ warehouseKey }) => warehouseKey === warehouse.id);
}

function serialsOf({ view, warehouse, item, past }: Scope): readonly SerialRecord[] {
  if (item && !item.serials) return [];
  const prefix = item ? [item.id] : [];
  if (past) return view.range('serials', 'byItem', { prefix }, UNGUARDED);
  if (!item) return view.range('serials', 'byPlace', { prefix: [warehouse.id] }, UNGUARDED);
  return view.range('serials', 'inStock', { prefix }, UNGUARDED);
}

function linesOf(scope: Scope): Draft[] {
  const { view, warehouse, date } = scope;
  const lines = new Map<string, Draft>();
  const lineOf = (key: string, variant: string | null, location: string | null): Draft | undefined => {
    const item = view.get('items', key);
    if (!item) return undefined;
    const id = bucketKey(item.code, variant) + US + (location ?? '');
    const line = lines.get(id) ?? { item, variant, location, book: 0, lots: [], serials: [] };
    lines.set(id, line);
    return line;
  };
  gather(balancesOf(scope), ({ itemKey, variant, location, lot: id }) => {
    if (!isAt(scope, location)) return;
    const item = view.get('items', itemKey);
    const place = { warehouse: warehouse.code, location };
    const book = item ? bookOf(view, { item, variant, place, date }, id) : 0;
    const lot = id === null ? undefined : view.get('lots', id);
    if (book === 0) return;
    const line = lineOf(itemKey, variant, location);
    if (!line) return;
    if (!lot) line.book += book;
    else {
      const { code: lotCode, expiryDate } = lot;
      line.lots.push({ code: lotCode, expiryDate, book: formatSteps(book, line.item.unit.decimals) });
    }
  });
  gather(serialsOf(scope), (serial) => {
    const { place } = pieceAt(view, serial, date);
    if (!place || codeKey(place.warehouse) !== warehouse.id || !isAt(scope, place.location)) return;
    const lot = serial.lot === null ? null : (view.get('lots', serial.lot)?.code ?? null);
    lineOf(serial.itemKey, serial.variant, place.location)?.serials.push({ code: serial.code, lot });
  });
  return [...lines.values()];
}

const byCode = (a: { readonly code: string }, b: { readonly code: string }): number =>
  compareText(naturalKey(a.code), naturalKey(b.code));

/** Place by place, as one walks along, and item by item there. */
const orderOf = ({ item, variant, location }: Draft): string =>
  [location ?? '', item.code, variant ?? ''].map(naturalKey).join(US);

const lineView = ({ item, variant, location, book, lots, serials }: Draft): CountSheetLine => ({
  item: item.code,
  description: item.description ?? null,
  variant,
  unit: item.unit.code,
  location,
  book: book === 0 ? null : formatSteps(book, item.unit.decimals),
  lots: lots.sort(byCode),
  serials: serials.sort(byCode),
});

export const sheetQuery: QueryDefinition<SheetArgs, CountSheet> = {
  name: 'counts.sheet',
  schema: sheetArgs,
  parse: (args) => read(sheetArgs, args),
  run(view, args, { today }) {
    const scope = scopeOf(view, args, today);
    const lines = linesOf(scope).sort((a, b) => compareText(orderOf(a), orderOf(b)));
    return { warehouse: scope.warehouse.code, date: scope.date, lines: lines.map(lineView) };
  },
};
