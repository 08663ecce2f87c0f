/** What `verify` finds and names when somebody touched the store, and that writing then stops. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { chainLink, type JournalGroup, textsDigest } from '../../src/core/adapter-kit.ts';
import type { Anchor, Difference } from '../../src/core/index.ts';
import { type Twist, twisted } from './stores.ts';
import { caught, dairy, type World } from './world.ts';

/** A ledger with a few postings, some of them in one group, and the twist its store will have. */
async function touched(): Promise<{ world: World; twist: Twist }> {
  const twist: Twist = {};
  const world = await dairy({ store: twisted(memory(), twist) });
  const line = (code: string) => ({ item: 'MILK', quantity: '10', lots: [{ code, quantity: '10' }] });
  await Promise.all(['L1', 'L2', 'L3'].map((code) => world.post('LOA', line(code))));
  await world.post('UNL', { item: 'MILK', quantity: '4', lots: [{ code: 'L2', quantity: '4' }] });
  await world.post('LOA', { item: 'SALT', quantity: '2.5' });
  expect(await world.ledger.verify()).toMatchObject({ ok: true });
  return { world, twist };
}

async function found(world: World, expected: Partial<Difference>): Promise<void> {
  const { ledger } = world;
  const seq = ledger.status().seq;
  expect(await ledger.verify()).toEqual({ ok: false, at: expect.objectContaining(expected) });
  expect(ledger.status()).toMatchObject({ state: 'readonly', reason: 'store.corrupt', seq });
  const attempts = [
    () => world.post('LOA', { item: 'SALT', quantity: '1' }),
    () => ledger.items.create({ code: 'NEW', unit: { code: 'PCE', decimals: 0 } }),
    () => ledger.settings.update({ workflowOnly: true }),
  ];
  for (const attempt of attempts) expect((await caught(attempt)).code).toBe('store.corrupt');
  expect(ledger.status().seq).toBe(seq);
  expect((await ledger.lots.list({})).items.length).toBe(3);
}

const flipped = (text: string, at: number): string =>
  text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);

const withText = (group: JournalGroup, index: number, change: (text: string) => string): JournalGroup => ({
  ...group,
  texts: group.texts.map((text, i) => (i === index ? change(text) : text)),
});

/** The group of the three loads. */
const isTriple = (group: JournalGroup): boolean => group.texts.length === 3;

test('verify answers the entries and the head of a good ledger', async () => {
  const { world } = await touched();
  const answer = await world.ledger.verify();
  expect(answer).toEqual({
    ok: true,
    entries: world.ledger.status().seq,
    head: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
});

test.each([0, 1, 2])('verify names a flipped byte in entry %i of a group', async (index) => {
  const { world, twist } = await touched();
  twist.tail = (groups) =>
    groups.map((group) =>
      isTriple(group) ? withText(group, index, (text) => flipped(text, text.length - 3)) : group,
    );
  await found(world, { kind: 'entry' });
});

test('verify names a dropped group', async () => {
  const { world, twist } = await touched();
  let seq = 0;
  twist.tail = (groups) =>
    groups.filter((group) => {
      if (isTriple(group)) seq = group.firstSeq;
      return !isTriple(group);
    });
  await found(world, { kind: 'chain' });
  expect((await world.ledger.verify()) as unknown).toMatchObject({ at: { kind: 'chain', seq } });
});

test('verify names the last group missing', async () => {
  const { world, twist } = await touched();
  const last = world.ledger.status().seq;
  twist.tail = (groups) => groups.filter((group) => group.firstSeq !== last);
  await found(world, { kind: 'chain', seq: last });
});

test('verify names swapped entries of one group, and swapped groups', async () => {
  const { world, twist } = await touched();
  twist.tail = (groups) =>
    groups.map((group) => {
      const [a = '', b = '', c = ''] = group.texts;
      return isTriple(group) ? { ...group, texts: [b, a, c] } : group;
    });
  await found(world, { kind: 'entry' });
  const other = await touched();
  other.twist.tail = (groups) => {
    const [first, second, ...rest] = groups;
    if (!first || !second) return groups;
    return [
      { ...second, firstSeq: first.firstSeq },
      { ...first, firstSeq: first.firstSeq + second.texts.length },
      ...rest,
    ];
  };
  await found(other.world, { kind: 'chain' });
});

test('verify finds an entry whose digest was made to fit', async () => {
  const { world, twist } = await touched();
  twist.tail = (groups) =>
    groups.map((group) => {
      if (!isTriple(group)) return group;
      const forged = withText(group, 1, (text) => text.replace('"quantity":10', '"quantity":90'));
      return { ...forged, digest: textsDigest(forged.texts) };
    });
  await found(world, { kind: 'chain' });
});

/** The whole journal from a change on, with digests and links that fit. */
function forge(groups: JournalGroup[], change: (text: string) => string): JournalGroup[] {
  let link: string | undefined;
  return groups.map((group) => {
    const texts = group.texts.map(change);
    const digest = textsDigest(texts);
    const before = link;
    if (before === undefined && digest === group.digest) return group;
    link = chainLink(before ?? '', digest);
    return { ...group, texts, digest, link };
  });
}

test('verify finds a journal forged to its end by the head it does not reach', async () => {
  const { world, twist } = await touched();
  twist.tail = (groups) => forge(groups, (text) => text.replace('"quantity":10', '"quantity":90'));
  const answer = await world.ledger.verify();
  expect(answer).toMatchObject({ ok: false });
});

test.each([
  ['lots', 'onHand', 7],
  ['balances', 'onHand', 1],
  ['movements', 'quantity', 3],
  ['postings', 'date', '2026-11-01'],
  ['items', 'description', 'another'],
  ['receipts', 'print', 'x'],
  ['days', 'delta', 0],
] as const)('verify names an edited projection: %s.%s', async (collection, field, value) => {
  const { world, twist } = await touched();
  let key: string | undefined;
  twist.record = (name, record) => {
    if (name !== collection || !record || (key !== undefined && record.id !== key)) return record;
    key = record.id;
    return { ...record, [field]: value } as typeof record;
  };
  await found(world, { kind: 'record', collection });
  expect(await world.ledger.verify()).toMatchObject({ at: { key } });
});

test('verify names a record that is gone', async () => {
  const { world, twist } = await touched();
  const lot = await world.ledger.lots.get({ item: 'MILK', code: 'L2' });
  twist.record = (name, record) => (name === 'lots' && record?.id === lot.id ? undefined : record);
  await found(world, { kind: 'record', collection: 'lots', key: lot.id });
});

test('verify names a head that the journal does not reach', async () => {
  const { world, twist } = await touched();
  twist.head = (head) => ({
    ...head,
    link: `${head.link.slice(0, -1)}${head.link.endsWith('0') ? '1' : '0'}`,
  });
  await found(world, { kind: 'head' });
});

test('verify checks an anchor that was kept outside', async () => {
  const { world } = await touched();
  const anchor: Anchor = await world.ledger.head();
  await world.post('LOA', { item: 'SALT', quantity: '1' });
  expect(await world.ledger.verify({ anchor })).toMatchObject({ ok: true });
  const forged = { ...anchor, head: anchor.head.replace(/.$/, (c) => (c === '0' ? '1' : '0')) };
  expect(await world.ledger.verify({ anchor: forged })).toMatchObject({
    ok: false,
    at: { kind: 'anchor', seq: anchor.seq },
  });
});

test('verify reads on after a difference: what was written can still be read', async () => {
  const { world, twist } = await touched();
  twist.record = (name, record) =>
    name === 'lots' && record ? ({ ...record, onHand: 1 } as typeof record) : record;
  await world.ledger.verify();
  expect(await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).toMatchObject({ onHand: '10' });
});
