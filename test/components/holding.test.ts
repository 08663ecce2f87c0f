/** Calls that wait for a sign-in: held, sent again under the same ids, nothing lost and nothing doubled. */
import { describe, expect, it, vi } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { Hold } from '../../src/components/provider/holding.ts';
import {
  type ChangeEvent,
  type Command,
  type Ledger,
  LedgerError,
  type LedgerPort,
  openLedger,
  type Receipt,
} from '../../src/core/index.ts';

const tick = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

/** A server that knows whether somebody is signed in, and counts what it does by the command's id. */
function server(how: 'throws' | 'refuses' = 'throws') {
  const state = { signedIn: true };
  const done = new Map<string, number>();
  const sent: string[] = [];
  const waiting: ChangeEvent[] = [{ seq: 1, touched: [] }];
  const out = (): LedgerError => new LedgerError('session.required');
  const port: LedgerPort = {
    capabilities: { commands: {}, queries: {}, durability: 'strict' },
    async execute(commands: readonly Command[]): Promise<Receipt[]> {
      if (!state.signedIn && how === 'throws') throw out();
      return commands.map(({ id }) => {
        sent.push(id);
        if (!state.signedIn) return { outcome: 'refused', id, problem: out().toJSON() };
        done.set(id, (done.get(id) ?? 0) + 1);
        return { outcome: 'accepted', id, seq: done.size, recordedAt: '', result: { id } };
      });
    },
    async query(name: string): Promise<unknown> {
      if (!state.signedIn) throw out();
      return name;
    },
    async *changes(): AsyncGenerator<ChangeEvent> {
      if (!state.signedIn) throw out();
      yield* waiting.splice(0);
    },
    status: () => ({ state: 'open', seq: 0 }),
    subscribe: () => () => {},
    close: async () => {},
  };
  return { state, done, sent, port, waiting };
}

const command = (id: string): Command => ({ name: 'x@1', id, args: {} });

describe.each(['throws', 'refuses'] as const)('a server that %s', (how) => {
  it('has its calls held and sent again under the same ids, once each', async () => {
    const { state, done, port } = server(how);
    const told = vi.fn(() => true);
    const hold = new Hold(told);
    const held = hold.between(port);
    state.signedIn = false;
    const calls = ['a', 'b', 'c'].map((id) => held.execute([command(id)]));
    const asked = held.query('lots.list', {});
    await tick();
    const later = held.execute([command('d'), command('e')], { atomic: true });
    await tick();
    expect(told).toHaveBeenCalledOnce();
    expect(hold.holds).toBe(true);
    expect(hold.waiting).toBe(5);
    expect(hold.changes).toBe(5);
    state.signedIn = true;
    hold.resume();
    const receipts = (await Promise.all([...calls, later])).flat();
    expect(receipts.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((id) => `${id} accepted`),
    );
    expect(await asked).toBe('lots.list');
    expect([...done]).toEqual(['a', 'b', 'c', 'd', 'e'].map((id) => [id, 1]));
    expect(hold.waiting).toBe(0);
    expect(hold.changes).toBe(0);
  });

  it('asks again when the one who signed in is not known either', async () => {
    const { state, port, done } = server(how);
    const told = vi.fn(() => true);
    const hold = new Hold(told);
    state.signedIn = false;
    const call = hold.between(port).execute([command('a')]);
    await tick();
    hold.resume();
    await tick();
    expect(told).toHaveBeenCalledTimes(2);
    state.signedIn = true;
    hold.resume();
    expect((await call)[0]?.outcome).toBe('accepted');
    expect(done.get('a')).toBe(1);
  });

  it('fails what is held when the host gives up, and goes on after', async () => {
    const { state, port } = server(how);
    const hold = new Hold(() => true);
    const held = hold.between(port);
    state.signedIn = false;
    const outcome = (call: Promise<Receipt[]>) =>
      call.then(
        ([receipt]) => (receipt?.outcome === 'refused' ? receipt.problem.code : receipt?.outcome),
        (error) => error.code,
      );
    const first = outcome(held.execute([command('a')]));
    await tick();
    const second = outcome(held.execute([command('b')]));
    const asked = held.query('q', {}).catch((error) => error.code);
    await tick();
    hold.resume(false);
    expect(await Promise.all([first, second, asked])).toEqual(Array(3).fill('session.required'));
    state.signedIn = true;
    expect(await outcome(held.execute([command('c')]))).toBe('accepted');
  });

  it('fails at once when the host prevents the default', async () => {
    const { state, port } = server(how);
    const hold = new Hold(() => false);
    state.signedIn = false;
    await expect(hold.between(port).query('q', {})).rejects.toMatchObject({ code: 'session.required' });
    expect(hold.holds).toBe(false);
  });
});

it('a batch keeps the receipts it has, and sends again only what was refused', async () => {
  const { state, port, sent } = server('refuses');
  const hold = new Hold(() => true);
  const partly: LedgerPort = {
    ...port,
    async execute(commands) {
      const receipts: Receipt[] = [];
      for (const [i, each] of commands.entries()) {
        state.signedIn = i === 0 || sent.length > 2;
        receipts.push(...(await port.execute([each])));
      }
      return receipts;
    },
  };
  const call = hold.between(partly).execute([command('a'), command('b'), command('c')]);
  await tick();
  expect(hold.holds).toBe(true);
  hold.resume();
  expect((await call).map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(sent).toEqual(['a', 'b', 'c', 'b', 'c']);
});

it('a late refusal of a call from before the sign-in asks nobody again', async () => {
  const { port } = server();
  const told = vi.fn(() => true);
  const hold = new Hold(told);
  const answers: ((error: unknown) => void)[] = [];
  let known = false;
  const slow: LedgerPort = {
    ...port,
    query: () => (known ? Promise.resolve('answer') : new Promise((_, reject) => answers.push(reject))),
  };
  const held = hold.between(slow);
  const calls = [held.query('one', {}), held.query('two', {})];
  answers[0]?.(new LedgerError('session.required'));
  await tick();
  known = true;
  hold.resume();
  await tick();
  answers[1]?.(new LedgerError('session.required'));
  expect(await Promise.all(calls)).toEqual(['answer', 'answer']);
  expect(told).toHaveBeenCalledOnce();
});

it('the feed goes on where it was, and ends with its listener', async () => {
  const { state, port, waiting } = server();
  const hold = new Hold(() => true);
  const held = hold.between(port);
  state.signedIn = false;
  const stop = new AbortController();
  const feed = held.changes({ signal: stop.signal })[Symbol.asyncIterator]();
  const next = feed.next();
  await tick();
  expect(hold.holds).toBe(true);
  state.signedIn = true;
  hold.resume();
  expect((await next).value).toEqual({ seq: 1, touched: [] });
  expect(waiting).toEqual([]);
  state.signedIn = false;
  const other = held.changes({ signal: stop.signal })[Symbol.asyncIterator]().next();
  await tick();
  stop.abort();
  expect((await other).done).toBe(true);
});

describe('a whole ledger', () => {
  /** A ledger whose calls are refused as long as nobody is signed in. */
  async function signedOut(): Promise<{ ledger: Ledger; hold: Hold; signIn: () => void; ids: string[] }> {
    const inner = await openLedger(memory(), { actor: 'maria' });
    let known = false;
    const ids: string[] = [];
    const door = inner.through((port) => ({
      ...port,
      execute: async (commands, options) => {
        ids.push(...commands.map(({ id }) => id));
        if (!known) throw new LedgerError('session.required');
        return port.execute(commands, options);
      },
    }));
    const hold = new Hold(() => true);
    const ledger = door.through((port) => hold.between(port));
    const signIn = (): void => {
      known = true;
      hold.resume();
    };
    return { ledger, hold, ids, signIn };
  }

  it('posts once, under the id it had, after the sign-in', async () => {
    const { ledger, ids, signIn } = await signedOut();
    const made = ledger.warehouses.create({ code: 'MAIN' });
    await tick();
    signIn();
    expect((await made).code).toBe('MAIN');
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect((await ledger.warehouses.list()).items).toHaveLength(1);
    expect(ledger.status().seq).toBe(1);
  });
});
