/**
 * What makes one register differ from another and is no field and no action: its list, its chips, its card
 * and its opened row. Columns and actions are extension shapes, as a host's own are.
 */
import type { TemplateResult } from 'lit';
import type { Lookups } from '../../controllers/lookups.ts';
import type { FilterValue } from '../../core.ts';
import type { RecordKind } from '../../events.ts';
import type { ActionExtension, DrawContext, FieldExtension } from '../../extensions/types.ts';
import type { MessageKey } from '../../i18n/catalogue.ts';
import type { IconName } from '../../icons.ts';

/** What drawing a record beside a register may use: everything but its address. */
export type CellContext = Omit<DrawContext, 'href'>;

/** What a card and an opened row may use: the way to a record besides, as a link is pressed. */
export interface KindContext extends DrawContext {
  readonly follow: (event: MouseEvent, kind: RecordKind, id: string, code: string) => void;
}

/** A filter behind a chip. */
export interface ChipDefinition {
  readonly id: string;
  readonly label: MessageKey;
  readonly values?: Readonly<Record<string, number>>;
  readonly icon?: IconName;
  readonly filter: Readonly<Record<string, FilterValue>>;
  /** Stands there only while it is pressed or there is something behind it. */
  readonly rare?: boolean;
}

/** First part of a register's message keys. */
export type Words = 'lots' | 'serials' | 'postings';

export interface RegisterKind<R extends { readonly id: string }> {
  readonly kind: RecordKind;
  readonly words: Words;
  /** Offers to make a new one; absent where records only come from postings. */
  readonly creates?: boolean;
  /** Chips, given the filters the list offers and what is known of statuses. */
  readonly chips: (offers: (filter: string) => boolean, lookups: Lookups) => readonly ChipDefinition[];
  readonly chip: string;
  readonly sort: string;
  readonly fields: readonly FieldExtension<R>[];
  readonly actions: readonly ActionExtension<R>[];
  /** Reads what the rows need beside themselves. */
  readonly prepare: (rows: readonly R[], lookups: Lookups) => Promise<void>;
  readonly code: (row: R) => string;
  readonly edge: (row: R, context: DrawContext) => 'danger' | 'warn' | '';
  /** Unit of a row's quantities, where it has one. */
  readonly unit: (row: R) => { readonly code: string; readonly decimals: number } | undefined;
  /** The item of a row, for its custom attributes. */
  readonly item?: (row: R) => string;
  readonly card: (row: R, context: KindContext) => TemplateResult;
  readonly details: (row: R, context: KindContext) => TemplateResult;
}
