/**
 * The shapes by which a host adds to the elements: fields, actions and tabs of a kind of record. The built-in
 * columns, fields, actions and tabs are made of the same shapes.
 */

import type { Lookups } from '../controllers/lookups.ts';
import type { FilterValue, Ledger } from '../core.ts';
import type { RecordKind } from '../events.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import type { Format } from '../i18n/format.ts';
import type { IconName } from '../icons.ts';

/** A text of the host, or one key of the catalogue, or a function of the reader's language. */
export type Label = MessageKey | (string & {}) | ((format: Format) => string);

/** What values a field has: how they are aligned, read, filtered and written to a file. */
export type FieldType = 'text' | 'code' | 'quantity' | 'number' | 'date' | 'instant' | 'flag';

/** What drawing may use. */
export interface DrawContext {
  readonly format: Format;
  readonly lookups: Lookups;
  /** The ledger's business date of today. */
  readonly today: string;
  /** The most decimals among the units on the screen: points align on it. */
  readonly pad: number;
  /** Asks the host to open a record. */
  readonly open: (kind: RecordKind, id: string, code: string) => void;
  /** The address of a record, where the host has one. */
  readonly href: (kind: RecordKind, id: string, code: string) => string | undefined;
}

/** One of a few values of a field. */
export interface FieldChoice {
  readonly value: string;
  readonly label: Label;
}

/**
 * One field of a record: a column of its register, a line of its view and of its form.
 *
 * @example
 * const cold: FieldExtension<Lot, { temperature: number }> = {
 *   key: 'temperature', label: 'Temperature', type: 'number', value: (_lot, data) => data?.temperature ?? null,
 * };
 */
export interface FieldExtension<R = unknown, D = unknown> {
  /** Unique among the fields of the record; a later one of the same key takes the place of the earlier. */
  readonly key: string;
  readonly label: Label;
  readonly type: FieldType;
  /** Its value, in wire form: decimal strings, ISO dates, codes. `record[key]` unless said. `data` is what `load` gave. */
  readonly value?: (record: R, data: D | undefined) => unknown;
  /** Its value as text; by its type unless said. */
  readonly format?: (value: unknown, record: R, context: DrawContext) => string;
  /** How it is drawn: a text, a node, a Lit template. */
  readonly render?: (value: unknown, record: R, context: DrawContext) => unknown;
  readonly choices?: readonly FieldChoice[];
  /** Name of the list's sort; none where absent. */
  readonly sort?: string;
  /** Name of the list's filter; none where absent. */
  readonly filter?: string;
  /** Name of the list's field to group by, and to add up; none where absent. */
  readonly group?: string;
  readonly sum?: string;
  /** How its filter is typed, faint in the empty box; by its type unless said. */
  readonly example?: Label;
  /** What else it is: the status a card shows beside the code, or the unit of the quantities, which sums name too. */
  readonly role?: 'status' | 'unit';
  /** Not among the columns until somebody chooses it. */
  readonly hidden?: boolean;
  /** Not edited by the forms. */
  readonly readonly?: boolean;
  readonly required?: boolean;
  /** What is wrong with a value that was typed, as a sentence; undefined where nothing is. */
  readonly check?: (value: string, record: Partial<R>) => string | undefined;
  /** In front of the field with this key; at the end unless said. */
  readonly before?: string;
  /** Narrowest container, in em, that has room for its column. */
  readonly from?: number;
  /** Its column gives way, with an ellipsis, where the others need the room. */
  readonly fluid?: boolean;
}

/** Where an action stands: in a row's menu, over what is selected, in the toolbar, on the view of one record. */
export type ActionScope = 'row' | 'selection' | 'register' | 'record';

/** What an action is run with. */
export interface ActionContext<R = unknown> {
  readonly ledger: Ledger;
  readonly scope: ActionScope;
  /** The records at hand: one, those of the selection that are on the screen, or none. */
  readonly records: readonly R[];
  /** The selection as a question, where it may go beyond the screen: ids, or a filter with exceptions. */
  readonly target?: SelectionTarget;
  /** How many the selection means; undefined where not known. */
  readonly count?: number;
  /** The element the action was run on. */
  readonly element: HTMLElement;
  readonly format: Format;
  /** Reads again when the action has changed something. */
  readonly refresh: () => Promise<void>;
  /** Says something in the element, and to a screen reader. */
  readonly say: (text: string) => void;
}

/** What a selection means, as jobs take it. */
export type SelectionTarget =
  | { readonly ids: readonly string[] }
  | {
      readonly filter: Readonly<Record<string, FilterValue>>;
      readonly search?: string;
      readonly except: readonly string[];
    };

/** Something a user can do. */
export interface ActionExtension<R = unknown> {
  readonly id: string;
  readonly label: Label;
  readonly icon?: IconName;
  readonly scope: ActionScope | readonly ActionScope[];
  /** True = offered, false = not there, a text = there, but locked for this reason. */
  readonly when?: (context: ActionContext<R>) => boolean | string;
  /** The name asked of `can` and of the ledger's permissions; always allowed where absent. */
  readonly permission?: string;
  readonly danger?: boolean;
  readonly run: (context: ActionContext<R>) => void | Promise<void>;
}

/** A tab of a record's view; its body is the light-DOM child with `slot="tab-<id>"`, or what `render` gives. */
export interface TabExtension<R = unknown> {
  readonly id: string;
  readonly label: Label;
  /** After the tab with this id; at the end unless said. */
  readonly after?: string;
  readonly when?: (record: R) => boolean;
  /** A number beside its name. */
  readonly count?: (record: R) => number | undefined;
  readonly render?: (record: R, context: DrawContext) => unknown;
}

/**
 * What a host adds to a kind of record.
 *
 * @example
 * ledgerElement.extensions = [{
 *   id: 'cold-chain', on: 'lot',
 *   load: async (lots) => fetch('/temperatures?lots=' + lots.map((lot) => lot.code)).then((r) => r.json()),
 *   fields: [{ key: 'temperature', label: 'Temperature', type: 'number', value: (_, data) => data?.celsius ?? null }],
 *   actions: [{ id: 'print-shelf', label: 'Print shelf label', scope: 'row', run: ({ records }) => print(records[0]) }],
 * }];
 */
export interface Extension<R = unknown, D = unknown> {
  /** Unique; one on an element takes the place of the provider's with the same id. */
  readonly id: string;
  readonly on: RecordKind;
  /** Fetches its data once per page of records, by their ids. A failure leaves its fields empty and is told by `lot-error`. */
  readonly load?: (
    records: readonly R[],
    context: { readonly ledger: Ledger; readonly locale: string; readonly signal: AbortSignal },
  ) => Promise<Readonly<Record<string, D>> | ReadonlyMap<string, D>>;
  readonly fields?: readonly FieldExtension<R, D>[];
  readonly actions?: readonly ActionExtension<R>[];
  readonly tabs?: readonly TabExtension<R>[];
}

/** An extension of any kind of record with any data, as properties take it. */
export type AnyExtension = Omit<Extension<never, never>, 'load'> & {
  readonly load?: (
    records: readonly never[],
    context: { readonly ledger: Ledger; readonly locale: string; readonly signal: AbortSignal },
  ) => Promise<unknown>;
};
