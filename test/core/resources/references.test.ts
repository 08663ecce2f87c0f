/** Records are changed under the names they are read by: warehouse and code, item and code. */
import { expect, test } from 'vitest';
import { load, refused, sell, trial } from '../commands/trial.ts';

test('templates are changed and removed by warehouse and code', async () => {
  const ledger = await trial();
  const ref = { warehouse: 'cave', code: 'in' };
  const changed = await ledger.templates.update(ref, { description: 'Goods in' }, { version: 1 });
  expect(changed).toMatchObject({ code: 'IN', description: 'Goods in', version: 2 });
  expect(await ledger.templates.update(changed.id, { description: null })).toMatchObject({ version: 3 });
  await ledger.templates.remove(ref);
  expect(await refused(ledger.templates.get(ref))).toBe('template.notFound');
  expect(await refused(ledger.templates.remove(ref))).toBe('template.notFound');
});

test('parties are changed and removed by kind and code', async () => {
  const ledger = await trial();
  await ledger.parties.create({ kind: 'supplier', code: 'S1', name: 'Hof' });
  const ref = { kind: 'supplier', code: 's1' };
  expect(await ledger.parties.update(ref, { name: 'Der Hof' })).toMatchObject({ name: 'Der Hof' });
  await ledger.parties.remove(ref);
  expect(await refused(ledger.parties.get(ref))).toBe('party.notFound');
});

test('lots and serials are changed, followed and removed by item and code', async () => {
  const ledger = await trial();
  await load(ledger, 'GOUDA', 'A', '2');
  await sell(ledger, 'GOUDA', 'A', '1');
  const ref = { item: 'gouda', code: 'a' };
  const lot = await ledger.lots.update(ref, { notes: 'cut' });
  expect(lot).toMatchObject({ code: 'A', notes: 'cut', version: 2 });
  expect(await refused(ledger.lots.update(ref, { notes: 'x' }, { version: 1 }))).toBe('concurrency.stale');
  expect(await ledger.lots.movements(ref)).toEqual(await ledger.lots.movements(lot.id));
  expect((await ledger.lots.history(ref)).items.map((each) => each.field)).toEqual(['notes']);
  expect(await refused(ledger.lots.remove(ref))).toBe('lot.referenced');
  await ledger.serials.create({ item: 'DRILL', code: 'T1' });
  const serial = { item: 'DRILL', code: 't1' };
  expect(await ledger.serials.update(serial, { reserved: true })).toMatchObject({ reserved: true });
  expect(await refused(ledger.serials.remove(serial))).toBe('serial.referenced');
  await ledger.serials.create({ item: 'DRILL', code: 'T2' });
  const unused = { item: 'DRILL', code: 't2' };
  await ledger.serials.remove(unused);
  expect(await refused(ledger.serials.history(unused))).toBe('serial.notFound');
});

test('a reference that several answer to is refused as ambiguous, not as absent', async () => {
  const ledger = await trial();
  const variants = [{ code: 'R' }, { code: 'G' }];
  await ledger.items.create({
    code: 'P',
    unit: { code: 'PCE', decimals: 0 },
    lots: {},
    serials: {},
    variants,
  });
  for (const variant of ['R', 'G']) {
    await ledger.lots.create({ item: 'P', variant, code: 'L' });
    await ledger.serials.create({ item: 'P', variant, code: 'S' });
  }
  expect(await refused(ledger.lots.get({ item: 'P', code: 'l' }))).toBe('lot.ambiguous');
  expect(await refused(ledger.serials.get({ item: 'P', code: 's' }))).toBe('serial.ambiguous');
  expect(await refused(ledger.lots.update({ item: 'P', code: 'L' }, { notes: 'x' }))).toBe('lot.ambiguous');
  expect(await ledger.lots.get({ item: 'P', variant: 'g', code: 'L' })).toMatchObject({ variant: 'G' });
});

test('what a posting answers names its party as reading it does', async () => {
  const ledger = await trial();
  await ledger.parties.create({ kind: 'customer', code: 'C-9', name: 'Bistro' });
  await load(ledger, 'GOUDA', 'A', '2');
  const sold = await sell(ledger, 'GOUDA', 'A', '1');
  expect(sold.party).toEqual({ kind: 'customer', code: 'C-9', name: 'Bistro' });
  expect(await ledger.postings.get(sold.id)).toEqual(sold);
  const back = await ledger.postings.reverse(sold.id, { date: '2026-03-18', reason: 'returned at once' });
  expect(await ledger.postings.get(back.id)).toEqual(back);
  await ledger.parties.remove({ kind: 'customer', code: 'C-9' });
  expect((await ledger.postings.get(sold.id)).party).toMatchObject({ name: null });
});
