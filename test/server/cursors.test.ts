/** Cursors are signed wherever one goes out, and taken only by the question and the tenant they were made for. */
import { beforeAll, expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { type Ledger, openLedger } from '../../src/core/index.ts';
import { Cursors } from '../../src/server/cursors.ts';
import { dairy, milk, type Site, site } from './setup.ts';

let at: Site;
let ledger: Ledger;
let lot: string;
let job: string;

const posted = (part: object) => part as Parameters<typeof ledger.postings.post>[0];
const unload = (lotCode: string, party: string) =>
  posted({
    warehouse: 'MAIN',
    template: 'UNL',
    date: '2026-11-22',
    party: { kind: 'customer', code: party },
    lines: [{ item: 'MILK', quantity: '1', location: 'A-01', lots: [{ code: lotCode, quantity: '1' }] }],
  });

beforeAll(async () => {
  at = await site();
  ledger = at.ledger;
  await dairy(ledger);
  for (const code of ['L1', 'L2', 'L3']) await ledger.postings.post(posted(milk('10', code)));
  await ledger.items.update('MILK', {
    lots: { codeType: 'YM', alerts: [{ date: 'expiryDate', days: 60 }] },
  });
  await ledger.codeTypes.update('YM', { description: 'Changed' });
  await ledger.codeTypes.update('YM', { description: 'Changed again' });
  ({ id: lot } = await ledger.lots.get({ item: 'MILK', code: 'L1' }));
  const other = await ledger.lots.get({ item: 'MILK', code: 'L2' });
  await ledger.lots.update(other.id, { supplier: 'S2' });
  for (const [i, party] of ['C1', 'C2', 'C3'].entries()) {
    await ledger.postings.post(unload('L1', party));
    await ledger.lots.update(lot, { notes: `note ${i}` });
  }
  await ledger.recalls.open({ code: 'R1', reason: 'Listeria', lots: [lot] });
  const { items } = await ledger.lots.list({ sort: ['code'] });
  job = (
    await ledger.jobs.start({ command: 'lots.update', ids: items.map(({ id }) => id), patch: { notes: 'x' } })
  ).id;
});

const pages = (): readonly (readonly [string, string])[] => [
  ['/lots?sort=code', 'lots.list'],
  ['/postings', 'postings.list'],
  ['/values/lots/code', 'lots.values'],
  ['/summary/lots?groupBy=supplier', 'lots.summary'],
  [`/lots/${lot}/movements`, 'lots.movements'],
  [`/lots/${lot}/history`, 'lots.history'],
  ['/codeTypes/YM/history', 'codeTypes.history'],
  [`/lots/${lot}/trace`, 'lots.trace'],
  ['/recalls/R1/parties', 'recalls.parties'],
  [`/jobs/${job}/results`, 'jobs.results'],
  ['/alerts', 'alerts.list'],
];

test('every page that has a next one says so with a cursor of the server, which leads on', async () => {
  for (const [path, name] of pages()) {
    const join = path.includes('?') ? '&' : '?';
    const first = await at.ask(`${path}${join}limit=1`);
    expect([path, first.status]).toEqual([path, 200]);
    const { next } = first.body;
    if (name !== 'lots.trace') expect([path, next?.startsWith('1.')]).toEqual([path, true]);
    const cursor = next ?? first.body.nodes[0]?.moreParties;
    expect([path, typeof cursor]).toEqual([path, 'string']);
    const second = await at.ask(`${path}${join}limit=1&cursor=${encodeURIComponent(cursor)}`);
    expect([path, second.status]).toEqual([path, 200]);
    expect(second.body).not.toEqual(first.body);
  }
});

test('the nodes of a trace have cursors of their own, signed as well', async () => {
  const { body } = await at.ask(`/lots/${lot}/trace?limit=1`);
  const [node] = body.nodes;
  expect(node.moreParties).toMatch(/^1\./);
  const more = await at.ask('/queries/lots.trace', { body: { id: lot, limit: 1, cursor: node.moreParties } });
  expect(more).toMatchObject({ status: 200, body: { result: { nodes: [] } } });
});

test('a cursor that was made up, changed, or taken from elsewhere is invalid', async () => {
  const { next } = (await at.ask('/lots?sort=code&limit=1')).body;
  const [version, mark, rest] = next.split('.');
  const own = await ledger.lots.list({ sort: ['code'], limit: 1 });
  const forged = [
    own.next,
    `1.${mark}.${own.next}x`,
    `2.${mark}.${rest}`,
    `${version}.${mark.slice(0, -1)}.${rest}`,
    `${version}..${rest}`,
    `${version}.${mark}.`,
    'x',
    '',
    '..',
    next.slice(0, 20),
  ].filter((cursor) => cursor !== '');
  for (const cursor of forged) {
    const answer = await at.ask(`/lots?sort=code&limit=1&cursor=${encodeURIComponent(cursor as string)}`);
    expect([cursor, answer.status, answer.body.code]).toEqual([cursor, 400, 'cursor.invalid']);
    const asked = await at.ask('/queries/lots.list', { body: { sort: ['code'], limit: 1, cursor } });
    expect([cursor, asked.status]).toEqual([cursor, 400]);
  }
  const elsewhere = [
    `/values/lots/code?cursor=${next}`,
    `/serials?cursor=${next}`,
    `/lots?sort=-code&cursor=${next}`,
    `/lots?sort=code&item=MILK&cursor=${next}`,
    `/lots/${lot}/movements?cursor=${next}`,
  ];
  for (const path of elsewhere) {
    const answer = await at.ask(path);
    expect([path, answer.status, answer.body.code]).toEqual([path, 400, 'cursor.invalid']);
  }
});

test('a cursor of one tenant means nothing in another, and one of a lost secret nothing at all', async () => {
  const other = await openLedger(memory());
  await dairy(other);
  for (const code of ['L1', 'L2']) await other.lots.create({ item: 'MILK', code });
  const secret = ['first secret of sixteen', 'older secret of sixteen'];
  const options = {
    ledgerFor: ({ tenant }: { tenant?: string }) => (tenant === 'north' ? ledger : other),
    secret,
  };
  const both = await site(options);
  const path = '/lots?sort=code&limit=1';
  const { next } = (await both.ask(path, { token: 'maria@north' })).body;
  expect(await both.ask(`${path}&cursor=${next}`, { token: 'maria@north' })).toMatchObject({ status: 200 });
  const stolen = await both.ask(`${path}&cursor=${next}`, { token: 'maria@south' });
  expect(stolen).toMatchObject({ status: 400, body: { code: 'cursor.invalid' } });
  const turned = await site({ ...options, secret: ['newest secret of sixteen', ...secret] });
  expect(await turned.ask(`${path}&cursor=${next}`, { token: 'maria@north' })).toMatchObject({ status: 200 });
  const lost = await site({ ...options, secret: 'another secret altogether' });
  expect(await lost.ask(`${path}&cursor=${next}`, { token: 'maria@north' })).toMatchObject({ status: 400 });
  const random = await site({ ledger, secret: undefined as unknown as string });
  expect(random.lines).toMatchObject([{ type: 'warning' }]);
});

test('a signature is of the whole cursor, the question and the tenant', async () => {
  const cursors = new Cursors(['a secret of sixteen or more']);
  const scope = { tenant: 'north', question: 'lots.list' };
  const signed = await cursors.sign(scope, 'abc.def');
  expect(await cursors.open(scope, signed)).toBe('abc.def');
  for (const wrong of [
    { ...scope, tenant: undefined },
    { ...scope, tenant: '' },
    { ...scope, question: 'lots.values' },
  ])
    await expect(cursors.open(wrong, signed)).rejects.toMatchObject({ code: 'cursor.invalid' });
});
