/**
 * Two tenants behind one server, in one database: whoever signs in for one cannot read, guess, page into, hear
 * of or write anything of the other, by any path there is.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pglite, sql } from '../../src/adapters/stores/sql/index.ts';
import { type Ledger, openLedger } from '../../src/core/index.ts';
import { type Route, routes } from '../../src/server/routes/index.ts';
import { sharedDatabase } from '../adapters/sql/pglite-kit.ts';
import { type Asking, dairy, milk, type Site, site } from './setup.ts';

/** In every text of the north, and in nothing that the south sends. */
const MARK = 'nordlicht';
const north = 'nora@north';
const south = 'sam@south';

const database = sharedDatabase();
const ledgers: Record<string, Ledger> = {};
let at: Site;
/** Ids of whatever the north has. */
let ids: string[] = [];

const asNorth = async (path: string, body: object, asking: Asking = {}): Promise<string> => {
  const answer = await at.ask(path, { ...asking, body, token: north });
  expect([path, answer.status, answer.body]).toEqual([path, 201, expect.anything()]);
  return String(answer.body.id);
};

beforeAll(async () => {
  const driver = pglite({ database: await database() });
  for (const tenant of ['north', 'south']) {
    const ledger = await openLedger(sql(driver, { tenant }), { actor: 'server', timeZone: 'UTC' });
    await dairy(ledger);
    ledgers[tenant] = ledger;
  }
  at = await site({ ledgerFor: ({ tenant = '' }) => ledgers[tenant] as Ledger, authorize: () => true });
  const posting = {
    ...milk('40', 'N-1'),
    note: MARK,
    party: { kind: 'supplier', code: 'S1', name: MARK },
    document: { type: 'purchaseOrder', number: MARK },
  };
  ids = [await asNorth('/postings', posting, { headers: { 'idempotency-key': 'load-1' } })];
  for (const code of ['N-2', 'N-3', 'N-4'])
    ids.push(await asNorth('/lots', { item: 'MILK', code, description: MARK, notes: MARK }));
  ids.push(await asNorth('/lotStatuses', { code: 'QA', description: MARK, available: false }));
  const lots = await ledgers.north?.lots.list({ filter: { code: 'N-1' } });
  const [first] = lots?.items ?? [];
  ids.push(first?.id as string);
  const recall = { code: 'R-1', title: MARK, reason: MARK, lots: [first?.id] };
  ids.push(await asNorth('/recalls', recall));
}, 120_000);

afterAll(async () => {
  for (const ledger of Object.values(ledgers)) await ledger.close();
});

/** The path with one of the north's ids wherever an id may stand, and the south's own words elsewhere. */
const pathOf = (route: Route, id: string): string =>
  route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent({ item: 'MILK', kind: 'supplier', warehouse: 'MAIN' }[name] ?? id),
  );

const resources = routes.filter(({ act }) => act.kind !== 'port');

test('no question of any route shows what another tenant has', async () => {
  for (const route of resources.filter(({ method }) => method === 'GET')) {
    for (const id of [...ids, 'N-1', 'R-1', 'QA', 'S1']) {
      const answer = await at.ask(pathOf(route, id), { token: south });
      expect([route.id, answer.status < 500]).toEqual([route.id, true]);
      expect([route.id, JSON.stringify(answer.body).includes(MARK)]).toEqual([route.id, false]);
      if (!route.path.includes('{')) break;
    }
  }
});

test('no command of any route changes what another tenant has', async () => {
  const before = await ledgers.north?.head();
  const etag = { 'if-match': '*' };
  for (const route of resources.filter(({ method }) => method !== 'GET')) {
    for (const id of ids) {
      const body =
        route.method === 'DELETE' ? {} : { body: { id, description: 'mine', lots: [id], reason: 'x' } };
      const answer = await at.ask(pathOf(route, id), {
        method: route.method,
        token: south,
        headers: etag,
        ...body,
      });
      expect([route.id, answer.status < 500]).toEqual([route.id, true]);
      expect([route.id, JSON.stringify(answer.body).includes(MARK)]).toEqual([route.id, false]);
      if (!route.path.includes('{')) break;
    }
  }
  expect(await ledgers.north?.head()).toEqual(before);
});

test('an id of a command means something else to each tenant, and answers nothing of the other', async () => {
  const again = { body: milk('1', 'S-1'), headers: { 'idempotency-key': 'load-1' }, token: south };
  const answer = await at.ask('/postings', again);
  expect(answer.status).toBe(201);
  expect(answer.headers.get('idempotency-replayed')).toBeNull();
  expect(JSON.stringify(answer.body)).not.toContain(MARK);
  const replay = await at.ask('/postings', again);
  expect(replay.headers.get('idempotency-replayed')).toBe('true');
  expect(replay.body.id).toBe(answer.body.id);
});

test('a cursor of one tenant opens no page of the other', async () => {
  const first = await at.ask('/lots?sort=code&limit=1', { token: north });
  const { next } = first.body;
  expect(next).toBeTypeOf('string');
  const stolen = await at.ask(`/lots?sort=code&limit=1&cursor=${next}`, { token: south });
  expect(stolen).toMatchObject({ status: 400, body: { code: 'cursor.invalid' } });
  const asked = { body: { sort: ['code'], limit: 1, cursor: next }, token: south };
  expect((await at.ask('/queries/lots.list', asked)).status).toBe(400);
});

test('the feed of one tenant says nothing of the other, from the start and while it goes on', async () => {
  const waiting = at.ask(`/changes?after=${(await ledgers.south?.head())?.seq}&wait=5`, { token: south });
  await asNorth('/lots', { item: 'MILK', code: 'N-9', description: MARK });
  const own = await at.ask('/lots', { body: { item: 'MILK', code: 'S-9' }, token: south });
  const heard = (await waiting).body.changes as { touched: { id: string }[] }[];
  expect(heard.flatMap(({ touched }) => touched.map(({ id }) => id))).toEqual([own.body.id]);
  const all = await at.ask('/changes?after=0&limit=500', { token: south });
  const told = JSON.stringify(all.body);
  // the south has a command of the same id; ids that are codes it might have as well
  for (const id of ids.filter((each) => each.includes('.') && !each.startsWith('load-1.')))
    expect(told).not.toContain(id);
});

test('a tenant named in headers, the query string or a body changes nothing', async () => {
  const named: ({ path: string } & Asking)[] = [
    { path: '/lots?tenant=north' },
    { path: '/lots', headers: { 'x-tenant': 'north', 'lotledger-tenant': 'north' } },
    { path: '/queries/lots.list', body: { tenant: 'north' } },
  ];
  for (const { path, ...asking } of named) {
    const answer = await at.ask(path, { ...asking, token: south });
    expect(JSON.stringify(answer.body)).not.toContain(MARK);
  }
  expect((await at.ask('/lots', { token: 'sam' })).status).not.toBe(200);
});
