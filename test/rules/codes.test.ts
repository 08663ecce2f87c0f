/** Section 1 of the rules: how codes are composed, counted, compared and made in rows. */
import { expect, test } from 'vitest';
import { coded, made, number, type Parts, text } from './coding.ts';
import { emptyWorld, refused } from './world.ts';

test('R1 year, month, number: the counter starts again with each root', async () => {
  const parts: Parts = [{ source: 'insertYear', length: 4 }, { source: 'insertMonth', length: 2 }, number(3)];
  const world = await coded(
    parts,
    { root: ['insertYear', 'insertMonth'], firstNumber: 1 },
    { today: '2027-01-05' },
  );
  expect(await made(world, 'A', { date: '2026-11-02' })).toBe('202611001');
  expect(await made(world, 'A', { date: '2026-12-31' })).toBe('202612001');
  expect(await made(world, 'A', { date: '2026-11-30' })).toBe('202611002');
  expect(await made(world, 'A', { date: '2027-01-01' })).toBe('202701001');
  expect(await made(world, 'A', { date: '2026-12-01' })).toBe('202612002');
});

test('R1 a root of the day: two loads of one day count on, the next day starts anew', async () => {
  const parts: Parts = [
    { source: 'insertYear', length: 2 },
    { source: 'insertMonth', length: 2 },
    { source: 'insertDay', length: 2 },
    text('-'),
    number(2),
  ];
  const world = await coded(parts, { root: ['insertYear', 'insertMonth', 'insertDay'], firstNumber: 1 });
  expect(await made(world, 'A', { date: '2026-11-09' })).toBe('261109-01');
  expect(await made(world, 'A', { date: '2026-11-09' })).toBe('261109-02');
  expect(await made(world, 'A', { date: '2026-11-10' })).toBe('261110-01');
});

test('R2 a number of five places from zero', async () => {
  const world = await coded([number(5)]);
  expect([await made(world), await made(world), await made(world)]).toEqual(['00000', '00001', '00002']);
});

test('R2 a counter may start anywhere', async () => {
  const world = await coded([text('L'), number(4)], { firstNumber: 998 });
  expect([await made(world), await made(world), await made(world)]).toEqual(['L0998', 'L0999', 'L1000']);
});

test('R3 a number that outgrows its places is refused, never cut', async () => {
  const world = await coded([number(2)], { firstNumber: 98 });
  expect([await made(world), await made(world)]).toEqual(['98', '99']);
  await refused(world, () => made(world), { code: 'code.overflow', details: { length: 2 } });
  await refused(world, () => made(world), 'code.overflow');
});

test('R3 several codes at once overflow as a whole', async () => {
  const world = await emptyWorld();
  const { ledger } = world;
  await ledger.codeTypes.create({ code: 'S', kind: 'serial', parts: [number(2)], firstNumber: 97 });
  const serials = { codeType: 'S', generation: 'automatic' } as const;
  await ledger.items.create({ code: 'P', unit: { code: 'PCE', decimals: 0 }, serials });
  await refused(
    world,
    () => world.post('LOA', { item: 'P', quantity: '4', serials: 'auto' }),
    'code.overflow',
  );
  const posting = await world.post('LOA', { item: 'P', quantity: '3', serials: 'auto' });
  expect(posting.lines[0]?.serials.map((row) => row.code)).toEqual(['97', '98', '99']);
});

test('R4 with gaps on a deleted, never moved code is given again', async () => {
  const world = await coded([number(3)], { fillGaps: true, firstNumber: 1 });
  const { ledger } = world;
  const lots = [];
  for (let i = 0; i < 4; i++) lots.push(await ledger.lots.create({ item: 'A' }));
  expect(lots.map((lot) => lot.code)).toEqual(['001', '002', '003', '004']);
  await ledger.lots.remove(lots[2]?.id ?? '');
  await ledger.lots.remove(lots[1]?.id ?? '');
  expect([await made(world), await made(world), await made(world)]).toEqual(['002', '003', '005']);
});

test('R4 with gaps off the next code is the highest made plus one', async () => {
  const world = await coded([number(3)], { firstNumber: 1 });
  const { ledger } = world;
  const first = await ledger.lots.create({ item: 'A' });
  const second = await ledger.lots.create({ item: 'A' });
  await ledger.lots.remove(first.id);
  await ledger.lots.remove(second.id);
  expect(await made(world)).toBe('003');
});

test('R4 a code that was on a movement is never used again, reversed or not', async () => {
  const world = await coded([number(3)], { fillGaps: true, firstNumber: 1 });
  const { ledger } = world;
  const posting = await world.post('LOA', { item: 'A', quantity: '5', lots: 'auto' });
  await ledger.postings.reverse(posting.id, { date: '2026-11-22', reason: 'wrong' });
  const lot = await ledger.lots.get({ item: 'A', code: '001' });
  await refused(world, () => ledger.lots.remove(lot.id), 'lot.referenced');
  expect(await made(world)).toBe('002');
});

test('R4 codes typed by hand do not move the counter, and are stepped over', async () => {
  const world = await coded([text('B'), number(2)], { firstNumber: 1 });
  await world.post('LOA', { item: 'A', quantity: '1', lots: [{ code: 'b02', quantity: '1' }] });
  await world.post('LOA', { item: 'A', quantity: '1', lots: [{ code: 'B50', quantity: '1' }] });
  expect([await made(world), await made(world), await made(world)]).toEqual(['B01', 'B03', 'B04']);
});

test('R4 a corrected code that has moved stays with its lot', async () => {
  const world = await coded([number(3)], { fillGaps: true, firstNumber: 1 });
  const { ledger } = world;
  await made(world);
  const lot = await ledger.lots.get({ item: 'A', code: '001' });
  await ledger.lots.update(lot.id, { code: 'X-1' }, { reason: 'misread' });
  expect(await made(world)).toBe('002');
  await refused(world, () => ledger.lots.create({ item: 'A', code: '001' }), {
    code: 'lot.duplicate',
    path: 'code',
  });
  await ledger.lots.update(lot.id, { code: '001' }, { reason: 'it was right' });
});

test('R5 letters count like digits: Z to AA, AZ to BA', async () => {
  const world = await coded([text('L-'), { source: 'letters', length: 2 }], { firstLetter: 'Y' });
  expect([await made(world), await made(world), await made(world)]).toEqual(['L-Y', 'L-Z', 'L-AA']);
  const other = await coded([{ source: 'letters', length: 2 }], { firstLetter: 'AZ' });
  expect([await made(other), await made(other)]).toEqual(['AZ', 'BA']);
});

test('R5 letters that outgrow their places are refused', async () => {
  const world = await coded([{ source: 'letters', length: 1 }], { firstLetter: 'Y' });
  expect([await made(world), await made(world)]).toEqual(['Y', 'Z']);
  await refused(world, () => made(world), 'code.overflow');
});

test('R5 number and letters in one type: the number runs, then the letters advance', async () => {
  const world = await coded([{ source: 'letters', length: 1 }, number(1)], { firstNumber: 8 });
  expect([await made(world), await made(world), await made(world)]).toEqual(['A8', 'A9', 'B8']);
});

test('R6 a progressive part in the root is refused when the type is defined', async () => {
  const world = await emptyWorld();
  const { ledger } = world;
  const parts: Parts = [{ source: 'insertYear', length: 4 }, number(3)];
  for (const source of ['number', 'letters'] as const) {
    const own: Parts =
      source === 'number'
        ? parts
        : [
            { source: 'insertYear', length: 4 },
            { source: 'letters', length: 2 },
          ];
    await refused(
      world,
      () => ledger.codeTypes.create({ code: 'R', kind: 'lot', parts: own, root: ['insertYear', source] }),
      { code: 'codeType.rootHasProgressive' },
    );
  }
  await ledger.codeTypes.create({ code: 'R', kind: 'lot', parts });
  const type = await ledger.codeTypes.get('R');
  await refused(
    world,
    () => ledger.codeTypes.update(type.id, { root: ['number'] }),
    'codeType.rootHasProgressive',
  );
});

test('R6 a root names only parts of the code, and two counters of one kind are refused', async () => {
  const world = await emptyWorld();
  const { codeTypes } = world.ledger;
  await refused(
    world,
    () => codeTypes.create({ code: 'R', kind: 'lot', parts: [number(3)], root: ['insertYear'] }),
    'codeType.rootUnknownPart',
  );
  await refused(
    world,
    () => codeTypes.create({ code: 'R', kind: 'lot', parts: [number(3), number(2)] }),
    'codeType.counter',
  );
});

test('R7 short parts are padded on the left, long texts cut to their first characters', async () => {
  const world = await coded([
    { source: 'itemClass', length: 4, fill: '_' },
    { source: 'itemType', length: 3 },
    { source: 'insertYear', length: 2 },
    number(3),
  ]);
  const item = await world.ledger.items.get('A');
  await world.ledger.items.update(item.id, { class: 'AB', type: 'LONGER' });
  expect(await made(world)).toBe('__ABLON26000');
});

test('R7 without a fill character nothing is padded, and a number is never cut', async () => {
  const world = await coded(
    [
      { source: 'itemCode', length: 8 },
      { source: 'number', length: 4 },
    ],
    { firstNumber: 7 },
  );
  expect(await made(world)).toBe('A7');
  const long = await coded([{ source: 'number', length: 1 }], { firstNumber: 9 });
  expect(await made(long)).toBe('9');
  await refused(long, () => made(long), 'code.overflow');
});

test('R8 expiry parts without an expiry are refused, not left blank', async () => {
  const parts: Parts = [
    { source: 'expiryYear', length: 2 },
    { source: 'expiryMonth', length: 2 },
    { source: 'expiryDay', length: 2 },
    number(2),
  ];
  const world = await coded(parts);
  await refused(world, () => made(world), {
    code: 'codeType.missingPart',
    details: { source: 'expiryYear' },
  });
  const item = await world.ledger.items.get('A');
  await world.ledger.items.update(item.id, { lots: { shelfLifeDays: 40 } });
  expect(await made(world)).toBe('27010100');
});

test('R9 a letter table without a row for the year refuses the code', async () => {
  const world = await coded(
    [{ source: 'yearLetter', length: 1 }, { source: 'monthLetter', length: 1 }, number(2)],
    {},
    { today: '2027-03-01' },
  );
  const { letterTables } = world.ledger;
  await letterTables.create({ code: 'Y', kind: 'year', rows: [{ value: 2026, letter: 'T' }] });
  const rows = Array.from({ length: 12 }, (_, i) => ({ value: i + 1, letter: 'ABCDEFGHLMPR'[i] ?? '' }));
  await letterTables.create({ code: 'M', kind: 'month', rows });
  expect(await made(world, 'A', { date: '2026-10-05' })).toBe('TM00');
  await refused(world, () => made(world), {
    code: 'codeType.missingPart',
    details: { source: 'yearLetter' },
  });
  const table = await letterTables.get('Y');
  await letterTables.update(table.id, {
    rows: [
      { value: 2026, letter: 'T' },
      { value: 2027, letter: 'U' },
    ],
  });
  expect(await made(world)).toBe('UC01');
});
