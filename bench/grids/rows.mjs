/** The rows every grid shows: lots as a server would hand them out, each made from its number alone. */

const items = Array.from({ length: 40 }, (_, n) => `ITEM-${String(n).padStart(3, '0')}`);
const suppliers = Array.from({ length: 200 }, (_, n) => `S-${n}`);
const statuses = [null, null, null, 'QUARANTINE', 'BLOCKED'];
const FIRST_DAY = Date.UTC(2026, 0, 1);

/** A number that follows from `n` and looks like chance. */
const shuffled = (n, below) => (Math.imul(n + 1, 0x9e3779b1) >>> 0) % below;

/** The n-th row of a list in the order of its codes. */
export function rowAt(n) {
  return {
    id: `row-${n}`,
    code: `LOT-${String(n).padStart(8, '0')}`,
    item: items[shuffled(n, items.length)],
    status: statuses[shuffled(n, 977) % statuses.length],
    expiryDate: new Date(FIRST_DAY + shuffled(n, 900) * 86_400_000).toISOString().slice(0, 10),
    onHand: String(shuffled(n, 5_000)),
    supplier: suppliers[shuffled(n, suppliers.length)],
  };
}

/** So many rows at once, for grids that hold their rows. */
export const allRows = (count) => Array.from({ length: count }, (_, n) => rowAt(n));

/** A page as a server answers it: in its own time, and in the order asked for. */
export async function pageOf(count, { skip, limit, reverse = false }) {
  await Promise.resolve();
  const length = Math.max(0, Math.min(limit, count - skip));
  return Array.from({ length }, (_, i) => rowAt(reverse ? count - 1 - skip - i : skip + i));
}

/** The columns on the screen. */
export const columns = [
  ['code', 'Lot', 150],
  ['item', 'Item', 120],
  ['status', 'Status', 120],
  ['expiryDate', 'Expiry', 130],
  ['onHand', 'On hand', 110],
  ['supplier', 'Supplier', 120],
];
