/**
 * A load or an unload, keyboard first: header, lines, the lots and serials of each, what the ledger says of it
 * before anything is written, and one verb. Nothing typed is lost to an error.
 */
import { type CSSResult, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { keepTyping, LotElement } from '../base.ts';
import { itemOptions, partyOptions } from '../controllers/lot-form-lookups.ts';
import { PostingFormController } from '../controllers/posting-form.ts';
import { emptyRow, type LineDraft } from '../controllers/posting-form-draft.ts';
import { withRows } from '../controllers/posting-form-edits.ts';
import type { Ledger, Posting } from '../core.ts';
import { emit } from '../events.ts';
import type { Resolved } from '../extensions/resolve.ts';
import type { AnyExtension } from '../extensions/types.ts';
import { Combobox, Dialog, liveRegion, progressLine, Tooltip } from '../primitives/index.ts';
import { baseStyles, facts, forms, table } from '../styles/index.ts';
import { heldNotice, heldText } from './held-notice.ts';
import { formParts, saveKey } from './lot-form-parts.ts';
import { sourceState } from './lot-form-source.ts';
import { placeOptions } from './posting-form-counterpart.ts';
import { postingRecord } from './posting-form-fields.ts';
import { header } from './posting-form-header.ts';
import { linesGrid } from './posting-form-lines.ts';
import { lotsPanel } from './posting-form-lots.ts';
import { numberOf, type PostingParts, typedAs } from './posting-form-parts.ts';
import { lotOptions, nextCode } from './posting-form-pick.ts';
import { sayOfPosting } from './posting-form-say.ts';
import { serialsPanel } from './posting-form-serials.ts';
import { postingFormStyles } from './posting-form-styles.ts';
import { foot, missingText, notices, onPosting, postingActs } from './posting-form-summary.ts';
import { postingFormSummaryStyles } from './posting-form-summary-styles.ts';

/**
 * A load, an unload, a transfer or a production, with the lots and serials of each line.
 *
 * @example <posting-form warehouse="MAIN" template="UNL"></posting-form>
 *
 * @fires lot-post - before it is posted, with the posting as the ledger takes it; prevent it to post it yourself
 * @fires lot-posted - it was
 * @fires lot-cancel - the form is to be left
 * @fires lot-open - the posting that was made is asked for
 * @fires lot-dirty-change - there is, or no longer is, something to lose
 */
export class PostingForm extends LotElement {
  static override properties: PropertyDeclarations = {
    warehouse: { type: String },
    template: { type: String },
  };

  static override styles: CSSResult[] = [
    ...baseStyles,
    facts,
    forms,
    table,
    formParts,
    postingFormStyles,
    postingFormSummaryStyles,
  ];

  /** Code of the warehouse to begin with. */
  declare warehouse: string;
  /** Code of the template to begin with. */
  declare template: string;

  #unsubscribe: (() => void) | undefined;
  readonly #form = new PostingFormController({
    ledger: () => this.source,
    format: () => this.format,
    requests: this.requests,
    changed: () => this.#changed(),
    dirty: (dirty) => {
      this.mark('dirty', dirty);
      emit(this, 'lot-dirty-change', { dirty });
    },
    fields: () => this.#record.fields,
    mayPost: (input, fields) =>
      emit(this, 'lot-post', { kind: 'posting', input, ...(fields === undefined ? {} : { fields }) }),
    posted: ({ id, numberText }) => {
      this.#told = '';
      emit(this, 'lot-posted', { kind: 'posting', id, code: numberText });
      this.#focus('new-item');
    },
    refused: (error) => this.report(error),
  });
  readonly #dialog = new Dialog(this);
  readonly #tooltip = new Tooltip(this);
  #builtIn: readonly AnyExtension[] = [];
  #terms = '';
  #told = '';
  readonly #items = new Combobox(this, {
    load: async (text, signal) =>
      this.source ? itemOptions(this.source, { text, signal, host: this.lookupsOf('items') }) : [],
    pick: (option) => option && void this.#addItem(option.value),
    typed: (text) => void this.#addItem(text),
  });
  readonly #parties = new Combobox(this, {
    load: async (text, signal) => {
      const search = { text, signal, host: this.lookupsOf('parties') };
      return this.source ? partyOptions(this.source, this.#form.draft.header.partyKind, search) : [];
    },
    pick: (option) => this.#form.setHeader({ partyCode: option?.value ?? '', partyName: option?.sub ?? '' }),
    typed: (text) => this.#form.setHeader({ partyCode: text }),
  });
  readonly #places = new Combobox(this, {
    load: async (search) => placeOptions(this.#form.beside.side, search, this.format),
    pick: (option) => this.#form.setHeader({ counterpartLocation: option?.value ?? '' }),
    typed: (text) => this.#form.setHeader({ counterpartLocation: text }),
  });
  readonly #others = new Combobox(this, {
    load: (search) => lotOptions(this.source, this.#form, search, this.format),
    pick: (option) => option && this.#takeOther(option.value),
    typed: (text) => this.#takeOther(text),
  });

  constructor() {
    super();
    this.warehouse = '';
    this.template = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && this.source !== undefined) this.#hear();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#form.questions.stop();
  }

  #hear(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.listen(() => this.#form.questions.outdated());
  }

  protected override sourceChanged(now: Ledger | undefined): void {
    this.#unsubscribe?.();
    if (now === undefined) return;
    this.#hear();
    const { warehouse, template } = this;
    this.#form
      .begin(now, { warehouse, template })
      .catch((error) => this.report(error))
      .finally(() => this.becomeReady());
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    super.willUpdate(changed);
    if (this.hasUpdated && (changed.has('warehouse') || changed.has('template'))) {
      void this.#form.chooseWarehouse(this.warehouse, this.template);
    }
  }

  #changed(): void {
    const form = this.#form;
    this.mark('busy', form.busy);
    this.mark('invalid', form.refusal !== undefined || form.questions.preview.refusals.size > 0);
    this.requestUpdate();
  }

  protected override updated(changed: Map<string, unknown>): void {
    super.updated(changed);
    if (this.sourceState === 'failed') this.becomeReady();
  }

  /** Waits for the questions to the ledger too. */
  override get settled(): Promise<void> {
    const before = super.settled;
    return before.then(() => this.#form.questions.idle()).then(() => super.settled);
  }

  /** The fields and actions of a posting: built in, the provider's, this element's own. */
  get #record(): Resolved<Posting> {
    const { partyKind } = this.#form.draft.header;
    const side = this.#form.beside.side?.kind;
    const terms = `${partyKind} ${side}`;
    if (terms !== this.#terms) {
      this.#terms = terms;
      this.#builtIn = [postingRecord({ partyKind, side })];
    }
    return this.resolved<Posting>('posting', this.#builtIn);
  }

  /** Whether postings may be made: yes, or why not. */
  get #mayNot(): string | undefined {
    const may = this.may({ action: 'posting.post', kind: 'posting' });
    return may === true ? undefined : may || this.t('postingForm.mayNot');
  }

  /** What roles lock or hide, each field by its own question. */
  #locked(): ReadonlyMap<string, string | false> {
    const all = this.readonly || this.#mayNot !== undefined;
    return new Map(
      this.#record.fields.flatMap(({ key }) => {
        // said once, below
        if (all) return [[key, ''] as const];
        const may = this.may({ action: 'posting.post', kind: 'posting', field: key });
        return may === true ? [] : [[key, may] as const];
      }),
    );
  }

  /** Empties the form. */
  reset(): void {
    this.#form.reset();
  }

  async #addItem(code: string): Promise<void> {
    const key = await this.#form.addItem(code).catch((error) => void this.report(error));
    if (key !== undefined) this.#focus(`l${key}-quantity`);
  }

  #takeOther(value: string): void {
    const { line } = this.#form;
    const [code = '', location = ''] = value.split('\n');
    if (line === undefined || code === '') return;
    this.#form.setLine(line.key, (now) => withRows(now, [emptyRow({ code, location })]));
  }

  /** A row with the next code for what is not in lots yet. */
  async #proposeRest(line: LineDraft): Promise<void> {
    const rest = this.#form.status(line).lotMeter?.remaining ?? '0';
    const code = await nextCode(this.source, this.#form, line);
    const row = emptyRow({ code, quantity: typedAs(rest, this.format) });
    this.#form.setLine(line.key, (now) => withRows(now, [row]));
    this.#focus(`r${row.key}-code`);
  }

  #focus(id: string): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus(),
    );
  }

  /** Focuses what comes next: a header field that is missing, else the entry of an item. */
  override focus(): void {
    const [missing] = this.#form.missing().fields.filter((field) => field !== 'lines');
    const id = missing === 'document' ? 'documentNumber' : missing;
    this.#focus(id === undefined ? 'new-item' : `h-${id}`);
  }

  async #post(): Promise<void> {
    if (this.readonly || this.#mayNot !== undefined) return;
    // what was just typed is looked at first
    await this.#form.questions.idle();
    await this.#form.post();
    const { fields, lines } = this.#form.missing();
    const [field] = fields;
    const [line] = lines;
    if (this.#form.posted !== undefined) return;
    const [wrong] = this.#form.extras.problems().keys();
    if (field !== undefined)
      this.#focus(field === 'lines' ? 'new-item' : `h-${field === 'document' ? 'documentNumber' : field}`);
    else if (line !== undefined) {
      this.#form.select(line);
      this.#focus(`l${line}-quantity`);
    } else if (wrong !== undefined) this.#focus(`h-${wrong}`);
  }

  readonly #cancel = (): void => void emit(this, 'lot-cancel', { kind: 'posting' });

  readonly #key = (event: KeyboardEvent): void => {
    keepTyping(event);
    if (this.#dialog.open) return;
    if (saveKey(event) === 'once') {
      event.preventDefault();
      event.stopPropagation();
      // a date is read when its field changes, which a shortcut does not make it do
      (event.composedPath()[0] as HTMLElement).dispatchEvent(new Event('change', { bubbles: true }));
      void this.#post();
    } else if (event.key === 'Escape' && !event.defaultPrevented) this.#cancel();
  };

  get #parts(): PostingParts {
    const form = this.#form;
    const { format } = this;
    const date = form.draft.header.date.value || form.today;
    return {
      form,
      format,
      readonly: this.readonly || this.#mayNot !== undefined,
      mayNot: this.readonly ? undefined : this.#mayNot,
      fields: this.#record.fields,
      locked: this.#locked(),
      href: (ref) => this.href(ref),
      follow: (event, ref) => this.follow(event, ref),
      actions: (posting) => this.#actions(posting),
      say: (problem, line) => sayOfPosting(problem, line, { date, format }),
      open: (kind, id, code) => emit(this, 'lot-open', { kind, id, code }),
      focus: (id) => this.#focus(id),
    };
  }

  /** What a host offers to do with the posting that was just made, as to print its labels. */
  #actions(posting: Posting): unknown {
    const ledger = this.source;
    if (ledger === undefined) return nothing;
    return postingActs({
      actions: this.#record.actions,
      may: (act) => this.may({ ...act, kind: 'posting' }),
      failed: (error) => this.report(error),
      context: {
        ledger,
        scope: 'record',
        records: [posting],
        element: this,
        format: this.format,
        refresh: () => this.refresh(),
        say: (text) => {
          this.#told = text;
          this.requestUpdate();
        },
      },
    });
  }

  #panels(parts: PostingParts): TemplateResult {
    const { line } = this.#form;
    const summary = onPosting(parts);
    if (line === undefined) return html`<div class="split">${summary}</div>`;
    const status = this.#form.status(line);
    const lots =
      status.lots && status.lotMeter !== undefined
        ? lotsPanel(line, status, parts, {
            other: this.#others,
            dialog: this.#dialog,
            proposeRest: (now) => void this.#proposeRest(now),
          })
        : nothing;
    const plain =
      status.lots || status.serials
        ? nothing
        : html`<section class="sec"><h3 class="heading">${this.t('postingForm.plainFor', {
            n: numberOf(line, this.#form),
          })}<span class="muted">${line.item.code}</span></h3><p class="muted plain-line">${this.t('postingForm.untracked')}</p></section>`;
    const serials = status.serials
      ? html`<div class="side">${serialsPanel(line, status, parts)}</div>`
      : nothing;
    return html`<div class="split ${status.serials ? 'two' : ''}"><div class="main">${lots}${plain}${summary}</div>${serials}</div>`;
  }

  #title(): string {
    const { template, beside } = this.#form;
    const { side } = beside;
    if (template === undefined) return this.t('postingForm.new');
    if (side !== undefined)
      return this.t(side.kind === 'transfer' ? 'postingForm.newTransfer' : 'postingForm.newProduction');
    return this.t(template.type === 'load' ? 'postingForm.newLoad' : 'postingForm.newUnload');
  }

  #body(): TemplateResult {
    const parts = this.#parts;
    const acts = { post: () => void this.#post(), cancel: this.#cancel };
    return html`<div class="bar"><h2 class="title">${this.#title()}</h2><span class="count">${this.t('postingForm.draft')}</span></div>
      ${notices(parts, acts.post)}${header(parts, this.#parties, this.#places)}<fieldset class="whole" role="presentation"
        ?disabled=${parts.readonly}>${linesGrid(parts, this.#items)}${this.#panels(parts)}</fieldset>${foot(parts, acts)}`;
  }

  #said(): string {
    const { posted, refusal, asked } = this.#form;
    const parts = this.#parts;
    if (posted !== undefined)
      return this.#told || this.t('postingForm.posted', { number: posted.numberText });
    if (refusal !== undefined) return this.t('postingForm.notPosted');
    return asked ? missingText(parts) : '';
  }

  protected override render(): TemplateResult {
    const open = this.sourceState === 'open';
    const body = open
      ? this.#body()
      : sourceState(this.sourceState, this.provided?.error, this.format, (problem) => this.say(problem));
    const busy = this.#form.busy;
    const held = this.provided?.held;
    const said = heldText(held, this.format) || (open ? this.#said() : '');
    return html`<div class="lot ${this.spacing}" part="base" dir=${this.direction} lang=${this.language} role="form"
      aria-label=${this.#title()} aria-busy=${busy} @keydown=${this.#key}>
      ${progressLine(busy)}${heldNotice(held, this.format)}${body}${this.#dialog.template()}${this.#tooltip.template()}${liveRegion(said)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'posting-form': PostingForm;
  }
}
