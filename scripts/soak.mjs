/**
 * The long tests: the judge in full size on memory and on IndexedDB, two tabs racing for the last unit,
 * browsers killed in the middle, two servers on one PostgreSQL over bad lines and killed in the middle. Prints
 * what each came to and writes it to `bench/SOAK.md`. `npm test` runs a small part of each. `LOTLEDGER_SEED`
 * replays a run; names of parts, bare or as `--only=servers,races`, pick some; `--minutes=5` says how long each
 * phase of the servers takes, two unless said.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, platform } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, run, runTool } from './lib/run.mjs';
import { asScript, chromiumAdvice, postgresAdvice, SetupError, setup } from './setup.mjs';

/** The parts, the test files each is made of, and what they cannot do without. */
const parts = [
  {
    name: 'judge-memory',
    about: 'judge, memory',
    files: ['test/judge/judge.test.ts', 'test/judge/judge-more.test.ts'],
  },
  {
    name: 'judge-indexeddb',
    about: 'judge, IndexedDB',
    files: ['test/browser/judge.test.ts'],
    browser: true,
  },
  {
    name: 'races',
    about: 'two tabs race for the last unit',
    files: ['test/browser/indexeddb-races.test.ts', 'test/browser/indexeddb-ledger-races.test.ts'],
    browser: true,
  },
  {
    name: 'kills',
    about: 'browsers killed in an import or a checkpoint',
    files: ['test/browser/indexeddb-crash.test.ts', 'test/browser/indexeddb-ledger-kills.test.ts'],
    browser: true,
  },
  {
    name: 'servers',
    about: 'two servers on one PostgreSQL, bad lines and kills',
    files: ['test/soak/servers.postgres.test.ts'],
    database: true,
  },
];

const line = /^soak: (.+)$/gm;

/** The parts that were asked for, and how they are to run. */
function asked() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, minutes: { type: 'string' } },
  });
  const names = [...positionals, ...(values.only?.split(',') ?? [])];
  const unknown = names.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined)
    throw new SetupError(
      `There is no part "${unknown}"; there are ${parts.map(({ name }) => name).join(', ')}.`,
    );
  const minutes = Number(values.minutes ?? 2);
  if (!(minutes > 0)) throw new SetupError(`--minutes takes a number, not "${values.minutes}".`);
  const chosen = parts.filter(({ name }) => names.length === 0 || names.includes(name));
  return { chosen, minutes };
}

/** What the parts need beside Node, found or installed. */
async function needed(chosen) {
  const browser = chosen.some((part) => part.browser);
  const database = chosen.some((part) => part.database);
  const { chromium, postgres } = await setup({ browser, database });
  if (browser && !chromium) throw new SetupError(chromiumAdvice);
  if (database && !postgres) throw new SetupError(postgresAdvice);
  return chromium;
}

/** A browser's name and version, as it says it. */
async function versionOf(chromium) {
  if (chromium === undefined) return 'no browser';
  const { output } = await run(chromium, ['--version'], { capture: true, timeout: 20_000 });
  return /(?:Chromium|Chrome) [\d.]+/.exec(output)?.[0] ?? 'Chromium';
}

async function runPart({ about, files }, env) {
  console.log(`\n— ${about}`);
  const started = Date.now();
  const { code, output } = await runTool('vitest/vitest.mjs', ['run', '--no-color', ...files], {
    capture: true,
    env,
  });
  const told = [...output.matchAll(line)].map((match) => match[1]);
  for (const each of told) console.log(each);
  if (code !== 0) console.error(output.slice(-6000));
  return { about, passed: code === 0, told, seconds: Math.round((Date.now() - started) / 1000) };
}

const inColumns = / {3}/;

function page(seed, browser, results) {
  const outcome = results.every((each) => each.passed) ? 'everything agreed' : 'something failed';
  const rows = results.map(({ about, passed, told, seconds }) => {
    // a line that is set in columns belongs to a table below
    const counts = told.filter((each) => !inColumns.test(each)).join('<br>');
    return `| ${about} | ${passed ? 'passed' : 'failed'} | ${counts} | ${seconds} s |`;
  });
  const tables = results.flatMap(({ about, told }) => {
    const lines = told.filter((each) => inColumns.test(each));
    return lines.length === 0 ? [] : [`${about}:`, '', '```', ...lines, '```', ''];
  });
  return [
    '# Soak',
    '',
    `Written by \`npm run soak\` on ${new Date().toISOString().slice(0, 10)}: ${outcome}.`,
    '',
    `Seed ${seed} (\`LOTLEDGER_SEED=${seed} npm run soak\` plays it again), Node ${process.versions.node}, ` +
      `${browser}, ${platform()}, ${cpus().length} processors.`,
    '',
    '| what | outcome | counts | took |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...tables,
  ].join('\n');
}

await asScript(async () => {
  const { chosen, minutes } = asked();
  const chromium = await needed(chosen);
  const browser = await versionOf(chromium);
  const given = process.env.LOTLEDGER_SEED;
  const seed = given && Number.isInteger(Number(given)) ? Number(given) : Date.now() % 1_000_000_000;
  const env = {
    LOTLEDGER_SOAK: '1',
    LOTLEDGER_SEED: String(seed),
    LOTLEDGER_MINUTES: String(minutes),
    ...(chromium === undefined ? {} : { LOTLEDGER_CHROMIUM: chromium }),
  };
  console.log(`Soak with seed ${seed}`);
  const results = [];
  for (const part of chosen) results.push(await runPart(part, env));
  if (chosen.length === parts.length) {
    mkdirSync(join(root, 'bench'), { recursive: true });
    writeFileSync(join(root, 'bench', 'SOAK.md'), page(seed, browser, results));
    console.log('\nWritten to bench/SOAK.md');
  }
  const failed = results.filter((each) => !each.passed).length;
  console.log(failed === 0 ? 'Everything agreed.' : `${failed} of ${results.length} parts failed.`);
  return failed === 0 ? 0 : 1;
});
