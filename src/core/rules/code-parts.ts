/**
 * What one part of a code says: its value from the item, the posting or the calendar, cut and filled to its
 * length (R7), or the refusal that it is not known (R8–R10). The progressive parts are in `code-counters.ts`.
 */
import type { CodePart, CodeSource, LetterTableInput } from '../model/inputs.ts';
import type { IsoDate } from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';
import { dateParts } from './calendar.ts';

/** Everything the parts of a code may draw on. */
export interface CodeValues {
  readonly item: {
    readonly code: string;
    readonly class?: string | null | undefined;
    readonly category?: string | null | undefined;
    readonly type?: string | null | undefined;
    readonly characteristic?: string | null | undefined;
  };
  readonly variant: string | null;
  readonly lotType: string | null;
  /** The posting's date: codes never look at the clock (R128). */
  readonly insertDate: IsoDate;
  readonly expiryDate: IsoDate | null;
  readonly supplierName: string | null;
  readonly invoiceNumber: string | null;
  readonly deliveryNote: string | null;
  readonly supplierLot: string | null;
  /** The letter tables in force; null where there is none. */
  readonly yearLetters: LetterTableInput | null;
  readonly monthLetters: LetterTableInput | null;
}

/** The sources that count. */
export type CounterSource = 'number' | 'letters';
type FixedSource = Exclude<CodeSource, CounterSource | 'text'>;

type Read = (values: CodeValues) => string | null | undefined;

const letterOf = (table: LetterTableInput | null, value: number): string | undefined =>
  table?.rows.find((row) => row.value === value)?.letter;
// a month and a day have two digits, as in the date they come from; `fixedPart` knows how to cut them
const month = (date: IsoDate | null): string | undefined => date?.slice(5, 7);
const day = (date: IsoDate | null): string | undefined => date?.slice(8, 10);
const year = (date: IsoDate | null): string | undefined => date?.slice(0, 4);

const readers: Readonly<Record<FixedSource, Read>> = {
  itemClass: (v) => v.item.class,
  itemCode: (v) => v.item.code,
  characteristic: (v) => v.item.characteristic,
  productCategory: (v) => v.item.category,
  itemType: (v) => v.item.type,
  variant: (v) => v.variant,
  insertDay: (v) => day(v.insertDate),
  insertMonth: (v) => month(v.insertDate),
  insertYear: (v) => year(v.insertDate),
  expiryDay: (v) => day(v.expiryDate),
  expiryMonth: (v) => month(v.expiryDate),
  expiryYear: (v) => year(v.expiryDate),
  lotType: (v) => v.lotType,
  yearLetter: (v) => letterOf(v.yearLetters, dateParts(v.insertDate).year),
  monthLetter: (v) => letterOf(v.monthLetters, dateParts(v.insertDate).month),
  supplierName: (v) => v.supplierName,
  invoiceNumber: (v) => v.invoiceNumber,
  deliveryNote: (v) => v.deliveryNote,
  supplierLot: (v) => v.supplierLot,
};

/** Whether a part counts. */
export function isCounter(source: CodeSource): source is CounterSource {
  return source === 'number' || source === 'letters';
}

/** A value filled from the left to a length in characters; without a fill character as it is (R7). */
export function filled(value: string, part: CodePart): string {
  const missing = (part.length ?? 0) - [...value].length;
  return part.fill && missing > 0 ? part.fill.repeat(missing) + value : value;
}

function cut(source: FixedSource | 'text', value: string, length: number | undefined): string {
  if (length === undefined || value.length <= length) return value;
  if (source === 'insertYear' || source === 'expiryYear') return value.slice(-length);
  if (/^(insert|expiry)(Day|Month)$/.test(source)) {
    const plain = value.replace(/^0/, '');
    if (plain.length > length) throw new LedgerError('code.overflow', { details: { source, length } });
    return plain;
  }
  return [...value].slice(0, length).join('');
}

/**
 * The text of a part that does not count, as it stands in the code; `''` for an optional one without a value.
 * @throws LedgerError `codeType.missingPart` with `details.source`; `code.overflow` for a month or day that
 * does not fit its single place
 */
export function fixedPart(part: CodePart, values: CodeValues): string {
  const { source } = part;
  if (isCounter(source)) return '';
  // a text part keeps its spaces: they may stand between two other parts
  const value = (source === 'text' ? part.value : readers[source](values)?.trim())?.normalize('NFC');
  if (value) return filled(cut(source, value, part.length), part);
  if (part.optional) return '';
  throw new LedgerError('codeType.missingPart', { details: { source } });
}
