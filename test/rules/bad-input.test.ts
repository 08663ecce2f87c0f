/** What a host may send by mistake or malice: every case a coded error with its path, nothing written. */
import { expect, test } from 'vitest';
import { good, invalid, line, post } from './sending.ts';
import { caught, dairy, refused } from './world.ts';

test('R134 an unknown item, warehouse or template is named', async () => {
  const world = await dairy();
  const cases: [object, string, string][] = [
    [good({ lines: [line(), line({ item: 'NONE' })] }), 'item.notFound', 'lines[1].item'],
    [good({ warehouse: 'NONE' }), 'warehouse.notFound', 'warehouse'],
    [good({ template: 'NONE' }), 'template.notFound', 'template'],
    [good({ lines: [line({ location: 'NONE' })] }), 'location.notFound', 'lines[0].location'],
    [good({ lines: [line({ variant: 'NONE' })] }), 'item.variantNotFound', 'lines[0].variant'],
    [good({ lines: [line({ unit: 'NONE' })] }), 'item.unitNotFound', 'lines[0].unit'],
  ];
  for (const [input, code, path] of cases)
    await refused(world, () => post(world, input), { code, path } as never);
});

test('another warehouse has this template: said so', async () => {
  const world = await dairy();
  await world.ledger.templates.create({ warehouse: 'MAIN', code: 'ONLY', type: 'load' });
  await refused(world, () => post(world, good({ template: 'ONLY' })), {
    code: 'template.wrongWarehouse',
    path: 'template',
  });
});

test.each([
  ['-1', 'quantity.negative', 'invalid'],
  ['-0', 'quantity.negative', 'invalid'],
  [-0, 'quantity.format', 'invalid'],
  [-3.5, 'quantity.negative', 'invalid'],
  ['0', 'quantity.zero', 'rejected'],
  [0, 'quantity.zero', 'rejected'],
  ['1.0001', 'quantity.precision', 'rejected'],
  ['1e21', 'quantity.format', 'invalid'],
  [1e21, 'quantity.format', 'invalid'],
  [1e-7, 'quantity.format', 'invalid'],
  ['', 'quantity.format', 'invalid'],
  [' 1', 'quantity.format', 'invalid'],
  ['1,5', 'quantity.format', 'invalid'],
  ['0x10', 'quantity.format', 'invalid'],
  ['+1', 'quantity.format', 'invalid'],
  ['.5', 'quantity.format', 'invalid'],
  ['١', 'quantity.format', 'invalid'],
  ['9'.repeat(30), 'quantity.tooLarge', 'rejected'],
  ['9'.repeat(400), 'quantity.tooLarge', 'invalid'],
] as const)('quantity %j is %s', async (quantity, code, kind) => {
  const world = await dairy();
  await refused(world, () => post(world, good({ lines: [line({ quantity })] })), {
    code,
    kind,
    path: 'lines[0].quantity',
  });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('quantity %s is no quantity', async (quantity) => {
  const world = await dairy();
  const error = await caught(() => post(world, good({ lines: [line({ quantity })] })));
  expect(error).toMatchObject({ kind: 'invalid', path: 'lines[0].quantity' });
});

test('the sign of a negative zero as text does not matter, it is refused', async () => {
  const world = await dairy();
  const lots = [{ code: 'L1', quantity: '-0' }];
  const error = await caught(() => post(world, good({ lines: [{ item: 'MILK', quantity: '1', lots }] })));
  expect(error).toMatchObject({ kind: 'invalid', path: 'lines[0].lots[0].quantity' });
});

test('R134 a 51-character code is refused wherever it stands', async () => {
  const world = await dairy();
  const long = 'x'.repeat(51);
  const cases: [object, string][] = [
    [good({ lines: [line({ item: long })] }), 'lines[0].item'],
    [good({ warehouse: long }), 'warehouse'],
    [
      good({ lines: [{ item: 'MILK', quantity: '1', lots: [{ code: long, quantity: '1' }] }] }),
      'lines[0].lots[0].code',
    ],
    [good({ party: { kind: 'supplier', code: long } }), 'party.code'],
    [good({ lines: [line({ serials: [{ code: long }] })] }), 'lines[0].serials[0].code'],
  ];
  for (const [input, path] of cases)
    await refused(world, () => post(world, input), invalid('field.tooLong', path));
});

test.each([
  ['a\u0000b'],
  ['a\u0007b'],
  ['a\u001fb'],
  ['a\u007fb'],
  ['a\u0085b'],
  ['a\nb'],
  ['a\tb'],
  ['a\ud800b'],
  ['\udc00a'],
])('R134 control characters and ill-formed Unicode are refused: %j', async (code) => {
  const world = await dairy();
  const lots = [{ code, quantity: '1' }];
  await refused(
    world,
    () => post(world, good({ lines: [{ item: 'MILK', quantity: '1', lots }] })),
    invalid('field.characters', 'lines[0].lots[0].code'),
  );
  await refused(
    world,
    () => world.ledger.items.create({ code: 'D', description: code, unit: { code: 'PCE', decimals: 0 } }),
    invalid('field.characters', 'description'),
  );
});

test('R134 in notes newline and tab are fine, other control characters are not', async () => {
  const world = await dairy();
  await refused(world, () => post(world, good({ note: 'bell \u0007' })), invalid('field.characters', 'note'));
  await refused(world, () => post(world, good({ note: '\ud83d' })), invalid('field.characters', 'note'));
  await post(world, good({ note: 'two\n\tlines 💶' }));
});

test('R134 __proto__ as a key is refused, and poisons nothing', async () => {
  const world = await dairy();
  const input = JSON.parse(
    `{"warehouse":"SHOP","template":"LOA","date":"2026-11-22","__proto__":{"polluted":true},"lines":[{"item":"SALT","quantity":"1"}]}`,
  );
  await refused(world, () => post(world, input), { code: 'field.unknown', kind: 'invalid' } as never);
  const attributes = JSON.parse('{"__proto__":{"polluted":true},"colour":"red"}');
  const error = await caught(() =>
    world.ledger.items.create({ code: 'D', unit: { code: 'PCE', decimals: 0 }, attributes }),
  );
  expect(error.kind).toBe('invalid');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  const inner = JSON.parse('{"item":"SALT","quantity":"1","__proto__":{"polluted":true}}');
  await refused(world, () => post(world, good({ lines: [inner] })), {
    code: 'field.unknown',
    kind: 'invalid',
  } as never);
});

test('codes such as constructor and toString are codes like others', async () => {
  const world = await dairy();
  for (const code of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    await world.ledger.items.create({ code, unit: { code: 'PCE', decimals: 0 } });
    await world.post('LOA', { item: code, quantity: '2' });
    await refused(world, () => world.post('UNL', { item: code, quantity: '3' }), 'stock.insufficient');
  }
});
