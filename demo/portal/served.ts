/**
 * The portal as `lotledger serve` delivers it: its ledger is on that server, and whoever looks at it has a token.
 * The server says so in the page; without that word the portal keeps its ledgers in the browser.
 */
import { type ErrorCode, type Ledger, LedgerError } from 'lotledger';
import type { LotLedger } from 'lotledger/components';

const KEY = 'northvale.token';

/** What a token came to: whose it is, or why it opens nothing. */
export type Greeting = { readonly actor: string } | 'unknown' | 'away';

/** Storage that may be forbidden, or full: the portal then forgets. */
function tryIn<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

export class Served {
  /** The address of the API, absolute. */
  readonly url: string;
  /** Who is signed in, once the server has said so. */
  actor = '';
  #token: string | undefined;

  constructor(url: string) {
    this.url = url;
    this.#token =
      tryIn(() => sessionStorage.getItem(KEY)) ?? tryIn(() => localStorage.getItem(KEY)) ?? undefined;
  }

  /** The server this page came from; undefined where it came from somewhere else. */
  static found(): Served | undefined {
    const { content } = document.querySelector<HTMLMetaElement>('meta[name="lotledger-api"]') ?? {};
    return content ? new Served(new URL(content, document.baseURI).href) : undefined;
  }

  /** Whether there is a token to try. */
  get hasToken(): boolean {
    return this.#token !== undefined;
  }

  /** The headers of every request. A new function each time, for a provider that is to ask again. */
  headers(): () => Readonly<Record<string, string>> {
    return (): Readonly<Record<string, string>> =>
      this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
  }

  /** Asks the server whose token this is. */
  async greet(token = this.#token ?? ''): Promise<Greeting> {
    // anything else could not even be sent
    if (!/^[\x21-\x7e]+$/.test(token)) return 'unknown';
    try {
      const answer = await fetch(`${this.url}/capabilities`, {
        headers: { authorization: `Bearer ${token}` },
        cache: 'no-store',
      });
      if (answer.status === 401 || answer.status === 403) return 'unknown';
      const { actor } = (await answer.json()) as { actor?: unknown };
      return answer.ok && typeof actor === 'string' ? { actor } : 'away';
    } catch {
      return 'away';
    }
  }

  /** Keeps a token that the server knows: in this tab, or in this browser. */
  keep(token: string, actor: string, stay: boolean): void {
    this.forget();
    this.#token = token;
    this.actor = actor;
    tryIn(() => (stay ? localStorage : sessionStorage).setItem(KEY, token));
  }

  forget(): void {
    this.#token = undefined;
    tryIn(() => sessionStorage.removeItem(KEY));
    tryIn(() => localStorage.removeItem(KEY));
  }

  /**
   * Asks whose the kept token is.
   * @throws LedgerError session.required where the server does not know it any more, store.unavailable where
   * it does not answer
   */
  async recognised(): Promise<void> {
    const greeting = await this.greet();
    if (greeting === 'unknown') throw new LedgerError('session.required');
    if (greeting === 'away') throw new LedgerError('store.unavailable');
    this.actor = greeting.actor;
  }
}

/**
 * Opens the server's ledger through the provider, which holds calls back while somebody signs in again.
 * @throws LedgerError session.required, store.unavailable and what else keeps it from being opened
 */
export async function openThrough(provider: LotLedger, served: Served): Promise<Ledger> {
  await served.recognised();
  const failed = new Promise<never>((_, reject) => {
    provider.addEventListener(
      'lot-error',
      ({ detail }) => reject(new LedgerError(detail.code as ErrorCode)),
      { once: true },
    );
  });
  // heard also where the ledger opened meanwhile
  failed.catch(() => undefined);
  const again = provider.adapter !== undefined;
  provider.headers = served.headers();
  provider.url = served.url;
  provider.adapter = 'rest';
  if (again) provider.retry();
  return Promise.race([provider.ready, failed]);
}
