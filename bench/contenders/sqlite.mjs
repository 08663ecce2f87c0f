/**
 * better-sqlite3 in memory with the least schema that can hold a posting: lots, balances, postings and
 * movements, no rules, no journal. As many postings in one transaction as are in flight.
 */
import Database from 'better-sqlite3';

const schema = `
  CREATE TABLE lots (id INTEGER PRIMARY KEY, item TEXT NOT NULL, code TEXT NOT NULL, expiry TEXT,
    on_hand INTEGER NOT NULL, UNIQUE (item, code));
  CREATE TABLE balances (lot INTEGER NOT NULL, warehouse TEXT NOT NULL, on_hand INTEGER NOT NULL,
    PRIMARY KEY (lot, warehouse)) WITHOUT ROWID;
  CREATE TABLE postings (id TEXT PRIMARY KEY, warehouse TEXT NOT NULL, date TEXT NOT NULL,
    type TEXT NOT NULL);
  CREATE TABLE movements (id INTEGER PRIMARY KEY, posting TEXT NOT NULL, lot INTEGER NOT NULL,
    warehouse TEXT NOT NULL, date TEXT NOT NULL, quantity INTEGER NOT NULL);
`;

export async function open() {
  const database = new Database(':memory:');
  database.exec(schema);
  const upsertLot = database
    .prepare(
      `INSERT INTO lots (item, code, expiry, on_hand) VALUES (?, ?, ?, ?)
       ON CONFLICT (item, code) DO UPDATE SET on_hand = on_hand + excluded.on_hand RETURNING id`,
    )
    .pluck();
  const upsertBalance = database.prepare(
    `INSERT INTO balances VALUES (?, ?, ?)
     ON CONFLICT (lot, warehouse) DO UPDATE SET on_hand = on_hand + excluded.on_hand`,
  );
  const insertPosting = database.prepare('INSERT INTO postings VALUES (?, ?, ?, ?)');
  const insertMovement = database.prepare(
    'INSERT INTO movements (posting, lot, warehouse, date, quantity) VALUES (?, ?, ?, ?, ?)',
  );
  const post = ({ id, load, warehouse, item, lot, date, expiry, quantity }) => {
    const signed = load ? quantity : -quantity;
    const lotId = upsertLot.get(item, lot, expiry, signed);
    upsertBalance.run(lotId, warehouse, signed);
    insertPosting.run(id, warehouse, date, load ? 'load' : 'unload');
    insertMovement.run(id, lotId, warehouse, date, signed);
  };
  const postAll = database.transaction((all) => all.forEach(post));
  return {
    run: async (all, inFlight) => {
      for (let i = 0; i < all.length; i += inFlight) postAll(all.slice(i, i + inFlight));
    },
    lots: async () => database.prepare('SELECT count(*) FROM lots').pluck().get(),
    /** Bytes outside the JavaScript heap. */
    bytes: () =>
      database.pragma('page_count', { simple: true }) * database.pragma('page_size', { simple: true }),
    close: async () => database.close(),
  };
}
