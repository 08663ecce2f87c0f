/**
 * The questions of `questions.mjs` asked of SQLite: two orders in turn with an index made for just them, pages by
 * OFFSET, and GROUP BY.
 */
const LIMIT = 50;
const shown = 'id, item, code, description, status, supplier, startDate, expiryDate, onHand, closed';

/** The two orders as columns: nulls last in both, the second falling, the id upwards. */
const columns = [
  ['absent_status', '>'],
  ['key_status', '>'],
  ['absent_expiryDate', '>'],
  ['key_expiryDate', '<'],
  ['id', '>'],
];

/**
 * @param {object} database that holds the lots of `pages-sqlite.mjs`
 * @param {object} indexes of the lots' table
 */
export function questionsOf(database, indexes) {
  const order = columns.map(([name, way]) => `"${name}" ${way === '>' ? 'ASC' : 'DESC'}`).join(', ');
  const begun = performance.now();
  database.exec(`CREATE INDEX lots_two ON lots (${order})`);
  const indexSeconds = (performance.now() - begun) / 1e3;
  // what follows a position: same leading columns and then beyond, the longest such lead first
  const levels = columns.map(([name, way], i) => {
    const same = columns.slice(0, i).map(([lead]) => `"${lead}" = @${lead}`);
    return [...same, `"${name}" ${way} @${name}`].join(' AND ');
  });
  const seeks = levels
    .toReversed()
    .map((level) =>
      database.prepare(
        `SELECT ${shown} FROM lots INDEXED BY lots_two WHERE ${level} ORDER BY ${order} LIMIT @limit`,
      ),
    );
  const keyOf = (lot) => {
    const key = { id: lot.id };
    for (const name of ['status', 'expiryDate']) {
      const value = indexes[name].parts[0].of(lot) ?? null;
      key[`absent_${name}`] = value === null ? 1 : 0;
      key[`key_${name}`] = value ?? '';
    }
    return key;
  };
  const byCode = 'ORDER BY absent_code, key_code, id LIMIT ? OFFSET ?';
  const all = database.prepare(`SELECT ${shown} FROM lots INDEXED BY lots_code ${byCode}`);
  const some = database.prepare(`SELECT ${shown} FROM lots INDEXED BY lots_code WHERE code LIKE ? ${byCode}`);
  return {
    indexSeconds,
    twoOrders(lot) {
      const key = keyOf(lot);
      const rows = [];
      for (const seek of seeks) {
        if (rows.length === LIMIT) break;
        rows.push(...seek.all({ ...key, limit: LIMIT - rows.length }));
      }
      return rows;
    },
    middle: (place, part) => (part === undefined ? all.all(LIMIT, place) : some.all(part, LIMIT, place)),
    groups(by) {
      const sorted = by.map((name) => `"${name}" IS NULL, "${name}"`).join(', ');
      const names = by.map((name) => `"${name}"`).join(', ');
      return database
        .prepare(
          `SELECT ${names}, count(*) AS count, sum(onHand) AS sum FROM lots GROUP BY ${names} ORDER BY ${sorted}`,
        )
        .all();
    },
  };
}
