/**
 * A small world in a ledger on PostgreSQL, what racing engines do in it, and what has to hold when they are
 * done: every acknowledged receipt in the journal, each id once, the sums right, the chain whole.
 */
import { expect } from 'vitest';
import type { SqlDriver } from '../../../src/adapters/stores/sql/driver.ts';
import { sql } from '../../../src/adapters/stores/sql/index.ts';
import { isLedgerError, type Ledger, openLedger } from '../../../src/core/index.ts';

export const DAY = '2026-11-20';

/** A ledger of one tenant over a driver. */
export const ledgerOn = (driver: SqlDriver, tenant = 'acme'): Promise<Ledger> =>
  openLedger(sql(driver, { tenant }), {
    actor: 'maria',
    timeZone: 'UTC',
    now: () => new Date(`${DAY}T12:00:00Z`),
  });

/** An item with lots, an item with serials, a warehouse, and a template for each way. */
export async function furnish(ledger: Ledger): Promise<void> {
  const part = { length: 6, fill: '0' };
  await ledger.codeTypes.create({
    code: 'L',
    kind: 'lot',
    parts: [
      { source: 'text', value: 'L' },
      { source: 'number', ...part },
    ],
    root: ['text'],
  } as never);
  await ledger.items.create({
    code: 'MILK',
    description: 'Milk',
    unit: { code: 'PCE', decimals: 0 },
    lots: { codeType: 'L', withdrawal: 'fifo' },
  } as never);
  await ledger.items.create({
    code: 'PUMP',
    description: 'Pump',
    unit: { code: 'PCE', decimals: 0 },
    serials: { generation: 'manual' },
  } as never);
  await ledger.warehouses.create({ code: 'MAIN', description: 'Main' } as never);
  const both = { warehouse: 'MAIN', tracksLots: true, tracksSerials: true, allowTopUp: true };
  await ledger.templates.create({ ...both, code: 'IN', type: 'load', intent: 'purchase' } as never);
  await ledger.templates.create({ ...both, code: 'OUT', type: 'unload', intent: 'sale' } as never);
}

/** A posting of a lot of the milk. */
export const milk = (template: 'IN' | 'OUT', quantity: number, code = 'A', commandId?: string) =>
  ({
    warehouse: 'MAIN',
    template,
    date: DAY,
    ...(commandId === undefined ? {} : { commandId }),
    lines: [{ item: 'MILK', quantity: String(quantity), lots: [{ code, quantity: String(quantity) }] }],
  }) as never;

/** A posting of one serial of the pump. */
export const pump = (template: 'IN' | 'OUT', code: string) =>
  ({
    warehouse: 'MAIN',
    template,
    date: DAY,
    lines: [{ item: 'PUMP', quantity: '1', serials: [{ code }] }],
  }) as never;

/** How often somebody asks again, under the same id, after an answer that allows it. */
const PATIENCE = 200;

/** What came of an attempt: what it answered, or the code of a refusal. */
export type Outcome<T> = { readonly done: T } | { readonly code: string };

/**
 * Does something under one id until it is answered for good, as a client has to.
 * @param work is handed nothing new from one attempt to the next: it names its id itself
 */
export async function persist<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return { done: await work() };
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      if (error.retry !== 'same-id') return { code: error.code };
      if (attempt === PATIENCE) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 40));
    }
  }
}

/** The codes of refusals, counted; `done` for what was done. */
export function tally(outcomes: readonly Outcome<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) {
    const key = 'done' in outcome ? 'done' : outcome.code;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Holds the ledger to its journal: gapless, the chain whole, every projection as folded anew. */
export async function provesItself(ledger: Ledger): Promise<void> {
  expect(await ledger.verify()).toMatchObject({ ok: true });
  const seqs: number[] = [];
  const end = (await ledger.head()).seq;
  for await (const { seq } of ledger.changes({ after: 0 })) {
    seqs.push(seq);
    if (seq >= end) break;
  }
  expect(seqs).toEqual(Array.from({ length: end }, (_, i) => i + 1));
}

/** How many of a lot of the milk are there. */
export async function onHand(ledger: Ledger, code = 'A'): Promise<number> {
  const lot = await ledger.lots.get({ item: 'MILK', code } as never);
  return Number((lot as { onHand: string }).onHand);
}
