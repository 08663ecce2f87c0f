/** Compares everything a ledger knows with the model: lots, stock, serials, movements, and its own proof. */
import type { Ledger } from '../../src/core/index.ts';
import { broken, type Names } from './invariants.ts';
import type { Model } from './model.ts';
import type { Lot, Serial } from './things.ts';
import { showSteps } from './values.ts';

/** A page of a list, as far as it is compared. */
interface Page {
  readonly items: readonly Record<string, unknown>[];
  readonly next?: string;
}

async function all(list: (how: object) => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let cursor: string | undefined;
  do {
    const page = (await list({
      filter: { state: 'all' },
      limit: 500,
      ...(cursor ? { cursor } : {}),
    })) as Page;
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}

const nameOf = (thing: { item: unknown; variant: unknown; code: unknown }): string =>
  `${thing.item}/${thing.variant ?? ''}/${thing.code}`;

/** Ids by the names the model has. */
function namesOf(
  lots: readonly Record<string, unknown>[],
  serials: readonly Record<string, unknown>[],
): Names {
  const named = (kind: string) => (record: Record<string, unknown>) =>
    [`${kind} ${nameOf(record as never)}`, String(record.id)] as const;
  return new Map([...lots.map(named('lot')), ...serials.map(named('serial'))]);
}

/** What is different, or null. */
export async function compareAll(ledger: Ledger, model: Model): Promise<string | null> {
  const lots = await all((how) => ledger.lots.list(how as never));
  const serials = await all((how) => ledger.serials.list(how as never));
  return (
    compare('lot', lots, model.lots, (lot) => lotFacts(lot, model), shownLot) ??
    compare('serial', serials, model.serials, serialFacts, shownSerial) ??
    (await compareHolds(ledger, model)) ??
    (await compareMovements(ledger, model, lots)) ??
    (await broken(ledger, model, namesOf(lots, serials))) ??
    (await proof(ledger))
  );
}

function compare<T extends Lot | Serial>(
  kind: string,
  got: readonly Record<string, unknown>[],
  want: readonly T[],
  facts: (thing: T) => object,
  shown: (record: Record<string, unknown>) => object,
): string | null {
  const known = new Map(got.map((record) => [nameOf(record as never), record]));
  const live = want.filter((thing) => !thing.deleted);
  if (got.length !== live.length) return `there are ${got.length} ${kind}s, not ${live.length}`;
  for (const thing of live) {
    const name = nameOf({ item: thing.item.code, variant: thing.variant, code: thing.code });
    const record = known.get(name);
    if (!record) return `${kind} ${name} is missing`;
    const [a, b] = [JSON.stringify(shown(record)), JSON.stringify(facts(thing))];
    if (a !== b) return `${kind} ${name} is\n${a}, not\n${b}`;
  }
  return null;
}

/** A lot as the model knows it; the keys are those of the public record. */
function lotFacts(lot: Lot, model: Model): object {
  const text = (steps: bigint): string => showSteps(steps, lot.item.unit.decimals);
  const stock = lot
    .places()
    .filter((place) => lot.at(place) !== 0n)
    .sort()
    .map((place) => `${place} ${text(lot.at(place))} ${text(model.available(lot, place))}`);
  const total = lot.total();
  return {
    version: lot.edition,
    status: lot.status,
    supplier: lot.supplier,
    supplierLot: lot.supplierLot,
    manufacturer: lot.manufacturer,
    startDate: lot.startDate,
    expiryDate: lot.expiryDate,
    description: lot.description,
    sellable: lot.sellable,
    closed: lot.closed,
    exhausted: lot.moved && total === 0n,
    state: lot.closed || (lot.moved && total === 0n) ? 'closed' : 'open',
    expired: lot.expiryDate !== null && lot.expiryDate < model.today,
    initialQuantity: lot.initial === null ? null : text(lot.initial),
    onHand: text(lot.closed ? 0n : total),
    closedQuantity: text(lot.closed ? total : 0n),
    available: text(model.available(lot)),
    reserved: text(model.holds.ofLot(lot).reduce((sum, hold) => sum + hold.open, 0n)),
    stock,
  };
}

interface StockRow {
  readonly warehouse: string;
  readonly location: string | null;
  readonly onHand: string;
  readonly available: string;
  readonly closedQuantity?: string;
}

function shownLot(record: Record<string, unknown>): object {
  const { version, status, supplier, supplierLot, manufacturer, startDate, expiryDate, description } = record;
  const { sellable, closed, exhausted, state, expired, initialQuantity, onHand, closedQuantity, available } =
    record;
  const { reserved } = record;
  const stock = (record.stock as readonly StockRow[])
    .map((row) => ({ ...row, there: row.closedQuantity ?? row.onHand }))
    .filter((row) => row.there !== '0')
    .map((row) => `${row.warehouse}|${row.location ?? ''} ${row.there} ${row.available}`)
    .sort();
  const first = { version, status, supplier, supplierLot, manufacturer, startDate, expiryDate, description };
  return {
    ...first,
    sellable,
    closed,
    exhausted,
    state,
    expired,
    initialQuantity,
    onHand,
    closedQuantity,
    available,
    reserved,
    stock,
  };
}

function serialFacts(serial: Serial): object {
  const [warehouse = null, location = null] = serial.place?.split('|') ?? [];
  return {
    version: serial.edition,
    lot: serial.lot?.code ?? null,
    closed: serial.closed,
    cancelled: serial.cancelled,
    reserved: serial.hold !== null,
    warehouse,
    location: location || null,
  };
}

function shownSerial(record: Record<string, unknown>): object {
  const { version, closed, cancelled, reserved, warehouse, location } = record;
  const lot = record.lot as { code?: string } | string | null;
  return {
    version,
    lot: typeof lot === 'string' ? lot : (lot?.code ?? null),
    closed,
    cancelled,
    reserved,
    warehouse,
    location,
  };
}

/** Open reservations, one by one; those by hand are told by their pieces. */
async function compareHolds(ledger: Ledger, model: Model): Promise<string | null> {
  const rows = await all((how) =>
    ledger.reservations.list({ limit: 500, filter: { state: 'open' }, ...cursorOf(how) } as never),
  );
  const known = new Map(
    rows.map((row) => [row.document === null ? `${row.item} ${row.serial}` : row.id, row]),
  );
  const open = model.holds.open();
  for (const hold of open) {
    const row = known.get(hold.document === null ? `${hold.item.code} ${hold.serial?.code}` : hold.id);
    const want = [
      hold.item.code,
      hold.warehouse,
      hold.location,
      hold.lot?.code ?? null,
      hold.serial?.code ?? null,
    ];
    const got = [row?.item, row?.warehouse, row?.location, row?.lot, row?.serial];
    const [a, b] = [
      JSON.stringify([...got, row?.open]),
      JSON.stringify([...want, showSteps(hold.open, hold.item.unit.decimals)]),
    ];
    if (a !== b) return `reservation ${hold.id} of ${hold.document} is ${a}, not ${b}`;
  }
  return rows.length === open.length
    ? null
    : `there are ${rows.length} open reservations, not ${open.length}`;
}

/** The movements of some lots add up to what lies there. */
async function compareMovements(
  ledger: Ledger,
  model: Model,
  lots: readonly Record<string, unknown>[],
): Promise<string | null> {
  for (const record of lots.slice(-20)) {
    const item = model.item(String(record.item));
    const lot = item && model.findLot(item, record.variant as string | null, String(record.code));
    if (!item || !lot) continue;
    const rows = await all((how) =>
      ledger.lots.movements(String(record.id), {
        limit: (how as { limit: number }).limit,
        ...cursorOf(how),
      } as never),
    );
    const sum = rows.reduce((total, row) => total + stepsOf(String(row.quantity), item.unit.decimals), 0n);
    if (sum !== lot.total())
      return `the movements of lot ${record.code} add up to ${sum}, not ${lot.total()}`;
  }
  return null;
}

const cursorOf = (how: object): object => ('cursor' in how ? { cursor: how.cursor } : {});

function stepsOf(text: string, decimals: number): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const steps = BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
  return text.startsWith('-') ? -steps : steps;
}

async function proof(ledger: Ledger): Promise<string | null> {
  const found = await ledger.verify();
  return found.ok ? null : `verify says ${JSON.stringify(found)}`;
}
