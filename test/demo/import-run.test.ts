/** Carrying an import out: verdicts per row, cancelling and going on, and nothing posted twice. */
import { openLedger } from 'lotledger';
import { memory } from 'lotledger/adapters/memory';
import { expect, test } from 'vitest';
import { planImport } from '../../demo/import/plan.mjs';
import { runImport } from '../../demo/import/run.mjs';

const columns = {
  deliveryNote: 'note',
  warehouse: 'to',
  date: 'date',
  supplier: 'from',
  item: 'what',
  quantity: 'units',
};
const row = (note: string, over: Record<string, string> = {}) => ({
  note,
  to: 'Mali',
  date: '2-Jun-06',
  from: 'Acme',
  what: 'Gloves',
  units: '30',
  ...over,
});
const open = () => openLedger(memory(), { actor: 'importer', timeZone: 'UTC' });
const outcomes = (result: { verdicts: { row: number; outcome: string; code?: string }[] }) =>
  result.verdicts.map(({ row: number, outcome, code }) => `${number} ${outcome}${code ? ` ${code}` : ''}`);

test('each row has its verdict, and a refused delivery does not stop the others', async () => {
  const ledger = await open();
  const rows = [
    row('N-1'),
    row('N-2', { date: '2-Jun-69' }),
    row('N-1', { what: 'Masks' }),
    row('N-3', { units: 'many' }),
  ];
  const result = await runImport(ledger, planImport(rows, columns));
  expect(outcomes(result)).toEqual([
    '1 posted',
    '2 failed posting.futureDate',
    '3 posted',
    '4 failed quantity.format',
  ]);
  expect(result).toMatchObject({ posted: 1, failed: 1, cancelled: false });
  expect(
    (await ledger.lots.list({ sort: ['code'] })).items.map(({ code, onHand }) => [code, onHand]),
  ).toEqual([
    ['N-1-001', '30'],
    ['N-1-002', '30'],
  ]);
});

test('R88 the same file again posts nothing, also with rows in another order of notes', async () => {
  const ledger = await open();
  const rows = ['N-1', 'N-2', 'N-3'].map((note) => row(note));
  await runImport(ledger, planImport(rows, columns));
  const before = ledger.status().seq;
  const again = await runImport(ledger, planImport([...rows].reverse(), columns));
  expect(again).toMatchObject({ posted: 0, known: 3, failed: 0 });
  expect(ledger.status().seq).toBe(before);
});

test('R88 a delivery that changed since is refused, not posted twice', async () => {
  const ledger = await open();
  await runImport(ledger, planImport([row('N-1')], columns));
  const changed = await runImport(ledger, planImport([row('N-1', { units: '31' })], columns));
  expect(outcomes(changed)).toEqual(['1 failed posting.duplicateKey']);
});

test('a cancelled import keeps what was posted and goes on where it stopped', async () => {
  const ledger = await open();
  const plan = planImport(
    Array.from({ length: 600 }, (_, i) => row(`N-${i}`)),
    columns,
  );
  const stop = new AbortController();
  const told: number[] = [];
  const first = await runImport(ledger, plan, {
    signal: stop.signal,
    onProgress: ({ done }) => {
      told.push(done);
      stop.abort();
    },
  });
  expect(first.cancelled).toBe(true);
  expect(first.posted).toBe(told[0]);
  expect(first.verdicts).toHaveLength(first.posted);
  const rest = await runImport(ledger, plan);
  expect(rest).toMatchObject({ posted: 600 - first.posted, known: first.posted, cancelled: false });
  expect(await ledger.verify()).toMatchObject({ ok: true });
});
