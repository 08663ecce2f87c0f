/**
 * A ledger behind a server, over HTTP: for pages and processes whose ledger is elsewhere. What decides is on
 * the other side; nothing of the engine is loaded here.
 */
import { isLedgerError, type LedgerAdapter, LedgerError, type LedgerPort } from '../../../core/index.ts';
import { type CapabilitiesBody, portPaths } from '../../../wire/index.ts';
import { Line, type RequestHeaders } from './line.ts';
import { capabilitiesIn, type PortOptions, RestPort, understood } from './port.ts';

export type { RequestHeaders } from './line.ts';

/** How a server is reached and heard. Times are in milliseconds. */
export interface RestOptions {
  /** Headers of every request, or a function that gives them anew for each: a token, one against forgery. */
  readonly headers?: RequestHeaders;
  /** Whether cookies go along, as `fetch` takes it. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** In place of the global one. */
  readonly fetch?: typeof fetch;
  /** An answer may take so long; 30,000 unless said. */
  readonly timeout?: number;
  /** A command without an answer is sent again, under its id, for so long; 20,000 unless said. */
  readonly retryFor?: number;
  /** `stream` (server-sent events, and polls where they do not come through) unless said. */
  readonly feed?: 'stream' | 'poll';
  /** The server's signs of life on a stream; 15,000 unless said. After two and a half without one it is left. */
  readonly heartbeat?: number;
  /** Tabs of one origin hear one feed, where the server names it; true unless said. */
  readonly shared?: boolean;
  /** Tells ledgers at one address apart, where `headers` choose among them: their tabs share no feed. */
  readonly name?: string;
}

/** Milliseconds during which a server that does not answer is asked again. */
const PATIENCE = 3_000;

/** Somebody answers, and it is no server of a ledger. */
const isForeign = (status: unknown): boolean => typeof status === 'number' && status < 500;

/** What the server says of itself. */
async function said(line: Line, url: string, patience = 0): Promise<CapabilitiesBody> {
  const { capabilities: path } = portPaths;
  try {
    return await line.call({ method: 'GET', path, patience, read: capabilitiesIn });
  } catch (error) {
    if (!isLedgerError(error) || error.code !== 'store.unavailable') throw error;
    if (isForeign(error.details.status)) {
      throw new LedgerError('server.unknown', { details: { url }, cause: error });
    }
    if (patience > 0) throw error;
    return said(line, url, PATIENCE);
  }
}

/** The port as a plain object, so that whoever wraps it by spreading keeps all of it. */
function portOf(rest: RestPort): LedgerPort {
  const port: LedgerPort = {
    capabilities: rest.capabilities,
    execute: (commands, options) => rest.execute(commands, options),
    query: (name, args, options) => rest.query(name, args, options),
    changes: (options) => rest.changes(options),
    status: () => rest.status(),
    subscribe: (listener) => rest.subscribe(listener),
    watch: (listener) => rest.watch(listener),
    close: () => rest.close(),
  };
  if (!rest.verifies) return port;
  return Object.assign(port, { verify: rest.verify.bind(rest), head: () => rest.head() });
}

/**
 * A ledger behind a server, for `openLedger`. Commands are sent again under their ids until they are answered,
 * so that none is lost and none counts twice; changes are heard as they happen; who acts and what they may do
 * the server knows by the request.
 *
 * Opening fails with `server.unknown` where there is another server, `version.mismatch` where the two do not
 * understand each other, `session.required` where nobody is signed in, `store.unavailable` where nobody answers.
 *
 * @param url the address of the server, with or without a slash at the end; in a page it may be relative
 * @example
 * const ledger = await openLedger(rest('/api/ledger', { headers: () => ({ authorization: `Bearer ${token()}` }) }));
 */
export function rest(url: string, options: RestOptions = {}): LedgerAdapter {
  const { headers, credentials, fetch, timeout = 30_000 } = options;
  const { retryFor = 20_000, feed = 'stream', heartbeat = 15_000, shared = true, name } = options;
  const how: PortOptions = { url, name, retryFor, heartbeat, feed, shared };
  return {
    kind: 'ledger',
    name: 'rest',
    async open() {
      const line = new Line({ url, headers, credentials, fetch, timeout });
      return portOf(new RestPort(line, understood(await said(line, url)), how));
    },
  };
}
