/** Section 11 of the rules, continued: how long a text may be, and what is never in the journal. */
import { expect, test } from 'vitest';
import { dairy, emptyWorld, lotOf, refused } from './world.ts';

test.each(['items', 'warehouses', 'lotStatuses', 'parties'] as const)(
  'R134 a code of %s has at most fifty characters',
  async (name) => {
    const world = await emptyWorld();
    const input = {
      items: { unit: { code: 'PCE', decimals: 0 } },
      warehouses: {},
      lotStatuses: {},
      parties: { kind: 'customer' },
    }[name];
    const create = (code: string) =>
      (world.ledger[name] as unknown as { create(input: object): Promise<object> }).create({
        ...input,
        code,
      });
    await refused(world, () => create('x'.repeat(51)), {
      code: 'field.tooLong',
      path: 'code',
      kind: 'invalid',
      details: { max: 50 },
    });
    await refused(world, () => create('💶'.repeat(51)), { code: 'field.tooLong', kind: 'invalid' });
    await create('x'.repeat(50));
    await create('💶'.repeat(50));
  },
);

test('R134 a description has at most 200 characters, a note 4,000; nothing is cut', async () => {
  const world = await dairy();
  const { items } = world.ledger;
  const invalid = { code: 'field.tooLong', kind: 'invalid' } as const;
  const unit = { code: 'PCE', decimals: 0 };
  await refused(world, () => items.create({ code: 'D', unit, description: 'd'.repeat(201) }), {
    ...invalid,
    path: 'description',
  });
  const item = await items.create({ code: 'D', unit, description: 'd'.repeat(200) });
  expect(item.description).toHaveLength(200);
  const post = (note: string) => world.post('LOA', { item: 'SALT', quantity: '1' }, { note });
  await refused(world, () => post('n'.repeat(4001)), { ...invalid, path: 'note', details: { max: 4000 } });
  expect((await post('n'.repeat(4000))).note).toHaveLength(4000);
  expect((await post('line one\n\tline two')).note).toBe('line one\n\tline two');
});

test('R134 a location code is bounded too', async () => {
  const world = await emptyWorld();
  const locations = [{ code: 'A-01' }, { code: 'l'.repeat(51) }];
  await refused(world, () => world.ledger.warehouses.create({ code: 'W', locations }), {
    code: 'field.tooLong',
    path: 'locations[1].code',
    kind: 'invalid',
  });
});

test('R135 names of parties are not in the journal, and an erased party leaves it whole', async () => {
  const world = await dairy();
  const { ledger } = world;
  const party = { kind: 'customer', code: 'C77', name: 'Giovanna Bianchi' } as const;
  await lotOf(world, 'MILK', 'L1', '5');
  const posting = await world.post(
    'UNL',
    { item: 'MILK', quantity: '2', lots: [{ code: 'L1', quantity: '2' }] },
    { party },
  );
  expect(posting.party).toMatchObject({ code: 'C77', name: 'Giovanna Bianchi' });
  const opened = await world.store.open([], 1);
  const texts = (await opened.tail(0, 10_000)).flatMap((group) => group.texts).join('\n');
  expect(texts).toContain('C77');
  expect(texts).not.toContain('Giovanna');
  await ledger.parties.remove((await ledger.parties.get({ kind: 'customer', code: 'C77' })).id);
  expect((await ledger.postings.get(posting.id)).party).toMatchObject({ code: 'C77', name: null });
  expect((await ledger.verify()).ok).toBe(true);
});
