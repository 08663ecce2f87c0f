/** What goes wrong below: a client hears the code, the operator the cause, and nobody what was stored. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { type Ledger, LedgerError, openLedger } from '../../src/core/index.ts';
import { site } from './setup.ts';

async function failing(error: () => LedgerError): Promise<Ledger> {
  const real = await openLedger(memory());
  return real.through((port) => ({
    ...port,
    query: () => Promise.reject(error()),
    head: () => Promise.reject(error()),
    execute: async (commands) =>
      commands.map(({ id }) => ({ outcome: 'refused', id, problem: error().toJSON() })),
  }));
}

const refusedLine = (): LedgerError => {
  const cause = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
  return new LedgerError('store.unavailable', { details: { driver: 'pg', cause: cause.message }, cause });
};

test('the words of a database stay on the server, whichever way it fails', async () => {
  const { ask, lines, faults } = await site({ ledger: await failing(refusedLine) });
  const told = { kind: 'unavailable', code: 'store.unavailable', retry: 'same-id', details: {} };
  const command = { name: 'grades.create@1', id: 'one', args: { code: 'A' } };
  const question = await ask('/lots');
  expect(question).toMatchObject({ status: 503, body: told });
  const single = await ask('/grades', { body: { code: 'A' } });
  expect(single).toMatchObject({ status: 503, body: told });
  const many = await ask('/commands', { body: { commands: [command] } });
  expect(many.body).toEqual({ receipts: [{ outcome: 'refused', id: 'one', problem: told }] });
  const poll = await ask('/changes?after=0');
  expect(poll).toMatchObject({ status: 503, body: told });
  const ready = await ask('/ready', { token: null });
  expect(ready).toMatchObject({ status: 503, body: told });
  const answers = [question, single, many, poll, ready];
  expect(JSON.stringify(answers.map(({ body }) => body))).not.toMatch(/ECONN|10\.0\.0\.7|driver|pg/);
  // the operator finds each of them by its id
  const noted = lines.flatMap((line) => (line.type === 'fault' ? [line] : []));
  expect(noted.map(({ requestId }) => requestId)).toEqual(
    answers.map(({ headers }) => headers.get('x-request-id')),
  );
  for (const line of noted) {
    expect(line).toMatchObject({ name: 'LedgerError', code: 'store.unavailable' });
    expect(String(line.cause)).toContain('connect ECONNREFUSED 10.0.0.7:5432');
  }
  expect(noted[0]?.cause).toEqual(['Error ECONNREFUSED: connect ECONNREFUSED 10.0.0.7:5432']);
  expect(faults).toHaveLength(5);
});

const refusedValue = (): LedgerError => {
  const cause = Object.assign(new Error('invalid input syntax for type date: "Maria Rossi"'), {
    code: '22007',
  });
  return new LedgerError('store.unavailable', { details: { cause: `${cause.message} (22007)` }, cause });
};

test('what a database repeats of the values it refused is noted nowhere but its state', async () => {
  const { ask, lines } = await site({ ledger: await failing(refusedValue) });
  const question = await ask('/lots');
  const receipt = await ask('/grades', { body: { code: 'A' } });
  expect(lines.flatMap((line) => (line.type === 'fault' ? [line.cause] : []))).toEqual([
    ['Error 22007'],
    ['22007'],
  ]);
  expect(JSON.stringify([question.body, receipt.body, lines])).not.toContain('Maria');
});

test('damage and a full disk are noted, what is a sender’s own is not', async () => {
  const at = { kind: 'entry', seq: 7 };
  for (const [error, told, noted] of [
    [new LedgerError('store.corrupt', { details: { at, what: 'no head', seq: 7 } }), { at, seq: 7 }, 1],
    [new LedgerError('store.quota', { cause: new Error('disk full') }), {}, 1],
    [
      new LedgerError('hook.failed', {
        details: { hook: 'beforePost', why: 'no customer Maria Rossi' },
        cause: new TypeError('no customer Maria Rossi'),
      }),
      { hook: 'beforePost' },
      1,
    ],
    [new LedgerError('store.rebuilding'), {}, 0],
    [new LedgerError('lot.notFound', { details: { code: 'L-1' } }), { code: 'L-1' }, 0],
  ] as const) {
    const { ask, lines } = await site({ ledger: await failing(() => error) });
    expect((await ask('/lots')).body.details).toEqual(told);
    expect([error.code, lines.filter(({ type }) => type === 'fault').length]).toEqual([error.code, noted]);
    expect(JSON.stringify(lines)).not.toContain('Maria');
  }
});
