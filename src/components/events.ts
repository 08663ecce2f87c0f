/**
 * Every event of the elements, with its detail. *Requests* are bare verbs and can be cancelled: whoever
 * prevents the default takes over. *Facts* are past tense. Both bubble and cross shadow roots. *Own state*
 * ends in `-change` and stays where it is. Details are plain data.
 */

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
}

/** Something is about to be written: what is asked, as the ledger takes it. */
export interface WriteDetail {
  readonly kind: RecordKind;
  readonly id?: string;
  readonly input: unknown;
}

/** What failed: a code of the catalogue, its kind, the sentence in the element's language, the field. */
export interface ErrorDetail {
  readonly code: string;
  readonly kind: string;
  readonly message: string;
  readonly path?: string;
}

/** What a register is showing: search, chip, sort as in a question, and the page from 1. */
export interface RegisterState {
  readonly search: string;
  readonly filters: Readonly<Record<string, string>>;
  readonly sort: readonly string[];
  readonly page: number;
}

/** Every event by its name, for typed listeners. */
export interface LotEventMap {
  'lot-open': CustomEvent<RecordDetail>;
  'lot-create': CustomEvent<CreateDetail>;
  'lot-save': CustomEvent<WriteDetail>;
  'lot-post': CustomEvent<WriteDetail>;
  'lot-reverse': CustomEvent<WriteDetail>;
  'lot-delete': CustomEvent<RecordDetail>;
  'lot-cancel': CustomEvent<CreateDetail>;
  'lot-created': CustomEvent<RecordDetail>;
  'lot-saved': CustomEvent<RecordDetail>;
  'lot-posted': CustomEvent<RecordDetail>;
  'lot-reversed': CustomEvent<RecordDetail>;
  'lot-deleted': CustomEvent<RecordDetail>;
  'lot-state-change': CustomEvent<RegisterState>;
  'lot-tab-change': CustomEvent<{ readonly tab: string }>;
  'lot-dirty-change': CustomEvent<{ readonly dirty: boolean }>;
  'lot-ready': CustomEvent<{ readonly seq: number }>;
  'lot-error': CustomEvent<ErrorDetail>;
}

const requests: ReadonlySet<string> = new Set([
  'lot-open',
  'lot-create',
  'lot-save',
  'lot-post',
  'lot-reverse',
  'lot-delete',
  'lot-cancel',
]);

/** Sends an event; false when a request was taken over. */
export function emit<K extends keyof LotEventMap>(
  from: EventTarget,
  name: K,
  detail: LotEventMap[K]['detail'],
): boolean {
  const outward = !name.endsWith('-change');
  const init = { detail, bubbles: outward, composed: outward, cancelable: requests.has(name) };
  return from.dispatchEvent(new CustomEvent(name, init));
}

declare global {
  interface HTMLElementEventMap extends LotEventMap {}
}
