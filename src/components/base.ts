/**
 * The base of every element: where its ledger, language, direction and density come from, what the host has
 * said, its promises `ready` and `settled`, its custom states, and one question at a time.
 */
import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { UserStore } from './controllers/register/types.ts';
import { Requests } from './controllers/requests.ts';
import { type ChangeEvent, type Density, type Ledger, type Problem, problemOf } from './core.ts';
import { emit, type RecordKind } from './events.ts';
import { type Resolved, resolveExtensions } from './extensions/resolve.ts';
import type { AnyExtension } from './extensions/types.ts';
import type { Catalogue, MessageKey, Values } from './i18n/catalogue.ts';
import { Format } from './i18n/format.ts';
import { catalogueNow, loadCatalogue } from './i18n/load.ts';
import { directionOf, knownLocale, nearestAttribute, watchPageLanguage } from './i18n/locale.ts';
import { Connection } from './provider/connection.ts';
import { listen } from './provider/hub.ts';
import { labelsFor } from './provider/labels.ts';
import { followLink, hrefOf } from './provider/links.ts';
import { lookupOf, type SafeLookup } from './provider/lookups.ts';
import { Permissions } from './provider/may.ts';
import { isLedger, notALedger } from './provider/sound.ts';
import {
  type Allowed,
  type AskedAct,
  CONTRACT,
  type Labels,
  type LinkRef,
  type LookupKind,
  type Provided,
} from './provider/types.ts';
import { browserStore } from './provider/user-store.ts';
import { VERSION } from './version.ts';
import { warnOnce } from './warn.ts';

/** Custom states a host may style: `lot-register:state(loading)`. */
export type ElementState =
  | 'loading'
  | 'error'
  | 'forbidden'
  | 'offline'
  | 'empty'
  | 'dirty'
  | 'invalid'
  | 'busy'
  | 'user-invalid';

/** In place of a provider, where the host's own ledger is none. */
const noLedger: Provided = { contract: CONTRACT, version: VERSION, state: 'failed', error: notALedger() };

const densities: ReadonlySet<string> = new Set(['compact', 'regular', 'comfortable']);

/**
 * What every element has: `for`, `locale`, `density`, `readonly`, `ledger`, `labels`, `extensions`, `fields`,
 * `ready`, `settled`, `refresh()`. Hosts use it as a type; elements extend it.
 *
 * @csspart base - the frame of the element
 * @csspart toolbar - the row of title, search and buttons
 * @csspart button - every button
 * @csspart field - a field with its label
 * @csspart error - the sentence under a field, or in place of what could not be read
 * @csspart empty - what stands in place of rows or facts where there are none
 * @csspart badge - a status
 * @csspart chip - a preset, or a filter in force
 * @csspart notice - a banner
 * @csspart dialog - a dialog over the element
 * @csspart menu - a menu that opened
 * @csspart popover - what opens beside a button
 * @csspart tooltip - the words beside an icon
 * @csspart progress - the line that says that something is under way
 * @csspart tabs - the row of tabs
 * @csspart tab - one tab
 * @cssstate loading - the first rows or facts are on their way
 * @cssstate busy - something is being read or written
 * @cssstate empty - there is nothing to show
 * @cssstate error - something could not be read
 * @cssstate forbidden - who is signed in may not see it
 * @cssstate offline - the ledger cannot be reached
 * @cssstate dirty - something was typed that is not written
 * @cssstate invalid - something typed cannot be written
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
    extensions: { attribute: false },
    fields: { attribute: false },
  };

  /** Id of the `lot-ledger` to use, when this element is not inside it. */
  declare for: string | undefined;
  /** BCP 47 tag; else the provider's, the nearest `lang`, English. */
  declare locale: string | undefined;
  /** `compact`, `regular` or `comfortable`; else the provider's. */
  declare density: Density | undefined;
  /** Offers nothing that writes. */
  declare readonly: boolean;
  /** The ledger itself, for hosts that open it in script. */
  declare ledger: Ledger | undefined;
  /** Texts of the host's own, by key, or by language and key; over the provider's. */
  declare labels: Labels | undefined;
  /** Fields, actions and tabs of the host's own; over the provider's. */
  declare extensions: readonly AnyExtension[] | undefined;
  /** Keys of the fields to show, in their order; all of them where absent. */
  declare fields: readonly string[] | undefined;

  /** Resolves when the first data, or the first failure, stands on the screen. */
  readonly ready: Promise<void>;
  protected readonly requests: Requests = new Requests();
  readonly #internals: ElementInternals | undefined;
  #isReady: () => void = () => {};
  readonly #connection: Connection = new Connection(this, () => this.requestUpdate());
  #stopWatching: (() => void) | undefined;
  #used: Ledger | undefined;
  #format: Format | undefined;
  #formatKey: readonly unknown[] = [];
  #resolved: Resolved<never> | undefined;
  #resolvedKey: readonly unknown[] = [];
  #permissions: Permissions | undefined;
  #permissionsKey: readonly unknown[] = [];

  constructor() {
    super();
    this.readonly = false;
    this.ready = new Promise((resolve) => {
      this.#isReady = resolve;
    });
    this.#internals = typeof this.attachInternals === 'function' ? this.attachInternals() : undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopWatching = watchPageLanguage(() => this.requestUpdate());
    if (this.hasUpdated && this.source !== this.#used) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopWatching?.();
    this.requests.abort();
  }

  /** The ledger in use: the property's, else the provider's. */
  protected get source(): Ledger | undefined {
    return isLedger(this.ledger) ? this.ledger : this.provided?.ledger;
  }

  /** What the provider says; undefined where there is none. */
  protected get provided(): Provided | undefined {
    if (this.ledger === undefined || this.ledger === null) return this.#connection.provided;
    return isLedger(this.ledger) ? undefined : noLedger;
  }

  /** Why there is no ledger, where there is none. */
  protected get sourceState(): 'open' | 'opening' | 'failed' | 'none' {
    if (this.source !== undefined) return 'open';
    return this.provided?.state ?? 'none';
  }

  protected get language(): string {
    const own = this.locale || this.#connection.provided?.locale;
    return knownLocale(own || (this.isConnected ? nearestAttribute(this, 'lang') : null));
  }

  /** The direction: the nearest `dir`, unless this element's own language says otherwise. */
  protected get direction(): 'ltr' | 'rtl' {
    if (this.locale) return directionOf(this.language);
    const nearest = this.isConnected ? nearestAttribute(this, 'dir') : null;
    return nearest === 'rtl' || nearest === 'ltr' ? nearest : directionOf(this.language);
  }

  protected get spacing(): Density {
    const { density } = this;
    if (density && densities.has(density)) return density;
    if (density) warnOnce(this, `density "${density}": there are ${[...densities].join(', ')}.`);
    return this.#connection.provided?.density ?? 'regular';
  }

  /** Numbers, dates and texts in this element's language. */
  protected get format(): Format {
    const locale = this.language;
    const ready = catalogueNow(locale);
    // a language that was only known when drawing had begun, as of an element filled before it was defined
    if (ready === undefined) void loadCatalogue(locale).then(() => this.requestUpdate());
    const catalogue = ready ?? (catalogueNow('en') as Catalogue);
    const { timeZone, labels } = this.#connection.provided ?? {};
    const key = [locale, catalogue, timeZone, labels, this.labels];
    if (this.#format === undefined || key.some((part, i) => part !== this.#formatKey[i])) {
      const own = labelsFor([...(labels ?? []), this.labels], locale, (wrong) =>
        warnOnce(this, `labels: "${wrong}" is no text.`),
      );
      this.#format = new Format(locale, catalogue, { timeZone, labels: own });
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

  /** Hears of every change of the ledger, unless the provider's feed is off. Returns the way to stop. */
  protected listen(listener: (event: ChangeEvent) => void): () => void {
    const { source } = this;
    return source === undefined || this.provided?.feed === false ? () => {} : listen(source, listener);
  }

  /** The host's own list of a kind; undefined where the ledger's is to be used. */
  protected lookupsOf(kind: LookupKind): SafeLookup | undefined {
    return lookupOf(this, this.#connection.provided?.lookups, kind);
  }

  /** The address of a record in the host's portal; undefined where it has none. */
  protected href(ref: LinkRef): string | undefined {
    return hrefOf(this, this.#connection.provided?.links, ref);
  }

  /** What a click on a record's link or button does: asks the host, then leaves it to the link. */
  protected follow(event: MouseEvent, ref: LinkRef): void {
    followLink(this, event, ref);
  }

  /** Whether an act is offered: the host's `can` and the ledger's permissions. Not, while nobody has answered. */
  protected may(act: AskedAct): Allowed {
    const { source } = this;
    const can = this.#connection.provided?.can;
    const [ledger, before] = this.#permissionsKey;
    if (this.#permissions === undefined || ledger !== source || before !== can) {
      this.#permissionsKey = [source, can];
      this.#permissions = new Permissions({
        ledger: source,
        can,
        changed: () => this.requestUpdate(),
        failed: (error) => warnOnce(this, `can failed: ${String(error)}`),
      });
    }
    return this.#permissions.ask(act) ?? false;
  }

  /** Where what belongs to the user is kept. */
  protected get userStore(): UserStore {
    return this.#connection.provided?.userStore ?? browserStore;
  }

  /** Under what a piece of the user's is kept: the ledger, the piece, who acts. */
  protected keptFor(piece: string): readonly [ledger: string, piece: string, user: string] {
    const { keeps } = this.#connection.provided ?? {};
    return [keeps?.ledger ?? '', piece, keeps?.user ?? ''];
  }

  /** What there is of a kind of record: built in, the provider's, this element's own. */
  protected resolved<R>(kind: RecordKind, builtIn: readonly AnyExtension[]): Resolved<R> {
    const provided = this.#connection.provided?.extensions;
    const key = [kind, builtIn, provided, this.extensions, this.fields];
    if (this.#resolved === undefined || key.some((part, i) => part !== this.#resolvedKey[i])) {
      const layers = [builtIn, provided, this.extensions];
      this.#resolved = resolveExtensions<never>(this, kind, layers, this.fields);
      this.#resolvedKey = key;
    }
    return this.#resolved as unknown as Resolved<R>;
  }

  /** Waits for the texts of the language, so that nothing flashes in English first. */
  protected override async scheduleUpdate(): Promise<void> {
    if (catalogueNow(this.language) === undefined) await loadCatalogue(this.language);
    super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('for')) this.#connection.follow();
    const source = this.source;
    // taken away before it was drawn: nobody would stop what began now
    if (source === this.#used || !this.isConnected) return;
    const before = this.#used;
    this.#used = source;
    this.sourceChanged(source, before);
  }

  /** The ledger came, went or changed; called before the render that shows it. */
  protected sourceChanged(_now: Ledger | undefined, _before: Ledger | undefined): void {}

  /** What the element shares with its form and with assistive technology; there is one, asked for in here. */
  protected get internals(): ElementInternals | undefined {
    return this.#internals;
  }

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
      await this.#permissions?.idle();
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
