/** Inspections of lots, and what the item's policy makes of them (R49, R50). */
import { describe, expect, test } from 'vitest';
import { dairy, lotOf, pharma, refused, type World } from './world.ts';

const row = (code: string, quantity = '1') => ({ item: 'MILK', quantity, lots: [{ code, quantity }] });

async function inspected(inspection: object, code = 'L1'): Promise<World & { readonly lot: string }> {
  const world = await dairy();
  await world.ledger.items.update('MILK', { lots: { inspection } });
  const { id } = await lotOf(world, 'MILK', code, '40');
  return { ...world, lot: id };
}

describe('R49 an inspection that is open with a failure', () => {
  test('holds back transfers until it is finished, sales for good', async () => {
    const world = await inspected({ intents: { transfer: 'finished', sale: 'passed' } });
    const { ledger, lot } = world;
    await world.post('UNL', row('L1'));
    const { id } = await ledger.inspections.open({ lot, inspector: 'Ada' });
    const noted = await ledger.inspections.record(id, { result: 'fail', note: 'too warm' });
    expect(noted).toMatchObject({
      result: 'fail',
      finished: false,
      lot: 'L1',
      lotId: lot,
      inspector: 'Ada',
      version: 2,
    });
    for (const template of ['UNL', 'TRA']) {
      await refused(world, () => world.post(template, row('L1')), {
        code: 'lot.notInspected',
        path: 'lines[0].lots[0].code',
        details: { inspection: 'open', reasons: ['inspection'] },
      });
    }
    await world.post('PRD', row('L1'));
    await world.post('SCR', row('L1'));
    await ledger.inspections.finish(id);
    await world.post('TRA', row('L1'));
    await refused(world, () => world.post('UNL', row('L1')), {
      code: 'lot.notInspected',
      details: { inspection: 'failed' },
    });
    // a template for unavailable lots takes it, as it takes an unavailable status
    await world.post('ANY', row('L1'));
    expect(await ledger.lots.get(lot)).toMatchObject({
      available: '0',
      inspection: { count: 1, open: 0, failed: 1, newest: { id, result: 'fail', finished: true } },
    });
    expect((await ledger.verify()).ok).toBe(true);
  });

  test('without a word of its own a sale asks for a pass, and what may not be sold is not available', async () => {
    const world = await inspected({ required: true });
    const { ledger, lot } = world;
    expect((await ledger.lots.get(lot)).available).toBe('0');
    await refused(world, () => world.post('UNL', row('L1')), {
      code: 'lot.notInspected',
      details: { inspection: 'missing' },
    });
    await world.post('TRA', row('L1', '5'));
    expect(await ledger.lots.allocate({ item: 'MILK', warehouse: 'SHOP', quantity: '1' })).toMatchObject({
      shortage: '1',
      skipped: [{ reason: 'inspection' }],
    });
    const { id } = await ledger.inspections.open({ lot: { item: 'MILK', code: 'L1' } });
    await ledger.inspections.finish(id, { result: 'pass' });
    expect(await ledger.lots.get(lot)).toMatchObject({ available: '35', onHand: '35' });
    await world.post('UNL', row('L1'));
  });
});

describe('R50 which inspection counts', () => {
  test('the newest: an older pass does not help an open one', async () => {
    const world = await inspected({ policy: 'newest' });
    const { ledger, lot } = world;
    const older = await ledger.inspections.open({ lot });
    await ledger.inspections.finish(older.id, { result: 'pass' });
    await world.post('UNL', row('L1'));
    const newer = await ledger.inspections.open({ lot });
    await refused(world, () => world.post('UNL', row('L1')), {
      code: 'lot.notInspected',
      details: { inspection: 'open' },
    });
    await ledger.inspections.finish(newer.id, { result: 'pass' });
    await world.post('UNL', row('L1'));
  });

  test('the newest by the day it was opened: one noted later for an earlier day does not count', async () => {
    const world = await inspected({ policy: 'newest' });
    const { ledger, lot } = world;
    const first = await ledger.inspections.open({ lot, openedAt: '2026-11-20' });
    const early = await ledger.inspections.open({ lot, openedAt: '2026-11-18' });
    const second = await ledger.inspections.open({ lot, openedAt: '2026-11-20' });
    await ledger.inspections.finish(early.id, { result: 'fail', finishedAt: '2026-11-19' });
    await ledger.inspections.finish(first.id, { result: 'fail' });
    expect((await ledger.lots.get(lot)).inspection).toMatchObject({
      count: 3,
      open: 1,
      failed: 2,
      newest: { id: second.id, finished: false },
    });
    await ledger.inspections.finish(second.id, { result: 'pass' });
    await world.post('UNL', row('L1'));
    const list = await ledger.inspections.list({ filter: { lotId: lot } });
    expect(list.items.map((each) => each.openedAt)).toEqual(['2026-11-20', '2026-11-20', '2026-11-18']);
    expect((await ledger.inspections.list({ filter: { lot: 'L1', finished: false } })).items).toEqual([]);
  });

  test('all: every one must be over, and passed', async () => {
    const world = await inspected({ policy: 'all', intents: { transfer: 'finished' } });
    const { ledger, lot } = world;
    const one = await ledger.inspections.open({ lot });
    const two = await ledger.inspections.open({ lot });
    await ledger.inspections.finish(two.id, { result: 'pass' });
    await refused(world, () => world.post('TRA', row('L1')), 'lot.notInspected');
    await ledger.inspections.finish(one.id, { result: 'fail' });
    await world.post('TRA', row('L1'));
    const three = await ledger.inspections.open({ lot });
    await ledger.inspections.finish(three.id, { result: 'pass' });
    await refused(world, () => world.post('UNL', row('L1')), {
      code: 'lot.notInspected',
      details: { inspection: 'failed' },
    });
  });
});

describe('an inspection', () => {
  test('is refused without a lot, after its end, without a result, tomorrow', async () => {
    const world = await inspected({});
    const { ledger, lot } = world;
    await refused(world, () => ledger.inspections.open({ lot: 'NONE' }), {
      code: 'lot.notFound',
      kind: 'missing',
    });
    await refused(
      world,
      () => ledger.inspections.open({ lot, openedAt: '2026-11-23' }),
      'posting.futureDate',
    );
    const { id } = await ledger.inspections.open({ lot, openedAt: '2026-11-20' });
    await refused(world, () => ledger.inspections.finish(id), { code: 'field.required', path: 'result' });
    await refused(
      world,
      () => ledger.inspections.finish(id, { result: 'pass', finishedAt: '2026-11-19' }),
      'field.range',
    );
    await refused(world, () => ledger.inspections.record(id, { note: 'x' }, { version: 7 }), {
      code: 'concurrency.stale',
      kind: 'conflict',
    });
    await ledger.inspections.finish(id, { result: 'pass' });
    await refused(world, () => ledger.inspections.record(id, { note: 'late' }), 'inspection.finished');
    await refused(world, () => ledger.inspections.get('NONE'), {
      code: 'inspection.notFound',
      kind: 'missing',
    });
    await refused(world, () => ledger.inspections.finish('NONE', { result: 'pass' }), {
      code: 'inspection.notFound',
      kind: 'missing',
    });
  });

  test('R121 stands in the history of its lot, with who and why', async () => {
    const world = await inspected({});
    const { ledger, lot } = world;
    const { id } = await ledger.inspections.open({ lot }, { reason: 'spot check', actor: 'ada' });
    await ledger.inspections.finish(id, { result: 'pass' });
    const { items } = await ledger.lots.history(lot);
    const opened = { count: 1, open: 1, failed: 0, newest: { id, result: null, finished: false } };
    const passed = { ...opened, open: 0, newest: { id, result: 'pass', finished: true } };
    expect(items).toMatchObject([
      { field: 'inspected', from: opened, to: passed, actor: 'maria' },
      { field: 'inspected', from: null, to: opened, actor: 'ada', reason: 'spot check' },
    ]);
  });

  test('R131 of a lot holds its serials too', async () => {
    const world = await pharma();
    const { ledger } = world;
    await ledger.items.update('VACCINE', { lots: { inspection: { required: true } } });
    const line = { item: 'VACCINE', quantity: '1', serials: [{ code: 'X1' }] };
    await world.post('LOA', { ...line, lots: [{ code: 'V1', quantity: '1' }] });
    expect((await ledger.serials.get({ item: 'VACCINE', code: 'X1' })).available).toBe('0');
    await refused(world, () => world.post('UNL', line), 'lot.notInspected');
    await refused(world, () => world.post('UNL', { ...line, serials: 'auto' }), 'lot.insufficient');
  });
});
