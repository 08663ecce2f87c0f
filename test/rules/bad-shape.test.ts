/** What a host may send, continued: depth, size, dates, shapes, ids, questions. */
import { expect, test } from 'vitest';
import { good, invalid, line, post } from './sending.ts';
import { caught, dairy, electronics, lotOf, refused } from './world.ts';

test('nesting of ten thousand is refused without a stack overflow', async () => {
  const world = await dairy();
  let deep: unknown = 'end';
  for (let i = 0; i < 10_000; i++) deep = { deep };
  for (const input of [
    good({ note: deep }),
    good({ lines: [line({ lots: deep })] }),
    deep,
    good({ extra: [deep] }),
  ]) {
    const error = await refused(world, () => post(world, input), {
      code: 'limit.depth',
      kind: 'limit',
    } as never);
    expect(error.details.max).toBeLessThan(100);
  }
  const attributes = deep as never;
  await refused(
    world,
    () => world.ledger.items.create({ code: 'D', unit: { code: 'PCE', decimals: 0 }, attributes }),
    {
      code: 'limit.depth',
      kind: 'limit',
    },
  );
});

test('a circular input is refused, not followed', async () => {
  const world = await dairy();
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const error = await refused(world, () => post(world, good({ note: circle })), {
    code: 'limit.depth',
    kind: 'limit',
  } as never);
  expect(error.kind).toBe('limit');
});

test('a note of ten megabytes is refused', async () => {
  const world = await dairy();
  const error = await caught(() => post(world, good({ note: 'n'.repeat(10_000_000) })));
  expect(['limit.size', 'field.tooLong']).toContain(error.code);
  expect(world.ledger.status().seq).toBe((await world.ledger.head()).seq);
  await refused(
    world,
    () => post(world, good({ note: 'n'.repeat(1_000_000) })),
    invalid('field.tooLong', 'note'),
  );
});

test.each([
  '2026-02-31',
  '2026-2-3',
  '2026-13-01',
  '2025-02-29',
  '0000-01-01',
  '2026-11-22T00:00:00Z',
  '22.11.2026',
  '',
  20261122,
  null,
])('date %j is none', async (date) => {
  const world = await dairy();
  const error = await refused(world, () => post(world, good({ date })), {
    kind: 'invalid',
    path: 'date',
  } as never).catch(async (failed) => {
    const thrown = await caught(() => post(world, good({ date })));
    if (thrown.kind === 'invalid' && thrown.path === 'date') return thrown;
    throw failed;
  });
  expect(['date.invalid', 'field.type', 'field.required']).toContain(error.code);
});

test('a date object is not a date', async () => {
  const world = await dairy();
  const error = await caught(() => post(world, good({ date: new Date('2026-11-22') })));
  expect(error).toMatchObject({ kind: 'invalid', path: 'date' });
});

test('31 February is refused in every date of a row', async () => {
  const world = await dairy();
  for (const field of ['startDate', 'expiryDate', 'manufactureDate']) {
    const lots = [{ code: 'L1', quantity: '1', [field]: '2027-02-31' }];
    await refused(
      world,
      () => post(world, good({ lines: [{ item: 'MILK', quantity: '1', lots }] })),
      invalid('date.invalid', `lines[0].lots[0].${field}`),
    );
  }
  await refused(
    world,
    () => post(world, good({ document: { type: 'other', date: '2026-02-30' } })),
    invalid('date.invalid', 'document.date'),
  );
});

test('a posting of 100,000 lines works or is a limit', async () => {
  const world = await dairy();
  const lines = Array.from({ length: 100_000 }, () => line());
  await refused(world, () => post(world, good({ lines })), { code: 'limit.lines', kind: 'limit' } as never);
  const lots = Array.from({ length: 100_001 }, (_, i) => ({ code: `L${i}`, quantity: '1' }));
  await refused(world, () => post(world, good({ lines: [{ item: 'MILK', quantity: '100001', lots }] })), {
    code: 'limit.lines',
    kind: 'limit',
  } as never);
});

test('ten thousand serials in one posting are normal', async () => {
  const world = await electronics();
  const range = [{ from: 'A00001', to: 'A10000' }];
  const load = await world.post('LOA', { item: 'RADIO', quantity: '10000', serials: range });
  expect(load.lines[0]?.serials).toHaveLength(10_000);
  const unload = await world.post('UNL', {
    item: 'RADIO',
    quantity: '9999',
    serials: [{ from: 'A00002', to: 'A10000' }],
  });
  expect(unload.lines[0]?.serials[0]?.code).toBe('A00002');
  const made = await world.post('LOA', { item: 'PHONE', quantity: '10000', serials: 'auto' });
  expect(made.lines[0]?.serials.at(-1)?.code).toBe('SN10000');
  expect(
    (await world.ledger.serials.list({ filter: { item: 'RADIO', state: 'open' }, limit: 5 })).items.map(
      (each) => each.code,
    ),
  ).toEqual(['A00001']);
});

test('a range that is too long, backwards, or of two kinds is refused', async () => {
  const world = await electronics();
  for (const serials of [
    [{ from: 'A1', to: 'A99999999' }],
    [{ from: 'A9', to: 'A1' }],
    [{ from: 'A1', to: 'B2' }],
    [{ from: 'A1' }],
    [{}],
  ]) {
    const error = await caught(() =>
      post(world, good({ lines: [{ item: 'RADIO', quantity: '2', serials }] })),
    );
    expect(error.path).toMatch(/^lines\[0\]\.serials/);
  }
  expect((await world.ledger.serials.list({ filter: { state: 'all' } })).items).toEqual([]);
});

test.each([
  [{ lines: [] }, 'field.required', 'lines'],
  [{ lines: undefined }, 'field.required', 'lines'],
  [{ lines: 'all' }, 'field.type', 'lines'],
  [{ lines: [null] }, 'field.type', 'lines[0]'],
  [{ lines: [line({ item: undefined })] }, 'field.required', 'lines[0].item'],
  [{ lines: [line({ item: '   ' })] }, 'field.required', 'lines[0].item'],
  [{ lines: [line({ item: 7 })] }, 'field.type', 'lines[0].item'],
  [{ lines: [line({ quantity: undefined })] }, 'field.required', 'lines[0].quantity'],
  [{ lines: [line({ quantity: true })] }, 'field.type', 'lines[0].quantity'],
  [{ lines: [line({ colour: 'red' })] }, 'field.unknown', 'lines[0].colour'],
  [{ lines: [line({ lots: 'some' })] }, 'field.type', 'lines[0].lots'],
  [
    { lines: [line({ lots: [{ code: 'L1', quantity: '1', colour: 1 }] })] },
    'field.unknown',
    'lines[0].lots[0].colour',
  ],
  [{ document: { type: 'poem' } }, 'field.type', 'document.type'],
  [{ party: { kind: 'friend', code: 'C' } }, 'field.type', 'party.kind'],
  [{ number: 1.5 }, 'field.range', 'number'],
  [{ number: -1 }, 'field.range', 'number'],
  [{ warehouse: undefined }, 'field.required', 'warehouse'],
  [{ actor: 'someone' }, 'field.unknown', 'actor'],
] as const)('%j is %s at %s', async (more, code, path) => {
  const world = await dairy();
  await refused(world, () => post(world, good(more)), invalid(code, path));
});

test.each([null, undefined, 'text', 7, [], () => 1])('a posting that is %j is refused', async (input) => {
  const world = await dairy();
  const before = world.ledger.status().seq;
  await expect(
    Promise.resolve().then(() =>
      world.ledger.port.execute([{ name: 'posting.post@1', id: 'x', args: input }]),
    ),
  ).resolves.toMatchObject([{ outcome: 'refused', problem: { kind: 'invalid' } }]);
  expect(world.ledger.status().seq).toBe(before);
});

test.each([
  ['', 'field.required'],
  ['x'.repeat(65), 'field.tooLong'],
  ['with space', 'field.characters'],
  ['née', 'field.characters'],
  ['a\nb', 'field.characters'],
] as const)('command id %j is %s', async (commandId, code) => {
  const world = await dairy();
  await refused(world, () => post(world, good({ commandId })), invalid(code, 'commandId'));
});

test('R88 the same id with another body is a mismatch, whatever the command', async () => {
  const world = await dairy();
  await post(world, good({ commandId: 'one' }));
  await refused(world, () => post(world, good({ commandId: 'one', note: 'other' })), {
    code: 'command.mismatch',
    kind: 'mismatch',
  } as never);
});

test('an unknown command, query, sort or filter is refused', async () => {
  const world = await dairy();
  const { ledger } = world;
  const [receipt] = await ledger.port
    .execute([{ name: 'posting.burn@1', id: 'x', args: {} }])
    .catch((error) => [{ outcome: 'refused', problem: error }]);
  expect(receipt).toMatchObject({ outcome: 'refused', problem: { code: 'command.unknown' } });
  const asked = [
    () => ledger.lots.list({ sort: ['colour'] } as never),
    () => ledger.lots.list({ sort: ['-notes'] } as never),
    () => ledger.lots.list({ filter: { colour: 'red' } } as never),
    () => ledger.port.query('lots.burn', {}),
    () => ledger.lots.list({ limit: 501 }),
    () => ledger.lots.list({ limit: 0 }),
    () => ledger.lots.list({ cursor: 'nonsense' }),
    () => ledger.lots.list({ filter: { state: 'half' } } as never),
  ];
  for (const ask of asked) expect((await caught(ask)).kind).toMatch(/invalid|unsupported/);
});

test('updates of what is not there, and stale ones, are refused', async () => {
  const world = await dairy();
  const { ledger } = world;
  const lot = await lotOf(world, 'MILK', 'L1', '1');
  await refused(world, () => ledger.lots.update('nothing', { description: 'x' }), {
    code: 'lot.notFound',
    kind: 'missing',
  });
  await refused(world, () => ledger.items.update('nothing', { description: 'x' }), {
    code: 'item.notFound',
    kind: 'missing',
  });
  await refused(world, () => ledger.lots.update(lot.id, { description: 'x' }, { version: lot.version + 1 }), {
    code: 'concurrency.stale',
    kind: 'conflict',
  });
  await refused(world, () => ledger.lots.update(lot.id, { onHand: '5' } as never), {
    code: 'field.unknown',
    path: 'onHand',
    kind: 'invalid',
  });
  await refused(world, () => ledger.lots.update(lot.id, { item: 'SALT' } as never), {
    code: 'field.unknown',
    path: 'item',
    kind: 'invalid',
  });
});
