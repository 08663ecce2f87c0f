/**
 * What a key means in a register, without a DOM. Focus is on a row, or on one of its cells, or in the
 * header; the right arrow opens a row before it enters it, the left one leaves it before it closes it.
 */

/** Where the focus is. Row −1 is the header; column −1 is the row itself. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

export interface GridShape {
  readonly rows: number;
  readonly columns: number;
  /** Rows that PgUp and PgDn jump over. */
  readonly leap: number;
  /** Columns whose header can be focused. */
  readonly headers: readonly number[];
  readonly expanded: boolean;
  readonly expandable: boolean;
  readonly rtl: boolean;
}

export type Move =
  | { readonly to: Spot }
  | { readonly act: 'open' | 'expand' | 'collapse' | 'toggle' | 'copy' };

export interface Key {
  readonly key: string;
  readonly ctrl: boolean;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** What a key does; null = it is not the grid's. */
export function gridMove(at: Spot, { key, ctrl }: Key, grid: GridShape): Move | null {
  const name = grid.rtl && /^Arrow(Left|Right)$/.test(key) ? mirrored(key) : key;
  if (at.row < 0) return headerMove(at, name, ctrl, grid);
  const last = grid.rows - 1;
  const row = (to: number): Move => ({ to: { row: clamp(to, 0, last), column: at.column } });
  switch (name) {
    case 'ArrowDown':
      return row(at.row + 1);
    case 'ArrowUp':
      return at.row === 0 && grid.headers.length > 0 ? { to: toHeader(at.column, grid) } : row(at.row - 1);
    case 'PageDown':
      return row(at.row + grid.leap);
    case 'PageUp':
      return row(at.row - grid.leap);
    case 'ArrowRight':
      return forwards(at, grid);
    case 'ArrowLeft':
      return backwards(at, grid);
    case 'Home':
      return { to: { row: ctrl ? 0 : at.row, column: ctrl ? at.column : 0 } };
    case 'End':
      return { to: { row: ctrl ? last : at.row, column: ctrl ? at.column : grid.columns - 1 } };
    case 'Enter':
      return { act: 'open' };
    case ' ':
      return grid.expandable ? { act: 'toggle' } : null;
    case 'c':
      return ctrl ? { act: 'copy' } : null;
    default:
      return null;
  }
}

const mirrored = (key: string): string => (key === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft');

function forwards(at: Spot, grid: GridShape): Move {
  if (at.column < 0 && grid.expandable && !grid.expanded) return { act: 'expand' };
  return { to: { row: at.row, column: Math.min(grid.columns - 1, at.column + 1) } };
}

function backwards(at: Spot, grid: GridShape): Move {
  if (at.column < 0) return grid.expanded ? { act: 'collapse' } : { to: at };
  return { to: { row: at.row, column: at.column - 1 } };
}

/** The header above a cell, or the nearest that can be focused. */
function toHeader(column: number, grid: GridShape): Spot {
  const nearest = grid.headers.reduce((best, one) =>
    Math.abs(one - column) < Math.abs(best - column) ? one : best,
  );
  return { row: -1, column: nearest };
}

function headerMove(at: Spot, key: string, ctrl: boolean, grid: GridShape): Move | null {
  const place = grid.headers.indexOf(at.column);
  const header = (index: number): Move => ({
    to: { row: -1, column: grid.headers[clamp(index, 0, grid.headers.length - 1)] ?? at.column },
  });
  switch (key) {
    case 'ArrowRight':
      return header(place + 1);
    case 'ArrowLeft':
      return header(place - 1);
    case 'Home':
      return header(0);
    case 'End':
      return ctrl && grid.rows > 0 ? { to: { row: grid.rows - 1, column: at.column } } : header(Infinity);
    case 'ArrowDown':
      return grid.rows > 0 ? { to: { row: 0, column: at.column } } : null;
    default:
      return null;
  }
}
