/**
 * The fields of a posting's header beyond what the form itself knows: those a host has added, whose values are
 * its own to keep, and what a host asks of those built in. They stand in the detail of the event before.
 */
import type { Posting } from '../core.ts';
import type { ResolvedField } from '../extensions/resolve.ts';
import type { Format } from '../i18n/format.ts';
import { dateProblem } from '../primitives/index.ts';
import { readField } from './field-value.ts';
import { changedExtras, type Extras, kindOf, noExtras, sent, typedExtra } from './lot-form-extra.ts';
import type { HeaderDraft } from './posting-form-draft.ts';

/** A field of a posting, built in or a host's. */
export type PostingFieldShape = ResolvedField<Posting>;

/** The fields of the header that the form itself knows, in their order. */
export const headerKeys = [
  'warehouse',
  'template',
  'counterpart',
  'date',
  'partyKind',
  'party',
  'partyName',
  'documentType',
  'documentNumber',
  'documentDate',
  'note',
] as const;
export type HeaderKey = (typeof headerKeys)[number];

const known: ReadonlySet<string> = new Set(headerKeys);
/** Columns of the register that a host may have made its own, and which nobody types. */
const told: ReadonlySet<string> = new Set([
  ...['number', 'type', 'status', 'contents', 'document', 'actor', 'recorded', 'project', 'reason', 'lines'],
]);

/** Whether a key is one of the form's own fields. */
export const isHeaderKey = (key: string): key is HeaderKey => known.has(key);

/** The fields of a host's own that the form edits. */
export const ownHeaderFields = (fields: readonly PostingFieldShape[]): readonly PostingFieldShape[] =>
  fields.filter(
    ({ key, readonly, type }) => !isHeaderKey(key) && !told.has(key) && !readonly && type !== 'instant',
  );

/** What stands in a field of the form's own: what was typed, or else its value. */
export function headerText(header: HeaderDraft, key: HeaderKey): string {
  if (key === 'party') return header.partyCode;
  if (key === 'counterpart') return header.counterpartLocation;
  if (key === 'date' || key === 'documentDate') return header[key].text ?? header[key].value;
  return header[key];
}

/** The form they belong to. */
export interface ExtraForm {
  readonly fields: () => readonly PostingFieldShape[];
  readonly format: () => Format;
  readonly header: () => HeaderDraft;
  readonly today: () => string;
  /** The header as the ledger takes it, for the checks of a host. */
  readonly record: () => Partial<Posting>;
}

/** What a host has added to the header, and asks of it. */
export class HeaderExtras {
  readonly #form: ExtraForm;
  values: Extras = noExtras;

  constructor(form: ExtraForm) {
    this.#form = form;
  }

  get dirty(): boolean {
    return changedExtras(noExtras, this.values).length > 0;
  }

  /** What was typed into a field of the host's own. */
  set(key: string, text: string): void {
    const field = ownHeaderFields(this.#form.fields()).find((each) => each.key === key);
    if (field === undefined) return;
    const how = { format: this.#form.format(), today: this.#form.today() };
    this.values = { ...this.values, [key]: typedExtra(field, text, how) };
  }

  clear(): void {
    this.values = noExtras;
  }

  #textOf(key: string): string {
    // what a host wrote into the header may be anything
    if (isHeaderKey(key)) return String(headerText(this.#form.header(), key) ?? '');
    const value = this.values[key];
    return value?.text ?? value?.value ?? '';
  }

  #edited(): readonly PostingFieldShape[] {
    const fields = this.#form.fields();
    const own = new Set(ownHeaderFields(fields));
    return fields.filter((field) => isHeaderKey(field.key) || own.has(field));
  }

  /** Keys of what a host requires and nobody has filled in. */
  missing(): string[] {
    const required = this.#edited().filter((field) => field.required);
    return required.filter(({ key }) => this.#textOf(key).trim() === '').map(({ key }) => key);
  }

  /** What is wrong with what was typed, by key: it cannot be read, or the host's own check says so. */
  problems(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const field of this.#edited()) {
      const sentence = this.#problemOf(field);
      if (sentence) found.set(field.key, sentence);
    }
    return found;
  }

  #problemOf(field: PostingFieldShape): string | undefined {
    const { key, check } = field;
    const text = this.#textOf(key);
    if (text.trim() === '') return undefined;
    const how = { format: this.#form.format(), today: this.#form.today() };
    if (key === 'date' || key === 'documentDate') {
      const state = this.#form.header()[key];
      const unread = dateProblem(state.text, how.today, how.format);
      return unread ?? check?.(state.value, this.#form.record());
    }
    const reading = isHeaderKey(key) ? { value: text } : readField(kindOf(field), text, how);
    const { value, problem } = { problem: undefined, ...reading };
    return problem?.text ?? check?.(value, this.#form.record());
  }

  /** What goes to the host, by key; undefined where nothing was typed. */
  sent(): Readonly<Record<string, unknown>> | undefined {
    const typed = new Set(changedExtras(noExtras, this.values));
    const fields = ownHeaderFields(this.#form.fields()).filter(({ key }) => typed.has(key));
    if (fields.length === 0) return undefined;
    return Object.fromEntries(
      fields.map((field) => [field.key, sent(field, this.values[field.key]?.value ?? '')]),
    );
  }
}
