/**
 * What a recall comes to at one moment: the report an authority is given, and the evidence a case is closed
 * with. Names of parties are not read here, since evidence is in the journal (R135). Movements of templates
 * that keep out of traces count like all others (R107).
 */
import type { RecallRecord } from '../model/cases.ts';
import type { ItemRecord, LotRecord, MovementRecord, SerialRecord } from '../model/records.ts';
import type { RecallReport, RecallScopeRow } from '../model/views-recalls.ts';
import { gather, type View } from '../ports/view.ts';
import { formatSteps } from '../rules/quantities.ts';
import { addMovement, addStock, type BalanceSums, balanceView, emptySums, lotSums } from './mass-balance.ts';
import { figuresOf } from './recall-figures.ts';
import { gapsOf } from './recall-gaps.ts';
import { partiesOf } from './recall-parties.ts';

/** One lot or piece of a scope, with everything that happened to it. */
export interface Covered {
  readonly id: string;
  readonly kind: 'lot' | 'serial';
  readonly record: LotRecord | SerialRecord;
  readonly item: ItemRecord;
  readonly origin: boolean;
  readonly sums: BalanceSums;
  readonly movements: readonly MovementRecord[];
  readonly stock: RecallScopeRow['stock'];
  /** Counted within its lot, which is covered too. */
  readonly within: boolean;
}

/** A moment to report at. */
export interface Moment {
  /** ISO in UTC. */
  readonly at: string;
  /** What a decider expects of ranges; the covered lots and serials themselves are expected as they are read. */
  readonly guard: string;
}

function coveredLot(view: View, id: string, origin: boolean, guard: string): Covered | undefined {
  const record = view.get('lots', id);
  const item = record && view.get('items', record.itemKey);
  if (!record || !item) return undefined;
  const { sums, movements, balances } = lotSums(view, record, guard);
  const stock = balances
    .filter((balance) => balance.onHand !== 0)
    .map(({ warehouse, warehouseKey, location, onHand }) => ({
      warehouse,
      location,
      onHand: formatSteps(onHand, record.decimals),
      transit: view.get('warehouses', warehouseKey)?.kind === 'transit',
    }));
  return { id, kind: 'lot', record, item, origin, sums, movements, stock, within: false };
}

function coveredSerial(
  view: View,
  id: string,
  origin: boolean,
  guard: string,
  lots: ReadonlySet<string>,
): Covered | undefined {
  const record = view.get('serials', id);
  const item = record && view.get('items', record.itemKey);
  if (!record || !item) return undefined;
  const sums = emptySums();
  const movements = record.moved ? view.range('movements', 'bySerial', { prefix: [id] }, guard) : [];
  for (const movement of movements) addMovement(sums, movement);
  const { warehouse, warehouseKey, location } = record;
  const stock: Covered['stock'][number][] = [];
  if (warehouse !== null && warehouseKey !== null) {
    const onHand = 10 ** item.unit.decimals;
    addStock(sums, record, { warehouseKey, onHand }, view);
    const transit = view.get('warehouses', warehouseKey)?.kind === 'transit';
    stock.push({ warehouse, location, onHand: '1', transit });
  }
  const within = record.lot !== null && lots.has(record.lot);
  return { id, kind: 'serial', record, item, origin, sums, movements, stock, within };
}

/** Everything a recall covers, in the order it was found. */
export function coveredBy(view: View, recall: RecallRecord, guard: string): Covered[] {
  const origin = new Set([...recall.origin.lots, ...recall.origin.serials, ...recall.late]);
  const lots = [...recall.lots, ...recall.late];
  const covered = new Set(lots);
  return [
    ...gather(lots, (id) => coveredLot(view, id, origin.has(id), guard)),
    ...gather(recall.serials, (id) => coveredSerial(view, id, origin.has(id), guard, covered)),
  ].filter((each) => each !== undefined);
}

function scopeRow(each: Covered, recall: RecallRecord): RecallScopeRow {
  const { id, kind, record, item, origin, sums, stock } = each;
  const text = (steps: bigint): string => formatSteps(steps, item.unit.decimals);
  return {
    id,
    kind,
    code: record.code,
    item: record.item,
    variant: record.variant,
    unit: item.unit.code,
    supplierLot: 'supplierLot' in record ? record.supplierLot : record.supplierSerial,
    expiryDate: record.expiryDate,
    origin,
    late: recall.late.includes(id),
    blocked: record.recall !== null,
    freed: recall.freed.includes(id),
    onHand: text(sums.onHand),
    inTransit: text(sums.inTransit),
    closed: text(sums.closed),
    stock,
  };
}

/** Balances of every lot and piece, and of each item together (R111). */
function balancesOf(covered: readonly Covered[]): RecallReport['balances'] {
  const byItem = new Map<string, { item: ItemRecord; sums: BalanceSums }>();
  for (const { item, sums, within } of covered) {
    if (within) continue;
    const known = byItem.get(item.id) ?? { item, sums: emptySums() };
    byItem.set(item.id, known);
    for (const column of Object.keys(sums) as (keyof BalanceSums)[]) known.sums[column] += sums[column];
  }
  return {
    lots: covered.map(({ id, record, item, sums }) => ({
      id,
      code: record.code,
      item: record.item,
      unit: item.unit.code,
      ...balanceView(sums, item.unit.decimals),
    })),
    items: [...byItem.values()].map(({ item, sums }) => ({
      item: item.code,
      unit: item.unit.code,
      ...balanceView(sums, item.unit.decimals),
    })),
  };
}

/** The report of a recall; every party's name is null. */
export function recallReport(view: View, recall: RecallRecord, moment: Moment): RecallReport {
  const covered = coveredBy(view, recall, moment.guard);
  const parties = partiesOf(view, recall, covered);
  const gaps = gapsOf(view, covered, parties, moment.guard);
  return {
    scope: covered.map((each) => scopeRow(each, recall)),
    parties,
    balances: balancesOf(covered),
    gaps,
    figures: figuresOf(recall, covered, parties, gaps, moment.at),
  };
}
