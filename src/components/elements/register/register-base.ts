/**
 * What a register element is before anything is drawn: its properties, its controller, the ledger it is tied
 * to, the fields and actions there are of its records, and what their drawing may use.
 */
import type { PropertyDeclarations, PropertyValues } from 'lit';
import { LotElement } from '../../base.ts';
import { Lookups } from '../../controllers/lookups.ts';
import { RegisterController } from '../../controllers/register/register-controller.ts';
import { viewsKey } from '../../controllers/register/saved-views.ts';
import type { RegisterState, SavedView } from '../../controllers/register/types.ts';
import { Timers } from '../../controllers/timers.ts';
import type { ChangeEvent, Density, Ledger } from '../../core.ts';
import { emit } from '../../events.ts';
import { extensionFailed } from '../../extensions/failed.ts';
import type { Resolved, ResolvedField } from '../../extensions/resolve.ts';
import type { AnyExtension, FieldExtension } from '../../extensions/types.ts';
import { todayIn } from '../../i18n/expiry.ts';
import { warnOnce } from '../../warn.ts';
import { AttributeFields } from './attributes.ts';
import { HostData } from './host-data.ts';
import type { ChipDefinition, KindContext, RegisterKind } from './kind.ts';
import { capabilitiesOf, hasFilter, registerSource } from './source.ts';

const DEFAULT_ROWS = 25;
const MAX_ROWS = 500;
/** Milliseconds between two looks at a ledger that could not be reached. */
const LOOK_AGAIN = 2000;

/**
 * What every register has, whatever it lists.
 *
 * @csspart filters - the presets and the filters in force
 * @csspart grid - the table
 * @csspart header - the head of a column
 * @csspart header-sorted - one that is sorted by
 * @csspart header-numeric - one over numbers
 * @csspart row - a row, or a card
 * @csspart row-selected - one that is ticked
 * @csspart row-danger - one that is expired or blocked
 * @csspart row-warn - one that expires soon, or waits
 * @csspart row-open - one whose details are open
 * @csspart group - the row of a group
 * @csspart cell - a cell
 * @csspart cell-numeric - one with a number
 * @csspart details - what an opened row shows
 * @csspart scroll - what scrolls
 * @csspart selection - the bar over what is selected
 * @csspart loading - rows that are on their way
 * @csspart foot - pages, totals and density
 * @slot empty - in place of what is said where there is nothing yet
 * @slot no-match - in place of what is said where nothing matches
 * @slot error - in place of what is said where rows cannot be read
 * @slot forbidden - in place of what is said where rows may not be seen
 */
export abstract class RegisterBase<R extends { readonly id: string }> extends LotElement {
  static override properties: PropertyDeclarations = {
    rows: { type: Number },
    scrolling: { type: String, attribute: 'scroll' },
    selection: { type: String },
    state: { attribute: false, noAccessor: true },
    views: { attribute: false },
    urlSync: { type: Boolean, attribute: 'url-sync' },
    hideToolbar: { type: Boolean, attribute: 'hide-toolbar' },
    hideFilters: { type: Boolean, attribute: 'hide-filters' },
    hideViews: { type: Boolean, attribute: 'hide-views' },
    hideDetails: { type: Boolean, attribute: 'hide-details' },
  };

  /** Rows of a page, and rows room is kept for: 25 unless said, 500 at most. */
  declare rows: number | undefined;
  /** `window`: one scroll area over all rows in place of pages. Attribute `scroll`, a name elements already use otherwise. */
  declare scrolling: 'pages' | 'window' | undefined;
  /** `none`: rows cannot be ticked; `multiple` unless said. */
  declare selection: 'none' | 'multiple' | undefined;
  /** Views the page brings along; they cannot be changed. */
  declare views: readonly SavedView[] | undefined;
  /** Keeps the state in the address of the page, under the element's id or the name of its list. */
  declare urlSync: boolean;
  /** Leaves out title, search and buttons. */
  declare hideToolbar: boolean;
  /** Leaves out the row of filters. */
  declare hideFilters: boolean;
  /** Leaves out saved views. */
  declare hideViews: boolean;
  /** Rows do not open in place. */
  declare hideDetails: boolean;

  protected abstract readonly kind: RegisterKind<R>;
  #register: RegisterController<R> | undefined;
  #given: Partial<RegisterState> | undefined;
  #lookups: Lookups | undefined;
  #stopListening: (() => void) | undefined;
  readonly #data = new HostData<R>({
    requests: this.requests,
    ledger: () => this.source,
    locale: () => this.language,
    loads: () => this.offered.loads,
    windowed: () => this.windowed,
    rows: () => (this.register.phase === 'ready' ? this.register.rows : []),
    changed: () => this.requestUpdate(),
    failed: (error) => this.stumbled(error),
  });
  readonly #attributes = new AttributeFields();
  #layers: { readonly key: readonly unknown[]; readonly layers: readonly AnyExtension[] } | undefined;
  #shown:
    | { readonly from: unknown; readonly host: unknown; readonly fields: readonly ResolvedField<R>[] }
    | undefined;
  readonly #timers = new Timers();
  readonly #stumbledFields = new Set<string>();
  /** What of the host's did not work, until somebody has read it. */
  protected notice: string | undefined;
  protected offlineSince: Date | undefined;

  constructor() {
    super();
    this.urlSync = this.hideToolbar = this.hideFilters = this.hideViews = this.hideDetails = false;
  }

  /**
   * Everything that makes the register look the way it does: search, chip, filters, sorts, groups, columns,
   * density, page. Set all of it or a part; what makes no sense is left out.
   */
  get state(): RegisterState {
    return this.register.state;
  }

  set state(next: Partial<RegisterState> | undefined) {
    if (next === undefined || next === null) return;
    this.#given = next;
    this.register.setState(next);
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('popstate', this.#moved);
    if (this.hasUpdated && this.source !== undefined) this.#connect(this.source);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.#moved);
    this.#timers.clear();
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#register?.disconnect();
  }

  protected get limit(): number {
    const rows = Number(this.rows);
    return Number.isInteger(rows) && rows > 0 ? Math.min(rows, MAX_ROWS) : DEFAULT_ROWS;
  }

  protected get windowed(): boolean {
    return this.scrolling === 'window';
  }

  protected get register(): RegisterController<R> {
    this.#register ??= new RegisterController<R>({
      ...registerSource<R>(() => this.source, this.kind.words),
      capabilities: () => capabilitiesOf(this.source, this.kind.words),
      fields: () => this.listed,
      presets: () => this.chips,
      preset: this.kind.chip,
      sort: this.kind.sort,
      limit: this.limit,
      mode: () => (this.windowed ? 'window' : 'pages'),
      prepare: (rows, signal) => this.#prepare(rows, signal),
      requests: this.requests,
      changed: () => this.#changed(),
      mayChange: (next) => emit(this, 'lot-state-change', next),
      maySelect: ({ count, target }) =>
        emit(this, 'lot-selection-change', {
          kind: this.kind.kind,
          target,
          ...(count === undefined ? {} : { count }),
        }),
      failed: (error) => this.report(error),
      views: {
        store: () => (this.hideViews ? undefined : this.userStore),
        key: () => viewsKey(...this.keptFor(this.id || this.kind.words)),
        host: () => this.views ?? [],
      },
    });
    return this.#register;
  }

  protected override sourceChanged(now: Ledger | undefined): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#lookups = now === undefined ? undefined : new Lookups(now);
    this.#data.forget();
    if (now === undefined) this.register.connect(false);
    else {
      this.register.useLedger(now);
      this.#connect(now);
    }
  }

  #connect(ledger: Ledger): void {
    this.#stopListening?.();
    this.#stopListening = this.listen((event) => this.#heard(event));
    this.#lookups ??= new Lookups(ledger);
    void this.#begin(ledger);
  }

  /** The state first, from views and the address, then the rows: nothing is read twice. */
  async #begin(ledger: Ledger): Promise<void> {
    const { register } = this;
    const params = this.urlSync ? new URLSearchParams(location.search) : undefined;
    if (!this.hideViews || params) await register.open(params, this.addressName);
    if (this.#given !== undefined && params === undefined) register.setState(this.#given);
    await this.#knowPreset();
    if (this.isConnected && this.source === ledger) register.connect(true);
  }

  /** A chip that hangs on statuses, as "blocked", is there once they are: what it asks is known before it is asked. */
  async #knowPreset(): Promise<void> {
    const { preset } = this.register;
    if (this.chips.some(({ id }) => id === preset)) return;
    try {
      await this.requests.run('statuses', () => this.lookups.readStatuses());
    } catch {
      // The list is read all the same, and says what is wrong.
    }
  }

  /** Its name in the address. */
  protected get addressName(): string {
    return `${this.id || this.kind.words}.`;
  }

  readonly #moved = (): void => {
    if (this.urlSync && this.isConnected)
      void this.register.open(new URLSearchParams(location.search), this.addressName);
  };

  /** Puts the state into the address, where that was asked for. */
  #address(): void {
    if (!this.urlSync || this.register.phase === 'waiting') return;
    const url = new URL(location.href);
    this.register.toUrl(url.searchParams, this.addressName);
    if (url.href !== location.href) history.replaceState(history.state, '', url);
  }

  #heard(event: ChangeEvent): void {
    this.#lookups?.forget(new Set(event.touched.map(({ resource }) => resource)));
    this.register.touched();
  }

  /** Something to show has changed. */
  #changed(): void {
    const { register } = this;
    const offline = this.source?.status?.().state === 'offline';
    this.offlineSince = offline ? (this.offlineSince ?? new Date()) : undefined;
    if (offline) this.#awaitConnection();
    else this.#timers.clear('offline');
    if (register.phase === 'ready' || register.phase === 'failed') this.becomeReady();
    this.#address();
    this.requestUpdate();
  }

  /** Looks now and then whether the ledger can be reached again, and reads then. Asks it nothing. */
  #awaitConnection(): void {
    this.#timers.set('offline', LOOK_AGAIN, () => {
      if (this.source?.status?.().state === 'offline') this.#awaitConnection();
      else void this.register.read();
    });
  }

  /** What rows of a file or a print need beside themselves: all of it, before they are written. */
  protected async prepareRows(rows: readonly R[]): Promise<void> {
    const lookups = this.#lookups;
    if (lookups === undefined) return;
    await Promise.all([
      this.kind.prepare(rows, lookups),
      this.#data.load(rows, new AbortController().signal),
    ]);
  }

  /** What the rows cannot be drawn without: items and statuses. What extensions fetch comes when it comes. */
  async #prepare(rows: readonly R[], signal: AbortSignal): Promise<void> {
    const lookups = this.#lookups;
    if (lookups === undefined) return;
    await this.kind.prepare(rows, lookups);
    if (!signal.aborted) this.#data.later(rows);
  }

  /** Something of the host's did not work: told by event and shown until it is closed. */
  protected stumbled(error: unknown): void {
    this.notice = this.say(this.report(error));
    this.requestUpdate();
  }

  /** The notice has been read. */
  protected stumbledSeen(): void {
    this.notice = undefined;
    this.requestUpdate();
  }

  /** A host's function stumbled over a field: its own cell shows it, and it is told once. */
  protected readonly cellFailed = (field: FieldExtension<R>, error: unknown): void => {
    const { owner = '' } = field as Partial<ResolvedField<R>>;
    const name = `${owner}: ${field.key}`;
    if (this.#stumbledFields.has(name)) return;
    this.#stumbledFields.add(name);
    warnOnce(this, `extension "${owner}": field "${field.key}" cannot be drawn: ${String(error)}`);
    // while it is drawn nobody may change it, as who hears of it might
    queueMicrotask(() => void this.report(extensionFailed(name, error)));
  };

  /** Everything there is of this kind of record: built in, its attributes, the host's. */
  protected get offered(): Resolved<R> {
    const { kind } = this.kind;
    const attributes =
      kind === 'posting' ? undefined : this.#attributes.of(this.lookups.items.values(), kind);
    const key = [this.kind, attributes];
    if (this.#layers === undefined || key.some((part, i) => part !== this.#layers?.key[i])) {
      const built = { id: 'lotledger', on: kind, fields: this.kind.fields, actions: this.kind.actions };
      const layers = [built as unknown as AnyExtension, ...(attributes ? [attributes] : [])];
      this.#layers = { key, layers };
    }
    return this.resolved<R>(kind, this.#layers.layers);
  }

  /** Its fields; one that the host names is shown, also where it would be hidden. */
  protected get listed(): readonly ResolvedField<R>[] {
    const { fields } = this.offered;
    if (this.#shown?.from === fields && this.#shown.host === this.fields) return this.#shown.fields;
    const shown = Array.isArray(this.fields) ? fields.map((field) => ({ ...field, hidden: false })) : fields;
    this.#shown = { from: fields, host: this.fields, fields: shown };
    return shown;
  }

  protected get lookups(): Lookups {
    this.#lookups ??= new Lookups(undefined);
    return this.#lookups;
  }

  protected get chips(): readonly ChipDefinition[] {
    const offered = capabilitiesOf(this.source, this.kind.words);
    return this.kind.chips((filter) => hasFilter(offered, filter), this.lookups);
  }

  /** The value of a field of a record, with what its extension has loaded. */
  protected readonly valueIn = (field: FieldExtension<R>, row: R): unknown => {
    if (field.value === undefined) return (row as Readonly<Record<string, unknown>>)[field.key];
    const { owner = '' } = field as Partial<ResolvedField<R>>;
    try {
      return field.value(row, this.#data.of(owner, row));
    } catch (error) {
      this.cellFailed(field, error);
      return null;
    }
  };

  /** The reader's own choice, else the host's. */
  protected override get spacing(): Density {
    return this.#register?.state.density ?? super.spacing;
  }

  protected drawContext(): KindContext {
    const { rows } = this.register;
    const pad = Math.max(0, ...rows.map((row) => this.kind.unit(row)?.decimals ?? 0));
    return {
      format: this.format,
      lookups: this.lookups,
      today: this.register.asOf?.date ?? todayIn(this.provided?.timeZone),
      pad,
      open: (kind, id, code) => {
        emit(this, 'lot-open', { kind, id, code });
      },
      href: (kind, id, code) => this.href({ kind, id, code }),
      follow: (event, kind, id, code) => this.follow(event, { kind, id, code }),
    };
  }

  override refresh(): Promise<void> {
    void this.register.read();
    return this.settled;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { source } = this;
    // Put back before its provider had the ledger again: it is the same one, and nothing reads it any more.
    if (this.isConnected && source !== undefined && this.#stopListening === undefined) this.#connect(source);
    if (changed.has('rows')) this.register.setLimit(this.limit);
    this.#data.loadAnew();
    const { register } = this;
    const kind = register.problem?.kind;
    this.mark('loading', register.phase === 'loading' || this.sourceState === 'opening');
    this.mark('busy', register.busy);
    this.mark('error', register.problem !== null || this.sourceState === 'failed');
    this.mark('forbidden', kind === 'forbidden' || kind === 'unauthenticated');
    this.mark('empty', register.phase === 'ready' && register.lineCount === 0);
    this.mark('offline', this.offlineSince !== undefined);
    if (this.sourceState === 'failed') this.becomeReady();
  }
}
