/** News of AureusERP, which tells none: asked for from time to time while somebody listens. */
import { expect, test, vi } from 'vitest';
import type { ChangeEvent, Ledger } from '../../../src/core/index.ts';
import type { FakeAureus } from './fake.ts';
import { fakeAureus, ledgerOf, refused, stocked } from './kit.ts';
import { at, stamp } from './shop.ts';

const OFTEN = { interval: 10 } as const;

/** The server's clock, an hour after the stock was made, and on by a minute each time. */
function clock(fake: FakeAureus): () => void {
  let now = Date.now() + 3_600_000;
  fake.shop.now = () => now;
  return () => {
    now += 60_000;
  };
}

function heard(ledger: Ledger) {
  const touched = new Set<string>();
  const events: ChangeEvent[] = [];
  const stop = ledger.subscribe((event) => {
    events.push(event);
    for (const { resource, id } of event.touched) touched.add(`${resource} ${id}`);
  });
  return { touched, events, stop };
}

const looks = (fake: FakeAureus): number =>
  fake.asked('lots').filter(({ search }) => search.get('sort') === '-updated_at,-id').length;

test('whoever listens hears of lots that were changed or moved elsewhere', async () => {
  const fake = await fakeAureus();
  const { first, grain, piece } = stocked(fake);
  const on = clock(fake);
  const ledger = await ledgerOf(fake, OFTEN);
  const { touched, events, stop } = heard(ledger);
  await vi.waitFor(() => expect(looks(fake)).toBeGreaterThan(2), 10_000);
  touched.clear();
  on();
  const row = fake.shop.lots.find(({ id }) => String(id) === first);
  Object.assign(row ?? {}, { reference: 'x', updated_at: stamp(fake.shop.now()) });
  fake.shop.move({ lot: Number(grain), quantity: 1, from: at.north, to: at.customers });
  fake.shop.move({ lot: Number(piece), quantity: 1, from: at.stock, to: at.customers });
  await vi.waitFor(
    () => expect([...touched].sort()).toEqual([`lots ${first}`, `lots ${grain}`, `serials ${piece}`].sort()),
    10_000,
  );
  for (const [i, { seq }] of events.entries()) expect(seq).toBeGreaterThan(events[i - 1]?.seq ?? 0);
  stop();
  const before = fake.seen.length;
  await new Promise((wait) => setTimeout(wait, 100));
  expect(fake.seen.length - before).toBeLessThan(5);
});

test('nobody asks while nobody listens, and never with an interval of 0', async () => {
  const fake = await fakeAureus();
  stocked(fake);
  const ledger = await ledgerOf(fake, OFTEN);
  await ledger.lots.list();
  expect(looks(fake)).toBe(0);
  const silent = await ledgerOf(fake, { interval: 0 });
  heard(silent);
  await vi.waitFor(() => expect(looks(fake)).toBe(1), 10_000);
  await new Promise((wait) => setTimeout(wait, 60));
  expect(looks(fake)).toBe(1);
});

test('what was done from here is heard of at once', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledger = await ledgerOf(fake);
  const { touched } = heard(ledger);
  const { id } = await ledger.lots.create({ item: flour, code: 'X' });
  expect([...touched]).toEqual([`lots ${id}`]);
});

test('the feed goes on from where it was left', async () => {
  const fake = await fakeAureus();
  const { first, second } = stocked(fake);
  const on = clock(fake);
  const ledger = await ledgerOf(fake, OFTEN);
  const touch = (id: string): void => {
    on();
    const row = fake.shop.lots.find((each) => String(each.id) === id);
    if (row) row.updated_at = stamp(fake.shop.now());
  };
  const next = async (after?: number) => {
    const leaving = new AbortController();
    for await (const event of ledger.changes({
      signal: leaving.signal,
      ...(after === undefined ? {} : { after }),
    })) {
      leaving.abort();
      return event;
    }
    return undefined;
  };
  touch(first);
  const start = Date.parse(stamp(fake.shop.now())) - 1000;
  const event = await next(start);
  expect(event?.touched).toEqual([{ resource: 'lots', id: first }]);
  on();
  touch(second);
  expect((await next((event?.seq ?? 0) + 1000))?.touched).toEqual([{ resource: 'lots', id: second }]);
});

test('a dead line is got over; a session that ended ends the feed', async () => {
  const fake = await fakeAureus();
  const { first } = stocked(fake);
  const on = clock(fake);
  const ledger = await ledgerOf(fake, OFTEN);
  const { touched } = heard(ledger);
  await vi.waitFor(() => expect(looks(fake)).toBeGreaterThan(2), 10_000);
  fake.fault = () => 'dead';
  await vi.waitFor(() => expect(ledger.status().state).toBe('offline'), 10_000);
  touched.clear();
  on();
  const row = fake.shop.lots.find(({ id }) => String(id) === first);
  if (row) row.updated_at = stamp(fake.shop.now());
  fake.fault = () => undefined;
  await vi.waitFor(() => expect([...touched]).toEqual([`lots ${first}`]), 10_000);
  expect(ledger.status().state).toBe('open');
  fake.tokens.clear();
  const changes = ledger.changes()[Symbol.asyncIterator]();
  expect(await refused(changes.next())).toEqual(['session.required', undefined]);
});

test('who may not see moves hears of lots', async () => {
  const fake = await fakeAureus();
  const { first } = stocked(fake);
  const on = clock(fake);
  fake.tokens.set('reader', ['view_any_inventory_lot', 'view_any_inventory_product']);
  const ledger = await ledgerOf(fake, { ...OFTEN, token: 'reader' });
  const { touched } = heard(ledger);
  await vi.waitFor(() => expect(looks(fake)).toBeGreaterThan(2), 10_000);
  touched.clear();
  on();
  const row = fake.shop.lots.find(({ id }) => String(id) === first);
  if (row) row.updated_at = stamp(fake.shop.now());
  await vi.waitFor(() => expect([...touched]).toEqual([`lots ${first}`]), 10_000);
  expect(fake.asked('moves')).toHaveLength(1);
});

test('closing ends the feed', async () => {
  const fake = await fakeAureus();
  stocked(fake);
  const ledger = await ledgerOf(fake, OFTEN);
  const changes = ledger.changes()[Symbol.asyncIterator]();
  const waiting = changes.next();
  await ledger.close();
  expect((await waiting).done).toBe(true);
});
