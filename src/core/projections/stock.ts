/**
 * Stock from postings: movements, balances per place and day, and what lots and serials carry of it: on
 * hand, first load, initial quantity, where a serial is. Nothing here depends on the clock (R124).
 */
import type { Entry, PostingFact } from '../model/facts.ts';
import type {
  BalanceRecord,
  Flow,
  LotRecord,
  MovementRecord,
  PartyRef,
  PostingLine,
  SerialRecord,
} from '../model/records.ts';
import { codeKey, optionalKey } from '../ports/keys.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { flowOf } from '../rules/flows.ts';
import { movementsOf, movesBalance, type PlannedMovement } from '../rules/movements.ts';
import { balanceId, dayId, holderKey, stockGuard } from '../rules/stock-keys.ts';

/** Everything of one posting the folds below need. */
interface Posted {
  readonly posting: PostingFact;
  readonly at: string;
  readonly writer: Writer;
}

function foldMovement(movement: PlannedMovement, { posting, at, writer }: Posted): void {
  const { id, line, lot, serial, item, variant, location, quantity, reverses } = movement;
  writer.put('movements', {
    id,
    seq: writer.seq,
    date: posting.date,
    at,
    lot,
    serial,
    item,
    itemKey: codeKey(item),
    variant,
    warehouse: posting.warehouse,
    location,
    quantity,
    posting: posting.id,
    line,
    intent: posting.intent,
    flow: flowOf(posting),
    traced: posting.traced,
    party: posting.party,
    reverses,
    reversedBy: null,
  });
  if (reverses !== null) {
    const original = writer.get('movements', reverses);
    if (original) writer.put('movements', { ...original, reversedBy: posting.id });
  }
}

function foldBalance(movement: PlannedMovement, { posting, at, writer }: Posted): void {
  const { item, variant, lot, location, quantity } = movement;
  const { warehouse, date } = posting;
  const id = balanceId(holderKey(lot, item, variant), { warehouse, location });
  const known = writer.get('balances', id);
  // taking a load back lowers what was loaded; taking an unload back does not raise it
  const loads = posting.type === 'load' ? posting.reverses === null : posting.reverses !== null;
  const loaded = loads ? quantity : 0;
  if (known) writer.put('balances', moved(known, quantity, loaded, date, at));
  else {
    writer.put('balances', {
      id,
      lot,
      item,
      itemKey: codeKey(item),
      variant,
      warehouse,
      warehouseKey: codeKey(warehouse),
      location,
      locationKey: optionalKey(location),
      owner: null,
      package: null,
      onHand: quantity,
      loaded,
      lastDate: date,
      lastAt: at,
    });
  }
  const day = dayId(id, date);
  const delta = (known && known.lastDate >= date ? (writer.get('days', day)?.delta ?? 0) : 0) + quantity;
  writer.put('days', { id: day, balance: id, date, delta });
}

const moved = (
  balance: BalanceRecord,
  steps: number,
  loaded: number,
  date: string,
  at: string,
): BalanceRecord => ({
  ...balance,
  onHand: balance.onHand + steps,
  loaded: balance.loaded + loaded,
  lastDate: date > balance.lastDate ? date : balance.lastDate,
  lastAt: at,
});

/** Flows that bring a lot what it had before: no first load of it. */
const bringsBack: ReadonlySet<Flow> = new Set(['customerReturn', 'transferred']);
/** Lots made of lots leave no house, whatever their template is for. */
const transforms: ReadonlySet<Flow> = new Set(['split', 'merged', 'converted', 'opening']);

const isDirectLoad = (posting: PostingFact): boolean =>
  posting.type === 'load' && posting.reverses === null && !bringsBack.has(flowOf(posting));

const leavesTheHouse = (posting: PostingFact): boolean =>
  posting.type === 'unload' &&
  posting.reverses === null &&
  !transforms.has(flowOf(posting)) &&
  (posting.party !== null || posting.intent === 'sale' || posting.intent === 'supplierReturn');

/** A load that was not taken back, and takes nothing back itself. */
const stands = (movement: MovementRecord): boolean =>
  movement.quantity > 0 && movement.reverses === null && movement.reversedBy === null;

/** The movement that was recorded first. */
const earliest = (movements: readonly MovementRecord[]): MovementRecord | undefined =>
  movements.reduce<MovementRecord | undefined>((a, b) => (a && a.seq <= b.seq ? a : b), undefined);

const NEVER_LOADED = {
  firstLoadDate: null,
  firstLoadSeq: null,
  firstLoadPosting: null,
  initialQuantity: null,
} as const;

/** First load and initial quantity of a lot, from its movements: after its first load was taken back. */
function firstLoad(
  lot: string,
  writer: Writer,
): Pick<LotRecord, 'firstLoadDate' | 'firstLoadSeq' | 'firstLoadPosting' | 'initialQuantity'> {
  // every writer of the lot's movements also writes the lot, which is expected here
  const loads = writer
    .range('movements', 'byLot', { prefix: [lot] }, null)
    .filter((m) => stands(m) && !bringsBack.has(m.flow));
  const first = earliest(loads);
  if (!first) return NEVER_LOADED;
  const quantity = loads.filter((m) => m.posting === first.posting).reduce((sum, m) => sum + m.quantity, 0);
  return {
    firstLoadDate: first.date,
    firstLoadSeq: first.seq,
    firstLoadPosting: first.posting,
    initialQuantity: quantity,
  };
}

/** Its place among the loads: that of the posting it was made instead of, if any (R132). */
function placeInOrder({ posting, writer }: Posted): number {
  let seq = writer.seq;
  for (let id = posting.corrects; id !== null; ) {
    const corrected = writer.get('postings', id);
    seq = corrected?.seq ?? seq;
    id = corrected?.corrects ?? null;
  }
  return seq;
}

/** Whether a load comes before the first one there was: only one made instead of an earlier one does. */
const comesFirst = (first: number | null, posted: Posted): boolean =>
  first === null || (posted.posting.corrects !== null && placeInOrder(posted) < first);

function foldLot(lot: LotRecord, steps: number, rows: number, posted: Posted): void {
  const { posting, writer } = posted;
  const next: LotRecord = {
    ...lot,
    onHand: lot.onHand + steps,
    moved: true,
    live: lot.live + (posting.reverses === null ? rows : -rows),
    left: lot.left || leavesTheHouse(posting),
  };
  if (posting.reverses !== null) {
    const first = lot.firstLoadPosting === posting.reverses;
    writer.put(
      'lots',
      first ? { ...next, ...(next.live === 0 ? NEVER_LOADED : firstLoad(lot.id, writer)) } : next,
    );
  } else if (isDirectLoad(posting) && comesFirst(lot.firstLoadSeq, posted)) {
    writer.put('lots', {
      ...next,
      firstLoadDate: posting.date,
      firstLoadSeq: placeInOrder(posted),
      firstLoadPosting: posting.id,
      initialQuantity: steps,
    });
  } else if (isDirectLoad(posting) && lot.firstLoadPosting === posting.id) {
    // a second line of the first loading posting counts too (R122)
    writer.put('lots', { ...next, initialQuantity: (lot.initialQuantity ?? 0) + steps });
  } else writer.put('lots', next);
}

/** The first load that counts: after the first was taken back, the next one (R97). */
function firstArrival(serial: string, writer: Writer): Pick<SerialRecord, 'firstLoadDate' | 'firstLoadSeq'> {
  // every writer of the serial's movements also writes the serial, which is expected here
  const loads = writer
    .range('movements', 'bySerial', { prefix: [serial] }, null)
    .filter((m) => stands(m) && !bringsBack.has(m.flow));
  const first = earliest(loads);
  return { firstLoadDate: first?.date ?? null, firstLoadSeq: first?.seq ?? null };
}

function firstLoadOf(
  serial: SerialRecord,
  movement: PlannedMovement,
  posted: Posted,
): Pick<SerialRecord, 'firstLoadDate' | 'firstLoadSeq'> {
  const { posting, writer } = posted;
  const { firstLoadDate, firstLoadSeq } = serial;
  const takesLoadBack = movement.reverses !== null && movement.quantity < 0;
  if (takesLoadBack) return firstArrival(serial.id, writer);
  if (isDirectLoad(posting) && comesFirst(firstLoadSeq, posted)) {
    return { firstLoadDate: posting.date, firstLoadSeq: placeInOrder(posted) };
  }
  return { firstLoadDate, firstLoadSeq };
}

/** Who has a piece that left: whom it went to; whoever had it before, where a return of it was taken back. */
function holderOf({ posting, writer }: Posted, { returns }: PostingLine): PartyRef | null {
  if (posting.reverses === null) return posting.party;
  return (returns && writer.get('postings', returns.posting)?.party) || null;
}

function foldSerial(
  serial: SerialRecord,
  movement: PlannedMovement,
  line: PostingLine,
  posted: Posted,
): void {
  const { posting, writer } = posted;
  const arrives = movement.quantity > 0;
  const reversal = posting.reverses !== null;
  writer.put('serials', {
    ...serial,
    ...firstLoadOf(serial, movement, posted),
    lot: movement.lot ?? serial.lot,
    warehouse: arrives ? posting.warehouse : null,
    warehouseKey: arrives ? codeKey(posting.warehouse) : null,
    location: arrives ? movement.location : null,
    locationKey: arrives && movement.location !== null ? codeKey(movement.location) : null,
    holder: arrives ? null : holderOf(posted, line),
    missing: arrives ? false : posting.intent === 'count' || serial.missing,
    moved: true,
    live: serial.live + (reversal ? -1 : 1),
    left: serial.left || leavesTheHouse(posting),
    lastDate: serial.lastDate !== null && serial.lastDate > posting.date ? serial.lastDate : posting.date,
  });
}

function foldPosted(posted: Posted): void {
  const { posting, writer } = posted;
  for (const line of posting.lines) {
    const movements = movementsOf(line, posting.type);
    const lots = new Map<string, { steps: number; rows: number }>();
    for (const movement of movements) {
      foldMovement(movement, posted);
      if (movesBalance(movement)) foldBalance(movement, posted);
      if (movement.serial !== null) {
        const serial = writer.get('serials', movement.serial);
        if (serial) foldSerial(serial, movement, line, posted);
      } else if (movement.lot !== null) {
        const sum = lots.get(movement.lot);
        if (sum) {
          sum.steps += movement.quantity;
          sum.rows++;
        } else lots.set(movement.lot, { steps: movement.quantity, rows: 1 });
      }
    }
    for (const [id, { steps, rows }] of lots) {
      const lot = writer.get('lots', id);
      if (lot) foldLot(lot, steps, rows, posted);
    }
    if (movements.length > 0) {
      const guard = stockGuard(line.item);
      writer.put('guards', { id: guard });
    }
  }
}

export const stock: Projection = {
  name: 'stock',
  version: 2,
  collections: ['movements', 'balances', 'days', 'lots', 'serials', 'guards'],
  apply(entry: Entry, writer: Writer) {
    for (const fact of entry.facts) {
      if (fact.kind === 'posted') foldPosted({ posting: fact.posting, at: entry.at, writer });
    }
  },
};
