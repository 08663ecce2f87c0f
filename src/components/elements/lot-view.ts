/**
 * One lot: what it is and has, where it is, what was changed on it; and its edit, which survives whatever
 * happens to the lot meanwhile.
 */
import { type CSSResult, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { keepTyping, LotElement } from '../base.ts';
import type { LotFieldShape } from '../controllers/lot-form-extra.ts';
import { type LotLists, partyOptions } from '../controllers/lot-form-lookups.ts';
import { LotViewController } from '../controllers/lot-view.ts';
import { LotEditController } from '../controllers/lot-view-edit.ts';
import { RecordData } from '../controllers/record-data.ts';
import type { Ledger, Lot } from '../core.ts';
import { emit } from '../events.ts';
import type { Resolved } from '../extensions/resolve.ts';
import { type OfferedTab, offeredTabs } from '../extensions/tabs.ts';
import type { AnyExtension } from '../extensions/types.ts';
import { button, Combobox, Dialog, liveRegion, Menu, progressLine, Tooltip } from '../primitives/index.ts';
import { baseStyles, facts, forms, table } from '../styles/index.ts';
import { heldNotice, heldText } from './held-notice.ts';
import { lotRecord } from './lot-fields.ts';
import { focusField, formParts, saveKey } from './lot-form-parts.ts';
import { placard, sourceState } from './lot-form-source.ts';
import { LotActs } from './lot-view-acts.ts';
import { conflictBanner, type EditParts, editTab } from './lot-view-edit.ts';
import { history } from './lot-view-history.ts';
import { locations } from './lot-view-locations.ts';
import { drawContext, lotFacts, lotTitle, overview, recallNotice } from './lot-view-parts.ts';
import { lotViewStyles } from './lot-view-styles.ts';
import { lotTabs, recordActs, tabPanel, tabRow } from './lot-view-tabs.ts';

/**
 * One lot: what it is, where it is, what was changed on it, and its edit. Named by `lot-id`, or by item and code.
 *
 * @example <lot-view item="MILK" code="202611011" tab="locations"></lot-view>
 *
 * @slot tab-<id> - the body of a tab that an extension has added; it is drawn while the tab is open
 * @csspart facts - names with their values
 * @fires lot-save - before an edit, a closing or a reopening is written; prevent it to write it yourself
 * @fires lot-saved - it was written
 * @fires lot-delete - before the lot is deleted; cancellable
 * @fires lot-deleted - it was
 * @fires lot-open - a posting is asked for
 * @fires lot-tab-change - another tab is shown
 * @fires lot-dirty-change - the edit has, or no longer has, something to lose
 */
export class LotView extends LotElement {
  static override properties: PropertyDeclarations = {
    lotId: { type: String, attribute: 'lot-id' },
    item: { type: String },
    code: { type: String },
    variant: { type: String },
    tab: { type: String },
    differing: { state: true },
  };

  static override styles: CSSResult[] = [...baseStyles, facts, forms, table, formParts, lotViewStyles];

  /** Id of the lot; else its item and code. */
  declare lotId: string;
  /** Code of its item, where the id is not known. */
  declare item: string;
  /** The lot's code. */
  declare code: string;
  /** Its variant, where the item has some. */
  declare variant: string;
  /** `view`, `edit`, `locations`, `history`, or the id of a tab that an extension has added. */
  declare tab: string;
  declare protected differing: boolean;

  readonly #view = new LotViewController({
    requests: this.requests,
    changed: () => this.#changed(),
    failed: (error) => this.report(error),
    arrived: (lot, today) => this.#edit.arrived(lot, today),
    listen: (listener) => this.listen(listener),
  });
  readonly #edit = new LotEditController({
    ledger: () => this.source,
    format: () => this.format,
    requests: this.requests,
    changed: () => this.#changed(),
    dirty: (dirty) => {
      this.mark('dirty', dirty);
      emit(this, 'lot-dirty-change', { dirty });
    },
    maySave: ({ id }, input, fields) =>
      emit(this, 'lot-save', { kind: 'lot', id, input, ...(fields === undefined ? {} : { fields }) }),
    source: { fields: () => this.#record.fields, data: (field, lot) => this.#data.of(field, lot) },
    saved: (lot) => {
      emit(this, 'lot-saved', { kind: 'lot', id: lot.id, code: lot.code });
      void this.#view.read();
    },
    refused: (error) => this.report(error),
  });
  readonly #dialog = new Dialog(this);
  readonly #acts = new LotActs({
    ledger: () => this.source,
    format: () => this.format,
    dialog: this.#dialog,
    say: (problem) => this.say(problem),
    may: (act, { id, code }) =>
      act === 'delete'
        ? emit(this, 'lot-delete', { kind: 'lot', id, code })
        : emit(this, 'lot-save', { kind: 'lot', id, input: { act } }),
    did: (act, { id, code }) => {
      emit(this, act === 'delete' ? 'lot-deleted' : 'lot-saved', { kind: 'lot', id, code });
      void this.#view.read();
    },
    refused: (error) => this.report(error),
  });
  readonly #suppliers = new Combobox(this, {
    load: async (text, signal) =>
      this.source
        ? partyOptions(this.source, 'supplier', { text, signal, host: this.lookupsOf('parties') })
        : [],
    pick: (option) => this.#edit.set('supplier', option?.value ?? ''),
    typed: (text) => this.#edit.set('supplier', text),
  });

  readonly #menu = new Menu(this, 'acts-menu', { align: 'end' });
  readonly #tooltip = new Tooltip(this);
  readonly #data = new RecordData<Lot>({
    requests: this.requests,
    ledger: () => this.source,
    locale: () => this.language,
    changed: () => this.#edit.fetched(),
    failed: (error) => this.report(error),
  });
  #builtIn: readonly AnyExtension[] = [];
  #lists: LotLists | undefined;
  #said = '';
  #parts: EditParts | undefined;

  constructor() {
    super();
    this.lotId = '';
    this.item = '';
    this.code = '';
    this.variant = '';
    this.tab = 'view';
    this.differing = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && this.source !== undefined) this.#view.connect(this.source);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view.disconnect();
  }

  protected override sourceChanged(now: Ledger | undefined): void {
    this.#view.connect(now);
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (['lotId', 'item', 'code', 'variant'].some((name) => changed.has(name))) {
      const { lotId, item, code, variant } = this;
      this.#view.show({ id: lotId, item, code, variant });
    }
    super.willUpdate(changed);
  }

  #changed(): void {
    const { phase } = this.#view;
    this.mark('loading', phase === 'loading');
    this.mark('error', phase === 'failed');
    this.mark('empty', this.source !== undefined && ['none', 'unknown', 'gone'].includes(phase));
    this.mark('busy', this.#edit.busy);
    this.mark('invalid', this.#edit.errors.length > 0);
    if (this.source !== undefined && phase !== 'loading') this.becomeReady();
    if (this.#edit.conflict === undefined) this.differing = false;
    this.requestUpdate();
  }

  /** Reads the lot again; what was typed stays. */
  override refresh(): Promise<void> {
    void this.#view.read();
    return this.settled;
  }

  /** What there is of a lot: built in, the provider's, this element's own. */
  get #record(): Resolved<Lot> {
    const { lists } = this.#view;
    if (this.#lists !== lists) {
      this.#lists = lists;
      const drawn = (draw: (parts: EditParts) => TemplateResult) => () =>
        this.#parts === undefined ? html`` : draw(this.#parts);
      const tabs = lotTabs({
        view: drawn(overview),
        edit: drawn(editTab),
        locations: drawn(locations),
        history: drawn(history),
        edits: () => !this.readonly && this.#mayEdit !== false,
        keeps: () => this.#view.answers('lots.history'),
        changes: () => (this.#view.moreHistory === undefined ? this.#view.history.length : undefined),
      });
      this.#builtIn = [
        lotRecord(lists, { tabs, actions: this.#acts.actions(() => this.#view.workflowOnly) }),
      ];
    }
    return this.resolved<Lot>('lot', this.#builtIn);
  }

  /** Whether roles let somebody edit this lot. */
  get #mayEdit() {
    const { lot } = this.#view;
    return lot === undefined ? false : this.may({ action: 'lot.edit', kind: 'lot', id: lot.id });
  }

  /** What roles lock or hide, each field by its own question. */
  #locked({ id }: Lot, fields: readonly LotFieldShape[]): ReadonlyMap<string, string | false> {
    const all = this.#mayEdit;
    return new Map(
      fields.flatMap(({ key }) => {
        const action = key === 'status' ? 'status.change' : 'lot.edit';
        const may = typeof all === 'string' ? '' : this.may({ action, kind: 'lot', id, field: key });
        return may === true ? [] : [[key, may] as const];
      }),
    );
  }

  get #tabs(): readonly OfferedTab<Lot>[] {
    const { lot } = this.#view;
    return lot === undefined ? [] : offeredTabs(this, this.#record.tabs, lot);
  }

  get #shownTab(): OfferedTab<Lot> | undefined {
    const all = this.#tabs;
    return all.find(({ tab }) => tab.id === this.tab) ?? all[0];
  }

  #select(tab: string): void {
    if (tab === this.#shownTab?.tab.id) return;
    this.tab = tab;
    emit(this, 'lot-tab-change', { tab });
  }

  #jump(path: string): void {
    focusField(this.renderRoot, path);
  }

  /** Focuses the tab that is shown. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[role="tab"][tabindex="0"]')?.focus();
  }

  async #save(): Promise<void> {
    if (this.#mayEdit !== true) return;
    await this.#edit.save();
    const [first] = this.#edit.errors;
    if (first !== undefined) void this.updateComplete.then(() => this.#jump(first.path));
  }

  readonly #key = (event: KeyboardEvent): void => {
    keepTyping(event);
    if (saveKey(event) !== 'once' || this.#shownTab?.tab.id !== 'edit' || this.#dialog.open) return;
    event.preventDefault();
    event.stopPropagation();
    // a date is read when its field changes, which a shortcut does not make it do
    (event.composedPath()[0] as HTMLElement).dispatchEvent(new Event('change', { bubbles: true }));
    void this.#save();
  };

  /** Everything the tabs draw with. */
  #partsOf(lot: Lot): EditParts {
    const { fields } = this.#record;
    const may = this.#mayEdit;
    return {
      view: this.#view,
      lot,
      format: this.format,
      fields,
      data: (field) => this.#data.of(field, lot),
      open: (kind, id, code) => emit(this, 'lot-open', { kind, id, code }),
      href: (ref) => this.href(ref),
      follow: (event, ref) => this.follow(event, ref),
      edit: this.#edit,
      locked: this.#locked(lot, fields),
      mayNot: may === true ? undefined : may || this.t('lotView.mayNotEdit'),
      supplier: this.#suppliers,
      shown: this.differing,
      toggle: () => {
        this.differing = !this.differing;
      },
      save: () => void this.#save(),
      jump: (path) => this.#jump(path),
      say: (each) => this.say(each),
    };
  }

  #actions(lot: Lot, ledger: Ledger): TemplateResult | typeof nothing {
    if (this.readonly) return nothing;
    return recordActs({
      actions: this.#record.actions,
      may: (act) => this.may({ ...act, kind: 'lot' }),
      menu: this.#menu,
      failed: (error) => this.report(error),
      context: {
        ledger,
        scope: 'record',
        records: [lot],
        element: this,
        format: this.format,
        refresh: () => this.refresh(),
        say: (text) => {
          this.#said = text;
          this.requestUpdate();
        },
      },
    });
  }

  #body(): TemplateResult {
    const view = this.#view;
    const { lot, phase, problem } = view;
    if (phase === 'none') return placard('empty', this.t('lotView.none'), this.t('lotView.noneText'));
    if (phase === 'unknown') {
      const text = this.t('lotView.unknownText', { code: view.named });
      return placard('empty', this.t('lotView.unknown'), text);
    }
    if (phase === 'gone') return placard('empty', this.t('lotView.gone'), this.t('lotView.goneText'));
    if (phase === 'failed' && problem !== undefined) {
      const retry = button({
        label: this.t('state.retry'),
        look: 'primary',
        icon: 'refresh',
        action: 'retry',
        press: () => void view.read(),
      });
      return placard('failed', this.t('lotView.failed'), this.say(problem), {
        code: problem.code,
        actions: retry,
      });
    }
    if (lot === undefined) {
      return html`<div class="state" aria-busy="true"><p>${this.t('lotView.reading')}</p></div>`;
    }
    const parts = this.#partsOf(lot);
    this.#parts = parts;
    const ledger = this.source;
    const shown = this.#shownTab;
    const name = this.t('lotView.tabs', { code: lot.code });
    const row = tabRow(this.#tabs, shown?.tab.id ?? '', name, this.format, (id) => this.#select(id));
    return html`${conflictBanner(parts)}${recallNotice(parts)}<div class="bar head" part="toolbar">${lotTitle(parts)}${
      ledger === undefined ? nothing : this.#actions(lot, ledger)
    }</div>
      ${lotFacts(parts)}${row}${tabPanel(this, shown, lot, drawContext(parts))}`;
  }

  protected override updated(changed: Map<string, unknown>): void {
    super.updated(changed);
    if (this.sourceState === 'failed') this.becomeReady();
    void this.#data.show(this.#view.lot, this.#record.loads);
  }

  protected override render(): TemplateResult {
    const open = this.sourceState === 'open';
    const body = open
      ? this.#body()
      : sourceState(this.sourceState, this.provided?.error, this.format, (problem) => this.say(problem));
    const held = this.provided?.held;
    const said = this.#edit.done === 'saved' ? this.t('lotView.saved') : this.#said;
    const label = this.#view.lot ? `${this.t('word.lot')} ${this.#view.lot.code}` : this.t('word.lot');
    return html`<section class="lot ${this.spacing}" part="base" dir=${this.direction} lang=${this.language}
      aria-label=${label} @keydown=${this.#key}>
      ${progressLine(this.#view.phase === 'loading' || this.#edit.busy)}${heldNotice(held, this.format)}${body}${this.#menu.template()}${this.#tooltip.template()}${this.#dialog.template()}${liveRegion(heldText(held, this.format) || said)}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lot-view': LotView;
  }
}
