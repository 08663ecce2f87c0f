/**
 * A ledger over AureusERP's own REST API, as it is: its lots and serials with what lies of them and what moved
 * them, and the few edits its API takes. What it cannot do is said in the capabilities, with the reason.
 */
import type { LedgerAdapter } from '../../../core/index.ts';
import { Catalogue } from './catalogue.ts';
import { Days } from './days.ts';
import { Feed } from './feed.ts';
import { Http, type HttpOptions } from './http.ts';
import { Items } from './items.ts';
import { Movements } from './movements.ts';
import { Pages } from './pages.ts';
import { Places } from './places.ts';
import { AureusPort, portOf } from './port.ts';
import { Reading } from './reading.ts';
import { Stock } from './stock.ts';
import { Writing } from './writing.ts';

/** How Aureus is reached, and how often. */
export interface AureusOptions {
  /** A Sanctum token, or what gives one: asked for with every request. */
  readonly token?: string | (() => string | Promise<string>);
  /** More headers, or what gives them: `X-XSRF-TOKEN` where the page is signed in by cookies. */
  readonly headers?:
    | Readonly<Record<string, string>>
    | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);
  /** As `fetch` takes it; `'include'` for cookies of another origin. */
  readonly credentials?: RequestCredentials;
  /** In place of the global one. */
  readonly fetch?: typeof fetch;
  /** Milliseconds an answer may take; 30,000 unless said. */
  readonly timeout?: number;
  /** Milliseconds between two looks for what changed, while somebody listens; 30,000 unless said, 0 for none. */
  readonly interval?: number;
  /** Milliseconds for which products and locations are not read again; 60,000 unless said. */
  readonly keep?: number;
  /** The zone Aureus is set to, `app.timezone`; UTC unless said. Its days are the ledger's. */
  readonly timeZone?: string;
  /** Products one question can name, so that its address stays short enough; 800 unless said. */
  readonly productsAtMost?: number;
}

const INTERVAL_MS = 30_000;
const KEEP_MS = 60_000;
const PRODUCTS_AT_MOST = 800;

/**
 * A ledger over AureusERP. Opening it asks nothing: whether Aureus is there, and who is signed in, the first
 * question tells.
 *
 * @param url the address of the site, `https://erp.example.com`, or of its API, which ends with `/inventories`
 * @throws LedgerError, from what it opens: session.required and permission.denied as Aureus says; query.unsupported
 * and command.unsupported for what it cannot do; store.unavailable where it does not answer, store.unknown where
 * nobody knows whether a change was made (send it again under the same id)
 * @example
 * const ledger = await openLedger(aureus('https://erp.example.com', { token: () => session.token }));
 * (await ledger.lots.list({ filter: { code: { like: '%2026%' } } })).items[0].onHand; // '12.5'
 */
export function aureus(url: string, options: AureusOptions = {}): LedgerAdapter {
  return {
    kind: 'ledger',
    name: 'aureus',
    async open() {
      const { interval = INTERVAL_MS, keep = KEEP_MS, productsAtMost = PRODUCTS_AT_MOST } = options;
      const days = new Days(options.timeZone ?? 'UTC');
      const http = new Http(url, options satisfies HttpOptions);
      const pages = new Pages(http);
      const catalogue = new Catalogue(pages, keep, productsAtMost);
      const places = new Places(pages, keep);
      const stock = new Stock(pages, places);
      const feed = new Feed({ pages, catalogue, interval, closed: http.closed });
      const reading = new Reading({ http, pages, catalogue, stock, days, seq: () => feed.seq });
      const items = new Items({ pages, catalogue, reading });
      const movements = new Movements({ pages, places, reading, days });
      const writing = new Writing({ http, reading, catalogue });
      return portOf(new AureusPort({ http, reading, items, movements, writing, feed }));
    },
  };
}
