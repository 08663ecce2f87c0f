/**
 * The base of every element: where its ledger, language, direction and density come from, its promises
 * `ready` and `settled`, its custom states, and one question at a time.
 */
import { ContextConsumer } from '@lit/context';
import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import { ledgerContext } from './context.ts';
import { Requests } from './controllers/requests.ts';
import { type Density, type Ledger, type Problem, type Provided, problemOf } from './core.ts';
import { emit } from './events.ts';
import type { Catalogue, Message, MessageKey, Values } from './i18n/catalogue.ts';
import { Format } from './i18n/format.ts';
import { catalogueNow, loadCatalogue } from './i18n/load.ts';
import { directionOf, knownLocale, nearestAttribute, watchPageLanguage } from './i18n/locale.ts';

/** Custom states a host may style: `lot-register:state(loading)`. */
export type ElementState =
  | 'loading'
  | 'error'
  | 'forbidden'
  | 'offline'
  | 'empty'
  | 'dirty'
  | 'invalid'
  | 'busy';

/** What `for` may point at: a provider that tells whoever asks. */
interface ProviderElement extends Element {
  observe(listener: (provided: Provided) => void): () => void;
}

const isProvider = (element: Element | null): element is ProviderElement =>
  typeof (element as Partial<ProviderElement> | null)?.observe === 'function';

/**
 * What every element has: `for`, `locale`, `density`, `readonly`, `ledger`, `labels`, `ready`, `settled`,
 * `refresh()`. Hosts use it as a type; elements extend it.
 *
 * @example
 * const register = document.querySelector('lot-register');
 * register.ledger = ledger;
 * await register.ready;
 */
export class LotElement extends LitElement {
  static override properties: PropertyDeclarations = {
    for: { type: String },
    locale: { type: String },
    density: { type: String },
    readonly: { type: Boolean, reflect: true },
    ledger: { attribute: false },
    labels: { attribute: false },
  };

  /** Id of the `lot-ledger` to use, when this element is not inside it. */
  declare for: string | undefined;
  /** BCP 47 tag; else the provider's, the nearest `lang`, English. */
  declare locale: string | undefined;
  declare density: Density | undefined;
  /** Offers nothing that writes. */
  declare readonly: boolean;
  /** The ledger itself, for hosts that open it in script. */
  declare ledger: Ledger | undefined;
  /** Texts of the host's own, by key. */
  declare labels: Partial<Record<MessageKey, Message>> | undefined;

  /** Resolves when the first data, or the first failure, stands on the screen. */
  readonly ready: Promise<void>;
  protected readonly requests: Requests = new Requests();
  readonly #internals: ElementInternals | undefined;
  #isReady: () => void = () => {};
  #consumer: ContextConsumer<typeof ledgerContext, this>;
  #provided: Provided | undefined;
  #stopObserving: (() => void) | undefined;
  #stopWatching: (() => void) | undefined;
  #used: Ledger | undefined;
  #format: Format | undefined;
  #formatKey: unknown[] = [];

  constructor() {
    super();
    this.readonly = false;
    this.ready = new Promise((resolve) => {
      this.#isReady = resolve;
    });
    this.#internals = typeof this.attachInternals === 'function' ? this.attachInternals() : undefined;
    this.#consumer = new ContextConsumer(this, {
      context: ledgerContext,
      subscribe: true,
      callback: (provided) => this.#receive(provided),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.ownerDocument?.addEventListener('context-provider', this.#askAgain);
    this.#stopWatching = watchPageLanguage(() => this.requestUpdate());
    this.#observeFor();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ownerDocument?.removeEventListener('context-provider', this.#askAgain);
    this.#stopObserving?.();
    this.#stopObserving = undefined;
    this.#stopWatching?.();
    this.requests.abort();
  }

  /** A provider that came later than this element: ask once more. */
  readonly #askAgain = (): void => {
    if (this.#provided === undefined && !this.for) this.#consumer.hostConnected();
  };

  #receive(provided: Provided): void {
    if (this.for) return;
    this.#provided = provided;
    this.requestUpdate();
  }

  #observeFor(): void {
    this.#stopObserving?.();
    this.#stopObserving = undefined;
    if (!this.for) return;
    const root = this.getRootNode() as Document | ShadowRoot;
    const found = root.getElementById?.(this.for) ?? this.ownerDocument.getElementById(this.for);
    if (isProvider(found)) {
      this.#stopObserving = found.observe((provided) => {
        this.#provided = provided;
        this.requestUpdate();
      });
    } else if (found?.localName.includes('-')) {
      customElements.whenDefined(found.localName).then(() => this.isConnected && this.#observeFor());
    }
  }

  /** The ledger in use: the property's, else the provider's. */
  protected get source(): Ledger | undefined {
    return this.ledger ?? this.#provided?.ledger;
  }

  /** What the provider says; undefined where there is none. */
  protected get provided(): Provided | undefined {
    return this.ledger === undefined ? this.#provided : undefined;
  }

  /** Why there is no ledger, where there is none. */
  protected get sourceState(): 'open' | 'opening' | 'failed' | 'none' {
    if (this.source !== undefined) return 'open';
    return this.provided?.state ?? 'none';
  }

  protected get language(): string {
    const own = this.locale || this.#provided?.locale;
    return knownLocale(own || (this.isConnected ? nearestAttribute(this, 'lang') : null));
  }

  /** The direction: the nearest `dir`, unless this element's own language says otherwise. */
  protected get direction(): 'ltr' | 'rtl' {
    if (this.locale) return directionOf(this.language);
    const nearest = this.isConnected ? nearestAttribute(this, 'dir') : null;
    return nearest === 'rtl' || nearest === 'ltr' ? nearest : directionOf(this.language);
  }

  protected get spacing(): Density {
    return this.density ?? this.#provided?.density ?? 'regular';
  }

  /** Numbers, dates and texts in this element's language. */
  protected get format(): Format {
    const locale = this.language;
    const catalogue = catalogueNow(locale) ?? (catalogueNow('en') as Catalogue);
    const timeZone = this.#provided?.timeZone;
    const key = [locale, catalogue, timeZone, this.labels];
    if (this.#format === undefined || key.some((part, i) => part !== this.#formatKey[i])) {
      this.#format = new Format(locale, catalogue, { timeZone, labels: this.labels });
      this.#formatKey = key;
    }
    return this.#format;
  }

  /** A text by key. */
  protected t(key: MessageKey, values?: Values): string {
    return this.format.text(key, values);
  }

  /** The sentence of a problem in this element's language. */
  protected say(problem: Problem): string {
    return this.format.problem(problem.code, problem.details, problem.message);
  }

  /** Waits for the texts of the language, so that nothing flashes in English first. */
  protected override async scheduleUpdate(): Promise<void> {
    if (catalogueNow(this.language) === undefined) await loadCatalogue(this.language);
    super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('for') && this.isConnected) this.#observeFor();
    const source = this.source;
    if (source === this.#used) return;
    const before = this.#used;
    this.#used = source;
    this.sourceChanged(source, before);
  }

  /** The ledger came, went or changed; called before the render that shows it. */
  protected sourceChanged(_now: Ledger | undefined, _before: Ledger | undefined): void {}

  /** Sets or clears a custom state. */
  protected mark(state: ElementState, on: boolean): void {
    const states = this.#internals?.states;
    if (states === undefined) return;
    for (const name of [state, `--${state}`]) {
      try {
        if (on) states.add(name);
        else states.delete(name);
      } catch {
        // Older browsers take only names with two hyphens, newer ones any identifier.
      }
    }
  }

  /** The first data or failure is on the screen. */
  protected becomeReady(): void {
    this.updateComplete.then(() => this.#isReady());
  }

  /** Tells the host of a failure: event `lot-error`. */
  protected report(error: unknown): Problem {
    const problem = problemOf(error);
    const { code, kind, path } = problem;
    const message = this.say(problem);
    emit(this, 'lot-error', path === undefined ? { code, kind, message } : { code, kind, message, path });
    return problem;
  }

  /** Resolves when nothing is being read or written and the screen shows it. */
  get settled(): Promise<void> {
    return this.#settle();
  }

  async #settle(): Promise<void> {
    do {
      await this.updateComplete;
      await this.requests.idle();
      await this.updateComplete;
    } while (this.requests.pending > 0);
  }

  /** Reads everything again. */
  refresh(): Promise<void> {
    this.requestUpdate();
    return this.settled;
  }
}

/**
 * A keydown of a printable key typed into a field stays inside: the host's single-letter hotkeys must not
 * fire while somebody types. Modified keys and the navigation keys pass.
 */
export function keepTyping(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  const target = event.composedPath()[0];
  if (!(target instanceof Element) || !target.matches('input, textarea, select, [contenteditable]')) return;
  event.stopPropagation();
}
