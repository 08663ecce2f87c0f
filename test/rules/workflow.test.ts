/** Steps of the workflow (R48), and statuses that planning does not see. */
import { describe, expect, test } from 'vitest';
import { caught, dairy, lotOf, pharma, refused, type World } from './world.ts';

async function flow(): Promise<World> {
  const world = await pharma();
  const { ledger } = world;
  await ledger.lotStatuses.create({ code: 'REJECTED', available: false, planning: false });
  const { create } = ledger.transitions;
  await create({ code: 'RELEASE', kind: 'lot', from: ['quarantine'], to: 'RELEASED', sellable: true });
  await create({
    code: 'REJECT',
    kind: 'lot',
    from: ['QUARANTINE', 'RELEASED'],
    to: 'REJECTED',
    sellable: false,
    closed: true,
  });
  await create({ code: 'REOPEN', kind: 'lot', from: ['REJECTED'], to: 'QUARANTINE', closed: false });
  await create({ code: 'FORGET', kind: 'lot', to: null });
  await create({ code: 'CANCEL', kind: 'serial', from: [null, 'RELEASED'], cancelled: true });
  return world;
}

const because = { reason: 'analysis 4711' };

describe('R48 a step of the workflow', () => {
  test('leads from some statuses to another, with what else it sets, and stands in the history', async () => {
    const world = await flow();
    const { ledger } = world;
    const lot = await lotOf(world, 'DRUG', 'D1', '10');
    const released = await ledger.lots.transition(lot.id, 'release', because);
    expect(released).toMatchObject({ status: 'RELEASED', available: '10', version: 2 });
    const rejected = await ledger.lots.transition({ item: 'DRUG', code: 'D1' }, 'REJECT', {
      reason: 'second analysis',
    });
    expect(rejected).toMatchObject({ status: 'REJECTED', sellable: false, closed: true, onHand: '0' });
    const { items } = await ledger.lots.history(lot.id);
    expect(items.map(({ field, from, to, reason }) => [field, from, to, reason])).toEqual(
      expect.arrayContaining([
        ['status', 'QUARANTINE', 'RELEASED', 'analysis 4711'],
        ['status', 'RELEASED', 'REJECTED', 'second analysis'],
        ['closed', false, true, 'second analysis'],
      ]),
    );
    expect(await ledger.lots.transition(lot.id, 'REOPEN', because)).toMatchObject({
      closed: false,
      status: 'QUARANTINE',
    });
    expect(await ledger.lots.transition(lot.id, 'FORGET', because)).toMatchObject({ status: null });
    expect((await ledger.verify()).ok).toBe(true);
  });

  test('needs a reason, a start it knows, and its own kind', async () => {
    const world = await flow();
    const { ledger } = world;
    const lot = await lotOf(world, 'DRUG', 'D1', '10');
    const step =
      (code: string, options: object = because) =>
      () =>
        ledger.lots.transition(lot.id, code, options);
    await refused(world, step('RELEASE', {}), { code: 'reason.required', path: 'reason' });
    await refused(world, step('RELEASE', { reason: '  ' }), 'reason.required');
    await refused(world, step('REOPEN'), {
      code: 'transition.notHere',
      path: 'transition',
      details: { status: 'QUARANTINE', from: ['REJECTED'] },
    });
    await refused(world, step('CANCEL'), 'transition.wrongKind');
    await refused(world, step('NONE'), { code: 'transition.notFound', path: 'transition' });
    await refused(world, step('RELEASE', { ...because, version: 9 }), {
      code: 'concurrency.stale',
      kind: 'conflict',
    });
  });

  test('needs the permission of its name, and no other', async () => {
    const world = await flow();
    const lot = await lotOf(world, 'DRUG', 'D1', '10');
    const clerk = await world.again({ permissions: ['transition.REJECT'] });
    const error = await caught(() => clerk.lots.transition(lot.id, 'RELEASE', because));
    expect(error).toMatchObject({
      code: 'permission.denied',
      kind: 'forbidden',
      details: { action: 'transition.RELEASE' },
    });
    expect(await clerk.can([{ action: 'transition.RELEASE' }, { action: 'transition.REJECT' }])).toEqual([
      false,
      true,
    ]);
    expect((await clerk.lots.transition(lot.id, 'REJECT', because)).status).toBe('REJECTED');
  });

  test('of a serial: cancelled', async () => {
    const world = await flow();
    const { ledger } = world;
    const serial = await ledger.serials.create({ item: 'RADIO', code: 'R1' });
    await ledger.settings.update({ workflowOnly: true });
    expect(await ledger.serials.transition(serial.id, 'CANCEL', because)).toMatchObject({
      cancelled: true,
      status: null,
    });
    await refused(
      world,
      () => ledger.serials.transition(serial.id, 'RELEASE', because),
      'transition.wrongKind',
    );
  });

  test('what does not exist or belongs to the other kind is refused when it is defined', async () => {
    const world = await flow();
    const { create, update, remove, get } = world.ledger.transitions;
    await refused(world, () => create({ code: 'X', kind: 'lot', to: 'NONE' }), {
      code: 'lotStatus.notFound',
      path: 'to',
    });
    await refused(world, () => create({ code: 'X', kind: 'lot', from: ['RELEASED', 'NONE'] }), {
      code: 'lotStatus.notFound',
      path: 'from[1]',
    });
    await refused(
      world,
      () => create({ code: 'X', kind: 'lot', from: ['released', 'RELEASED'] }),
      'field.repeated',
    );
    await refused(world, () => create({ code: 'X', kind: 'lot', cancelled: true }), {
      code: 'transition.wrongKind',
      path: 'cancelled',
    });
    await refused(world, () => create({ code: 'X', kind: 'serial', sellable: true }), 'transition.wrongKind');
    await refused(world, () => create({ code: 'reject', kind: 'lot' }), 'transition.duplicate');
    await refused(world, () => get('NONE'), { code: 'transition.notFound', kind: 'missing' });
    const lot = await lotOf(world, 'DRUG', 'D1', '10');
    await world.ledger.lots.transition(lot.id, 'RELEASE', because);
    await refused(world, () => remove('RELEASE'), 'transition.inUse');
    await refused(world, () => update('RELEASE', { kind: 'serial', sellable: null }), {
      code: 'transition.inUse',
      path: 'kind',
    });
    await remove('REOPEN');
    expect(await get('FORGET')).toMatchObject({ from: null, to: null, closed: null });
    expect('to' in (await get('CANCEL'))).toBe(false);
    await refused(world, () => world.ledger.lotStatuses.remove('REJECTED'), 'lotStatus.inUse');
  });
});

describe('R48 with workflowOnly', () => {
  test('direct edits of what the workflow owns are refused, of a lot and of a serial', async () => {
    const world = await flow();
    const { ledger } = world;
    const lot = await lotOf(world, 'DRUG', 'D1', '10');
    const serial = await ledger.serials.create({ item: 'RADIO', code: 'R1' });
    await ledger.settings.update({ workflowOnly: true });
    for (const patch of [{ status: 'RELEASED' }, { sellable: false }, { closed: true }]) {
      await refused(world, () => ledger.lots.update(lot.id, patch, because), {
        code: 'workflow.required',
        path: Object.keys(patch)[0] as string,
      });
    }
    for (const patch of [{ status: 'RELEASED' }, { cancelled: true }, { closed: true }, { reserved: true }]) {
      await refused(world, () => ledger.serials.update(serial.id, patch, because), {
        code: 'workflow.required',
        path: Object.keys(patch)[0] as string,
      });
    }
    await ledger.lots.update(lot.id, { description: 'still by hand', sellable: true });
    expect((await ledger.lots.transition(lot.id, 'RELEASE', because)).status).toBe('RELEASED');
  });
});

describe('the planning flag of a status', () => {
  test('R42 tells what planning sees, in the register and in stock', async () => {
    const world = await flow();
    const { ledger } = world;
    for (const code of ['D1', 'D2', 'D3']) await lotOf(world, 'DRUG', code, '4');
    const set = async (code: string, status: string | null) =>
      ledger.lots.update((await ledger.lots.get({ item: 'DRUG', code })).id, { status });
    await set('D2', 'REJECTED');
    await set('D3', null);
    const codes = async (planning: boolean) =>
      (await ledger.lots.list({ filter: { item: 'DRUG', planning } })).items.map((lot) => [
        lot.code,
        lot.planning,
      ]);
    expect(await codes(true)).toEqual([
      ['D1', true],
      ['D3', true],
    ]);
    expect(await codes(false)).toEqual([['D2', false]]);
    expect((await ledger.items.stock('DRUG')).map(({ lot, planning }) => [lot, planning])).toEqual([
      ['D1', undefined],
      ['D2', false],
      ['D3', undefined],
    ]);
  });
});

test('R32 an expiry edited after shipping needs a reason; audit holds both, the paper keeps its own', async () => {
  const world = await dairy();
  const { ledger } = world;
  const lot = await lotOf(world, 'MILK', 'L1', '30', { expiryDate: '2027-03-09' });
  const party = { kind: 'customer', code: 'C1' } as const;
  const line = { item: 'MILK', quantity: '11', lots: [{ code: 'L1', quantity: '11' }] };
  const sold = await world.post('UNL', line, { party });
  await refused(world, () => ledger.lots.update(lot.id, { expiryDate: '2027-02-01' }), 'reason.required');
  await ledger.lots.update(
    lot.id,
    { expiryDate: '2027-02-01' },
    { reason: 'supplier’s correction', source: 'api' },
  );
  const again = await world.post('UNL', line, { party });
  const printed = async (id: string) => (await ledger.postings.get(id)).lines[0]?.lots[0]?.expiryDate;
  expect([await printed(sold.id), await printed(again.id)]).toEqual(['2027-03-09', '2027-02-01']);
  expect((await ledger.lots.history(lot.id)).items[0]).toMatchObject({
    field: 'expiryDate',
    from: '2027-03-09',
    to: '2027-02-01',
    actor: 'maria',
    reason: 'supplier’s correction',
    source: 'api',
  });
  expect((await ledger.verify()).ok).toBe(true);
});
