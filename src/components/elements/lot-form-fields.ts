/** The fields of a lot, in the groups a clerk thinks in; the same for a new lot and for an edit. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DateField, LotDraft, LotField, TextField } from '../controllers/lot-form-draft.ts';
import { dateFields } from '../controllers/lot-form-draft.ts';
import { type Extras, isLotField, type LotFieldShape, ownFields } from '../controllers/lot-form-extra.ts';
import { labelText } from '../extensions/resolve.ts';
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
import { inSections } from './lot-fields.ts';
import { fieldChoices, ownField } from './own-field.ts';

export interface LotFieldsOptions {
  readonly draft: LotDraft;
  readonly set: (name: LotField, value: string | boolean | DateState) => void;
  /** Every field there is, in its order; those that are read only are left out. */
  readonly fields: readonly LotFieldShape[];
  /** The host's own fields as they stand, and how one is set. */
  readonly extras: Extras;
  readonly setExtra: (key: string, text: string) => void;
  readonly format: Format;
  readonly today: string;
  readonly supplier: Combobox;
  /** Sentences by field. */
  readonly errors: ReadonlyMap<string, string>;
  /** Sentences under fields that are fine. */
  readonly help: Partial<Record<LotField, string>>;
  readonly placeholders: Partial<Record<LotField, string>>;
  readonly required: ReadonlySet<LotField>;
  readonly fixed: ReadonlySet<LotField>;
  /** Fields that may not be changed, by key: why, or that they are not there at all. */
  readonly locked: ReadonlyMap<string, string | false>;
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
/** How wide a field is: its place in six columns, and how its text is set. */
const looks: Partial<Record<LotField, string>> = {
  code: 'w1 code',
  description: 'w2',
  supplier: 'w2',
  supplierLot: 'w1 code',
  manufacturer: 'w2',
  packageCount: 'w1 num',
  sellable: 'w1 ticked',
  notes: 'w6',
};
const isDate = (name: LotField): name is DateField => (dateFields as readonly string[]).includes(name);

class Fields {
  readonly o: LotFieldsOptions;

  constructor(o: LotFieldsOptions) {
    this.o = o;
  }

  /** What every field of the ledger's takes. */
  options(field: LotFieldShape, name: LotField): FieldOptions {
    const { o } = this;
    const placeholder = o.placeholders[name];
    const lock = o.locked.get(name);
    const fixed = o.fixed.has(name) || field.readonly === true || lock !== undefined;
    return {
      id: `f-${name}`,
      field: name,
      label: labelText(field.label, o.format),
      look: looks[name] ?? 'w1',
      required: (o.required.has(name) || field.required === true) && !fixed,
      readonly: fixed,
      help: lock || o.help[name],
      error: o.errors.get(name),
      ...(placeholder === undefined ? {} : { placeholder }),
    };
  }

  /** A field of the ledger's. */
  known(field: LotFieldShape, name: LotField): TemplateResult {
    const { o } = this;
    const { draft, set, format, today } = o;
    const options = this.options(field, name);
    if (isDate(name))
      return dateField(
        { ...options, state: draft.dates[name], today, set: (state) => set(name, state) },
        format,
      );
    if (name === 'sellable') {
      const { readonly, ...rest } = options;
      return checkField({
        ...rest,
        checked: draft.sellable,
        disabled: readonly === true,
        set: (checked) => set(name, checked),
      });
    }
    const value = draft.texts[name];
    const input = (text: string): void => set(name, text);
    if (name === 'supplier' && !options.readonly) return o.supplier.template({ ...options, value }, format);
    if (field.choices !== undefined) {
      const none = name === 'status' ? o.noStatus : format.text('word.none');
      return selectField({ ...options, value, choices: fieldChoices(field, value, none, format), input });
    }
    if (name === 'notes') return areaField({ ...options, value, input, rows: 2 });
    const maxLength = limits[name];
    return textField({
      ...options,
      value,
      input,
      ...(name === 'packageCount' ? { inputMode: 'numeric' as const } : {}),
      ...(name === 'code' && !options.readonly ? { end: o.codeEnd } : {}),
      ...(maxLength === undefined ? {} : { maxLength }),
    });
  }

  /** A field of the host's own. */
  own(field: LotFieldShape): TemplateResult {
    const { o } = this;
    const { key } = field;
    const lock = o.locked.get(key);
    return ownField(field, {
      id: `f-${key}`,
      format: o.format,
      today: o.today,
      state: o.extras[key] ?? { value: '' },
      set: (text) => o.setExtra(key, text),
      error: o.errors.get(key),
      lock: lock === false ? '' : lock,
    });
  }
}

/** The groups of fields; put them into a `.lot` wrapper. */
export function lotFieldsTemplate(o: LotFieldsOptions): TemplateResult {
  const fields = new Fields(o);
  const own = new Set(ownFields(o.fields));
  const there = o.fields.filter(
    (field) => o.locked.get(field.key) !== false && (isLotField(field.key) || own.has(field)),
  );
  const sections = inSections(there);
  const [first] = sections;
  const noPlace = o.before !== undefined && first?.id !== 'lot';
  const shown = noPlace ? [{ id: 'lot', title: 'lotForm.lot' as const, fields: [] }, ...sections] : sections;
  return html`${shown.map(
    ({ id, title, fields: inside }) => html`<div class="group" role="group" aria-labelledby="g-${id}">
      <h3 class="heading" id="g-${id}">${o.format.text(title)}</h3><div class="form">${
        id === 'lot' ? (o.before ?? nothing) : nothing
      }${inside.map((field) => (isLotField(field.key) ? fields.known(field, field.key) : fields.own(field)))}</div></div>`,
  )}`;
}
