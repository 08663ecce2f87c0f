/**
 * Promises of an item that name no lot, at a posting (R138): of the stock that is good on their need dates,
 * enough has to be left over. Lots that could not keep them are free to go.
 */
import type { ItemRecord, WarehouseRecord } from '../../model/records.ts';
import { codeKey } from '../../ports/keys.ts';
import { stockPrefix } from '../../reading/candidates.ts';
import { type Cell, type ItemLimit, itemLimits } from '../../reading/limits.ts';
import { placeOf } from '../../reading/places.ts';
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
  const cells = view
    .range('serials', 'inStock', { prefix }, stockGuard(item.code))
    .filter((serial) => !serial.reserved)
    .map((serial): Cell => {
      const now = serialMoves.has(serial.id) ? operation.placeOf(serial) : serial;
      const stays = now?.warehouse === warehouse.code;
      if (!stays) changes.set(serial.id, -one);
      const location = stays ? (now?.location ?? null) : serial.location;
      const subject = serialSubject(serial, view);
      return { key: serial.id, lot: null, subject, location, steps: stays ? one : 0 };
    });
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
  const asked = { item, variant, warehouse, claims, cells: after.cells, today, sellableBlocks };
  // breaking one promise changes what the others need
  for (let i = 0; ; i++) {
    const limit = itemLimits(asked)[i];
    if (!limit) return;
    checkLimit(settlement, touched, limit, after, { item, warehouse });
  }
}

function checkLimit(
  settlement: Settlement,
  touched: Touched,
  limit: ItemLimit,
  { changes }: After,
  { item, warehouse }: { item: ItemRecord; warehouse: WarehouseRecord },
): void {
  let taken = 0;
  for (const [key, steps] of changes) if (limit.covers(key)) taken -= steps;
  if (limit.room >= 0 || taken <= 0) return;
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
    missing: Math.min(-limit.room, taken),
    broken: newestFirst(promises),
  });
}
