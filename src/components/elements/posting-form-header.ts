/** The header of a posting: where, what kind, when, with whom, for which document; and what a host has added. */
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { HeaderDraft, PartyKind } from '../controllers/posting-form-draft.ts';
import {
  type HeaderKey,
  headerText,
  isHeaderKey,
  ownHeaderFields,
  type PostingFieldShape,
} from '../controllers/posting-form-extra.ts';
import { isWanting } from '../controllers/posting-form-preview.ts';
import { labelText } from '../extensions/resolve.ts';
import { icon } from '../icons.ts';
import {
  type Choice,
  type Combobox,
  dateField,
  type FieldOptions,
  selectField,
  textField,
} from '../primitives/index.ts';
import { fieldChoices, ownField } from './own-field.ts';
import { counterpartFields } from './posting-form-counterpart.ts';
import type { PostingParts } from './posting-form-parts.ts';

/** Columns of the header where it is wide. */
const COLUMNS = 6;

/** Errors of header fields by id: refusals of the ledger, and what is missing or wrong once somebody tried. */
export function headerErrors(parts: PostingParts): ReadonlyMap<string, string> {
  const { form, format } = parts;
  const errors = new Map<string, string>();
  if (form.asked) {
    const required = format.problem('field.required');
    for (const field of form.missing().fields) errors.set(field, required);
    for (const [field, sentence] of form.extras.problems()) errors.set(field, sentence);
  }
  for (const problem of [form.questions.preview.problem, form.refusal?.problem]) {
    const field = problem?.path?.split(/[.[]/)[0];
    // what is only still to be chosen is no error before somebody tried
    if (isWanting(problem) && !form.asked) continue;
    if (problem !== undefined && field !== undefined) errors.set(field, parts.say(problem));
  }
  return errors;
}

interface Boxes {
  readonly party: Combobox;
  readonly place: Combobox;
}

/** Draws the fields of the header, each by its key. */
class Header {
  readonly parts: PostingParts;
  readonly boxes: Boxes;
  readonly errors: ReadonlyMap<string, string>;
  /** How wide the note is. */
  readonly note: string;

  constructor(parts: PostingParts, boxes: Boxes, note: string) {
    this.parts = parts;
    this.boxes = boxes;
    this.note = note;
    this.errors = headerErrors(parts);
  }

  get #draft(): HeaderDraft {
    return this.parts.form.draft.header;
  }

  #set(patch: Partial<HeaderDraft>): void {
    this.parts.form.setHeader(patch);
  }

  #required(field: PostingFieldShape, key: HeaderKey): boolean {
    const { template } = this.parts.form;
    if (key === 'party') return field.required === true || template?.requireParty === true;
    if (key === 'documentNumber') return field.required === true || template?.requireDocument === true;
    return field.required === true;
  }

  #error(key: HeaderKey): string | undefined {
    const of = (name: string) => this.errors.get(name);
    // a document that is missing or refused is said at its number
    if (key === 'documentNumber') return of('document') ?? of(key);
    return of(key);
  }

  #options(field: PostingFieldShape, key: HeaderKey): FieldOptions {
    const { locked, format } = this.parts;
    const lock = locked.get(key);
    const fixed = lock !== undefined || field.readonly === true;
    return {
      id: `h-${key}`,
      field: key,
      label: labelText(field.label, format),
      look: key === 'note' ? this.note : 'w1',
      required: this.#required(field, key) && !fixed,
      readonly: fixed,
      help: lock || undefined,
      error: this.#error(key),
    };
  }

  /** The ledger's records as choices, those that the host's field allows. */
  #choices(
    records: readonly { code: string; description: string | null }[],
    { choices }: PostingFieldShape,
  ): readonly Choice[] {
    const { format } = this.parts;
    const said = new Map(choices?.map(({ value, label }) => [value, labelText(label, format)]));
    const allowed = choices === undefined ? records : records.filter(({ code }) => said.has(code));
    const named = allowed.map(({ code, description }) => ({
      value: code,
      label: said.get(code) ?? (description ? `${code} ${description}` : code),
    }));
    return [{ value: '', label: format.text('field.choose') }, ...named];
  }

  #date(options: FieldOptions, key: 'date' | 'documentDate'): TemplateResult {
    const { form, format } = this.parts;
    const set = (state: HeaderDraft['date']): void => this.#set({ [key]: state });
    return dateField({ ...options, state: this.#draft[key], today: form.today, set }, format);
  }

  /** The way to the party's page, in the box of its code. */
  #partyEnd(): unknown {
    const { href, follow, format } = this.parts;
    const { partyCode: code, partyKind } = this.#draft;
    const ref = { kind: 'party', id: code, code, type: partyKind } as const;
    const address = code === '' ? undefined : href(ref);
    if (address === undefined) return icon('chev');
    const label = format.text('form.openRecord', { code });
    return html`<a class="btn quiet icon" href=${address} data-action="open-party" aria-label=${label} title=${label}
      @click=${(event: MouseEvent) => follow(event, ref)}>${icon('open')}</a>${icon('chev')}`;
  }

  /** A field of the form's own. */
  known(field: PostingFieldShape, key: HeaderKey): unknown {
    const { form, format } = this.parts;
    const options = this.#options(field, key);
    const value = headerText(this.#draft, key);
    switch (key) {
      case 'counterpart':
        return counterpartFields(this.parts, this.boxes.place, options);
      case 'warehouse': {
        const choices = this.#choices(form.warehouses, field);
        return selectField({ ...options, value, choices, input: (code) => void form.chooseWarehouse(code) });
      }
      case 'template': {
        const first = this.#draft.warehouse === '';
        const help = options.help ?? (first ? format.text('postingForm.templateFirst') : undefined);
        const choices = this.#choices(form.templates, field);
        const input = (code: string): void => form.chooseTemplate(code);
        return selectField({ ...options, disabled: first, help, value, choices, input });
      }
      case 'date':
      case 'documentDate':
        return this.#date(options, key);
      case 'party':
        return this.boxes.party.template({ ...options, value, end: this.#partyEnd() }, format);
      case 'partyKind': {
        const choices = (field.choices ?? []).map((each) => ({
          value: each.value,
          label: labelText(each.label, format),
        }));
        const input = (kind: string): void => this.#set({ partyKind: kind as PartyKind });
        return selectField({ ...options, value, choices, input });
      }
      default:
        return this.#plain(field, options, key);
    }
  }

  /** A line of text, or one of the few values a host allows. */
  #plain(
    field: PostingFieldShape,
    options: FieldOptions,
    key: 'partyName' | 'documentType' | 'documentNumber' | 'note',
  ): TemplateResult {
    const { format } = this.parts;
    const value = this.#draft[key];
    const input = (text: string): void => this.#set({ [key]: text });
    if (field.choices !== undefined) {
      const none = format.text(key === 'documentType' ? 'postingForm.noDocument' : 'word.none');
      const choices = fieldChoices(field, value, none, format);
      return selectField({ ...options, value, choices, input });
    }
    const placeholder = key === 'note' ? format.text('postingForm.noteHint') : undefined;
    return textField({ ...options, value, input, ...(placeholder === undefined ? {} : { placeholder }) });
  }

  /** A field of the host's own. */
  own(field: PostingFieldShape): TemplateResult {
    const { form, format, locked } = this.parts;
    const { key } = field;
    const lock = locked.get(key);
    return ownField(field, {
      id: `h-${key}`,
      format,
      today: form.today,
      state: form.extras.values[key] ?? { value: '' },
      set: (text) => form.setExtra(key, text),
      error: this.errors.get(key),
      lock: lock === false ? '' : lock,
    });
  }
}

/** The fields that are drawn, in their order. */
function shownFields({ fields, locked, form }: PostingParts): readonly PostingFieldShape[] {
  const own = new Set(ownHeaderFields(fields));
  return fields.filter((field) => {
    if (locked.get(field.key) === false) return false;
    if (field.key === 'counterpart') return form.beside.side !== undefined;
    return isHeaderKey(field.key) || own.has(field);
  });
}

/** How wide the note is: the rest of its row, so that the header ends even. */
function noteWidth(fields: readonly PostingFieldShape[], { form }: PostingParts): string {
  const at = fields.findIndex(({ key }) => key === 'note');
  const places = (form.beside.side?.warehouse?.locations.length ?? 0) > 0 ? 1 : 0;
  const before = at + (fields.slice(0, at).some(({ key }) => key === 'counterpart') ? places : 0);
  return `w${Math.min(3, COLUMNS - (before % COLUMNS))}`;
}

/** The fields above the lines. */
export function header(parts: PostingParts, party: Combobox, place: Combobox): TemplateResult {
  const fields = shownFields(parts);
  const draw = new Header(parts, { party, place }, noteWidth(fields, parts));
  return html`<div class="form header">${repeat(
    fields,
    ({ key }) => key,
    (field) => (isHeaderKey(field.key) ? draw.known(field, field.key) : draw.own(field)),
  )}</div>`;
}
