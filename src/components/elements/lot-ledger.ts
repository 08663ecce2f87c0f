/**
 * The provider: opens a ledger from its attributes, or takes one, and hands it, with what the host has to say,
 * to every element inside. Only the adapter that is asked for is loaded. It draws nothing.
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
import type { UserStore } from '../controllers/register/types.ts';
import { type Density, type Ledger, type LedgerProblem, type LedgerStatus, problemOf } from '../core.ts';
import { emit } from '../events.ts';
import type { AnyExtension } from '../extensions/types.ts';
import { Format, isZone } from '../i18n/format.ts';
import { loadCatalogue } from '../i18n/load.ts';
import { knownLocale, nearestAttribute } from '../i18n/locale.ts';
import { onAdapter } from '../provider/adapters.ts';
import {
  configOfChild,
  engineKey,
  goodConfig,
  type LedgerConfig,
  sameLedger,
  watchChild,
} from '../provider/config.ts';
import { Connection } from '../provider/connection.ts';
import { type Lease, type Tenant, takeEngine, takeGiven } from '../provider/engines.ts';
import { headersFor } from '../provider/headers.ts';
import { inherited, type Own } from '../provider/inherit.ts';
import { openFrom } from '../provider/open.ts';
import { addProvider, providerRenamed, removeProvider } from '../provider/registry.ts';
import { problemOfConfig } from '../provider/sound.ts';
import type { Labels, Links, Provided } from '../provider/types.ts';
import { type Can, CONTRACT, type Headers, type HostLookups } from '../provider/types.ts';
import { VERSION } from '../version.ts';

export type { LedgerConfig } from '../provider/config.ts';

const OPENING = { state: 'opening' } as const;

/** Whether a ledger could not be opened because nobody is signed in: a sign-in is reason to try again. */
const isSignedOut = (error: unknown): boolean =>
  error !== undefined && problemOf(error).kind === 'unauthenticated';

/**
 * The provider: opens a ledger, or takes one, and hands it to every element inside. Draws nothing.
 *
 * @example <lot-ledger adapter="indexeddb" name="portal" time-zone="Europe/Rome" actor="maria">
 *
 * @slot - the elements that use it, and a `<script type="application/json">` that configures it
 * @fires lot-ready - the ledger is open
 * @fires lot-error - it could not be opened
 * @fires lot-auth-required - nobody is signed in; calls wait for `headers` or `resume()`, unless prevented
 * @fires lot-status-change - the ledger went offline, came back, or can only be read
 */
export class LotLedger extends LitElement {
  static override properties: PropertyDeclarations = {
    adapter: { type: String },
    name: { type: String },
    url: { type: String },
    credentials: { type: String },
    csrfMeta: { type: String, attribute: 'csrf-meta' },
    csrfHeader: { type: String, attribute: 'csrf-header' },
    actor: { type: String },
    timeZone: { type: String, attribute: 'time-zone' },
    feed: { type: String },
    locale: { type: String },
    density: { type: String },
    permissions: { attribute: false },
    ledger: { attribute: false },
    headers: { attribute: false },
    lookups: { attribute: false },
    links: { attribute: false },
    can: { attribute: false },
    userStore: { attribute: false },
    extensions: { attribute: false },
    labels: { attribute: false },
  };

  static override styles = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none !important;
    }
  `;

  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: Lit makes the list for the class that is asked
    return [...super.observedAttributes, 'id'];
  }

  /** Where the records are kept: `memory`, `indexeddb`, `rest`, or what `registerAdapter` added. */
  declare adapter: string | undefined;
  /** Of the database; providers of one name, adapter, actor and zone share one ledger. */
  declare name: string | undefined;
  /** Of the server, for adapters that have one. */
  declare url: string | undefined;
  /** `omit`, `same-origin` or `include`, as `fetch` takes it. */
  declare credentials: LedgerConfig['credentials'];
  /** Name of the page's `<meta>` with the token against forged requests. */
  declare csrfMeta: string | undefined;
  /** The header that token goes into; `X-CSRF-TOKEN` unless said. */
  declare csrfHeader: string | undefined;
  /** Who acts; written into every entry. */
  declare actor: string | undefined;
  /** IANA zone that decides which day today is. */
  declare timeZone: string | undefined;
  /** `off`: elements read when asked, and do not hear of changes; `poll`: `rest` asks for them, without a stream. */
  declare feed: string | undefined;
  /** BCP 47 tag for the elements inside; else that of the provider around this one, or the nearest `lang`. */
  declare locale: string | undefined;
  /** `compact`, `regular` or `comfortable` for the elements inside. */
  declare density: Density | undefined;
  /** The acts with a name that are allowed; everything ordinary when absent. */
  declare permissions: readonly string[] | undefined;
  /** A ledger the host opened itself; it stays the host's to close. */
  declare ledger: Ledger | undefined;
  /** Headers of every request, or a function that gives them; setting them anew sends what was held. */
  declare headers: Headers | undefined;
  /** The host's own items, parties, warehouses and documents, for the forms. */
  declare lookups: HostLookups | undefined;
  /** The host's routes, by kind of record: real links. */
  declare links: Links | undefined;
  /** Who may do what, besides the ledger's own permissions. */
  declare can: Can | undefined;
  /** Where saved views and the like are kept; the browser's storage when absent. */
  declare userStore: UserStore | undefined;
  /** Fields, actions and tabs of the host's own. */
  declare extensions: readonly AnyExtension[] | undefined;
  /** Texts of the host's own, by key, or by language and key. */
  declare labels: Labels | undefined;

  readonly #provider: ContextProvider<typeof ledgerContext, this>;
  readonly #outer: Connection = new Connection(this, () => this.#tell());
  readonly #listeners = new Set<(provided: Provided) => void>();
  readonly #tenant: Tenant = {
    headers: () => headersFor(this.headers, this.#config),
    signedOut: (problem, waiting) => this.#signedOut(problem, waiting),
    heldChanged: () => this.#tell(),
    statusChanged: (status: LedgerStatus) => void emit(this, 'lot-status-change', { ...status }),
  };
  #standing: Pick<Provided, 'state' | 'ledger' | 'error' | 'retry'> = OPENING;
  #provided: Provided = { contract: CONTRACT, version: VERSION, state: 'opening' };
  #broken = false;
  #config: LedgerConfig = {};
  #lease: Lease | undefined;
  #leased:
    | { readonly config: LedgerConfig; readonly ledger: Ledger | undefined; readonly broken: boolean }
    | undefined;
  #opening: Promise<void> = Promise.resolve();
  #stops: (() => void)[] = [];
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

  /** Resolves when the ledger is open, or could not be opened, and everybody has been told. */
  get settled(): Promise<void> {
    return this.updateComplete.then(() => this.#opening);
  }

  /** Hears what this provider has now and whatever comes after. Returns the way to stop. */
  observe(listener: (provided: Provided) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#provided);
    return () => this.#listeners.delete(listener);
  }

  /** Sends the calls that were held for a sign-in, under their ids; `resume(false)` lets them fail. */
  resume(go = true): void {
    if (go && isSignedOut(this.#standing.error)) this.retry();
    else this.#lease?.engine.resume(go);
  }

  /** Opens again after a failure. */
  retry(): void {
    this.#release();
    this.#start();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addProvider(this);
    this.#stops.push(
      watchChild(this, () => this.requestUpdate()),
      onAdapter((name) => {
        if (name === this.#config.adapter && this.#standing.state === 'failed') this.retry();
      }),
    );
    // one that was away, not only moved
    if (this.hasUpdated && this.#lease === undefined) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops.splice(0)) stop();
    removeProvider(this);
    // A move within the page disconnects too; only what stays away lets go of its ledger.
    queueMicrotask(() => {
      if (!this.isConnected) this.#release();
    });
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'id' && this.isConnected) providerRenamed();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const child = configOfChild(this);
    const loading = this.ownerDocument.readyState === 'loading';
    this.#broken = child === undefined && !loading;
    if (child === undefined && loading) this.#lookAgain();
    const { adapter, name, url, credentials, csrfMeta, csrfHeader, actor, timeZone, feed } = this;
    const { permissions, locale, density, labels, links, can } = this;
    const where = { adapter, name, url, credentials, csrfMeta, csrfHeader, actor, timeZone, feed };
    const own = goodConfig(this, { ...where, permissions, locale, density, labels, links, can });
    this.#config = { ...child, ...own };
    if (changed.has('headers')) this.resume();
  }

  /** A page that still comes in may bring the rest of the JSON child. */
  #lookAgain(): void {
    this.ownerDocument.addEventListener('DOMContentLoaded', () => this.requestUpdate(), { once: true });
  }

  protected override updated(): void {
    const { config, ledger, broken } = this.#leased ?? {};
    const same =
      config !== undefined &&
      sameLedger(config, this.#config) &&
      ledger === this.ledger &&
      broken === this.#broken;
    if (same) this.#tell();
    else if (this.isConnected) this.#start();
  }

  /** Tells whoever uses this provider what there is now. */
  #tell(): void {
    const { locale, density, timeZone, feed, labels, links, can, actor } = this.#config;
    const { engine } = this.#lease ?? {};
    const said: { readonly [K in keyof Own]?: Own[K] | undefined } = {
      ...this.#standing,
      ...(engine?.hold.holds ? { held: { resume: () => this.resume(), changes: engine.hold.changes } } : {}),
      ...(feed === 'off' ? { feed: false } : {}),
      ...{ locale, density, links, can, labels },
      timeZone: isZone(timeZone) ? timeZone : undefined,
      keeps: { ledger: this.#ledgerName, user: actor ?? '' },
      lookups: this.lookups,
      userStore: this.userStore,
      extensions: this.extensions,
    };
    const whole = inherited(said as Own, this.#outer.provided);
    this.#provided = { ...whole, contract: CONTRACT, version: VERSION };
    this.#provider.setValue(this.#provided);
    for (const listener of [...this.#listeners]) listener(this.#provided);
  }

  /** By which name things are kept apart: the ledger's own, else the provider's. */
  get #ledgerName(): string {
    const { adapter = '', name, url } = this.#config;
    return [adapter, name ?? '', url ?? ''].join(' ').trim() || this.id;
  }

  #release(): void {
    this.#lease?.release();
    this.#lease = undefined;
    this.#leased = undefined;
    this.#standing = OPENING;
  }

  #start(): void {
    const before = this.#lease;
    const config = this.#config;
    const { ledger } = this;
    this.#leased = { config, ledger, broken: this.#broken };
    this.#lease = undefined;
    const problem = problemOfConfig(config, ledger, this.#broken);
    if (problem !== undefined) {
      before?.release();
      this.#opening = this.#fail(problem);
      return;
    }
    if (ledger !== undefined) this.#lease = takeGiven(ledger, this.#tenant);
    else if (config.adapter !== undefined) {
      this.#lease = takeEngine(engineKey(config), this.#tenant, (headers) => openFrom(config, headers));
    }
    // after the new one is taken, so that what both share stays open
    before?.release();
    // Without a word on where to keep things a ledger property is still to come.
    this.#standing = OPENING;
    this.#tell();
    if (this.#lease !== undefined) this.#opening = this.#wait(this.#lease);
  }

  async #wait(lease: Lease): Promise<void> {
    try {
      const ledger = await lease.engine.ledger;
      if (lease !== this.#lease) return;
      this.#standing = { state: 'open', ledger };
      this.#tell();
      this.#isReady(this.ledger ?? ledger);
      emit(this, 'lot-ready', { seq: ledger.status().seq });
    } catch (error) {
      if (lease !== this.#lease) return;
      await this.#fail(error);
    }
  }

  async #fail(error: unknown): Promise<void> {
    this.#standing = { state: 'failed', error, retry: () => this.retry() };
    this.#tell();
    const { path } = problemOf(error);
    if (isSignedOut(error)) emit(this, 'lot-auth-required', { code: problemOf(error).code, held: 0 });
    const said = await this.#said(error);
    emit(this, 'lot-error', path === undefined ? said : { ...said, path });
  }

  #signedOut(problem: LedgerProblem, waiting: number): boolean {
    return emit(this, 'lot-auth-required', { code: problem.code, held: waiting });
  }

  /** A problem with its sentence in the language of the elements inside. */
  async #said(error: unknown): Promise<{ code: string; kind: string; message: string }> {
    const problem = problemOf(error);
    const locale = knownLocale(this.#provided.locale ?? nearestAttribute(this, 'lang'));
    const format = new Format(locale, await loadCatalogue(locale));
    const { code, kind, details } = problem;
    return { code, kind, message: format.problem(code, details, problem.message) };
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lot-ledger': LotLedger;
  }
}
