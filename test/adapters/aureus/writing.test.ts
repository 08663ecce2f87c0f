/** Lots and serials made, changed and deleted in AureusERP; codes that stay unique, and nothing done twice. */
import { expect, test } from 'vitest';
import type { Seen } from './fake.ts';
import { fakeAureus, ledgerOf, refusal, refused, stocked } from './kit.ts';
import { at } from './shop.ts';

/** Lets requests of a kind pass only when so many of them wait. */
function together(count: number, method: string): (seen: Seen) => Promise<void> | void {
  const waiting: (() => void)[] = [];
  return (seen) => {
    if (seen.method !== method) return;
    return new Promise((pass) => {
      waiting.push(pass);
      if (waiting.length === count) for (const each of waiting) each();
    });
  };
}

test('a lot is made of what Aureus takes, and read back', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledger = await ledgerOf(fake);
  const lot = await ledger.lots.create({
    item: flour,
    code: ' FL-9 ',
    reference: 'R 1',
    description: 'Dry & <b>fine</b>\nTop',
  });
  expect(lot).toMatchObject({
    item: flour,
    code: 'FL-9',
    reference: 'R 1',
    description: 'Dry & <b>fine</b>\nTop',
  });
  expect(lot.onHand).toBe('0');
  expect(fake.asked('lots', 'POST')[0]?.body).toEqual({
    name: 'FL-9',
    product_id: Number(flour),
    reference: 'R 1',
    description: 'Dry &amp; &lt;b&gt;fine&lt;/b&gt;<br>Top',
  });
});

test('what Aureus cannot be told is refused before anything is sent, never dropped', async () => {
  const fake = await fakeAureus();
  const { flour, first } = stocked(fake);
  const ledger = await ledgerOf(fake);
  const create = (more: object) => refused(ledger.lots.create({ item: flour, code: 'X', ...more } as never));
  expect(await create({ expiryDate: '2027-01-01' })).toEqual(['command.unsupported', 'expiryDate']);
  expect(await create({ status: 'HOLD' })).toEqual(['command.unsupported', 'status']);
  expect(await create({ sellable: false })).toEqual(['command.unsupported', 'sellable']);
  expect(await create({ attributes: { a: 1 } })).toEqual(['command.unsupported', 'attributes']);
  expect(await create({ colour: 'red' })).toEqual(['field.unknown', 'colour']);
  expect(await create({ code: 'auto' })).toEqual(['field.required', 'code']);
  expect(await create({ code: 7 })).toEqual(['field.type', 'code']);
  expect(await create({ code: 'x'.repeat(256) })).toEqual(['field.tooLong', 'code']);
  expect(await create({ code: 'a\u0007b' })).toEqual(['field.characters', 'code']);
  expect(await create({ reference: '\ud800' })).toEqual(['field.characters', 'reference']);
  expect(await refused(ledger.lots.update(first, { closed: true }))).toEqual([
    'command.unsupported',
    'closed',
  ]);
  expect(fake.asked('lots', 'POST')).toEqual([]);
  await ledger.lots.create({ item: flour, code: 'X', expiryDate: null, sellable: true, attributes: {} });
});

test('an item is one that is tracked that way', async () => {
  const fake = await fakeAureus();
  const { flour, scale } = stocked(fake);
  const ledger = await ledgerOf(fake);
  expect(await refused(ledger.lots.create({ item: 'FLOUR', code: 'X' }))).toEqual(['item.notFound', 'item']);
  expect(await refused(ledger.lots.create({ item: scale, code: 'X' }))).toEqual([
    'item.notLotManaged',
    'item',
  ]);
  expect(await refused(ledger.serials.create({ item: flour, code: 'X' }))).toEqual([
    'item.notSerialManaged',
    'item',
  ]);
  expect((await ledger.serials.create({ item: scale, code: 'SN-2' })).code).toBe('SN-2');
});

test('R2 a code is looked for before it is written, as codes are compared, within its item', async () => {
  const fake = await fakeAureus();
  const { flour, salt, first } = stocked(fake);
  const ledger = await ledgerOf(fake);
  const taken = await refusal(ledger.lots.create({ item: flour, code: 'fl-2026-001' }));
  expect([taken.code, taken.path, taken.details]).toEqual([
    'lot.duplicate',
    'code',
    { code: 'fl-2026-001', id: first },
  ]);
  await ledger.lots.create({ item: salt, code: 'FL-2026-001' });
  for (const code of ['Ü-1', 'a,b', 'true', '50%_x', 'ß']) await ledger.lots.create({ item: salt, code });
  for (const code of ['ü-1', 'A,B', 'TRUE', '50%_X', 'SS']) {
    expect(await refused(ledger.lots.create({ item: salt, code }))).toEqual(['lot.duplicate', 'code']);
  }
});

test('R2 of two ledgers that make the same code at once one keeps it, and the other says what became of its own', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledgers = await Promise.all([ledgerOf(fake), ledgerOf(fake), ledgerOf(fake)]);
  fake.hold = together(3, 'POST');
  const all = await Promise.all(
    ledgers.map((ledger) => ledger.lots.create({ item: flour, code: 'SAME' }).catch((error) => error)),
  );
  const made = all.filter((each) => each.code === 'SAME');
  const lost = all.filter((each) => each.code === 'lot.duplicate');
  expect([made.length, lost.length]).toEqual([1, 2]);
  for (const { details } of lost) expect(details).toEqual({ code: 'SAME', id: made[0].id, removed: true });
  expect(fake.shop.lots.filter(({ name }) => name === 'SAME')).toHaveLength(1);
});

test('a second one that cannot be taken away again is named', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledger = await ledgerOf(fake);
  fake.hold = ({ method }) => {
    if (method === 'POST') fake.shop.lot({ product: Number(flour), name: 'same' });
  };
  fake.fault = ({ method }) => (method === 'DELETE' ? 'dead' : undefined);
  const { code, details } = await refusal(ledger.lots.create({ item: flour, code: 'SAME' }));
  const mine = fake.shop.lotNamed('SAME');
  expect([code, details]).toEqual([
    'lot.duplicate',
    { code: 'SAME', id: String(fake.shop.lotNamed('same')?.id), removed: false, left: String(mine?.id) },
  ]);
});

test('many at once through one ledger, and one code is one lot', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledger = await ledgerOf(fake, { keep: 60_000 });
  const codes = Array.from({ length: 40 }, (_, n) => `C-${n % 20}`);
  const all = await Promise.allSettled(codes.map((code) => ledger.lots.create({ item: flour, code })));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  expect(
    new Set(fake.shop.lots.filter(({ name }) => String(name).startsWith('C-')).map(({ name }) => name)).size,
  ).toBe(20);
  expect(fake.shop.lots.filter(({ name }) => String(name).startsWith('C-'))).toHaveLength(20);
});

test('the same command id is answered the same; another command under it is not taken', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const { port } = await ledgerOf(fake);
  const command = { name: 'lots.create@1', id: 'one', args: { item: flour, code: 'X', reference: 'r' } };
  const [first] = await port.execute([command]);
  const [again] = await port.execute([{ ...command, args: { reference: 'r', code: 'X', item: flour } }]);
  expect(again).toEqual({ ...first, replayed: true });
  const [other] = await port.execute([{ ...command, args: { item: flour, code: 'Y' } }]);
  expect(other).toMatchObject({ outcome: 'refused', problem: { code: 'command.mismatch' } });
  const twins = { ...command, id: 'two', args: { item: flour, code: 'Z' } };
  const both = await Promise.all([port.execute([twins]), port.execute([twins])]);
  expect(both.map(([receipt]) => receipt?.replayed)).toEqual([undefined, true]);
  expect(fake.asked('lots', 'POST')).toHaveLength(2);
});

test('an answer that got lost is looked for, and nothing is made twice', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledger = await ledgerOf(fake);
  fake.fault = ({ method }) => (method === 'POST' ? 'lost' : undefined);
  expect((await ledger.lots.create({ item: flour, code: 'L-1' })).code).toBe('L-1');
  // the line stays dead after the request: nobody knows, until it is asked again under the same id
  let cut = false;
  fake.fault = ({ method }) => {
    if (method === 'POST') cut = true;
    return cut ? 'lost' : undefined;
  };
  const command = { commandId: 'mine' };
  expect(await refused(ledger.lots.create({ item: flour, code: 'L-2' }, command))).toEqual([
    'store.unknown',
    undefined,
  ]);
  fake.fault = () => undefined;
  expect((await ledger.lots.create({ item: flour, code: 'L-2' }, command)).code).toBe('L-2');
  expect(fake.shop.lots.filter(({ name }) => String(name).startsWith('L-'))).toHaveLength(2);
  expect(fake.asked('lots', 'POST')).toHaveLength(2);
});

test('a request that never arrived is sent again, once', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledger = await ledgerOf(fake);
  fake.fault = ({ method }) => (method === 'POST' ? 'gateway' : undefined);
  const attempt = () => ledger.lots.create({ item: flour, code: 'L-3' }, { commandId: 'three' });
  expect(await refused(attempt())).toEqual(['store.unknown', undefined]);
  fake.fault = () => undefined;
  expect((await attempt()).code).toBe('L-3');
  expect(fake.shop.lots.filter(({ name }) => name === 'L-3')).toHaveLength(1);
});

test('a first try that comes late, after the second: the older one stays and is the answer', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledger = await ledgerOf(fake);
  fake.fault = ({ method }) => (method === 'POST' ? 'gateway' : undefined);
  const attempt = () =>
    ledger.lots.create({ item: flour, code: 'L-4', reference: 'r' }, { commandId: 'four' });
  expect(await refused(attempt())).toEqual(['store.unknown', undefined]);
  fake.fault = () => undefined;
  fake.hold = ({ method }) => {
    if (method === 'POST') fake.shop.lot({ product: Number(flour), name: 'L-4', reference: 'r' });
  };
  const late = await attempt();
  expect(fake.shop.lots.filter(({ name }) => name === 'L-4').map(({ id }) => String(id))).toEqual([late.id]);
});

test('a lot that was made but not looked at again is looked at by the next try', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledger = await ledgerOf(fake);
  let made = false;
  fake.fault = ({ method }) => {
    if (method === 'POST') made = true;
    return made && method === 'GET' ? 'dead' : undefined;
  };
  const attempt = () => ledger.lots.create({ item: flour, code: 'L-5' }, { commandId: 'five' });
  expect(await refused(attempt())).toEqual(['store.unknown', undefined]);
  fake.fault = () => undefined;
  expect((await attempt()).code).toBe('L-5');
  expect(fake.asked('lots', 'POST')).toHaveLength(1);
});

test('an edit sends only what changed, on the version it was made on', async () => {
  const fake = await fakeAureus();
  const { first } = stocked(fake);
  const ledger = await ledgerOf(fake);
  const lot = await ledger.lots.get(first);
  const edited = await ledger.lots.update(
    first,
    { code: lot.code, reference: null, description: 'New' },
    { version: lot.version },
  );
  expect([edited.reference, edited.description]).toEqual([null, 'New']);
  expect(fake.asked('lots', 'PATCH').map(({ body }) => body)).toEqual([
    { reference: null, description: 'New' },
  ]);
  const row = fake.shop.lotNamed('FL-2026-001');
  if (row) row.updated_at = '2030-01-01T00:00:00.000000Z';
  const stale = await refusal(ledger.lots.update(first, { reference: 'x' }, { version: lot.version }));
  expect([stale.code, stale.details.version]).toEqual([
    'concurrency.stale',
    (await ledger.lots.get(first)).version,
  ]);
});

test('a description with marks that a plain text cannot have is left alone', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const rich = String(
    fake.shop.lot({
      product: Number(flour),
      name: 'RICH',
      description: '<p>Dry</p><p><strong>Fine</strong> &amp; white</p>',
    }),
  );
  const ledger = await ledgerOf(fake);
  expect((await ledger.lots.get(rich)).description).toBe('Dry\nFine & white');
  expect(await refused(ledger.lots.update(rich, { description: 'x' }))).toEqual([
    'command.unsupported',
    'description',
  ]);
  expect((await ledger.lots.update(rich, { reference: 'x' })).reference).toBe('x');
});

test('R2 a new code of a lot is looked for before and after, and put back when it was taken meanwhile', async () => {
  const fake = await fakeAureus();
  const { first, second, flour } = stocked(fake);
  const ledger = await ledgerOf(fake);
  const taken = await refusal(ledger.lots.update(second, { code: 'fl-2026-001' }));
  expect([taken.code, taken.details.id]).toEqual(['lot.duplicate', first]);
  expect((await ledger.lots.update(second, { code: 'fl-2026-002' })).code).toBe('fl-2026-002');
  const third = await ledger.lots.create({ item: flour, code: 'FL-3' });
  fake.hold = ({ method }) => {
    const row = fake.shop.lotNamed('fl-2026-002');
    if (method === 'PATCH' && row) row.name = 'NEW';
  };
  const late = await refusal(ledger.lots.update(third.id, { code: 'NEW' }));
  expect([late.code, late.details]).toEqual(['lot.duplicate', { code: 'NEW', id: second, restored: true }]);
  expect(fake.shop.lots.filter(({ name }) => name === 'NEW')).toHaveLength(1);
});

test('an edit whose answer got lost is known by what stands there', async () => {
  const fake = await fakeAureus();
  const { first } = stocked(fake);
  const ledger = await ledgerOf(fake);
  fake.fault = ({ method }) => (method === 'PATCH' ? 'lost' : undefined);
  expect((await ledger.lots.update(first, { reference: 'Silo 5' })).reference).toBe('Silo 5');
  fake.fault = ({ method }) => (method === 'PATCH' ? 'broken' : undefined);
  expect(await refused(ledger.lots.update(first, { reference: 'Silo 6' }))).toEqual([
    'store.unknown',
    undefined,
  ]);
  fake.fault = ({ method }) => (method === 'DELETE' ? 'lost' : undefined);
  const gone = fake.shop.lot({ product: fake.shop.product({ name: 'Oil' }), name: 'O' });
  await ledger.lots.remove(String(gone));
  expect(fake.shop.lotNamed('O')).toBeUndefined();
});

test('R87 a lot that anything refers to is not deleted, since its history would lose it', async () => {
  const fake = await fakeAureus();
  const { first, second, piece } = stocked(fake);
  const ledger = await ledgerOf(fake);
  expect(await refused(ledger.lots.remove(first))).toEqual(['lot.referenced', undefined]);
  expect(await refused(ledger.serials.remove(piece))).toEqual(['serial.referenced', undefined]);
  // all of it has left and its quantities are purged: the API would delete it now
  fake.shop.move({ lot: Number(second), quantity: 1, from: at.suppliers, to: at.stock });
  fake.shop.move({ lot: Number(second), quantity: 1, from: at.stock, to: at.suppliers });
  expect(fake.shop.quantities.some(({ lot_id }) => String(lot_id) === second)).toBe(false);
  expect(await refused(ledger.lots.remove(second))).toEqual(['lot.referenced', undefined]);
  expect((await ledger.lots.get(second)).exhausted).toBe(true);
  const { id } = await ledger.lots.create({ item: (await ledger.lots.get(first)).item, code: 'GO' });
  await ledger.lots.remove(id);
  expect(await refused(ledger.lots.remove(id))).toEqual(['lot.notFound', undefined]);
});
