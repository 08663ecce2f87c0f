/** The same command again: its id, its body, its key (R88). */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { ledgers, unload } from './racing.ts';
import { slow } from './stores.ts';
import { caught, dairy, lotOf, type Post, refused } from './world.ts';

test('R88 the same id with another body is a mismatch and writes nothing', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '8');
  await world.ledger.postings.post(unload('3', { commandId: 'm-1' }));
  await refused(world, () => world.ledger.postings.post(unload('4', { commandId: 'm-1' })), {
    code: 'command.mismatch',
    kind: 'mismatch',
  });
  await refused(world, () => world.ledger.lots.create({ item: 'MILK', code: 'X' }, { commandId: 'm-1' }), {
    code: 'command.mismatch',
    kind: 'mismatch',
  });
});

test('R88 what makes a body the same: key order, spelling of quantities, Unicode form; the name of a party is left out', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '8');
  const party = (name: string) => ({ kind: 'customer', code: 'C1', name }) as const;
  const first = await world.ledger.postings.post(
    unload('3', { commandId: 's-1', note: 'caf\u00e9', party: party('A') }),
  );
  const same = {
    note: 'cafe\u0301',
    party: { name: 'B', code: 'C1', kind: 'customer' },
    lines: [{ lots: [{ quantity: '3.0', code: 'L1' }], quantity: 3, item: 'MILK' }],
    date: '2026-11-22',
    template: 'UNL',
    warehouse: 'SHOP',
    commandId: 's-1',
  } as Post;
  expect((await world.ledger.postings.post(same)).id).toBe(first.id);
});

test('R88 a refusal stays the answer of its id, a corrected attempt takes a new one', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '8');
  const first = await refused(
    world,
    () => world.ledger.postings.post(unload('10', { commandId: 'r-1' })),
    'lot.insufficient',
  );
  await world.post('TOP', { item: 'MILK', quantity: '10', lots: [{ code: 'L1', quantity: '10' }] });
  const again = await refused(
    world,
    () => world.ledger.postings.post(unload('10', { commandId: 'r-1' })),
    'lot.insufficient',
  );
  expect(again.toJSON()).toEqual(first.toJSON());
  world.clock.day('2027-05-20');
  expect(
    (await caught(() => world.ledger.postings.post(unload('10', { commandId: 'r-1' })))).details,
  ).toEqual(first.details);
  await world.ledger.postings.post(unload('10', { commandId: 'r-2' }));
});

test('R88 invalid input and a missing permission leave the id free', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '8');
  await refused(world, () => world.ledger.postings.post(unload('1e3', { commandId: 'i-1' })), {
    code: 'quantity.format',
    kind: 'invalid',
  });
  await world.ledger.postings.post(unload('1', { commandId: 'i-1' }));
  const clerk = await world.again({ permissions: [] });
  const load = await world.post('LOA', { item: 'SALT', quantity: '1' });
  const how = { date: '2026-11-22', reason: 'wrong' };
  await refused(world, () => clerk.postings.reverse(load.id, how, { commandId: 'i-2' }), {
    code: 'permission.denied',
    kind: 'forbidden',
  });
  await world.ledger.postings.reverse(load.id, how, { commandId: 'i-2' });
});

test('R88 a replay answers the receipt and says so', async () => {
  const world = await dairy();
  const args = {
    warehouse: 'SHOP',
    template: 'LOA',
    date: '2026-11-22',
    lines: [{ item: 'SALT', quantity: '1' }],
  };
  const command = { name: 'posting.post@1', id: 'p-1', args };
  const [first] = await world.ledger.port.execute([command]);
  const [second] = await world.ledger.port.execute([command]);
  expect(first).toMatchObject({ outcome: 'accepted', id: 'p-1' });
  expect(first).not.toHaveProperty('replayed');
  expect(second).toEqual({ ...first, replayed: true });
});

test('R88 a key is unique: equal content answers the posting, other content is refused', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '8');
  const first = await world.ledger.postings.post(unload('3', { key: 'DN-17' }));
  expect((await world.ledger.postings.post(unload('3', { key: 'DN-17' }))).id).toBe(first.id);
  await refused(world, () => world.ledger.postings.post(unload('4', { key: 'DN-17' })), {
    code: 'posting.duplicateKey',
    path: 'key',
    details: { posting: first.id },
  });
  expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('5');
});

test('R88 a key compares what was asked, not what was allocated', async () => {
  const world = await dairy();
  const load = (key: string): Post => ({
    key,
    warehouse: 'SHOP',
    template: 'LOA',
    date: '2026-11-22',
    lines: [{ item: 'MILK', quantity: '3', lots: 'auto' }],
  });
  const first = await world.ledger.postings.post(load('K1'));
  await world.ledger.postings.post(load('K2'));
  const again = await world.ledger.postings.post(load('K1'));
  expect([again.id, again.lines[0]?.lots[0]?.code]).toEqual([first.id, '202611001']);
});

test('R88 a key is free again when its posting is taken back whole', async () => {
  const world = await dairy();
  const { postings } = world.ledger;
  const load = (quantity: string): Post => ({
    key: 'K1',
    warehouse: 'SHOP',
    template: 'LOA',
    date: '2026-11-22',
    lines: [
      { item: 'SALT', quantity },
      { item: 'SALT', quantity: '7' },
    ],
  });
  const first = await postings.post(load('1'));
  const how = { date: '2026-11-22', reason: 'wrong' };
  await postings.reverse(first.id, { ...how, lines: [first.lines[0]?.id ?? ''] });
  await refused(world, () => postings.post(load('2')), 'posting.duplicateKey');
  await postings.reverse(first.id, { ...how, lines: [first.lines[1]?.id ?? ''] });
  const second = await postings.post(load('2'));
  expect(second.id).not.toBe(first.id);
});

test('R88 an id answered by its key keeps that answer', async () => {
  const world = await dairy();
  const { postings } = world.ledger;
  const load = (commandId: string, quantity = '1'): Post => ({
    commandId,
    key: 'K1',
    warehouse: 'SHOP',
    template: 'LOA',
    date: '2026-11-22',
    lines: [{ item: 'SALT', quantity }],
  });
  const first = await postings.post(load('a'));
  expect((await postings.post(load('b'))).id).toBe(first.id);
  expect((await caught(() => postings.post(load('b', '2')))).code).toBe('command.mismatch');
  await postings.reverse(first.id, { date: '2026-11-22', reason: 'wrong' });
  expect((await postings.post(load('b'))).id).toBe(first.id);
});

test('R88 two clients post one key at once: one posting', async () => {
  const world = await dairy({ store: slow(memory()) });
  await lotOf(world, 'MILK', 'L1', '8');
  const all = await ledgers(world, 3);
  const posted = await Promise.all(all.map((ledger) => ledger.postings.post(unload('2', { key: 'K9' }))));
  expect(new Set(posted.map((each) => each.id)).size).toBe(1);
  expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('6');
});
