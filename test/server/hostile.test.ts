/**
 * Nothing that is sent breaks the server: whatever is wrong with it is a problem with a code, nothing is written,
 * and nothing stays behind. The requests are made from the route table and the schemas; the seed is told.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandContracts, queryContracts } from '../../src/core/contract.ts';
import { errorCatalogue } from '../../src/core/index.ts';
import { routes } from '../../src/server/routes/index.ts';
import { Shapes } from '../core/shapes.ts';
import { goodFor, type Sent, spoiltArgs, spoiltOf } from './hostile-requests.ts';
import { type Answered, dairy, milk, type Site, site } from './setup.ts';

const seed = Math.floor(Math.random() * 2 ** 31);
const SECRET = 'a secret of sixteen or more';

let at: Site;

beforeAll(async () => {
  at = await site({
    secret: SECRET,
    authorize: () => true,
    limits: { requestsPerMinute: Number.POSITIVE_INFINITY, bodyBytes: 200_000, questionSeconds: 5 },
  });
  await dairy(at.ledger);
  await at.ledger.postings.post(milk('100', 'L1') as Parameters<typeof at.ledger.postings.post>[0]);
});

afterAll(async () => {
  expect(at.faults, `seed ${seed}`).toEqual([]);
  expect((await at.ledger.verify()).ok).toBe(true);
});

const seqNow = (): number => at.ledger.status().seq;

/** What is wrong with an answer, whatever was sent; undefined: nothing. */
function wrongWith({ status, headers, body }: Answered, wrote: boolean): string | undefined {
  if (status < 400) return undefined;
  if (status >= 500 && status !== 501) return `status ${status} ${JSON.stringify(body).slice(0, 300)}`;
  if (!headers.get('content-type')?.startsWith('application/problem+json')) return `${status} is no problem`;
  if (!Object.hasOwn(errorCatalogue, body.code)) return `${status} has no code: ${JSON.stringify(body)}`;
  if (body.status !== status) return `says ${body.status}, is ${status}`;
  return wrote ? `${status} ${body.code}, and something was written` : undefined;
}

/** Sends something, and fails where the answer is not what it may be. */
async function send(sent: Sent): Promise<Answered> {
  const before = seqNow();
  const answer = await at.ask(sent.path, sent);
  const wrong = wrongWith(answer, seqNow() !== before);
  if (wrong === undefined) return answer;
  return expect.fail(`${wrong}: ${JSON.stringify({ seed, ...sent }).slice(0, 2000)}`);
}

const resources = routes.filter(({ act }) => act.kind !== 'port');

test('every field of every route takes what is wrong with it as a problem', async () => {
  const shapes = new Shapes(seed, true);
  const statuses = new Map<number, number>();
  for (const route of resources) {
    for (const sent of spoiltOf(goodFor(route, shapes), shapes)) {
      const { status } = await send(sent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }
  // all sorts of answers, but mostly that it was wrong
  expect(statuses.get(400), `seed ${seed}`).toBeGreaterThan(500);
  expect([...statuses.keys()].length, `seed ${seed}`).toBeGreaterThan(3);
});

test('so does every field of every question by its name', async () => {
  const shapes = new Shapes(seed + 1, true);
  for (const { name, schema } of queryContracts)
    for (const args of spoiltArgs(shapes.good(schema), shapes))
      await send({ path: `/queries/${name}`, body: JSON.stringify(args) ?? 'null' });
});

test('and every field of every command, one refusal for each and none for the others', async () => {
  const shapes = new Shapes(seed + 2, true);
  let id = 0;
  for (const { name, schema } of commandContracts)
    for (const args of spoiltArgs(shapes.good(schema), shapes)) {
      const before = seqNow();
      const commands = [{ name, id: `hostile-${seed}-${id++}`, args }];
      const { status, body } = await send({ path: '/commands', body: JSON.stringify({ commands }) });
      const refused = status === 200 && body.receipts[0].outcome === 'refused';
      if (refused) expect([name, seqNow()], JSON.stringify({ seed, args })).toEqual([name, before]);
    }
});

test('the envelope of a command is looked at like the rest', async () => {
  const good = { name: 'grades.create@1', id: 'g', args: { code: 'G' } };
  const odd = [null, 1, true, [], {}, 'x'.repeat(5000), 'a\u0000', '\ud800', '__proto__'];
  for (const name of [
    'name',
    'id',
    'args',
    'reason',
    'source',
    'force',
    'clientId',
    'clientSeq',
    'issuedAt',
    'toString',
  ])
    for (const value of odd) {
      const body = JSON.stringify({
        commands: [{ ...good, id: `e-${name}-${odd.indexOf(value)}`, [name]: value }],
      });
      await send({ path: '/commands', body });
    }
  for (const commands of [null, {}, 'x', [], [null], [[]], Array(257).fill(good)])
    expect((await send({ path: '/commands', body: { commands } })).status).toBeGreaterThanOrEqual(400);
});

const raw = [
  '{',
  '',
  'nul',
  '"',
  '{"code":"A",}',
  '{"code":NaN}',
  '{"code":-}',
  '{"code":1e999999}',
  '\ufeff{}',
  '{"__proto__":{"polluted":true},"code":"P"}',
  '{"constructor":{"prototype":{"polluted":true}},"code":"P"}',
  '{"code":"P","description":"\\ud800"}',
  '{"code":"P","code":"Q","x":1}',
  '['.repeat(100_000) + ']'.repeat(100_000),
  `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  `{"code":"${'A'.repeat(150_000)}"}`,
  `[${'1,'.repeat(90_000)}1]`,
];

test('what is no JSON, too deep, too long or meant for the language is refused', async () => {
  for (const body of raw)
    for (const path of ['/grades', '/commands', '/queries/lots.list', '/lots/allocate']) {
      const { status } = await send({ path, body });
      // of a question that needs no arguments an empty body says nothing
      if (body !== '') expect([path, body.slice(0, 60), status]).not.toEqual([path, body.slice(0, 60), 201]);
    }
  expect(({} as { polluted?: true }).polluted).toBeUndefined();
  expect(await at.ledger.grades.list({ filter: { code: 'P' } })).toMatchObject({ items: [] });
});

/** A body that comes piece by piece. */
function streamed(pieces: Iterable<Uint8Array>, headers: Record<string, string> = {}): Request {
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  const init = {
    method: 'POST',
    headers: { authorization: 'Bearer maria', 'content-type': 'application/json', ...headers },
  };
  return new Request('http://ledger.example/grades', { ...init, body, duplex: 'half' } as RequestInit);
}

test('a body of ten megabytes is not read to its end, whatever it says of its length', async () => {
  const piece = new TextEncoder().encode('"'.padEnd(65_536, 'A'));
  let given = 0;
  function* endless(): Generator<Uint8Array> {
    for (; given < 160; given++) yield piece;
  }
  const answer = await at.handler(streamed(endless()));
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([413, 'limit.size']);
  expect(given).toBeLessThan(20);
  const lied = await at.handler(streamed([new TextEncoder().encode('{}')], { 'content-length': '10000000' }));
  expect([lied.status, ((await lied.json()) as { code: string }).code]).toEqual([413, 'limit.size']);
});

test('a body that does not come is not waited for', async () => {
  const slow = await site({ limits: { bodySeconds: 0.05 } });
  const body = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });
  const init = {
    method: 'POST',
    headers: { authorization: 'Bearer maria', 'content-type': 'application/json' },
  };
  const request = new Request('http://ledger.example/grades', {
    ...init,
    body,
    duplex: 'half',
  } as RequestInit);
  const answer = await slow.handler(request);
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([408, 'request.slow']);
});

test('bodies of other kinds and encodings are not understood', async () => {
  const bytes = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
  const broken = await at.handler(streamed([bytes]));
  expect(broken.status).toBe(400);
  const kinds: Record<string, string>[] = [
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': '' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  ];
  for (const headers of kinds) {
    const answer = await at.handler(streamed([new TextEncoder().encode('{"code":"A"}')], headers));
    expect([headers, answer.status]).toEqual([headers, 415]);
  }
});

test('SQL and HTML are texts like others: kept as they came, found, and answered as JSON', async () => {
  const texts = [
    `'; DROP TABLE lots; --`,
    `" OR 1=1 --`,
    `%'); DELETE FROM entries; --`,
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '{{7*7}}<%= 7*7 %>',
    '\\u0027',
    'Robert\u2019); --',
  ];
  for (const [i, description] of texts.entries()) {
    const { status } = await send({ path: '/grades', body: { code: `T${i}`, description } });
    expect([description, status]).toEqual([description, 201]);
    const one = await send({ path: `/grades/T${i}` });
    expect(one.body.description).toBe(description);
    expect(one.headers.get('x-content-type-options')).toBe('nosniff');
    const found = await send({ path: `/grades?description=${encodeURIComponent(description)}` });
    expect([description, found.body.items.length]).toEqual([description, 1]);
    const searched = await send({ path: `/lots?search=${encodeURIComponent(description)}` });
    expect([description, searched.status]).toEqual([description, 200]);
  }
});

const lists = routes.filter(({ args }) => args?.query?.some(({ name }) => name === 'cursor'));

test('cursors nobody was given are invalid, in every list', async () => {
  const shapes = new Shapes(seed);
  const cursors = [
    'x',
    '1.x.y',
    '0',
    '../../x',
    '1..',
    'null',
    '%00',
    '1.AAAA.e30',
    'é'.repeat(500),
    '{"a":1}',
  ];
  for (const route of lists) {
    const good = goodFor(route, shapes);
    const path = { ...good.path, ...(route.path.includes('{field}') ? { field: 'code' } : {}) };
    for (const cursor of cursors) {
      const { status } = await send(requestWith(route.path, path, cursor));
      expect([route.id, cursor, status >= 400 && status < 500]).toEqual([route.id, cursor, true]);
    }
  }
});

const requestWith = (template: string, path: Record<string, string>, cursor: string): Sent => ({
  path: `${template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? 'x'))}?cursor=${encodeURIComponent(cursor)}`,
});

test('a method that an address does not take is refused with those it takes', async () => {
  const shapes = new Shapes(seed);
  for (const path of new Set(routes.map((route) => route.path))) {
    const taken = routes.filter((route) => route.path === path).map(({ method }): string => method);
    const [route] = routes.filter((each) => each.path === path);
    if (route === undefined) continue;
    const good = goodFor(route, shapes);
    const there = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(good.path[name] ?? 'x'));
    for (const method of ['PUT', 'DELETE', 'PATCH', 'POST', 'GET', 'PROPFIND', 'get-lots']) {
      if (taken.includes(method)) continue;
      const { status, headers } = await send({ path: there, method });
      // another route may be at the address that is made of a name
      if (status === 405) expect(headers.get('allow')).toContain(taken[0]);
    }
  }
});

test('headers that make no sense are refused, and none of them breaks anything', async () => {
  const { version } = (await send({ path: '/grades', body: { code: 'HEAD' } })).body;
  for (const tag of [
    '',
    '"',
    'x',
    '"x"',
    'W/"1"',
    '"1", "2"',
    '"-1"',
    '"99999999999999999999"',
    '*,*',
    `"${version}`,
  ]) {
    const { status } = await send({
      path: '/grades/HEAD',
      method: 'PATCH',
      body: { description: tag },
      headers: { 'if-match': tag },
    });
    expect([tag, status >= 400]).toEqual([tag, true]);
  }
  for (const key of ['a b', 'x'.repeat(65), 'é', '"a b"']) {
    const { status } = await send({
      path: '/grades',
      body: { code: `K${key.length}` },
      headers: { 'idempotency-key': key },
    });
    expect([key, status]).toEqual([key, 400]);
  }
  for (const authorization of [
    '',
    'Bearer',
    'Bearer ',
    'Basic x',
    `Bearer ${'x'.repeat(8000)} y`,
    'bearer maria;',
  ])
    expect((await send({ path: '/lots', token: null, headers: { authorization } })).status).toBe(401);
  for (const last of ['x', '-1', '1e9', '9'.repeat(30), '1;2'])
    expect(
      (await send({ path: '/changes', headers: { 'last-event-id': last, accept: 'text/event-stream' } }))
        .status,
    ).toBe(400);
  for (const accept of ['text/html', 'application/xml', 'application/json;q=0'])
    expect((await send({ path: '/lots', headers: { accept } })).status).toBe(406);
  for (const origin of ['https://evil.example', 'null', 'x'])
    expect(
      (await send({ path: '/lots', headers: { origin } })).headers.get('access-control-allow-origin'),
    ).toBeNull();
});

test('addresses that are written badly, or twice, lead nowhere', async () => {
  for (const path of [
    '/lots/%',
    '/lots/%ff',
    '/lots/%c0%ae',
    '/lots/%00',
    '/lots/%ed%a0%80',
    '//lots',
    '/lots/',
    '/lots//history',
    '/LOTS',
    '/lots/x/y/z/w/v/u',
    `/lots/${'x'.repeat(100_000)}`,
    '/__proto__',
    '/constructor',
    '/queries/__proto__',
    '/queries/toString',
    '/queries/%2e%2e',
    '/values/lots/__proto__',
    '/items/constructor',
    '/lots?limit=1&limit=2',
    '/lots?limit=',
    '/lots?limit=1e2',
    '/lots?limit=0x10',
    '/lots?limit=NaN',
    '/lots?limit=-0',
    '/lots?limit=501',
    '/lots?skip=99999999999999999999',
    '/lots?sort=code&sort=code',
    '/lots?item=A&item.in=B',
    '/lots?onHand.from=1&onHand.from=2',
    '/lots?__proto__=1',
    '/lots?constructor.from=1',
    '/lots?filter={"__proto__":1}',
    '/lots?filter={"item":{"toString":1}}',
    '/lots?filter=[',
    `/lots?filter=${'['.repeat(5000)}`,
    '/lots?filter={}&filter={}',
    '/lots?%ff=1',
    '/lots?=1',
    '/lots?attributes.=1',
    '/lots?total=maybe',
    '/changes?after=-1',
    '/changes?after=1e3',
    '/changes?after=99999999999999999999',
    '/changes?wait=61',
    '/changes?limit=0',
  ]) {
    const body = path.startsWith('/queries/') ? { body: {} } : {};
    const { status } = await send({ path, ...body });
    // a question there is none of is one that this ledger does not offer
    const isRefused = (status >= 400 && status < 500) || (status === 501 && path.startsWith('/queries/'));
    expect([path.slice(0, 60), status, isRefused]).toEqual([path.slice(0, 60), status, true]);
  }
});

const gc = (): void => {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
};

/** Bytes in use once nobody holds on to anything. */
async function settledHeap(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

test('nothing of thousands of such requests stays in the memory', async () => {
  const quiet = await site({
    ledger: at.ledger,
    log: () => undefined,
    limits: { requestsPerMinute: Number.POSITIVE_INFINITY },
  });
  const shapes = new Shapes(seed + 3);
  const round = async (count: number, mark: string): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const name = `${mark}${i}${shapes.below(1e6)}`;
      await quiet.ask(`/lots/${name}?${name}=1`);
      await quiet.ask('/grades', { body: { code: name, [name]: { [name]: name } } });
      await quiet.ask(`/queries/${name}`, { body: { [name]: 1 } });
      await quiet.ask('/lots', { headers: { authorization: `Basic ${name}` } });
    }
  };
  await round(300, 'a');
  const before = await settledHeap();
  await round(1000, 'b');
  const grown = (await settledHeap()) - before;
  // 4,000 requests; what each left behind would be more than a kilobyte
  expect(grown).toBeLessThan(4_000_000);
});
