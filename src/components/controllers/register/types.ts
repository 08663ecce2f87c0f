/**
 * What a register is showing, as plain data, and the lines it is drawn from. The state is the property
 * `state`, what the address keeps, and what a saved view holds: one shape for all three.
 */
import type { Density, FilterValue, SummaryGroup } from '../../core.ts';
import type { SelectionTarget } from '../../extensions/types.ts';

/** One column as somebody arranged it. */
export interface ColumnState {
  readonly key: string;
  readonly hidden?: boolean;
  /** Width in em of the register's text; by its content unless said. */
  readonly width?: number;
  readonly pin?: 'start' | 'end';
}

/** Everything that makes a register look the way it does; wire values only. */
export interface RegisterState {
  readonly search: string;
  /** Id of the pressed chip. */
  readonly preset: string;
  /** By the name of the list's filter. */
  readonly filters: Readonly<Record<string, FilterValue>>;
  /** `['-expiryDate', 'code']`. */
  readonly sort: readonly string[];
  /** Keys of the fields the rows are grouped by, the outermost first. */
  readonly group: readonly string[];
  /** Order, width and pins where they differ from the kind's own; empty = as they come. */
  readonly columns: readonly ColumnState[];
  readonly density?: Density;
  /** From 1; with a window the page the first row on the screen would be on. */
  readonly page: number;
  /** Rows of a page, where the reader chose. */
  readonly rows?: number;
  /** Id of the saved view this came from. */
  readonly view?: string;
}

/** A view somebody kept: a state under a name. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly state: Partial<RegisterState>;
  /** `host` views come with the page and cannot be changed. */
  readonly scope: 'private' | 'host';
  /** Taken when the register opens and the address says nothing else. */
  readonly default?: boolean;
}

/** Where a host keeps what belongs to a user: saved views. The browser's storage unless a host brings its own. */
export interface UserStore {
  get(key: string): Promise<string | null> | string | null;
  set(key: string, value: string): Promise<void> | void;
  remove(key: string): Promise<void> | void;
}

/** One line on the screen. */
export type Line<R> =
  | { readonly kind: 'row'; readonly index: number; readonly row: R; readonly level: number }
  | {
      readonly kind: 'group';
      readonly group: SummaryGroup;
      /** The values that lead here, the outermost first. */
      readonly path: readonly FieldValueKey[];
      readonly level: number;
      readonly open: boolean;
    }
  /** More groups or more rows of a group are there; reading goes on when it is pressed. */
  | { readonly kind: 'more'; readonly path: readonly FieldValueKey[]; readonly level: number }
  /** A row that is on its way. */
  | { readonly kind: 'blank'; readonly index: number; readonly level: number };

/** One value of a group's path. */
export interface FieldValueKey {
  readonly field: string;
  readonly value: string | number | boolean | null;
}

/** What is ticked, as `lot-selection-change` says it. */
export interface SelectionChange {
  /** How many; undefined where not known. */
  readonly count: number | undefined;
  readonly target: SelectionTarget;
}
