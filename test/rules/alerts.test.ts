/** Dates of lots that come near: computed, watched, seen, raised again (R40). */
import { describe, expect, test } from 'vitest';
import { SCHEMA_VERSION, tables } from '../../src/core/tables.ts';
import { dairy, lotOf, refused, type World } from './world.ts';

/** MILK watches its expiry twice and its retest; it is retested after 10 days and removed after 25. */
async function watching(): Promise<World> {
  const world = await dairy();
  await world.ledger.items.update('MILK', {
    lots: {
      retestDays: 10,
      bestBeforeDays: 20,
      removalDays: 25,
      alerts: [
        { date: 'expiryDate', days: 14 },
        { date: 'expiryDate', days: 3 },
        { date: 'retestDate', days: 2 },
      ],
    },
  });
  return world;
}

const short = async ({ ledger }: World, query: Parameters<World['ledger']['alerts']['list']>[0] = {}) =>
  (await ledger.alerts.list(query)).items.map(({ code, date, days, daysLeft }) => [
    code,
    date,
    days,
    daysLeft,
  ]);

describe('R40 dates besides the expiry', () => {
  test('are computed from the start when a lot is made, by a load or by hand, and may be typed', async () => {
    const world = await watching();
    const dates = { retestDate: '2026-12-02', bestBefore: '2026-12-12', removalDate: '2026-12-17' };
    expect(await lotOf(world, 'MILK', 'L1', '5')).toMatchObject(dates);
    const { create, update } = world.ledger.lots;
    expect(await create({ item: 'MILK', code: 'H1' })).toMatchObject(dates);
    const typed = await create({
      item: 'MILK',
      code: 'H2',
      startDate: '2026-11-01',
      bestBefore: '2027-01-01',
      retestDate: null,
    });
    expect(typed).toMatchObject({ retestDate: null, bestBefore: '2027-01-01', removalDate: '2026-11-26' });
    expect(await update(typed.id, { retestDate: '2026-11-30', removalDate: null })).toMatchObject({
      retestDate: '2026-11-30',
      removalDate: null,
    });
    await create({ item: 'MILK', code: 'H3', startDate: null });
    expect(await lotOf(world, 'MILK', 'H3', '1')).toMatchObject(dates);
    const found = await world.ledger.lots.list({
      filter: { removalDate: { to: '2026-12-17' }, retestDate: '2026-12-02' },
    });
    expect(found.items.map((lot) => lot.code)).toEqual(['H1', 'H3', 'L1']);
  });
});

describe('R40 an alert', () => {
  test('is evaluated when it is read: for lots in stock, on the day that is asked', async () => {
    const world = await watching();
    const { ledger } = world;
    await lotOf(world, 'MILK', 'L1', '5'); // expires 2026-12-22, retest 2026-12-02
    await lotOf(world, 'MILK', 'L2', '5', { expiryDate: '2026-11-24' });
    await ledger.lots.create({ item: 'MILK', code: 'EMPTY', expiryDate: '2026-11-23' });
    await lotOf(world, 'CHEESE', 'C1', '1', { expiryDate: '2026-11-23' });
    expect(await short(world)).toEqual([
      ['L2', 'expiryDate', 3, 2],
      ['L2', 'expiryDate', 14, 2],
    ]);
    const { seq } = ledger.status();
    world.clock.day('2026-12-01');
    expect(await short(world)).toEqual([
      ['L2', 'expiryDate', 3, -7],
      ['L2', 'expiryDate', 14, -7],
      ['L1', 'retestDate', 2, 1],
      ['L2', 'retestDate', 2, 1],
    ]);
    expect(await short(world, { asOf: '2026-12-08', item: 'milk' })).toContainEqual([
      'L1',
      'expiryDate',
      14,
      14,
    ]);
    expect(await short(world, { asOf: '2026-12-07' })).not.toContainEqual(['L1', 'expiryDate', 14, 15]);
    expect(ledger.status().seq).toBe(seq);
    await world.post('SCR', { item: 'MILK', quantity: '5', lots: [{ code: 'L2', quantity: '5' }] });
    expect(await short(world)).toEqual([['L1', 'retestDate', 2, 1]]);
  });

  test('is asked by item and by warehouse, with what is there', async () => {
    const world = await watching();
    const { ledger } = world;
    await lotOf(world, 'MILK', 'L1', '5', { expiryDate: '2026-11-30' });
    const top = { item: 'MILK', quantity: '7', location: 'A-01', lots: [{ code: 'L1', quantity: '7' }] };
    await world.post('MAIN/TOP', top);
    await lotOf(world, 'MILK', 'L2', '5', { expiryDate: '2026-11-30' });
    const main = await ledger.alerts.list({ warehouse: 'main' });
    expect(main.items).toMatchObject([
      { code: 'L1', item: 'MILK', on: '2026-11-30', onHand: '7', acknowledged: null },
    ]);
    expect((await ledger.alerts.list()).items.map((each) => each.onHand)).toEqual(['12', '5']);
    expect(await short(world, { item: 'CHEESE' })).toEqual([]);
    await refused(world, () => ledger.alerts.list({ item: 'NONE' }), {
      code: 'item.notFound',
      kind: 'missing',
    });
  });

  test('is seen once: the second to see it changes nothing; moving the date raises it again', async () => {
    const world = await watching();
    const { ledger } = world;
    const lot = await lotOf(world, 'MILK', 'L1', '5', { expiryDate: '2026-12-01' });
    const alert = { lot: lot.id, date: 'expiryDate', days: 14 } as const;
    const seen = await ledger.alerts.acknowledge({ ...alert, note: 'on sale tomorrow' }, { actor: 'ada' });
    expect(seen.acknowledged).toMatchObject({ actor: 'ada', note: 'on sale tomorrow' });
    expect(await short(world)).toEqual([]);
    const again = await ledger.alerts.acknowledge({ ...alert, note: 'me too' }, { actor: 'bob' });
    expect(again.acknowledged).toEqual(seen.acknowledged);
    expect(await short(world, { includeAcknowledged: true })).toEqual([['L1', 'expiryDate', 14, 9]]);
    // its other threshold is an alert of its own
    expect(await short(world, { asOf: '2026-11-29' })).toContainEqual(['L1', 'expiryDate', 3, 2]);
    await ledger.lots.update(lot.id, { expiryDate: '2026-12-05' });
    expect(await short(world)).toEqual([['L1', 'expiryDate', 14, 13]]);
    await ledger.alerts.acknowledge({ ...alert, lot: { item: 'MILK', code: 'L1' } });
    expect(await short(world)).toEqual([]);
    expect((await ledger.verify()).ok).toBe(true);
  });

  test('that a lot does not raise cannot be seen', async () => {
    const world = await watching();
    const { ledger } = world;
    const lot = await lotOf(world, 'MILK', 'L1', '5', { expiryDate: '2026-12-30' });
    for (const alert of [
      { date: 'expiryDate', days: 14 },
      { date: 'expiryDate', days: 5 },
      { date: 'removalDate', days: 14 },
    ] as const) {
      const see = () => ledger.alerts.acknowledge({ lot: lot.id, ...alert });
      await refused(world, see, { code: 'alert.notFound', kind: 'missing' });
    }
  });

  test('stands in pages, the most urgent first', async () => {
    const world = await watching();
    const { ledger } = world;
    const dates = ['2026-12-04', '2026-11-28', '2026-12-03', '2026-11-30', '2026-11-27', '2026-12-02'];
    for (const [i, expiryDate] of dates.entries()) await lotOf(world, 'MILK', `L${i}`, '1', { expiryDate });
    const lot = await ledger.lots.get({ item: 'MILK', code: 'L3' });
    await ledger.alerts.acknowledge({ lot: lot.id, date: 'expiryDate', days: 14 });
    const codes: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ledger.alerts.list({ limit: 2, ...(cursor ? { cursor } : {}) });
      codes.push(...page.items.map((each) => each.code));
      cursor = page.next;
    } while (cursor);
    expect(codes).toEqual(['L4', 'L1', 'L5', 'L2', 'L0']);
  });

  test('reads the lots that are due and no others', async () => {
    const world = await watching();
    for (let i = 0; i < 40; i++) {
      await lotOf(world, 'MILK', `FAR${i}`, '1', { expiryDate: '2028-01-01' });
    }
    const lot = await lotOf(world, 'MILK', 'NEAR', '1', { expiryDate: '2026-11-25' });
    const seen: string[] = [];
    await world.ledger.close();
    const store = await world.store.open(Object.values(tables), SCHEMA_VERSION);
    await store.read(async (snapshot) => {
      for (const index of ['dueExpiryDate', 'dueRetestDate']) {
        const due = await snapshot.range('lots', index, { prefix: ['milk'], to: '2026-12-01' });
        seen.push(...due.map((record) => record.id));
      }
    });
    expect(seen).toEqual([lot.id]);
  });
});
