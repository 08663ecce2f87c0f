/**
 * Lots, serials and balances as they were: today's records without what came after. Only what came after is
 * read, so a question about yesterday costs the same however long the story before it is.
 */
import type { InspectionRecord } from '../../model/cases.ts';
import type {
  BalanceRecord,
  HistoryRecord,
  InspectionSummary,
  LotRecord,
  MovementRecord,
  PartyRef,
  SerialRecord,
} from '../../model/records.ts';
import { codeKey, optionalKey } from '../../ports/keys.ts';
import type { Scalar } from '../../ports/store.ts';
import type { QueryView } from '../../ports/view.ts';
import { addDays } from '../../rules/calendar.ts';
import { withoutChange } from '../../rules/history.ts';
import { UNGUARDED } from '../views/stock.ts';
import { changesSince, type When } from './when.ts';

const LAST_DAY = '9999-12-31';

/** Movements of a lot that do not count yet: dated later, or recorded later. */
export function movementsSince(view: QueryView, lot: string, when: When): readonly MovementRecord[] {
  const later =
    when.date >= LAST_DAY
      ? []
      : view.range('movements', 'byLot', { prefix: [lot], from: addDays(when.date, 1) }, UNGUARDED);
  if (when.seq >= view.head.seq) return later;
  const unknown = view.range('movements', 'byLotSeq', { prefix: [lot], from: when.seq + 1 }, UNGUARDED);
  return [...later, ...unknown.filter(({ date }) => date <= when.date)];
}

const sum = (movements: readonly MovementRecord[]): number =>
  movements.reduce((total, each) => total + each.quantity, 0);

/** What a movement added to what was loaded at its place (R123). */
const loadedBy = ({ quantity, reverses }: MovementRecord): number =>
  (reverses === null) === quantity > 0 ? quantity : 0;

const isAt = (movement: MovementRecord, balance: BalanceRecord): boolean =>
  codeKey(movement.warehouse) === balance.warehouseKey &&
  optionalKey(movement.location) === balance.locationKey;

/** A lot's balance without what came after. */
export function balanceBefore(balance: BalanceRecord, since: readonly MovementRecord[]): BalanceRecord {
  const here = since.filter((movement) => isAt(movement, balance));
  if (here.length === 0) return balance;
  const loaded = here.reduce((total, each) => total + loadedBy(each), 0);
  return { ...balance, onHand: balance.onHand - sum(here), loaded: balance.loaded - loaded };
}

/** A balance of stock without lots, by the days since; what was recorded later is asked of its item. */
export function untrackedBefore(view: QueryView, balance: BalanceRecord, when: When): BalanceRecord {
  let steps = balance.onHand;
  if (when.date < balance.lastDate) {
    const days = { prefix: [balance.id], from: addDays(when.date, 1) };
    for (const day of view.range('days', 'byBalance', days, UNGUARDED)) steps -= day.delta;
  }
  if (when.seq < view.head.seq) {
    const unknown = { prefix: [balance.itemKey], from: when.seq + 1 };
    const movements = view
      .range('movements', 'byItemSeq', unknown, UNGUARDED)
      .filter((each) => each.lot === null && each.variant === balance.variant && each.date <= when.date);
    steps -= sum(movements.filter((movement) => isAt(movement, balance)));
  }
  return steps === balance.onHand ? balance : { ...balance, onHand: steps };
}

const PAGE = 256;

/** Whether any movement of a lot counts: the oldest mostly does. */
function hadMoved(view: QueryView, lot: string, when: When): boolean {
  let after: readonly Scalar[] | undefined;
  for (;;) {
    const options = { prefix: [lot], to: when.date, limit: after ? PAGE : 1, ...(after ? { after } : {}) };
    const page = view.range('movements', 'byLot', options, UNGUARDED);
    if (page.some((movement) => when.counts(movement))) return true;
    const end = page.at(-1);
    if (!end || (after && page.length < PAGE)) return false;
    after = [end.lot, end.date, end.seq, end.id];
  }
}

type FirstLoad = Pick<LotRecord, 'firstLoadDate' | 'firstLoadSeq' | 'firstLoadPosting' | 'initialQuantity'>;

const isFirstLoad = ({ quantity, reverses, intent }: MovementRecord): boolean =>
  quantity > 0 && reverses === null && intent !== 'customerReturn' && intent !== 'transfer';

/** The first load as it stood then; the whole story is read only where a later day or a reversal changed it. */
function firstLoadBefore(
  view: QueryView,
  lot: LotRecord,
  since: readonly MovementRecord[],
  when: When,
): FirstLoad {
  const { firstLoadDate: date, firstLoadSeq: seq } = lot;
  const stood = date === null || seq === null ? since.length === 0 : when.counts({ date, seq });
  const changed = since.some((each) => each.reverses !== null || each.posting === lot.firstLoadPosting);
  if (stood && !changed) return lot;
  const taken = new Set(since.map((each) => each.reverses));
  const loads = view
    .range('movements', 'byLot', { prefix: [lot.id], to: when.date }, UNGUARDED)
    .filter((each) => when.counts(each) && isFirstLoad(each))
    .filter((each) => each.reversedBy === null || taken.has(each.id) || !isTaken(view, each, when));
  const first = loads.reduce<MovementRecord | undefined>((a, b) => (a && a.seq <= b.seq ? a : b), undefined);
  return {
    firstLoadDate: first?.date ?? null,
    firstLoadSeq: first?.seq ?? null,
    firstLoadPosting: first?.posting ?? null,
    initialQuantity: first ? sum(loads.filter((each) => each.posting === first.posting)) : null,
  };
}

/** Whether what took a movement back counted already. */
function isTaken(view: QueryView, { reversedBy }: MovementRecord, when: When): boolean {
  const reversal = reversedBy === null ? undefined : view.get('postings', reversedBy);
  return reversal !== undefined && when.counts(reversal);
}

/** Changes that are told beside the record's own fields. */
const told = new Set(['printed', 'inspection']);

interface Attended {
  readonly id: string;
  readonly edition: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/**
 * The fields people change, as they were. A corrected code is a mistake put right: it holds for the past too,
 * unless the question is what was known.
 */
function fieldsBefore<R extends Attended>(
  view: QueryView,
  record: R,
  when: When,
): { readonly record: R; readonly since: readonly HistoryRecord[] } {
  const { since, last } = changesSince(view, record.id, when);
  if (since.length === 0) return { record, since };
  let past = record;
  const edits = new Set<number>();
  for (const change of since) {
    const { field, seq } = change;
    if (told.has(field) || (field === 'code' && seq <= when.seq)) continue;
    past = withoutChange(past, change);
    if (field !== 'recall' && field !== 'missing') edits.add(seq);
  }
  const edition = record.edition - edits.size;
  return { record: { ...past, edition, updatedAt: last?.at ?? record.createdAt }, since };
}

/** The inspections of a lot in short, without the steps taken since. */
function inspectedBefore(
  view: QueryView,
  lot: LotRecord,
  since: readonly HistoryRecord[],
): InspectionSummary | null {
  if (!since.some(({ field }) => field === 'inspection')) return lot.inspected;
  const known = new Map<string, Pick<InspectionRecord, 'id' | 'result' | 'finishedAt'>>();
  for (const each of view.range('inspections', 'byLot', { prefix: [lot.id] }, UNGUARDED))
    known.set(each.id, each);
  for (const { field, from, to } of since) {
    if (field !== 'inspection') continue;
    const { id } = to as { id: string };
    if (from === null) known.delete(id);
    else known.set(id, from as InspectionRecord);
  }
  const all = [...known.values()];
  const newest = all.at(-1);
  if (!newest) return null;
  const finished = all.filter((each) => each.finishedAt !== null);
  return {
    count: all.length,
    open: all.length - finished.length,
    failed: finished.filter((each) => each.result !== 'pass').length,
    newest: { id: newest.id, result: newest.result, finished: newest.finishedAt !== null },
  };
}

/** A lot as it was; its stock is in its balances. */
export function lotBefore(
  view: QueryView,
  lot: LotRecord,
  movements: readonly MovementRecord[],
  when: When,
): LotRecord {
  const { record, since } = fieldsBefore(view, lot, when);
  const moved = lot.moved && (movements.length === 0 || hadMoved(view, lot.id, when));
  return {
    ...record,
    ...(movements.length === 0 ? {} : pick(firstLoadBefore(view, lot, movements, when))),
    inspected: inspectedBefore(view, lot, since),
    onHand: lot.onHand - sum(movements),
    moved,
    reserved: when.isNow ? lot.reserved : 0,
  };
}

const pick = ({ firstLoadDate, firstLoadSeq, firstLoadPosting, initialQuantity }: FirstLoad): FirstLoad => ({
  firstLoadDate,
  firstLoadSeq,
  firstLoadPosting,
  initialQuantity,
});

/** The newest movements of a piece that count: those of one entry and day, which belong together. */
function newestOf(view: QueryView, serial: string, when: When): MovementRecord[] {
  const newest: MovementRecord[] = [];
  let after: readonly Scalar[] | undefined;
  for (;;) {
    const options = {
      prefix: [serial],
      ...(after ? { after } : {}),
      to: when.date,
      reverse: true,
      limit: PAGE,
    };
    const page = view.range('movements', 'bySerial', options, UNGUARDED);
    for (const movement of page) {
      if (!when.counts(movement)) continue;
      const [first] = newest;
      if (first && (first.seq !== movement.seq || first.date !== movement.date)) {
        if (settles(newest)) return newest;
        newest.length = 0;
      }
      newest.push(movement);
    }
    const end = page.at(-1);
    if (page.length < PAGE || !end) return newest;
    after = [end.serial, end.date, end.seq, end.id];
  }
}

/** Whether movements of one entry moved a piece at all: out of a place and back into it is nowhere else. */
const settles = (movements: readonly MovementRecord[]): boolean => {
  const places = new Map<string, number>();
  for (const { warehouse, location, quantity } of movements) {
    const place = JSON.stringify([codeKey(warehouse), optionalKey(location)]);
    places.set(place, (places.get(place) ?? 0) + Math.sign(quantity));
  }
  return [...places.values()].some((count) => count !== 0);
};

/** Whom a piece went to; after a return was taken back, who had it before. */
function holderBy(view: QueryView, movement: MovementRecord): PartyRef | null {
  if (movement.reverses === null) return movement.party;
  const line = view.get('postings', movement.posting)?.lines.find((each) => each.id === movement.line);
  return line?.returns ? (view.get('postings', line.returns.posting)?.party ?? null) : null;
}

type Whereabouts = Pick<
  SerialRecord,
  'warehouse' | 'warehouseKey' | 'location' | 'locationKey' | 'holder' | 'moved' | 'missing' | 'lot'
>;

/** Where a piece was, or who had it. */
function whereaboutsBefore(view: QueryView, serial: SerialRecord, when: When): Whereabouts {
  const { lot, missing } = serial;
  const newest = newestOf(view, serial.id, when);
  const arrival = newest.find((each) => each.quantity > 0 && settles(newest));
  const left = newest.find((each) => each.quantity < 0);
  const nowhere = { warehouse: null, warehouseKey: null, location: null, locationKey: null };
  if (!arrival) {
    const holder = left ? holderBy(view, left) : null;
    const gone = left?.intent === 'count' || missing;
    return { ...nowhere, holder, moved: left !== undefined, missing: gone, lot: left?.lot ?? lot };
  }
  const { warehouse, location } = arrival;
  return {
    warehouse,
    warehouseKey: codeKey(warehouse),
    location,
    locationKey: optionalKey(location),
    holder: null,
    moved: true,
    missing: false,
    lot: arrival.lot ?? lot,
  };
}

/** The piece it was installed in (R112). */
function parentBefore(view: QueryView, serial: string, when: When): string | null {
  const edges = view.range('edges', 'byFrom', { prefix: [serial], to: when.date, reverse: true }, UNGUARDED);
  const installed = edges.find(
    (edge) =>
      edge.kind === 'install' &&
      when.counts(edge) &&
      !(edge.endDate !== null && when.counts({ date: edge.endDate, seq: edge.endSeq ?? 0 })),
  );
  return installed?.to ?? null;
}

/** A serial as it was: where, who had it, its status and marks. */
export function serialBefore(view: QueryView, serial: SerialRecord, when: When): SerialRecord {
  const { record } = fieldsBefore(view, serial, when);
  const still = when.seq >= view.head.seq && (serial.lastDate === null || serial.lastDate <= when.date);
  return {
    ...record,
    ...(still ? {} : whereaboutsBefore(view, record, when)),
    parent: parentBefore(view, serial.id, when),
    reserved: when.isNow && serial.reserved,
    reservation: when.isNow ? serial.reservation : null,
  };
}
