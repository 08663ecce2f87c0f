/** A client that a standard generator makes of the description does what it says, with types for all of it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generateApi } from 'swagger-typescript-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/lib/run.mjs';
import { nodeListener } from '../../src/server/node.ts';
import { type Site, site } from './setup.ts';

const run = promisify(execFile);

let at: Site;
let server: Server;
let folder: string;

beforeAll(async () => {
  at = await site();
  server = createServer(nodeListener(at.handler)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  folder = mkdtempSync(join(tmpdir(), 'client-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** What somebody writes who has the client: nothing of it is `any`, and what is misspelt does not compile. */
const program = `
import { Api } from './client.ts';

type IsAny<T> = 0 extends 1 & T ? true : false;
const typed = <T>(value: IsAny<T> extends true ? never : T): T => value;

const api = new Api({
  baseUrl: process.argv[2] as string,
  baseApiParams: { headers: { authorization: 'Bearer maria' } },
});

const item = await api.items.itemsCreate({
  code: 'MILK',
  unit: { code: 'PCE', decimals: 0 },
  lots: { withdrawal: 'fefo', shelfLifeDays: 30 },
});
await api.warehouses.warehousesCreate({ code: 'MAIN', locations: [{ code: 'A-01' }] });
await api.templates.templatesCreate({
  warehouse: 'MAIN', code: 'LOA', type: 'load', intent: 'purchase', tracksLots: true, allowTopUp: true,
});
// @ts-expect-error there is no such member
await api.lots.lotsCreate({ item: 'MILK', code: 'L1', colour: 'red' }).catch((error: { error: { code: string } }) => console.log(error.error.code));
const lot = await api.lots.lotsCreate({ item: item.data.code, code: 'L1', expiryDate: '2026-12-24' });
const posting = await api.postings.postingsPost(
  {
    warehouse: 'MAIN',
    template: 'LOA',
    date: '2026-11-21',
    lines: [{ item: 'MILK', quantity: '12', location: 'A-01', lots: [{ code: lot.data.code, quantity: '12' }] }],
  },
  { headers: { 'Idempotency-Key': 'generated-1' } },
);
const page = await api.lots.lotsList({ item: ['MILK'], 'expiryDate.from': '2026-12-01', sort: ['code'] });
const [first] = page.data.items;
console.log(
  JSON.stringify([
    typed<string>(item.data.code),
    typed<string | null>(lot.data.expiryDate),
    typed<string>(posting.data.numberText),
    typed<number>(posting.data.lines.length),
    typed<string | undefined>(first?.onHand),
  ]),
);
`;

test('it is generated, compiled, and creates an item and a lot and posts', async () => {
  const spec = (await at.ask('/openapi.json', { token: null })).body;
  const { files } = await generateApi({ spec, output: false, silent: true, fileName: 'client' });
  const [client] = files;
  writeFileSync(join(folder, 'client.ts'), client?.fileContent ?? '');
  writeFileSync(join(folder, 'program.ts'), program);
  const compilerOptions = {
    strict: true,
    target: 'es2022',
    module: 'nodenext',
    rewriteRelativeImportExtensions: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    outDir: 'out',
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const compiled = await run(process.execPath, [tsc, '-p', folder]).catch((error) => error);
  expect(compiled.stdout).toBe('');
  const { port } = server.address() as AddressInfo;
  const built = join(folder, 'out', 'program.js');
  const { stdout } = await run(process.execPath, [built, `http://127.0.0.1:${port}`]);
  const [refused, said = ''] = stdout.trim().split('\n');
  expect(refused).toBe('field.unknown');
  expect(JSON.parse(said)).toEqual(['MILK', '2026-12-24', '2026/11/21-001', 1, '12']);
  expect((await at.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('12');
});
