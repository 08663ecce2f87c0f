/** The fields of a lot, in the groups a clerk thinks in; the same for a new lot and for an edit. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DateField, LotDraft, LotField, TextField } from '../controllers/lot-form-draft.ts';
import { choicesOf, type LotLists } from '../controllers/lot-form-lookups.ts';
import type { Format } from '../i18n/format.ts';
import {
  areaField,
  type Combobox,
  checkField,
  type DateState,
  dateField,
  type FieldOptions,
  selectField,
  textField,
} from '../primitives/index.ts';

export interface LotFieldsOptions {
  readonly draft: LotDraft;
  readonly set: (name: LotField, value: string | boolean | DateState) => void;
  readonly format: Format;
  readonly today: string;
  readonly lists: LotLists;
  readonly supplier: Combobox;
  /** Sentences by field. */
  readonly errors: ReadonlyMap<string, string>;
  /** Sentences under fields that are fine. */
  readonly help: Partial<Record<LotField, string>>;
  readonly placeholders: Partial<Record<LotField, string>>;
  readonly required: ReadonlySet<LotField>;
  readonly fixed: ReadonlySet<LotField>;
  /** Fields before the code, as the item. */
  readonly before?: unknown;
  /** A button in the code's box. */
  readonly codeEnd?: unknown;
  readonly noStatus: string;
}

const limits: Partial<Record<TextField, number>> = {
  code: 50,
  reference: 50,
  supplier: 50,
  supplierLot: 50,
  labelType: 50,
};

class Fields {
  readonly o: LotFieldsOptions;

  constructor(o: LotFieldsOptions) {
    this.o = o;
  }

  options(name: LotField, more: Partial<FieldOptions> = {}): FieldOptions {
    const { o } = this;
    const placeholder = o.placeholders[name];
    return {
      id: `f-${name}`,
      field: name,
      label: o.format.text(name === 'code' ? 'lotForm.code' : (`word.${name}` as 'word.expiryDate')),
      look: 'w1',
      required: o.required.has(name) && !o.fixed.has(name),
      readonly: o.fixed.has(name),
      help: o.help[name],
      error: o.errors.get(name),
      ...(placeholder === undefined ? {} : { placeholder }),
      ...more,
    };
  }

  text(name: TextField, more: Partial<FieldOptions> = {}): TemplateResult {
    const { draft, set } = this.o;
    const maxLength = limits[name];
    return textField({
      ...this.options(name, more),
      value: draft.texts[name],
      input: (value) => set(name, value),
      ...(maxLength === undefined ? {} : { maxLength }),
    });
  }

  date(name: DateField): TemplateResult {
    const { draft, set, today, format } = this.o;
    return dateField(
      { ...this.options(name), state: draft.dates[name], today, set: (state) => set(name, state) },
      format,
    );
  }

  select(
    name: 'status' | 'grade' | 'lotType',
    records: LotLists[keyof LotLists],
    none: string,
  ): TemplateResult {
    const { draft, set } = this.o;
    const value = draft.texts[name];
    const known = value === '' || records.some((each) => each.code === value);
    const choices = choicesOf(known ? records : [...records, { code: value, description: null }], none);
    return selectField({ ...this.options(name), value, choices, input: (chosen) => set(name, chosen) });
  }
}

/** The groups of fields; put them into a `.lot` wrapper. */
export function lotFieldsTemplate(o: LotFieldsOptions): TemplateResult {
  const fields = new Fields(o);
  const { format, lists, draft, set } = o;
  const none = format.text('word.none');
  const code = o.codeEnd && !o.fixed.has('code') ? { look: 'w1 code', end: o.codeEnd } : { look: 'w1 code' };
  const group = (
    id: string,
    title: string,
    body: unknown,
  ) => html`<div class="group" role="group" aria-labelledby=${id}>
    <h3 class="heading" id=${id}>${title}</h3><div class="form">${body}</div></div>`;
  return html`${group(
    'g-lot',
    format.text('lotForm.lot'),
    html`${o.before ?? nothing}${fields.text('code', code)}${fields.text('reference')}${fields.text(
      'description',
      { look: 'w2' },
    )}`,
  )}${group(
    'g-dates',
    format.text('lotForm.dates'),
    html`${fields.date('startDate')}${fields.date('expiryDate')}${fields.date('manufactureDate')}${fields.date('bestBefore')}${fields.date(
      'retestDate',
    )}${fields.date('removalDate')}`,
  )}${group(
    'g-origin',
    format.text('lotForm.origin'),
    html`${o.supplier.template({ ...fields.options('supplier', { look: 'w2' }), value: draft.texts.supplier }, format)}${fields.text(
      'supplierLot',
      { look: 'w1 code' },
    )}${fields.text('manufacturer', { look: 'w2' })}`,
  )}${group(
    'g-use',
    format.text('lotForm.use'),
    html`${fields.select('status', lists.statuses, o.noStatus)}${fields.select('lotType', lists.lotTypes, none)}${fields.select(
      'grade',
      lists.grades,
      none,
    )}${fields.text('packageCount', { inputMode: 'numeric', look: 'w1 num' })}${fields.text('labelType')}${checkField(
      {
        id: 'f-sellable',
        field: 'sellable',
        label: format.text('word.sellable'),
        checked: draft.sellable,
        disabled: o.fixed.has('sellable'),
        help: o.help.sellable,
        set: (checked) => set('sellable', checked),
        look: 'w1 ticked',
      },
    )}${areaField({
      ...fields.options('notes', { look: 'w6' }),
      value: draft.texts.notes,
      input: (value) => set('notes', value),
      rows: 2,
    })}`,
  )}`;
}
