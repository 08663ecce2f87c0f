/**
 * Rows as a file a spreadsheet opens: RFC 4180, in pieces as pages come. A text that a spreadsheet would run as
 * a formula gets an apostrophe in front; numbers are numbers and get none.
 */
import type { FieldType } from '../../extensions/types.ts';

/** A column as a file takes it. */
export interface FileColumn<R> {
  readonly key: string;
  /** Its heading. */
  readonly label: string;
  readonly type: FieldType;
  /** In wire form. */
  readonly value: (row: R) => unknown;
  /** As the screen says it. */
  readonly text: (row: R) => string;
}

export interface CsvOptions {
  /** A comma unless said. */
  readonly separator?: ',' | ';' | '\t';
  /** `neutral`: codes, 1234.5 and 2026-12-06; `locale`: words and dates as on the screen. Neutral unless said. */
  readonly values?: 'neutral' | 'locale';
  /** Decimal point of numbers; `.` unless said. Numbers are never grouped. */
  readonly decimal?: '.' | ',';
  /** Begins with a byte order mark, without which Excel takes UTF-8 for something else; true unless said. */
  readonly bom?: boolean;
  /** Begins with the headings; true unless said. */
  readonly header?: boolean;
}

const BOM = '\ufeff';
const LINE_END = '\r\n';
/** Also the full-width marks, which some spreadsheets take for the plain ones. */
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const number = /^-?\d+(\.\d+)?$/;

/** What a spreadsheet of this language expects: a semicolon where the comma is the decimal point. */
export function csvOptionsFor(locale: string): Required<CsvOptions> {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(1.5);
  const decimal = parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.';
  return { separator: decimal === ',' ? ';' : ',', values: 'locale', decimal, bom: true, header: true };
}

/** A text that no spreadsheet runs. */
export const guarded = (text: string): string => (formula.test(text) ? `'${text}` : text);

const isNumber = (type: FieldType): boolean => type === 'quantity' || type === 'number';

const plain = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(plain).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const isDecimal = (type: FieldType, value: unknown): boolean => isNumber(type) && number.test(plain(value));

/** A cell as text, safe to be opened, not yet quoted. */
export function cellText<R>(
  row: R,
  { type, value, text }: FileColumn<R>,
  { values = 'neutral', decimal = '.' }: Pick<CsvOptions, 'values' | 'decimal'> = {},
): string {
  const raw = value(row);
  if (isDecimal(type, raw)) return plain(raw).replace('.', decimal);
  return guarded(values === 'neutral' ? plain(raw) : text(row));
}

/**
 * A text with any separator in it is quoted: the spreadsheet that opens the file may split at another one, and
 * what then stands first in a cell was never guarded.
 */
const quoted = (text: string): string => (/[,;\t"\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/**
 * A file in pieces, one per page of rows.
 *
 * @throws what reading the pages throws
 * @example
 * const pieces: string[] = [];
 * for await (const piece of csv(register.everyRow({ signal }), columns, csvOptionsFor('it'))) pieces.push(piece);
 * const file = new Blob(pieces, { type: 'text/csv;charset=utf-8' });
 */
export async function* csv<R>(
  pages: AsyncIterable<readonly R[]>,
  columns: readonly FileColumn<R>[],
  options: CsvOptions = {},
): AsyncGenerator<string> {
  const { separator = ',', bom = true, header = true } = options;
  const line = (cells: readonly string[]): string => cells.join(separator) + LINE_END;
  const head = header ? line(columns.map(({ label }) => quoted(guarded(label)))) : '';
  const cell = (row: R, column: FileColumn<R>): string => {
    const text = cellText(row, column, options);
    // A decimal comma splits nothing where the separator is another.
    return isDecimal(column.type, column.value(row)) && !text.includes(separator) ? text : quoted(text);
  };
  if (bom || header) yield (bom ? BOM : '') + head;
  for await (const rows of pages) {
    yield rows.map((row) => line(columns.map((column) => cell(row, column)))).join('');
  }
}
