/**
 * `npm run bench`: measures Lotledger beside its peers, prints one table and writes `bench/RESULTS.md`. A run
 * of some parts renews those and leaves the others as they were last measured.
 *
 *   npm run bench                      all of it, about an hour
 *   npm run bench -- --only=posting    parts: posting indexeddb pages genealogy register sizes ceiling postgres
 *   npm run bench -- --only=postgres --lots=100000 --movements=500000    the database, with less in it
 *   npm run bench -- --quick           tiny sizes, to see that it runs; its figures mean nothing
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { build } from '../scripts/build.mjs';
import { root } from '../scripts/lib/run.mjs';
import { asScript, chromiumAdvice, setup } from '../scripts/setup.mjs';
import { copyDist, installContenders } from './lib/contenders.mjs';

const quick = process.argv.includes('--quick');
const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
const parts = ['posting', 'sizes', 'pages', 'genealogy', 'register', 'indexeddb', 'ceiling', 'postgres'];
/** How much is in the database, for those who cannot wait. */
const scale = process.argv.filter((arg) => /^--(lots|movements)=\d+$/.test(arg));
const browserParts = new Set(['register', 'indexeddb', 'ceiling']);
const chosen = only === undefined ? parts : parts.filter((part) => only.split(',').includes(part));

/** How busy the machine is: waiting programs for each processor, over the last minute. */
const load = () => loadavg()[0] / cpus().length;

function machineText(results) {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const parts = results.map(({ part, day, load: at }) => `${part} ${day} (${at.toFixed(1)})`).join(', ');
  const busy = results.some(({ load: at }) => at > 1.5);
  const shared =
    ' The machine was busy with other work, so every rate by the clock is too low, for all contenders alike: read the ratios.';
  return `On ${cpus().length} processors with ${gigabytes} GB of memory; measured, with the load per processor at the time: ${parts}.${busy ? shared : ''}`;
}

const method = `Contenders take turns in one run (A B C A B C …), medians of five rounds where nothing else is said below. Postings in memory run in a
process of their own for each round and are counted per second of processor time (user and system, all
threads), by the clock beside it; everything in the browser is by the clock, strict durability, in a fresh
profile on disk. Memory is what stays on the heap after a collection; cold open is opening what is there and
showing a first page. “Lotledger is 3 ×” means three times as good.`;

async function measure(part, options) {
  switch (part) {
    case 'posting':
      return (await import('./parts/posting.mjs')).measurePosting(options);
    case 'sizes':
      return (await import('./parts/sizes.mjs')).measureSizes();
    case 'pages':
      return (await import('./parts/pages.mjs')).measurePages(options);
    case 'genealogy':
      return (await import('./parts/genealogy.mjs')).measureGenealogy(options);
    case 'register':
      return (await import('./parts/register.mjs')).measureRegister(options);
    case 'indexeddb':
      return (await import('./parts/indexeddb.mjs')).measureIndexedDb(options);
    case 'ceiling':
      return (await import('./parts/ceiling.mjs')).measureCeiling(options);
    case 'postgres':
      return (await import('./parts/postgres.mjs')).measurePostgres({ ...options, args: scale });
  }
}

const resultFile = (part) => join(root, '.cache', 'bench', `${part}.json`);

/** Measures the chosen parts and keeps what each gave; what needs a browser is left out where there is none. */
async function measureAll(where) {
  const results = [];
  for (const part of chosen) {
    if (browserParts.has(part) && !where) continue;
    console.log(`Measuring ${part} …`);
    const before = load();
    const { rows, details, versions } = await measure(part, { quick, where });
    const day = new Date().toISOString().slice(0, 10);
    const result = { part, day, load: Math.max(before, load()), rows, details, versions };
    if (!quick) writeFileSync(resultFile(part), JSON.stringify(result));
    results.push(result);
  }
  return results;
}

/** The last result of every part: a run of some parts renews those. */
const lastResults = () =>
  parts
    .map(resultFile)
    .filter(existsSync)
    .map((file) => JSON.parse(readFileSync(file, 'utf8')));

async function writeAll(versions) {
  const { writeResults } = await import('./lib/report.mjs');
  const results = lastResults();
  writeResults({
    rows: results.flatMap(({ rows }) => rows),
    details: results.flatMap(({ details }) => details),
    versions: Object.assign({ ...versions }, ...results.map((result) => result.versions ?? {})),
    machine: machineText(results),
    method,
  });
  console.log('Written to bench/RESULTS.md.');
}

async function main() {
  const { chromium } = await setup();
  if (!(await build())) return 1;
  const contenders = await installContenders();
  copyDist();
  if (!chromium) console.log(chromiumAdvice);
  const { chromiumVersion, servePages } = await import('./lib/browser.mjs');
  const { plainTable } = await import('./lib/report.mjs');
  const served = chromium && chosen.some((part) => browserParts.has(part)) ? await servePages() : undefined;
  try {
    const results = await measureAll(served && { executable: chromium, url: served.url });
    console.log(`\n${plainTable(results.flatMap(({ rows }) => rows))}\n`);
    if (quick) return 0;
    const browser = chromium ? { Chromium: await chromiumVersion(chromium) } : {};
    await writeAll({ Node: process.versions.node, ...browser, ...contenders });
    return 0;
  } finally {
    await served?.stop();
  }
}

await asScript(main);
