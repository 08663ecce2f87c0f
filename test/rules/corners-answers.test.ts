/** Corners of answers: far stores, unknown outcomes, cursors, replays, reversals in part. */
import { describe, expect, it } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import {
  codesFrom,
  codesFromPattern,
  openLedger,
  rowsFromText,
  type StoreAdapter,
} from '../../src/core/index.ts';
import { farStore } from '../core/engine/far-store.ts';
import { dairy, electronics, emptyWorld, type Post } from './world.ts';

const piece = { code: 'PCE', decimals: 0 };
const day = '2026-11-22';

describe('far', () => {
  it('a page of 100 lots over a far store is answered', async () => {
    const world = await emptyWorld();
    await world.ledger.items.create({ code: 'P', unit: piece, lots: {} });
    const lots = Array.from({ length: 100 }, (_, i) => ({ code: `L${i}`, quantity: '1' }));
    await world.post('LOA', { item: 'P', quantity: '100', lots });
    const far = await openLedger(farStore(world.store), { now: world.clock.now });
    const got = await far.lots.list({ limit: 100 }).then(
      (p) => p.items.length,
      (e) => `${e.name} ${e.code} ${e.message}`,
    );
    expect(got).toBe(100);
  });
  it('an automatic unload that looks at 100 lots over a far store is decided', async () => {
    const world = await emptyWorld();
    await world.ledger.items.create({ code: 'P', unit: piece, lots: {} });
    const lots = Array.from({ length: 100 }, (_, i) => ({ code: `L${i}`, quantity: '1' }));
    await world.post('LOA', { item: 'P', quantity: '100', lots });
    const far = await openLedger(farStore(world.store), { now: world.clock.now });
    const got = await far.postings
      .post({
        warehouse: 'SHOP',
        template: 'UNL',
        date: day,
        lines: [{ item: 'P', quantity: '1', lots: 'auto' }],
      })
      .then(
        () => 'ok',
        (e) => `${e.code}`,
      );
    expect(got).toBe('ok');
  });
});

describe('unknown outcomes', () => {
  it('R88 a command is not taken for written because another one of its group was', async () => {
    const shared = memory();
    let race: (() => Promise<unknown>) | undefined;
    const flaky: StoreAdapter = {
      kind: 'store',
      name: 'flaky',
      async open(tables, schema) {
        const store = await shared.open(tables, schema);
        return new Proxy(store, {
          get(target, name) {
            if (name === 'commit')
              return async (batch: Parameters<typeof store.commit>[0]) => {
                if (!race) return target.commit(batch);
                const run = race;
                race = undefined;
                await run();
                return { done: false, unknown: true };
              };
            const value = Reflect.get(target, name);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        });
      },
    };
    const now = () => new Date(`${day}T09:00:00Z`);
    const a = await openLedger(flaky, { now });
    const b = await openLedger(shared, { now });
    await a.items.create({ code: 'P', unit: piece });
    await a.warehouses.create({ code: 'SHOP' });
    await a.templates.create({ warehouse: 'SHOP', code: 'LOA', type: 'load' });
    const input = (commandId: string): Post => ({
      commandId,
      warehouse: 'SHOP',
      template: 'LOA',
      date: day,
      lines: [{ item: 'P', quantity: '1' }],
    });
    race = () => b.postings.post(input('c1'));
    const both = await Promise.allSettled([a.postings.post(input('c1')), a.postings.post(input('c2'))]);
    const listed = (await b.postings.list()).items.length;
    expect(listed).toBe(both.filter((each) => each.status === 'fulfilled').length);
  });
});

describe('corners', () => {
  it('R79 a partly reversed posting can be reversed for the rest', async () => {
    const { ledger, post } = await dairy();
    const made = await post('LOA', [
      { item: 'SALT', quantity: '5' },
      { item: 'SALT', quantity: '6' },
    ]);
    await ledger.postings.reverse(made.id, { date: day, reason: 'x', lines: [made.lines[0]!.id] });
    const out = await ledger.postings.reverse(made.id, { date: day, reason: 'x' }).then(
      (p) => p.lines.length,
      (e) => e.code,
    );
    expect(out).toBe(1);
  });
  it('R88 a key is free again after its posting was reversed', async () => {
    const { ledger, post } = await dairy();
    const made = await post('LOA', { item: 'SALT', quantity: '5' }, { key: 'K' });
    expect((await post('LOA', { item: 'SALT', quantity: '5.0' }, { key: 'K' })).id).toBe(made.id);
    await expect(post('LOA', { item: 'SALT', quantity: '6' }, { key: 'K' })).rejects.toMatchObject({
      code: 'posting.duplicateKey',
    });
    await ledger.postings.reverse(made.id, { date: day, reason: 'x' });
    expect((await post('LOA', { item: 'SALT', quantity: '6' }, { key: 'K' })).id).not.toBe(made.id);
  });
  it('atomic: one refusal takes the others with it and consumes no code', async () => {
    const { ledger } = await dairy();
    const line = { item: 'MILK', quantity: '1', lots: 'auto' };
    const c = (id: string, template: string) => ({
      name: 'posting.post@1',
      id,
      args: { warehouse: 'SHOP', template, date: day, lines: [line] },
    });
    const out = await ledger.port.execute([c('a', 'LOA'), c('b', 'NOPE')], { atomic: true });
    expect(out.map((r) => r.outcome)).toEqual(['refused', 'refused']);
    const again = await ledger.port.execute([c('a', 'LOA'), c('d', 'LOA')], { atomic: true });
    expect(again.map((r) => r.outcome)).toEqual(['accepted', 'accepted']);
    expect((await ledger.lots.list()).items.map((l) => l.code)).toEqual(['202611001', '202611002']);
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });
  it('R73 R75 backdating a serial in and out keeps its story', async () => {
    const { ledger, post, clock } = await electronics();
    clock.day('2026-11-10');
    await post('LOA', { item: 'RADIO', quantity: '1', serials: [{ code: 'A' }] });
    clock.day('2026-11-20');
    await expect(
      post('UNL', { item: 'RADIO', quantity: '1', serials: [{ code: 'A' }] }, { date: '2026-11-05' }),
    ).rejects.toMatchObject({ code: 'serial.notHere' });
    await post('UNL', { item: 'RADIO', quantity: '1', serials: [{ code: 'A' }] }, { date: '2026-11-15' });
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });
  it('R103 an automatic line leaves the serial to the line that names it', async () => {
    const { post } = await electronics();
    await post('LOA', { item: 'RADIO', quantity: '2', serials: [{ code: 'A' }, { code: 'B' }] });
    const out = await post('UNL', [
      { item: 'RADIO', quantity: '1', serials: 'auto' },
      { item: 'RADIO', quantity: '1', serials: [{ code: 'A' }] },
    ]).then(
      () => 'ok',
      (e) => e.code,
    );
    expect(out).toBe('ok');
  });
  it('prototype names as filters, attributes and codes do no harm', async () => {
    const { ledger, post } = await emptyWorld();
    for (const code of ['toString', 'constructor', 'hasOwnProperty', '__proto__', 'valueOf']) {
      await ledger.items.create({ code, unit: piece, lots: {}, attributes: { toString: 'x', valueOf: 1 } });
      await post('LOA', { item: code, quantity: '1', lots: [{ code: '__proto__', quantity: '1' }] });
    }
    expect((await ledger.lots.list({ filter: { item: '__proto__' } })).items).toHaveLength(1);
    expect(
      await ledger.lots.list({ filter: { toString: { in: ['x'] } } } as never).then(
        () => 'ok',
        (e) => e.code,
      ),
    ).toBe('query.unsupported');
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });
  it('patterns and pasted rows as documented', () => {
    expect(codesFromPattern('10-12, 20+2, ~', { next: 100, count: 7 })).toEqual([
      '10',
      '11',
      '12',
      '20',
      '21',
      '22',
      '100',
    ]);
    expect(codesFrom('SN12345678901234567890', 2)).toEqual([
      'SN12345678901234567890',
      'SN12345678901234567891',
    ]);
    expect(codesFrom('LOT', 2)).toEqual(['LOT0', 'LOT1']);
    expect(rowsFromText('L1;22;2027-02-01\nL2\t12').map((r) => [r.code, r.quantity, r.expiryDate])).toEqual([
      ['L1', '22', '2027-02-01'],
      ['L2', '12', undefined],
    ]);
    expect(rowsFromText('L1;22;2027-02-01;junk')[0]?.problem).toBeTruthy();
  });
  it('cursor pages are whole and once each, under every offered sort both ways', async () => {
    const { ledger, post } = await dairy();
    for (let i = 0; i < 23; i++)
      await post('LOA', {
        item: 'MILK',
        quantity: String((i % 5) + 1),
        lots: [
          {
            code: `X${i}`,
            quantity: String((i % 5) + 1),
            ...(i % 3 ? { expiryDate: `2027-01-${10 + (i % 7)}` } : {}),
          },
        ],
      });
    const sorts = (ledger.capabilities.queries['lots.list'] as unknown as { sorts: string[] }).sorts;
    for (const sort of sorts.flatMap((s) => [s, `-${s}`])) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await ledger.lots.list({
          sort: [sort],
          limit: 4,
          filter: { state: 'open' },
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.items.map((l) => l.code));
        cursor = page.next;
      } while (cursor);
      expect(new Set(seen).size, sort).toBe(23);
      expect(seen.length, sort).toBe(23);
    }
  });
  it('subscribe and changes tell of other ledgers commits', async () => {
    const world = await dairy();
    const other = await world.again();
    const heard: number[] = [];
    const stop = other.subscribe((e) => heard.push(e.seq));
    const abort = new AbortController();
    const fed: number[] = [];
    const from = world.ledger.status().seq;
    const feed = (async () => {
      for await (const e of other.changes({ after: from, signal: abort.signal })) {
        fed.push(e.seq);
        if (fed.length === 2) break;
      }
    })();
    await world.post('LOA', { item: 'SALT', quantity: '1' });
    await world.post('LOA', { item: 'SALT', quantity: '1' });
    await feed;
    await new Promise((r) => setTimeout(r, 10));
    stop();
    expect(fed).toEqual([from + 1, from + 2]);
    expect(heard).toEqual(fed);
  });
  it('R122 initial quantity after part of the first load was reversed', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.items.create({ code: 'P', unit: piece, lots: {} });
    const row = (q: string) => ({ item: 'P', quantity: q, lots: [{ code: 'L', quantity: q }] });
    const first = await post('LOA', [row('5'), row('6')]);
    await post('TOP', row('7'));
    expect((await ledger.lots.get('L')).initialQuantity).toBe('11');
    await ledger.postings.reverse(first.id, { date: day, reason: 'x', lines: [first.lines[0]!.id] });
    expect((await ledger.lots.get('L')).initialQuantity).toBe('6');
    await ledger.postings.reverse(first.id, { date: day, reason: 'x', lines: [first.lines[1]!.id] });
    expect((await ledger.lots.get('L')).initialQuantity).toBe('7');
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });
  it('R4 a gap is filled once, and a code that moved is never given again', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.codeTypes.create({
      code: 'G',
      kind: 'lot',
      fillGaps: true,
      firstNumber: 1,
      parts: [{ source: 'number', length: 3, fill: '0' }],
    });
    await ledger.items.create({ code: 'P', unit: piece, lots: { codeType: 'G' } });
    const made = [];
    for (let i = 0; i < 3; i++) made.push(await ledger.lots.create({ item: 'P' }));
    await ledger.lots.remove(made[1]!.id);
    const load = await post('LOA', { item: 'P', quantity: '1', lots: 'auto' });
    expect(load.lines[0]!.lots[0]!.code).toBe('002');
    await ledger.postings.reverse(load.id, { date: day, reason: 'x' });
    expect((await post('LOA', { item: 'P', quantity: '1', lots: 'auto' })).lines[0]!.lots[0]!.code).toBe(
      '004',
    );
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });
  it('R61 a serial whose only load was reversed loads as new, into another lot', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.items.create({ code: 'B', unit: piece, lots: {}, serials: {} });
    const load = (lot: string) =>
      post('LOA', {
        item: 'B',
        quantity: '1',
        lots: [{ code: lot, quantity: '1' }],
        serials: [{ code: 'S', expiryDate: lot === 'L1' ? '2027-01-01' : '2028-01-01' }],
      });
    const first = await load('L1');
    await ledger.postings.reverse(first.id, { date: day, reason: 'x' });
    await load('L2');
    const serial = await ledger.serials.get('S');
    expect([serial.lot, serial.onHand]).toEqual(['L2', '1']);
    expect(serial.expiryDate).toBe('2028-01-01');
  });
});
