/** How Lotledger is asked to do the workload: its master data, and its postings as a host writes them. */
import { items, warehouses } from './workload.mjs';

/** Creates the items, warehouses and templates of the workload, where they are not there yet. */
export async function createMasters(ledger) {
  const known = await ledger.warehouses.list({ limit: 1 });
  if (known.items.length > 0) return;
  const unit = { code: 'PCE', decimals: 0 };
  const lots = { withdrawal: 'fefo', shelfLifeDays: 3_650 };
  await Promise.all([
    ...items.map((code) => ledger.items.create({ code, description: `Item ${code}`, unit, lots })),
    ...warehouses.map((code) => ledger.warehouses.create({ code, description: `Warehouse ${code}` })),
  ]);
  await Promise.all(
    warehouses.flatMap((warehouse) => [
      ledger.templates.create({ ...template(warehouse, 'LOA', 'load'), intent: 'purchase' }),
      ledger.templates.create({ ...template(warehouse, 'UNL', 'unload'), intent: 'sale' }),
    ]),
  );
}

const template = (warehouse, code, type) => ({ warehouse, code, description: type, type, tracksLots: true });

/** A posting of the workload as a host asks for it. */
export function inputOf({ load, warehouse, item, lot, date, expiry, quantity: steps }) {
  const quantity = String(steps);
  const row = load ? { code: lot, quantity, expiryDate: expiry } : { code: lot, quantity };
  return { warehouse, template: load ? 'LOA' : 'UNL', date, lines: [{ item, quantity, lots: [row] }] };
}
