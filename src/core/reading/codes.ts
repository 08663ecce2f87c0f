/**
 * Codes in one ledger: the scope they are unique in, whether one is taken, and the next ones of a code
 * type. The rules of composing are in `rules/codes.ts`; here is what they need to know of the view.
 */

import type { CounterFact } from '../model/facts.ts';
import type {
  CodeOrigin,
  CodeTypeRecord,
  CounterPosition,
  CounterRecord,
  DocumentRef,
  IsoDate,
  ItemRecord,
  LetterTableRecord,
  PartyRef,
} from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';
import type { CodeCheck } from '../ports/hooks.ts';
import { bucketKey, codeKey } from '../ports/keys.ts';
import type { DecideContext, View } from '../ports/view.ts';
import { type CodeValues, counterKey, generateCodes, rootOf, withGap } from '../rules/codes.ts';
import { letterTablesGuard, retiredCodeId } from '../rules/guards.ts';
import { partyId } from './parties.ts';
import { settingsOf } from './references.ts';

/** The scope a code is unique in: the item and variant, or the whole ledger (R12). */
export function scopeOf(view: View, item: string, variant: string | null): string {
  return settingsOf(view).codeScope === 'ledger' ? '' : bucketKey(item, variant);
}

/**
 * Whether a code is taken in its scope: by a lot or serial, or by one that had it on a movement and was
 * corrected since (R4, R86).
 * @param of the lot or serial that may have its own former code back
 */
export function isCodeTaken(
  view: View,
  kind: 'lot' | 'serial',
  scope: string,
  code: string,
  of?: string,
): boolean {
  const key = codeKey(code);
  const holder = view.lookup(kind === 'lot' ? 'lots' : 'serials', 'code', [scope, key]);
  if (holder) return holder.id !== of;
  const retired = view.get('retiredCodes', retiredCodeId(kind, scope, key));
  return retired !== undefined && retired.of !== of;
}

/**
 * Asks the host whether a lot or serial may get a code.
 * @throws LedgerError code.refused, with the host's text
 */
export function mustBeAccepted({ hooks }: DecideContext, asked: CodeCheck, path?: string): void {
  const said = hooks?.validateCode?.(asked) ?? true;
  if (said === true) return;
  const { kind, item, code } = asked;
  const details = { kind, item, code, text: said };
  throw new LedgerError('code.refused', path === undefined ? { details } : { path, details });
}

/** What codes are made for. */
export interface CodeRequest {
  readonly type: CodeTypeRecord;
  readonly item: ItemRecord;
  readonly variant: string | null;
  /** The posting's date; for a lot made by hand the day it starts (R128). */
  readonly date: IsoDate;
  readonly expiryDate?: IsoDate | null;
  readonly lotType?: string | null;
  readonly supplierLot?: string | null;
  readonly party?: (PartyRef & { readonly name?: string | null | undefined }) | null;
  readonly document?: Pick<DocumentRef, 'type' | 'number'> | null;
}

function letterTableOf(view: View, type: CodeTypeRecord, kind: 'year' | 'month'): LetterTableRecord | null {
  const source = kind === 'year' ? 'yearLetter' : 'monthLetter';
  if (!type.parts.some((part) => part.source === source)) return null;
  const tables = view.range('letterTables', 'code', {}, letterTablesGuard);
  return tables.find((table) => table.kind === kind && table.default) ?? null;
}

function supplierNameOf(view: View, { type, party }: CodeRequest): string | null {
  if (!party || !type.parts.some((part) => part.source === 'supplierName')) return null;
  return party.name ?? view.get('parties', partyId(party))?.name ?? null;
}

/** Everything the parts of a code may draw on. */
export function codeValues(view: View, request: CodeRequest): CodeValues {
  const { type, item, variant, date, document } = request;
  return {
    item,
    variant,
    lotType: request.lotType ?? null,
    insertDate: date,
    expiryDate: request.expiryDate ?? null,
    supplierName: supplierNameOf(view, request),
    invoiceNumber: document?.type === 'purchaseInvoice' ? document.number : null,
    deliveryNote: document?.type === 'purchaseDeliveryNote' ? document.number : null,
    supplierLot: request.supplierLot ?? null,
    yearLetters: letterTableOf(view, type, 'year'),
    monthLetters: letterTableOf(view, type, 'month'),
  };
}

/** What the same command has made and not written yet. */
export interface Pending {
  counter(id: string): Omit<CounterRecord, 'version'> | undefined;
  setCounter(counter: CounterFact): void;
  isTaken(code: string): boolean;
}

export interface MadeCodes {
  readonly codes: readonly { readonly code: string; readonly origin: CodeOrigin }[];
  /** The counter as it is from now on; the caller writes it as a fact. */
  readonly counter: CounterFact;
}

function counterAfter(
  before: Omit<CounterRecord, 'version'> | undefined,
  id: string,
  request: CodeRequest,
  root: Record<string, string>,
  scope: Pick<CounterFact, 'item' | 'variant'>,
): (last: Pick<CounterFact, 'number' | 'letters' | 'gaps'>, made: number) => CounterFact {
  const { date, type } = request;
  return (last, made) => ({
    id,
    codeType: type.id,
    root,
    ...scope,
    number: last.number,
    letters: last.letters,
    made: (before?.made ?? 0) + made,
    firstDate: before && before.firstDate < date ? before.firstDate : date,
    lastDate: before && before.lastDate > date ? before.lastDate : date,
    gaps: last.gaps,
  });
}

/**
 * The next codes for a request, and the counter they leave behind.
 * @param pending what the same command has made before
 * @throws LedgerError as `generateCodes` of rules/codes.ts does
 */
export function makeCodes(view: View, request: CodeRequest, count: number, pending?: Pending): MadeCodes {
  const { type, item, variant } = request;
  const values = codeValues(view, request);
  const root = rootOf(type, values);
  const codeScope = scopeOf(view, item.code, variant);
  const scope = codeScope === '' ? { item: null, variant: null } : { item: item.code, variant };
  const id = counterKey(type, root, scope);
  const before = pending?.counter(id) ?? view.get('counters', id);
  const made = generateCodes(
    type,
    values,
    before,
    count,
    (code) => (pending?.isTaken(code) ?? false) || isCodeTaken(view, type.kind, codeScope, code),
  );
  const counter = counterAfter(before, id, request, root, scope)(made.counter, made.codes.length);
  pending?.setCounter(counter);
  return {
    codes: made.codes.map(({ code, position }) => ({ code, origin: { counter: id, ...position } })),
    counter,
  };
}

/**
 * The counter with a gap where a code was that is free again, if its type fills gaps (R4). Answers
 * undefined when nothing has to be written.
 */
export function counterWithGap(view: View, origin: CodeOrigin | null): CounterFact | undefined {
  if (!origin) return undefined;
  const counter = view.get('counters', origin.counter);
  if (!counter || !view.get('codeTypes', counter.codeType)?.fillGaps) return undefined;
  const position: CounterPosition = { number: origin.number, letters: origin.letters };
  const { version: _, ...fact } = counter;
  return { ...fact, gaps: withGap(counter.gaps, position) };
}
