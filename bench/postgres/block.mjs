/**
 * The ledger that the database is measured with, in blocks: each has its own items, warehouses, suppliers, lots
 * and postings, which carry the block's tag, and all blocks are alike but for it. So what the engine makes of one
 * block tells what it would make of every other.
 */
import { day } from '../workload.mjs';

/** Lots on one posting. */
const LOTS_PER_POSTING = 250;
const LOTS_PER_LINE = 25;
const ITEMS = 20;
/** Long before the clock of this world, so that no posting lies in the future. */
const FIRST_DAY = 100;
const START = Date.UTC(2024, 0, 1, 8);

/**
 * @typedef {object} Shape
 * @property {number} lots of one block
 * @property {number} unloads of every lot, after its load
 */

const padded = (n, length) => String(n).padStart(length, '0');

/**
 * What every code and id of a block has within: of one length, and of letters alone, because codes are sorted
 * by the numbers in them.
 */
export const tagOf = (block) =>
  `Q${[26 ** 3, 26 ** 2, 26, 1].map((one) => String.fromCharCode(65 + (Math.floor(block / one) % 26))).join('')}`;

export const itemOf = (block, n) => `${tagOf(block)}I${padded(n, 2)}`;
export const warehouseOf = (block, n) => `${tagOf(block)}W${n}`;
export const supplierOf = (block, n) => `${tagOf(block)}S${n}`;

/** Where a lot of a block lies, and what item it is of. */
export const placeOf = (block, n) => ({
  warehouse: warehouseOf(block, Math.floor(n / LOTS_PER_POSTING) % 2),
  item: itemOf(block, Math.floor(n / LOTS_PER_LINE) % ITEMS),
});

/** Lots of which nothing is left. */
export const isEmptied = (n) => n % 4 === 0;

/** Codes in an order that is not the one the lots came in. */
export const lotCode = (block, n, lots) => `${tagOf(block)}-${padded((n * 7919 + 13) % lots, 5)}`;

const statuses = ['RELEASED', 'REDUCED', null, null, null];

/** The master data that all blocks share. */
const shared = statuses.filter(Boolean).map((code) => ({
  name: 'lotStatuses.create@1',
  id: `status-${code}`,
  args: { code, description: `Status ${code}` },
}));

function* mastersOf(block) {
  const tag = tagOf(block);
  for (let i = 0; i < ITEMS; i++) {
    const initialStatus = statuses[i % statuses.length];
    const args = {
      code: itemOf(block, i),
      description: `Item ${i} of ${tag}`,
      unit: { code: 'PCE', decimals: 0 },
      lots: { withdrawal: 'fefo', shelfLifeDays: 3_650, ...(initialStatus ? { initialStatus } : {}) },
    };
    yield { name: 'items.create@1', id: `${tag}.i${i}`, args };
  }
  for (const n of [0, 1]) {
    const warehouse = warehouseOf(block, n);
    const made = { code: warehouse, description: `Warehouse ${n} of ${tag}` };
    yield { name: 'warehouses.create@1', id: `${tag}.w${n}`, args: made };
    for (const [code, type, intent] of [
      ['LOA', 'load', 'purchase'],
      ['UNL', 'unload', 'sale'],
    ]) {
      const args = { warehouse, code, description: type, type, intent, tracksLots: true };
      yield { name: 'templates.create@1', id: `${tag}.t${n}${code}`, args };
    }
  }
}

/** The posting of a block that loads, or the n-th time unloads, one batch of its lots. */
function postingOf(block, batch, round, { lots, unloads }) {
  const start = FIRST_DAY + batch * 5;
  const isLoad = round === 0;
  const lines = [];
  const first = batch * LOTS_PER_POSTING;
  for (let from = first; from < Math.min(first + LOTS_PER_POSTING, lots); from += LOTS_PER_LINE) {
    const rows = [];
    let sum = 0;
    for (let n = from; n < Math.min(from + LOTS_PER_LINE, first + LOTS_PER_POSTING, lots); n++) {
      const loaded = 2 * unloads + 10 + (n % 900);
      // the last unload empties every fourth lot
      const last = round === unloads && isEmptied(n) ? loaded - (unloads - 1) * 2 : 2;
      const quantity = isLoad ? loaded : last;
      sum += quantity;
      const code = lotCode(block, n, lots);
      rows.push(
        isLoad
          ? {
              code,
              quantity: String(quantity),
              expiryDate: day(start + 400 + ((n * 37) % 1_500)),
              ...(n % 3 === 0 ? {} : { supplierLot: `V${tagOf(block)}-${padded(n, 5)}` }),
            }
          : { code, quantity: String(quantity) },
      );
    }
    lines.push({ item: itemOf(block, (from / LOTS_PER_LINE) % ITEMS), quantity: String(sum), lots: rows });
  }
  return {
    warehouse: warehouseOf(block, batch % 2),
    template: isLoad ? 'LOA' : 'UNL',
    date: day(start + (isLoad ? 0 : 10 + 10 * Math.ceil(round / 2))),
    party: isLoad
      ? { kind: 'supplier', code: supplierOf(block, batch % 5), name: `Supplier ${batch % 5}` }
      : { kind: 'customer', code: `${tagOf(block)}C${(batch + round) % 7}` },
    lines,
  };
}

function* postingsOf(block, shape) {
  const batches = Math.ceil(shape.lots / LOTS_PER_POSTING);
  for (let round = 0; round <= shape.unloads; round++) {
    for (let batch = 0; batch < batches; batch++) {
      const id = `${tagOf(block)}.p${round}.${batch}`;
      yield { name: 'posting.post@1', id, args: postingOf(block, batch, round, shape) };
    }
  }
}

/** All commands of a block in their order; each makes one entry of the journal. */
export const commandsOf = (block, shape) => [...mastersOf(block), ...postingsOf(block, shape)];

/** A clock that only its owner moves; the same for every block. */
export function clockOf() {
  let step = 0;
  return {
    now: () => new Date(START + step * 60_000),
    set: (n) => {
      step = n;
    },
  };
}

/** Has the engine carry commands out one after the other; the time is their place in the list. */
async function carryOut(ledger, clock, commands) {
  for (const [n, command] of commands.entries()) {
    clock.set(n);
    const [receipt] = await ledger.port.execute([command]);
    if (receipt.outcome === 'refused') throw new Error(`${command.id}: ${JSON.stringify(receipt.problem)}`);
  }
}

export const runShared = (ledger, clock) => carryOut(ledger, clock, shared);
export const runBlock = (ledger, clock, block, shape) => carryOut(ledger, clock, commandsOf(block, shape));
