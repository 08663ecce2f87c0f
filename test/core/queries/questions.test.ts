/** Random questions to the registers, judged by a plain model over all their records. The seed is printed. */
import { beforeAll, describe, expect, test } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import {
  type FieldValue,
  type Ledger,
  openLedger,
  type Page,
  type Summary,
  type SummaryGroup,
  type Totals,
} from '../../../src/core/index.ts';
import { Chance } from '../../judge/chance.ts';
import { seedFrom } from '../../judge/seed.ts';
import { farStore } from '../engine/far-store.ts';
import { compare, exact, fieldOf, keyOf, matching, type Row } from './asking/naive.ts';
import {
  ask,
  offerOf,
  type Question,
  type Register,
  randomFilter,
  randomQuestion,
  registers,
} from './asking/questions.ts';
import { NOW, Stock } from './asking/stock.ts';

const seed = seedFrom(process.env.LOTLEDGER_SEED);
console.info(`questions: seed ${seed}`);
const chance = new Chance(seed);
/** All of them in a soak, a tenth otherwise. */
const share = (full: number): number => (process.env.LOTLEDGER_SOAK === '1' ? full : full / 10);
let stock: Stock;
let ledger: Ledger;
const rows = new Map<Register, readonly Row[]>();

async function everything<T>(page: (cursor: object) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const answer: Page<T> = await page(cursor === undefined ? {} : { cursor });
    all.push(...answer.items);
    cursor = answer.next;
  } while (cursor);
  return all;
}

const list = (of: Register, query: object): Promise<Page<Row>> =>
  ledger[of].list(query) as Promise<Page<Row>>;

beforeAll(async () => {
  stock = await Stock.made(memory(), chance, 120);
  ledger = stock.ledger;
  for (const of of registers) rows.set(of, await everything((cursor) => list(of, { limit: 500, ...cursor })));
});

const ids = (found: readonly { readonly id: string }[]): string[] => found.map(({ id }) => id);

/** Many questions of one verb. */
function* questions<V extends Question['verb']>(verb: V, count: number): Generator<Question & { verb: V }> {
  for (let n = 0; n < count; ) {
    const question = randomQuestion(chance, ledger);
    if (question.verb !== verb) continue;
    n++;
    yield question as Question & { verb: V };
  }
}

test('lists answer what matches, in the order of all their sorts, page by page and from the middle', async () => {
  for (const { of, query } of questions('list', share(1_200))) {
    const { filter = {}, search, sort = [], total = false, limit = 50, skip = 0 } = query;
    const told = JSON.stringify([of, query]);
    const asked = { filter, ...(search ? { search } : {}), sort };
    const wanted = matching(of, rows.get(of) ?? [], asked);
    const all = await everything((cursor) => list(of, { ...asked, limit: 500, ...cursor }));
    expect(ids(all).sort(), told).toEqual(ids(wanted).sort());
    for (let i = 1; i < all.length; i++) {
      let order = 0;
      for (const each of sort) {
        const name = each.replace('-', '');
        const field = fieldOf(of, name) ?? {
          kind: 'plain' as const,
          of: (row: Record<string, never>) => row[name] ?? null,
        };
        const [a, b] = [all[i - 1], all[i]].map((row) => field.of(row as never));
        // what a posting's number in the journal is, no host reads
        if (name === 'seq') order = -1;
        if (order === 0) order = compare(field, a ?? null, b ?? null, each !== name);
      }
      expect(order, told).toBeLessThanOrEqual(0);
    }
    const paged = await everything((cursor) => list(of, { ...asked, limit, ...cursor }));
    expect(ids(paged), told).toEqual(ids(all));
    const page = await list(of, query);
    expect(ids(page.items), told).toEqual(ids(all).slice(skip, skip + limit));
    expect('next' in page, told).toBe(skip + limit < all.length && page.items.length > 0);
    const most = total === true ? Number.POSITIVE_INFINITY : Number(total);
    expect(page.total, told).toBe(total === false ? undefined : Math.min(all.length, most));
    expect(page.capped, told).toBe(total !== false && all.length > most ? true : undefined);
    if (page.next) {
      const rest = await list(of, { ...asked, limit: 500, cursor: page.next });
      expect(ids(rest.items), told).toEqual(ids(all).slice(skip + limit));
    }
  }
});

/** Values and counts of a field as the model has them, in order. */
function counted(of: Register, name: string, found: readonly Row[]): [unknown, number][] {
  const field = fieldOf(of, name);
  if (!field) throw new Error(`the model knows no ${name}`);
  const groups = new Map<unknown, { value: never; count: number }>();
  for (const row of found) {
    const value = field.of(row as never);
    const key = keyOf(field, value);
    groups.set(key, { value: value as never, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  const sorted = [...groups].sort(
    ([a, { value: x }], [b, { value: y }]) => compare(field, x, y) || (String(a) < String(b) ? -1 : 1),
  );
  return sorted.map(([key, { count }]) => [key, count]);
}

const keyed = (of: Register, name: string, value: FieldValue['value']): unknown =>
  keyOf(fieldOf(of, name) ?? { kind: 'code', of: () => null }, value);

test('values have the counts of the rows that the other filters leave; each value is a filter', async () => {
  for (const { of, field, query } of questions('values', share(1_200))) {
    const { filter, search } = query as { filter: Record<string, never>; search?: string };
    const told = JSON.stringify([of, field, query]);
    const all = await everything((cursor) => ledger[of].values(field, { ...query, ...cursor }));
    const { [field]: _own, ...others } = filter;
    if (field === 'warehouse') delete others.location;
    const found = matching(of, rows.get(of) ?? [], { filter: others });
    const { search: _search, ...plain } = query as { search?: string };
    const unsearched = await everything((cursor) => ledger[of].values(field, { ...plain, ...cursor }));
    const told_ = unsearched.map(({ value, count }) => [keyed(of, field, value), count]);
    // lots lie in several places: the model counts them below, by the list
    const places = of === 'lots' && (field === 'warehouse' || field === 'location');
    if (!places) expect(told_, told).toEqual(counted(of, field, found));
    const text = search?.toLowerCase() ?? '';
    const held = unsearched.filter(({ value, label }) =>
      [value, label].some((each) => each !== null && String(each).toLowerCase().includes(text)),
    );
    expect(all, told).toEqual(search === undefined ? unsearched : held);
    for (const { value, count } of all) {
      const page = await list(of, { filter: { ...others, [field]: value }, limit: 1, total: true });
      expect(page.total, `${told} ${value}`).toBe(count);
    }
  }
});

const sumOf = (found: readonly Row[], name: string): bigint =>
  found.reduce((sum, row) => sum + exact(String((row as never as Record<string, string>)[name] ?? '0')), 0n);

/** A group's figures are those of its rows. */
function checkTotals({ count, sums }: Totals, found: readonly Row[], told: string): void {
  expect(count, told).toBe(found.length);
  for (const [name, units] of Object.entries(sums)) {
    expect(
      units.reduce((sum, { quantity }) => sum + exact(quantity), 0n),
      `${told} ${name}`,
    ).toBe(sumOf(found, name));
    expect(new Set(units.map(({ unit }) => unit.toLowerCase())).size, told).toBe(units.length);
    for (const { quantity } of units) expect(quantity).toMatch(/^(0|[1-9]\d*)(\.\d*[1-9])?$/);
  }
}

async function checkGroup(
  of: Register,
  group: SummaryGroup,
  filter: object,
  query: object,
  told: string,
): Promise<void> {
  const { field, value } = group;
  const within = { ...filter, [field]: value };
  const at = `${told} ${JSON.stringify(within)}`;
  const found = await everything((cursor) => list(of, { ...query, filter: within, limit: 500, ...cursor }));
  checkTotals(group, found, at);
  if (!group.groups) return;
  expect(
    group.groups.reduce((sum, { count }) => sum + count, 0),
    at,
  ).toBe(group.count);
  for (const inner of group.groups.slice(0, 5)) await checkGroup(of, inner, within, query, told);
}

test('a summary groups what matches, exactly, and the rows of a group are what the list answers for it', async () => {
  for (const { of, query } of questions('summary', share(600))) {
    const { filter, search, groupBy = [] } = query as { filter: object; search?: string; groupBy?: string[] };
    const told = JSON.stringify([of, query]);
    const found = matching(of, rows.get(of) ?? [], query as never);
    const groups: SummaryGroup[] = [];
    let cursor: string | undefined;
    do {
      const page: Summary = await ledger[of].summary({ ...query, ...(cursor ? { cursor } : {}) });
      checkTotals(page, found, told);
      groups.push(...page.groups);
      cursor = page.next;
    } while (cursor);
    const [first] = groupBy;
    if (first === undefined) {
      expect(groups).toEqual([]);
      continue;
    }
    // a field that is filtered and grouped by would be asked for twice below
    const told_ = groups.map(({ value, count }) => [keyed(of, first, value), count]);
    expect(told_, told).toEqual(counted(of, first, found));
    if (groupBy.some((name) => Object.hasOwn(filter, name))) continue;
    for (const group of groups.slice(0, 6))
      await checkGroup(of, group, filter, search ? { search } : {}, told);
  }
});

describe('cursors', () => {
  test('stay right while rows are inserted, moved and closed', async () => {
    for (let n = 0; n < 12; n++) {
      const offer = offerOf(ledger, 'lots');
      const filter = randomFilter(chance, { ...offer, filters: ['item', 'state', 'supplier'] }, 'lots');
      const sort = [
        chance.pick(['code', '-expiryDate', 'status', '-onHand']),
        ...(chance.oneIn(2) ? ['-updatedAt'] : []),
      ];
      const before = ids(
        await everything((cursor) => ledger.lots.list({ filter, sort, limit: 500, ...cursor })),
      );
      const lots = await everything((cursor) => ledger.lots.list({ limit: 500, ...cursor }));
      const versions = new Map(lots.map((lot) => [lot.id, lot.version]));
      const seen: string[] = [];
      await everything(async (cursor) => {
        const page = await ledger.lots.list({ filter, sort, limit: 7, ...cursor });
        seen.push(...ids(page.items));
        await stock.change();
        await stock.lot();
        return page;
      });
      const now = await everything((cursor) => ledger.lots.list({ limit: 500, ...cursor }));
      const untouched = new Set(
        now.filter((lot) => versions.get(lot.id) === lot.version).map(({ id }) => id),
      );
      const stayed = before.filter((id) => untouched.has(id));
      // what nobody touched is there once, in its order; what moved may be met again where it is now
      expect(seen.filter((id) => untouched.has(id))).toEqual(stayed);
    }
    rows.set('lots', await everything((cursor) => list('lots', { limit: 500, ...cursor })));
  });
});

test('a far store answers the same', async () => {
  const store = memory();
  const near = (await Stock.made(store, new Chance(seed), 40)).ledger;
  const far = await openLedger(farStore(store), {
    actor: 'maria',
    timeZone: 'Europe/Rome',
    now: () => new Date(NOW),
  });
  for (let n = 0; n < 60; n++) {
    const question = randomQuestion(chance, near);
    const answer = async (one: Ledger) => ({ ...(await ask(one, question)), asOf: null });
    expect(await answer(far), JSON.stringify(question)).toEqual(await answer(near));
  }
});
