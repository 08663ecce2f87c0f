/**
 * The register element: ties the controller to a ledger, to the keyboard and to what is drawn. The three
 * registers are this class with their own kind.
 */
import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { keepTyping, LotElement } from '../../base.ts';
import { Announcer } from '../../controllers/announcer.ts';
import { Lookups } from '../../controllers/lookups.ts';
import { RegisterController } from '../../controllers/register-controller.ts';
import { type ChangeEvent, type Density, type Ledger, problemOf } from '../../core.ts';
import { emit, type RecordKind } from '../../events.ts';
import { todayIn } from '../../i18n/expiry.ts';
import { liveRegion } from '../../primitives/controls.ts';
import { baseStyles, facts, table } from '../../styles/index.ts';
import { announcement } from './announcement.ts';
import { registerBody } from './body.ts';
import { GridFocus, isSearchKey, pressKey } from './focus.ts';
import type { FrameView } from './frame.ts';
import type { CellContext, Column, RegisterKind } from './kind.ts';
import { type Offers, offersOf } from './offers.ts';
import { type Room, roomFor, Surroundings } from './room.ts';
import { registerStyles } from './styles.ts';

const DEFAULT_ROWS = 25;
const MAX_ROWS = 500;

export abstract class RegisterElement<R extends { readonly id: string }> extends LotElement {
  static override properties: PropertyDeclarations = {
    rows: { type: Number },
    typed: { state: true },
    spread: { state: true },
  };

  static override styles = [...baseStyles, facts, table, registerStyles];

  /** Rows of a page: 25 unless said, 500 at most. */
  declare rows: number | undefined;
  declare protected typed: string;
  declare protected spread: Density | undefined;

  protected abstract readonly kind: RegisterKind<R>;
  #register: RegisterController<R> | undefined;
  #lookups: Lookups | undefined;
  #unsubscribe: (() => void) | undefined;
  readonly #focus = new GridFocus();
  readonly #around = new Surroundings(this);
  readonly #announcer = new Announcer(() => this.requestUpdate());
  #offlineSince: Date | undefined;
  #state = '';

  constructor() {
    super();
    this.typed = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#hostKeys);
    if (this.hasUpdated && this.source !== undefined) this.#connect(this.source);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#hostKeys);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#register?.disconnect();
    this.#announcer.stop();
  }

  get #limit(): number {
    const rows = Number(this.rows);
    return Number.isInteger(rows) && rows > 0 ? Math.min(rows, MAX_ROWS) : DEFAULT_ROWS;
  }

  get #controller(): RegisterController<R> {
    this.#register ??= new RegisterController<R>({
      list: async (query) => {
        if (this.source === undefined) throw new Error('no ledger');
        return this.kind.list(this.source, query);
      },
      presets: () => this.#offers.chips,
      preset: this.kind.chip,
      sort: this.kind.sort,
      limit: this.#limit,
      prepare: async (rows) => {
        if (this.#lookups !== undefined) await this.kind.prepare(rows, this.#lookups);
      },
      requests: this.requests,
      changed: () => this.#changed(),
      failed: (error) => this.report(error),
    });
    return this.#register;
  }

  protected override sourceChanged(now: Ledger | undefined): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#lookups = now === undefined ? undefined : new Lookups(now);
    if (now !== undefined) this.#connect(now);
    else this.#controller.connect(false);
  }

  #connect(ledger: Ledger): void {
    this.#unsubscribe?.();
    this.#unsubscribe = ledger.subscribe((event) => this.#heard(event));
    this.#lookups ??= new Lookups(ledger);
    this.#controller.connect(true);
  }

  #heard(event: ChangeEvent): void {
    this.#lookups?.forget(new Set(event.touched.map(({ resource }) => resource)));
    this.#controller.touched();
  }

  /** Something to show has changed. */
  #changed(): void {
    const register = this.#controller;
    const offline = this.source?.status().state === 'offline';
    this.#offlineSince = offline ? (this.#offlineSince ?? new Date()) : undefined;
    if (register.phase === 'ready' || register.phase === 'failed') this.becomeReady();
    const { search, preset, sort, page } = register;
    const state = JSON.stringify({ search, filters: { preset }, sort: [sort], page: page + 1 });
    if (this.#state !== '' && this.#state !== state && register.phase !== 'waiting') {
      emit(this, 'lot-state-change', JSON.parse(state));
    }
    this.#state = state;
    this.requestUpdate();
  }

  get #today(): string {
    return this.#register?.asOf?.date ?? todayIn(this.provided?.timeZone);
  }

  get #offers(): Offers {
    return offersOf(this.kind, this.source);
  }

  get #columns(): readonly Column<R>[] {
    const { ems } = this.#room;
    return this.kind.columns.filter(({ from = 0 }) => ems >= from);
  }

  get #room(): Room {
    return roomFor(this.#around.width, this.spacing);
  }

  #open = (row: R): void => this.#ask(this.kind.kind, row.id, this.kind.code(row));

  #ask = (kind: RecordKind, id: string, code: string): void => {
    emit(this, 'lot-open', { kind, id, code });
  };

  #search = (text: string, now = false): void => {
    this.typed = text;
    this.#controller.setSearch(text, now);
  };

  #focusSearch = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>('#search')?.focus();
  };

  /** Keys of the whole element: `/` searches; what is typed into a field stays inside. */
  readonly #hostKeys = (event: KeyboardEvent): void => {
    keepTyping(event);
    if (isSearchKey(event)) this.#focusSearch();
  };

  get #ids(): readonly string[] {
    return this.#controller.rows.map(({ id }) => id);
  }

  get #columnIds(): readonly string[] {
    return this.#columns.map(({ id }) => id);
  }

  readonly #gridFocus = (event: FocusEvent): void => {
    if (this.#focus.arrived(event.target as Element, this.#ids, this.#columnIds)) this.requestUpdate();
  };

  readonly #gridKey = (event: KeyboardEvent): void => {
    const register = this.#controller;
    const sorts = this.#offers.sorts;
    const headers = this.#columns.flatMap(({ sort }, i) =>
      sort !== undefined && sorts.has(sort) ? [i] : [],
    );
    const moved = pressKey(event, this.#focus, {
      ids: this.#ids,
      columns: this.#columnIds,
      headers,
      rtl: this.direction === 'rtl',
      expanded: (id) => register.expanded.has(id),
      act: (act, index) => this.#act(act, register.rows[index] as R),
    });
    if (moved) this.requestUpdate();
  };

  #act(act: 'open' | 'expand' | 'collapse' | 'toggle' | 'copy', row: R): void {
    if (act === 'open') this.#open(row);
    else if (act === 'copy') void navigator.clipboard?.writeText(this.kind.code(row));
    else if (act === 'toggle') this.#controller.toggle(row.id);
    else this.#controller.toggle(row.id, act === 'expand');
  }

  /** Moves the focus to the search; with rows, to where it last was. */
  override focus(options?: FocusOptions): void {
    const stop = this.renderRoot.querySelector<HTMLElement>('[role="grid"] [tabindex="0"], .card .link');
    if (stop) stop.focus(options);
    else this.#focusSearch();
  }

  override refresh(): Promise<void> {
    void this.#controller.read();
    return this.settled;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('rows')) this.#controller.setLimit(this.#limit);
    const register = this.#controller;
    const kind = register.problem?.kind;
    this.mark('loading', register.phase === 'loading' || this.sourceState === 'opening');
    this.mark('busy', register.busy);
    this.mark('error', register.problem !== null || this.sourceState === 'failed');
    this.mark('forbidden', kind === 'forbidden' || kind === 'unauthenticated');
    this.mark('empty', register.phase === 'ready' && register.rows.length === 0);
    this.mark('offline', this.#offlineSince !== undefined);
    if (this.sourceState === 'failed') this.becomeReady();
    this.#announce();
  }

  protected override updated(): void {
    if (this.#focus.pending) this.#focus.apply(this.renderRoot, this.#ids, this.#columnIds);
  }

  /** Says what the list has become, once it has settled. */
  #announce(): void {
    const register = this.#controller;
    if (register.phase === 'ready' && !register.busy) {
      this.#announcer.say(announcement(this.kind, register, this.format));
    }
  }

  get #frame(): FrameView<R> {
    const sorts = this.#offers.sorts;
    return {
      kind: this.kind,
      register: this.#controller,
      chips: this.#offers.chips,
      format: this.format,
      narrow: this.#room.narrow,
      readonly: this.readonly,
      typed: this.typed,
      density: this.spacing,
      sortable: this.kind.columns.filter(({ sort }) => sort !== undefined && sorts.has(sort)),
      offlineSince: this.#offlineSince,
      say: (problem) => this.say(problem),
      search: this.#search,
      create: () => void emit(this, 'lot-create', { kind: this.kind.kind }),
      spread: (density) => {
        this.spread = density;
      },
      focusSearch: this.#focusSearch,
    };
  }

  /** The reader's own choice, else the host's. */
  protected override get spacing(): Density {
    return this.spread ?? super.spacing;
  }

  protected override render(): TemplateResult {
    const body = registerBody({
      frame: this.#frame,
      context: this.#context(),
      source: this.sourceState,
      failure: this.sourceState === 'failed' ? problemOf(this.provided?.error) : undefined,
      reopen: this.provided?.retry,
      patience: this.#around.patience,
      columns: this.#columns,
      sorts: this.#offers.sorts,
      spot: this.#focus.spot(this.#ids, this.#columns.length),
      open: this.#open,
      key: this.#gridKey,
      focused: this.#gridFocus,
    });
    return html`<section class="lot ${this.spacing} ${this.#room.look}" part="base" dir=${this.direction}
      lang=${this.language} aria-label=${this.t(`${this.kind.words}.title`)}>${body}${liveRegion(
        this.#announcer.text,
      )}</section>`;
  }

  #context(): CellContext {
    const rows = this.#controller.rows;
    return {
      format: this.format,
      lookups: this.#lookups ?? new Lookups(undefined),
      today: this.#today,
      pad: Math.max(0, ...rows.map((row) => this.kind.decimals(row))),
      open: this.#ask,
    };
  }
}
