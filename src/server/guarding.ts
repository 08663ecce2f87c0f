/** Headers that protect: against guessing of types, framing and caching, and what other sites may ask. */
import { LedgerError } from '../core/index.ts';
import { headers, mediaTypes } from '../wire/index.ts';
import { refusal } from './refusals.ts';
import type { Route } from './routes/index.ts';

/** On every answer. */
const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

const exposed = [
  'etag',
  'location',
  'retry-after',
  'x-request-id',
  headers.idempotencyKey,
  headers.replayed,
  'www-authenticate',
].join(', ');

const asked = 'authorization, content-type, if-match, if-none-match, last-event-id, x-csrf-token, ';

/** Whether a page of this origin may ask; its own pages always may. */
function isOpen(request: Request, origins: readonly string[]): string | undefined {
  const origin = request.headers.get('origin');
  return origin !== null && origins.includes(origin) ? origin : undefined;
}

/** What an answer says of protection and of other origins. */
export function guard(request: Request, origins: readonly string[], response: Headers): void {
  for (const [name, value] of Object.entries(always)) if (!response.has(name)) response.set(name, value);
  if (origins.length === 0) return;
  response.append('vary', 'Origin');
  const origin = isOpen(request, origins);
  if (origin === undefined) return;
  response.set('access-control-allow-origin', origin);
  response.set('access-control-allow-credentials', 'true');
  response.set('access-control-expose-headers', exposed);
  response.set('cross-origin-resource-policy', 'cross-origin');
}

/** Whether a request asks in advance what another origin may send. */
export const isPreflight = (request: Request): boolean =>
  request.method === 'OPTIONS' && request.headers.has('access-control-request-method');

/** What may be sent from another origin. */
export const preflight = (methods: readonly string[]): Readonly<Record<string, string>> => ({
  'access-control-allow-methods': methods.join(', '),
  'access-control-allow-headers': asked + headers.idempotencyKey,
  'access-control-max-age': '600',
});

const SAFE = /^(GET|HEAD|OPTIONS)$/;

/**
 * Whether a page of this very server sends a request, by what its browser says. On plain http, other than to the
 * same machine, no browser says from which site; then the origin has to be the host that was asked.
 */
function isOwnPage({ headers: said, url }: Request): boolean {
  const site = said.get('sec-fetch-site');
  if (site !== null) return /^(same-origin|none)$/.test(site);
  const origin = said.get('origin');
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  return [said.get('host'), new URL(url).host].includes(new URL(origin).host);
}

/** A token that a page sets itself; no browser adds one to what another site sends. */
const hasToken = ({ headers: said }: Request): boolean => /^bearer /i.test(said.get('authorization') ?? '');

/**
 * Refuses changes that a page of another site sends with the user's own session.
 * @throws LedgerError permission.denied
 */
export function checkSite(request: Request, origins: readonly string[]): void {
  if (SAFE.test(request.method) || isOwnPage(request)) return;
  if (request.headers.get('sec-fetch-site') === null && hasToken(request)) return;
  if (isOpen(request, origins) === undefined)
    throw new LedgerError('permission.denied', { details: { action: 'cross-origin' } });
}

const JSON_RANGE = /^(?:\*\/\*|application\/\*|application\/(?:problem\+)?json)$/i;
const REFUSED = /^q=0(?:\.0*)?$/i;

/** Whether an `Accept` takes JSON. */
const takesJson = (accept: string): boolean =>
  accept.split(',').some((range) => {
    const [type = '', ...said] = range.split(';').map((part) => part.trim());
    return JSON_RANGE.test(type) && !said.some((each) => REFUSED.test(each));
  });

/**
 * Refuses whoever takes no JSON, which is all there is besides the events of the feed.
 * @throws Refusal of status 406
 */
export function checkAccepted(request: Request, route: Route): void {
  const accept = request.headers.get('accept') ?? '';
  if (accept.trim() === '' || takesJson(accept)) return;
  if (route.id === 'changes' && accept.includes(mediaTypes.events)) return;
  throw refusal('request.media', { expected: mediaTypes.json }, { status: 406 });
}
