/**
 * The fields a host has added to a lot, as they stand in a form: what was typed, what it means, what is wrong
 * with it. Those of a key `attributes.x` are written with the lot; the others are the host's to write, and
 * stand in the detail of the event before.
 */
import type { Lot } from '../core.ts';
import type { ResolvedField } from '../extensions/resolve.ts';
import type { Format } from '../i18n/format.ts';
import type { DateState } from '../primitives/index.ts';
import { type FieldKind, readField } from './field-value.ts';
import { type FieldError, type LotDraft, type LotField, lotFields, textOf } from './lot-form-draft.ts';

/** A field of a lot, built in or a host's. */
export type LotFieldShape = ResolvedField<Lot>;

/** What of a field tells how its text is read and sent. */
export type TypedField = Pick<LotFieldShape, 'type' | 'choices'>;

/** Values of the host's fields by key; a text that cannot be read stands beside an empty value. */
export type Extras = Readonly<Record<string, DateState>>;

/** What the form of a lot knows of its fields. */
export interface FieldSource {
  readonly fields: () => readonly LotFieldShape[];
  /** What the extension of a field has fetched for this lot. */
  readonly data: (field: LotFieldShape, lot: Lot) => unknown;
}

export const noExtras: Extras = {};
const ATTRIBUTE = 'attributes.';
const builtIn: ReadonlySet<string> = new Set(lotFields);

/** Whether a key is one the ledger itself knows as a field to edit. */
export const isLotField = (key: string): key is LotField => builtIn.has(key);

/** The fields of a host's own that a form edits. */
export const ownFields = (fields: readonly LotFieldShape[]): readonly LotFieldShape[] =>
  fields.filter(({ key, readonly, type }) => !isLotField(key) && !readonly && type !== 'instant');

/** How the text of a field is read. */
export function kindOf({ type, choices }: TypedField): FieldKind {
  if (choices !== undefined) return 'text';
  return type === 'quantity' || type === 'number' || type === 'date' ? type : 'text';
}

/** The value of a field of a record, as its extension has it. */
export function fieldValue(field: LotFieldShape, lot: Lot, data: unknown): unknown {
  if (field.value !== undefined) return field.value(lot, data);
  if (field.key.startsWith(ATTRIBUTE)) return lot.attributes[field.key.slice(ATTRIBUTE.length)];
  return (lot as unknown as Readonly<Record<string, unknown>>)[field.key];
}

const asText = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** The host's fields of a lot that is there. */
export function extrasOf(source: FieldSource, lot: Lot): Extras {
  return Object.fromEntries(
    ownFields(source.fields()).map((field) => [
      field.key,
      { value: asText(fieldValue(field, lot, source.data(field, lot))) },
    ]),
  );
}

const same = (a: DateState | undefined, b: DateState | undefined): boolean =>
  (a?.text ?? a?.value ?? '') === (b?.text ?? b?.value ?? '');

/** Keys of the host's fields that differ. */
export function changedExtras(base: Extras, now: Extras): string[] {
  return [...new Set([...Object.keys(base), ...Object.keys(now)])].filter(
    (key) => !same(base[key], now[key]),
  );
}

/** What was typed into a field. */
export function typedExtra(
  field: TypedField,
  text: string,
  o: { readonly format: Format; readonly today: string },
): DateState {
  const { value, problem } = readField(kindOf(field), text, o);
  return problem === undefined && value === text ? { value } : { value, text };
}

/** What is wrong with the fields as far as a form can say: missing, unreadable, refused by their own check. */
export function fieldProblems(
  fields: readonly LotFieldShape[],
  at: { readonly draft: LotDraft; readonly extras: Extras; readonly record: Partial<Lot> },
  o: { readonly format: Format; readonly today: string },
): FieldError[] {
  return fields.flatMap((field): FieldError[] => {
    const { key, required, check } = field;
    const own = !isLotField(key);
    if (own && (field.readonly || field.type === 'instant')) return [];
    const extra = at.extras[key];
    const text = own ? (extra?.text ?? extra?.value ?? '') : textOf(at.draft, key);
    if (required && text.trim() === '') return [{ path: key, sentence: o.format.problem('field.required') }];
    const reading = own ? readField(kindOf(field), text, o) : { value: text, problem: undefined };
    if (reading.problem !== undefined) return [{ path: key, sentence: reading.problem.text }];
    const sentence = check?.(extra?.value ?? text, at.record);
    return sentence ? [{ path: key, sentence }] : [];
  });
}

/** A value as it is sent: a number as a number, yes and no as such, nothing as null. */
export function sent({ type }: TypedField, value: string): unknown {
  if (type === 'flag') return value === 'true';
  if (value === '') return null;
  return type === 'number' ? Number(value) : value;
}

/** What of the host's fields goes to the ledger, and what to the host. */
export function splitExtras(
  fields: readonly LotFieldShape[],
  extras: Extras,
  keys: readonly string[],
): { readonly attributes?: Record<string, unknown>; readonly fields?: Record<string, unknown> } {
  const attributes: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const field of ownFields(fields)) {
    const { key } = field;
    if (!keys.includes(key)) continue;
    const value = sent(field, extras[key]?.value ?? '');
    if (key.startsWith(ATTRIBUTE)) attributes[key.slice(ATTRIBUTE.length)] = value;
    else rest[key] = value;
  }
  return {
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    ...(Object.keys(rest).length > 0 ? { fields: rest } : {}),
  };
}
