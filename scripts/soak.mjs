/**
 * The long tests: the judge in full size on memory and on IndexedDB, two tabs racing for the last unit,
 * browsers killed in the middle. Prints what each came to and writes it to `bench/SOAK.md`. `npm test`
 * runs a small part of each. `LOTLEDGER_SEED` replays a run; names given as arguments pick single parts.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, platform } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { root, run, runTool } from './lib/run.mjs';
import { asScript, chromiumAdvice, SetupError, setup } from './setup.mjs';

/** The parts, and the test files each is made of. */
const parts = [
  {
    name: 'judge-memory',
    about: 'judge, memory',
    files: ['test/judge/judge.test.ts', 'test/judge/judge-more.test.ts'],
  },
  { name: 'judge-indexeddb', about: 'judge, IndexedDB', files: ['test/browser/judge.test.ts'] },
  {
    name: 'races',
    about: 'two tabs race for the last unit',
    files: ['test/browser/indexeddb-races.test.ts', 'test/browser/indexeddb-ledger-races.test.ts'],
  },
  {
    name: 'kills',
    about: 'browsers killed in an import or a checkpoint',
    files: ['test/browser/indexeddb-crash.test.ts', 'test/browser/indexeddb-ledger-kills.test.ts'],
  },
];

const line = /^soak: (.+)$/gm;

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

function page(seed, browser, results) {
  const outcome = results.every((each) => each.passed) ? 'everything agreed' : 'something failed';
  const rows = results.flatMap(({ about, passed, told, seconds }) => [
    `| ${about} | ${passed ? 'passed' : 'failed'} | ${told.join('<br>')} | ${seconds} s |`,
  ]);
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
  ].join('\n');
}

await asScript(async () => {
  await setup({ browser: false });
  const chromium = await findChromium();
  if (!chromium) throw new SetupError(chromiumAdvice);
  const version = await run(chromium, ['--version'], { capture: true, timeout: 20_000 });
  const browser = /(?:Chromium|Chrome) [\d.]+/.exec(version.output)?.[0] ?? 'Chromium';
  const given = process.env.LOTLEDGER_SEED;
  const seed = given && Number.isInteger(Number(given)) ? Number(given) : Date.now() % 1_000_000_000;
  const names = process.argv.slice(2);
  const chosen = parts.filter(({ name }) => names.length === 0 || names.includes(name));
  const env = { LOTLEDGER_SOAK: '1', LOTLEDGER_SEED: String(seed), LOTLEDGER_CHROMIUM: chromium };
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
