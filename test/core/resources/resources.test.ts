/** Resources are thin: what they send and ask over a port, and how a refusal comes out. */
import { expect, test } from 'vitest';
import { isLedgerError } from '../../../src/core/index.ts';
import type { Command, LedgerPort, Receipt } from '../../../src/core/ports/ledger.ts';
import { createResources } from '../../../src/core/resources/index.ts';
import { load, refusal, trial } from '../commands/trial.ts';

/** A port that remembers what it is sent, and answers as told. */
function recorder(answer: (command: Command) => Receipt) {
  const sent: Command[] = [];
  const asked: [string, unknown][] = [];
  const port = {
    execute: async (commands: readonly Command[]) => {
      sent.push(...commands);
      return commands.map(answer);
    },
    query: async (name: string, args: unknown) => {
      asked.push([name, args]);
      return { name };
    },
  } as unknown as LedgerPort;
  return { sent, asked, resources: createResources(port) };
}

const accepted =
  (result: unknown) =>
  (command: Command): Receipt => ({
    outcome: 'accepted',
    id: command.id,
    seq: 1,
    recordedAt: '2026-03-18T10:00:00.000Z',
    result,
  });

test('a change is one command with an id of its own, then the fresh record is read', async () => {
  const { sent, asked, resources } = recorder(accepted({ id: 'kg' }));
  await resources.items.create({ code: 'KG', unit: { code: 'K', decimals: 0 } });
  await resources.items.update('kg', { description: null }, { version: 3, reason: 'why', source: 'ui' });
  await resources.items.remove('kg', { commandId: 'my-own', actor: 'remo', force: { reason: 'must' } });
  expect(sent.map(({ name, args }) => [name, args])).toEqual([
    ['items.create@1', { code: 'KG', unit: { code: 'K', decimals: 0 } }],
    ['items.update@1', { id: 'kg', patch: { description: null }, version: 3 }],
    ['items.remove@1', { id: 'kg' }],
  ]);
  expect(sent[1]).toMatchObject({ reason: 'why', source: 'ui' });
  expect(sent[2]).toMatchObject({ id: 'my-own', actor: 'remo', force: { reason: 'must' } });
  expect(new Set(sent.map((command) => command.id)).size).toBe(3);
  expect(sent[0]?.id).toMatch(/^[\w-]{21}$/);
  expect(asked).toEqual([
    ['items.get', { id: 'kg' }],
    ['items.get', { id: 'kg' }],
  ]);
});

test('a refusal is thrown as the error it was, with its kind, path and details', async () => {
  const problem = {
    kind: 'rejected',
    code: 'item.notFound',
    retry: 'new-id',
    path: 'lines[0].item',
    details: { code: 'X' },
  } as const;
  const { resources } = recorder((command) => ({ outcome: 'refused', id: command.id, problem }));
  const error = await refusal(
    resources.postings.post({ warehouse: 'W', template: 'T', date: '2026-01-01', lines: [] }),
  );
  expect(isLedgerError(error)).toBe(true);
  expect(error.toJSON()).toEqual(problem);
});

test('references become questions: ids, codes, or what a code is unique in', async () => {
  const { asked, resources } = recorder(accepted({ id: null }));
  await resources.templates.get({ warehouse: 'W', code: 'T' });
  await resources.lots.get({ item: 'I', code: 'L' });
  await resources.lots.get('L');
  await resources.lots.movements('7', { direction: 'load' });
  await resources.codeTypes.forecast('YM');
  await resources.settings.get();
  await resources.lots.list();
  await resources.can([{ action: 'lot.reopen' }]);
  expect(asked).toEqual([
    ['templates.get', { warehouse: 'W', code: 'T' }],
    ['lots.get', { item: 'I', code: 'L' }],
    ['lots.get', { id: 'L' }],
    ['lots.movements', { id: '7', direction: 'load' }],
    ['codeTypes.forecast', { code: 'YM' }],
    ['settings.get', {}],
    ['lots.list', {}],
    ['ledger.can', [{ action: 'lot.reopen' }]],
  ]);
});

test('R88 a posting under an id of the host is posted once, and answers the same again', async () => {
  const ledger = await trial();
  const posting = {
    commandId: 'delivery-77',
    warehouse: 'CAVE',
    template: 'IN',
    date: '2026-03-18',
    party: { kind: 'supplier' as const, code: 'S1', name: 'Hof' },
    lines: [{ item: 'GOUDA', quantity: 2, location: 'S1', lots: 'auto' as const }],
  };
  const first = await ledger.postings.post(posting);
  const again = await ledger.postings.post({ ...posting, party: { ...posting.party, name: 'Der Hof' } });
  expect({ ...again, party: null }).toEqual({ ...first, party: null });
  expect(first).toMatchObject({ numberText: '2026/03/18-001', party: { name: 'Hof' }, reversed: false });
  const read = await ledger.postings.get(first.id);
  expect(read).toEqual(first);
  const other = await refusal(ledger.postings.post({ ...posting, note: 'more' }));
  expect(other).toMatchObject({ code: 'command.mismatch', kind: 'mismatch' });
});

test('R80 a reversal is a posting of its own, linked to the first', async () => {
  const ledger = await trial();
  const first = await load(ledger, 'GOUDA', 'A', '2');
  const back = await ledger.postings.reverse(first.id, { date: '2026-03-18', reason: 'wrong pallet' });
  expect(back).toMatchObject({
    reverses: first.id,
    reason: 'wrong pallet',
    lines: [{ reverses: first.lines[0]?.id, lots: [{ code: 'A', quantity: '2' }] }],
  });
  expect(await ledger.postings.get(first.id)).toMatchObject({
    reversed: true,
    lines: [{ reversedBy: back.id }],
  });
  expect((await ledger.postings.list({ filter: { reverses: first.id } })).items).toHaveLength(1);
});
