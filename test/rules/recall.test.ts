/** Recalls: what is covered and blocked, what is told while they run, what they end with. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Plant, plant } from './plant.ts';
import { back, customer, returning } from './returning.ts';
import { transforming } from './transforming.ts';
import { caught, electronics, refused } from './world.ts';

const covered = (recall: { scope: readonly { code: string }[] }): string[] =>
  recall.scope.map((row) => row.code).sort();

/** Raw milk R1 into F1 and F2, F1 into G1; R9 apart from them. */
async function made(): Promise<Plant> {
  const world = await plant();
  await world.receive('MILK', 'R1', '100', {}, { supplierLot: 'T-5' });
  await world.receive('MILK', 'R9', '100');
  await world.make({ R1: '40' }, { F1: ['CURD', '20'] });
  await world.make({ R1: '10' }, { F2: ['CURD', '5'] });
  await world.make({ F1: '8' }, { G1: ['BLEND', '8'] });
  return world;
}

test('R52 everything made of it is covered and blocked; what puts stock right or away still may', async () => {
  const world = await made();
  const { ledger } = world;
  const recall = await ledger.recalls.open({
    reason: 'Glass',
    lots: [{ item: 'MILK', code: 'R1' }],
    class: 'I',
  });
  expect(recall).toMatchObject({ code: 'RC-2026-001', state: 'open', class: 'I', reason: 'Glass' });
  expect(covered(recall)).toEqual(['F1', 'F2', 'G1', 'R1']);
  expect(recall.scope.every((row) => row.blocked)).toBe(true);
  for (const code of ['R1', 'F1', 'G1']) {
    await refused(world, () => world.ship(code, '1', 'C1'), { code: 'lot.recalled', details: { code } });
  }
  await refused(world, () => world.make({ F2: '1' }, { H: ['BLEND', '1'] }), 'lot.recalled');
  expect((await ledger.lots.get(await world.id('F1'))).available).toBe('0');
  await world.ship('R9', '1', 'C1');
  await world.post('SCR', { item: 'CURD', quantity: '2', lots: [{ code: 'F1', quantity: '2' }] });
  const after = await ledger.recalls.get(recall.code);
  expect(after.scope.find((row) => row.code === 'F1')?.onHand).toBe('10');
  expect((await ledger.verify()).ok).toBe(true);
});

test('R52 open reservations of it are released and named; new ones are refused', async () => {
  const world = await made();
  const { ledger } = world;
  const reserve = (code: string, quantity: string) =>
    ledger.reservations.commit({
      document: { type: 'salesOrder', number: 'SO-1' },
      lines: [{ item: 'CURD', warehouse: 'SHOP', quantity, lots: [{ code, quantity }] }],
    });
  await reserve('F1', '3');
  await reserve('F2', '2');
  const recall = await ledger.recalls.open({ reason: 'Glass', lots: [{ item: 'MILK', code: 'R1' }] });
  expect(recall.releasedReservations).toHaveLength(2);
  expect((await ledger.lots.get(await world.id('F1'))).reserved).toBe('0');
  await refused(world, () => reserve('F1', '1'), 'lot.recalled');
});

test('R53 stock without lots cannot be recalled, nor nothing at all', async () => {
  const world = await made();
  const open = (what: object) => () => world.ledger.recalls.open({ reason: 'Glass', ...what });
  await refused(world, open({ lots: ['i:salt'] }), { code: 'recall.untracked', path: 'lots[0]' });
  await refused(world, open({ lots: [''] }), { code: 'recall.untracked', path: 'lots[0]' });
  await refused(world, open({}), { code: 'field.required', path: 'lots' });
  await refused(world, open({ supplierLot: { supplierLot: ' ' } }), {
    code: 'field.required',
    path: 'supplierLot.supplierLot',
    kind: 'invalid',
  });
  await refused(world, open({ lots: ['none'] }), { code: 'lot.notFound', path: 'lots[0]' });
  const lots = [await world.id('R1')];
  await refused(world, () => world.ledger.recalls.open({ reason: ' ', lots }), 'field.required');
  await world.ledger.recalls.open({ code: 'X-1', reason: 'Glass', lots });
  await refused(world, open({ code: 'x-1', lots }), { code: 'recall.duplicate', path: 'code' });
});

test('R52 a supplier’s lot: everything received under it, and what arrives while it is open', async () => {
  const world = await made();
  const { ledger } = world;
  await world.receive(
    'MILK',
    'R2',
    '50',
    { party: { kind: 'supplier', code: 'OTHER' } },
    { supplierLot: 'T-5' },
  );
  const supplierLot = { supplierLot: 't-5', supplier: 'farm' };
  const recall = await ledger.recalls.open({ reason: 'Aflatoxin', supplierLot });
  expect(covered(recall)).toEqual(['F1', 'F2', 'G1', 'R1']);
  await world.receive('MILK', 'R3', '50', {}, { supplierLot: 'T-5' });
  await world.receive('MILK', 'R4', '50', {}, { supplierLot: 'T-50' });
  const later = await ledger.recalls.get(recall.id);
  expect(later.scope.filter((row) => row.late)).toMatchObject([{ code: 'R3', origin: true, blocked: true }]);
  await refused(world, () => world.ship('R3', '1', 'C1'), 'lot.recalled');
  await ledger.recalls.close(recall.id, { free: 'all' });
  await world.receive('MILK', 'R5', '50', {}, { supplierLot: 'T-5' });
  await world.ship('R5', '1', 'C1');
  await world.ship('R3', '1', 'C1');
});

test('R52 a lot in two recalls is free when both let it go', async () => {
  const world = await made();
  const { ledger } = world;
  const first = await ledger.recalls.open({ reason: 'Glass', lots: [{ item: 'MILK', code: 'R1' }] });
  const second = await ledger.recalls.open({ reason: 'Metal', lots: [{ item: 'CURD', code: 'F1' }] });
  expect([second.code, covered(second)]).toEqual(['RC-2026-002', ['F1', 'G1']]);
  await ledger.recalls.close(first.id, { free: 'all' });
  await world.ship('F2', '1', 'C1');
  for (const code of ['F1', 'G1']) {
    expect((await caught(() => world.ship(code, '1', 'C1'))).code).toBe('lot.recalled');
  }
  await ledger.recalls.close(second.id, { free: [await world.id('G1')] });
  await world.ship('G1', '1', 'C1');
  await refused(world, () => world.ship('F1', '1', 'C1'), 'lot.recalled');
  expect((await ledger.verify()).ok).toBe(true);
});

test('R104 R111 who got it, who was told, what came back: to the last figure', async () => {
  const world = await made();
  await returning(world);
  const { ledger, clock } = world;
  const lots = [{ item: 'MILK', code: 'R1' }];
  const direct = await world.ship('R1', '12', 'C1');
  await world.ship('F1', '6', 'C2');
  await world.ship('G1', '4', 'C2');
  clock.time = '2026-11-22T10:00:00Z';
  const { id } = await ledger.recalls.open({ reason: 'Glass', lots });
  await ledger.recalls.notify(id, {
    party: { kind: 'customer', code: 'c2', name: 'Second Ltd' },
    how: 'telephone',
  });
  await world.post('RET', back(direct, 'MILK', 'R1', '5'), customer('C1'));
  const lot = await world.id('F1');
  await ledger.recalls.recover(id, {
    party: { kind: 'customer', code: 'C2' },
    lot,
    quantity: '6',
    how: 'destroyed',
  });
  clock.time = '2026-11-22T13:30:00Z';
  const recall = await ledger.recalls.get(id);
  expect(
    recall.parties.map(({ party, direct: own, indirect, notified, recovered }) => [
      party.code,
      party.name,
      own,
      indirect,
      notified,
      recovered,
    ]),
  ).toEqual([
    ['C1', null, true, false, false, false],
    ['C2', 'Second Ltd', false, true, true, false],
  ]);
  expect(recall.parties[0]?.deliveries).toMatchObject([
    { code: 'R1', sent: '12', returned: '5', returnedSince: '5', recovered: '5', direct: true },
  ]);
  expect(recall.figures).toEqual({
    traceCompleteness: 100,
    located: 100,
    notified: 50,
    recovered: 50,
    elapsedMs: 3.5 * 3_600_000,
  });
  const raw = recall.balances.lots.find((each) => each.code === 'R1');
  expect(raw).toMatchObject({
    received: '100',
    customerReturns: '5',
    consumed: '50',
    shipped: '12',
    difference: '0',
  });
  expect(recall.balances.items.map(({ item, percent }) => [item, percent])).toEqual([
    ['MILK', 100],
    ['CURD', 100],
    ['BLEND', 100],
  ]);
  // what is still out; C2's destroyed pieces are no longer
  expect(
    recall.gaps.map(({ what, party, code, quantity }) => `${what} ${party?.code} ${quantity} ${code}`),
  ).toEqual(
    recall.parties.flatMap(({ party, deliveries }) =>
      deliveries
        .filter(({ out }) => out !== '0')
        .map(({ code, out }) => `unrecovered ${party.code} ${out} ${code}`),
    ),
  );
  expect(recall.gaps.map(({ party }) => party?.code)).toEqual(['C1', 'C2']);
  const page = await ledger.recalls.parties(id, { limit: 1 });
  const rest = await ledger.recalls.parties(id, { limit: 1, cursor: page.next ?? '' });
  expect([page.total, page.items[0]?.party.code, rest.items[0]?.party.code, rest.next]).toEqual([
    2,
    'C1',
    'C2',
    undefined,
  ]);
});

test('R104 what the trail does not tell is a gap', async () => {
  const world = await plant();
  const { ledger } = world;
  await world.post('LOA', { item: 'MILK', quantity: '10', lots: [{ code: 'R1', quantity: '10' }] });
  await world.post('UNL', { item: 'MILK', quantity: '4', lots: [{ code: 'R1', quantity: '4' }] });
  await world.post('ANY', { item: 'MILK', quantity: '1', lots: [{ code: 'R1', quantity: '1' }] });
  const recall = await ledger.recalls.open({ reason: 'Glass', lots: [{ item: 'MILK', code: 'R1' }] });
  expect(recall.gaps.map(({ what, quantity }) => `${what} ${quantity}`)).toEqual([
    'supplier 10',
    'document 10',
    'party 4',
    'document 4',
    'difference 1',
  ]);
  expect(recall.figures).toMatchObject({ traceCompleteness: 0, located: 50, notified: null });
});

test('R52 closing leaves evidence: its text and hash are in the journal, and it names nobody', async () => {
  const world = await made();
  const { ledger } = world;
  await world.ship('F1', '6', 'C2', { party: { kind: 'customer', code: 'C2', name: 'Giovanna Bianchi' } });
  const lots = [{ item: 'MILK', code: 'R1' }];
  const { id } = await ledger.recalls.open({ reason: 'Glass', lots });
  await refused(world, () => ledger.recalls.evidence(id), 'recall.stillOpen');
  const closed = await ledger.recalls.close(id);
  const evidence = await ledger.recalls.evidence(id);
  expect(closed).toMatchObject({ state: 'closed', evidenceHash: evidence.hash });
  expect(evidence.hash).toBe(createHash('sha256').update(evidence.text).digest('hex'));
  expect(evidence.intact).toBe(true);
  expect(evidence.text).not.toContain('Bianchi');
  const told = JSON.parse(evidence.text);
  expect(told.scope.map((row: { code: string }) => row.code).sort()).toEqual(['F1', 'F2', 'G1', 'R1']);
  expect(told.parties[0].party).toEqual({ kind: 'customer', code: 'C2' });
  await refused(world, () => ledger.recalls.close(id), 'recall.closed');
  const notice = { party: { kind: 'customer', code: 'C1' } } as const;
  await refused(world, () => ledger.recalls.notify(id, notice), 'recall.closed');
  await refused(world, () => world.ship('F1', '1', 'C1'), 'lot.recalled');
  expect((await ledger.recalls.list({ filter: { state: 'closed' } })).items).toHaveLength(1);
  expect((await ledger.verify()).ok).toBe(true);
});

test('R52 what was recalled is freed lot by lot, also after the case was closed, with a reason', async () => {
  const world = await made();
  const { ledger } = world;
  const { id } = await ledger.recalls.open({ reason: 'Glass', lots: [{ item: 'MILK', code: 'R1' }] });
  const [r1, f1] = [await world.id('R1'), await world.id('F1')];
  await refused(world, () => ledger.recalls.free(id, [r1], {}), 'reason.required');
  await refused(world, () => ledger.recalls.free(id, [r1, 'nothing'], { reason: 'Clean' }), {
    code: 'recall.notCovered',
    path: 'free[1]',
  });
  const open = await ledger.recalls.free(id, [f1], { reason: 'Laboratory 9: clean' });
  expect(open.scope.filter(({ freed }) => freed).map(({ code }) => code)).toEqual(['F1']);
  await world.ship('F1', '1', 'C1');
  await ledger.recalls.close(id);
  const other = await ledger.recalls.open({ reason: 'Smell', lots: [{ item: 'MILK', code: 'R1' }] });
  await ledger.recalls.free(id, 'all', { reason: 'Over' });
  // the other case goes on holding it
  expect((await ledger.lots.get(r1)).recall).toBe(other.code);
  await ledger.recalls.free(other.id, 'all', { reason: 'Over' });
  expect((await ledger.lots.get(r1)).recall).toBe(null);
  const [change] = (await ledger.lots.history(r1, { field: 'recall' })).items;
  expect(change).toMatchObject({ to: null, reason: 'Over' });
  const clerk = await world.again({ permissions: ['recall.open'] });
  expect(await caught(() => clerk.recalls.free(id, 'all', { reason: 'Over' }))).toMatchObject({
    code: 'permission.denied',
    details: { action: 'recall.close' },
  });
  expect((await ledger.verify()).ok).toBe(true);
});

test('R52 opening and closing have permissions of their own', async () => {
  const world = await made();
  const lots = [{ item: 'MILK', code: 'R1' }];
  const clerk = await world.again({ permissions: ['document.view'] });
  const denied = await caught(() => clerk.recalls.open({ reason: 'Glass', lots }));
  expect(denied).toMatchObject({ code: 'permission.denied', details: { action: 'recall.open' } });
  const { id } = await world.ledger.recalls.open({ reason: 'Glass', lots });
  const again = await caught(() => clerk.recalls.close(id));
  expect(again).toMatchObject({ code: 'permission.denied', details: { action: 'recall.close' } });
  const blind = await world.again({ permissions: [] });
  expect(await blind.recalls.get(id)).toMatchObject({ restricted: true, parties: [] });
});

test('R52 what is told must be of the recall', async () => {
  const world = await made();
  const { ledger } = world;
  const { id } = await ledger.recalls.open({ reason: 'Glass', lots: [{ item: 'CURD', code: 'F1' }] });
  const other = { lot: await world.id('R9'), quantity: '1', how: 'held' } as const;
  await refused(world, () => ledger.recalls.recover(id, other), { code: 'recall.notCovered', path: 'lot' });
  const own = { lot: await world.id('F1'), how: 'held' } as const;
  await refused(world, () => ledger.recalls.recover(id, own), { code: 'field.required', path: 'quantity' });
  await refused(world, () => ledger.recalls.recover(id, { ...own, quantity: '0.5' }), 'quantity.precision');
  await refused(world, () => ledger.recalls.close(id, { free: [other.lot] }), 'recall.notCovered');
  await refused(world, () => ledger.recalls.get('RC-1'), { code: 'recall.notFound', kind: 'missing' });
});

test('R52 single pieces are recalled by themselves', async () => {
  const world = await electronics();
  const { ledger } = world;
  const serials = ['P1', 'P2'].map((code) => ({ code }));
  await world.post('LOA', { item: 'PHONE', quantity: '2', serials });
  const sell = (code: string) => world.post('UNL', { item: 'PHONE', quantity: '1', serials: [{ code }] });
  const recall = await ledger.recalls.open({ reason: 'Battery', serials: [{ item: 'PHONE', code: 'P1' }] });
  expect(recall.scope).toMatchObject([
    { kind: 'serial', code: 'P1', onHand: '1', stock: [{ warehouse: 'SHOP' }] },
  ]);
  await refused(world, () => sell('P1'), 'lot.recalled');
  await sell('P2');
  const serial = recall.scope[0]?.id ?? '';
  const told = await ledger.recalls.recover(recall.id, { serial, how: 'held' });
  expect(told.recovered).toMatchObject([{ serial, quantity: '1' }]);
  await ledger.recalls.close(recall.id, { free: 'all' });
  await sell('P1');
});

test('R107 a trail through stock without lots is followed, and told as a gap', async () => {
  const world = await plant();
  await transforming(world);
  const { ledger } = world;
  await world.receive('MILK', 'R1', '10');
  const make = (lines: object[], made: object[]) =>
    ledger.postings.post({
      warehouse: 'SHOP',
      template: 'MAK',
      date: '2026-11-22',
      lines: lines as never,
      counterpart: { lines: made as never },
    });
  const milk = { item: 'MILK', quantity: '10', lots: [{ code: 'R1', quantity: '10' }] };
  await make([milk], [{ item: 'SALT', quantity: '3' }]);
  await make(
    [{ item: 'SALT', quantity: '1' }],
    [{ item: 'CURD', quantity: '2', lots: [{ code: 'F1', quantity: '2' }] }],
  );
  expect((await ledger.lots.trace(await world.id('R1'))).nodes).toHaveLength(1);
  const recall = await ledger.recalls.open({ reason: 'Glass', lots: [{ item: 'MILK', code: 'R1' }] });
  expect(covered(recall)).toEqual(['F1', 'R1']);
  expect(recall.gaps.filter(({ what }) => what === 'untracked')).toMatchObject([
    { item: 'SALT', code: 'R1' },
  ]);
});
