/**
 * The register element: what is drawn, what is pressed and said. The three registers are this class with their
 * own kind.
 */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { keepTyping } from '../../base.ts';
import { Announcer } from '../../controllers/announcer.ts';
import type { Ledger } from '../../core.ts';
import { problemOf } from '../../core.ts';
import { offeredActions } from '../../extensions/actions.ts';
import type { ActionContext, ActionScope } from '../../extensions/types.ts';
import { liveRegion } from '../../primitives/controls.ts';
import { Dialog } from '../../primitives/dialog.ts';
import { geometry } from '../../primitives/geometry.ts';
import { Menu } from '../../primitives/menu.ts';
import { Popover } from '../../primitives/popover.ts';
import { Tooltip } from '../../primitives/tooltip.ts';
import { baseStyles, facts, forms, table } from '../../styles/index.ts';
import { heldText } from '../held-notice.ts';
import type { BulkAct, BulkHost } from './actions.ts';
import { announcement, selectionWords } from './announcement.ts';
import { registerBody } from './body.ts';
import { BulkDialog } from './bulk.ts';
import { ColumnSheet } from './column-sheet.ts';
import { arrangedColumns, fileColumns } from './columns.ts';
import { type DrawnLines, GridFocus, plainKey } from './focus.ts';
import { handlersOf } from './handlers.ts';
import type { Inside } from './inside.ts';
import { RegisterKeys } from './keys.ts';
import { RegisterBase } from './register-base.ts';
import { type Room, roomFor, Surroundings } from './room.ts';
import { lineKey } from './shape.ts';
import { registerStyles } from './styles.ts';
import { gridStyles } from './styles-grid.ts';
import { RegisterTasks } from './tasks.ts';
import type { RegisterView } from './view.ts';
import { viewOf } from './view-of.ts';
import { type WindowHost, WindowView } from './window-view.ts';

export abstract class RegisterElement<R extends { readonly id: string }>
  extends RegisterBase<R>
  implements BulkHost
{
  static override styles = [...baseStyles, forms, facts, table, registerStyles, gridStyles];

  #typed = '';
  #view: RegisterView<R> | undefined;
  #said = '';
  #ticked = '';
  #question = '';
  #held = '';
  readonly #around = new Surroundings(this);
  readonly #focus = new GridFocus();
  readonly #sheet = new ColumnSheet<R>(this);
  readonly #window = new WindowView(this.#windowHost());
  readonly #menu = new Menu(this, 'menu');
  readonly #popover = new Popover(this, 'popover');
  readonly #dialog = new Dialog(this, 'lot-dialog');
  readonly #tooltip = new Tooltip(this);
  readonly #announcer = new Announcer(() => this.requestUpdate());
  readonly #tasks = new RegisterTasks<R>(() => this.#inside);
  readonly #keys = new RegisterKeys<R>(() => this.#inside);
  readonly #do = handlersOf<R>(() => this.#inside);
  readonly #bulk = new BulkDialog({
    element: this,
    register: () => (this.kind.words === 'serials' ? 'serials' : 'lots'),
    lookups: () => this.lookups,
    tell: (text) => this.#announcer.tell(text),
    failed: (error) => this.report(error),
    done: () => {
      this.register.selection.clear();
      // What was changed is said; that nothing is ticked any more goes without saying.
      this.#ticked = '';
      void this.register.read();
    },
  });

  #windowHost(): WindowHost {
    const element = this;
    return {
      element,
      get windowed() {
        return element.windowed && !element.register.grouped;
      },
      get lineCount() {
        return element.register.lineCount;
      },
      show: (first, last) => this.register.show(first, last),
      seen: (first) => this.register.seen(first),
    };
  }

  get #inside(): Inside<R> {
    return {
      element: this,
      kind: this.kind,
      view: () => this.#view ?? this.#make(),
      ledger: () => this.source,
      language: () => this.language,
      rtl: () => this.direction === 'rtl',
      lines: () => this.#lines,
      focus: this.#focus,
      sheet: this.#sheet,
      window: this.#window,
      dialog: this.#dialog,
      bulk: this.#bulk,
      keys: this.#keys,
      tasks: this.#tasks,
      announcer: this.#announcer,
      type: (text) => {
        this.#typed = text;
        this.requestUpdate();
      },
      files: (columns) => fileColumns(columns, this.drawContext(), this.valueIn, this.cellFailed),
      prepare: (rows) => this.prepareRows(rows),
      failed: (error) => this.stumbled(error),
      actionContext: (scope, rows) => this.#actionContext(scope, rows),
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#hostKeys);
    this.addEventListener('focusout', this.#left);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#hostKeys);
    this.removeEventListener('focusout', this.#left);
    this.#announcer.stop();
    this.#tasks.stop();
  }

  /** Keys of the whole element: `/` searches, `?` lists the keys; what is typed into a field stays inside. */
  readonly #hostKeys = (event: KeyboardEvent): void => {
    keepTyping(event);
    if (plainKey(event, '/')) this.#do.focusSearch();
    else if (plainKey(event, '?')) this.#do.help();
  };

  readonly #left = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (to instanceof Node && this.renderRoot.querySelector('.scroll')?.contains(to)) return;
    // What is redrawn under the focus leaves it nowhere: that is no leaving.
    if (to !== null || !this.#drawing) this.#focus.inside = false;
  };

  #drawing = false;

  protected override sourceChanged(now: Ledger | undefined): void {
    super.sourceChanged(now);
    this.#typed = this.register.search;
  }

  get #lines(): DrawnLines {
    const { lines, firstLine } = this.#view ?? { lines: [], firstLine: 0 };
    return { first: firstLine, names: lines.map(lineKey), count: this.register.lineCount };
  }

  get #room(): Room {
    return roomFor(this.#around.width, this.spacing);
  }

  /** Ticks nothing any more. */
  clearSelection(): void {
    this.register.selection.clear();
  }

  /** Writes a CSV file of all rows that match; `lot-export` is asked first. */
  exportCsv(): Promise<void> {
    return this.#tasks.exportCsv();
  }

  /** Prints all rows that match; `lot-print` is asked first. */
  print(): Promise<void> {
    return this.#tasks.print();
  }

  /** Asks what to change of the records of an action, and changes them. */
  changeMany(act: BulkAct, context: ActionContext<never>): void {
    void this.#bulk.ask(act, context);
  }

  /** Moves the focus to the rows, where it last was; without rows to the search. */
  override focus(options?: FocusOptions): void {
    const stop = this.renderRoot.querySelector<HTMLElement>('.grid [tabindex="0"], .card .link');
    if (stop) stop.focus(options);
    else this.#do.focusSearch();
  }

  #actionContext(scope: ActionScope, records: readonly R[]): ActionContext<R> | undefined {
    const ledger = this.source;
    if (ledger === undefined) return undefined;
    const { selection } = this.register;
    const ids = { ids: records.map(({ id }) => id) };
    const target = scope === 'selection' ? selection.target() : scope === 'row' ? ids : undefined;
    const count = scope === 'selection' ? selection.count : records.length;
    return {
      ledger,
      scope,
      records,
      ...(target === undefined ? {} : { target }),
      ...(count === undefined ? {} : { count }),
      element: this,
      format: this.format,
      refresh: () => this.refresh(),
      say: (text) => this.#announcer.tell(text),
    };
  }

  #make(): RegisterView<R> {
    const { ems, narrow } = this.#room;
    const context = this.drawContext();
    const create = this.may({ action: `${this.kind.kind}.create`, kind: this.kind.kind });
    return viewOf<R>({
      kind: this.kind,
      register: this.register,
      context,
      columns: arrangedColumns({
        register: this.register,
        fields: new Map(this.listed.map((field) => [field.key, field])),
        context,
        read: this.valueIn,
        stumbled: this.cellFailed,
      }),
      chips: this.chips,
      narrow,
      ems,
      readonly: this.readonly,
      typed: this.#typed,
      typing: (this.shadowRoot?.activeElement as HTMLElement | null)?.dataset?.filter,
      density: this.spacing,
      offlineSince: this.offlineSince,
      held: this.provided?.held,
      notice: this.notice,
      dismiss: () => this.stumbledSeen(),
      ticks: this.selection !== 'none',
      expands: !this.hideDetails && (!this.windowed || narrow),
      filters: !this.hideFilters,
      toolbar: !this.hideToolbar,
      keepsViews: !this.hideViews,
      mayCreate: create,
      drawn: this.#window.drawn,
      visible: this.#window.visible,
      reserve: Math.min(this.limit, 50),
      patience: this.#around.patience,
      task: this.#tasks.text === undefined ? undefined : { text: this.#tasks.text, stop: this.#tasks.stop },
      focus: this.#focus,
      menu: this.#menu,
      popover: this.#popover,
      actions: (scope, rows) => {
        const asked = this.#actionContext(scope, rows);
        return asked === undefined
          ? []
          : offeredActions(this.offered.actions, asked, (act) => this.may({ ...act, kind: this.kind.kind }));
      },
      say: (problem) => this.say(problem),
      do: this.#do,
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // Another question starts at its first row.
    const { asked, sorts } = this.register;
    const question = JSON.stringify([asked, sorts]);
    if (question !== this.#question) this.#window.reset();
    this.#question = question;
    this.#view = this.#make();
    this.#sheet.show(this.#view.columns);
    this.#announce(this.#view);
    this.#drawing = true;
  }

  protected override updated(): void {
    this.#drawing = false;
    const view = this.#view;
    if (view === undefined) return;
    if (this.#focus.pending) this.#refocus(view);
    else if (this.#focus.inside) this.#keepFocus(view);
    if (view.register.mode === 'window' && view.lines.some(({ kind }) => kind === 'row')) this.#sheet.hold();
  }

  #refocus(view: RegisterView<R>): void {
    const keys = view.columns.map(({ key }) => key);
    if (this.#focus.apply(this.renderRoot, this.#lines, keys)) return;
    // The line is not drawn yet: once the window has been scrolled it is.
    this.#focus.pending = view.register.mode === 'window';
    if (this.#focus.pending) this.#window.reveal(this.#focus.spot(this.#lines, keys).row);
  }

  /** A row that was scrolled away takes no focus with it: the table holds it until the row is back. */
  #keepFocus(view: RegisterView<R>): void {
    const grid = this.renderRoot.querySelector<HTMLElement>('.grid');
    const at = this.shadowRoot?.activeElement ?? null;
    if (grid === null || (at !== null && at !== grid)) return;
    const keys = view.columns.map(({ key }) => key);
    const { row } = this.#focus.spot(this.#lines, keys);
    const drawn = row < 0 || (row >= view.firstLine && row < view.firstLine + view.lines.length);
    if (drawn) {
      const before = view.register.mode === 'window';
      this.#focus.apply(
        this.renderRoot,
        this.#lines,
        view.columns.map(({ key }) => key),
        !before,
      );
    } else if (at !== grid) grid.focus({ preventScroll: true });
  }

  /** Says what the list has become, once it has settled, what is ticked, and that a sign-in is waited for. */
  #announce(view: RegisterView<R>): void {
    const list = announcement(view);
    if (list !== undefined && list !== this.#said) {
      this.#said = list;
      this.#announcer.say(list);
    }
    const ticked = selectionWords(view);
    if (ticked !== this.#ticked && this.#ticked !== '') this.#announcer.tell(ticked);
    this.#ticked = ticked;
    const held = heldText(view.held, view.format);
    if (held !== this.#held && held !== '') this.#announcer.tell(held);
    this.#held = held;
  }

  protected override render(): TemplateResult {
    const view = this.#view ?? this.#make();
    const failed = this.sourceState === 'failed';
    const body = registerBody({
      view,
      source: this.sourceState,
      failure: failed ? problemOf(this.provided?.error) : undefined,
      reopen: this.provided?.retry,
      patience: this.#around.patience,
    });
    const reserved = this.rows !== undefined && !this.#around.definite;
    return html`<section class="lot register ${this.spacing} ${this.#room.look} ${this.windowed ? 'windowed' : ''} ${
      reserved ? 'reserved' : ''
    }" part="base" dir=${this.direction} lang=${this.language} aria-label=${this.t(`${this.kind.words}.title`)}
      ${geometry({ '--_rows': String(view.reserve) })}>${body}${this.#menu.template()}${this.#popover.template()}${this.#dialog.template()}${this.#bulk.template()}${this.#tooltip.template()}${liveRegion(
        this.#announcer.text,
      )}</section>`;
  }
}
