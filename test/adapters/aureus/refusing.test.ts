/** What AureusERP refuses and what it cannot do; a dead line, a session that ended, and both again. */
import { expect, test } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { openLedger } from '../../../src/core/index.ts';
import type { Fault } from './fake.ts';
import { fakeAureus, ledgerOf, refusal, refused, stocked } from './kit.ts';

test('every command of a ledger is either there or has its reason', async () => {
  const fake = await fakeAureus();
  const { commands } = (await ledgerOf(fake)).capabilities;
  const local = await openLedger(memory());
  expect(Object.keys(commands).sort()).toEqual(Object.keys(local.capabilities.commands).sort());
  expect(
    Object.entries(commands)
      .filter(([, offered]) => offered === true)
      .map(([name]) => name),
  ).toEqual([
    'lots.create@1',
    'lots.update@1',
    'lots.remove@1',
    'serials.create@1',
    'serials.update@1',
    'serials.remove@1',
  ]);
  for (const reason of Object.values(commands)) expect(reason === true || reason.length > 20).toBe(true);
});

test('a command that is not there is refused with its reason, and nothing of the group is done', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const { port } = await ledgerOf(fake);
  const create = { name: 'lots.create@1', id: 'a', args: { item: flour, code: 'X' } };
  const post = { name: 'posting.post@1', id: 'b', args: {} };
  const { code, details } = await refusal(port.execute([create, post]));
  expect([code, details.reason]).toEqual([
    'command.unsupported',
    port.capabilities.commands['posting.post@1'],
  ]);
  expect(await refused(port.execute([create, { ...create, id: 'c' }], { atomic: true }))).toEqual([
    'command.unsupported',
    undefined,
  ]);
  expect(await refused(port.execute([{ ...create, name: 'toString' }]))).toEqual([
    'command.unknown',
    undefined,
  ]);
  expect(await refused(port.execute([{ ...create, id: 'a b' }]))).toEqual(['field.characters', 'commandId']);
  expect(fake.seen).toEqual([]);
});

test('who asks what may be done hears what there is, field by field', async () => {
  const fake = await fakeAureus();
  const ledger = await ledgerOf(fake);
  expect(
    await ledger.can([
      { action: 'lot.create' },
      { action: 'lot.edit', field: 'reference' },
      { action: 'lot.edit', field: 'expiryDate' },
      { action: 'status.change' },
      { action: 'lot.close' },
      { action: 'posting.reverse' },
      { action: 'lot.delete' },
    ]),
  ).toEqual([true, true, false, false, false, false, true]);
});

test('refusals of Laravel in the words of the ledger', async () => {
  const fake = await fakeAureus();
  const { flour, first } = stocked(fake);
  fake.tokens.set('reader', [
    'view_any_inventory_lot',
    'view_inventory_lot',
    'view_any_inventory_product',
    'view_any_inventory_quantity',
    'view_any_inventory_location',
  ]);
  const reader = await ledgerOf(fake, { token: 'reader' });
  expect((await reader.lots.list()).items).toHaveLength(3);
  const denied = await refusal(reader.lots.create({ item: flour, code: 'X' }));
  expect([denied.code, denied.details.action]).toEqual(['permission.denied', 'lot.create']);
  // who may not see moves cannot know that a lot has none
  expect((await reader.lots.get(first)).referenced).toBe(true);
  expect(await refused(reader.lots.movements(first))).toEqual(['permission.denied', undefined]);
  const stranger = await ledgerOf(fake, { token: 'nobody' });
  expect(await refused(stranger.lots.list())).toEqual(['session.required', undefined]);
});

test('a validation of the installation’s own is told with the field of ours', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledger = await ledgerOf(fake, {
    fetch: async (input, init) => {
      if (init?.method !== 'POST') return fetch(input, init);
      const errors = { product_id: ['Not this one.'], name: ['No.'] };
      return Response.json({ message: 'Not this one. (and 1 more error)', errors }, { status: 422 });
    },
  });
  const { code, path, details } = await refusal(ledger.lots.create({ item: flour, code: 'X' }));
  expect([code, path, details.text]).toEqual(['hook.refused', 'item', 'Not this one.']);
  expect(details.errors).toEqual([
    { path: 'item', text: 'Not this one.' },
    { path: 'code', text: 'No.' },
  ]);
});

test.each<[Fault, string]>([
  ['dead', 'store.unavailable'],
  ['lost', 'store.unavailable'],
  ['gateway', 'store.unavailable'],
  ['signInPage', 'store.unavailable'],
  ['broken', 'store.unavailable'],
  ['busy', 'store.busy'],
])('a question whose line is %s is %s, and answered when it is back', async (fault, code) => {
  const fake = await fakeAureus();
  stocked(fake);
  const ledger = await ledgerOf(fake);
  fake.fault = () => fault;
  expect(await refused(ledger.lots.list())).toEqual([code, undefined]);
  expect(ledger.status().state).toBe(fault === 'busy' ? 'open' : 'offline');
  fake.fault = () => undefined;
  expect((await ledger.lots.list()).items).toHaveLength(3);
  expect(ledger.status().state).toBe('open');
});

test('a session that ended, and again with a new token', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  let token = 'good';
  const ledger = await ledgerOf(fake, { token: async () => token });
  await ledger.lots.list();
  token = 'expired';
  const attempt = () => ledger.lots.create({ item: flour, code: 'X' }, { commandId: 'x' });
  expect(await refused(attempt())).toEqual(['session.required', undefined]);
  token = 'good';
  expect((await attempt()).code).toBe('X');
});

test('own headers, credentials and an address with its prefix', async () => {
  const fake = await fakeAureus();
  const inits: RequestInit[] = [];
  const ledger = await ledgerOf(fake, {
    headers: () => ({ authorization: 'Bearer good', 'x-xsrf-token': 't' }),
    credentials: 'include',
    fetch: (input, init) => {
      inits.push(init ?? {});
      return fetch(input, init);
    },
  });
  await ledger.items.list();
  expect(inits[0]).toMatchObject({
    credentials: 'include',
    headers: { accept: 'application/json', 'x-xsrf-token': 't' },
  });
});

test('an answer that takes too long, and one nobody waits for any more', async () => {
  const fake = await fakeAureus();
  fake.hold = () => new Promise(() => {});
  const hasty = await ledgerOf(fake, { timeout: 50 });
  expect(await refused(hasty.lots.list())).toEqual(['store.unavailable', undefined]);
  const ledger = await ledgerOf(fake);
  const leaving = new AbortController();
  const asked = ledger.lots.list({}, { signal: leaving.signal });
  leaving.abort(new Error('left'));
  await expect(asked).rejects.toThrow('left');
});

test('a closed ledger says so', async () => {
  const fake = await fakeAureus();
  fake.hold = () => new Promise(() => {});
  const ledger = await ledgerOf(fake);
  const asked = refused(ledger.lots.list());
  await ledger.close();
  expect(await asked).toEqual(['store.closed', undefined]);
  expect(await refused(ledger.lots.list())).toEqual(['store.closed', undefined]);
  expect(ledger.status().state).toBe('closed');
});

test('a filter that this installation does not know is told as it says it', async () => {
  const fake = await fakeAureus();
  const { first } = stocked(fake);
  const ledger = await ledgerOf(fake, {
    fetch: (input, init) => fetch(String(input).replace('filter%5Bstate%5D', 'filter%5Bstatus%5D'), init),
  });
  const { code, details } = await refusal(ledger.lots.movements(first));
  expect([code, String(details.what).slice(0, 42)]).toEqual([
    'query.unsupported',
    'Requested filter(s) `status` are not allow',
  ]);
});

test('hostile texts go there and back as they are', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledger = await ledgerOf(fake);
  const texts = [
    `'; DROP TABLE lots; --`,
    '<script>alert(1)</script>',
    '&amp;lt;',
    '%00',
    '../../etc',
    '{"a":1}',
    '🧂‏',
    '=1+1',
  ];
  for (const text of texts) {
    const lot = await ledger.lots.create({ item: flour, code: text, reference: text, description: text });
    expect([lot.code, lot.reference, lot.description]).toEqual([text, text, text]);
    expect((await ledger.lots.get({ item: flour, code: text })).id).toBe(lot.id);
  }
});

test('answers that are no answers of Aureus are refused as such', async () => {
  const fake = await fakeAureus();
  const { first } = stocked(fake);
  const bodies = [
    {},
    { data: [] },
    { data: 'x', meta: {} },
    { data: [], meta: { per_page: 0, total: 1, last_page: 1 } },
    [],
    7,
  ];
  for (const body of bodies) {
    const ledger = await ledgerOf(fake, { fetch: async () => Response.json(body) });
    expect(await refused(ledger.lots.list())).toEqual(['store.unavailable', undefined]);
    expect(await refused(ledger.lots.get(first))).toEqual(['store.unavailable', undefined]);
  }
});
