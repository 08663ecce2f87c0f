/** Reading the file that is imported, and writing the rows that failed. */
import papaparse from 'papaparse';

/** One row, by column. */
export type Row = Readonly<Record<string, string>>;

export interface CsvFile {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Rows that have another number of cells than the header. */
  readonly odd: number;
}

/** Why a file cannot be used, by the key of its sentence. */
export type FileProblem = 'wrongType' | 'unreadable' | 'noRows';

/** Beyond this a browser would read for a long time, and most likely something that is no CSV. */
const LARGEST = 200_000_000;

/** Reads a CSV file with a header line. */
export function readCsv(file: File): Promise<CsvFile | FileProblem> {
  const other = /\.(xlsx?|pdf|docx?|zip|png|jpe?g|json)$/i.test(file.name);
  if (other || file.size > LARGEST) return Promise.resolve('wrongType');
  return new Promise((resolve) => {
    papaparse.parse(file, {
      header: true,
      skipEmptyLines: 'greedy',
      complete: ({ data, errors, meta }) => {
        const columns = (meta.fields ?? []).filter((name) => name.trim() !== '');
        const odd = new Set(errors.flatMap(({ row }) => (row === undefined ? [] : [row]))).size;
        if (columns.length === 0) resolve('unreadable');
        else if (data.length === 0) resolve('noRows');
        else resolve({ name: file.name, columns, rows: data, odd });
      },
      error: () => resolve('unreadable'),
    });
  });
}

/** What a spreadsheet would take for a formula when it opens the file. */
const FORMULA = /^[=+\-@\t\r]/;

/** A CSV text in which no cell can turn into a formula. */
export const writeCsv = (fields: readonly string[], data: readonly (readonly string[])[]): string =>
  papaparse.unparse({ fields, data }, { escapeFormulae: FORMULA });

/** Hands a text to the reader as a file. */
export function download(name: string, text: string): void {
  // a mark of byte order lets spreadsheets read it as UTF-8
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
