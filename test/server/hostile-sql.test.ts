/** The same requests where texts end up in a database: none of them means anything there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pglite, sql } from '../../src/adapters/stores/sql/index.ts';
import { type Ledger, openLedger } from '../../src/core/index.ts';
import { routes } from '../../src/server/routes/index.ts';
import { Shapes } from '../core/shapes.ts';
import { goodFor, spoiltOf } from './hostile-requests.ts';
import { dairy, milk, type Site, site } from './setup.ts';

const seed = Math.floor(Math.random() * 2 ** 31);

let ledger: Ledger;
let at: Site;

beforeAll(async () => {
  ledger = await openLedger(sql(pglite()), { actor: 'server', timeZone: 'UTC' });
  at = await site({ ledger, authorize: () => true, limits: { requestsPerMinute: Number.POSITIVE_INFINITY } });
  await dairy(ledger);
  await ledger.postings.post(milk('100', 'L1') as Parameters<typeof ledger.postings.post>[0]);
}, 120_000);

afterAll(() => ledger?.close());

const texts = [
  `'; DROP TABLE lotledger.entries; --`,
  `x' OR '1'='1`,
  `%' ESCAPE '!' --`,
  '$1',
  '$$; SELECT 1; $$',
  '\\',
  "E'\\x00'",
  'a\u2028b',
  '𝒳\u0301',
  '<script>alert(1)</script>',
];

test('texts are kept, found and sorted by as they came', async () => {
  for (const [i, description] of texts.entries()) {
    const made = await at.ask('/grades', { body: { code: `G${i}`, description } });
    expect([description, made.status, made.body.description]).toEqual([description, 201, description]);
    const lot = await at.ask('/lots', {
      body: {
        item: 'MILK',
        code: `C${i}`,
        notes: description,
        attributes: { [`k${description}`]: description },
      },
    });
    expect([description, lot.status]).toEqual([description, 201]);
    const asked = [
      `/grades?description=${encodeURIComponent(description)}`,
      `/grades?description.like=${encodeURIComponent(description.replace(/[\\%_]/g, '\\$&'))}`,
      `/lots?${encodeURIComponent(`attributes.k${description}`)}=${encodeURIComponent(description)}`,
    ];
    for (const path of asked) {
      const { status, body } = await at.ask(path);
      expect([path, status, body.items?.length]).toEqual([path, 200, 1]);
    }
    const quick = await at.ask(`/lots?search=${encodeURIComponent(description)}&sort=-code,item`);
    expect([description, quick.status]).toEqual([description, 200]);
  }
});

test('spoilt requests are problems with codes, and nothing of them is written', async () => {
  const shapes = new Shapes(seed, true);
  const resources = routes.filter(({ act }) => act.kind !== 'port');
  for (const route of resources) {
    const all = [...spoiltOf(goodFor(route, shapes), shapes)];
    for (const sent of [all[0], shapes.pick(all), shapes.pick(all), shapes.pick(all)]) {
      if (!sent) continue;
      const before = ledger.status().seq;
      const { status, body } = await at.ask(sent.path, sent);
      const told = JSON.stringify({ seed, ...sent, body }).slice(0, 2000);
      expect(status < 500 || status === 501, told).toBe(true);
      if (status >= 400) expect([typeof body.code, ledger.status().seq], told).toEqual(['string', before]);
    }
  }
  expect(at.faults, `seed ${seed}`).toEqual([]);
  expect((await ledger.verify()).ok).toBe(true);
});
