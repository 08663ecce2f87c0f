/** Corners of postings: inputs that change under way, tracking that changes meanwhile, bounds, far stores. */
import { describe, expect, it } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { farStore } from '../core/engine/far-store.ts';
import { dairy, emptyWorld, type Post } from './world.ts';

const piece = { code: 'PCE', decimals: 0 };
const day = '2026-11-22';

async function both(settings?: object) {
  const world = await emptyWorld(settings ? { settings } : {});
  const { ledger } = world;
  await ledger.items.create({ code: 'BOTH', unit: piece, lots: { withdrawal: 'fifo' }, serials: {} });
  for (const [code, type] of [
    ['SLO', 'load'],
    ['SUN', 'unload'],
  ] as const) {
    await ledger.templates.create({
      warehouse: 'SHOP',
      code,
      type,
      intent: type === 'load' ? 'purchase' : 'sale',
      tracksSerials: true,
    });
  }
  return world;
}

describe('inputs and outputs', () => {
  it('R88 an input changed by its owner while a posting is under way does not change what is posted', async () => {
    const { ledger } = await dairy();
    const line = { item: 'SALT', quantity: '1' };
    const input: Post = { warehouse: 'SHOP', template: 'LOA', date: day, lines: [line] };
    const first = ledger.postings.post(input);
    line.quantity = '2';
    const second = ledger.postings.post(input);
    expect((await first).lines[0]?.quantity).toBe('1');
    expect((await second).lines[0]?.quantity).toBe('2');
  });

  it('R55 an input changed to something invalid after the call is not posted unchecked', async () => {
    const { ledger } = await dairy();
    const line = { item: 'SALT', quantity: '10' };
    const going = ledger.postings.post({ warehouse: 'SHOP', template: 'LOA', date: day, lines: [line] });
    line.quantity = '-5';
    const posted = await going.catch((e) => e.code);
    expect(posted.lines?.[0].quantity ?? posted).toBe('10');
  });

  it('verify: an attribute of -0 is no difference', async () => {
    const { ledger } = await dairy();
    await ledger.items.create({ code: 'Z', unit: piece, attributes: { offset: -0 } });
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });
});

describe('lots and serials together', () => {
  it('R26 a serial never leaves without its lot', async () => {
    const { ledger, post } = await both({ lotsRequired: false });
    await post('LOA', {
      item: 'BOTH',
      quantity: '2',
      lots: [{ code: 'L1', quantity: '2' }],
      serials: [{ code: 'S1' }, { code: 'S2' }],
    });
    await post('SUN', { item: 'BOTH', quantity: '1', serials: [{ code: 'S1' }] }).catch(() => undefined);
    const lot = await ledger.lots.get({ item: 'BOTH', code: 'L1' });
    const inStock = (await ledger.serials.list({ filter: { state: 'open' } })).items.filter(
      (s) => s.lot === 'L1' && s.onHand === '1',
    );
    expect(lot.onHand).toBe(String(inStock.length));
  });

  it('R26 a template without lots takes no serials of an item with lots', async () => {
    const { ledger, post } = await both({ lotsRequired: false });
    await post('LOA', {
      item: 'BOTH',
      quantity: '1',
      lots: [{ code: 'L1', quantity: '1' }],
      serials: [{ code: 'S1' }],
    });
    const lot = await ledger.lots.get({ item: 'BOTH', code: 'L1' });
    await ledger.lots.update(lot.id, { closed: true });
    await expect(
      post('SUN', { item: 'BOTH', quantity: '1', serials: [{ code: 'S1' }] }),
    ).rejects.toMatchObject({ code: 'lot.required' });
  });

  it('R103 warnings of an automatic unload are of what it takes', async () => {
    const world = await emptyWorld();
    const { ledger, post } = world;
    await ledger.lotStatuses.create({ code: 'W', intents: { sale: 'warn' } });
    await ledger.items.create({ code: 'P', unit: piece, serials: {} });
    await post('LOA', { item: 'P', quantity: '3', serials: [{ from: 'S1', to: 'S3' }] });
    for (const serial of (await ledger.serials.list()).items)
      await ledger.serials.update(serial.id, { status: 'W' });
    const out = await post('UNL', { item: 'P', quantity: '1', serials: 'auto' });
    expect(out.warnings.map((w) => w.details)).toHaveLength(1);
  });

  it('what a load row types for a serial made by hand is kept or refused, not dropped', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.items.create({ code: 'P', unit: piece, serials: {} });
    const made = await ledger.serials.create({ item: 'P', code: 'S1' });
    const out = await post('LOA', {
      item: 'P',
      quantity: '1',
      serials: [{ code: 'S1', expiryDate: '2027-01-01', supplierSerial: 'X9' }],
    }).catch((e) => e.code);
    if (typeof out === 'string') return;
    expect(await ledger.serials.get(made.id)).toMatchObject({
      expiryDate: '2027-01-01',
      supplierSerial: 'X9',
    });
  });

  it('R35 what a load row types for a lot made by hand is kept or refused, not dropped', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.items.create({ code: 'P', unit: piece, lots: {} });
    await ledger.lotTypes.create({ code: 'RAW' });
    const made = await ledger.lots.create({ item: 'P', code: 'L1' });
    const out = await post('LOA', {
      item: 'P',
      quantity: '1',
      lots: [
        {
          code: 'L1',
          quantity: '1',
          sellable: false,
          lotType: 'RAW',
          manufactureDate: '2026-11-01',
          packageCount: 4,
        },
      ],
    }).catch((e) => e.code);
    if (typeof out === 'string') return;
    expect(await ledger.lots.get(made.id)).toMatchObject({
      sellable: false,
      lotType: 'RAW',
      manufactureDate: '2026-11-01',
      packageCount: 4,
    });
  });
});

describe('far stores', () => {
  it('a posting of 100 items over a far store is posted', async () => {
    const { ledger, post } = await emptyWorld({ store: farStore(memory()) });
    for (let i = 0; i < 100; i++) await ledger.items.create({ code: `I${i}`, unit: piece });
    const lines = Array.from({ length: 100 }, (_, i) => ({ item: `I${i}`, quantity: '1' }));
    await expect(post('LOA', lines)).resolves.toBeTruthy();
  });

  it('a page of 100 lots over a far store is answered', async () => {
    const { ledger, post } = await emptyWorld({ store: farStore(memory()) });
    await ledger.items.create({ code: 'P', unit: piece, lots: {} });
    const lots = Array.from({ length: 100 }, (_, i) => ({ code: `L${i}`, quantity: '1' }));
    await post('LOA', { item: 'P', quantity: '100', lots });
    expect((await ledger.lots.list({ limit: 100 })).items).toHaveLength(100);
  });

  it('a load of 100 named lots over a far store is posted', async () => {
    const { ledger, post } = await emptyWorld({ store: farStore(memory()) });
    await ledger.items.create({ code: 'P', unit: piece, lots: {} });
    const lots = Array.from({ length: 100 }, (_, i) => ({ code: `L${i}`, quantity: '1' }));
    await expect(post('LOA', { item: 'P', quantity: '100', lots })).resolves.toBeTruthy();
  });
});

describe('limits', () => {
  it('limits: automatic serials beyond the rows of a posting are refused', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.codeTypes.create({ code: 'SN', kind: 'serial', parts: [{ source: 'number', length: 9 }] });
    await ledger.items.create({
      code: 'P',
      unit: piece,
      serials: { codeType: 'SN', generation: 'automatic' },
    });
    const out = await post('LOA', { item: 'P', quantity: '100001', serials: 'auto' }).then(
      () => 'posted',
      (e) => e.code,
    );
    expect(out).toBe('limit.lines');
  });

  it('limits: ranges of several lines together stay within the rows of a posting', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.items.create({ code: 'P', unit: piece, serials: {} });
    const lines = ['A', 'B', 'C'].map((p) => ({
      item: 'P',
      quantity: '40000',
      serials: [{ from: `${p}10000`, to: `${p}49999` }],
    }));
    const out = await post('LOA', lines).then(
      () => 'posted',
      (e) => e.code,
    );
    expect(out).toBe('limit.lines');
  });

  it('R79 a reversal of no lines is refused', async () => {
    const { ledger, post } = await dairy();
    const made = await post('LOA', { item: 'SALT', quantity: '5' });
    const out = await ledger.postings.reverse(made.id, { date: day, reason: 'x', lines: [] }).then(
      (p) => p.lines.length,
      (e) => e.code,
    );
    expect(out).toBe('field.required');
  });

  it('R64 a lot row that converts to nothing is refused', async () => {
    const { post } = await dairy();
    const out = await post('LOA', {
      item: 'CHEESE',
      unit: 'LB',
      quantity: '1.0001',
      lots: [
        { code: 'C1', quantity: '0.0001', expiryDate: '2027-01-01' },
        { code: 'C2', quantity: '1', expiryDate: '2027-01-01' },
      ],
    }).then(
      (p) => p.lines[0]!.lots.map((l) => l.quantity),
      (e) => e.code,
    );
    expect(out).toBe('quantity.zero');
  });
});

describe('rules', () => {
  it('R25 a single-supplier lot knows its first supplier, whoever loaded before', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.items.create({ code: 'P', unit: piece, lots: { singleSupplier: true } });
    const load = (code?: string) =>
      post(
        'TOP',
        { item: 'P', quantity: '1', lots: [{ code: 'L', quantity: '1' }] },
        code ? { party: { kind: 'supplier', code } } : {},
      );
    await load();
    await load('S1');
    await expect(load('S2')).rejects.toMatchObject({ code: 'lot.supplierMismatch' });
  });

  it('R64 a lot whose total could no longer be counted exactly is refused', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.warehouses.create({
      code: 'BIG',
      locations: Array.from({ length: 11 }, (_, i) => ({ code: `P${i}` })),
    });
    await ledger.templates.create({
      warehouse: 'BIG',
      code: 'LOA',
      type: 'load',
      tracksLots: true,
      allowTopUp: true,
    });
    await ledger.items.create({ code: 'P', unit: piece, lots: {} });
    const load = (place: number) =>
      post('BIG/LOA', {
        item: 'P',
        quantity: '999999999999999',
        location: `P${place}`,
        lots: [{ code: 'L', quantity: '999999999999999' }],
      });
    for (let place = 0; place < 9; place++) await load(place);
    await expect(load(9)).rejects.toMatchObject({ code: 'quantity.tooLarge' });
    expect((await ledger.lots.get('L')).onHand).toBe(String(999999999999999n * 9n));
  });

  it('R22 a reversal brings no lots back to an item that is not managed in lots any more', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.items.create({ code: 'P', unit: piece, lots: {} });
    await post('LOA', { item: 'P', quantity: '5', lots: [{ code: 'L', quantity: '5' }] });
    const out = await post('UNL', { item: 'P', quantity: '5', lots: [{ code: 'L', quantity: '5' }] });
    await ledger.items.update('P', { lots: null });
    const back = await ledger.postings.reverse(out.id, { date: day, reason: 'x' }).then(
      () => 'reversed',
      (e) => e.code,
    );
    expect(back).not.toBe('reversed');
  });

  it('R21 a reversal brings no untagged stock back to an item now managed in lots', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.items.create({ code: 'P', unit: piece });
    await post('LOA', { item: 'P', quantity: '5' });
    const out = await post('UNL', { item: 'P', quantity: '5' });
    await ledger.items.update('P', { lots: {} });
    const back = await ledger.postings.reverse(out.id, { date: day, reason: 'x' }).then(
      () => 'reversed',
      (e) => e.code,
    );
    expect(back).not.toBe('reversed');
  });

  it('R23 a reversal of a serial unload after serials were switched off leaves no orphan', async () => {
    const { ledger, post } = await emptyWorld();
    await ledger.items.create({ code: 'P', unit: piece, serials: {} });
    await post('LOA', { item: 'P', quantity: '1', serials: [{ code: 'S' }] });
    const out = await post('UNL', { item: 'P', quantity: '1', serials: [{ code: 'S' }] });
    await ledger.items.update('P', { serials: null, lots: {} });
    const back = await ledger.postings.reverse(out.id, { date: day, reason: 'x' }).then(
      () => 'reversed',
      (e) => e.code,
    );
    expect(back).not.toBe('reversed');
  });
});
