/** `lotledger serve`: one ledger over HTTP, with tokens and the portal's pages, until it is told to stop. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import type { StoreAdapter } from '../core/index.ts';
import {
  type Caller,
  createHandler,
  type Handler,
  type LogLine,
  type ServerAct,
  type ServerOptions,
} from '../server/index.ts';
import { nodeListener } from '../server/node.ts';
import { type Listening, serveHttp } from './http.ts';
import { Ledgers } from './ledgers.ts';
import { atMost, type Given, portOf } from './options.ts';
import { OWN, ownPages } from './own-pages.ts';
import { portalPages } from './pages.ts';
import { type Place, placeOf } from './place.ts';
import { CommandError, misused } from './problems.ts';
import { bearer, finder, type Token, type Tokens, tokensOf, VERIFY } from './tokens.ts';

const DEFAULT_PORT = '4380';
const DEFAULT_HOST = '127.0.0.1';
const BASE = '/api';

const callerOf = ({ name, permissions, tenant }: Token): Caller => ({
  actor: name,
  ...(permissions === undefined ? {} : { permissions }),
  ...(tenant === undefined ? {} : { tenant }),
});

const mayVerify = ({ permissions }: Caller, act: ServerAct): boolean =>
  act.kind !== 'verify' || permissions === undefined || permissions.includes(VERIFY);

/** The same on every server that has the same tokens, and after a restart. */
const secretOf = (tokens: readonly Token[]): string =>
  createHash('sha256')
    .update(JSON.stringify(['cursors', ...tokens.map(({ token }) => token).sort()]))
    .digest('hex');

function originsOf(given: Given): readonly string[] {
  const origins = given.texts('origin');
  for (const origin of origins)
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      throw misused(`--origin takes an origin such as https://erp.example.com, not “${origin}”.`);
  return origins;
}

/** From where a request comes, where a proxy says it; the last address of a list is the proxy's own word. */
function addressHeader(given: Given): Pick<ServerOptions, 'addressOf'> {
  const name = given.text('address-header');
  if (name === undefined) return {};
  if (!/^[A-Za-z0-9-]+$/.test(name))
    throw misused(`--address-header takes a name such as X-Real-IP, not “${name}”.`);
  return { addressOf: ({ headers }) => headers.get(name)?.split(',').at(-1)?.trim() };
}

/** One line of JSON; requests only where they are wanted, faults always. */
const logger =
  (all: boolean) =>
  (line: LogLine): void => {
    if (all || line.type !== 'request') process.stderr.write(`${JSON.stringify(line)}\n`);
  };

async function fill(store: StoreAdapter): Promise<void> {
  const sample = new URL('../portal/sample.js', import.meta.url);
  if (!existsSync(sample)) throw new CommandError('There is no sample data in this build.');
  const { fillSample } = (await import(sample.href)) as {
    fillSample: (store: StoreAdapter) => Promise<boolean>;
  };
  await fillSample(store);
}

const isHere = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

/** What is said once it runs. */
function greeting(
  place: Place,
  tokens: Tokens,
  { address }: Listening,
  host: string,
  pages: { readonly portal: boolean; readonly own: boolean },
): string {
  const where = pages.portal
    ? `Open ${address} in a browser and sign in`
    : `The portal's pages are not in this build; the API is at ${address}api. Sign in`;
  const kept = tokens.from === '' ? '; it is gone when the server stops.' : ` and kept in ${tokens.from}.`;
  const token =
    tokens.made === undefined
      ? `${where} with ${tokens.from === '' ? 'one of its tokens' : `a token of ${tokens.from}`}.`
      : `${where} with this token:\n\n  ${tokens.made}\n\nIt is shown this once${kept}`;
  const api = `Programs find the API at ${address}api and its description at ${address}api/docs.`;
  const own = pages.own ? ` Your own pages are at ${address}${OWN.slice(1)}.` : '';
  const line = isHere(host) ? '' : ' Other machines can reach it: put a proxy with TLS in front.';
  return `Lotledger serves the ledger in ${place.title}. ${token}${own} ${api}${line} Ctrl+C stops it.`;
}

/** Waits for a signal to stop; a second one ends the program at once. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    const signals = { SIGINT: 130, SIGTERM: 143 } as const;
    for (const [signal, code] of Object.entries(signals)) {
      process.on(signal, () => {
        if (told) process.exit(code);
        told = true;
        resolve();
      });
    }
  });
}

interface Asked {
  readonly host: string;
  readonly port: number;
  readonly origins: readonly string[];
}

function askedOf(given: Given): Asked {
  atMost(given, 0);
  const host = given.text('host') ?? DEFAULT_HOST;
  if (host !== 'localhost' && isIP(host) === 0 && !/^[\w.-]+$/.test(host))
    throw misused(`--host takes an address of this machine, not “${host}”.`);
  return { host, port: portOf(given.text('port') ?? DEFAULT_PORT), origins: originsOf(given) };
}

function handlerOf(given: Given, origins: readonly string[], tokens: Tokens, ledgers: Ledgers): Handler {
  const find = finder(tokens.all);
  return createHandler({
    ledgerFor: ({ tenant }) => ledgers.of(tenant),
    authenticate: (request) => {
      const presented = bearer(request.headers.get('authorization'));
      const token = presented === undefined ? undefined : find(presented);
      return token && callerOf(token);
    },
    authorize: mayVerify,
    ready: () => ledgers.answer(),
    secret: secretOf(tokens.all),
    base: BASE,
    origins,
    ...addressHeader(given),
    log: logger(given.flag('log')),
  });
}

/** Answers what the program ends with. */
export async function serve(given: Given): Promise<number> {
  const asked = askedOf(given);
  const stop = stopped();
  const folder = given.text('pages');
  const place = await placeOf(given, { make: true });
  const timeZone = given.text('time-zone');
  const ledgers = new Ledgers(place, timeZone === undefined ? {} : { timeZone });
  try {
    const own =
      folder === undefined ? undefined : ownPages(folder, [place.folder?.path, given.text('tokens')]);
    const tokens = tokensOf(given, place.folder);
    await ledgers.of();
    if (given.flag('sample')) await fill(place.store());
    const handler = handlerOf(given, asked.origins, tokens, ledgers);
    const pages = portalPages();
    const listening = await serveHttp(asked, {
      api: nodeListener(handler),
      pages,
      ...(own === undefined ? {} : { own }),
    });
    console.log(
      greeting(place, tokens, listening, asked.host, { portal: pages.there, own: own !== undefined }),
    );
    await stop;
    await Promise.all([handler.close(), listening.close()]);
    return 0;
  } finally {
    await ledgers.close();
    await place.close();
  }
}
