/** Serials by hand: created, edited, marked, deleted. */
import { expect, test } from 'vitest';
import { refused, trial } from './trial.ts';

const shop = (ledger: Awaited<ReturnType<typeof trial>>, template: string, codes: string[]) =>
  ledger.postings.post({
    warehouse: 'SHOP',
    template,
    date: '2026-03-18',
    party: { kind: template === 'IN' ? 'supplier' : 'customer', code: 'P1' },
    lines: [{ item: 'DRILL', quantity: codes.length, serials: codes.map((code) => ({ code })) }],
  });

test('a serial by hand has a typed code or one of its code type, and its dates', async () => {
  const ledger = await trial();
  await ledger.items.update('DRILL', { serials: { shelfLifeDays: 365 } });
  const serial = await ledger.serials.create({ item: 'DRILL', customerSerial: 'CU-1' });
  expect(serial).toMatchObject({
    code: 'T000000',
    startDate: '2026-03-18',
    expiryDate: '2027-03-18',
    customerSerial: 'CU-1',
    state: 'open',
    onHand: '0',
    available: '0',
    warehouse: null,
    holder: null,
  });
  expect((await ledger.serials.create({ item: 'DRILL', code: 'auto' })).code).toBe('T000001');
  expect(await refused(ledger.serials.create({ item: 'DRILL', code: 't000001' }))).toBe(
    'serial.duplicate at code',
  );
  expect(await refused(ledger.serials.create({ item: 'GOUDA', code: 'X' }))).toBe(
    'item.notSerialManaged at item',
  );
  expect(await refused(ledger.serials.create({ item: 'DRILL', code: 'X', lot: 'L' }))).toBe(
    'item.notLotManaged at lot',
  );
});

test('R87 a serial that moved is not deleted; one that did not is, and leaves its code', async () => {
  const ledger = await trial();
  const made = await ledger.serials.create({ item: 'DRILL' });
  await ledger.serials.remove(made.id);
  expect(await refused(ledger.serials.get(made.id))).toBe('serial.notFound');
  await shop(ledger, 'IN', ['D1']);
  const serial = await ledger.serials.get({ item: 'DRILL', code: 'd1' });
  expect(await refused(ledger.serials.remove(serial.id))).toBe('serial.referenced');
});

test('R47 a cancelled or reserved serial is not available; taking a mark back needs the permission', async () => {
  const ledger = await trial();
  await shop(ledger, 'IN', ['D1', 'D2']);
  const one = await ledger.serials.get({ item: 'DRILL', code: 'D1' });
  expect(one).toMatchObject({
    onHand: '1',
    available: '1',
    warehouse: 'SHOP',
    location: null,
    referenced: true,
  });
  expect(await ledger.serials.update(one.id, { cancelled: true })).toMatchObject({
    available: '0',
    state: 'closed',
  });
  const two = await ledger.serials.get({ item: 'DRILL', code: 'D2' });
  expect(await ledger.serials.update(two.id, { reserved: true })).toMatchObject({
    available: '0',
    onHand: '1',
    state: 'open',
  });
  const meek = await trial({ permissions: [] });
  const serial = await meek.serials.create({ item: 'DRILL', code: 'X' });
  await meek.serials.update(serial.id, { cancelled: true, closed: true });
  expect(await refused(meek.serials.update(serial.id, { closed: false }))).toBe(
    'permission.denied at closed',
  );
  expect(await refused(meek.serials.update(serial.id, { cancelled: false }))).toBe(
    'permission.denied at cancelled',
  );
});

test('R46 a shipped serial is exhausted and says who holds it; its movements and marks are told', async () => {
  const ledger = await trial();
  await ledger.parties.create({ kind: 'customer', code: 'P1', name: 'Bakery' });
  await shop(ledger, 'IN', ['D1', 'D2']);
  await shop(ledger, 'OUT', ['D1']);
  const serial = await ledger.serials.get({ item: 'DRILL', code: 'D1' });
  expect(serial).toMatchObject({
    onHand: '0',
    exhausted: true,
    state: 'closed',
    warehouse: null,
    holder: { kind: 'customer', code: 'P1', name: 'Bakery' },
  });
  const { items } = await ledger.serials.movements(serial.id);
  expect(items.map((each) => [each.direction, each.quantity, each.party?.code])).toEqual([
    ['unload', '-1', 'P1'],
    ['load', '1', 'P1'],
  ]);
  const open = await ledger.serials.list({ filter: { state: 'open' } });
  expect(open.items.map((each) => each.code)).toEqual(['D2']);
  expect((await ledger.serials.list({ filter: { warehouse: 'shop' } })).items).toHaveLength(1);
});

test('R86 the code of a serial is corrected with a reason until it has left the house', async () => {
  const ledger = await trial();
  await shop(ledger, 'IN', ['D1']);
  const { id } = await ledger.serials.get({ item: 'DRILL', code: 'D1' });
  expect(await refused(ledger.serials.update(id, { code: 'D9' }))).toBe('reason.required at code');
  await ledger.serials.update(id, { code: 'D9' }, { reason: 'misread' });
  expect(await refused(ledger.serials.create({ item: 'DRILL', code: 'D1' }))).toBe(
    'serial.duplicate at code',
  );
  await shop(ledger, 'OUT', ['D9']);
  expect(await refused(ledger.serials.update(id, { code: 'D8' }, { reason: 'x' }))).toBe(
    'serial.codeLocked at code',
  );
  expect((await ledger.serials.history(id)).items).toMatchObject([{ field: 'code', from: 'D1', to: 'D9' }]);
  expect(await ledger.verify()).toMatchObject({ ok: true });
});

test('R48 the workflow owns cancelled, closed, reserved and status of serials', async () => {
  const ledger = await trial();
  const { id } = await ledger.serials.create({ item: 'DRILL', code: 'X' });
  await ledger.settings.update({ workflowOnly: true });
  for (const patch of [{ cancelled: true }, { closed: true }, { reserved: true }, { status: 'OK' }]) {
    expect(await refused(ledger.serials.update(id, patch))).toBe(
      `workflow.required at ${Object.keys(patch)[0]}`,
    );
  }
});

test('R131 with a lot, the stricter of both decides; without one, the status of the serial', async () => {
  const ledger = await trial();
  await ledger.items.create({ code: 'PUMP', unit: { code: 'PCE', decimals: 0 }, lots: {}, serials: {} });
  await ledger.postings.post({
    warehouse: 'SHOP',
    template: 'IN',
    date: '2026-03-18',
    lines: [
      {
        item: 'PUMP',
        quantity: '2',
        lots: [{ code: 'L1', quantity: '2' }],
        serials: [{ code: 'P1' }, { code: 'P2' }],
      },
    ],
  });
  const pump = () => ledger.serials.get({ item: 'PUMP', code: 'P1' });
  const { id, lotId } = await pump();
  expect((await pump()).available).toBe('1');
  await ledger.lots.update(String(lotId), { status: 'QA' });
  expect(await pump()).toMatchObject({ available: '0', onHand: '1', status: null });
  await ledger.lots.update(String(lotId), { status: null });
  await ledger.serials.update(id, { status: 'QA' });
  expect((await pump()).available).toBe('0');
  await ledger.lots.create({ item: 'PUMP', code: 'L2' });
  expect(await refused(ledger.serials.update(id, { lot: 'L2' }))).toBe('command.unsupported at lot');
});
