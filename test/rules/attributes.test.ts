/** Custom attributes: typed by the item's schema, kept in the history, filtered and sorted by. */

import { describe, expect, it } from 'vitest';
import type { AttributeField } from '../../src/core/index.ts';
import { caught, emptyWorld, refused, type World, type WorldOptions } from './world.ts';

const schema: AttributeField[] = [
  { key: 'Origin', type: 'choice', choices: ['Chianti', 'Langhe', 'Etna'], required: true },
  { key: 'alcohol', type: 'number' },
  { key: 'picked', type: 'date', on: 'lot' },
  { key: 'organic', type: 'boolean', on: 'lot' },
  { key: 'cork', type: 'text', on: 'serial' },
  { key: 'remark', type: 'text' },
];

/** Wine in lots with a schema, barrels by serial number with another part of it, and oil without one. */
async function winery(options: WorldOptions = {}): Promise<World> {
  const world = await emptyWorld(options);
  const unit = { code: 'BTL', decimals: 0 };
  await world.ledger.items.create({ code: 'WINE', unit, lots: {}, attributeSchema: schema });
  await world.ledger.items.create({ code: 'BARREL', unit, serials: {}, attributeSchema: schema });
  await world.ledger.items.create({ code: 'OIL', unit, lots: {} });
  return world;
}

const wine = (code: string, attributes: object) => ({ item: 'WINE', code, attributes: attributes as never });

describe('the schema of an item', () => {
  it('is refused where it says something twice, or lists choices where there are none', async () => {
    const world = await winery();
    const save = (attributeSchema: unknown) => () =>
      world.ledger.items.update('OIL', { attributeSchema: attributeSchema as never });
    await refused(
      world,
      save([
        { key: 'A', type: 'text' },
        { key: ' a', type: 'date' },
      ]),
      {
        code: 'field.repeated',
        path: 'attributeSchema[1].key',
      },
    );
    await refused(world, save([{ key: 'A', type: 'choice' }]), {
      code: 'field.required',
      path: 'attributeSchema[0].choices',
    });
    await refused(world, save([{ key: 'A', type: 'number', choices: ['1'] }]), {
      code: 'field.unknown',
      path: 'attributeSchema[0].choices',
    });
    await refused(world, save([{ key: 'A', type: 'choice', choices: ['x', 'X'] }]), {
      code: 'field.repeated',
      path: 'attributeSchema[0].choices[1]',
    });
    expect((await caught(save([{ key: 'A', type: 'colour' }]))).kind).toBe('invalid');
  });

  it('types what a lot is made with, and writes keys and choices as it does', async () => {
    const world = await winery();
    const lot = await world.ledger.lots.create(
      wine('A', { origin: 'ETNA', ALCOHOL: 13.5, picked: '2026-09-14', organic: true, remark: null }),
    );
    expect(lot.attributes).toEqual({ Origin: 'Etna', alcohol: 13.5, picked: '2026-09-14', organic: true });
    const cases = [
      [{ origin: 'Etna', colour: 'red' }, 'attribute.unknown', 'attributes.colour'],
      [{ origin: 'Etna', cork: 'x' }, 'attribute.unknown', 'attributes.cork'],
      [{ origin: 'Etna', alcohol: '13' }, 'attribute.type', 'attributes.alcohol'],
      [{ origin: 'Etna', picked: '2026-02-30' }, 'attribute.type', 'attributes.picked'],
      [{ origin: 'Etna', organic: 'yes' }, 'attribute.type', 'attributes.organic'],
      [{ origin: 'Etna', remark: ['a'] }, 'attribute.type', 'attributes.remark'],
      [{ origin: 'Mosel' }, 'attribute.choice', 'attributes.origin'],
      [{ alcohol: 12 }, 'attribute.required', 'attributes.Origin'],
      [{ origin: null }, 'attribute.required', 'attributes.Origin'],
    ] as const;
    for (const [attributes, code, path] of cases) {
      await refused(world, () => world.ledger.lots.create(wine('B', attributes)), { code, path });
    }
    await refused(world, () => world.ledger.lots.create({ item: 'WINE', code: 'B' }), 'attribute.required');
    const free = { anything: 'goes', list: ['a', 'b'] };
    expect((await world.ledger.lots.create({ item: 'OIL', code: 'O', attributes: free })).attributes).toEqual(
      free,
    );
  });

  it('R121 an edit is typed and told in the history; what is required cannot be cleared', async () => {
    const world = await winery();
    const { ledger } = world;
    const lot = await ledger.lots.create(wine('A', { origin: 'Etna', alcohol: 13 }));
    const edited = await ledger.lots.update(lot.id, {
      attributes: { ALCOHOL: 13.5, organic: false } as never,
    });
    expect(edited.attributes).toEqual({ Origin: 'Etna', alcohol: 13.5, organic: false });
    const edit = (attributes: object | null) => () =>
      ledger.lots.update(lot.id, { attributes: attributes as never });
    await refused(world, edit({ origin: null }), { code: 'attribute.required', path: 'attributes.Origin' });
    await refused(world, edit(null), 'attribute.required');
    await refused(world, edit({ alcohol: 'much' }), 'attribute.type');
    const [change] = (await ledger.lots.history(lot.id, { field: 'attributes' })).items;
    expect([change?.from, change?.to]).toEqual([{ Origin: 'Etna', alcohol: 13 }, edited.attributes]);
    // a schema that grew asks nothing of what is not edited
    const more: AttributeField[] = [...schema, { key: 'bottler', type: 'text', required: true }];
    await ledger.items.update('WINE', { attributeSchema: more });
    expect((await edit({ alcohol: 14 })()).attributes.alcohol).toBe(14);
    await refused(world, () => ledger.lots.create(wine('B', { origin: 'Etna' })), {
      code: 'attribute.required',
      path: 'attributes.bottler',
    });
  });

  it('types the rows of a load: new lots and pieces get them, known ones must agree', async () => {
    const world = await winery();
    const { ledger, post } = world;
    const row = (code: string, attributes?: object) => ({
      code,
      quantity: '6',
      ...(attributes ? { attributes } : {}),
    });
    const load = (...lots: object[]) =>
      post('TOP', { item: 'WINE', quantity: String(6 * lots.length), lots: lots as never });
    await load(row('A', { origin: 'langhe', alcohol: 14 }));
    expect((await ledger.lots.get('A')).attributes).toEqual({ Origin: 'Langhe', alcohol: 14 });
    await refused(world, () => load(row('B')), {
      code: 'attribute.required',
      path: 'lines[0].lots[0].attributes.Origin',
    });
    await refused(world, () => load(row('A'), row('B', { origin: 1 })), {
      code: 'attribute.type',
      path: 'lines[0].lots[1].attributes.origin',
    });
    await load(row('A', { origin: 'Langhe' }));
    await refused(world, () => load(row('A', { alcohol: 13 })), {
      code: 'lot.fieldConflict',
      path: 'lines[0].lots[0].attributes.alcohol',
    });
    await ledger.lots.create(wine('C', { origin: 'Etna' }));
    await load(row('C', { alcohol: 12 }));
    expect((await ledger.lots.get('C')).attributes).toEqual({ Origin: 'Etna', alcohol: 12 });
    const piece = { code: 'B1', attributes: { origin: 'Etna', cork: 'oak' } };
    await post('LOA', { item: 'BARREL', quantity: '1', serials: [piece] });
    expect((await ledger.serials.get('B1')).attributes).toEqual({ Origin: 'Etna', cork: 'oak' });
    const wrong = { code: 'B2', attributes: { origin: 'Etna', picked: '2026-01-01' } };
    await refused(world, () => post('LOA', { item: 'BARREL', quantity: '1', serials: [wrong] }), {
      code: 'attribute.unknown',
      path: 'lines[0].serials[0].attributes.picked',
    });
    expect((await ledger.verify()).ok).toBe(true);
  });
});

/** Lots 1 to 9, of which 8 has no strength and 9 nothing at all. */
async function cellar(): Promise<World> {
  const world = await winery();
  const strengths = [10, 9.5, -2, 100, 9.5, 0, 0.25];
  for (const [i, alcohol] of strengths.entries()) {
    const origin = i % 2 === 0 ? 'Etna' : 'Langhe';
    const picked = `2026-${String(12 - i).padStart(2, '0')}-01`;
    await world.ledger.lots.create(
      wine(`W${i + 1}`, { origin, alcohol, picked, remark: `Tank ${20 - 3 * i}` }),
    );
  }
  await world.ledger.lots.create(wine('W8', { origin: 'Chianti', organic: true }));
  await world.ledger.lots.create({ item: 'OIL', code: 'W9' });
  return world;
}

describe('registers by custom attributes', () => {
  it('filter by every comparison, with filters of their own fields', async () => {
    const { ledger } = await cellar();
    const codes = async (filter: object) =>
      (await ledger.lots.list({ filter: filter as never })).items.map((lot) => lot.code).join(' ');
    expect(await codes({ 'attributes.origin': 'Langhe' })).toBe('W2 W4 W6');
    expect(await codes({ 'attributes.Origin': { in: ['Langhe', 'Chianti'] } })).toBe('W2 W4 W6 W8');
    expect(await codes({ 'attributes.alcohol': { from: 9.5, to: 10 } })).toBe('W1 W2 W5');
    expect(await codes({ 'attributes.alcohol': { to: 0 } })).toBe('W3 W6');
    expect(await codes({ 'attributes.alcohol': { from: 11 } })).toBe('W4');
    expect(await codes({ 'attributes.alcohol': { isNull: true } })).toBe('W8 W9');
    expect(await codes({ 'attributes.alcohol': null })).toBe('W8 W9');
    expect(await codes({ 'attributes.alcohol': { isNull: false, to: 9 } })).toBe('W3 W6 W7');
    expect(await codes({ 'attributes.alcohol': { in: [null, 100] } })).toBe('W4 W8 W9');
    expect(await codes({ 'attributes.remark': { like: 'tank 1%' } })).toBe('W2 W3 W4');
    expect(await codes({ 'attributes.picked': { from: '2026-10-02', to: '2026-12-31' } })).toBe('W1 W2');
    expect(await codes({ 'attributes.organic': true })).toBe('W8');
    expect(await codes({ 'attributes.origin': 'Etna', 'attributes.alcohol': { from: 9 } })).toBe('W1 W5');
    expect(await codes({ 'attributes.alcohol': { from: 9 }, code: { like: 'w5' }, state: 'open' })).toBe(
      'W5',
    );
    expect(await codes({ 'attributes.nothing': 'x' })).toBe('');
    const total = { filter: { 'attributes.alcohol': { in: [null, 100] } }, total: true, limit: 1 } as const;
    expect((await ledger.lots.list(total)).total).toBe(3);
    const odd = { filter: { 'attributes.alcohol': { above: 3 } } } as never;
    expect((await caught(() => ledger.lots.list(odd))).code).toBe('query.unsupported');
    expect((await caught(() => ledger.lots.list({ filter: { 'attributes.': 3 } }))).code).toBe(
      'query.unsupported',
    );
    expect((await caught(() => ledger.items.list({ filter: { 'attributes.a': 3 } }))).code).toBe(
      'query.unsupported',
    );
  });

  it('sort numbers as numbers, texts naturally, dates by the calendar; nothing is last both ways', async () => {
    const { ledger } = await cellar();
    const sorted = async (sort: string, filter: object = {}) => {
      const codes: string[] = [];
      let cursor: string | undefined;
      do {
        const question = { sort: [sort], limit: 2, filter: filter as never, ...(cursor ? { cursor } : {}) };
        const page = await ledger.lots.list(question);
        codes.push(...page.items.map((lot) => lot.code));
        cursor = page.next;
      } while (cursor);
      return codes.join(' ');
    };
    const up = (await sorted('attributes.alcohol')).split(' ');
    expect(up.slice(0, 3)).toEqual(['W3', 'W6', 'W7']);
    expect(new Set(up.slice(3, 5))).toEqual(new Set(['W2', 'W5']));
    expect(up.slice(5)).toEqual(['W1', 'W4', 'W8', 'W9']);
    const down = (await sorted('-attributes.alcohol')).split(' ');
    expect(down).toEqual([...up.slice(0, 7).reverse(), 'W8', 'W9']);
    expect(await sorted('attributes.remark')).toBe('W7 W6 W5 W4 W3 W2 W1 W8 W9');
    expect(await sorted('-attributes.picked')).toBe('W1 W2 W3 W4 W5 W6 W7 W8 W9');
    expect(await sorted('attributes.alcohol', { 'attributes.origin': 'Etna' })).toMatch(/^W3 W7 W5 W1$/);
    expect(await sorted('attributes.alcohol', { item: 'OIL' })).toBe('W9');
    expect(await sorted('attributes.alcohol', { 'attributes.alcohol': { isNull: true } })).toBe('W8 W9');
    const total = await ledger.lots.list({
      sort: ['attributes.alcohol'],
      total: true,
      limit: 3,
      search: 'wine',
    });
    expect([total.total, total.items.length]).toEqual([8, 3]);
  });

  it('follow edits and removals, and pieces as well as lots', async () => {
    const world = await cellar();
    const { ledger } = world;
    const found = async (value: number) =>
      (await ledger.lots.list({ filter: { 'attributes.alcohol': value } })).items.map((lot) => lot.code);
    const lot = await ledger.lots.get('W1');
    await ledger.lots.update(lot.id, { attributes: { alcohol: 77 } as never });
    expect([await found(10), await found(77)]).toEqual([[], ['W1']]);
    await ledger.lots.update(lot.id, { attributes: { alcohol: null } as never });
    expect(await found(77)).toEqual([]);
    await ledger.lots.remove((await ledger.lots.get('W4')).id);
    expect(await found(100)).toEqual([]);
    for (const [code, cork] of [
      ['S2', 'pine'],
      ['S10', 'oak'],
    ] as const) {
      await ledger.serials.create({ item: 'BARREL', code, attributes: { origin: 'Etna', cork } });
    }
    const oak = await ledger.serials.list({ filter: { 'attributes.cork': { like: 'OA_' } } });
    expect(oak.items.map((each) => each.code)).toEqual(['S10']);
    const byCork = await ledger.serials.list({ sort: ['-attributes.cork'] });
    expect(byCork.items.map((each) => each.code)).toEqual(['S2', 'S10']);
    expect((await ledger.verify()).ok).toBe(true);
  });
});
