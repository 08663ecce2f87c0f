/**
 * A new lot by hand: its item, its code (typed, or the next one of the item's code type), its dates and where
 * it came from. Everything the item decides is worked out by the ledger; what is shown before is a preview.
 */
import { type CSSResult, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { keepTyping, LotElement } from '../base.ts';
import { type After, LotFormController } from '../controllers/lot-form.ts';
import type { LotField } from '../controllers/lot-form-draft.ts';
import { itemOptions, type LotLists, partyOptions } from '../controllers/lot-form-lookups.ts';
import type { Ledger, Lot } from '../core.ts';
import { emit } from '../events.ts';
import { labelText, type Resolved } from '../extensions/resolve.ts';
import type { AnyExtension } from '../extensions/types.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { banner, button, Combobox, liveRegion, selectField, Tooltip } from '../primitives/index.ts';
import { baseStyles, facts, forms } from '../styles/index.ts';
import { heldNotice, heldText } from './held-notice.ts';
import { lotRecord } from './lot-fields.ts';
import { lotFieldsTemplate } from './lot-form-fields.ts';
import { busyButton, errorSummary, focusField, formParts, requiredHint, saveKey } from './lot-form-parts.ts';
import { sourceState } from './lot-form-source.ts';
import { type Ways, wayButton } from './record-link.ts';

/**
 * Creates a lot by hand, with its code, its dates and where it came from.
 *
 * @example <lot-form item="MILK"></lot-form>
 *
 * @fires lot-create - before it is written; prevent it to write it yourself
 * @fires lot-created - it was written
 * @fires lot-cancel - the form is to be left
 * @fires lot-dirty-change - something was typed, or nothing is left to lose
 */
export class LotForm extends LotElement {
  static override properties: PropertyDeclarations = {
    item: { type: String },
    variant: { type: String },
  };

  static override styles: CSSResult[] = [...baseStyles, facts, forms, formParts];

  /** Code of the item, when the host knows it. */
  declare item: string;
  /** The item's variant, when the host knows it. */
  declare variant: string;

  readonly #form = new LotFormController({
    ledger: () => this.source,
    format: () => this.format,
    requests: this.requests,
    changed: () => this.#changed(),
    dirty: (dirty) => {
      this.mark('dirty', dirty);
      emit(this, 'lot-dirty-change', { dirty });
    },
    fields: () => this.#record.fields,
    mayCreate: (input, fields) =>
      emit(this, 'lot-create', { kind: 'lot', input, ...(fields === undefined ? {} : { fields }) }),
    created: (lot, after) => {
      emit(this, 'lot-created', { kind: 'lot', id: lot.id, code: lot.code });
      this.#focusSoon(after === 'again' ? 'code' : 'item');
    },
    refused: (error) => this.report(error),
  });
  readonly #items = new Combobox(this, {
    load: async (text, signal) => {
      const why = this.t('lotForm.noLots');
      const search = { text, signal, host: this.lookupsOf('items') };
      return this.source ? itemOptions(this.source, search, (item) => (item.lots ? undefined : why)) : [];
    },
    pick: (option) => this.#form.chooseItem(option?.value ?? ''),
    typed: (text) => this.#form.chooseItem(text),
  });
  readonly #tooltip = new Tooltip(this);
  readonly #suppliers = new Combobox(this, {
    load: async (text, signal) =>
      this.source
        ? partyOptions(this.source, 'supplier', { text, signal, host: this.lookupsOf('parties') })
        : [],
    pick: (option) => this.#form.set('supplier', option?.value ?? ''),
    typed: (text) => this.#form.set('supplier', text),
  });

  #builtIn: readonly AnyExtension[] = [];
  #lists: LotLists | undefined;

  constructor() {
    super();
    this.item = '';
    this.variant = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#form.stop();
  }

  protected override sourceChanged(now: Ledger | undefined): void {
    if (now === undefined) return;
    this.#form
      .begin(now)
      .catch((error) => {
        this.#form.problem = this.report(error);
        this.requestUpdate();
      })
      .finally(() => this.becomeReady());
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('item') || changed.has('variant')) this.#form.chooseItem(this.item, this.variant);
    super.willUpdate(changed);
  }

  #changed(): void {
    const form = this.#form;
    this.mark('invalid', form.errors.length > 0 || form.problem !== undefined);
    this.mark('busy', form.busy !== undefined);
    this.requestUpdate();
  }

  protected override updated(changed: Map<string, unknown>): void {
    super.updated(changed);
    if (this.sourceState === 'failed') this.becomeReady();
  }

  /** The fields of a lot: built in, the provider's, this element's own. */
  get #record(): Resolved<Lot> {
    const { lists } = this.#form;
    if (this.#lists !== lists) {
      this.#lists = lists;
      this.#builtIn = [lotRecord(lists)];
    }
    return this.resolved<Lot>('lot', this.#builtIn);
  }

  /** Waits for the preview too. */
  override get settled(): Promise<void> {
    const before = super.settled;
    return before.then(() => this.#form.idle()).then(() => super.settled);
  }

  /** Empties the form. */
  reset(): void {
    this.#form.chooseItem('');
    this.#form.restart();
    this.#form.made = undefined;
  }

  async #create(after: After): Promise<void> {
    if (this.readonly || this.#mayNot !== undefined) return;
    await this.#form.create(after);
    const [first] = this.#form.errors;
    if (first !== undefined) this.#focusSoon(first.path);
  }

  #jump(path: string): void {
    focusField(this.renderRoot, path);
  }

  #focusSoon(path: string): void {
    void this.updateComplete.then(() => this.#jump(path));
  }

  /** Focuses the first field, or the first that needs attention. */
  override focus(): void {
    this.#jump(this.#form.errors[0]?.path ?? (this.#form.itemCode === '' ? 'item' : 'code'));
  }

  readonly #cancel = (): void => void emit(this, 'lot-cancel', { kind: 'lot' });

  readonly #key = (event: KeyboardEvent): void => {
    keepTyping(event);
    const save = saveKey(event);
    if (save !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      // a date is read when its field changes, which a shortcut does not make it do
      (event.composedPath()[0] as HTMLElement).dispatchEvent(new Event('change', { bubbles: true }));
      void this.#create(save);
    } else if (event.key === 'Escape' && !event.defaultPrevented) this.#cancel();
  };

  #label(path: string): string {
    const field = this.#record.fields.find(({ key }) => key === path);
    if (field !== undefined) return labelText(field.label, this.format);
    const key = path === 'code' ? 'lotForm.code' : `word.${path.split(/[.[]/)[0]}`;
    return this.format.has(key) ? this.t(key) : '';
  }

  #variantField(error: string | undefined): unknown {
    const variants = this.#form.item?.variants ?? [];
    if (variants.length === 0) return nothing;
    return selectField({
      id: 'f-variant',
      look: 'w1',
      field: 'variant',
      label: this.t('word.variant'),
      required: true,
      value: this.#form.variant,
      error,
      choices: [
        { value: '', label: this.t('field.choose') },
        ...variants.map(({ code, description }) => ({
          value: code,
          label: description ? `${code} ${description}` : code,
        })),
      ],
      input: (value) => this.#form.chooseItem(this.#form.itemCode, value),
    });
  }

  #fields(): TemplateResult {
    const { item, itemCode, draft, today, preview } = this.#form;
    const { nextCode, codeType, expiry } = preview;
    const errors = new Map(this.#form.errors.map(({ path, sentence }) => [path, sentence]));
    const typed = draft.texts.code !== '';
    const { format } = this;
    const chosen = this.#items.template(
      {
        id: 'f-item',
        field: 'item',
        label: this.t('word.item'),
        required: true,
        value: itemCode,
        error: errors.get('item'),
        readonly: this.#mayNot !== undefined,
        help: item?.description ?? undefined,
      },
      format,
    );
    const needsCode = item !== undefined && codeType === undefined;
    const needsExpiry = item?.lots?.expiryRequired && expiry === undefined;
    return lotFieldsTemplate({
      draft,
      set: (name, value) => this.#form.set(name, value),
      format,
      today,
      fields: this.#record.fields,
      extras: this.#form.extras,
      setExtra: (key, text) => this.#form.setExtra(key, text),
      locked: this.#locked(),
      supplier: this.#suppliers,
      errors,
      required: new Set<LotField>([
        ...(needsCode ? (['code'] as const) : []),
        ...(needsExpiry ? (['expiryDate'] as const) : []),
      ]),
      fixed: new Set<LotField>(this.#form.workflowOnly ? ['status'] : []),
      before: html`${chosen}${this.#variantField(errors.get('variant'))}`,
      codeEnd: typed && codeType !== undefined ? this.#generate() : nothing,
      placeholders: {
        ...(nextCode ? { code: nextCode } : {}),
        ...(today ? { startDate: format.date(today) } : {}),
        ...(expiry ? { expiryDate: format.date(expiry) } : {}),
        supplierLot: this.t('lotForm.vendorLotHint'),
      },
      help: this.#help(),
      noStatus: item?.lots?.initialStatus ?? this.t('badge.released'),
    });
  }

  /** What the host's roles lock or hide, each field by its own question. */
  #locked(): ReadonlyMap<string, string | false> {
    const all = this.#mayNot;
    return new Map(
      this.#record.fields.flatMap(({ key }) => {
        // said once, below
        if (all !== undefined) return [[key, ''] as const];
        const may = this.may({ action: 'lot.create', kind: 'lot', field: key });
        return may === true ? [] : [[key, may] as const];
      }),
    );
  }

  /** Whether lots may be created: yes, or why not. */
  get #mayNot(): string | undefined {
    const may = this.may({ action: 'lot.create', kind: 'lot' });
    return may === true ? undefined : may || this.t('lotForm.mayNot');
  }

  #help(): Partial<Record<LotField, string>> {
    const { item, draft, preview } = this.#form;
    const { nextCode, codeType, codeProblem, expiry } = preview;
    const days = item?.lots?.shelfLifeDays;
    const help: Partial<Record<LotField, string>> = {};
    if (draft.texts.code !== '' && codeType) help.code = this.t('lotForm.codeTyped', { type: codeType });
    else if (codeProblem) help.code = this.say(codeProblem);
    else if (codeType && nextCode) help.code = this.t('lotForm.codeNext', { type: codeType });
    if (this.#form.workflowOnly) help.status = this.format.problem('workflow.required');
    if (expiry && days) help.expiryDate = this.t('lotForm.shelfLife', { n: days });
    if (draft.dates.startDate.value === '') help.startDate = this.t('lotForm.startToday');
    return help;
  }

  #generate(): TemplateResult {
    return button({
      label: this.t('lotForm.generate'),
      icon: 'refresh',
      iconOnly: true,
      look: 'quiet',
      action: 'generate',
      press: () => {
        this.#form.set('code', '');
        this.#jump('code');
      },
    });
  }

  #acts(): TemplateResult {
    const { busy } = this.#form;
    const mayNot = this.#mayNot;
    const act = (after: After, label: MessageKey, action: string, key: string) =>
      busyButton({
        label: this.t(label),
        working: this.t('action.creating'),
        busy: busy === after,
        disabled: mayNot !== undefined || (busy !== undefined && busy !== after),
        tip: mayNot,
        press: () => void this.#create(after),
        primary: after === 'once',
        action,
        key,
      });
    const cancel = button({
      label: this.t('action.cancel'),
      look: 'quiet',
      action: 'cancel',
      press: this.#cancel,
    });
    return html`<div class="acts">${
      this.readonly
        ? nothing
        : [
            act('once', 'action.create', 'create', 'Ctrl S'),
            act('again', 'action.createAnother', 'create-another', 'Ctrl ⇧ S'),
          ]
    }${cancel}${
      mayNot === undefined
        ? requiredHint(this.format)
        : html`<span class="help" data-field="locked">${mayNot}</span>`
    }</div>`;
  }

  get #ways(): Ways {
    return {
      href: (ref) => this.href(ref),
      follow: (event, ref) => this.follow(event, ref),
      open: (kind, id, code) => emit(this, 'lot-open', { kind, id, code }),
    };
  }

  #notices(): TemplateResult {
    const { errors, problem, made } = this.#form;
    const lines = errors.map((error) => ({ ...error, label: this.#label(error.path) }));
    const title = this.t('field.errors', { n: lines.length });
    const refused =
      problem && banner({ severity: 'danger', title: this.t('lotForm.notCreated'), text: this.say(problem) });
    const done =
      made &&
      banner({
        severity: 'ok',
        title: this.t('lotForm.created', { code: made.code }),
        actions: wayButton(this.#ways, { kind: 'lot', ...made }, this.t('action.openLot'), 'open-lot'),
      });
    return html`${errorSummary(lines, title, (path) => this.#jump(path))}${refused ?? nothing}${done ?? nothing}`;
  }

  protected override render(): TemplateResult {
    const { dirty, busy, made } = this.#form;
    const held = this.provided?.held;
    const said = made ? this.t('lotForm.created', { code: made.code }) : '';
    const unsaved = dirty ? html`<span class="count">${this.t('form.unsaved')}</span>` : nothing;
    const body =
      this.sourceState === 'open'
        ? html`<div class="bar"><h2 class="title">${this.t('lots.new')}</h2>${unsaved}</div>${this.#notices()}
            ${this.#fields()}${this.#acts()}`
        : sourceState(this.sourceState, this.provided?.error, this.format, (problem) => this.say(problem));
    return html`<div class="lot ${this.spacing}" part="base" dir=${this.direction} lang=${this.language}
      role="form" aria-label=${this.t('lots.new')} aria-busy=${busy !== undefined} @keydown=${this.#key}>
      ${heldNotice(held, this.format)}${body}${this.#tooltip.template()}${liveRegion(heldText(held, this.format) || said)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lot-form': LotForm;
  }
}
