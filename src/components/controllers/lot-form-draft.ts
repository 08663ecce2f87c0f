/**
 * What stands in the fields of a lot, as typed, and what of it is sent: everything that was filled in for a
 * new lot, only what changed for an edit. No rule is checked here, only whether a text can be read at all.
 */
import type { Lot } from '../core.ts';
import type { Format } from '../i18n/format.ts';
import { parseQuantity } from '../i18n/parse.ts';
import { type DateState, dateProblem } from '../primitives/index.ts';

export const textFields = [
  'code',
  'reference',
  'description',
  'status',
  'grade',
  'lotType',
  'supplier',
  'manufacturer',
  'supplierLot',
  'packageCount',
  'labelType',
  'notes',
] as const;
export type TextField = (typeof textFields)[number];

export const dateFields = [
  'startDate',
  'expiryDate',
  'manufactureDate',
  'bestBefore',
  'retestDate',
  'removalDate',
] as const;
export type DateField = (typeof dateFields)[number];

/** The fields as they stand; a date keeps its text while it cannot be read. */
export interface LotDraft {
  readonly texts: Readonly<Record<TextField, string>>;
  readonly dates: Readonly<Record<DateField, DateState>>;
  readonly sellable: boolean;
}

export type LotField = TextField | DateField | 'sellable';

const each = <K extends string, V>(names: readonly K[], of: (name: K) => V): Record<K, V> =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, V>;

/** The fields of a new lot. */
export function emptyDraft(): LotDraft {
  return {
    texts: each(textFields, () => ''),
    dates: each(dateFields, () => ({ value: '' })),
    sellable: true,
  };
}

/** The fields of a lot that exists. */
export function draftOf(lot: Lot): LotDraft {
  return {
    texts: each(textFields, (name) => String(lot[name] ?? '')),
    dates: each(dateFields, (name) => ({ value: lot[name] ?? '' })),
    sellable: lot.sellable,
  };
}

/** The same fields with one of them changed. */
export function withField(draft: LotDraft, name: LotField, value: string | boolean | DateState): LotDraft {
  if (typeof value === 'boolean') return { ...draft, sellable: value };
  if (typeof value === 'string') return { ...draft, texts: { ...draft.texts, [name]: value } };
  return { ...draft, dates: { ...draft.dates, [name]: value } };
}

/** A field as one text, to compare and to show. */
export function textOf(draft: LotDraft, name: LotField): string {
  if (name === 'sellable') return String(draft.sellable);
  if ((dateFields as readonly string[]).includes(name)) {
    const state = draft.dates[name as DateField];
    return state.text ?? state.value;
  }
  return draft.texts[name as TextField].trim();
}

export const lotFields: readonly LotField[] = [...textFields, ...dateFields, 'sellable'];

/** The fields that differ between two drafts. */
export function changedFields(base: LotDraft, draft: LotDraft): LotField[] {
  return lotFields.filter((name) => textOf(base, name) !== textOf(draft, name));
}

function sent(draft: LotDraft, name: LotField, locale: string): unknown {
  if (name === 'sellable') return draft.sellable;
  const text = textOf(draft, name);
  if (text === '') return null;
  if (name !== 'packageCount') return text;
  const parsed = parseQuantity(text, locale);
  return parsed.ok ? Number(parsed.value) : text;
}

/** The input for `lots.create`: what is empty is left to the ledger to work out. */
export function createInput(
  item: string,
  variant: string,
  draft: LotDraft,
  locale: string,
): Record<string, unknown> {
  const input: Record<string, unknown> = { item };
  if (variant !== '') input.variant = variant;
  for (const name of lotFields) {
    const value = sent(draft, name, locale);
    if (value !== null && !(name === 'sellable' && value === true)) input[name] = value;
  }
  return input;
}

/** The patch for `lots.update`: only what changed, null for what was emptied. */
export function patchOf(base: LotDraft, draft: LotDraft, locale: string): Record<string, unknown> {
  return Object.fromEntries(changedFields(base, draft).map((name) => [name, sent(draft, name, locale)]));
}

/** A field that needs attention, and its sentence. */
export interface FieldError {
  readonly path: string;
  readonly sentence: string;
}

/** What cannot even be read: dates that are none, a number of packages that is none. */
export function unreadable(draft: LotDraft, today: string, format: Format): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of dateFields) {
    const sentence = dateProblem(draft.dates[name].text, today, format);
    if (sentence !== undefined) errors.push({ path: name, sentence });
  }
  const packages = textOf(draft, 'packageCount');
  if (packages !== '') {
    const parsed = parseQuantity(packages, format.locale);
    if (!parsed.ok) errors.push({ path: 'packageCount', sentence: format.text('field.notNumber') });
  }
  return errors;
}
