/** Templates with every mark: what cannot work is refused when it is saved (R101, R90), the rest does as it says. */
import { expect, test } from 'vitest';
import { pair } from './pairing.ts';
import { dairy, emptyWorld, refused, type Template, type World } from './world.ts';

const saving = (world: World, fields: Partial<Template>) => () =>
  world.ledger.templates.create({ warehouse: 'SHOP', code: 'NEW', type: 'unload', ...fields } as Template);

test('R101 a counterpart is a template that exists, of the other type and for the same purpose', async () => {
  const world = await emptyWorld();
  const { ledger } = world;
  await ledger.templates.create({ warehouse: 'MAIN', code: 'ARR', type: 'load', intent: 'transfer' });
  await ledger.templates.create({ warehouse: 'MAIN', code: 'ANYHOW', type: 'load' });
  const named = (template: string, warehouse = 'MAIN') => ({ counterpart: { warehouse, template } });
  await refused(world, saving(world, { intent: 'transfer', ...named('ARR', 'NOWHERE') }), {
    code: 'warehouse.notFound',
    path: 'counterpart.warehouse',
  });
  await refused(world, saving(world, { intent: 'transfer', ...named('NONE') }), {
    code: 'template.notFound',
    path: 'counterpart.template',
  });
  await refused(world, saving(world, { intent: 'transfer', type: 'load', ...named('ARR') }), {
    code: 'template.counterpart',
    path: 'counterpart',
    details: { why: 'type' },
  });
  await refused(world, saving(world, { intent: 'production', ...named('ARR') }), {
    code: 'template.counterpart',
    path: 'counterpart',
    details: { why: 'otherIntent', intent: 'transfer' },
  });
  // without an intent an unload is a sale, and a sale has no opposite side
  for (const intent of [undefined, 'scrap', 'inspection', 'supplierReturn'] as const) {
    await refused(world, saving(world, { ...(intent ? { intent } : {}), ...named('ARR') }), {
      code: 'template.counterpart',
      details: { why: 'intent' },
    });
  }
  const other = await ledger.templates.create({
    warehouse: 'shop',
    code: 'OTH',
    type: 'unload',
    intent: 'other',
    counterpart: { warehouse: 'main', template: 'anyhow' },
  });
  expect(other.counterpart).toEqual({ warehouse: 'MAIN', template: 'ANYHOW' });
});

test('R101 a mark that works only with another is refused without it', async () => {
  const world = await emptyWorld();
  await world.ledger.templates.create({
    warehouse: 'MAIN',
    code: 'USE',
    type: 'unload',
    intent: 'production',
  });
  await world.ledger.templates.create({ warehouse: 'MAIN', code: 'MOV', type: 'unload', intent: 'transfer' });
  const using = { counterpart: { warehouse: 'MAIN', template: 'USE' } };
  const make = { type: 'load', intent: 'production', ...using } as const;
  const exploding = [
    { type: 'load', intent: 'production' },
    { type: 'load', intent: 'transfer', counterpart: { warehouse: 'MAIN', template: 'MOV' } },
    { type: 'unload', intent: 'production' },
  ] as const;
  for (const fields of exploding) {
    await refused(world, saving(world, { ...fields, explodeComponents: true }), {
      code: 'template.counterpart',
      path: 'explodeComponents',
      details: { why: 'explode' },
    });
  }
  const needs = (flag: string, needed: string, fields: Partial<Template>) =>
    refused(world, saving(world, { ...fields, [flag]: true }), {
      code: 'template.flagNeeds',
      path: flag,
      details: { flag, needs: needed },
    });
  await needs('allowAlternatives', 'explodeComponents', make);
  await needs('mixAlternatives', 'allowAlternatives', { ...make, explodeComponents: true });
  await needs('counting', 'intent: count', { type: 'load', intent: 'other' });
  await saving(world, { ...make, explodeComponents: true, allowAlternatives: true, mixAlternatives: true })();
  await saving(world, { code: 'CNT', intent: 'count', counting: true })();
});

test('R90 R101 lots are made from lots by an unload that tracks lots and has a load on the other side', async () => {
  const world = await emptyWorld();
  await world.ledger.templates.create({ warehouse: 'SHOP', code: 'IN', type: 'load', intent: 'other' });
  await world.ledger.templates.create({ warehouse: 'SHOP', code: 'EX', type: 'unload', intent: 'other' });
  const from = (template: string) => ({ counterpart: { warehouse: 'SHOP', template } });
  const wrong: [string, Partial<Template>][] = [
    ['type', { type: 'load', tracksLots: true, ...from('EX') }],
    ['tracksLots', from('IN')],
    ['counterpart', { tracksLots: true }],
  ];
  for (const [why, fields] of wrong) {
    await refused(world, saving(world, { intent: 'other', createsLotFromLot: true, ...fields }), {
      code: 'template.notConvertible',
      path: 'createsLotFromLot',
      details: { why },
    });
  }
  await saving(world, { intent: 'other', createsLotFromLot: true, tracksLots: true, ...from('IN') })();
});

test('R101 a template named as a counterpart stays what the other needs, whoever is edited', async () => {
  const world = await emptyWorld();
  const { ledger } = world;
  await pair(world, 'transfer', ['MAIN/MOV', 'SHOP/ARR']);
  const there = await ledger.templates.get({ warehouse: 'SHOP', code: 'ARR' });
  const here = await ledger.templates.get({ warehouse: 'MAIN', code: 'MOV' });
  await refused(world, () => ledger.templates.update(there.id, { intent: 'production' }), {
    code: 'template.counterpart',
    path: 'intent',
    details: { why: 'named', warehouse: 'MAIN', template: 'MOV' },
  });
  await refused(world, () => ledger.templates.update(there.id, { type: 'unload' }), 'template.inUse');
  await refused(world, () => ledger.templates.remove(there.id), 'template.inUse');
  await refused(world, () => ledger.templates.update(here.id, { intent: 'production' }), {
    code: 'template.counterpart',
    path: 'counterpart',
  });
  // first the name, then the purpose, then the name again
  await ledger.templates.update(here.id, { counterpart: null });
  await ledger.templates.update(there.id, { intent: 'production' });
  const again = { intent: 'production', counterpart: { warehouse: 'SHOP', template: 'ARR' } } as const;
  expect(await ledger.templates.update(here.id, again)).toMatchObject(again);
});

test('R77 a counterpart is only said of templates that have one', async () => {
  const world = await dairy();
  await refused(
    world,
    () =>
      world.post(
        'TRA',
        { item: 'SALT', quantity: '1' },
        { counterpart: { lines: [{ item: 'SALT', quantity: '1' }] } },
      ),
    { code: 'template.noCounterpart', path: 'counterpart', details: { template: 'TRA' } },
  );
  await refused(
    world,
    () => world.post('TOP', { item: 'SALT', quantity: '1', components: [{ item: 'MILK', quantity: '1' }] }),
    { code: 'template.flagNeeds', path: 'lines[0].components' },
  );
});

test('R66 R77 zero, documents, parties and default places: what a template asks of both its sides', async () => {
  const world = await dairy();
  const { ledger } = world;
  await pair(world, 'transfer', ['MAIN/MOV', 'SHOP/ARR'], {
    out: { requireDocument: true, defaultLocation: 'B-01', allowZero: true },
    into: { requireParty: true },
  });
  await world.post('MAIN/LOA', { item: 'SALT', quantity: '2.5', location: 'B-01' });
  const line = { item: 'SALT', quantity: '0.75' };
  const document = { type: 'transferOrder', number: 'T-1' } as const;
  const party = { kind: 'other', code: 'CARRIER' } as const;
  await refused(world, () => world.post('MAIN/MOV', line, { party }), {
    code: 'template.documentRequired',
    path: 'document',
  });
  await refused(world, () => world.post('MAIN/MOV', line, { document }), {
    code: 'template.partyRequired',
    path: 'party',
  });
  const zero = { item: 'MILK', quantity: '0' };
  const moved = await world.post('MAIN/MOV', [line, zero], { document, party });
  expect(moved.lines.map(({ quantity, location, lots }) => ({ quantity, location, lots }))).toEqual([
    { quantity: '0.75', location: 'B-01', lots: [] },
    { quantity: '0', location: 'B-01', lots: [] },
  ]);
  const arrived = await ledger.postings.get(moved.counterpart ?? '');
  expect(arrived).toMatchObject({ document: { number: 'T-1' }, party: { code: 'CARRIER' }, main: false });
  expect(arrived.lines.map(({ quantity, location }) => ({ quantity, location }))).toEqual([
    { quantity: '0.75', location: null },
    { quantity: '0', location: null },
  ]);
});

test('R107 a posting keeps whether its template is traced, and so does what takes it back', async () => {
  const world = await dairy();
  const { ledger } = world;
  const hidden = {
    warehouse: 'SHOP',
    type: 'load',
    intent: 'other',
    traced: false,
    tracksLots: true,
  } as const;
  const template = await ledger.templates.create({ ...hidden, code: 'HID' });
  const load = await world.post('HID', {
    item: 'MILK',
    quantity: '4',
    lots: [{ code: 'H1', quantity: '4' }],
  });
  expect(load.traced).toBe(false);
  await ledger.templates.update(template.id, { traced: true });
  const back = await ledger.postings.reverse(load.id, { date: '2026-11-22', reason: 'twice' });
  expect(back).toMatchObject({ traced: false, reverses: load.id });
  expect((await world.post('LOA', { item: 'SALT', quantity: '1' })).traced).toBe(true);
});
