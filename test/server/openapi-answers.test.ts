/** What a server answers is what its description says, member by member. */
import { beforeAll, expect, test } from 'vitest';
import type { OpenApi } from '../../src/server/openapi/index.ts';
import { filledSite, Judge } from './described.ts';
import type { Site } from './setup.ts';

let at: Site;
let document: OpenApi;
let judge: Judge;
/** What stands in the paths, by the operation or by its group. */
const named: Record<string, string> = {};

const first = async (path: string): Promise<Record<string, string>> => {
  const { body } = await at.ask(path);
  return body.items[0];
};

/** Something of everything that the sample does not have. */
async function more(): Promise<void> {
  const { ledger } = at;
  const lot = await first('/lots?state=open&sort=-createdAt');
  const serial = await first('/serials?state=open');
  await ledger.grades.create({ code: 'A' });
  await ledger.lotTypes.create({ code: 'BIO' });
  await ledger.letterTables.create({ code: 'M', kind: 'month', rows: [{ value: 1, letter: 'A' }] });
  await ledger.blockRules.create({ code: 'HOLD', status: String((await first('/lotStatuses')).code) });
  await ledger.transitions.create({ code: 'SHUT', kind: 'lot', closed: true });
  const inspection = await ledger.inspections.open({ lot: lot.id as string });
  const recall = await ledger.recalls.open({ code: 'R1', reason: 'Listeria', lots: [lot.id as string] });
  const job = await ledger.jobs.start({
    command: 'lots.update',
    ids: [lot.id as string],
    patch: { notes: 'seen' },
  });
  await ledger.jobs.run(job.id);
  Object.assign(named, {
    lots: lot.id,
    serials: serial.id,
    inspections: inspection.id,
    recalls: recall.id,
    jobs: job.id,
    grades: 'A',
    lotTypes: 'BIO',
    letterTables: 'M',
    blockRules: 'HOLD',
    transitions: 'SHUT',
  });
  for (const group of ['codeTypes', 'items', 'warehouses', 'templates', 'lotStatuses', 'parties'])
    named[group] = String((await first(`/${group}`)).id);
  for (const group of ['postings', 'counts', 'reservations']) {
    const found = await first(`/${group}`);
    if (found) named[group] = String(found.id);
  }
}

beforeAll(async () => {
  at = await filledSite();
  await more();
  document = (await at.ask('/openapi.json')).body;
  judge = new Judge(document);
}, 120_000);

/** A path with its names filled in; undefined where the sample has nothing of it. */
async function filled(path: string, tag: string): Promise<string | undefined> {
  const template = await first('/templates');
  const party = await first('/parties');
  const lot = await first('/lots');
  const serial = await first('/serials');
  const coded = path.includes('/serials/') ? serial : lot;
  const words: Record<string, string | undefined> = {
    id: path.startsWith('/warehouses/{id}') ? named.warehouses : named[tag],
    field: 'code',
    warehouse: template.warehouse,
    code: path.startsWith('/parties') ? party.code : path.startsWith('/items') ? coded.code : template.code,
    kind: party.kind,
    item: coded.item,
  };
  if (path === '/errors/{code}') words.code = 'lot.expired';
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  if (names.some((name) => words[name] === undefined)) return undefined;
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(words[name] as string));
}

/** Fields whose values a list can tell, where it has none called `code`. */
const fields: Record<string, string> = {
  postings: 'warehouse',
  counts: 'date',
  inspections: 'result',
  jobs: 'actor',
  reservations: 'item',
  alerts: 'date',
};

/** Operations that the sample has nothing for, each with why. */
const without = new Set(['alertsGet', 'recallsEvidence', 'countsGet']);

test('every GET answers what is described, on a ledger with much in it', async () => {
  const wrong: string[] = [];
  const seen: string[] = [];
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (!get || without.has(get.operationId)) continue;
    const [tag = ''] = get.tags;
    const field = fields[tag];
    const there = await filled(field ? path.replace('{field}', field) : path, tag);
    if (there === undefined) {
      wrong.push(`${get.operationId}: nothing to ask for`);
      continue;
    }
    const { status, body, headers } = await at.ask(there);
    const isJson = (headers.get('content-type') ?? '').includes('json');
    const found =
      status === 200
        ? isJson
          ? judge.wrongAnswer(get.operationId, 200, body)
          : null
        : `${status} ${JSON.stringify(body)}`;
    if (found !== null) wrong.push(`${get.operationId} ${there}: ${found}`);
    seen.push(get.operationId);
  }
  expect(wrong).toEqual([]);
  expect(seen.length).toBeGreaterThan(90);
});

test('pages of much, groups with sums, the past, and traces are described as well', async () => {
  const lot = await first('/lots?state=all');
  const asked: [string, string][] = [
    ['lotsList', '/lots?limit=500&state=all&total=true'],
    ['lotsList', '/lots?limit=100&asOf=2026-10-15'],
    ['serialsList', '/serials?limit=500&state=all'],
    ['postingsList', '/postings?limit=500'],
    ['lotsSummary', '/summary/lots?groupBy=item,status&sums=onHand,reserved'],
    ['serialsSummary', '/summary/serials?groupBy=item&sums=onHand'],
    ['lotsTrace', `/lots/${lot.id}/trace?direction=both&components=all`],
    ['lotsLineage', `/lots/${lot.id}/lineage?direction=backward`],
    ['lotsAt', `/lots/${lot.id}/at?asOf=2026-11-01`],
    ['alertsList', '/alerts?includeAcknowledged=true'],
    ['itemsStock', `/items/${encodeURIComponent(String(lot.item))}/stock?asOf=2026-11-01`],
    ['lotsValues', '/values/lots/expiryMonth?limit=500'],
  ];
  for (const [operation, path] of asked) {
    const { status, body } = await at.ask(path);
    expect([path, status, judge.wrongAnswer(operation, status, body)]).toEqual([path, 200, null]);
  }
});

test('problems are described, each with a code of its status', async () => {
  const asked: [string, string, Parameters<Site['ask']>[1], number][] = [
    ['lotsGet', '/lots/nothing', {}, 404],
    ['lotsGet', `/lots/${named.lots}`, { token: null }, 401],
    ['lotsList', '/lots?color=red', {}, 400],
    ['lotsList', '/lots?sort=notes', {}, 400],
    ['lotsUpdate', `/lots/${named.lots}`, { method: 'PATCH', body: { notes: 'x' } }, 428],
    [
      'lotsUpdate',
      `/lots/${named.lots}`,
      { method: 'PATCH', body: { notes: 'x' }, headers: { 'if-match': '"99"' } },
      412,
    ],
    ['lotsCreate', '/lots', { body: '{' }, 400],
    ['lotsCreate', '/lots', { body: 'x', headers: { 'content-type': 'text/plain' } }, 415],
    [
      'postingsPost',
      '/postings',
      { body: { warehouse: 'X', template: 'Y', date: '2026-11-22', lines: [{ item: 'Z', quantity: '1' }] } },
      422,
    ],
  ];
  for (const [operation, path, asking, status] of asked) {
    const answer = await at.ask(path, asking);
    const { code } = answer.body;
    expect([path, answer.status, code, judge.wrongAnswer(operation, status, answer.body)]).toEqual([
      path,
      status,
      code,
      null,
    ]);
  }
});
