/**
 * Every event of the elements, with its detail. *Requests* are bare verbs and can be cancelled: whoever
 * prevents the default takes over. *Facts* are past tense. Both bubble and cross shadow roots. *Own state*
 * ends in `-change` and stays where it is; preventing it leaves the state unchanged. Details are plain data.
 */
import type { RegisterState } from './controllers/register/types.ts';
import type { LedgerStatus } from './core.ts';
import type { SelectionTarget } from './extensions/types.ts';

export type { RegisterState } from './controllers/register/types.ts';

/** What a record is, for events that speak of one. */
export type RecordKind = 'lot' | 'serial' | 'posting';

/** A record that is meant. */
export interface RecordDetail {
  readonly kind: RecordKind;
  readonly id: string;
  /** Its code; of a posting its number as shown, `2026/11/22-031`. */
  readonly code: string;
}

/** A record that is wished for; nothing exists yet. */
export interface CreateDetail {
  readonly kind: RecordKind;
  /** From a form: what is about to be created, as the ledger takes it. */
  readonly input?: unknown;
  /** Values of the host's own fields that are not the ledger's to keep, by key. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Something is about to be written: what is asked, as the ledger takes it. */
export interface WriteDetail {
  readonly kind: RecordKind;
  readonly id?: string;
  readonly input: unknown;
  /** Values of the host's own fields that are not the ledger's to keep and were changed, by key. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** What failed: a code of the catalogue, its kind, the sentence in the element's language, the field. */
export interface ErrorDetail {
  readonly code: string;
  readonly kind: string;
  readonly message: string;
  readonly path?: string;
}

/** What is selected in a register: rows by their ids, or everything that matches with exceptions. */
export interface SelectionDetail {
  readonly kind: RecordKind;
  readonly target: SelectionTarget;
  /** How many that is; absent where it is not known. */
  readonly count?: number;
}

/** What is to be printed or written to a file: the question behind it, in the ledger's words. */
export interface OutputDetail {
  readonly kind: RecordKind;
  readonly format?: string;
  /** The records that are meant. */
  readonly target: SelectionTarget;
  readonly sort: readonly string[];
  /** Keys of the fields on the screen, in their order. */
  readonly fields: readonly string[];
}

/** A call was refused because nobody is signed in (any more), and how many calls wait for that. */
export interface AuthDetail {
  /** What the ledger said, as an error code. */
  readonly code: string;
  readonly held: number;
}

/** Every event by its name, for typed listeners. */
export interface LotEventMap {
  /** A record is to be shown; prevented, the host shows it. */
  'lot-open': CustomEvent<RecordDetail>;
  /** A new record is wished for, or about to be written; prevented, the host does it. */
  'lot-create': CustomEvent<CreateDetail>;
  /** A change is about to be written. */
  'lot-save': CustomEvent<WriteDetail>;
  /** A posting is about to be written. */
  'lot-post': CustomEvent<WriteDetail>;
  /** A posting is about to be reversed. */
  'lot-reverse': CustomEvent<WriteDetail>;
  /** A record is about to be deleted. */
  'lot-delete': CustomEvent<RecordDetail>;
  /** Something is to be printed; prevented, the host prints it. */
  'lot-print': CustomEvent<OutputDetail>;
  /** Rows are to be written to a file; prevented, the host writes them. */
  'lot-export': CustomEvent<OutputDetail>;
  /** A form is to be left. */
  'lot-cancel': CustomEvent<CreateDetail>;
  /** A record was written. */
  'lot-created': CustomEvent<RecordDetail>;
  /** A change was written. */
  'lot-saved': CustomEvent<RecordDetail>;
  /** A posting was written. */
  'lot-posted': CustomEvent<RecordDetail>;
  /** A posting was reversed. */
  'lot-reversed': CustomEvent<RecordDetail>;
  /** A record was deleted. */
  'lot-deleted': CustomEvent<RecordDetail>;
  /** Other rows are about to be selected; prevented, the selection stays. */
  'lot-selection-change': CustomEvent<SelectionDetail>;
  /** Search, filters, sort, columns or page are about to change; prevented, they stay. */
  'lot-state-change': CustomEvent<RegisterState>;
  /** Another tab is about to be shown; prevented, the tab stays. */
  'lot-tab-change': CustomEvent<{ readonly tab: string }>;
  /** There is, or no longer is, something to lose. */
  'lot-dirty-change': CustomEvent<{ readonly dirty: boolean }>;
  /** The ledger went offline, came back, or can only be read. */
  'lot-status-change': CustomEvent<LedgerStatus>;
  /** The ledger is open. */
  'lot-ready': CustomEvent<{ readonly seq: number }>;
  /** Something failed: what could not be read, written or opened. */
  'lot-error': CustomEvent<ErrorDetail>;
  /** Nobody is signed in; calls wait for new headers, unless prevented. */
  'lot-auth-required': CustomEvent<AuthDetail>;
}

/** Events whose default can be prevented: then the host does it, or the state stays as it is. */
const cancelable: ReadonlySet<string> = new Set([
  'lot-open',
  'lot-create',
  'lot-save',
  'lot-post',
  'lot-reverse',
  'lot-delete',
  'lot-print',
  'lot-export',
  'lot-cancel',
  'lot-auth-required',
  'lot-selection-change',
  'lot-state-change',
  'lot-tab-change',
]);

/**
 * Sends an event; false when it was prevented: a request was taken over, or a change of the element's own
 * state is not wanted. Such a change is told before it is made.
 */
export function emit<K extends keyof LotEventMap>(
  from: EventTarget,
  name: K,
  detail: LotEventMap[K]['detail'],
): boolean {
  const outward = !name.endsWith('-change');
  const init = { detail, bubbles: outward, composed: outward, cancelable: cancelable.has(name) };
  return from.dispatchEvent(new CustomEvent(name, init));
}

declare global {
  // elements, document and window alike: details are typed wherever the event is heard
  interface GlobalEventHandlersEventMap extends LotEventMap {}
}
