/** The benchmark can still run: its files parse, its workload is accepted, its table is made. No times. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openLedger } from 'lotledger';
import { memory } from 'lotledger/adapters/memory';
import { parseSync } from 'vite';
import { expect, test, vi } from 'vitest';
import { markdownTable, plainTable } from '../../bench/lib/report.mjs';
import { createMasters, inputOf } from '../../bench/subject.mjs';
import { list, loadOf, withCallers } from '../../bench/workload.mjs';
import { filesIn, read, root } from './sources.ts';

vi.setConfig({ testTimeout: 60_000 });

const run = promisify(execFile);

test('every file of the benchmark parses', () => {
  const files = filesIn('bench', '.mjs');
  expect(files).toContain('bench/run.mjs');
  for (const file of files) expect(parseSync(file, read(file)).errors, file).toEqual([]);
});

test('the ledger accepts the workload of the benchmark, and holds what it must', async () => {
  const ledger = await openLedger(memory(), { actor: 'bench' });
  await createMasters(ledger);
  await withCallers(list(40), 8, (posting) => ledger.postings.post(inputOf(posting as never) as never));
  await withCallers(list(10, 100, loadOf), 8, (load) =>
    ledger.postings.post(inputOf(load as never) as never),
  );
  expect((await ledger.lots.list({ limit: 1, total: true })).total).toBe(30);
  expect(await ledger.verify()).toMatchObject({ ok: true });
});

test('a round of a contender prints its figures', async () => {
  const { stdout } = await run(process.execPath, [
    '--expose-gc',
    join(root, 'bench/node/posting.mjs'),
    'maps',
    '10',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ count: 10, one: { count: 5 } });
});

test('a contender that is not there stands in the table as absent', () => {
  const rows = [
    { what: 'posting', who: 'Lotledger', figure: '10/s' },
    { what: 'posting', who: 'another', figure: 'absent' },
    { what: 'posting', who: 'a third', figure: '40/s', times: 0.25, goal: '≥ 1 ×', met: false },
  ];
  const lines = plainTable(rows).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[2]).toMatch(/^posting {2}another {4}absent$/);
  expect(lines[3]).toMatch(/40\/s +0\.25 × +≥ 1 × +missed$/);
  expect(markdownTable(['a', 'b', 'c'], [['1', '2', '3']])).toBe(
    '| a | b | c |\n| --- | --- | ---: |\n| 1 | 2 | 3 |',
  );
});
