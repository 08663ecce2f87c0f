/**
 * The provider: opens a ledger from its attributes, or takes one, and hands it to every element inside.
 * Only the adapter that is asked for is loaded. It draws nothing.
 */
import { ContextProvider } from '@lit/context';
import {
  css,
  html,
  LitElement,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { ledgerContext } from '../context.ts';
import { type Density, type Ledger, type OpenLedgerOptions, type Provided, problemOf } from '../core.ts';
import { emit } from '../events.ts';

/** What the attributes, or the JSON script child, say. */
export interface LedgerConfig {
  /** `memory` or `indexeddb`. */
  readonly adapter?: string;
  /** The database of `indexeddb`. */
  readonly name?: string;
  readonly actor?: string;
  readonly timeZone?: string;
  readonly permissions?: readonly string[];
  readonly locale?: string;
  readonly density?: Density;
}

/** The registered default name of a browser's database. */
const DEFAULT_NAME = 'lotledger';

/**
 * `<lot-ledger adapter="indexeddb" name="portal" time-zone="Europe/Rome" actor="maria">`.
 *
 * @fires lot-ready - the ledger is open
 * @fires lot-error - it could not be opened
 */
export class LotLedger extends LitElement {
  static override properties: PropertyDeclarations = {
    adapter: { type: String },
    name: { type: String },
    actor: { type: String },
    timeZone: { type: String, attribute: 'time-zone' },
    locale: { type: String },
    density: { type: String },
    permissions: { attribute: false },
    ledger: { attribute: false },
  };

  static override styles = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none !important;
    }
  `;

  /** Where the records are kept: `memory` or `indexeddb`. */
  declare adapter: string | undefined;
  declare name: string | undefined;
  /** Who acts; written into every entry. */
  declare actor: string | undefined;
  /** IANA zone that decides which day today is. */
  declare timeZone: string | undefined;
  declare locale: string | undefined;
  declare density: Density | undefined;
  /** The acts with a name that are allowed; everything ordinary when absent. */
  declare permissions: readonly string[] | undefined;
  /** A ledger the host opened itself; it stays the host's to close. */
  declare ledger: Ledger | undefined;

  readonly #provider: ContextProvider<typeof ledgerContext, this>;
  readonly #listeners = new Set<(provided: Provided) => void>();
  #provided: Provided = { state: 'opening' };
  #opened: Ledger | undefined;
  #attempt = 0;
  #isReady: (ledger: Ledger) => void = () => {};
  /** Resolves with the ledger when it is open. */
  readonly ready: Promise<Ledger>;

  constructor() {
    super();
    this.ready = new Promise((resolve) => {
      this.#isReady = resolve;
    });
    this.#provider = new ContextProvider(this, { context: ledgerContext, initialValue: this.#provided });
  }

  /** Hears what this provider has now and whatever comes after. Returns the way to stop. */
  observe(listener: (provided: Provided) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#provided);
    return () => this.#listeners.delete(listener);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && this.#opened === undefined && this.ledger === undefined) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move within the page disconnects too; only what stays away closes its ledger.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#attempt++;
      void this.#opened?.close();
      this.#opened = undefined;
    });
  }

  protected override updated(changed: PropertyValues): void {
    const where = ['adapter', 'name', 'actor', 'timeZone', 'permissions', 'ledger'];
    if (!this.#started || where.some((name) => changed.has(name))) this.#start();
    else if (changed.has('locale') || changed.has('density')) this.#tell(this.#provided);
  }

  #started = false;

  /** Attributes win over the JSON script child. */
  get #config(): LedgerConfig {
    const script = this.querySelector(':scope > script[type="application/json"]');
    let written: LedgerConfig = {};
    if (script?.textContent) {
      try {
        written = JSON.parse(script.textContent) as LedgerConfig;
      } catch (error) {
        console.warn('<lot-ledger>: its JSON configuration cannot be read.', error);
      }
    }
    const { adapter, name, actor, timeZone, permissions, locale, density } = this;
    const own = Object.entries({ adapter, name, actor, timeZone, permissions, locale, density });
    return { ...written, ...Object.fromEntries(own.filter(([, value]) => value != null)) };
  }

  #tell(provided: Provided): void {
    const { locale, density, timeZone } = this.#config;
    this.#provided = {
      ...provided,
      ...(locale === undefined ? {} : { locale }),
      ...(density === undefined ? {} : { density }),
      ...(timeZone === undefined ? {} : { timeZone }),
    };
    this.#provider.setValue(this.#provided);
    for (const listener of this.#listeners) listener(this.#provided);
  }

  #start(): void {
    this.#started = true;
    const attempt = ++this.#attempt;
    void this.#opened?.close();
    this.#opened = undefined;
    if (this.ledger !== undefined) {
      this.#announce(this.ledger);
      return;
    }
    const config = this.#config;
    // Without a word on where to keep things a ledger property is still to come.
    this.#tell({ state: 'opening' });
    if (config.adapter !== undefined) void this.#open(config, attempt);
  }

  /** Opens again after a failure. */
  retry(): void {
    this.#start();
  }

  async #open(config: LedgerConfig, attempt: number): Promise<void> {
    try {
      const ledger = await openFrom(config);
      if (attempt !== this.#attempt) {
        await ledger.close();
        return;
      }
      this.#opened = ledger;
      this.#announce(ledger);
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.#tell({ state: 'failed', error, retry: () => this.retry() });
      const { code, kind, message } = problemOf(error);
      emit(this, 'lot-error', { code, kind, message });
    }
  }

  #announce(ledger: Ledger): void {
    this.#tell({ state: 'open', ledger });
    this.#isReady(ledger);
    emit(this, 'lot-ready', { seq: ledger.status().seq });
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}

async function openFrom(config: LedgerConfig): Promise<Ledger> {
  const { openLedger } = await import('../../core/index.ts');
  const options: OpenLedgerOptions = {
    ...(config.actor === undefined ? {} : { actor: config.actor }),
    ...(config.timeZone === undefined ? {} : { timeZone: config.timeZone }),
    ...(config.permissions === undefined ? {} : { permissions: config.permissions }),
  };
  switch (config.adapter) {
    case 'memory': {
      const { memory } = await import('../../adapters/stores/memory/index.ts');
      return openLedger(memory(), options);
    }
    case 'indexeddb': {
      const { indexedDb } = await import('../../adapters/stores/indexeddb/index.ts');
      return openLedger(indexedDb(config.name ?? DEFAULT_NAME), options);
    }
    default:
      throw new Error(`lot-ledger knows no adapter "${config.adapter}"; it knows memory and indexeddb.`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lot-ledger': LotLedger;
  }
}
