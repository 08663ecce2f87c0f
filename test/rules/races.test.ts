/** Several writers at once, lines that die, and the same command again: always exactly one effect. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { openLedger } from '../../src/core/index.ts';
import { ledgers, outcomes, unload } from './racing.ts';
import { slow, type Twist, turns, twisted } from './stores.ts';
import { caught, dairy, electronics, lotOf, type Post, type World } from './world.ts';

test.each([1, 3, 7, 15])('R72 two commits take 6 of 8: one wins (%i turns apart)', async (count) => {
  const world = await dairy({ store: slow(memory(), count) });
  await lotOf(world, 'MILK', 'L1', '8');
  const [a, b] = await ledgers(world, 2);
  const posts = [a?.postings.post(unload('6')), b?.postings.post(unload('6'))] as Promise<unknown>[];
  expect((await outcomes(posts)).sort()).toEqual(['lot.insufficient', 'ok']);
  const loser = await caught(() => b?.postings.post(unload('6')));
  expect(loser).toMatchObject({ code: 'lot.insufficient', details: { available: '2' } });
  expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('2');
});

test('R72 the loser is told the fresh available, in the same answer', async () => {
  const world = await dairy({ store: slow(memory()) });
  await lotOf(world, 'MILK', 'L1', '8');
  const all = await ledgers(world, 2);
  const settled = await Promise.allSettled(all.map((ledger) => ledger.postings.post(unload('6'))));
  const lost = settled.find((each) => each.status === 'rejected');
  expect(lost?.reason).toMatchObject({
    code: 'lot.insufficient',
    kind: 'rejected',
    details: { available: '2' },
  });
});

test('R72 two commits take the last serial: one wins', async () => {
  const world = await electronics({ store: slow(memory()) });
  const line = { item: 'RADIO', quantity: '1', serials: [{ code: 'R1' }] };
  await world.post('LOA', line);
  const all = await ledgers(world, 3);
  const post = { warehouse: 'SHOP', template: 'UNL', date: '2026-11-22', lines: [line] };
  const done = await outcomes(all.map((ledger) => ledger.postings.post(post)));
  expect(done.sort()).toEqual(['ok', 'serial.notHere', 'serial.notHere']);
});

test('R72 automatic unloads never take the same piece twice', async () => {
  const world = await dairy({ store: slow(memory()) });
  for (const [index, code] of ['A', 'B', 'C'].entries()) {
    await lotOf(world, 'MILK', code, '4', { expiryDate: `2026-12-0${index + 1}` });
  }
  const all = await ledgers(world, 4);
  const lines = [{ item: 'MILK', quantity: '3', lots: 'auto' as const }];
  const done = await outcomes(
    all.flatMap((ledger) => [
      ledger.postings.post({ ...unload('3'), lines }),
      ledger.postings.post({ ...unload('3'), lines }),
    ]),
  );
  expect(done.filter((each) => each === 'ok')).toHaveLength(4);
  expect(new Set(done)).toEqual(new Set(['ok', 'lot.insufficient']));
  const left = (await world.ledger.lots.list({ filter: { state: 'all' } })).items.map((lot) => lot.onHand);
  expect(left).toEqual(['0', '0', '0']);
});

test('R72 two writers create one code: one wins', async () => {
  const world = await dairy({ store: slow(memory()) });
  const all = await ledgers(world, 3);
  const done = await outcomes(all.map((ledger) => ledger.lots.create({ item: 'MILK', code: 'L1' })));
  expect(done.sort()).toEqual(['lot.duplicate', 'lot.duplicate', 'ok']);
});

test('R72 generated codes and posting numbers stay unique under load', async () => {
  const world = await dairy({ store: slow(memory(), 3) });
  const all = await ledgers(world, 3);
  const lines = [{ item: 'MILK', quantity: '1', lots: 'auto' as const }];
  const load = { warehouse: 'SHOP', template: 'LOA', date: '2026-11-22', lines };
  const posted = await Promise.all(
    all.flatMap((ledger) => Array.from({ length: 10 }, () => ledger.postings.post(load))),
  );
  const codes = posted.map((each) => each.lines[0]?.lots[0]?.code);
  expect(new Set(codes).size).toBe(30);
  expect(posted.map((each) => each.number).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 30 }, (_, i) => i + 1),
  );
  expect((await world.ledger.verify()).ok).toBe(true);
});

test('R72 a stale version is only for versions the caller sent', async () => {
  const world = await dairy({ store: slow(memory()) });
  const lot = await lotOf(world, 'MILK', 'L1', '8');
  const all = await ledgers(world, 2);
  const free = await outcomes(
    all.map((ledger, i) => ledger.lots.update(lot.id, { description: `text ${i}` })),
  );
  expect(free).toEqual(['ok', 'ok']);
  const { version } = await world.ledger.lots.get(lot.id);
  const bound = await outcomes(
    all.map((ledger, i) => ledger.lots.update(lot.id, { description: `more ${i}` }, { version })),
  );
  expect(bound.sort()).toEqual(['concurrency.stale', 'ok']);
});

test('R88 the same id sent by two clients at once has one effect', async () => {
  const world = await dairy({ store: slow(memory()) });
  await lotOf(world, 'MILK', 'L1', '8');
  const all = await ledgers(world, 3);
  const posted = await Promise.all(
    all.map((ledger) => ledger.postings.post(unload('3', { commandId: 'same-1' }))),
  );
  expect(new Set(posted.map((each) => each.id)).size).toBe(1);
  expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('5');
  const twice = [world.ledger, world.ledger].map((ledger) =>
    ledger.postings.post(unload('1', { commandId: 'same-2' })),
  );
  expect(new Set((await Promise.all(twice)).map((each) => each.id)).size).toBe(1);
  expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('4');
});

/** A world whose next commits answer that nobody knows, after or instead of committing. */
async function losing(written: boolean): Promise<{ world: World; lose: (count: number) => void }> {
  let left = 0;
  const twist: Twist = {
    async commit(_batch, go) {
      if (left === 0) return go();
      left--;
      if (written) await go();
      return { done: false, unknown: true };
    },
  };
  const world = await dairy({ store: twisted(memory(), twist) });
  await lotOf(world, 'MILK', 'L1', '8');
  return { world, lose: (count) => void (left = count) };
}

test.each([true, false])(
  'R88 a line that dies with the commit written: %s, has exactly one effect',
  async (written) => {
    const { world, lose } = await losing(written);
    lose(1);
    const posting = await world.ledger.postings.post(unload('3', { commandId: 'lost-1' }));
    const again = await world.ledger.postings.post(unload('3', { commandId: 'lost-1' }));
    expect(again.id).toBe(posting.id);
    expect((await world.ledger.postings.list({})).items).toHaveLength(2);
    expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('5');
    expect((await world.ledger.verify()).ok).toBe(true);
  },
);

test.each([true, false])(
  'R88 a refusal on a line that dies (written: %s) stays the answer',
  async (written) => {
    const { world, lose } = await losing(written);
    lose(1);
    const first = await caught(() => world.ledger.postings.post(unload('30', { commandId: 'lost-2' })));
    expect(first).toMatchObject({ code: 'lot.insufficient', details: { available: '8' } });
    await world.post('TOP', { item: 'MILK', quantity: '50', lots: [{ code: 'L1', quantity: '50' }] });
    const second = await caught(() => world.ledger.postings.post(unload('30', { commandId: 'lost-2' })));
    expect(second.toJSON()).toEqual(first.toJSON());
  },
);

test.each([true, false])(
  'R88 a group of commands on a line that dies (written: %s) each have one effect',
  async (written) => {
    const { world, lose } = await losing(written);
    lose(1);
    const ids = ['g1', 'g2', 'g3', 'g4'];
    await Promise.all(ids.map((commandId) => world.ledger.postings.post(unload('1', { commandId }))));
    expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('4');
    expect((await world.ledger.verify()).ok).toBe(true);
  },
);

test('R88 when nobody can be asked the outcome is unknown, and the same id settles it', async () => {
  let dead = false;
  const twist: Twist = {
    async commit(_batch, go) {
      const outcome = await go();
      return dead ? { done: false, unknown: true } : outcome;
    },
    read: () => {
      if (dead) throw new Error('the line is dead');
    },
  };
  const world = await dairy({ store: twisted(memory(), twist) });
  await lotOf(world, 'MILK', 'L1', '8');
  dead = true;
  const error = await caught(() => world.ledger.postings.post(unload('3', { commandId: 'dead-1' })));
  expect(error).toMatchObject({ code: 'store.unknown', retry: 'same-id', kind: 'unavailable' });
  dead = false;
  await world.ledger.postings.post(unload('3', { commandId: 'dead-1' }));
  expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('5');
});

test('a storm of conflicts ends in store.busy and writes nothing, or passes when it calms', async () => {
  let conflicts = 0;
  const twist: Twist = {
    async commit(_batch, go) {
      if (conflicts === 0) return go();
      conflicts--;
      return { done: false, conflict: [] };
    },
  };
  const world = await dairy({ store: twisted(memory(), twist) });
  await lotOf(world, 'MILK', 'L1', '8');
  conflicts = 3;
  await world.ledger.postings.post(unload('1'));
  conflicts = Number.POSITIVE_INFINITY;
  const error = await caught(() => world.ledger.postings.post(unload('1', { commandId: 'storm' })));
  expect(error).toMatchObject({ code: 'store.busy', retry: 'same-id', kind: 'unavailable' });
  conflicts = 0;
  expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('7');
  await world.ledger.postings.post(unload('1', { commandId: 'storm' }));
  expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('6');
});

test('R72 many writers on one lot: what is taken is what was there', async () => {
  const world = await dairy({ store: slow(memory(), 5) });
  await lotOf(world, 'MILK', 'L1', '40');
  const all = await ledgers(world, 4);
  const done: string[] = [];
  for (let round = 0; round < 5; round++) {
    done.push(
      ...(await outcomes(all.flatMap((ledger) => [1, 2, 3].map(() => ledger.postings.post(unload('1')))))),
    );
    await turns(3);
  }
  const taken = done.filter((each) => each === 'ok').length;
  const left = Number((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand);
  expect(taken + left).toBe(40);
  expect(new Set(done.filter((each) => each !== 'ok'))).toEqual(
    left > 0 ? new Set(['store.busy']) : new Set(['lot.insufficient']),
  );
});

test('R88 after a line died the answer is what was written, not what was meant', async () => {
  const store = memory();
  let others: (() => Promise<void>) | undefined;
  const twist: Twist = {
    async commit(_batch, go) {
      if (!others) return go();
      const meanwhile = others;
      others = undefined;
      await meanwhile();
      return { done: false, unknown: true };
    },
  };
  const world = await dairy({ store });
  const far = await openLedger(twisted(store, twist), { actor: 'far', now: world.clock.now });
  const load = (commandId: string, quantity = '1'): Post => ({
    commandId,
    warehouse: 'SHOP',
    template: 'LOA',
    date: '2026-11-22',
    lines: [{ item: 'MILK', quantity, lots: 'auto' }],
  });
  others = async () => {
    await world.ledger.postings.post(load('first'));
    await world.ledger.postings.post(load('same'));
  };
  const answer = await far.postings.post(load('same'));
  expect([answer.number, answer.lines[0]?.lots[0]?.code]).toEqual([2, '202611002']);
  others = async () => {
    await world.ledger.postings.post(load('other', '5'));
  };
  expect((await caught(() => far.postings.post(load('other', '7')))).code).toBe('command.mismatch');
  expect((await world.ledger.lots.list({})).items.map((lot) => lot.onHand)).toEqual(['1', '1', '5']);
});
