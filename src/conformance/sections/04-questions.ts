/**
 * Section 4: questions and groups, compared with a naive reference on random data: every index of the ledger's own
 * tables and of the kit's as the order, while records come, change and go.
 */
import {
  type Put,
  type RecordRef,
  SCHEMA_VERSION,
  type Store,
  type StoredRecord,
  type Table,
  tables,
} from '../../core/adapter-kit.ts';
import { equal, refused } from '../assert.ts';
import { aggregate, type Cases, committed, find, idsOf, type Kit } from '../kit.ts';
import { Questions } from '../questions.ts';
import { Random } from '../random.ts';
import { aggregated, answer } from '../reference.ts';
import { sample, samples } from '../samples.ts';
import { batch, kitTables, NOTES, note, THINGS, thing } from '../tables.ts';
import { groups } from './04-groups.ts';

const things = kitTables[0] as Table;

/** Writes a round of random puts and deletes, and keeps the same in `records`. */
async function shuffle(
  store: Store,
  table: Table,
  records: Map<string, StoredRecord>,
  random: Random,
  count: number,
): Promise<void> {
  const { name } = table;
  const puts: Put[] = [];
  const deletes: RecordRef[] = [];
  const copies: StoredRecord[] = [];
  const touched = new Set<string>();
  for (let i = 0; i < count; i++) {
    const again = records.size > 0 && random.oneIn(3);
    const id = again ? random.pick([...records.keys()]) : `${name}-${records.size + i}-${random.below(1e6)}`;
    if (touched.has(id)) continue;
    touched.add(id);
    if (again && random.oneIn(3)) {
      deletes.push({ collection: name, id });
      continue;
    }
    const record = sample(name, random, id);
    puts.push({ collection: name, record });
    copies.push({ ...record });
  }
  const { firstSeq } = await committed(store, batch(puts, { deletes }));
  for (const { id } of deletes) records.delete(id);
  for (const copy of copies) records.set(copy.id, { ...copy, version: firstSeq });
}

async function compare(kit: Kit, store: Store, table: Table): Promise<void> {
  const random = new Random(kit.seed);
  const records = new Map<string, StoredRecord>();
  const orders = Object.keys(table.indexes ?? {});
  const rounds = Math.max(2, Math.ceil(kit.rounds / 30));
  for (let round = 0; round < rounds; round++) {
    await shuffle(store, table, records, random, round === 0 ? 60 : 25);
    const list = [...records.values()];
    const questions = new Questions(table, list, random);
    for (const order of orders) {
      for (let n = 0; n < kit.rounds / rounds; n++) {
        const question = questions.next(order);
        const page = await find(store, table.name, question);
        equal(page, answer(table, list, question), `${table.name}: ${JSON.stringify(question)}`);
      }
      for (let n = 0; n < kit.rounds / rounds / 4; n++) {
        const question = questions.groups();
        const page = await aggregate(store, table.name, question);
        equal(page, aggregated(table, list, question), `${table.name}: ${JSON.stringify(question)}`);
      }
    }
  }
}

const cases: Cases = {
  async 'finds few among many by an equality, in any order'(it, kit) {
    const store = await it.open();
    const random = new Random(kit.seed);
    const rows: StoredRecord[] = [];
    for (let part = 0; part < 4; part++) {
      const puts: Put[] = [];
      for (let i = 0; i < 1000; i++) {
        const id = `${part}-${i}`;
        const group = i % 50 === 0 ? null : `g${random.below(300)}`;
        puts.push(thing(id, { code: `${random.below(1e9)}-${id}`, group, rank: random.maybe([1, 2, 3]) }));
      }
      const copies = puts.map((put) => ({ ...put.record }));
      const { firstSeq } = await committed(store, batch(puts));
      for (const copy of copies) rows.push({ ...copy, version: firstSeq });
    }
    for (const group of ['g7', null, 'nobody'] as const) {
      for (const reverse of [false, true]) {
        const question = {
          order: 'code',
          where: [{ field: 'group', op: 'eq', value: group } as const],
          limit: 5,
          total: true,
          reverse,
        };
        const first = await find(store, THINGS, question);
        equal(first, answer(things, rows, question), `group ${group}`);
        if (first.next === undefined) continue;
        const more = { ...question, after: first.next };
        equal(await find(store, THINGS, more), answer(things, rows, more), `group ${group}, second page`);
      }
    }
  },

  async 'takes % and _ in a pattern, and \\ before them'(it) {
    const store = await it.open();
    const texts = ['100%', '1000', 'a_b', 'axb', 'c\\d', 'ﬁne', 'FINE', 'Straße', 'straSSE', '😀x', ''];
    await committed(store, batch(texts.map((group, i) => thing(`t${i}`, { group }))));
    const like = async (pattern: string) => {
      const where = [{ field: 'group', op: 'like', pattern } as const];
      const page = await find(store, THINGS, { order: 'code', where, limit: 99 });
      return (page.records as unknown as { group: string }[]).map((record) => record.group);
    };
    equal(await like('100%'), ['100%', '1000'], 'any run');
    equal(await like('100\\%'), ['100%'], 'an escaped percent sign');
    equal(await like('A_B'), ['a_b', 'axb'], 'one character');
    equal(await like('a\\_b'), ['a_b'], 'an escaped underscore');
    equal(await like('c\\\\d'), ['c\\d'], 'an escaped backslash');
    equal(await like('fine'), ['ﬁne', 'FINE'], 'a ligature');
    equal(await like('STRASSE'), ['Straße', 'straSSE'], 'a sharp s');
    equal(await like('_x'), ['😀x'], 'a character beyond 16 bits is one');
    equal(await like(''), [''], 'the empty pattern');
    equal((await like('%')).length, texts.length, 'everything');
  },

  async 'refuses an order or a collection it does not have'(it) {
    const store = await it.open();
    await committed(store, batch([note('n', 'x')]));
    const ask = (collection: string, order: string) =>
      store.read((snapshot) => snapshot.find(collection, { order, limit: 1 }));
    await refused(ask(THINGS, 'nothing'), ['query.unsupported']);
    await refused(ask(THINGS, 'constructor'), ['query.unsupported']);
    await refused(ask(NOTES, 'code'), ['query.unsupported']);
    await refused(ask('nowhere', 'code'), ['query.unsupported']);
    const page = await find(store, THINGS, { order: 'code', limit: 3, total: true });
    equal([idsOf(page.records), page.total], [[], 0], 'an empty collection');
  },
};

/** One case per collection there are samples for. */
function randomCases(): Cases {
  const all = { ...tables, [THINGS]: things };
  const random: Record<string, Cases[string]> = {};
  for (const [name, table] of Object.entries(all)) {
    if (samples[name] === undefined) continue;
    random[`random questions to ${name}, ordered by each of its indexes`] = async (it, kit) => {
      const opened = name === THINGS ? kitTables : Object.values(tables);
      await compare(kit, await it.open(opened, SCHEMA_VERSION), table);
    };
  }
  return random;
}

export const questions = (kit: Kit): void =>
  kit.cases(4, `questions (seed ${kit.seed})`, { ...randomCases(), ...cases, ...groups });
