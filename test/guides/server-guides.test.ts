/** The guides of servers and databases say what is: their examples run, their tables are those of the code. */
import { existsSync, readFileSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rest } from '../../src/adapters/ledgers/rest/index.ts';
import { grants, pglite, sql } from '../../src/adapters/stores/sql/index.ts';
import { help } from '../../src/cli/help.ts';
import { commandContracts, queryContracts } from '../../src/core/contract.ts';
import { openLedger } from '../../src/core/index.ts';
import { createHandler } from '../../src/server/index.ts';
import { limitsOf } from '../../src/server/options.ts';
import { portPaths } from '../../src/wire/index.ts';
import { emptyPGlite } from '../adapters/sql/pglite-template.ts';
import { guideText, runGuide } from './guide.ts';

const written = ['your-database', 'your-backend', 'server', 'many-machines', 'threat-model'];
const root = new URL('../../', import.meta.url);

/** The first cells of a table, by the words of its heading. */
function rowsOf(guide: string, heading: string): string[][] {
  const [, rows = ''] = guideText(guide).split(heading);
  const table = rows.slice(rows.indexOf('\n') + 1).split('\n\n')[0] ?? '';
  return table
    .split('\n')
    .filter((row) => row.startsWith('| `'))
    .map((row) => row.split('|').map((cell) => cell.trim()));
}

let database: PGlite;

beforeAll(async () => {
  database = await emptyPGlite();
}, 120_000);

afterAll(() => database.close());

describe('examples', () => {
  // a database takes its time on a busy machine
  test.each([
    ['your-backend', 5],
    ['server', 12],
    ['your-database', 7],
  ])('of “%s” answer what they say', { timeout: 300_000 }, async (name, least) => {
    const over = { rest, createHandler, sql, grants, pglite: () => pglite({ database }) };
    expect(await runGuide(name, over)).toBeGreaterThanOrEqual(least);
  });
});

test('a role that is bound as the guide says works, and only adds to the journal', {
  timeout: 300_000,
}, async () => {
  const [, taken = ''] = /```sql\n(revoke [\s\S]*?)```/.exec(guideText('your-database')) ?? [];
  const place = { tenant: 'bound', role: 'portal' };
  await (await openLedger(sql(pglite({ database }), { tenant: 'bound' }))).close();
  await database.exec(`create role portal; ${grants('lotledger', 'portal')} ${taken}`);
  const ledger = await openLedger(sql(pglite({ database }), place), { actor: 'maria' });
  await ledger.grades.create({ code: 'A' });
  await ledger.grades.update('A', { description: 'Best' });
  expect(await ledger.verify()).toMatchObject({ ok: true, entries: 2 });
  await ledger.close();
  for (const text of [
    'delete from lotledger.lotledger_journal',
    "update lotledger.lotledger_journal set texts = '[]'",
    'update lotledger.lotledger_schema set layout = 9',
  ]) {
    const refused = database.transaction(async (transaction) => {
      await transaction.exec("set local role portal; set local lotledger.tenant = 'bound'");
      await transaction.query(text);
    });
    await expect(refused, text).rejects.toMatchObject({ code: '42501' });
  }
});

describe('tables', () => {
  test('of limits are those of the server', () => {
    const said = rowsOf('server', '| limit | unless said |').map(([, name = '', value = '']) => [
      name.replaceAll('`', ''),
      Number(value.replaceAll(',', '')),
    ]);
    expect(Object.fromEntries(said)).toEqual(limitsOf());
  });

  test('of options are those of the program', () => {
    const [, table = ''] = guideText('server').split('## `lotledger serve`');
    const said = new Set(table.split('**Tokens.**')[0]?.match(/--[a-z][a-z-]*/g));
    const known = new Set(
      help('serve')
        .match(/^ {2}--[a-z][a-z-]*/gm)
        ?.map((option) => option.trim()),
    );
    expect([...said].sort()).toEqual([...known].sort());
  });

  test('of paths are those of the wire', () => {
    const said = rowsOf('your-backend', '| path | ').map(([, cell = '']) => cell.replaceAll('`', ''));
    const { query, ...paths } = portPaths;
    const known = [...Object.values(paths), query('x').replace('x', '{name}')];
    expect(said.map((path) => path.replace(/^[A-Z]+ /, '').replace(/\?.*/, '')).sort()).toEqual(known.sort());
  });
});

test('the questions and commands that a backend is told of are there', () => {
  const [, table = ''] = guideText('your-backend').split('### Minimal and full');
  const said = [...(table.split('## Testing')[0] ?? '').matchAll(/`([a-z]+\.[A-Za-z]+(?:@1)?)`/gi)].map(
    ([, name]) => name,
  );
  const known = new Set([...commandContracts, ...queryContracts].map((contract) => contract.name));
  expect(said.length).toBeGreaterThan(15);
  expect(said.filter((name = '') => !known.has(name))).toEqual([]);
});

describe('references', () => {
  test.each(written)('of “%s” lead somewhere, and the tests they name are there', (name) => {
    const text = guideText(name).replace(/```[\s\S]*?```/g, '');
    for (const [, path = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (!path.includes('://'))
        expect(existsSync(new URL(path, new URL('docs/guides/', root))), path).toBe(true);
    }
    for (const [, path = '', title = ''] of text.matchAll(/`(test\/[\w./-]+\.ts)`,?\s“([^”]+)”/g)) {
      const there = readFileSync(new URL(path, root), 'utf8').includes(title.replace(/\s+/g, ' '));
      expect(there, `${path}: ${title}`).toBe(true);
    }
  });
});
