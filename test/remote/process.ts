/**
 * The server process of the tests: many ledgers in memory, each behind the real handler at a path of its own.
 * A test opens one by saying how (`POST /open`) and speaks to it with `rest`. The test's clock comes along with
 * each request, in a header that this process alone knows.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { isLedgerError, type Ledger, openLedger, type StoreAdapter } from '../../src/core/index.ts';
import { createHandler, nodeListener } from '../../src/server/index.ts';
import { dairy, electronics, emptyWorld, pharma } from '../rules/world.ts';
import { CLOCK_HEADER, type OpenBody } from './process-words.ts';

interface Place {
  readonly ledger: Ledger;
  readonly listen: (request: IncomingMessage, response: ServerResponse) => void;
  now: string;
}

const worlds = { dairy, electronics, emptyWorld, pharma };
const stores = new Map<string, StoreAdapter>();
const places = new Map<string, Place>();
let count = 0;

function storeNamed(name: string): StoreAdapter {
  const store = stores.get(name) ?? memory();
  stores.set(name, store);
  return store;
}

async function open({ store: named, clocked, now: begun = '', world, settings, ...options }: OpenBody) {
  const name = String(++count);
  const place = { now: begun };
  const how = { ...options, ...(clocked ? { now: (): Date => new Date(place.now) } : {}) };
  const store = storeNamed(named);
  const made = world && (await worlds[world]({ ...how, store, ...(settings ? { settings } : {}) }));
  const ledger = made?.ledger ?? (await openLedger(store, how));
  const { actor = 'unknown', permissions } = options;
  const handler = createHandler({
    ledger,
    base: `/ledgers/${name}`,
    authenticate: () => (permissions === undefined ? { actor } : { actor, permissions }),
    authorize: () => true,
    secret: 'a secret of the tests',
    limits: {
      requestsPerMinute: Number.POSITIVE_INFINITY,
      streams: 10_000,
      bodyBytes: 64_000_000,
      values: 10_000_000,
    },
    log: () => undefined,
    onFault: (error) => console.error(error),
  });
  places.set(name, Object.assign(place, { ledger, listen: nodeListener(handler) }));
  return name;
}

async function close(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const place = places.get(name);
    places.delete(name);
    await place?.ledger.close();
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return JSON.parse(text);
}

/** What a test says to this process itself. */
async function told(request: IncomingMessage): Promise<unknown> {
  const body = await bodyOf(request);
  try {
    if (request.url === '/open') return { name: await open(body as OpenBody) };
    const { names, forget } = body as { names: readonly string[]; forget: readonly string[] };
    await close(names);
    for (const name of forget) stores.delete(name);
    return {};
  } catch (error) {
    if (isLedgerError(error)) return { problem: error.toJSON() };
    throw error;
  }
}

const server = createServer((request, response) => {
  const [, room, name = ''] = request.url?.split('/') ?? [];
  if (room === 'ledgers') {
    const place = places.get(name);
    if (place === undefined) {
      response.writeHead(503).end();
      return;
    }
    place.now = String(request.headers[CLOCK_HEADER] ?? place.now);
    place.listen(request, response);
    return;
  }
  told(request).then(
    (answer) => response.end(JSON.stringify(answer)),
    (error) => response.writeHead(500).end(String(error)),
  );
});

server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : address);
});
// whoever started it has gone
process.stdin.on('end', () => process.exit()).resume();
