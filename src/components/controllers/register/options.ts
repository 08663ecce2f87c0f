/** What a register is made with: where its rows come from, its fields, its chips, and what it tells back. */
import type {
  FieldValue,
  FilterValue,
  ListQuery,
  Page,
  QueryCapabilities,
  Summary,
  SummaryQuery,
  ValuesQuery,
} from '../../core.ts';
import type { FieldType } from '../../extensions/types.ts';
import type { Requests } from '../requests.ts';
import type { RegisterState, SavedView, SelectionChange, UserStore } from './types.ts';

/** A filter behind a chip. */
export interface Preset {
  readonly id: string;
  readonly filter: Readonly<Record<string, FilterValue>>;
}

export type Phase =
  /** No ledger yet. */
  | 'waiting'
  /** The first answer to this question is not here. */
  | 'loading'
  | 'ready'
  | 'failed'
  /** The reader pressed Stop. */
  | 'stopped';

/** What the register has to know of a field; a `FieldExtension` is one. */
export interface RegisterField {
  readonly key: string;
  readonly type: FieldType;
  /** Names of the list's sort, filter, group and sum; none where absent. */
  readonly sort?: string;
  readonly filter?: string;
  readonly group?: string;
  readonly sum?: string;
  readonly hidden?: boolean;
}

/** Where rows, values and sums come from. */
export interface RegisterSource<R> {
  readonly list: (query: ListQuery, signal: AbortSignal) => Promise<Page<R>>;
  readonly values?: (field: string, query: ValuesQuery, signal: AbortSignal) => Promise<Page<FieldValue>>;
  readonly summary?: (query: SummaryQuery, signal: AbortSignal) => Promise<Summary>;
  /** Reads one record; throws a problem of kind `missing` where it is gone. Tells which ticked rows vanished. */
  readonly get?: (id: string, signal: AbortSignal) => Promise<R>;
}

export interface RegisterOptions<R> extends RegisterSource<R> {
  /** What the list offers; without a word from the ledger plain filters, one sort, no skip. */
  readonly capabilities?: () => QueryCapabilities | undefined;
  /** The fields of the record, in the order they come. */
  readonly fields?: () => readonly RegisterField[];
  readonly presets: () => readonly Preset[];
  /** Id of the chip that is pressed at the start. */
  readonly preset: string;
  /** The sort at the start, `-expiryDate`. */
  readonly sort: string;
  /** Rows of a page. */
  readonly limit: number;
  /** Pages, or one window over all rows; pages unless said. */
  readonly mode?: () => 'pages' | 'window';
  /** Counts all that match, or up to a number and no further; all unless said. */
  readonly count?: boolean | number;
  /** Something to show has changed. */
  readonly changed: () => void;
  /** A user is about to change the state: `false` leaves it as it is (convention 19). */
  readonly mayChange?: (next: RegisterState) => boolean;
  /** A user is about to change the selection: `false` leaves it as it is. */
  readonly maySelect?: (next: SelectionChange) => boolean;
  /** Work to be done with a page before it is shown, as reading its items. */
  readonly prepare?: (rows: readonly R[], signal: AbortSignal) => Promise<void>;
  readonly failed?: (error: unknown) => void;
  readonly now?: () => Date;
  /** Shared with the element, so that it knows when all has settled. */
  readonly requests?: Requests;
  /** Where saved views are kept, under which key, and the host's own; no saved views where absent. */
  readonly views?: {
    readonly store: () => UserStore | undefined;
    /** `viewsKey('portal', 'lots', 'maria')` */
    readonly key: () => string;
    readonly host?: () => readonly SavedView[];
  };
}
