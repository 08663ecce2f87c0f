/** Lotledger in IndexedDB: every posting under all rules, and on disk (strict) before it is answered. */
import { createMasters, indexedDb, inputOf, open as openLedger, tables } from '../lotledger.mjs';
import { withCallers } from '../workload.mjs';

const IN_FLIGHT = 256;
/** Lots on one delivery note of an import. */
const PER_NOTE = 250;

/** Delivery notes of many lines: one posting for each warehouse and date would be smaller still. */
function notes(loads) {
  const inputs = [];
  for (let i = 0; i < loads.length; i += PER_NOTE) {
    const part = loads.slice(i, i + PER_NOTE).map(inputOf);
    inputs.push({ ...part[0], lines: part.flatMap(({ lines }) => lines) });
  }
  return inputs;
}

export async function open(name) {
  let store;
  const adapter = indexedDb(name);
  const ledger = await openLedger({
    ...adapter,
    open: async (...args) => (store = await adapter.open(...args)),
  });
  await createMasters(ledger);
  const post = (postings, callers) =>
    withCallers(postings, callers, (one) => ledger.postings.post(inputOf(one)));
  return {
    post,
    importLots: (loads) => post(loads, IN_FLIGHT),
    importNotes: (loads) => withCallers(notes(loads), IN_FLIGHT, (note) => ledger.postings.post(note)),
    count: async () => ({ postings: store.sync.count('postings'), lots: store.sync.count('lots') }),
    records: () => Object.keys(tables).reduce((sum, name) => sum + store.sync.count(name), 0),
    checkpoint: () => store.checkpoint(),
    page: async () => (await ledger.lots.list({ sort: ['expiryDate'], limit: 50 })).items,
    close: () => ledger.close(),
  };
}
