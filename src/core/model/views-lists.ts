/** Questions to lists and what they answer: pages, values of a field, groups with their number and sums. */
import type { IsoDate } from './records.ts';

/** Where an answer stood: the journal, and the day it was asked for. */
export interface AsOf {
  readonly seq: number;
  readonly date: IsoDate;
}

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The cursor of the next page; absent at the end. */
  readonly next?: string;
  /** How many there are in all, where it was asked for. */
  readonly total?: number;
  /** There are more than `total`: counting was to stop there. */
  readonly capped?: true;
  readonly asOf: AsOf;
}

/** A comparison of one field: a value, or any of these together. */
export type FilterValue =
  | string
  | number
  | boolean
  | null
  | {
      readonly in?: readonly (string | number | boolean | null)[];
      /** `%` is any run of characters, `_` one, `\` takes the next one as it stands. */
      readonly like?: string;
      readonly from?: string | number;
      readonly to?: string | number;
      readonly isNull?: boolean;
    };

/** A question to a list. */
export interface ListQuery {
  readonly filter?: Readonly<Record<string, FilterValue>>;
  /** Sorts on offer, one after the other; `-name` descends. */
  readonly sort?: readonly string[];
  readonly search?: string;
  /** 1 to 500; 50 unless said. */
  readonly limit?: number;
  readonly cursor?: string;
  /** Starts in the middle: leaves out so many; not together with a cursor. */
  readonly skip?: number;
  /** Ask for the number of all matches: exact, or counted up to a number and no further. */
  readonly total?: boolean | number;
}

/**
 * A question for the values a field has among the records that match. The filter of the field itself is left
 * out, so that a checklist also shows what could be ticked besides.
 */
export interface ValuesQuery extends Pick<ListQuery, 'filter' | 'limit' | 'cursor'> {
  /** The text occurs in the value, or in what it stands for; `%` and `_` are no wildcards here. */
  readonly search?: string;
}

/** One value of a field. */
export interface FieldValue {
  /** As a filter takes it; null is "none". */
  readonly value: string | number | boolean | null;
  /** What it stands for: the description of an item or a status, the name of a party. */
  readonly label: string | null;
  readonly count: number;
}

/** A question for groups, their numbers and sums. */
export interface SummaryQuery extends Pick<ListQuery, 'filter' | 'search' | 'cursor'> {
  /** Fields, the outermost first; at most three. */
  readonly groupBy?: readonly string[];
  /** Fields to add up, per unit. */
  readonly sums?: readonly string[];
  /** Groups of the first level in one answer; 1 to 500, 100 unless said. */
  readonly limit?: number;
}

/** A sum of one unit: quantities of different units are never added. */
export interface UnitSum {
  readonly unit: string;
  /** Decimals of the unit, for the screen. */
  readonly decimals: number;
  /** Exact and shortest, as every quantity. */
  readonly quantity: string;
}

/** How many, and how much. */
export interface Totals {
  readonly count: number;
  /** Per field asked for, one sum per unit, in the order of the units. */
  readonly sums: Readonly<Record<string, readonly UnitSum[]>>;
}

export interface SummaryGroup extends FieldValue, Totals {
  readonly field: string;
  /** The groups of the next level; absent at the last. */
  readonly groups?: readonly SummaryGroup[];
}

/** Groups in the order of their values, and the totals of all records that match. */
export interface Summary extends Totals {
  readonly groups: readonly SummaryGroup[];
  /** The cursor of further groups of the first level; absent at the end. */
  readonly next?: string;
  readonly asOf: AsOf;
}
