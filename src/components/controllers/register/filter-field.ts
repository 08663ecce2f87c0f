/** What a box of the filter row is for, and what becomes of a text typed into it. */
import type { FilterValue } from '../../core.ts';
import type { FieldType } from '../../extensions/types.ts';

/** Why a text is no filter. */
export type FilterProblem =
  | 'notNumber'
  | 'notDate'
  | 'noSuchDay'
  /** None of the values the field has. */
  | 'notChoice'
  /** Its end lies before its beginning. */
  | 'emptyRange'
  /** The list cannot compare this field that way. */
  | 'notOffered';

/** The field a text is typed for. */
export interface FilterField {
  readonly type: FieldType;
  /** What the list can compare, as `Offers.comparisons` says; a plain value always. */
  readonly comparisons: readonly string[];
  /** False where the list finds a text that occurs somewhere, and takes no other pattern. */
  readonly patterns?: boolean;
  /** The only values it has, with the words for them. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

/** Whoever types: the language, the ledger's business date of today, the words for a flag. */
export interface FilterContext {
  readonly locale: string;
  readonly today: string;
  readonly yes?: string;
  readonly no?: string;
}

/** A filter, or none (`undefined`), or why it cannot be read. */
export type FilterParsed =
  | { readonly ok: true; readonly value: FilterValue | undefined }
  | { readonly ok: false; readonly problem: FilterProblem };

/** A comparison of a filter. */
export type Comparisons = Exclude<Extract<FilterValue, object>, null>;

export const read = (value: FilterValue | undefined): FilterParsed => ({ ok: true, value });
export const unread = (problem: FilterProblem): FilterParsed => ({ ok: false, problem });

/** One end of a range, or one value: as a filter takes it, or why it cannot be read. */
export type Side = string | number | { readonly problem: FilterProblem };

export const failed = (side: Side | undefined): side is { readonly problem: FilterProblem } =>
  typeof side === 'object';
