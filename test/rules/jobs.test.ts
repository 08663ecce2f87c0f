/** Mass changes as jobs: frozen, done once each, gone on with by anybody, with what came of each. */
import { describe, expect, it } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { changeId } from '../../src/core/rules/jobs.ts';
import { plant } from './plant.ts';
import { twisted } from './stores.ts';
import { caught, dairy, electronics, lotOf, pharma, refused, type World } from './world.ts';

/** A hundred and fifty lots of milk, of two suppliers by turns. */
async function shelf(world: World, count = 150): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const supplier = i % 2 === 0 ? 'FARM' : 'COOP';
    const made = await world.ledger.lots.create({ item: 'MILK', code: `M${i}`, supplier });
    ids.push(made.id);
  }
  return ids;
}

describe('a change of many lots', () => {
  it('R137 is frozen when it starts, and each lot is changed once with its reason and history', async () => {
    const world = await dairy();
    const { ledger } = world;
    await shelf(world);
    const farm = { supplier: 'FARM' };
    const job = await ledger.jobs.start(
      { command: 'lots.update', filter: farm, patch: { expiryDate: '2027-01-31' } },
      { reason: 'Re-tested', actor: 'quality' },
    );
    expect(job).toMatchObject({ size: 75, actor: 'quality', counts: { done: 0, refused: 0, pending: 75 } });
    const late = await ledger.lots.create({ item: 'MILK', code: 'LATE', supplier: 'FARM' });
    const heard: number[] = [];
    const state = await ledger.jobs.run(job.id, { onProgress: ({ done }) => heard.push(done), source: 'ui' });
    expect(state.counts).toEqual({ total: 75, done: 75, refused: 0, pending: 0 });
    expect(heard).toEqual([64, 75]);
    const changed = await ledger.lots.list({ filter: { expiryDate: '2027-01-31' }, total: true });
    expect(changed.total).toBe(75);
    expect((await ledger.lots.get(late.id)).expiryDate).not.toBe('2027-01-31');
    const lot = await ledger.lots.get('M4');
    const { items } = await ledger.lots.history(lot.id, { field: 'expiryDate' });
    expect(items).toMatchObject([{ to: '2027-01-31', actor: 'maria', reason: 'Re-tested', source: 'ui' }]);
    const { seq } = ledger.status();
    await ledger.jobs.run(job.id);
    expect(ledger.status().seq).toBe(seq);
    expect((await ledger.verify()).ok).toBe(true);
  });

  it('R137 that stopped half-way is gone on with by another client, without doing anything twice', async () => {
    const world = await dairy();
    await shelf(world);
    const filter = { item: 'MILK' };
    const job = await world.ledger.jobs.start(
      { command: 'lots.update', filter, patch: { sellable: false } },
      { reason: 'Held' },
    );
    const stop = new AbortController();
    await world.ledger.jobs.run(job.id, { signal: stop.signal, onProgress: () => stop.abort() });
    expect((await world.ledger.jobs.get(job.id)).counts).toMatchObject({ done: 64, pending: 86 });
    const other = await world.again({ actor: 'ugo' });
    const [first, second] = await Promise.all([other.jobs.run(job.id), world.ledger.jobs.run(job.id)]);
    expect(first.counts).toMatchObject({ done: 150, pending: 0 });
    expect(second.counts).toMatchObject({ done: 150, pending: 0 });
    for (const code of ['M0', 'M70', 'M149']) {
      const lot = await other.lots.get(code);
      expect([lot.sellable, lot.version]).toEqual([false, 2]);
    }
    expect((await other.verify()).ok).toBe(true);
  });

  it('R137 whose store dies in the middle is gone on with after it is opened again', async () => {
    const store = memory();
    let left = Number.POSITIVE_INFINITY;
    const flaky = twisted(store, {
      async commit(_batch, go) {
        if (left-- > 0) return go();
        throw new Error('the line is dead');
      },
    });
    const world = await dairy({ store: flaky });
    const ids = await shelf(world, 100);
    const job = await world.ledger.jobs.start(
      { command: 'lots.update', ids, patch: { notes: 'Checked' } },
      { commandId: 'spring-check' },
    );
    expect(job.id).toBe('spring-check.0');
    left = 1;
    await expect(world.ledger.jobs.run(job.id)).rejects.toThrow();
    left = Number.POSITIVE_INFINITY;
    const again = await dairyOver(store);
    const { counts } = await again.jobs.get(job.id);
    expect([counts.done, counts.pending]).toEqual([64, 36]);
    const todo = await again.jobs.results(job.id, { outcome: 'pending', limit: 30 });
    expect([todo.items.length, todo.items[0]?.n, todo.next === undefined]).toEqual([30, 64, false]);
    expect((await again.jobs.run(job.id)).counts.done).toBe(100);
    const lots = await again.lots.list({ filter: { item: 'MILK' }, limit: 500 });
    expect(lots.items.map((lot) => lot.version)).toEqual(lots.items.map(() => 2));
    expect((await again.verify()).ok).toBe(true);
  });

  it('R137 says of each lot what became of it, and tries again what was refused', async () => {
    const world = await dairy({ settings: {} });
    const { ledger } = world;
    const ids = await shelf(world, 6);
    await ledger.lots.remove(ids[1] as string);
    const start = '2026-11-22';
    await ledger.lots.update(ids[2] as string, { startDate: '2027-06-01', expiryDate: '2027-07-01' });
    const job = await ledger.jobs.start({
      command: 'lots.update',
      ids: [...ids, ids[0] as string],
      except: [ids[5] as string],
      patch: { expiryDate: '2027-02-01' },
    });
    expect((await ledger.jobs.run(job.id)).counts).toEqual({ total: 5, done: 3, refused: 2, pending: 0 });
    const { items } = await ledger.jobs.results(job.id);
    expect(items.map(({ code, outcome, problem }) => [code, outcome, problem?.code ?? null])).toEqual([
      ['M0', 'done', null],
      [null, 'refused', 'lot.notFound'],
      ['M2', 'refused', 'lot.expiryBeforeStart'],
      ['M3', 'done', null],
      ['M4', 'done', null],
    ]);
    await ledger.lots.update(ids[2] as string, { startDate: start });
    const again = await ledger.jobs.retry(job.id);
    expect(again.size).toBe(2);
    expect((await ledger.jobs.run(again.id)).counts).toMatchObject({ done: 1, refused: 1 });
    expect((await ledger.lots.get('M2')).expiryDate).toBe('2027-02-01');
    expect((await ledger.jobs.list()).items.map((each) => each.id)).toEqual([again.id, job.id]);
    await refused(world, () => ledger.jobs.start({ command: 'lots.update', ids: [], patch: {} }), {
      code: 'job.empty',
      path: 'targets',
    });
    const done = await ledger.jobs.start({ command: 'lots.update', ids: ['none'], patch: { notes: 'x' } });
    await refused(world, () => ledger.jobs.retry(done.id), 'job.empty');
  });

  it('R137 takes what a register asks: filters, search, all but some; what was refused is tried again', async () => {
    const world = await dairy();
    const { ledger } = world;
    await shelf(world, 12);
    for (const code of ['M0', 'M2', 'M4', 'M6', 'M8']) {
      const { id } = await ledger.lots.get(code);
      await ledger.lots.update(id, { attributes: { shelf: code === 'M8' ? 'low' : 'top' }, notes: 'Kept' });
    }
    const filter = {
      supplier: { like: 'f%' },
      'attributes.shelf': 'top',
      blocked: false,
      onHand: 0,
    } as const;
    const search = 'milk';
    const meant = await ledger.lots.list({ filter, search, total: true });
    expect(meant.items.map(({ code }) => code)).toEqual(['M0', 'M2', 'M4', 'M6']);
    const except = [meant.items[1]?.id ?? ''];
    // one of them cannot end before it begins
    const { id: stuck } = await ledger.lots.get('M4');
    const later = { startDate: '2027-06-01', expiryDate: '2027-07-01' };
    await ledger.lots.update(stuck, later);
    const patch = { expiryDate: '2027-02-01' };
    const job = await ledger.jobs.start(
      { command: 'lots.update', filter, search, except, patch },
      { reason: 'Count' },
    );
    expect((await ledger.jobs.run(job.id)).counts).toEqual({ total: 3, done: 2, refused: 1, pending: 0 });
    await ledger.lots.update(stuck, { startDate: '2026-11-01' });
    const again = await ledger.jobs.retry(job.id);
    expect(again).toMatchObject({ size: 1, reason: 'Count', patch });
    expect((await ledger.jobs.run(again.id)).counts).toEqual({ total: 1, done: 1, refused: 0, pending: 0 });
    // the first job still says what became of it
    expect((await ledger.jobs.get(job.id)).counts).toMatchObject({ done: 2, refused: 1 });
    const dated = await ledger.lots.list({ filter: { expiryDate: '2027-02-01' } });
    expect(dated.items.map(({ code }) => code)).toEqual(['M0', 'M4', 'M6']);
    expect((await caught(() => ledger.jobs.retry(again.id))).code).toBe('job.empty');
    const wrong = { command: 'lots.update', filter: { colour: 'red' }, patch } as const;
    expect((await caught(() => ledger.jobs.start(wrong))).path).toBe('filter.colour');
  });

  it('R137 refuses at once what no lot could take, and what names nothing', async () => {
    const world = await dairy();
    const start = (input: object) => () => world.ledger.jobs.start(input as never);
    await refused(world, start({ command: 'lots.update', ids: ['x'], patch: { expiryDate: '31.1.2027' } }), {
      code: 'date.invalid',
      path: 'patch.expiryDate',
      kind: 'invalid',
    });
    await refused(world, start({ command: 'lots.update', ids: ['x'], patch: { colour: 'red' } }), {
      code: 'field.unknown',
      path: 'patch.colour',
      kind: 'invalid',
    });
    // a patch that names a lot itself would change that one over and over
    const step = { transition: 'FREE', id: 'other' };
    await refused(world, start({ command: 'lots.transition', ids: ['x'], patch: step }), {
      code: 'field.unknown',
      path: 'patch.id',
      kind: 'invalid',
    });
    await refused(world, start({ command: 'lots.remove', ids: ['x'], patch: {} }), {
      code: 'field.type',
      kind: 'invalid',
    });
    await refused(world, start({ command: 'lots.update', patch: {} }), {
      code: 'field.required',
      path: 'filter',
      kind: 'invalid',
    });
    expect((await caught(() => world.ledger.jobs.run('none'))).code).toBe('job.notFound');
  });

  it.each([
    ['a filter that is null', { filter: null }, 'field.type', 'filter'],
    ['one that is null, with a search', { filter: null, search: 'M' }, 'field.type', 'filter'],
    ['no filter', { filter: undefined }, 'field.required', 'filter'],
    ['no filter, and a blank search', { search: ' ' }, 'field.required', 'filter'],
    ['no filter, and a search that is null', { search: null }, 'field.required', 'filter'],
    ['an undefined field', { filter: { item: undefined } }, 'field.required', 'filter.item'],
    [
      'an undefined field beside another one',
      { filter: { item: 'MILK', supplier: undefined } },
      'field.required',
      'filter.supplier',
    ],
    ['an empty comparison', { filter: { item: {} } }, 'field.required', 'filter.item'],
    ['a comparison with undefined', { filter: { item: { in: undefined } } }, 'field.required', 'filter.item'],
    ['a name that is lost', { filter: JSON.parse('{"__proto__":1}') }, 'field.unknown', 'filter.__proto__'],
  ] as const)('R137 takes %s for a mistake, not for all lots', async (_what, asked, code, path) => {
    const world = await dairy();
    await shelf(world, 3);
    const input = { command: 'lots.update', patch: { notes: 'x' }, ...asked } as never;
    await refused(world, () => world.ledger.jobs.start(input), { code, path, kind: 'invalid' });
  });

  it('R137 takes all lots when the filter is empty and says so by itself', async () => {
    const world = await dairy();
    await shelf(world, 3);
    const job = await world.ledger.jobs.start({ command: 'lots.update', filter: {}, patch: { notes: 'x' } });
    expect(job.size).toBe(3);
  });

  it('R137 leaves pending what the actor may not change, for somebody who may', async () => {
    const world = await pharma();
    const lot = await lotOf(world, 'DRUG', 'D1', '5');
    const patch = { status: 'RELEASED' };
    const job = await world.ledger.jobs.start({ command: 'lots.update', ids: [lot.id], patch });
    const trainee = await world.again({ actor: 'trainee', permissions: [] });
    expect((await trainee.jobs.run(job.id)).counts).toMatchObject({ done: 0, refused: 0, pending: 1 });
    const chief = await world.again({ actor: 'chief', permissions: ['status.change'] });
    expect((await chief.jobs.run(job.id)).counts).toMatchObject({ done: 1, pending: 0 });
    expect((await chief.lots.get(lot.id)).status).toBe('RELEASED');
  });

  it('R137 goes for pieces as well, and for steps of the workflow', async () => {
    const world = await electronics();
    const { ledger } = world;
    await ledger.lotStatuses.create({ code: 'OK' });
    await ledger.transitions.create({ code: 'PASS', kind: 'serial', to: 'OK' });
    for (const code of ['R1', 'R2', 'R3']) await ledger.serials.create({ item: 'RADIO', code });
    const chief = await world.again({ actor: 'chief', permissions: ['transition.PASS'] });
    const step = await chief.jobs.start(
      { command: 'serials.transition', filter: {}, patch: { transition: 'PASS' } },
      { reason: 'Tested' },
    );
    expect((await chief.jobs.run(step.id)).counts.done).toBe(3);
    expect((await ledger.serials.list({ filter: { status: 'OK' } })).items).toHaveLength(3);
    const edit = { command: 'serials.update', search: 'r2', patch: { customerSerial: 'C-1' } } as const;
    const job = await ledger.jobs.start(edit);
    await ledger.jobs.run(job.id);
    expect((await ledger.serials.get('R2')).customerSerial).toBe('C-1');
    expect((await ledger.serials.get('R1')).customerSerial).toBeNull();
  });

  it('R137 takes in what was made of the lots, as it stands when the job starts', async () => {
    const world = await plant();
    const { ledger } = world;
    const ids: Record<string, string> = {};
    for (const code of ['A', 'B', 'C']) ids[code] = await world.receive('MILK', code, '30');
    await world.make({ A: '10', B: '5' }, { MIX: ['BLEND', '12'] });
    await world.make({ MIX: '4' }, { WHEY: ['CURD', '2'] });
    const wrong = await world.make({ A: '1' }, { WRONG: ['BLEND', '1'] });
    await ledger.postings.reverse(wrong.id, { date: '2026-11-22', reason: 'Never made' });
    const job = await ledger.jobs.start(
      { command: 'lots.update', ids: [ids.A as string], patch: { notes: 'Farm 7' }, descendants: true },
      { reason: 'Complaint' },
    );
    await world.make({ MIX: '2' }, { LATER: ['CURD', '1'] });
    expect((await ledger.jobs.run(job.id)).counts.done).toBe(3);
    const told = await ledger.jobs.results(job.id);
    expect(told.items.map((each) => each.code)).toEqual(['A', 'MIX', 'WHEY']);
    for (const code of ['B', 'C', 'WRONG', 'LATER']) expect((await ledger.lots.get(code)).notes).toBeNull();
  });

  it('R137 reports the reservations that can no longer be kept, lot by lot', async () => {
    const world = await dairy();
    const { ledger } = world;
    for (const code of ['A', 'B', 'C']) await lotOf(world, 'MILK', code, '10', { expiryDate: '2027-03-31' });
    const document = { type: 'salesOrder', number: 'SO-1' } as const;
    const line = { item: 'MILK', warehouse: 'SHOP', quantity: '4', needDate: '2027-02-10' };
    const reserve = (code: string) =>
      ledger.reservations.commit({ document, lines: [{ ...line, lots: [{ code, quantity: '4' }] }] });
    await reserve('A');
    await reserve('C');
    const job = await ledger.jobs.start(
      {
        command: 'lots.update',
        filter: { code: { in: ['A', 'B'] } },
        patch: { expiryDate: '2027-01-15' },
      },
      { reason: 'Shorter life' },
    );
    expect((await ledger.jobs.results(job.id, { failing: true })).items).toEqual([]);
    await ledger.jobs.run(job.id);
    const { items } = await ledger.jobs.results(job.id);
    expect(items.map((each) => [each.code, each.outcome, each.failing.length])).toEqual([
      ['A', 'done', 1],
      ['B', 'done', 0],
    ]);
    const failing = await ledger.jobs.results(job.id, { failing: true });
    expect(failing.items.map((each) => each.failing)).toEqual([
      [
        {
          id: expect.any(String),
          document,
          quantity: '4',
          needDate: '2027-02-10',
          reasons: ['lot.expired'],
        },
      ],
    ]);
  });

  it('R137 reports the reserved pieces that can no longer be had', async () => {
    const world = await electronics();
    const { ledger, post } = world;
    const serials = ['R1', 'R2'].map((code) => ({ code }));
    await post('LOA', { item: 'RADIO', quantity: '2', serials });
    await ledger.lotStatuses.create({ code: 'BROKEN', available: false });
    const document = { type: 'salesOrder', number: 'SO-2' } as const;
    const line = { item: 'RADIO', warehouse: 'SHOP', quantity: '1', serials: ['R2'] };
    await ledger.reservations.commit({ document, lines: [line] });
    const edit = { command: 'serials.update', filter: {}, patch: { status: 'BROKEN' } } as const;
    const job = await ledger.jobs.start(edit, { reason: 'Flood' });
    await ledger.jobs.run(job.id);
    const { items } = await ledger.jobs.results(job.id, { failing: true });
    expect(items.map((each) => [each.code, each.failing[0]?.quantity, each.failing[0]?.document])).toEqual([
      ['R2', '1', document],
    ]);
  });

  it('R137 gives every change an id of its own that fits, however long the id of the job is', () => {
    const long = `${'x'.repeat(64)}.0`;
    const ids = [changeId('job.0', 3), changeId(long, 3), changeId(long, 99_999), changeId(`${long}1`, 3)];
    expect(ids[0]).toBe('job.0:3');
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[\x21-\x7e]{1,64}$/);
    expect(changeId(long, 3)).toBe(ids[1]);
  });
});

/** The same dairy's ledger, opened by somebody else. */
async function dairyOver(store: ReturnType<typeof memory>) {
  const { openLedger } = await import('../../src/core/index.ts');
  return openLedger(store, {
    actor: 'ugo',
    timeZone: 'Europe/Rome',
    now: () => new Date('2026-11-23T09:00:00Z'),
  });
}
