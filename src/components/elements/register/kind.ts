/**
 * What makes one register differ from another: its list, chips, columns, card and opened row. Everything
 * else is shared.
 */
import type { TemplateResult } from 'lit';
import type { Lookups } from '../../controllers/lookups.ts';
import type { Preset } from '../../controllers/register-controller.ts';
import type { Ledger, ListQuery, Page } from '../../core.ts';
import type { RecordKind } from '../../events.ts';
import type { MessageKey } from '../../i18n/catalogue.ts';
import type { Format } from '../../i18n/format.ts';
import type { IconName } from '../../icons.ts';

/** What a cell may use. */
export interface CellContext {
  readonly format: Format;
  readonly lookups: Lookups;
  /** The ledger's business date of today. */
  readonly today: string;
  /** The most decimals among the units on the screen: points align on it. */
  readonly pad: number;
  /** Asks the host to open a record. */
  readonly open: (kind: RecordKind, id: string, code: string) => void;
}

export interface Column<R> {
  readonly id: string;
  readonly label: MessageKey;
  /** The sort it offers, where the list offers it. */
  readonly sort?: string;
  readonly align?: 'num' | 'unit';
  /** Narrowest container, in em, that has room for it. */
  readonly from?: number;
  /** Gives way, with an ellipsis, where the others need the room. */
  readonly fluid?: boolean;
  /** Width of its skeleton, 1 to 5. */
  readonly skeleton: 1 | 2 | 3 | 4 | 5;
  readonly cell: (row: R, context: CellContext) => unknown;
}

export interface ChipDefinition extends Preset {
  readonly label: MessageKey;
  readonly values?: Readonly<Record<string, number>>;
  readonly icon?: IconName;
}

/** First part of a register's message keys. */
export type Words = 'lots' | 'serials' | 'postings';

export interface RegisterKind<R extends { readonly id: string }> {
  readonly kind: RecordKind;
  readonly words: Words;
  /** Offers to make a new one; absent where records only come from postings. */
  readonly creates?: boolean;
  readonly list: (ledger: Ledger, query: ListQuery) => Promise<Page<R>>;
  /** Chips, given the filters the list offers. */
  readonly chips: (offers: (filter: string) => boolean) => readonly ChipDefinition[];
  readonly chip: string;
  readonly sort: string;
  readonly columns: readonly Column<R>[];
  /** Reads what the rows need beside themselves. */
  readonly prepare: (rows: readonly R[], lookups: Lookups) => Promise<void>;
  readonly code: (row: R) => string;
  readonly edge: (row: R, context: CellContext) => 'danger' | 'warn' | '';
  /** Decimals of a row's unit; 0 where it has none. */
  readonly decimals: (row: R) => number;
  readonly card: (row: R, context: CellContext) => TemplateResult;
  readonly details: (row: R, context: CellContext) => TemplateResult;
}
