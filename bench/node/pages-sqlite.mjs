/**
 * The same lots in SQLite in memory, with one index per order over the same sort keys, and pages by key:
 * `WHERE (key…) > (…) ORDER BY key… LIMIT 50`. Nulls come last both ways, as in the register, so a key that
 * may be absent has a column that says so.
 */
import Database from 'better-sqlite3';
import { questionsOf } from './questions-sqlite.mjs';

const LIMIT = 50;
/** What a row of the register shows; the record has three times as many fields, which nobody would select. */
const SHOWN =
  'id, item, code, description, status, supplier, supplierLot, startDate, expiryDate, onHand, decimals, closed, createdAt, updatedAt';
const plain = (value) => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
};
const typeOf = (value) => (typeof value === 'number' || typeof value === 'boolean' ? 'INTEGER' : 'TEXT');
const quoted = (name) => `"${name}"`;

/** Writes records into a table of their own fields, and further columns that are computed. */
function fill(database, table, all, computed) {
  const fields = Object.keys(all[0]);
  const columns = [
    ...fields.map(
      (field) => `${quoted(field)} ${typeOf(all[0][field])}${field === 'id' ? ' PRIMARY KEY' : ''}`,
    ),
    ...computed.map(({ column }) => quoted(column)),
  ];
  database.exec(`CREATE TABLE ${table} (${columns.join(', ')}) WITHOUT ROWID`);
  const insert = database.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`);
  database.transaction(() => {
    for (const record of all) {
      const values = fields.map((field) => plain(record[field]));
      for (const { of } of computed) values.push(of(record));
      insert.run(values);
    }
  })();
}

/** Columns of one order: for each part whether it is absent, and the part itself. */
const columnsOf = (parts) => parts.flatMap(({ name }) => [`absent_${name}`, `key_${name}`]);

/**
 * @param {{ lots: object[], balances: object[] }} records
 * @param {Record<string, { parts: { name: string, of: (record: object) => unknown }[] }>} indexes
 * @param {readonly string[]} orders names of the indexes that are offered
 */
export function openPages(records, indexes, orders) {
  const database = new Database(':memory:');
  const parts = new Map(orders.flatMap((order) => indexes[order].parts.map((part) => [part.name, part])));
  const computed = [...parts.values()].flatMap(({ name, of }) => [
    { column: `absent_${name}`, of: (record) => ((of(record) ?? null) === null ? 1 : 0) },
    { column: `key_${name}`, of: (record) => plain(of(record) ?? null) ?? '' },
  ]);
  const begun = performance.now();
  fill(database, 'lots', records.lots, computed);
  fill(database, 'balances', records.balances, []);
  database.exec('CREATE INDEX balances_lot ON balances (lot)');
  const loaded = performance.now();
  for (const order of orders) {
    const columns = columnsOf(indexes[order].parts);
    database.exec(`CREATE INDEX lots_${order} ON lots (${columns.map(quoted).join(', ')}, id)`);
    // down, what is absent still comes last: its flag runs up while the key runs down
    const down = columns.map((column) => `${quoted(column)} ${column.startsWith('absent') ? 'ASC' : 'DESC'}`);
    database.exec(`CREATE INDEX lots_${order}_down ON lots (${down.join(', ')}, id DESC)`);
  }
  const facts = {
    loadSeconds: (loaded - begun) / 1e3,
    indexSeconds: (performance.now() - loaded) / 1e3,
    bytesPerLot:
      (database.pragma('page_count', { simple: true }) * database.pragma('page_size', { simple: true })) /
      records.lots.length,
  };
  return {
    facts,
    pagesOf: (order, reverse) => pagesOf(database, indexes[order].parts, order, reverse),
    questions: () => questionsOf(database, indexes),
  };
}

/**
 * Keys beyond a position going down are those that share its flags and are smaller, then those whose next
 * flag is greater: spelled out, level by level, because a row comparison runs in one direction only.
 */
function beyondDown(columns) {
  const levels = [...columns, 'id'].map((column, i, all) => {
    const same = all.slice(0, i).map((name) => `${quoted(name)} = @${name}`);
    return [...same, `${quoted(column)} ${column.startsWith('absent') ? '>' : '<'} @${column}`].join(' AND ');
  });
  return levels.reverse();
}

function pagesOf(database, parts, order, reverse) {
  const columns = columnsOf(parts);
  const keyOf = (lot) => {
    const key = { id: lot.id };
    for (const { name, of } of parts) {
      const value = of(lot) ?? null;
      key[`absent_${name}`] = value === null ? 1 : 0;
      key[`key_${name}`] = plain(value) ?? '';
    }
    return key;
  };
  const stock = database.prepare(
    `SELECT lot, warehouse, location, loaded, onHand FROM balances WHERE lot IN (${Array.from({ length: LIMIT }, () => '?').join(', ')})`,
  );
  const page = reverse ? pageDown(database, columns, order) : pageUp(database, columns, order);
  return {
    records: (lot) => page(keyOf(lot)),
    register: (lot) => {
      const lots = page(keyOf(lot));
      const ids = lots.map(({ id }) => id);
      while (ids.length < LIMIT) ids.push(null);
      const byLot = grouped(stock.all(ids));
      return lots.map((each) => ({ ...each, stock: byLot.get(each.id) ?? [] }));
    },
  };
}

function grouped(balances) {
  const byLot = new Map();
  for (const balance of balances) byLot.set(balance.lot, [...(byLot.get(balance.lot) ?? []), balance]);
  return byLot;
}

function pageUp(database, columns, order) {
  const keys = [...columns, 'id'];
  const names = keys.map(quoted).join(', ');
  const statement = database.prepare(
    `SELECT ${SHOWN} FROM lots INDEXED BY lots_${order} WHERE (${names}) > (${keys.map((key) => `@${key}`).join(', ')})
     ORDER BY ${names} LIMIT ${LIMIT}`,
  );
  return (key) => statement.all(key);
}

/** Going down, each level is one seek of the index; the page is what they give together. */
function pageDown(database, columns, order) {
  const down = [...columns, 'id'].map(
    (column) => `${quoted(column)} ${column.startsWith('absent') ? 'ASC' : 'DESC'}`,
  );
  const statements = beyondDown(columns).map((level) =>
    database.prepare(
      `SELECT ${SHOWN} FROM lots INDEXED BY lots_${order}_down WHERE ${level} ORDER BY ${down.join(', ')} LIMIT @limit`,
    ),
  );
  return (key) => {
    const rows = [];
    for (const statement of statements) {
      if (rows.length === LIMIT) break;
      rows.push(...statement.all({ ...key, limit: LIMIT - rows.length }));
    }
    return rows;
  };
}
