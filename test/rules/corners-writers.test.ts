/** Corners of writing: changed inputs, faults of callers, two ledgers over one store. */
import { describe, expect, it } from 'vitest';
import { dairy, electronics, emptyWorld, type Post } from './world.ts';

const piece = { code: 'PCE', decimals: 0 };
const day = '2026-11-22';

describe('mutated inputs', () => {
  it('R73 a mutated input makes no negative load', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.items.create({ code: 'P', unit: piece, lots: {} });
    await post('TOP', { item: 'P', quantity: '10', lots: [{ code: 'L', quantity: '10' }] });
    const line = { item: 'P', quantity: '5', lots: [{ code: 'L', quantity: '5' }] };
    const going = ledger.postings.post({ warehouse: 'SHOP', template: 'TOP', date: day, lines: [line] });
    line.quantity = '-4';
    line.lots[0]!.quantity = '-4';
    await going.catch(() => undefined);
    expect((await ledger.lots.get('L')).onHand).toBe('15');
  });
  it('R55 a mutated input does not poison the stock with NaN', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.items.create({ code: 'P', unit: piece });
    await post('LOA', { item: 'P', quantity: '10' });
    const line = { item: 'P', quantity: '5' };
    const going = ledger.postings.post({ warehouse: 'SHOP', template: 'LOA', date: day, lines: [line] });
    line.quantity = 'abc';
    const out = await going.then(
      (p) => p.lines[0]?.quantity,
      (e) => e.code ?? String(e),
    );
    expect(out).toBe('5');
  });
  it('one callers fault does not fail the others of its group', async () => {
    const { ledger } = await electronics();
    const line: { item: string; quantity: string; serials: unknown } = {
      item: 'RADIO',
      quantity: '1',
      serials: [{ code: 'A' }],
    };
    const bad = ledger.postings.post({
      warehouse: 'SHOP',
      template: 'LOA',
      date: day,
      lines: [line],
    } as Post);
    const good = ledger.postings.post({
      warehouse: 'SHOP',
      template: 'LOA',
      date: day,
      lines: [{ item: 'RADIO', quantity: '1', serials: [{ code: 'B' }] }],
    });
    line.serials = [null];
    await bad.catch(() => undefined);
    await expect(good).resolves.toBeTruthy();
  });
});

describe('two ledgers', () => {
  it('verify is ok while another ledger posts', async () => {
    const world = await dairy();
    const other = await world.again();
    let stop = false;
    const posting = (async () => {
      let n = 0;
      while (!stop && n < 400) {
        await other.postings
          .post({
            warehouse: 'SHOP',
            template: 'LOA',
            date: day,
            lines: [{ item: 'MILK', quantity: '1', lots: 'auto' }],
          })
          .catch((e) => {
            throw e;
          });
        n++;
        if (n % 20 === 0) await new Promise((r) => setTimeout(r, 1));
      }
    })();
    for (let i = 0; i < 5; i++)
      expect(await world.ledger.verify().catch((e) => ({ ok: e.code }))).toMatchObject({ ok: true });
    stop = true;
    await posting;
    expect(await world.ledger.verify()).toMatchObject({ ok: true });
  });
  it('R72 interleaved takers over one store share exactly what is there', async () => {
    const world = await dairy();
    const other = await world.again();
    await world.post('LOA', { item: 'MILK', quantity: '50', lots: 'auto' });
    const take = (l: typeof other) =>
      l.postings
        .post({
          warehouse: 'SHOP',
          template: 'UNL',
          date: day,
          lines: [{ item: 'MILK', quantity: '1', lots: 'auto' }],
        })
        .then(
          () => 1,
          (e) => e.code,
        );
    const all = await Promise.all(Array.from({ length: 120 }, (_, i) => take(i % 2 ? other : world.ledger)));
    expect(all.filter((x) => x === 1)).toHaveLength(50);
    expect(new Set(all)).toEqual(new Set([1, 'lot.insufficient']));
    expect((await other.lots.list()).items[0]?.onHand).toBe('0');
    expect(await other.verify()).toMatchObject({ ok: true });
  });
  it('R1 interleaved loads over one store get codes of their own', async () => {
    const world = await dairy();
    const other = await world.again();
    const load = (l: typeof other) =>
      l.postings.post({
        warehouse: 'SHOP',
        template: 'LOA',
        date: day,
        lines: [{ item: 'MILK', quantity: '1', lots: 'auto' }],
      });
    const all = await Promise.all(Array.from({ length: 100 }, (_, i) => load(i % 2 ? other : world.ledger)));
    expect(new Set(all.map((p) => p.lines[0]!.lots[0]!.code)).size).toBe(100);
    expect(new Set(all.map((p) => p.number)).size).toBe(100);
  });
  it('R88 one command id from two ledgers at once has one effect', async () => {
    const world = await dairy();
    const other = await world.again();
    const input: Post = {
      warehouse: 'SHOP',
      template: 'LOA',
      date: day,
      lines: [{ item: 'SALT', quantity: '1' }],
      commandId: 'c1',
    };
    const [a, b] = await Promise.all([world.ledger.postings.post(input), other.postings.post(input)]);
    expect(a.id).toBe(b.id);
    expect((await other.postings.list()).items).toHaveLength(1);
  });
  it('R87 a lot removed while another ledger loads into it: one of them is refused', async () => {
    const world = await emptyWorld();
    await world.ledger.items.create({ code: 'P', unit: piece, lots: {} });
    const other = await world.again();
    for (let i = 0; i < 20; i++) {
      const lot = await world.ledger.lots.create({ item: 'P', code: `L${i}` });
      await Promise.all([
        world.ledger.lots.remove(lot.id).catch(() => undefined),
        other.postings
          .post({
            warehouse: 'SHOP',
            template: 'LOA',
            date: day,
            lines: [{ item: 'P', quantity: '1', lots: [{ code: `L${i}`, quantity: '1' }] }],
          })
          .catch(() => undefined),
      ]);
      const now = await other.lots.get({ item: 'P', code: `L${i}` });
      expect(now.onHand).toBe('1');
    }
    expect(await other.verify()).toMatchObject({ ok: true });
  });
});

describe('newcomer', () => {
  it('R10 a code type with the supplier lot makes codes on a load', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.codeTypes.create({
      code: 'SL',
      kind: 'lot',
      parts: [
        { source: 'supplierLot', length: 5 },
        { source: 'number', length: 2, fill: '0' },
      ],
    });
    await ledger.items.create({ code: 'P', unit: piece, lots: { codeType: 'SL' } });
    const out = await post('LOA', {
      item: 'P',
      quantity: '1',
      lots: [{ code: 'auto', quantity: '1', supplierLot: 'ABCDE' }],
    }).then(
      (p) => p.lines[0]!.lots[0]!.code,
      (e) => `${e.code} ${e.path}`,
    );
    expect(out).toBe('ABCDE00');
  });
  it('a listener that throws does not end the process', async () => {
    const { ledger, post } = await dairy();
    const seen: unknown[] = [];
    const hear = (e: unknown) => {
      seen.push(e);
    };
    process.once('uncaughtException', hear);
    ledger.subscribe(() => {
      throw new Error('host');
    });
    await post('LOA', { item: 'SALT', quantity: '5' });
    await new Promise((r) => setTimeout(r, 20));
    process.off('uncaughtException', hear);
    expect(seen).toEqual([]);
  });
});
