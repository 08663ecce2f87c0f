/**
 * One of the server processes of the soak: the ledger of a database behind the real handler. Whoever asks is
 * believed to be who they say. Prints its port, then from time to time how many commits another writer was
 * ahead of, and faults of its own; ends with whoever started it.
 */
import { createServer } from 'node:http';
import client from 'pg';
import { pg, sql } from '../../src/adapters/stores/sql/index.ts';
import { isLedgerError, openLedger, type StoreAdapter } from '../../src/core/index.ts';
import { createHandler, nodeListener } from '../../src/server/index.ts';
import { NOW, TELL_EVERY } from './words.ts';

let conflicts = 0;

/** A store whose conflicts are counted. */
const counted = (adapter: StoreAdapter): StoreAdapter => ({
  ...adapter,
  async open(...how) {
    const store = await adapter.open(...how);
    const commit = store.commit.bind(store);
    store.commit = async (batch) => {
      const outcome = await commit(batch);
      if ('conflict' in outcome) conflicts += 1;
      return outcome;
    };
    return store;
  },
});

const [connectionString] = process.argv.slice(2);
const pool = new client.Pool({ connectionString: connectionString as string, max: 6 });
const ledger = await openLedger(counted(sql(pg(pool))), {
  actor: 'house',
  timeZone: 'UTC',
  now: () => new Date(NOW),
});
const handler = createHandler({
  ledger,
  authenticate: (request) => {
    const actor = request.headers.get('authorization')?.replace('Bearer ', '');
    return actor === undefined ? null : { actor };
  },
  authorize: () => true,
  secret: 'the same on both servers',
  limits: { requestsPerMinute: Number.POSITIVE_INFINITY, heartbeatSeconds: 2 },
  log: () => undefined,
  onFault: (error) => {
    // a database that is away is no fault of the server's
    if (!isLedgerError(error) || error.kind !== 'unavailable') console.log(`fault: ${String(error)}`);
  },
});

const server = createServer(nodeListener(handler));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : address);
  setInterval(() => console.log(conflicts), TELL_EVERY);
});
process.stdin.on('end', () => process.exit()).resume();
