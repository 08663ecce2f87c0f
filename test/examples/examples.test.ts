/** The examples run as they stand, on the built package, and print what the documents say. */
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test, vi } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { runNpm } from '../../scripts/lib/run.mjs';

// each of them starts programs of its own, which a busy machine delays
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const root = fileURLToPath(new URL('../../', import.meta.url));
const deliveries = join(process.env.LOTLEDGER_DATA ?? join(root, '../shared/data'), 'scms-deliveries.csv');

const example = async (name: string, ...args: string[]): Promise<string> => {
  const run = promisify(execFile)(process.execPath, [`examples/${name}.mjs`, ...args], { cwd: root });
  return (await run).stdout;
};

beforeAll(async () => {
  expect(await build()).toBe(true);
});

test('getting started prints what the guide promises', async () => {
  const printed = new Map(
    (await example('getting-started'))
      .trim()
      .split('\n')
      .map((line) => line.split(' = ') as [string, string])
      .map(([name, value]) => [name, JSON.parse(value) as unknown]),
  );
  expect(Object.fromEntries(printed)).toEqual({
    'load.lines[0].lots[0].code': '202611001',
    'page.items[0].expiryDate': '2026-12-21',
    'page.items[0].onHand': '92',
    'page.items[0].available': '92',
    'page.items[0].stock': [
      { warehouse: 'MAIN', location: 'A-01', loaded: '100', onHand: '92', reserved: '0', available: '92' },
    ],
    unloads: [{ date: '2026-11-21', quantity: expect.stringMatching(/^-?8$/) }],
    'preview.lines[0].lots[0].code': '202611002',
    refused: 'lot.insufficient',
    verified: { ok: true, entries: expect.any(Number), head: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
  });
});

test('the example of the README answers what its comments say', async () => {
  const block = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? '';
  const promised: string[] = [];
  const script = block.replace(/^(\S+\.\S+); +\/\/ '(.*)'$/gm, (_, expression: string, value: string) => {
    promised.push(value);
    return `console.log(${expression});`;
  });
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
  expect(promised.length).toBeGreaterThan(1);
  expect((await run).stdout.trim().split('\n')).toEqual(promised);
});

test.skipIf(!existsSync(deliveries))(
  'real deliveries are imported whole, and a second time not at all (R88; skipped without the data)',
  async () => {
    expect((await example('import-deliveries', deliveries)).trim().split('\n')).toEqual([
      '7,030 postings',
      '10,324 lots',
      '184 items',
      '43 warehouses',
      '189,265,090 units on hand',
      'verify: ok',
      'second run: 0 postings',
    ]);
  },
);

test('the packed package works for a host that installs it', async () => {
  const host = mkdtempSync(join(tmpdir(), 'lotledger host '));
  try {
    await runNpm(['pack', '--pack-destination', host, '--loglevel=silent'], { capture: true });
    const packed = readdirSync(host).find((name) => name.endsWith('.tgz')) ?? '';
    await promisify(execFile)('tar', ['-xzf', packed], { cwd: host });
    mkdirSync(join(host, 'node_modules'));
    renameSync(join(host, 'package'), join(host, 'node_modules', 'lotledger'));
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(dependencies)) {
      const link = join(host, 'node_modules', name);
      mkdirSync(join(link, '..'), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), link);
    }
    copyFileSync(join(root, 'examples/getting-started.mjs'), join(host, 'start.mjs'));
    const { stdout } = await promisify(execFile)(process.execPath, ['start.mjs'], { cwd: host });
    const plain = (printed: string): string => printed.replace(/sha256:[0-9a-f]+/, 'sha256:…');
    expect(plain(stdout)).toBe(plain(await example('getting-started')));
  } finally {
    rmSync(host, { recursive: true, force: true });
  }
});
