/**
 * One lot: what it is and has, where it is, what was changed on it; and its edit, which survives whatever
 * happens to the lot meanwhile.
 */
import { type CSSResult, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { keepTyping, LotElement } from '../base.ts';
import { partyOptions } from '../controllers/lot-form-lookups.ts';
import { LotViewController } from '../controllers/lot-view.ts';
import { LotEditController } from '../controllers/lot-view-edit.ts';
import type { Ledger } from '../core.ts';
import { emit } from '../events.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { button, Combobox, Dialog, liveRegion, progressLine, type Tab, tabs } from '../primitives/index.ts';
import { baseStyles, facts, forms, table } from '../styles/index.ts';
import { formParts, saveKey } from './lot-form-parts.ts';
import { placard, sourceState } from './lot-form-source.ts';
import { LotActs } from './lot-view-acts.ts';
import { conflictBanner, type EditParts, editTab } from './lot-view-edit.ts';
import { history } from './lot-view-history.ts';
import { locations } from './lot-view-locations.ts';
import { type LotParts, lotFacts, lotTitle, overview, recallNotice } from './lot-view-parts.ts';
import { lotViewStyles } from './lot-view-styles.ts';

const tabNames = ['view', 'edit', 'locations', 'history'] as const;
type TabName = (typeof tabNames)[number];

/**
 * `<lot-view item="MILK" code="202611011" tab="locations"></lot-view>`, or with `lot-id`.
 *
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
  declare item: string;
  declare code: string;
  declare variant: string;
  /** `view`, `edit`, `locations` or `history`. */
  declare tab: string;
  declare protected differing: boolean;

  readonly #view = new LotViewController({
    requests: this.requests,
    changed: () => this.#changed(),
    failed: (error) => this.report(error),
    arrived: (lot) => this.#edit.arrived(lot),
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
    maySave: (lot, input) => emit(this, 'lot-save', { kind: 'lot', id: lot.id, input }),
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
    load: async (search) => (this.source ? partyOptions(this.source, 'supplier', search) : []),
    pick: (option) => this.#edit.set('supplier', option?.value ?? ''),
    typed: (text) => this.#edit.set('supplier', text),
  });

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
    this.mark('empty', phase === 'none' || phase === 'gone');
    this.mark('busy', this.#edit.busy);
    this.mark('invalid', this.#edit.errors.length > 0);
    if (phase === 'ready' || phase === 'failed') this.becomeReady();
    if (this.#edit.conflict === undefined) this.differing = false;
    this.requestUpdate();
  }

  /** Reads the lot again; what was typed stays. */
  override refresh(): Promise<void> {
    void this.#view.read();
    return this.settled;
  }

  get #shownTab(): TabName {
    const known = tabNames.find((name) => name === this.tab) ?? 'view';
    return known === 'edit' && this.readonly ? 'view' : known;
  }

  #select(tab: string): void {
    if (tab === this.#shownTab) return;
    this.tab = tab;
    emit(this, 'lot-tab-change', { tab });
  }

  #jump(path: string): void {
    this.renderRoot.querySelector<HTMLElement>(`#f-${path.split(/[.[]/)[0]}`)?.focus();
  }

  /** Focuses the tab that is shown. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[role="tab"][tabindex="0"]')?.focus();
  }

  async #save(): Promise<void> {
    await this.#edit.save(this.#view.today);
    const [first] = this.#edit.errors;
    if (first !== undefined) void this.updateComplete.then(() => this.#jump(first.path));
  }

  readonly #key = (event: KeyboardEvent): void => {
    keepTyping(event);
    if (saveKey(event) !== 'once' || this.#shownTab !== 'edit' || this.#dialog.open) return;
    event.preventDefault();
    event.stopPropagation();
    // a date is read when its field changes, which a shortcut does not make it do
    (event.composedPath()[0] as HTMLElement).dispatchEvent(new Event('change', { bubbles: true }));
    void this.#save();
  };

  #tabs(parts: LotParts): TemplateResult {
    const { lot, view } = parts;
    const counts: Partial<Record<TabName, string>> = {
      locations: this.format.number(lot.stock.length),
      ...(view.moreHistory === undefined ? { history: this.format.number(view.history.length) } : {}),
    };
    const all: Tab[] = tabNames
      .filter((name) => name !== 'edit' || !this.readonly)
      .map((id) => ({ id, label: this.t(`lotView.${id}` as MessageKey), count: counts[id] }));
    return tabs('t', this.t('lotView.tabs', { code: lot.code }), all, this.#shownTab, (id) =>
      this.#select(id),
    );
  }

  #panel(parts: EditParts): TemplateResult {
    const tab = this.#shownTab;
    const bodies: Record<TabName, () => TemplateResult> = {
      view: () => overview(parts),
      edit: () => editTab(parts),
      locations: () => locations(parts),
      history: () => history(parts),
    };
    return html`<div class="panel" role="tabpanel" id="t-panel-${tab}" aria-labelledby="t-tab-${tab}" tabindex="0">
      ${bodies[tab]()}</div>`;
  }

  #body(): TemplateResult {
    const view = this.#view;
    const { lot, phase, problem } = view;
    if (phase === 'none') return placard('empty', this.t('lotView.none'), this.t('lotView.noneText'));
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
    const parts: EditParts = {
      view,
      lot,
      format: this.format,
      open: (kind, id, code) => emit(this, 'lot-open', { kind, id, code }),
      edit: this.#edit,
      supplier: this.#suppliers,
      shown: this.differing,
      toggle: () => {
        this.differing = !this.differing;
      },
      save: () => void this.#save(),
      jump: (path) => this.#jump(path),
      say: (each) => this.say(each),
    };
    const acts = this.readonly
      ? nothing
      : html`<div class="acts2">${this.#acts.buttons(lot, view.workflowOnly)}</div>`;
    return html`${conflictBanner(parts)}${recallNotice(parts)}<div class="bar head" part="toolbar">${lotTitle(parts)}${acts}</div>
      ${lotFacts(parts)}${this.#tabs(parts)}${this.#panel(parts)}`;
  }

  protected override render(): TemplateResult {
    const open = this.sourceState === 'open';
    const body = open
      ? this.#body()
      : sourceState(this.sourceState, this.provided?.error, this.format, (problem) => this.say(problem));
    const said = this.#edit.done === 'saved' ? this.t('lotView.saved') : '';
    const label = this.#view.lot ? `${this.t('word.lot')} ${this.#view.lot.code}` : this.t('word.lot');
    return html`<section class="lot ${this.spacing}" part="base" dir=${this.direction} lang=${this.language}
      aria-label=${label} @keydown=${this.#key}>
      ${progressLine(this.#view.phase === 'loading' || this.#edit.busy)}${body}${this.#dialog.template()}${liveRegion(said)}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lot-view': LotView;
  }
}
