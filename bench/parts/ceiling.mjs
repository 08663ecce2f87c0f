/**
 * What the IndexedDB store holds and costs: memory of its mirror, bytes on disk, time to open, at 10,000,
 * 100,000 and 300,000 postings of one new lot each. One ledger grows from size to size.
 */
import { inBrowser } from '../lib/browser.mjs';
import { median } from '../lib/measure.mjs';
import { bytes, time } from '../lib/report.mjs';

const OPENS = 3;
const HALF_SECOND = 500;

async function measureSize(page, size) {
  const grown = await page.call('grow', 'lotledger', size);
  const disk = await page.disk();
  const opens = [];
  for (let i = 0; i < OPENS; i++) opens.push(await page.call('open', 'lotledger'));
  const of = (read) => median(opens.map(read));
  if (opens[0].lots !== size) throw new Error(`the ledger holds ${opens[0].lots} lots, not ${size}`);
  return {
    size,
    disk,
    grown,
    records: opens[0].records,
    opened: of(({ opened }) => opened),
    paged: of(({ paged }) => paged),
    held: of(({ held }) => held),
  };
}

function rowOf({ size, disk, grown, opened, held }) {
  const row = {
    what: `IndexedDB ledger of ${size.toLocaleString('en')} postings with a new lot each`,
    who: 'Lotledger',
    figure: `${bytes(held / size)} of memory, ${bytes(disk / size)} on disk, each; checkpoint ${time(grown.checkpoint)}`,
    memory: bytes(held),
    open: time(opened),
    disk: bytes(disk),
  };
  if (size !== 100_000) return row;
  return { ...row, goal: 'opens in about 0.5 s', met: opened <= HALF_SECOND * 1.2 };
}

/** @param {{ quick: boolean, where: { executable: string, url: string } }} options */
export async function measureCeiling({ quick, where }) {
  const sizes = quick ? [200] : [10_000, 100_000, 300_000];
  const measured = await inBrowser(where, async (page) => {
    const all = [];
    for (const size of sizes) all.push(await measureSize(page, size));
    return all;
  });
  const detail = {
    title: 'What an IndexedDB ledger holds',
    text: `Grown by posting; opened in ${OPENS} fresh pages each, medians. The first page of the register builds its index.`,
    titles: ['postings', 'records', 'memory', 'a posting', 'on disk', 'a posting', 'open', 'first page'],
    cells: measured.map(({ size, records, held, disk, opened, paged }) => [
      size.toLocaleString('en'),
      records.toLocaleString('en'),
      bytes(held),
      bytes(held / size),
      bytes(disk),
      bytes(disk / size),
      time(opened),
      time(paged),
    ]),
  };
  return { rows: measured.map(rowOf), details: [detail] };
}
