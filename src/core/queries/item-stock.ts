/** `items.stock`: what lies of one item, place by place, in its lots and in none (R54). */
import * as z from 'zod/mini';
import type { BalanceRecord, ItemRecord, SerialRecord } from '../model/records.ts';
import { code, maybe, read } from '../model/schema.ts';
import type { ItemStock } from '../model/views.ts';
import type { ItemStockAt } from '../model/views-past.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey, compareText, naturalKey, US } from '../ports/keys.ts';
import type { Scalar } from '../ports/store.ts';
import { gather, type QueryContext, type QueryDefinition, type QueryView } from '../ports/view.ts';
import { variantOf } from '../reading/references.ts';
import { isPlannable, lotSubject } from '../reading/stock.ts';
import { formatSteps } from '../rules/quantities.ts';
import { countsAsAvailable } from '../rules/usability.ts';
import { PastView } from './past/past-view.ts';
import { isPast, When, whenArgs } from './past/when.ts';
import { leftOver } from './views/held.ts';
import { counted, isSerialAvailable, UNGUARDED } from './views/stock.ts';

const stockArgs = z.strictObject({ item: code(), variant: maybe(code()), ...whenArgs });
type StockArgs = z.infer<typeof stockArgs>;

type Place = Pick<ItemStock, 'warehouse' | 'location' | 'variant' | 'lot' | 'lotId' | 'planning'>;

/** Only said where planning does not see it, by its status. */
const seenByPlanning = (view: QueryView, status: string | null): Pick<ItemStock, 'planning'> =>
  isPlannable(view, status) ? {} : { planning: false };

interface Steps {
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  readonly closed: number;
}

/** What lies at one place, and whether something of its lot is reserved by name. */
interface Row {
  readonly place: Place;
  readonly steps: Steps;
  readonly held: boolean;
}

/** Rows after what is reserved: of each lot by itself, of an item without lots as a whole (R138). */
function afterReservations(view: QueryView, item: ItemRecord, rows: readonly Row[]): ItemStock[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = [row.place.variant ?? '', row.place.lotId ?? ''].join(US);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const { variant, lotId: lot } = (group[0] as Row).place;
    const places = group.map(({ place, steps }) => ({ ...place, available: steps.available }));
    // stock of an item in lots that is in none is not what its promises are kept from alone
    const isHeld = lot === null ? !item.lots : group.some(({ held }) => held);
    const left = leftOver(view, { item: item.code, variant, lot }, places, isHeld);
    return group.map(({ place, steps }, i) => {
      const { reserved, available } = left.places[i] ?? { reserved: 0, available: 0 };
      const sums = { ...steps, reserved: steps.reserved + reserved, available };
      return rowOf(place, sums, item.unit.decimals);
    });
  });
}

const rowOf = (
  place: Place,
  { onHand, reserved, available, closed }: Steps,
  decimals: number,
): ItemStock => ({
  ...place,
  onHand: formatSteps(onHand, decimals),
  reserved: formatSteps(reserved, decimals),
  available: formatSteps(available, decimals),
  ...(closed > 0 ? { closedQuantity: formatSteps(closed, decimals) } : {}),
});

function balanceRow(view: QueryView, item: ItemRecord, balance: BalanceRecord, today: string): Row {
  const { warehouse, location, variant } = balance;
  const lot = balance.lot === null ? undefined : view.get('lots', balance.lot);
  const closed = lot?.closed ?? false;
  const usable = !lot || countsAsAvailable(lotSubject(lot, item, view), today);
  const { here, available } = counted(view, balance, { closed, usable });
  return {
    place: {
      warehouse,
      location,
      variant,
      lot: lot?.code ?? null,
      lotId: balance.lot,
      ...seenByPlanning(view, lot?.status ?? null),
    },
    steps: { onHand: here, reserved: 0, available, closed: closed ? balance.onHand : 0 },
    held: (lot?.reserved ?? 0) > 0,
  };
}

/** Single pieces that are in no lot: no balance counts them, they are counted here. */
function pieceRows(
  view: QueryView,
  item: ItemRecord,
  serials: readonly SerialRecord[],
  today: string,
): Row[] {
  const free = serials.filter((serial) => serial.lot === null);
  const usable = gather(free, (serial) => isSerialAvailable(view, serial, undefined, today));
  const places = new Map<string, { place: Place; steps: { -readonly [K in keyof Steps]: number } }>();
  const piece = 10 ** item.unit.decimals;
  free.forEach((serial, i) => {
    const { variant, location } = serial;
    const warehouse = serial.warehouse as string;
    const planned = seenByPlanning(view, serial.status);
    const key = [variant ?? '', serial.warehouseKey, serial.locationKey ?? '', planned.planning].join(US);
    const known = places.get(key) ?? {
      place: { warehouse, location, variant, lot: null, lotId: null, ...planned },
      steps: { onHand: 0, reserved: 0, available: 0, closed: 0 },
    };
    places.set(key, known);
    if (serial.closed) known.steps.closed += piece;
    else known.steps.onHand += piece;
    if (serial.reserved) known.steps.reserved += piece;
    if (usable[i]) known.steps.available += piece;
  });
  return [...places.values()].map((each) => ({ ...each, held: false }));
}

const orderOf = ({ warehouse, location, variant, lot }: ItemStock): string =>
  [warehouse, location, variant, lot].map((each) => (each === null ? '' : naturalKey(each))).join(US);

function rowsOf(view: QueryView, { item: name, variant }: StockArgs, today: string): ItemStock[] {
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
  return afterReservations(view, item, rows)
    .map((row) => ({ row, order: orderOf(row) }))
    .sort((a, b) => compareText(a.order, b.order))
    .map(({ row }) => row);
}

/** The rows of now, or of a moment; of promises nothing older than now is kept. */
function stockOf(view: QueryView, args: StockArgs, context: QueryContext): ItemStockAt[] {
  if (!isPast(args)) return rowsOf(view, args, context.today);
  const when = new When(args, view.head.seq, context);
  const rows = rowsOf(new PastView(view, when), args, when.date);
  return when.isNow ? rows : rows.map((row) => ({ ...row, reserved: null }));
}

export const itemStockQuery: QueryDefinition<StockArgs, ItemStockAt[]> = {
  name: 'items.stock',
  schema: stockArgs,
  parse: (args) => read(stockArgs, args),
  run: stockOf,
};
