/** `lotledger serve --pages`: pages of one's own beside the API, and nothing else of the folder they are in. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { emptyIn } from './ledgers.ts';
import { buildProgram, newFolder, run, start } from './program.ts';

beforeAll(() => buildProgram(), 120_000);

/** Asks with a path as it stands, which `fetch` would tidy up. */
const statusOf = (address: string, path: string): Promise<number | undefined> => {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });
};

test('gives out the pages of a folder as they are now, and what else they consist of', async () => {
  const cwd = newFolder();
  await emptyIn(join(cwd, 'lotledger-data'));
  const outside = newFolder();
  mkdirSync(join(cwd, 'more'));
  for (const [path, text] of [
    ['index.html', '<title>First</title>'],
    ['more/index.html', '<title>More</title>'],
    ['more/it’s 100% mine.js', 'export {};'],
    ['style.css', 'p {}'],
    ['EMPTY.SVG', ''],
  ] as const)
    writeFileSync(join(cwd, path), text);
  // what nobody is to get
  for (const folder of ['.git', 'node_modules', 'lotledger-data'])
    mkdirSync(join(cwd, folder), { recursive: true });
  for (const path of [
    '.env.js',
    '.git/index.html',
    'node_modules/x.js',
    'lotledger-data/index.html',
    'tokens.json',
    'server.php',
    'export.jsonl',
  ])
    writeFileSync(join(cwd, path), 'secret');
  writeFileSync(join(outside, 'out.html'), 'secret');
  if (process.platform !== 'win32') symlinkSync(outside, join(cwd, 'link'));

  const args = ['serve', '--port', '0', '--pages', '.', '--token', 'maria=maria-secret'];
  const server = start(args, { cwd });
  const [, address = ''] = await server.says(/Your own pages are at (\S+)pages\/\./);
  const ask = (path: string, init?: RequestInit) => fetch(`${address}${path}`, init);
  const first = await ask('pages/');
  expect(await first.text()).toBe('<title>First</title>');
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "frame-ancestors 'self'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  });
  writeFileSync(join(cwd, 'index.html'), '<title>Second</title>');
  expect(await (await ask('pages/index.html?x#y')).text()).toBe('<title>Second</title>');
  expect((await ask('pages')).url).toBe(`${address}pages/`);
  const more = await ask('pages/more');
  expect([more.url, await more.text()]).toEqual([`${address}pages/more/`, '<title>More</title>']);
  const script = await ask(`pages/more/${encodeURIComponent('it’s 100% mine.js')}`, { method: 'HEAD' });
  expect([script.status, script.headers.get('content-type')]).toEqual([
    200,
    'text/javascript; charset=utf-8',
  ]);
  expect((await ask('pages/style.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(await (await ask('pages/EMPTY.SVG')).text()).toBe('');
  expect((await ask('pages/', { method: 'POST' })).status).toBe(405);

  for (const path of [
    'none.html',
    '.env.js',
    '.git/index.html',
    'node_modules/x.js',
    'lotledger-data/',
    'lotledger-data/index.html',
    'lotledger-data/tokens.json',
    'tokens.json',
    'server.php',
    'export.jsonl',
    'link/out.html',
    'index.html/',
    'style.css/x.html',
    '../package.json',
    '..%2f..%2fetc/passwd',
    '%2e%2e/x.html',
    'more/../lotledger-data/index.html',
    'more//index.html',
    '/index.html',
    '//evil.example',
    'more%5c..%5cindex.html',
    'index.html::$DATA',
    'index.html.',
    'index.html%00.js',
    '%E0%A4%A',
  ])
    expect([path, await statusOf(address, `/pages/${path}`)]).toEqual([path, 404]);
  // the API is where it was
  expect((await ask('api/capabilities')).status).toBe(401);
  server.child.kill('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0, err: '' });
});

test('says so where there is no such folder', async () => {
  const cwd = newFolder();
  await emptyIn(join(cwd, 'lotledger-data'));
  const { code, err } = await run(['serve', '--port', '0', '--pages', 'nowhere'], { cwd });
  expect(code).toBe(1);
  expect(err).toContain('There is no folder nowhere; --pages names the one your pages are in.');
});

test('without them nothing is below /pages', async () => {
  const cwd = newFolder();
  await emptyIn(join(cwd, 'lotledger-data'));
  writeFileSync(join(cwd, 'index.html'), 'page');
  const server = start(['serve', '--port', '0'], { cwd });
  const [, address = ''] = await server.says(/(http:\/\/\S+?\/)(?=\s|api)/);
  expect(await statusOf(address, '/pages/')).toBe(404);
  server.child.kill('SIGTERM');
  await server.ended;
});
