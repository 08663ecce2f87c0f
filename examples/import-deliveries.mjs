/**
 * Imports a file of real deliveries into a ledger in memory, counts what is there, verifies the journal,
 * and imports the same file again to show that nothing is posted twice.
 *
 *     node examples/import-deliveries.mjs ../shared/data/scms-deliveries.csv
 *
 * A file named without a folder that is not here is looked for in LOTLEDGER_DATA. Needs `npm run build`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from 'lotledger';
import { memory } from 'lotledger/adapters/memory';
import papaparse from 'papaparse';
import { planImport } from '../demo/import/plan.mjs';
import { runImport } from '../demo/import/run.mjs';

const PAGE = 500;

function dataFile(name) {
  const elsewhere = join(process.env.LOTLEDGER_DATA ?? '../shared/data', name);
  return existsSync(name) ? name : elsewhere;
}

function readRows(path) {
  const { data, errors } = papaparse.parse(readFileSync(path, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  for (const { row, message } of errors) console.error(`row ${row}: ${message}`);
  return data;
}

/** Every record of a list, page by page. */
async function* all(resource) {
  let cursor;
  do {
    const page = await resource.list({ limit: PAGE, cursor });
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}

/** What the ledger holds now, counted from its registers. */
async function countLedger(ledger) {
  const count = { postings: 0, lots: 0, items: 0, warehouses: 0, units: 0n };
  for (const name of ['postings', 'items', 'warehouses']) {
    for await (const _ of all(ledger[name])) count[name] += 1;
  }
  for await (const { onHand } of all(ledger.lots)) {
    count.lots += 1;
    count.units += BigInt(onHand);
  }
  return count;
}

async function main(file) {
  const plan = planImport(readRows(dataFile(file)));
  const ledger = await openLedger(memory(), { actor: 'importer', timeZone: 'UTC' });
  const number = (value) => value.toLocaleString('en-US');

  const first = await runImport(ledger, plan);
  const { postings, lots, items, warehouses, units } = await countLedger(ledger);
  console.log(`${number(postings)} postings`);
  console.log(`${number(lots)} lots`);
  console.log(`${number(items)} items`);
  console.log(`${number(warehouses)} warehouses`);
  console.log(`${number(units)} units on hand`);
  for (const { row, code, message } of first.verdicts.filter(({ outcome }) => outcome === 'failed')) {
    console.error(`row ${row} failed: ${code} ${message}`);
  }

  const { ok } = await ledger.verify();
  console.log(`verify: ${ok ? 'ok' : 'failed'}`);
  const second = await runImport(ledger, plan);
  console.log(`second run: ${number(second.posted)} postings`);
  await ledger.close();
  return ok && first.failed === 0 ? 0 : 1;
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Which file? node examples/import-deliveries.mjs FILE');
  process.exitCode = 2;
} else {
  process.exitCode = await main(file);
}
