/** Lots of an unload line: named ones, or those the item's withdrawal chooses (R69, R70, R74, R96–R100). */
import type { LotRowInput } from '../../model/posting.ts';
import type { PostingLotRow } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, US } from '../../ports/keys.ts';
import { candidatesFor, type LotCandidate } from '../../reading/candidates.ts';
import { scopeOf } from '../../reading/codes.ts';
import { hostOrder } from '../../reading/ranking.ts';
import { type Allocation, allocate, type Wish } from '../../rules/allocation.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { openOf } from '../../rules/reservations.ts';
import { withdrawalOf } from '../../rules/withdrawal.ts';
import type { Draft } from './draft.ts';
import { lotRowOf } from './line-rows.ts';
import { placeFor } from './load.ts';
import type { DraftLot } from './moves.ts';
import { rowSteps } from './quantities.ts';
import { checkLotUse, useOf } from './usability.ts';
import type { LineWorld } from './world.ts';

/** A quantity of one lot at one place, on its way out. */
export interface Taken {
  readonly lot: DraftLot;
  readonly location: string | null;
  readonly steps: number;
  readonly note: string | null;
  /** Of the row that names it; of the list where it was chosen. */
  readonly path: string;
  readonly named: boolean;
}

/** The lot an unload row names; it must exist. */
function lotForUnload(draft: Draft, line: LineWorld, row: LotRowInput, path: string): DraftLot {
  if (row.code === undefined || row.code === null)
    throw new LedgerError('field.required', { path: `${path}.code` });
  const key = codeKey(row.code);
  const lot = draft.operation.lot(scopeOf(draft.view, line.item.code, line.variant), key);
  if (!lot) throw new LedgerError('lot.notFound', { path: `${path}.code`, details: { code: row.code } });
  if (lot.itemKey !== codeKey(line.item.code) || lot.variant !== line.variant) {
    throw new LedgerError('lot.wrongItem', {
      path: `${path}.code`,
      details: { code: lot.code, item: lot.item },
    });
  }
  return lot;
}

export function namedLots(
  draft: Draft,
  line: LineWorld,
  rows: readonly LotRowInput[],
  total: number,
): Taken[] {
  const steps = rowSteps(line, rows, total);
  const seen = new Map<string, number>();
  const taken: Taken[] = [];
  rows.forEach((row, i) => {
    const path = `${line.path}.lots[${i}]`;
    const lot = lotForUnload(draft, line, row, path);
    const location = placeFor(
      draft,
      line,
      row.location,
      row.location ? `${path}.location` : `${line.path}.location`,
    );
    const key = lot.id + US + (location ?? '');
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, taken.length);
      taken.push({ lot, location, steps: steps[i] as number, note: row.note ?? null, path, named: true });
    } else if (draft.operation.settings.duplicateRows === 'refuse') {
      throw new LedgerError('lot.repeatedRow', { path: `${path}.code`, details: { code: lot.code } });
    } else {
      const known = taken[before] as Taken;
      taken[before] = { ...known, steps: known.steps + (steps[i] as number) };
    }
  });
  return taken;
}

/** Lots with stock here, less what earlier lines of this posting take and what others have reserved. */
export function candidatesOf(draft: Draft, line: LineWorld): LotCandidate[] {
  const { item, variant } = line;
  const { warehouse } = draft.world;
  return candidatesFor(draft.view, {
    item,
    variant,
    warehouse,
    location: line.location,
    day: draft.date,
    use: useOf(draft, line),
    claims: draft.claims,
    taken: (balance) => Math.max(0, -(draft.operation.deltas.get(balance)?.steps ?? 0)),
  });
}

/** The lots its own document has reserved, which go before any other (R99). */
export function reservedFirst(draft: Draft, line: LineWorld, candidates: readonly LotCandidate[]): Wish[] {
  if (!candidates.some((candidate) => candidate.record.reserved > 0)) return [];
  const warehouse = codeKey(draft.world.warehouse.code);
  return draft.claims
    .own(line.item.code)
    .filter((each) => each.warehouseKey === warehouse)
    .flatMap((each) =>
      each.lot === null ? [] : [{ lot: each.lot, location: each.location, quantity: openOf(each) }],
    );
}

export function strategyOf(line: LineWorld): 'fifo' | 'lifo' | 'fefo' {
  const withdrawal = withdrawalOf(line.item);
  if (withdrawal !== 'manual') return withdrawal;
  throw new LedgerError('lot.required', { path: `${line.path}.lots`, details: { item: line.item.code } });
}

/** Lots in the host's own order, where it has one. */
export const hostOrderOf = (
  draft: Draft,
  line: LineWorld,
  quantity: number,
  candidates: readonly LotCandidate[],
): readonly string[] | undefined =>
  hostOrder(draft.context.hooks, candidates, {
    item: line.item,
    variant: line.variant,
    warehouse: draft.world.warehouse,
    quantity,
    intent: draft.world.intent,
    needDate: draft.date,
    strategy: strategyOf(line),
  });

/** What the item's withdrawal would take for a line, and what it could not find. */
export function allocateLots(draft: Draft, line: LineWorld, total: number): Allocation<LotCandidate> {
  const strategy = strategyOf(line);
  const prefer = line.item.lots?.prefer ?? null;
  const candidates = candidatesOf(draft, line);
  const first = reservedFirst(draft, line, candidates);
  const order = hostOrderOf(draft, line, total, candidates);
  const request = { strategy, quantity: total, needDate: draft.date, prefer, first, order };
  return allocate(candidates, request);
}

export function automaticLots(draft: Draft, line: LineWorld, total: number): Taken[] {
  const path = `${line.path}.lots`;
  const { taken, skipped, shortage } = allocateLots(draft, line, total);
  if (shortage > 0) {
    const show = (steps: number): string => formatSteps(steps, line.decimals);
    throw new LedgerError('lot.insufficient', {
      path,
      details: {
        item: line.item.code,
        available: show(total - shortage),
        shortage: show(shortage),
        warehouse: draft.world.warehouse.code,
        location: line.location,
        skipped: skipped.map(({ code, reason }) => ({ code, reason })),
      },
    });
  }
  return taken.map(({ record, location, quantity }) => ({
    lot: record,
    location,
    steps: quantity,
    note: null,
    path,
    named: false,
  }));
}

export function take(draft: Draft, line: LineWorld, taken: readonly Taken[]): PostingLotRow[] {
  const { item, variant, decimals } = line;
  return taken.map(({ lot, location, steps, note, path, named }) => {
    checkLotUse(draft, line, lot, location, named ? `${path}.code` : path);
    const blame = named ? `${path}.quantity` : path;
    draft.move({ lot, item: item.code, variant, decimals, location, path: blame, steps: -steps });
    return lotRowOf(lot, location, steps, note);
  });
}
