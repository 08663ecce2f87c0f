/** The recipes for serving a ledger, on the built package: started, or called, as their runtimes would. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, expect, test, vi } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { emptyIn } from '../cli/ledgers.ts';
import { newFolder } from '../cli/program.ts';

// each of them starts a program with a database in it, which a busy machine delays
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const recipes = fileURLToPath(new URL('../../examples/server/', import.meta.url));

beforeAll(async () => {
  expect(await build()).toBe(true);
});

/** A folder as a recipe leaves it after its first start: with an empty database. */
async function folder(): Promise<string> {
  const prepared = newFolder();
  await emptyIn(join(prepared, 'first'));
  cpSync(join(prepared, 'first', 'database'), join(prepared, 'lotledger-data'), { recursive: true });
  return prepared;
}

/** What every recipe is asked, and what it answers: nobody, somebody, a command, a list. */
const script = (base: string): readonly (readonly [path: string, init: RequestInit])[] => {
  const authorization = 'Bearer recipe-token';
  const command = { name: 'grades.create@1', id: 'recipe-1', args: { code: 'A' } };
  return [
    [`${base}/capabilities`, {}],
    [`${base}/capabilities`, { headers: { authorization } }],
    [
      `${base}/commands`,
      {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ commands: [command] }),
      },
    ],
    [`${base}/grades`, { headers: { authorization } }],
  ];
};

const expected = [
  [401, { code: 'session.required' }],
  [200, { actor: 'maria' }],
  [200, { receipts: [{ outcome: 'accepted', seq: 1 }] }],
  [200, { items: [{ code: 'A' }] }],
];

const environment = (cwd: string) => ({
  cwd,
  env: { PATH: process.env.PATH ?? '', PORT: '0', API_TOKEN: 'recipe-token' },
});

test.each([
  ['node', ''],
  ['hono', '/api'],
  ['express', '/api'],
])('%s serves the ledger, beside what else it serves, until it is told to stop', async (name, base) => {
  const server = spawn(process.execPath, [join(recipes, `${name}.mjs`)], {
    ...environment(await folder()),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let said = '';
    for await (const chunk of server.stdout.setEncoding('utf8')) {
      said += chunk;
      if (said.includes('\n')) break;
    }
    const { origin, pathname } = new URL(said.trim());
    expect(pathname).toBe(`${base}/capabilities`);
    const answers: unknown[] = [];
    for (const [path, init] of script(base)) {
      const answer = await fetch(origin + path, init);
      answers.push([answer.status, await answer.json()]);
    }
    expect(answers).toMatchObject(expected);
    // where a problem says it is explained it is
    const [[, { type }]] = answers as [[number, { type: string }]];
    expect(type).toBe(`${base}/errors/session.required`);
    expect((await fetch(origin + type)).status).toBe(200);
    if (base !== '') expect(await (await fetch(`${origin}/`)).text()).toBe('The page of the portal');
    server.kill('SIGTERM');
    const [code] = (await once(server, 'exit')) as [number | null];
    expect(code).toBe(0);
  } finally {
    server.kill('SIGKILL');
  }
});

/** Calls a recipe that exports what its platform calls, in a process of its own. */
async function called(name: string, call: string): Promise<unknown> {
  const module = JSON.stringify(pathToFileURL(join(recipes, `${name}.mjs`)).href);
  const program = `
    const recipe = await import(${module});
    const answers = [];
    for (const [path, init] of ${JSON.stringify(script('/api'))}) {
      const request = new Request('https://portal.example' + path, init);
      const answer = await ${call};
      answers.push([answer.status, await answer.json()]);
    }
    console.log(JSON.stringify(answers));
    process.exit(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    ...environment(await folder()),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) out += chunk;
  return JSON.parse(out) as unknown;
}

test('next exports route handlers that answer requests', async () => {
  expect(await called('next', 'recipe[request.method](request)')).toMatchObject(expected);
});

test('workers exports a fetch that takes its settings from the platform', async () => {
  const call = `recipe.default.fetch(request, { API_TOKEN: 'recipe-token', CURSOR_SECRET: 'sixteen characters' })`;
  expect(await called('workers', call)).toMatchObject(expected);
});
