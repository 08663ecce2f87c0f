/**
 * Where everything of a lot came from and went (R111), in steps: sums of its movements by what they were to
 * it. A reversal counts on the side of what it takes back, so every column is net.
 */
import type { BalanceRecord, Flow, LotRecord, MovementRecord } from '../model/records.ts';
import type { MassBalance } from '../model/views-trace.ts';
import type { View } from '../ports/view.ts';
import { formatSteps } from '../rules/quantities.ts';

const ins = [
  'received',
  'produced',
  'opening',
  'customerReturns',
  'countGains',
  'fromLots',
  'otherIn',
] as const;
const places = ['onHand', 'inTransit', 'closed'] as const;
const outs = [
  'consumed',
  'toLots',
  'shipped',
  'supplierReturns',
  'scrapped',
  'sampled',
  'countLosses',
  'otherOut',
] as const;

export type BalanceColumn = (typeof ins)[number] | (typeof places)[number] | (typeof outs)[number];

/** Columns in steps. Totals over lots may pass 2^53. */
export type BalanceSums = Record<BalanceColumn, bigint>;

/** Column of a flow: what came in, and what went out. */
const columns: Readonly<Record<Exclude<Flow, 'transferred'>, readonly [BalanceColumn, BalanceColumn]>> = {
  received: ['received', 'otherOut'],
  produced: ['produced', 'otherOut'],
  opening: ['opening', 'toLots'],
  customerReturn: ['customerReturns', 'otherOut'],
  countGain: ['countGains', 'countLosses'],
  shipped: ['otherIn', 'shipped'],
  consumed: ['otherIn', 'consumed'],
  supplierReturn: ['otherIn', 'supplierReturns'],
  scrapped: ['otherIn', 'scrapped'],
  countLoss: ['countGains', 'countLosses'],
  split: ['fromLots', 'toLots'],
  merged: ['fromLots', 'toLots'],
  converted: ['fromLots', 'toLots'],
  inspected: ['otherIn', 'sampled'],
  other: ['otherIn', 'otherOut'],
};

/** Columns, all zero. */
export function emptySums(): BalanceSums {
  const all = [...ins, ...places, ...outs].map((column) => [column, 0n] as const);
  return Object.fromEntries(all) as BalanceSums;
}

/** Adds one movement. Between own places nothing comes in or goes out. */
export function addMovement(sums: BalanceSums, { flow, quantity, reverses }: MovementRecord): void {
  if (flow === 'transferred') return;
  const [into, out] = columns[flow];
  if (quantity > 0 === (reverses === null)) sums[into] += BigInt(quantity);
  else sums[out] -= BigInt(quantity);
}

/** Adds what lies at one place. */
export function addStock(
  sums: BalanceSums,
  lot: Pick<LotRecord, 'closed'>,
  balance: Pick<BalanceRecord, 'warehouseKey' | 'onHand'>,
  view: View,
): void {
  if (balance.onHand === 0) return;
  const transit = view.get('warehouses', balance.warehouseKey)?.kind === 'transit';
  sums[lot.closed ? 'closed' : transit ? 'inTransit' : 'onHand'] += BigInt(balance.onHand);
}

const sum = (sums: BalanceSums, names: readonly BalanceColumn[]): bigint =>
  names.reduce((all, name) => all + sums[name], 0n);

/** Everything that came in. */
export const totalIn = (sums: BalanceSums): bigint => sum(sums, ins);

/** Everything that is there or has gone where it is known. */
export const totalAccounted = (sums: BalanceSums): bigint => sum(sums, [...places, ...outs]);

/** Hundredths of a per cent, half up, as a number with two decimals; null of nothing. */
export function percent(part: bigint, whole: bigint): number | null {
  if (whole <= 0n) return null;
  return Number((part * 20_000n + whole) / (2n * whole)) / 100;
}

/** The columns of a lot, and its movements in order of their dates. */
export interface LotSums {
  readonly sums: BalanceSums;
  readonly movements: readonly MovementRecord[];
  readonly balances: readonly BalanceRecord[];
}

/**
 * Reads a lot's movements and places.
 * @param guard what a decider expects besides; the lot itself is expected wherever it is read
 */
export function lotSums(view: View, lot: LotRecord, guard: string): LotSums {
  const sums = emptySums();
  const prefix = [lot.id];
  const movements = lot.moved ? view.range('movements', 'byLot', { prefix }, guard) : [];
  for (const movement of movements) addMovement(sums, movement);
  const balances = lot.moved ? view.range('balances', 'byLot', { prefix }, guard) : [];
  for (const balance of balances) addStock(sums, lot, balance, view);
  return { sums, movements, balances };
}

/** Columns as hosts read them. */
export function balanceView(sums: BalanceSums, decimals: number): MassBalance {
  const text = (steps: bigint): string => formatSteps(steps, decimals);
  const [all, accounted] = [totalIn(sums), totalAccounted(sums)];
  const columns = Object.fromEntries(Object.entries(sums).map(([name, steps]) => [name, text(steps)]));
  return {
    ...(columns as unknown as MassBalance),
    in: text(all),
    accounted: text(accounted),
    difference: text(all - accounted),
    percent: percent(accounted, all),
  };
}
