/** Numbers and names that the parts of a grid share: rows above the lines, columns beside the fields, names of lines. */
import type { Line } from '../../controllers/register/types.ts';

/** Rows above the lines: the header, and the filters where they stand. */
export const headRows = (view: { readonly filterRow: boolean }): number => (view.filterRow ? 2 : 1);

/** Columns in front of the fields and behind them. */
export const leads = (view: { readonly ticks: boolean; readonly expands: boolean }): number =>
  Number(view.ticks) + Number(view.expands);

/** Names of lines, so that a line keeps its nodes, and the focus, when it moves. */
export function lineKey<R extends { readonly id: string }>(line: Line<R>): string {
  if (line.kind === 'row') return line.row.id;
  if (line.kind === 'blank') return `blank:${line.index}`;
  return `${line.kind}:${JSON.stringify(line.path.map(({ value }) => value))}`;
}
