/** The whole result as one document to be printed: all rows of the question, not those on the screen. */
import type { Summary } from '../../core.ts';
import type { FileColumn } from './csv.ts';

/** A sheet nobody would read to its end: what a document holds at most. */
export const PRINTED_ROWS = 20_000;

/** A document as plain texts, to be drawn by the element or by the host. */
export interface PrintModel {
  readonly title: string;
  /** Search, chip and filters in words. */
  readonly filters: readonly string[];
  readonly columns: readonly { readonly key: string; readonly label: string; readonly numeric: boolean }[];
  /** Cells as on the screen, in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  /** Per field and unit. */
  readonly totals: readonly { readonly label: string; readonly unit: string; readonly quantity: string }[];
  /** Rows in it. */
  readonly count: number;
  /** More rows match than are in it. */
  readonly truncated: boolean;
  /** When it was read, in words. */
  readonly asOf: string | undefined;
}

/** What a document says beside its rows. */
export interface PrintAbout {
  readonly title: string;
  readonly filters?: readonly string[];
  readonly asOf?: string;
  readonly totals?: {
    readonly sums: Summary['sums'];
    /** Name of a field that was added up. */
    readonly label: (sum: string) => string;
    /** A quantity in words. */
    readonly quantity: (value: string, decimals: number) => string;
  };
  /** Rows at most; 20,000 unless said. */
  readonly max?: number;
}

const totalsOf = ({ totals }: PrintAbout): PrintModel['totals'] =>
  Object.entries(totals?.sums ?? {}).flatMap(([sum, units]) =>
    units.map(({ unit, decimals, quantity }) => ({
      label: totals?.label(sum) ?? sum,
      unit,
      quantity: totals?.quantity(quantity, decimals) ?? quantity,
    })),
  );

/** @throws what reading the pages throws */
export async function printModel<R>(
  pages: AsyncIterable<readonly R[]>,
  columns: readonly FileColumn<R>[],
  about: PrintAbout,
): Promise<PrintModel> {
  const { max = PRINTED_ROWS } = about;
  const rows: string[][] = [];
  let truncated = false;
  for await (const page of pages) {
    const room = max - rows.length;
    for (const row of page.slice(0, room)) rows.push(columns.map(({ text }) => text(row)));
    truncated = page.length > room;
    if (truncated) break;
  }
  return {
    title: about.title,
    filters: about.filters ?? [],
    columns: columns.map(({ key, label, type }) => ({
      key,
      label,
      numeric: type === 'quantity' || type === 'number',
    })),
    rows,
    totals: totalsOf(about),
    count: rows.length,
    truncated,
    asOf: about.asOf,
  };
}
