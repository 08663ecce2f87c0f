/**
 * Promises of an item that name no lot, at a posting (R138): of the stock that is good on their need dates,
 * enough has to be left over. Lots that could not keep them are free to go.
 */
import type { ItemRecord, WarehouseRecord } from '../../model/records.ts';
import { codeKey } from '../../ports/keys.ts';
import { stockPrefix } from '../../reading/candidates.ts';
import { type Cell, type ItemLimit, itemLimits, type LimitRequest } from '../../reading/limits.ts';
import { placeOf } from '../../reading/places.ts';
import { Claims } from '../../reading/reservations.ts';
import { lotSubject, serialSubject } from '../../reading/stock.ts';
import { stockGuard } from '../../rules/stock-keys.ts';
import type { Operation } from './operation.ts';
import { newestFirst, type Settlement, type Touched } from './settlement.ts';

/** Stock as it will be, and what this operation changes of each part of it. */
interface After {
  readonly cells: readonly Cell[];
  readonly changes: ReadonlyMap<string, number>;
}

/** Pieces in no lot: those that nobody holds by themselves. */
function piecesAfter(
  operation: Operation,
  item: ItemRecord,
  touched: Touched,
  warehouse: WarehouseRecord,
): After {
  const { view, serialMoves } = operation;
  const one = 10 ** item.unit.decimals;
  const prefix = stockPrefix(item, touched.variant, warehouse);
  const changes = new Map<string, number>();
  const cells: Cell[] = [];
  for (const serial of view.range('serials', 'inStock', { prefix }, stockGuard(item.code))) {
    if (serial.reserved) continue;
    const gone = serialMoves.has(serial.id);
    if (gone) changes.set(serial.id, -one);
    const subject = serialSubject(serial, view);
    cells.push({ key: serial.id, lot: null, subject, location: serial.location, steps: gone ? 0 : one });
  }
  for (const { serial } of serialMoves.values()) {
    const now = operation.placeOf(serial);
    const ofItem = serial.itemKey === item.id && serial.variant === touched.variant;
    if (!ofItem || serial.reserved || now?.warehouse !== warehouse.code) continue;
    const key = `${serial.id} there`;
    changes.set(key, one);
    cells.push({ key, lot: null, subject: serialSubject(serial, view), location: now.location, steps: one });
  }
  return { cells, changes };
}

function balancesAfter(
  { view, deltas }: Operation,
  item: ItemRecord,
  { variant }: Touched,
  warehouse: WarehouseRecord,
): After {
  const prefix = stockPrefix(item, variant, warehouse);
  const changes = new Map<string, number>();
  const cells = view.range('balances', 'inStock', { prefix }, stockGuard(item.code)).map((balance): Cell => {
    const lot = balance.lot === null ? null : (view.get('lots', balance.lot) ?? null);
    const subject = lot === null ? null : lotSubject(lot, item, view);
    const steps = deltas.get(balance.id)?.steps ?? 0;
    if (steps !== 0) changes.set(balance.id, steps);
    return { key: balance.id, lot, subject, location: balance.location, steps: balance.onHand + steps };
  });
  const known = new Set(cells.map(({ key }) => key));
  for (const delta of deltas.values()) {
    const { id, lot, steps } = delta;
    const here = codeKey(delta.item) === item.id && delta.warehouse === warehouse.code;
    if (!here || known.has(id) || steps <= 0 || delta.variant !== variant) continue;
    const subject = lot === null ? null : lotSubject(lot, item, view);
    changes.set(id, steps);
    cells.push({
      key: id,
      lot: lot === null ? null : { id: lot.id, reserved: lot.reserved ?? 0 },
      subject,
      location: delta.location,
      steps,
    });
  }
  return { cells, changes };
}

/** Refuses, or breaks, where an operation takes what is promised of an item. */
export function promisedShort(settlement: Settlement, touched: Touched): void {
  const { operation, claims } = settlement;
  const { view, context, settings } = operation;
  const item = view.get('items', codeKey(touched.item));
  const warehouse = view.get('warehouses', codeKey(touched.warehouse));
  if (!item || !warehouse) return;
  const { variant } = touched;
  const pieces = Boolean(item.serials) && !item.lots;
  const after = (pieces ? piecesAfter : balancesAfter)(operation, item, touched, warehouse);
  const { today } = context;
  const { sellableBlocks } = settings;
  const common = { item, variant, warehouse, today, sellableBlocks };
  const asked = { ...common, claims, cells: after.cells };
  const shortBefore = shortages({ ...common, claims: new Claims(view), cells: cellsBefore(after) });
  // breaking one promise changes what the others need
  for (let i = 0; ; i++) {
    const limit = itemLimits(asked)[i];
    if (!limit) return;
    checkLimit(settlement, touched, { limit, missed: shortBefore(limit) }, after, { item, warehouse });
  }
}

const cellsBefore = ({ cells, changes }: After): Cell[] =>
  cells.map((cell) => ({ ...cell, steps: cell.steps - (changes.get(cell.key) ?? 0) }));

/**
 * What promises lacked already: a lot was closed or has expired since. Who takes what is held for him makes
 * that no worse, and gets it.
 */
function shortages(before: LimitRequest): (limit: ItemLimit) => number {
  const nameOf = ({ location, day, intents }: ItemLimit): string =>
    [location ?? '', day, ...intents].join(' ');
  let known: Map<string, number> | undefined;
  return (limit) => {
    if (limit.room >= 0) return 0;
    known ??= new Map(itemLimits(before).map((each) => [nameOf(each), Math.max(0, -each.room)]));
    return known.get(nameOf(limit)) ?? 0;
  };
}

function checkLimit(
  settlement: Settlement,
  touched: Touched,
  { limit, missed }: { readonly limit: ItemLimit; readonly missed: number },
  { changes }: After,
  { item, warehouse }: { item: ItemRecord; warehouse: WarehouseRecord },
): void {
  let taken = 0;
  for (const [key, steps] of changes) if (limit.covers(key)) taken -= steps;
  const missing = Math.min(-limit.room - missed, taken);
  if (missing <= 0) return;
  const { view } = settlement.operation;
  const prefix = [item.id, codeKey(touched.warehouse)];
  const promises = view
    .range('reservations', 'byItem', { prefix }, stockGuard(item.code))
    .filter((each) => each.lot === null && each.serial === null && each.variant === touched.variant)
    .filter((each) => limit.location === null || each.locationKey === limit.location)
    .filter((each) => limit.intents.includes(each.intent));
  settlement.settle({
    path: touched.path,
    item: item.code,
    decimals: item.unit.decimals,
    warehouse: touched.warehouse,
    location: limit.location === null ? null : (placeOf(warehouse, limit.location)?.code ?? limit.location),
    lot: null,
    available: limit.room + taken,
    reserved: limit.held,
    missing,
    broken: newestFirst(promises),
  });
}
