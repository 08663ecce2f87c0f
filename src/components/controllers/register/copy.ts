/** What goes to the clipboard: codes, one a line, or a table that a spreadsheet takes as cells. */
import { type CsvOptions, cellText, type FileColumn, guarded } from './csv.ts';

/** One code a line, as they are. */
export const copyCodes = <R>(rows: readonly R[], code: (row: R) => string): string =>
  rows.map(code).join('\n');

/** A clipboard knows no quotes: what would end a cell becomes a space. */
const inCell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');

/** Rows with their headings, cells between tabs; words and dates as on the screen. */
export function copyTable<R>(
  rows: readonly R[],
  columns: readonly FileColumn<R>[],
  { decimal = '.' }: Pick<CsvOptions, 'decimal'> = {},
): string {
  const options = { values: 'locale', decimal } as const;
  const head = columns.map(({ label }) => guarded(inCell(label)));
  const lines = rows.map((row) => columns.map((column) => inCell(cellText(row, column, options))));
  return [head, ...lines].map((cells) => cells.join('\t')).join('\n');
}
