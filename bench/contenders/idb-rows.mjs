/**
 * What the three row databases of the browser do with a posting: the same reads and writes, spelled out
 * once. Reads: has this id been posted, the item, the lot, what lies at the place. Writes: posting,
 * movement, lot, balance, the warehouse's running number, receipt.
 */

export const IMPORT_INDEXES = [
  ['item', 'code'],
  ['expiry', 'code'],
  ['supplier', 'code'],
];

/** The rows that a posting writes, from the rows it has read. */
export function rowsOf(posting, { lot, balance, number }) {
  const { id, load, warehouse, item, lot: code, date, expiry, quantity } = posting;
  const signed = load ? quantity : -quantity;
  const lotKey = `${item}|${code}`;
  const last = (number?.last ?? 0) + 1;
  return {
    postings: { id, warehouse, date, number: last, type: load ? 'load' : 'unload', lines: 1 },
    movements: { id: `${id}.1`, posting: id, lot: lotKey, warehouse, date, quantity: signed },
    lots: { ...(lot ?? { id: lotKey, item, code, expiry, onHand: 0 }), onHand: (lot?.onHand ?? 0) + signed },
    balances: {
      ...(balance ?? { id: `${lotKey}|${warehouse}`, lot: lotKey, warehouse, onHand: 0 }),
      onHand: (balance?.onHand ?? 0) + signed,
    },
    numbers: { id: `${warehouse}|${date}`, last },
    receipts: { id, at: date },
  };
}

/** The keys of the rows that a posting reads. */
export const keysOf = ({ id, warehouse, item, lot, date }) => ({
  receipts: id,
  items: item,
  lots: `${item}|${lot}`,
  balances: `${item}|${lot}|${warehouse}`,
  numbers: `${warehouse}|${date}`,
});

export const STORES = ['items', 'receipts', 'postings', 'movements', 'lots', 'balances', 'numbers'];

/** A lot as a row of an import, with as many fields as a register shows. */
export const importRow = ({ item, lot, expiry, date, quantity, warehouse }, n) => ({
  id: `${item}|${lot}`,
  item,
  code: lot,
  description: `Lot ${lot} of ${item}`,
  status: 'OK',
  supplier: `S-${n % 70}`,
  supplierLot: `V${n}`,
  startDate: date,
  expiry,
  onHand: quantity,
  warehouse,
  createdAt: `${date}T09:30:00.000Z`,
});
