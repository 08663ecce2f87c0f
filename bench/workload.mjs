/**
 * What every contender is given to do: the same master data and the same postings, made from their numbers
 * alone. Every second posting brings a new lot in; the one after it takes a piece out of a lot that came in
 * about a thousand postings before.
 */

export const ITEMS = 200;
export const WAREHOUSES = 20;
/** Postings on one business day. */
const PER_DAY = 400;
/** An unload takes from the lot that came in this many postings before. */
const AGE = 1_001;
/** Days until a lot expires: none does while the benchmark runs. */
const SHELF_LIFE = 3_650;
const FIRST_DAY = Date.UTC(2022, 0, 1);

const padded = (n, length) => String(n).padStart(length, '0');

/** A date as `YYYY-MM-DD`, so many days after the first. */
export const day = (n) => new Date(FIRST_DAY + n * 86_400_000).toISOString().slice(0, 10);

/** Days, each made once: a list of postings must not be made of as many equal texts. */
const days = new Map();
function dayOnce(n) {
  let text = days.get(n);
  if (text === undefined) days.set(n, (text = day(n)));
  return text;
}

export const items = Array.from({ length: ITEMS }, (_, i) => `ITEM-${padded(i, 3)}`);
export const warehouses = Array.from({ length: WAREHOUSES }, (_, i) => `WH-${padded(i, 2)}`);

/**
 * A load of a new lot.
 * @param {number} n which one; its warehouse, item, date and quantity follow from it
 */
export const loadOf = (n) => ({
  id: `p${n}`,
  load: true,
  warehouse: warehouses[n % WAREHOUSES],
  item: items[n % ITEMS],
  lot: `LOT-${padded(n, 7)}`,
  date: dayOnce(Math.floor(n / PER_DAY)),
  expiry: dayOnce(Math.floor(n / PER_DAY) + SHELF_LIFE + (n % 90)),
  quantity: 100 + (n % 900),
});

/**
 * The n-th posting of the usual mix: loads have even numbers, unloads odd ones.
 * @param {number} n
 */
export function postingOf(n) {
  if (n % 2 === 0) return loadOf(n);
  const from = loadOf(n > AGE ? n - AGE : n - 1);
  return { ...from, id: `p${n}`, load: false, date: dayOnce(Math.floor(n / PER_DAY)), quantity: 1 };
}

/** Postings from a number on; `one` makes each of them. */
export const list = (count, first = 0, one = postingOf) =>
  Array.from({ length: count }, (_, i) => one(first + i));

/**
 * Works a list off with so many callers, each of which waits for its answer before it asks again.
 * @param {readonly unknown[]} all
 * @param {number} callers
 * @param {(one: unknown) => Promise<unknown>} ask
 */
export async function withCallers(all, callers, ask) {
  let next = 0;
  const caller = async () => {
    while (next < all.length) await ask(all[next++]);
  };
  await Promise.all(Array.from({ length: Math.min(callers, all.length) }, caller));
}
