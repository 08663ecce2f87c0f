/** Section 8 of the rules, continued: which serials an unload takes by itself (R103). */
import { expect, test } from 'vitest';
import { to, withTransfers } from './pairing.ts';
import { on } from './taking.ts';
import { electronics, type Post, pharma } from './world.ts';

test('R103 serials: the oldest first, then natural order', async () => {
  const world = await electronics();
  const load = (date: string, ...codes: string[]) =>
    world.post(
      'LOA',
      { item: 'RADIO', quantity: String(codes.length), serials: codes.map((code) => ({ code })) },
      { date } as Partial<Post>,
    );
  await load('2026-11-20', 'R2', 'R10');
  await load('2026-11-20', 'R1');
  await load('2026-11-18', 'R99');
  const posting = await world.post('UNL', { item: 'RADIO', quantity: '3', serials: 'auto' });
  expect(posting.lines[0]?.serials.map((row) => row.code)).toEqual(['R99', 'R2', 'R10']);
});

test('R103 when the first load of a serial is taken back, the next one makes its age', async () => {
  const world = await electronics({ settings: { allowExistingSerial: true } });
  const { postings } = world.ledger;
  const serials = (...codes: string[]) => ({
    item: 'RADIO',
    quantity: String(codes.length),
    serials: codes.map((code) => ({ code })),
  });
  const first = await world.post('LOA', serials('R1'), { date: '2026-11-01' });
  await world.post('UNL', serials('R1'), { date: '2026-11-02' });
  await world.post('LOA', serials('R2'), { date: '2026-11-03' });
  await world.post('LOA', serials('R1'), { date: '2026-11-10' });
  await postings.reverse(first.id, { date: '2026-11-10', reason: 'wrong' });
  await world.post('LOA', serials('R1'), { date: '2026-11-11' });
  const posting = await world.post('UNL', { item: 'RADIO', quantity: '1', serials: 'auto' });
  expect(posting.lines[0]?.serials.map((row) => row.code)).toEqual(['R2']);
});

test('R103 serials in lots: the lot by strategy first, serials of one lot together', async () => {
  const world = await pharma();
  const load = (lot: string, expiryDate: string, ...codes: string[]) => {
    const quantity = String(codes.length);
    const serials = codes.map((code) => ({ code }));
    return world.post('LOA', {
      item: 'VACCINE',
      quantity,
      lots: [{ code: lot, quantity, expiryDate }],
      serials,
    });
  };
  await load('LATE', '2027-06-01', 'V1', 'V2');
  await load('SOON', '2027-01-01', 'V9', 'V8', 'V10');
  const posting = await world.post('UNL', { item: 'VACCINE', quantity: '4', lots: 'auto', serials: 'auto' });
  const [line] = posting.lines;
  expect(line?.serials.map((row) => row.code)).toEqual(['V8', 'V9', 'V10', 'V1']);
  expect(line?.lots.map((row) => `${row.code} ${row.quantity}`)).toEqual(['SOON 3', 'LATE 1']);
});

test('R103 a closed, cancelled or reserved serial is passed over', async () => {
  const world = await pharma();
  const { serials } = world.ledger;
  for (const code of ['V1', 'V2', 'V3', 'V4']) {
    await world.post('LOA', {
      item: 'VACCINE',
      quantity: '1',
      lots: [{ code: `L${code}`, quantity: '1' }],
      serials: [{ code }],
    });
  }
  const marks = { V1: { closed: true }, V2: { cancelled: true }, V3: { reserved: true } };
  for (const [code, mark] of Object.entries(marks)) {
    await serials.update((await serials.get({ item: 'VACCINE', code })).id, mark);
  }
  const posting = await world.post('UNL', { item: 'VACCINE', quantity: '1', lots: 'auto', serials: 'auto' });
  expect(posting.lines[0]?.serials.map((row) => row.code)).toEqual(['V4']);
});

test('R74 a serial that was loaded anew into another lot is not taken before that lot was there', async () => {
  const world = await pharma({ today: '2026-11-22' });
  const load = (lot: string, code: string, date: string, row: object = {}) =>
    world.post(
      'LOA',
      { item: 'VACCINE', quantity: '1', lots: [{ code: lot, quantity: '1', ...row }], serials: [{ code }] },
      { date },
    );
  const wrong = await load('X', 'V1', '2026-11-17');
  await load('M', 'V2', '2026-11-10');
  await world.ledger.postings.reverse(wrong.id, { date: '2026-11-20', reason: 'wrong lot' });
  await load('L', 'V1', '2026-11-20', { expiryDate: '2026-12-24' });
  const line = { item: 'VACCINE', quantity: '1', lots: 'auto', serials: 'auto' } as const;
  const posting = await world.post('PRD', line, { date: '2026-11-19' });
  expect(posting.lines[0]?.serials.map((row) => row.code)).toEqual(['V2']);
});

test('R97 R103 own transfers make no piece older or younger, also when its first load was taken back', async () => {
  const world = await withTransfers(await electronics());
  const radios = (...codes: string[]) => ({
    item: 'RADIO',
    quantity: String(codes.length),
    serials: codes.map((code) => ({ code })),
  });
  await world.ledger.settings.update({ allowExistingSerial: true });
  const first = await world.post('SHOP/LOA', radios('R1'), on('2026-11-10'));
  const { locations } = await world.ledger.warehouses.get('MAIN');
  await world.post('SHOP/BAK', radios('R1'), { ...on('2026-11-11'), ...to(locations[0]?.code ?? '') });
  const back = { ...radios('R1'), ...(locations[0] ? { location: locations[0].code } : {}) };
  await world.post('MAIN/MOV', back, on('2026-11-12'));
  await world.post('SHOP/LOA', radios('R2'), on('2026-11-13'));
  await world.ledger.postings.reverse(first.id, { date: '2026-11-14', reason: 'Never came' });
  await world.post('SHOP/LOA', radios('R1'), on('2026-11-15'));
  const sold = await world.post('SHOP/UNL', { item: 'RADIO', quantity: '1', serials: 'auto' });
  expect(sold.lines[0]?.serials.map((row) => row.code)).toEqual(['R2']);
});
