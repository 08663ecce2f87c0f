/** A small dairy for the pages of hosts: one item, one warehouse, one way to load. No element is imported here. */
import type { Ledger } from 'lotledger';

/** Master data of the dairy. */
export async function dairyMasters(ledger: Ledger): Promise<void> {
  await ledger.codeTypes.create({
    code: 'N',
    kind: 'lot',
    description: 'Number',
    parts: [{ source: 'number', length: 5, fill: '0' }],
    firstNumber: 1,
  });
  await ledger.items.create({
    code: 'RICOTTA',
    description: 'Ricotta, bulk',
    unit: { code: 'KG', decimals: 3 },
    lots: { codeType: 'N', withdrawal: 'fefo', shelfLifeDays: 20, warnDays: 30 },
  });
  await ledger.warehouses.create({ code: 'MAIN', description: 'Main', locations: [{ code: 'A-01' }] });
  await ledger.templates.create({
    warehouse: 'MAIN',
    code: 'LOA',
    description: 'Load',
    type: 'load',
    intent: 'purchase',
    tracksLots: true,
  });
}
