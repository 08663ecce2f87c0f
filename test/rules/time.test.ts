/** Time: closed days, stock and policies of another day, and what was known when. */
import { describe, expect, it } from 'vitest';
import { caught, dairy, electronics, everything, lotOf, pharma, refused } from './world.ts';

describe('days that are closed', () => {
  it('R67 nothing may be dated on or before the day the ledger is closed through', async () => {
    const world = await dairy({ today: '2026-11-24' });
    const { ledger, post } = world;
    const early = await post('LOA', { item: 'SALT', quantity: '5' }, { date: '2026-10-30' });
    await lotOf(world, 'MILK', 'A', '10', {}, { date: '2026-10-31' });
    await ledger.settings.update({ closedThrough: '2026-10-31' });
    const line = { item: 'SALT', quantity: '1' };
    for (const date of ['2026-10-31', '2026-01-01']) {
      const error = await refused(world, () => post('LOA', line, { date }), {
        code: 'period.closed',
        path: 'date',
      });
      expect(error.details).toMatchObject({ date, closedThrough: '2026-10-31' });
    }
    await post('LOA', line, { date: '2026-11-01' });
    const take = (date: string) => ledger.postings.reverse(early.id, { date, reason: 'Miscounted' });
    await refused(world, () => take('2026-10-31'), 'period.closed');
    expect((await take('2026-11-01')).date).toBe('2026-11-01');
    await refused(world, () => lotOf(world, 'MILK', 'B', '3', {}, { date: '2026-10-15' }), 'period.closed');
    const named = { code: 'A', quantity: '1' };
    const sold = () => post('UNL', { item: 'MILK', quantity: '1', lots: [named] }, { date: '2026-10-31' });
    await refused(world, sold, 'period.closed');
  });

  it('R67 a closed day is opened again only by whoever may, with a reason; the history tells it', async () => {
    const world = await dairy({ today: '2026-11-24' });
    const { ledger } = world;
    await ledger.settings.update({ closedThrough: '2026-09-30' }, { reason: 'September booked' });
    await ledger.settings.update({ closedThrough: '2026-10-31' });
    const back = { closedThrough: '2026-09-30' };
    const denied = { code: 'permission.denied', kind: 'forbidden', path: 'closedThrough' } as const;
    await refused(world, () => ledger.settings.update(back, { reason: 'Late invoice' }), denied);
    await refused(world, () => ledger.settings.update({ closedThrough: null }, { reason: 'x' }), denied);
    const chief = await world.again({ actor: 'chief', permissions: ['period.reopen'] });
    await refused(world, () => chief.settings.update(back), {
      code: 'reason.required',
      path: 'closedThrough',
    });
    const opened = await chief.settings.update(back, { reason: 'Late invoice' });
    expect(opened.closedThrough).toBe('2026-09-30');
    const { items } = await ledger.settings.history({ field: 'closedThrough' });
    expect(items.map(({ from, to, actor, reason }) => [from, to, actor, reason])).toEqual([
      ['2026-10-31', '2026-09-30', 'chief', 'Late invoice'],
      ['2026-09-30', '2026-10-31', 'maria', null],
      [null, '2026-09-30', 'maria', 'September booked'],
    ]);
    const ahead = { closedThrough: '2026-11-25' };
    await refused(world, () => ledger.settings.update(ahead), { code: 'field.range', path: 'closedThrough' });
  });
});

describe('stock of another day', () => {
  it('R74 a lot shows the stock of each day, backdated movements included, by place', async () => {
    const world = await dairy({ today: '2026-11-10' });
    const { ledger, clock, post } = world;
    const lot = await lotOf(world, 'MILK', 'A', '50', {}, { date: '2026-11-02' });
    const unload = (quantity: string, date: string) =>
      post('UNL', { item: 'MILK', quantity, lots: [{ code: 'A', quantity }] }, { date });
    await unload('8', '2026-11-05');
    await unload('5', '2026-11-09');
    clock.day('2026-11-12');
    await unload('7', '2026-11-06');
    const on = async (asOf: string) => (await ledger.lots.stockAt(lot.id, { asOf })).onHand;
    expect(await on('2026-11-02')).toBe('50');
    expect(await on('2026-11-05')).toBe('42');
    expect(await on('2026-11-06')).toBe('35');
    expect(await on('2026-11-08')).toBe('35');
    expect(await on('2026-11-12')).toBe('30');
    const past = await ledger.lots.get(lot.id, { asOf: '2026-11-05' });
    expect(past.stock).toMatchObject([{ warehouse: 'SHOP', loaded: '50', onHand: '42', reserved: null }]);
    expect(past).toMatchObject({ available: '42', reserved: null, initialQuantity: '50' });
    expect(past.asOf.date).toBe('2026-11-05');
    await expect(ledger.lots.get(lot.id, { asOf: '2026-11-01' })).rejects.toMatchObject({
      code: 'lot.notFound',
    });
  });

  it('R73 what was known at a seq leaves out what was recorded later, however it is dated', async () => {
    const world = await dairy({ today: '2026-11-10' });
    const { ledger, post } = world;
    const lot = await lotOf(world, 'MILK', 'A', '50', {}, { date: '2026-11-02' });
    await post('LOA', { item: 'SALT', quantity: '30' }, { date: '2026-11-02' });
    const known = ledger.status().seq;
    await post(
      'UNL',
      { item: 'MILK', quantity: '20', lots: [{ code: 'A', quantity: '20' }] },
      { date: '2026-11-03' },
    );
    await post('UNL', { item: 'SALT', quantity: '4' }, { date: '2026-11-03' });
    const stock = async (seq?: number) => {
      const when = { asOf: '2026-11-03', ...(seq === undefined ? {} : { seq }) };
      const [salt] = await ledger.items.stock({ item: 'SALT', ...when });
      return [(await ledger.lots.stockAt(lot.id, when)).onHand, salt?.onHand];
    };
    expect(await stock(known)).toEqual(['50', '30']);
    expect(await stock()).toEqual(['30', '26']);
    expect((await ledger.lots.get(lot.id, { seq: known })).onHand).toBe('50');
    expect((await ledger.lots.get(lot.id, { seq: known })).asOf.seq).toBe(known);
    await expect(ledger.lots.get(lot.id, { seq: 3 })).rejects.toMatchObject({ code: 'lot.notFound' });
  });

  it('R74 a reversal counts from its own day on; before it the movement stands', async () => {
    const world = await dairy({ today: '2026-11-10' });
    const { ledger, post } = world;
    const lot = await lotOf(world, 'MILK', 'A', '50', {}, { date: '2026-11-02' });
    const added = await post(
      'TOP',
      { item: 'MILK', quantity: '9', lots: [{ code: 'A', quantity: '9' }] },
      { date: '2026-11-04' },
    );
    await ledger.postings.reverse(added.id, { date: '2026-11-08', reason: 'Other lot' });
    const at = async (asOf: string) => {
      const { onHand, stock, initialQuantity } = await ledger.lots.get(lot.id, { asOf });
      return [onHand, stock[0]?.loaded, initialQuantity];
    };
    expect(await at('2026-11-03')).toEqual(['50', '50', '50']);
    expect(await at('2026-11-07')).toEqual(['59', '59', '50']);
    expect(await at('2026-11-08')).toEqual(['50', '50', '50']);
  });

  it('R74 the initial quantity of a day is that of the load which stood on it', async () => {
    const world = await dairy({ today: '2026-11-10' });
    const { ledger, post } = world;
    const first = await post(
      'LOA',
      { item: 'MILK', quantity: '12', lots: [{ code: 'A', quantity: '12' }] },
      { date: '2026-11-02' },
    );
    await post(
      'TOP',
      { item: 'MILK', quantity: '5', lots: [{ code: 'A', quantity: '5' }] },
      { date: '2026-11-03' },
    );
    await ledger.postings.reverse(first.id, { date: '2026-11-06', reason: 'Never came' });
    const at = async (asOf: string) =>
      (await ledger.lots.get({ item: 'MILK', code: 'A' }, { asOf })).initialQuantity;
    expect([await at('2026-11-02'), await at('2026-11-05'), await at('2026-11-06')]).toEqual([
      '12',
      '12',
      '5',
    ]);
  });

  it('R74 an item shows the stock of each day: in lots gone since, in none, and in single pieces', async () => {
    const world = await electronics({ today: '2026-11-10' });
    const { ledger, post } = world;
    await ledger.items.create({ code: 'CABLE', unit: { code: 'M', decimals: 2 } });
    await post('LOA', { item: 'CABLE', quantity: '12.5' }, { date: '2026-11-02' });
    await post('UNL', { item: 'CABLE', quantity: '12.5' }, { date: '2026-11-05' });
    const radios = (codes: string[]) => codes.map((code) => ({ code }));
    await post(
      'LOA',
      { item: 'RADIO', quantity: '2', serials: radios(['R1', 'R2']) },
      { date: '2026-11-02' },
    );
    await post('UNL', { item: 'RADIO', quantity: '1', serials: radios(['R1']) }, { date: '2026-11-04' });
    const on = async (item: string, asOf: string) =>
      (await ledger.items.stock({ item, asOf })).map((row) => [row.onHand, row.reserved]);
    expect(await ledger.items.stock('CABLE')).toEqual([]);
    expect(await on('CABLE', '2026-11-04')).toEqual([['12.5', null]]);
    expect(await on('CABLE', '2026-11-05')).toEqual([]);
    expect(await on('CABLE', '2026-11-01')).toEqual([]);
    expect(await on('RADIO', '2026-11-03')).toEqual([['2', null]]);
    expect(await on('RADIO', '2026-11-04')).toEqual([['1', null]]);
    // today nothing is past: promises are known
    expect(await on('RADIO', '2026-11-10')).toEqual([['1', '0']]);
  });
});

describe('what held on another day', () => {
  it('R124 availability of a day goes by its status, expiry, closing and policy, by the day they were recorded', async () => {
    const world = await pharma({ today: '2026-11-02' });
    const { ledger, clock } = world;
    const lot = await lotOf(world, 'DRUG', 'D', '10', { expiryDate: '2026-11-20' });
    clock.day('2026-11-04');
    await ledger.lots.update(lot.id, { status: 'RELEASED' }, { reason: 'Passed' });
    clock.day('2026-11-06');
    await ledger.lots.update(
      lot.id,
      { closed: true, expiryDate: '2026-11-30' },
      { reason: 'Sold out of hand' },
    );
    clock.day('2026-11-08');
    await ledger.lots.update(lot.id, { closed: false }, { reason: 'Found' });
    clock.day('2026-11-10');
    await ledger.lotStatuses.update('RELEASED', { available: false }, { reason: 'Under review' });
    const at = async (asOf: string) => {
      const { status, closed, expiryDate, onHand, available, version } = await ledger.lots.get(lot.id, {
        asOf,
      });
      return [status, closed, expiryDate, onHand, available, version];
    };
    expect(await at('2026-11-03')).toEqual(['QUARANTINE', false, '2026-11-20', '10', '0', 1]);
    expect(await at('2026-11-05')).toEqual(['RELEASED', false, '2026-11-20', '10', '10', 2]);
    expect(await at('2026-11-07')).toEqual(['RELEASED', true, '2026-11-30', '0', '0', 3]);
    expect(await at('2026-11-09')).toEqual(['RELEASED', false, '2026-11-30', '10', '10', 4]);
    expect(await at('2026-11-10')).toEqual(['RELEASED', false, '2026-11-30', '10', '0', 4]);
    expect((await ledger.lots.get(lot.id, { asOf: '2026-12-05' })).expired).toBe(true);
  });

  it('R124 the day a change was recorded on is that of the ledger, not that of UTC', async () => {
    const world = await pharma({ today: '2026-11-02', timeZone: 'Pacific/Auckland' });
    const { ledger, clock } = world;
    const lot = await lotOf(world, 'DRUG', 'D', '10');
    clock.time = '2026-11-04T12:30:00Z';
    await ledger.lots.update(lot.id, { status: 'RELEASED' }, { reason: 'Passed' });
    const status = async (asOf: string) => (await ledger.lots.get(lot.id, { asOf })).status;
    expect([await status('2026-11-04'), await status('2026-11-05')]).toEqual(['QUARANTINE', 'RELEASED']);
  });

  it('R121 a corrected code holds for the past, unless the question is what was known', async () => {
    const world = await dairy({ today: '2026-11-02' });
    const { ledger, clock } = world;
    const lot = await lotOf(world, 'MILK', 'WORNG', '10');
    const { seq } = ledger.status();
    clock.day('2026-11-05');
    await ledger.lots.update(lot.id, { code: 'WRONG' }, { reason: 'Typing' });
    expect((await ledger.lots.get(lot.id, { asOf: '2026-11-03' })).code).toBe('WRONG');
    expect((await ledger.lots.get(lot.id, { asOf: '2026-11-03', seq })).code).toBe('WORNG');
  });

  it('R75 a piece shows where it was, who had it and its status on each day', async () => {
    const world = await electronics({ today: '2026-11-02' });
    const { ledger, clock, post } = world;
    await ledger.lotStatuses.create({ code: 'USED' });
    const row = [{ code: 'R1' }];
    await post('MAIN/LOA', { item: 'RADIO', quantity: '1', location: 'A-01', serials: row });
    const piece = await ledger.serials.get('R1');
    clock.day('2026-11-04');
    const party = { kind: 'customer', code: 'C1', name: 'Anna' } as const;
    const known = ledger.status().seq;
    const sold = await post('MAIN/UNL', { item: 'RADIO', quantity: '1', serials: row }, { party });
    clock.day('2026-11-07');
    await ledger.postings.reverse(sold.id, { date: '2026-11-06', reason: 'Not taken' });
    await ledger.serials.update(piece.id, { status: 'USED' }, { reason: 'Unpacked' });
    const at = async (asOf: string, seq?: number) => {
      const when = { asOf, ...(seq === undefined ? {} : { seq }) };
      const { location, holder, status, onHand, installedIn } = await ledger.serials.get(piece.id, when);
      expect(installedIn).toBeNull();
      return [location, holder?.name ?? null, status, onHand];
    };
    expect(await at('2026-11-03')).toEqual(['A-01', null, null, '1']);
    expect(await at('2026-11-05')).toEqual([null, 'Anna', null, '0']);
    expect(await at('2026-11-06')).toEqual(['A-01', null, null, '1']);
    expect(await at('2026-11-07')).toEqual(['A-01', null, 'USED', '1']);
    expect(await at('2026-11-05', known)).toEqual(['A-01', null, null, '1']);
    await expect(ledger.serials.get(piece.id, { asOf: '2026-11-01' })).rejects.toMatchObject({
      code: 'serial.notFound',
    });
  });

  it('R74 a question about the past writes nothing and checks what it is asked', async () => {
    const world = await dairy();
    const lot = await lotOf(world, 'MILK', 'A', '4');
    const before = await everything(world.ledger);
    await world.ledger.lots.stockAt(lot.id);
    const error = await caught(() => world.ledger.lots.get(lot.id, { asOf: '2026-02-30' }));
    expect([error.code, error.path]).toEqual(['date.invalid', 'asOf']);
    expect((await caught(() => world.ledger.serials.get('none', { asOf: '2026-11-22' }))).code).toBe(
      'serial.notFound',
    );
    expect(await everything(world.ledger)).toEqual(before);
  });

  it('R124 reservations are known as they are now: of a day gone by availability leaves them out', async () => {
    const world = await dairy({ today: '2026-11-02' });
    const { ledger, clock } = world;
    const lot = await lotOf(world, 'MILK', 'A', '10');
    const document = { type: 'salesOrder', number: 'SO-1' } as const;
    const line = { item: 'MILK', warehouse: 'SHOP', quantity: '4', lots: [{ code: 'A', quantity: '4' }] };
    await ledger.reservations.commit({ document, lines: [line] });
    clock.day('2026-11-05');
    const at = async (asOf: string) => {
      const { available, reserved, onHand, stock } = await ledger.lots.get(lot.id, { asOf });
      return [onHand, reserved, available, stock[0]?.reserved, stock[0]?.available];
    };
    expect(await at('2026-11-03')).toEqual(['10', null, '10', null, '10']);
    expect(await at('2026-11-05')).toEqual(['10', '4', '6', '4', '6']);
    const [row] = await ledger.items.stock({ item: 'MILK', asOf: '2026-11-03' });
    expect([row?.reserved, row?.available]).toEqual([null, '10']);
  });

  it('R112 a piece tells the piece it was installed in, on each day', async () => {
    const world = await electronics({ today: '2026-11-02' });
    const { ledger, clock, post } = world;
    const serials = ['TOP', 'PART'].map((code) => ({ code }));
    await post('LOA', { item: 'RADIO', quantity: '2', serials });
    const part = await ledger.serials.get('PART');
    const into = await ledger.serials.get('TOP');
    clock.day('2026-11-10');
    await ledger.serials.install(part.id, into.id, { date: '2026-11-04', template: 'PRD' });
    await ledger.serials.uninstall(part.id, { date: '2026-11-08' });
    const parent = async (asOf: string) =>
      (await ledger.serials.get(part.id, { asOf })).installedIn?.code ?? null;
    expect(await parent('2026-11-03')).toBeNull();
    expect(await parent('2026-11-04')).toBe('TOP');
    expect(await parent('2026-11-07')).toBe('TOP');
    expect(await parent('2026-11-08')).toBeNull();
  });
});
