/** The header of a posting: where, what kind, when, with whom, for which document. */
import { html, type TemplateResult } from 'lit';
import type { HeaderDraft, PartyKind } from '../controllers/posting-form-draft.ts';
import { isWanting } from '../controllers/posting-form-preview.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { type Combobox, dateField, type FieldOptions, selectField, textField } from '../primitives/index.ts';
import { counterpartFields } from './posting-form-counterpart.ts';
import type { PostingParts } from './posting-form-parts.ts';

/** Documents a posting may be for, in the order a clerk meets them. */
const documents = [
  'purchaseDeliveryNote',
  'purchaseOrder',
  'purchaseInvoice',
  'salesOrder',
  'salesDeliveryNote',
  'salesInvoice',
  'pickingList',
  'productionOrder',
  'productionReport',
  'transferOrder',
  'subcontractDelivery',
  'subcontractReturn',
  'customerReturn',
  'supplierReturn',
  'countSheet',
  'other',
] as const;

const kinds: readonly PartyKind[] = ['supplier', 'customer', 'other'];

/** Errors of header fields by id: refusals of the ledger, and what is missing once somebody tried. */
export function headerErrors(parts: PostingParts): ReadonlyMap<string, string> {
  const { form, format } = parts;
  const errors = new Map<string, string>();
  if (form.asked) {
    const required = format.problem('field.required');
    for (const field of form.missing().fields) errors.set(field, required);
  }
  for (const problem of [form.questions.preview.problem, form.refusal?.problem]) {
    const field = problem?.path?.split(/[.[]/)[0];
    // what is only still to be chosen is no error before somebody tried
    if (isWanting(problem) && !form.asked) continue;
    if (problem !== undefined && field !== undefined) errors.set(field, parts.say(problem));
  }
  return errors;
}

const choicesOf = (records: readonly { code: string; description: string | null }[], none: string) => [
  { value: '', label: none },
  ...records.map(({ code, description }) => ({
    value: code,
    label: description ? `${code} ${description}` : code,
  })),
];

/** The fields above the lines. */
export function header(parts: PostingParts, party: Combobox, place: Combobox): TemplateResult {
  const { form, format } = parts;
  const { header: draft } = form.draft;
  const t = format.text.bind(format);
  const errors = headerErrors(parts);
  const base = (id: string, label: MessageKey, more: Partial<FieldOptions> = {}): FieldOptions => ({
    id: `h-${id}`,
    field: id,
    label: t(label),
    error: errors.get(id),
    ...more,
  });
  const text = (
    id: 'partyName' | 'documentNumber' | 'note',
    label: MessageKey,
    more: Partial<FieldOptions> = {},
  ) =>
    textField({
      ...base(id, label, more),
      value: draft[id],
      input: (value) => form.setHeader({ [id]: value } as Partial<HeaderDraft>),
    });
  const template = form.template;
  const partyLabel = `postingForm.${draft.partyKind}` as MessageKey;
  const document = errors.get('document');
  const beside = counterpartFields(parts, place, errors.get('counterpart'));
  // the header is two full rows: what the opposite side takes, the note gives
  const noteLook = `w${3 - beside.length}`;
  return html`<div class="form header">
    ${selectField({
      ...base('warehouse', 'word.warehouse', { required: true, look: 'w1' }),
      value: draft.warehouse,
      choices: choicesOf(form.warehouses, t('field.choose')),
      input: (code) => void form.chooseWarehouse(code),
    })}${selectField({
      ...base('template', 'word.template', {
        required: true,
        look: 'w1',
        disabled: draft.warehouse === '',
        help: draft.warehouse === '' ? t('postingForm.templateFirst') : undefined,
      }),
      value: draft.template,
      choices: choicesOf(form.templates, t('field.choose')),
      input: (code) => form.chooseTemplate(code),
    })}${beside}${dateField(
      {
        ...base('date', 'postingForm.date', { required: true, look: 'w1' }),
        state: draft.date,
        today: form.today,
        set: (date) => form.setHeader({ date }),
      },
      format,
    )}${selectField({
      ...base('partyKind', 'postingForm.partyKind', { look: 'w1' }),
      value: draft.partyKind,
      choices: kinds.map((kind) => ({ value: kind, label: t(`postingForm.${kind}`) })),
      input: (kind) => form.setHeader({ partyKind: kind as PartyKind }),
    })}${party.template(
      {
        ...base('party', partyLabel, { required: template?.requireParty ?? false, look: 'w1' }),
        value: draft.partyCode,
      },
      format,
    )}${text('partyName', 'postingForm.partyName', { look: 'w1' })}${selectField({
      ...base('documentType', 'postingForm.documentType', { look: 'w1', error: undefined }),
      value: draft.documentType,
      choices: [
        { value: '', label: t('postingForm.noDocument') },
        ...documents.map((type) => ({ value: type, label: format.word('document', type) })),
      ],
      input: (documentType) => form.setHeader({ documentType }),
    })}${text('documentNumber', 'postingForm.documentNumber', {
      look: 'w1',
      required: template?.requireDocument ?? false,
      ...(document === undefined ? {} : { error: document }),
    })}${dateField(
      {
        ...base('documentDate', 'postingForm.documentDate', { look: 'w1' }),
        state: draft.documentDate,
        today: form.today,
        set: (documentDate) => form.setHeader({ documentDate }),
      },
      format,
    )}${text('note', 'word.note', { placeholder: t('postingForm.noteHint'), look: noteLook })}
  </div>`;
}
