/**
 * Who sends a request, as the host knows them; and how often somebody may be nobody. Sign-ins that fail are
 * counted by address and all together, so that nobody tries tokens one after the other. Whoever signed in
 * lately with the same credentials is not held back by others who guess from the same address.
 */
import { isLedgerError, LedgerError } from '../core/index.ts';
import type { Caller, ServerLimits, ServerOptions } from './options.ts';
import { Rates } from './rates.ts';
import { refusal } from './refusals.ts';

/** Times as many may fail from all addresses together as from one. */
const ADDRESSES = 10;
/** Credentials that are remembered; beyond, those used longest ago are forgotten. */
const MOST = 10_000;

/** The part of an IPv6 address that one customer of a network has: all of theirs are one sender. */
function networkOf(address: string): string {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [before = '', after] = address.split('::');
  const [first, last] = [before, after ?? ''].map((side) => (side === '' ? [] : side.split(':')));
  const gap = after === undefined ? 0 : Math.max(0, 8 - (first?.length ?? 0) - (last?.length ?? 0));
  const groups = [...(first ?? []), ...Array.from({ length: gap }, () => '0'), ...(last ?? [])];
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}

/** The address the runtime gives besides the request, as `nodeListener` does. */
function addressIn(context: unknown): string | undefined {
  const { address } = Object(context) as { address?: unknown };
  return typeof address === 'string' ? address : undefined;
}

/** A digest of what a request brings to be recognised by; undefined where that is nothing we can see. */
async function credentialsOf({ headers }: Request): Promise<string | undefined> {
  const brought = [headers.get('authorization'), headers.get('cookie')];
  if (brought.every((each) => each === null)) return undefined;
  const bytes = new TextEncoder().encode(JSON.stringify(brought));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return String.fromCharCode(...digest);
}

interface Sender {
  readonly address: string | undefined;
  readonly credentials: string | undefined;
}

/** How many sign-ins fail. */
class Guesses {
  readonly #ofAddress: Rates;
  readonly #ofAll: Rates;
  readonly #known = new Set<string>();

  constructor(perMinute: number, now: () => number) {
    this.#ofAddress = new Rates(perMinute, now);
    this.#ofAll = new Rates(perMinute * ADDRESSES, now);
  }

  /** Seconds until a sender may try; undefined for now. */
  wait({ address, credentials }: Sender): number | undefined {
    if (credentials !== undefined && this.#known.has(credentials)) return undefined;
    const own = address === undefined ? undefined : this.#ofAddress.wait(address);
    return own ?? this.#ofAll.wait('');
  }

  failed({ address, credentials }: Sender): void {
    if (credentials !== undefined) this.#known.delete(credentials);
    if (address !== undefined) this.#ofAddress.take(address);
    this.#ofAll.take('');
  }

  succeeded({ credentials }: Sender): void {
    if (credentials === undefined) return;
    // whoever came last stands last
    this.#known.delete(credentials);
    this.#known.add(credentials);
    if (this.#known.size > MOST) this.#known.delete(this.#known.values().next().value as string);
  }
}

/** Asks one of the host's functions; one that does not work is noted, and hook.failed. */
type Ask = <T>(name: string, ask: () => T | Promise<T>) => Promise<T>;

export class SignIn {
  readonly #options: ServerOptions;
  readonly #guesses: Guesses;

  constructor(options: ServerOptions, { failedSignIns }: ServerLimits, now: () => number) {
    this.#options = options;
    this.#guesses = new Guesses(failedSignIns, now);
  }

  /**
   * Whoever sends a request.
   * @throws LedgerError session.required, hook.failed; Refusal of limit.rate after too many that failed
   */
  async caller(request: Request, context: unknown, hook: Ask): Promise<Caller> {
    const { authenticate, addressOf = (_, given) => addressIn(given) } = this.#options;
    if (typeof authenticate === 'object') return { actor: authenticate.everybody };
    const address = await hook('addressOf', () => addressOf(request, context));
    const sender: Sender = {
      address: typeof address === 'string' ? networkOf(address) : undefined,
      credentials: await credentialsOf(request),
    };
    const seconds = this.#guesses.wait(sender);
    if (seconds !== undefined)
      throw refusal('limit.rate', { seconds }, { headers: { 'retry-after': String(seconds) } });
    const caller = await hook('authenticate', () => authenticate(request, context)).catch(
      (error: unknown) => {
        if (isLedgerError(error) && error.kind === 'unauthenticated') this.#guesses.failed(sender);
        throw error;
      },
    );
    if (caller === null || caller === undefined) {
      this.#guesses.failed(sender);
      throw new LedgerError('session.required');
    }
    await hook('authenticate', () => {
      if (typeof caller.actor !== 'string' || caller.actor.trim() === '')
        throw new TypeError('whoever is signed in has an actor, a text');
    });
    this.#guesses.succeeded(sender);
    return caller;
  }
}
