/** What a question answers is the caller's: whatever is done to it, the ledger stays as it was. */
import { expect, test } from 'vitest';
import type { Ledger } from '../../../src/core/index.ts';
import { load, sell, trial } from '../commands/trial.ts';

/** Overwrites everything in an answer, however deep. */
function scramble(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const parts = value as Record<string, unknown>;
  for (const name of Object.keys(parts)) {
    scramble(parts[name]);
    parts[name] = 'scrambled';
  }
  if (Array.isArray(value)) value.push('more');
}

async function busy(): Promise<Ledger> {
  const ledger = await trial();
  await ledger.letterTables.create({ code: 'M', kind: 'month', rows: [{ value: 1, letter: 'A' }] });
  await ledger.lotStatuses.create({ code: 'HELD', intents: { sale: 'deny' } });
  await ledger.parties.create({ kind: 'customer', code: 'C-9', name: 'Bistro' });
  await ledger.items.update('GOUDA', {
    alternativeUnits: [{ code: 'WHEEL', num: 9, den: 2 }],
    components: [{ item: 'NAILS', quantity: '1', alternatives: ['DRILL'] }],
    attributes: { milk: ['cow', 'goat'], age: 3 },
  });
  await load(ledger, 'GOUDA', 'A', '8');
  await sell(ledger, 'GOUDA', 'A', '1');
  const made = await ledger.lots.create({ item: 'GOUDA', attributes: { tags: ['x'] } });
  await ledger.lots.create({ item: 'GOUDA' });
  await ledger.lots.remove(made.id);
  const lot = await ledger.lots.get('A');
  await ledger.lots.update(lot.id, { attributes: { tags: ['y', 'z'] } });
  await ledger.postings.post({
    warehouse: 'CAVE',
    template: 'IN',
    date: '2026-03-18',
    document: { type: 'purchaseDeliveryNote', number: 'DN-1' },
    internalDocument: { type: 'other', number: 'I-1' },
    lines: [
      { item: 'GOUDA', quantity: '2', unit: 'WHEEL', location: 'S2', lots: [{ code: 'B', quantity: '2' }] },
      { item: 'DRILL', quantity: '1', location: 'S1', serials: [{ code: 'T1' }] },
      { item: 'NAILS', quantity: '5', location: 'S1' },
    ],
  });
  await ledger.postings.post({
    warehouse: 'CAVE',
    template: 'OUT',
    date: '2026-03-18',
    party: { kind: 'customer', code: 'C-9' },
    lines: [{ item: 'DRILL', quantity: '1', location: 'S1', serials: [{ code: 'T1' }] }],
  });
  return ledger;
}

async function answers(ledger: Ledger): Promise<unknown[]> {
  const lot = await ledger.lots.get('A');
  const lists = Object.entries(ledger.capabilities.queries).filter(([, offer]) => offer !== true);
  const pages = lists.map(([name]) => ledger.port.query(name, {}));
  return Promise.all([
    ...pages,
    ledger.settings.get(),
    ledger.items.get('GOUDA'),
    ledger.items.stock('GOUDA'),
    ledger.codeTypes.counters('DAY'),
    ledger.codeTypes.forecast('DAY'),
    ledger.lots.movements(lot.id),
    ledger.lots.history(lot.id),
    ledger.serials.get('T1'),
    ledger.lots.allocate({ item: 'GOUDA', warehouse: 'CAVE', quantity: '99' }),
  ]);
}

test('whatever is done to an answer, the ledger answers the same again and verifies', async () => {
  const ledger = await busy();
  const before = await answers(ledger);
  const kept = structuredClone(before);
  scramble(before);
  expect(await answers(ledger)).toEqual(kept);
  expect(await ledger.verify()).toMatchObject({ ok: true });
});

test('a posting that was answered is the caller’s, and so is what it was asked with', async () => {
  const ledger = await busy();
  const draft = {
    warehouse: 'CAVE',
    template: 'IN',
    date: '2026-03-18',
    document: { type: 'other' as const, number: 'D' },
    lines: [{ item: 'NAILS', quantity: '5', location: 'S1' }],
  };
  const made = await ledger.postings.post(draft);
  const kept = structuredClone(made);
  scramble(made);
  scramble(draft);
  expect(await ledger.postings.get(kept.id)).toEqual(kept);
  expect(await ledger.verify()).toMatchObject({ ok: true });
});
