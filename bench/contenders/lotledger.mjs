/** Lotledger in memory: the public API with every rule, receipts, journal text and chain. */
import { createMasters, inputOf, memory, open as openLedger } from '../lotledger.mjs';
import { withCallers } from '../workload.mjs';

export async function open() {
  const ledger = await openLedger(memory());
  await createMasters(ledger);
  return {
    run: (postings, inFlight) => withCallers(postings, inFlight, (one) => ledger.postings.post(inputOf(one))),
    /** The first page of the lots register: brings the index up to date with everything posted since. */
    firstPage: () => ledger.lots.list({ sort: ['expiryDate'], limit: 50 }),
    lots: async () => (await ledger.lots.list({ limit: 1, total: true })).total,
    close: () => ledger.close(),
  };
}
