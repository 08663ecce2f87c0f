/** Records that an older program folded are built anew when the ledger opens: whole, or not yet. */
import { expect, test } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import type { Store, StoreAdapter } from '../../../src/core/adapter-kit.ts';
import { FOLDED, ownVersions } from '../../../src/core/engine/folded.ts';
import { type Ledger, openLedger, type RebuildProgress } from '../../../src/core/index.ts';
import { sideCollections, tables } from '../../../src/core/tables.ts';
import { twisted } from '../../rules/stores.ts';
import { caught } from '../../rules/world.ts';
import { farStore } from './far-store.ts';
import { older, olderStore } from './older.ts';

const options = { actor: 'maria', timeZone: 'Europe/Rome', now: () => new Date('2026-03-20T09:00:00Z') };

/** Everything folded that a store holds. */
async function records(adapter: StoreAdapter): Promise<Map<string, Map<string, unknown>>> {
  const store = await adapter.open(Object.values(tables), 2);
  const names = Object.keys(tables).filter((name) => !sideCollections.includes(name as 'lots'));
  return new Map(
    names.map((name) => [
      name,
      new Map([...(store.sync?.all(name) ?? [])].map((record) => [record.id, structuredClone(record)])),
    ]),
  );
}

/** The same journal, folded live by this program into an empty store. */
async function foldedLive(): Promise<Map<string, Map<string, unknown>>> {
  const adapter = olderStore();
  for (const name of Object.keys(older().records)) {
    if (sideCollections.includes(name as 'lots')) continue;
    const ids = [...adapter.data.records.all(name)].map(({ id }) => ({ collection: name, id }));
    adapter.data.records.apply({ puts: [], deletes: ids }, 0, adapter.data.records.head);
  }
  await (await openLedger(adapter, options)).close();
  return records(adapter);
}

const foldedOf = (store: Store) => store.sync?.get('folded', FOLDED);

test('a store of an older version is rebuilt, with progress, into what folding anew gives', async () => {
  const adapter = olderStore();
  const heard: RebuildProgress[] = [];
  const ledger = await openLedger(adapter, { ...options, onProgress: (progress) => heard.push(progress) });
  expect(await records(adapter)).toEqual(await foldedLive());
  expect((await ledger.verify()).ok).toBe(true);
  expect(heard.map(({ phase }) => phase)).toContain('reading');
  expect(heard.at(-1)).toMatchObject({ phase: 'writing' });
  for (const { done, total } of heard) expect(done).toBeLessThanOrEqual(total);
  expect(heard.at(-1)?.done).toBe(heard.at(-1)?.total);
  expect(foldedOf(await adapter.open([], 2))).toMatchObject({ versions: ownVersions, rebuild: null });
});

test('a store that is as it should be is opened without a word, and without writing', async () => {
  const adapter = memory();
  const first = await openLedger(adapter, options);
  await first.grades.create({ code: 'A' });
  let commits = 0;
  const watched = twisted(adapter, {
    commit: (_, go) => {
      commits++;
      return go();
    },
  });
  await openLedger(watched, { ...options, onProgress: () => expect.unreachable() });
  await openLedger(memory(), { ...options, onProgress: () => expect.unreachable() });
  expect(commits).toBe(0);
});

test('the rebuild keeps side records, and takes away what no entry makes any more', async () => {
  const adapter = olderStore();
  const stray = { ...[...adapter.data.records.all('lots')][0], id: 'stray', codeKey: 'stray' };
  adapter.data.records.load('lots', [stray as never]);
  adapter.data.records.load('guards', [{ id: 'stray', version: 1 }]);
  const parties = [...adapter.data.records.all('parties')].map((record) => ({ ...record }));
  const ledger = await openLedger(adapter, options);
  expect(adapter.data.records.get('lots', 'stray')).toBeUndefined();
  expect(adapter.data.records.get('guards', 'stray')).toBeUndefined();
  expect([...adapter.data.records.all('parties')]).toEqual(parties);
  expect((await ledger.verify()).ok).toBe(true);
});

test('a unique key that moved to another record is no obstacle', async () => {
  const adapter = olderStore();
  const [a, b] = [...adapter.data.records.all('lots')] as unknown as { codeKey: string; scope: string }[];
  if (!a || !b) throw new Error('two lots are needed');
  const swapped = [
    { ...a, codeKey: b.codeKey, scope: b.scope },
    { ...b, codeKey: a.codeKey, scope: a.scope },
  ];
  const ids = swapped.map((record) => ({ collection: 'lots', id: (record as never as { id: string }).id }));
  adapter.data.records.apply({ puts: [], deletes: ids }, 0, adapter.data.records.head);
  adapter.data.records.load('lots', swapped as never);
  await openLedger(adapter, options);
  expect(await records(adapter)).toEqual(await foldedLive());
});

test('killed at any of its commits it begins anew, and ends in the same records', async () => {
  const expected = await foldedLive();
  for (let after = 0; ; after++) {
    const adapter = olderStore();
    let commits = 0;
    const dying = twisted(adapter, {
      commit: async (_, go) => {
        if (commits++ === after) throw new Error('killed');
        return go();
      },
    });
    const killed = await openLedger(dying, options).then(
      () => false,
      () => true,
    );
    if (!killed) {
      expect(after).toBeGreaterThanOrEqual(3);
      break;
    }
    // nobody writes among half of the records
    const half = await adapter.open(Object.values(tables), 2);
    if (after > 0) expect(foldedOf(half)).toMatchObject({ rebuild: { versions: ownVersions } });
    await openLedger(adapter, options);
    expect(await records(adapter)).toEqual(expected);
  }
});

test('an answer that was lost on the way is no harm', async () => {
  const adapter = olderStore();
  let lost = false;
  const losing = twisted(adapter, {
    commit: async (_, go) => {
      const outcome = await go();
      if (lost) return outcome;
      lost = true;
      return { done: false, unknown: true };
    },
  });
  const ledger = await openLedger(losing, options);
  expect((await ledger.verify()).ok).toBe(true);
  expect(await records(adapter)).toEqual(await foldedLive());
});

test('two that open at once rebuild once, and both go on', async () => {
  const adapter = olderStore();
  const [one, other] = await Promise.all([openLedger(adapter, options), openLedger(adapter, options)]);
  await one.grades.create({ code: 'B' });
  await other.grades.create({ code: 'C' });
  expect((await one.verify()).ok).toBe(true);
});

/** Says of a store that its records were folded otherwise. */
async function mark(adapter: StoreAdapter, record: object): Promise<void> {
  const store = await adapter.open(Object.values(tables), 2);
  const version = foldedOf(store)?.version ?? 0;
  const outcome = await store.commit({
    expects: [{ collection: 'folded', id: FOLDED, version }],
    puts: [{ collection: 'folded', record: { id: FOLDED, version: version + 1, ...record } as never }],
    deletes: [],
    entries: [],
    digest: '',
  });
  expect(outcome.done).toBe(true);
}

async function withGrade(): Promise<{ adapter: StoreAdapter; ledger: Ledger }> {
  const adapter = memory();
  const ledger = await openLedger(adapter, options);
  await ledger.grades.create({ code: 'A' });
  return { adapter, ledger };
}

test('only a projection whose version changed sets a rebuild off', async () => {
  const { adapter } = await withGrade();
  await mark(adapter, { versions: { ...ownVersions, lots: 0 }, rebuild: null });
  const heard: string[] = [];
  const ledger = await openLedger(adapter, { ...options, onProgress: ({ phase }) => heard.push(phase) });
  expect(heard).toContain('reading');
  expect((await ledger.grades.create({ code: 'B' })).code).toBe('B');
});

test('while somebody else rebuilds nobody writes, and afterwards it goes on', async () => {
  const { adapter, ledger } = await withGrade();
  const seq = ledger.status().seq;
  await mark(adapter, { versions: ownVersions, rebuild: { versions: ownVersions, by: 'another' } });
  const refused = await caught(() => ledger.grades.create({ code: 'B' }, { commandId: 'b' }));
  expect(refused).toMatchObject({ code: 'store.rebuilding', kind: 'unavailable', retry: 'same-id' });
  expect(ledger.status()).toMatchObject({ state: 'open', seq });
  await mark(adapter, { versions: ownVersions, rebuild: null });
  expect((await ledger.grades.create({ code: 'B' }, { commandId: 'b' })).code).toBe('B');
});

test('records that a newer program folds are only read', async () => {
  const { adapter, ledger } = await withGrade();
  const newer = { ...ownVersions, lots: (ownVersions.lots ?? 0) + 1 };
  await mark(adapter, { versions: ownVersions, rebuild: { versions: newer, by: 'another' } });
  expect((await caught(() => ledger.grades.create({ code: 'B' }))).code).toBe('store.newer');
  await mark(adapter, { versions: { ...newer, other: 1 }, rebuild: null });
  const opened = await openLedger(adapter, { ...options, onProgress: () => expect.unreachable() });
  expect(opened.status()).toMatchObject({ state: 'readonly', reason: 'store.newer' });
  expect((await opened.grades.list()).items.map(({ code }) => code)).toEqual(['A']);
  expect((await caught(() => opened.grades.create({ code: 'B' }))).code).toBe('store.newer');
});

test('a journal that is not what its chain says is not built upon', async () => {
  const adapter = olderStore();
  const before = await records(adapter);
  const forged = twisted(adapter, {
    tail: (groups) =>
      groups.map((group, i) =>
        i === 3 ? { ...group, texts: group.texts.map((text) => text.replace('"v":1', '"v":1 ')) } : group,
      ),
  });
  const error = await caught(() => openLedger(forged, options));
  expect(error).toMatchObject({ code: 'store.corrupt', details: { at: { kind: 'entry' } } });
  expect(await records(adapter)).toEqual(before);
});

test('a far store is rebuilt in the same way', async () => {
  const adapter = olderStore();
  const ledger = await openLedger(farStore(adapter), options);
  expect((await ledger.verify()).ok).toBe(true);
  expect(await records(adapter)).toEqual(await foldedLive());
});
