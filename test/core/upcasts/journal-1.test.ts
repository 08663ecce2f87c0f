/** A journal of version 0.1 opens, verifies, is folded as it was, and goes on. */
import { expect, test } from 'vitest';
import { type Ledger, openLedger } from '../../../src/core/index.ts';
import type { Fact } from '../../../src/core/model/facts.ts';
import { readEntry } from '../../../src/core/upcasts/index.ts';
import { pharma } from '../../rules/world.ts';
import { older, olderStore } from '../engine/older.ts';

/** The day it was left on; what is counted from today is as it was then. */
let day = '2026-03-12';
const options = { actor: 'maria', timeZone: 'Europe/Rome', now: () => new Date(`${day}T09:00:00Z`) };

async function opened(): Promise<{ ledger: Ledger; store: ReturnType<typeof olderStore> }> {
  const store = olderStore();
  return { ledger: await openLedger(store, options), store };
}

test('its texts are read as entries of today and stay as they are', async () => {
  const { groups, head } = older();
  const { ledger, store } = await opened();
  for (const text of groups.flatMap((group) => group.texts)) {
    expect(JSON.parse(text).v).toBe(1);
    expect(readEntry(text).v).toBe(2);
  }
  const kept = await (await store.open([], 2)).tail(0, 1000);
  expect(kept.map(({ texts, link }) => ({ texts, link }))).toEqual(
    groups.map(({ texts, link }) => ({ texts, link })),
  );
  expect(await ledger.verify({ anchor: head })).toEqual({ ok: true, entries: head.seq, head: head.head });
});

test('it answers what it answered then, and more', async () => {
  const { answers } = older();
  const { ledger } = await opened();
  const all = { filter: { state: 'all' }, limit: 500, sort: ['code'] };
  expect((await ledger.lots.list(all)).items).toMatchObject(answers.lots);
  expect((await ledger.serials.list(all)).items).toMatchObject(answers.serials);
  expect((await ledger.postings.list({ limit: 500, sort: ['seq'] })).items).toMatchObject(answers.postings);
  expect(await ledger.settings.get()).toMatchObject(answers.settings);
});

test('what a version 1 entry did not say has the value it had then', () => {
  const facts = older()
    .groups.flatMap((group) => group.texts)
    .flatMap((text) => readEntry(text).facts);
  const posted = facts.flatMap((fact) => (fact.kind === 'posted' ? [fact.posting] : []));
  expect(posted.length).toBeGreaterThan(10);
  for (const posting of posted) {
    expect(posting).toMatchObject({ operation: null, counterpart: null, main: true, fulfilled: [] });
    for (const line of posting.lines) expect(line).toMatchObject({ returns: null, returned: [] });
  }
  for (const fact of facts) {
    if (fact.kind === 'lotCreated') expect(fact.lot).toMatchObject({ recall: null, removalDate: null });
    if (fact.kind === 'serialCreated') expect(fact.serial).not.toHaveProperty('reserved');
    if (fact.kind === 'settings') expect(fact.settings.closedThrough).toBeNull();
  }
});

/** The names of the fields of facts, by kind; of a posting's lines and rows too. */
function fieldsOf(facts: readonly Fact[]): Map<string, Set<string>> {
  const fields = new Map<string, Set<string>>();
  const add = (kind: string, value: object): void => {
    const known = fields.get(kind) ?? new Set();
    fields.set(kind, known);
    for (const name of Object.keys(value)) known.add(name);
  };
  for (const fact of facts) {
    if (fact.kind === 'lotCreated') add('lot', fact.lot);
    if (fact.kind === 'serialCreated') add('serial', fact.serial);
    if (fact.kind === 'settings') add('settings', fact.settings);
    if (fact.kind !== 'posted') continue;
    add('posting', fact.posting);
    for (const line of fact.posting.lines) {
      add('line', line);
      for (const row of line.lots) add('lot row', row);
      for (const row of line.serials) add('serial row', row);
    }
  }
  return fields;
}

test('no field that a fact has today is missing in one of version 1', async () => {
  const world = await pharma();
  const line = {
    item: 'VACCINE',
    quantity: '2',
    lots: [{ code: 'V', quantity: '2' }],
    serials: 'auto' as const,
  };
  await world.post('LOA', line);
  await world.ledger.settings.update({ lotsRequired: false });
  const groups = await (await world.store.open([], 2)).tail(0, 1000);
  const factsOf = (texts: readonly string[]): Fact[] => texts.flatMap((text) => [...readEntry(text).facts]);
  const today = fieldsOf(factsOf(groups.flatMap(({ texts }) => texts)));
  const then = fieldsOf(factsOf(older().groups.flatMap(({ texts }) => texts)));
  expect(today.size).toBe(7);
  for (const [kind, fields] of today) {
    expect(
      [...fields].filter((name) => !then.get(kind)?.has(name)),
      kind,
    ).toEqual([]);
  }
});

test('R88 an id that was accepted then is answered from its entry', async () => {
  const { ledger } = await opened();
  const entry = readEntry(older().groups.flatMap((group) => group.texts)[0] as string);
  await expect(ledger.grades.create({ code: 'OTHER' }, { commandId: entry.id })).rejects.toMatchObject({
    code: 'command.mismatch',
  });
  const refused = { warehouse: 'SHOP', template: 'UNL', date: '2026-03-12' };
  await expect(
    ledger.postings.post(
      { ...refused, lines: [{ item: 'SALT', quantity: '999' }] },
      { commandId: 'refused-1' },
    ),
  ).rejects.toMatchObject({ code: 'stock.insufficient' });
});

test('it takes new commands: what was loaded then is sold, reversed, reserved by hand and released', async () => {
  day = '2026-03-20';
  const { ledger } = await opened();
  const place = { warehouse: 'MAIN', date: '2026-03-20' };
  const sale = await ledger.postings.post({
    ...place,
    template: 'UNL',
    lines: [{ item: 'MILK', quantity: '7', location: 'A-01', lots: 'auto' }],
  });
  await ledger.postings.reverse(sale.id, { date: '2026-03-20', reason: 'Too soon' });
  const first = older().answers.postings[0]?.id as string;
  await expect(ledger.postings.reverse(first, { date: '2026-03-20', reason: 'x' })).rejects.toMatchObject({
    code: 'lot.insufficient',
  });
  const drug = await ledger.lots.get({ item: 'DRUG', code: 'D-1' });
  await ledger.lots.update(drug.id, { status: 'QUARANTINE' }, { reason: 'Doubt' });
  const piece = await ledger.serials.get({ item: 'RADIO', code: 'R-1' });
  expect(piece.reserved).toBe(true);
  await ledger.serials.update(piece.id, { reserved: false }, { reason: 'Not wanted' });
  expect((await ledger.serials.get({ item: 'RADIO', code: 'R-1' })).reserved).toBe(false);
  expect((await ledger.verify()).ok).toBe(true);
});
