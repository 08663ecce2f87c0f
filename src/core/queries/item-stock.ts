/** `items.stock`: what lies of one item, place by place, in its lots and in none (R54). */
import * as z from 'zod/mini';
import type { BalanceRecord, ItemRecord, SerialRecord } from '../model/records.ts';
import { code, maybe, read } from '../model/schema.ts';
import type { ItemStock } from '../model/views.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey, compareText, naturalKey, US } from '../ports/keys.ts';
import type { Scalar } from '../ports/store.ts';
import { gather, type QueryContext, type QueryDefinition, type QueryView } from '../ports/view.ts';
import { variantOf } from '../reading/references.ts';
import { lotSubject } from '../reading/stock.ts';
import { formatSteps } from '../rules/quantities.ts';
import { countsAsAvailable } from '../rules/usability.ts';
import { counted, isSerialAvailable, UNGUARDED } from './views/stock.ts';

const stockArgs = z.strictObject({ item: code(), variant: maybe(code()) });
type StockArgs = z.infer<typeof stockArgs>;

type Place = Pick<ItemStock, 'warehouse' | 'location' | 'variant' | 'lot' | 'lotId'>;

interface Steps {
  readonly onHand: number;
  readonly available: number;
  readonly closed: number;
}

const rowOf = (place: Place, { onHand, available, closed }: Steps, decimals: number): ItemStock => ({
  ...place,
  onHand: formatSteps(onHand, decimals),
  reserved: '0',
  available: formatSteps(available, decimals),
  ...(closed > 0 ? { closedQuantity: formatSteps(closed, decimals) } : {}),
});

function balanceRow(view: QueryView, item: ItemRecord, balance: BalanceRecord, today: string): ItemStock {
  const { warehouse, location, variant } = balance;
  const lot = balance.lot === null ? undefined : view.get('lots', balance.lot);
  const closed = lot?.closed ?? false;
  const usable = !lot || countsAsAvailable(lotSubject(lot, item, view), today);
  const { here, available } = counted(view, balance, { closed, usable });
  return rowOf(
    { warehouse, location, variant, lot: lot?.code ?? null, lotId: balance.lot },
    { onHand: here, available, closed: closed ? balance.onHand : 0 },
    item.unit.decimals,
  );
}

/** Single pieces that are in no lot: no balance counts them, they are counted here. */
function pieceRows(
  view: QueryView,
  item: ItemRecord,
  serials: readonly SerialRecord[],
  today: string,
): ItemStock[] {
  const free = serials.filter((serial) => serial.lot === null);
  const usable = gather(free, (serial) => isSerialAvailable(view, serial, undefined, today));
  const places = new Map<string, { place: Place; steps: { -readonly [K in keyof Steps]: number } }>();
  const piece = 10 ** item.unit.decimals;
  free.forEach((serial, i) => {
    const { variant, location } = serial;
    const warehouse = serial.warehouse as string;
    const key = [variant ?? '', serial.warehouseKey, serial.locationKey ?? ''].join(US);
    const known = places.get(key) ?? {
      place: { warehouse, location, variant, lot: null, lotId: null },
      steps: { onHand: 0, available: 0, closed: 0 },
    };
    places.set(key, known);
    if (serial.closed) known.steps.closed += piece;
    else known.steps.onHand += piece;
    if (usable[i]) known.steps.available += piece;
  });
  return [...places.values()].map(({ place, steps }) => rowOf(place, steps, item.unit.decimals));
}

const orderOf = ({ warehouse, location, variant, lot }: ItemStock): string =>
  [warehouse, location, variant, lot].map((each) => (each === null ? '' : naturalKey(each))).join(US);

function rowsOf(view: QueryView, { item: name, variant }: StockArgs, { today }: QueryContext): ItemStock[] {
  const item = view.get('items', codeKey(name));
  if (!item) throw new LedgerError('item.notFound', { details: { code: name } });
  const prefix: Scalar[] = [item.id];
  if (variant === null) prefix.push(null);
  else if (variant !== undefined) prefix.push(codeKey(variantOf(item, variant, 'variant') as string));
  const balances = view.range('balances', 'inStock', { prefix }, UNGUARDED);
  const rows = gather(balances, (balance) => balanceRow(view, item, balance, today));
  if (item.serials) {
    const serials = view.range('serials', 'inStock', { prefix }, UNGUARDED);
    rows.push(...pieceRows(view, item, serials, today));
  }
  return rows
    .map((row) => ({ row, order: orderOf(row) }))
    .sort((a, b) => compareText(a.order, b.order))
    .map(({ row }) => row);
}

export const itemStockQuery: QueryDefinition<StockArgs, ItemStock[]> = {
  name: 'items.stock',
  parse: (args) => read(stockArgs, args),
  run: rowsOf,
};
