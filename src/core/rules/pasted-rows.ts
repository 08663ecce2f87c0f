/**
 * Rows of lots or serials from pasted text: code, quantity, expiry date (R68). Nothing is guessed in silence:
 * what cannot be read flags its row and never ends up in the code.
 *
 * Separators, decided per line by the first one it holds: tab, `;`, `|`, comma. Where a comma separates, it
 * is no decimal sign, so `L1,2,5` has a third column that is no date and is flagged. Elsewhere a decimal comma
 * is fine (`2,5`), unless it might group thousands (`1,250`): that is flagged too; `0,454` can only be a
 * fraction. Dates are ISO (`2027-02-01`, `2027/02/01`) or day first with a four-digit year (`01.02.2027`,
 * `1/2/2027`, `1-2-2027`).
 */
import type { IsoDate } from '../model/records.ts';
import { isIsoDate, limits, quantityProblem, textProblem } from '../model/texts.ts';
import type { ErrorCode } from '../ports/catalogue.ts';
import { fold } from '../ports/keys.ts';

/** One pasted row. With a `problem` it is shown to the person, not posted. */
export interface ParsedRow {
  /** Line of the text, from 1. */
  readonly line: number;
  readonly code: string;
  /** A canonical decimal text, in the unit of the posting's line. */
  readonly quantity?: string;
  readonly expiryDate?: IsoDate;
  /** The first thing wrong, and the text it is about. */
  readonly problem?: { readonly code: ErrorCode; readonly text: string };
}

type Column = 'code' | 'quantity' | 'expiryDate';
type Problem = NonNullable<ParsedRow['problem']>;

const usual: readonly Column[] = ['code', 'quantity', 'expiryDate'];

/** Headings of the three columns, folded and without spaces or points. */
const headings: Readonly<Record<Column, readonly string[]>> = {
  code: [
    ...['code', 'lot', 'lots', 'lotcode', 'lotno', 'lotnumber', 'batch', 'batchno', 'batchnumber'],
    ...['serial', 'serials', 'serialno', 'serialnumber', 'serialcode', 'sn', 's/n'],
    ...[
      'codice',
      'lotto',
      'lotti',
      'codicelotto',
      'numerolotto',
      'nlotto',
      'matricola',
      'matricole',
      'seriale',
    ],
  ],
  quantity: ['quantity', 'qty', 'quantità', 'quantita', 'qtà', 'qta', 'pieces', 'pcs', 'pezzi', 'pz'],
  expiryDate: [
    ...['expiry', 'expirydate', 'expires', 'expiration', 'expirationdate', 'exp', 'expdate', 'bestbefore'],
    ...['scadenza', 'datascadenza', 'datadiscadenza', 'scad'],
  ],
};

function columnOf(heading: string): Column | undefined {
  const word = fold(heading)
    .replace(/[\s._:]/g, '')
    .normalize('NFC');
  return usual.find((column) => headings[column].includes(word));
}

/** The order of the columns, when a line is a heading; undefined when it is a row. */
function headerOf(cells: readonly string[]): Column[] | undefined {
  const columns = cells.map(columnOf);
  const known = columns.filter((column) => column !== undefined);
  const proper = known.length === cells.length && new Set(known).size === known.length;
  return proper && known.includes('code') ? known : undefined;
}

function separatorOf(line: string): string {
  return ['\t', ';', '|'].find((each) => line.includes(each)) ?? ',';
}

function readDate(text: string): IsoDate | Problem | undefined {
  const parts =
    /^(?<y>\d{4})([-/.])(?<m>\d{1,2})\2(?<d>\d{1,2})$/.exec(text)?.groups ??
    /^(?<d>\d{1,2})([-/.])(?<m>\d{1,2})\2(?<y>\d{4})$/.exec(text)?.groups;
  if (!parts) return undefined;
  const date = `${parts.y}-${String(parts.m).padStart(2, '0')}-${String(parts.d).padStart(2, '0')}`;
  return isIsoDate(date) ? date : { code: 'date.invalid', text };
}

function readQuantity(text: string): string | Problem {
  const wrong = (code: ErrorCode): Problem => ({ code, text });
  const grouped = /^\d{1,3},\d{3}$/.test(text) && !/^0+,/.test(text);
  const plain = grouped ? text : text.replace(/^(\d+),(\d+)$/, '$1.$2');
  const problem = quantityProblem(plain);
  if (problem) return wrong(problem);
  const [whole = '', fraction = ''] = plain.split('.');
  const end = fraction.replace(/0+$/, '');
  return whole.replace(/^0+(?=\d)/, '') + (end === '' ? '' : `.${end}`);
}

/** Whether a code seems to hold another column: a second separator, spaces that align, a date at its end. */
const doubtful = (code: string): boolean =>
  /[;|]|\s{2}/.test(code) || readDate(/\s(\S+)$/.exec(code)?.[1] ?? '') !== undefined;

function codeProblem(code: string): Problem | undefined {
  if (code === '') return { code: 'field.required', text: code };
  const problem = textProblem(code, limits.code) ?? (doubtful(code) ? 'code.pattern' : undefined);
  return problem && { code: problem, text: code };
}

function rowOf(line: number, cells: readonly string[], columns: readonly Column[]): ParsedRow {
  const row: { code: string; quantity?: string; expiryDate?: IsoDate } = { code: '' };
  const problems: (Problem | undefined)[] = [];
  // a date right behind the code, with nothing after it, is the expiry
  const short = columns === usual && cells.length === 2 && readDate(cells[1] ?? '') !== undefined;
  cells.forEach((cell, i) => {
    const column = short && i === 1 ? 'expiryDate' : columns[i];
    if (column === 'code') {
      row.code = cell;
      problems.unshift(codeProblem(cell));
      return;
    }
    if (cell === '') return;
    const found = column === 'quantity' ? readQuantity(cell) : column && readDate(cell);
    if (typeof found !== 'string')
      problems.push(found ?? { code: column ? 'date.invalid' : 'code.pattern', text: cell });
    else if (column === 'quantity') row.quantity = found;
    else row.expiryDate = found;
  });
  const problem = problems.find((each) => each !== undefined);
  return problem ? { line, ...row, problem } : { line, ...row };
}

/**
 * Reads pasted rows `code, quantity, expiry date`; quantity and date may be missing. A first line of headings
 * (English or Italian) is recognised and sets the order of the columns. Blank lines are skipped.
 * @example
 * rowsFromText('L1;22;2027-02-01\nL2\t12')
 * // [{ line: 1, code: 'L1', quantity: '22', expiryDate: '2027-02-01' }, { line: 2, code: 'L2', quantity: '12' }]
 */
export function rowsFromText(text: string): ParsedRow[] {
  const rows: ParsedRow[] = [];
  let columns = usual;
  let first = true;
  text.split(/\r\n|\r|\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    const cells = line.split(separatorOf(line)).map((cell) => cell.trim());
    while (cells.length > 1 && cells.at(-1) === '') cells.pop();
    const header = first ? headerOf(cells) : undefined;
    first = false;
    if (header) columns = header;
    else rows.push(rowOf(i + 1, cells, columns));
  });
  return rows;
}
