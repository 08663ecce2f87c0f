/**
 * What a key means in a register, without a DOM. Focus is on a row, on one of its cells, in the filter row
 * or in the header; the right arrow opens a row before it enters it, the left one leaves it before it
 * closes it.
 */

/** Where the focus is: a line from 0, or one of the rows above; column −1 is the row itself. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

/** The row of column headers; its column −1 is the box that ticks all. */
export const HEADER = -2;
/** The row of filters. */
export const FILTERS = -1;

export interface GridShape {
  readonly rows: number;
  readonly columns: number;
  /** Rows that PgUp and PgDn jump over. */
  readonly leap: number;
  /** Columns whose header can be focused. */
  readonly headers: readonly number[];
  /** Columns with a filter; none where the filter row is hidden. */
  readonly filters: readonly number[];
  readonly expanded: boolean;
  readonly expandable: boolean;
  /** Rows can be ticked. */
  readonly ticks: boolean;
  /** The row of the group this one belongs to. */
  readonly parent?: number | undefined;
  readonly rtl: boolean;
}

/** What a row does. */
export type RowAct =
  | 'open'
  | 'expand'
  | 'collapse'
  | 'toggle'
  | 'tick'
  | 'tickTo'
  | 'tickAll'
  | 'copy'
  | 'copyRows'
  | 'menu';
/** What a header or a filter does. */
export type HeadAct =
  | 'sort'
  | 'sortAlso'
  | 'forward'
  | 'back'
  | 'wider'
  | 'narrower'
  | 'menu'
  | 'edit'
  | 'values'
  | 'tickAll'
  | 'copy'
  | 'copyRows';

export type Move = { readonly to: Spot } | { readonly act: RowAct } | { readonly head: HeadAct };

export interface Key {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift?: boolean;
  readonly alt?: boolean;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** What a key does; null = it is not the grid's. */
export function gridMove(at: Spot, given: Key, grid: GridShape): Move | null {
  const { key } = given;
  const name = grid.rtl && /^Arrow(Left|Right)$/.test(key) ? mirrored(key) : key;
  const pressed = { ...given, key: name };
  if (isMenuKey(pressed)) return at.row < 0 ? { head: 'menu' } : { act: 'menu' };
  if (at.row < 0) return aboveMove(at, pressed, grid);
  if (pressed.alt) return null;
  return walk(at, pressed, grid) ?? rowAct(pressed, grid);
}

const isMenuKey = ({ key, shift }: Key): boolean =>
  key === 'ContextMenu' || (key === 'F10' && shift === true);

const mirrored = (key: string): string => (key === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft');

/** Moves among the rows. */
function walk(at: Spot, { key, ctrl, shift }: Key, grid: GridShape): Move | null {
  const last = grid.rows - 1;
  const row = (to: number): Move => ({ to: { row: clamp(to, 0, last), column: at.column } });
  switch (key) {
    case 'ArrowDown':
      return row(at.row + 1);
    case 'ArrowUp':
      return at.row === 0 ? upwards(at, grid) : row(at.row - 1);
    case 'PageDown':
      return row(at.row + grid.leap);
    case 'PageUp':
      return row(at.row - grid.leap);
    case 'ArrowRight':
      return shift ? null : forwards(at, grid);
    case 'ArrowLeft':
      return shift ? null : backwards(at, grid);
    case 'Home':
      return ctrl ? row(0) : { to: { row: at.row, column: 0 } };
    case 'End':
      return ctrl ? row(last) : { to: { row: at.row, column: grid.columns - 1 } };
    default:
      return null;
  }
}

function rowAct({ key, ctrl, shift }: Key, grid: GridShape): Move | null {
  if (ctrl) return ctrlAct(key.toLowerCase(), shift === true, grid);
  if (key === 'Enter') return { act: 'open' };
  if (key !== ' ') return null;
  if (grid.ticks) return { act: shift ? 'tickTo' : 'tick' };
  return grid.expandable ? { act: 'toggle' } : null;
}

function ctrlAct(
  key: string,
  shift: boolean,
  grid: GridShape,
): { readonly act: 'copy' | 'copyRows' | 'tickAll' } | null {
  if (key === 'c') return { act: shift ? 'copyRows' : 'copy' };
  return key === 'a' && grid.ticks && !shift ? { act: 'tickAll' } : null;
}

function forwards(at: Spot, grid: GridShape): Move {
  if (at.column < 0 && grid.expandable && !grid.expanded) return { act: 'expand' };
  return { to: { row: at.row, column: Math.min(grid.columns - 1, at.column + 1) } };
}

function backwards(at: Spot, grid: GridShape): Move {
  if (at.column >= 0) return { to: { row: at.row, column: at.column - 1 } };
  if (grid.expanded) return { act: 'collapse' };
  return { to: grid.parent === undefined ? at : { row: grid.parent, column: -1 } };
}

/** The nearest of some columns. */
const nearest = (column: number, among: readonly number[]): number =>
  among.reduce((best, one) => (Math.abs(one - column) < Math.abs(best - column) ? one : best));

/** From the first row into the filters, or the header where there are none. */
function upwards(at: Spot, grid: GridShape): Move {
  if (grid.filters.length > 0) return { to: { row: FILTERS, column: nearest(at.column, grid.filters) } };
  if (grid.headers.length > 0) return { to: { row: HEADER, column: nearest(at.column, grid.headers) } };
  return { to: at };
}

/** Downwards from the header: the filter below, else the first row. */
function downwards(at: Spot, grid: GridShape): Move | null {
  if (at.row === HEADER && grid.filters.length > 0 && at.column >= 0) {
    return { to: { row: FILTERS, column: nearest(at.column, grid.filters) } };
  }
  return grid.rows > 0 ? { to: { row: 0, column: at.column } } : null;
}

function aboveMove(at: Spot, given: Key, grid: GridShape): Move | null {
  const { key, ctrl, shift, alt } = given;
  if (alt) return key === 'ArrowDown' ? { head: at.row === HEADER ? 'menu' : 'values' } : null;
  const own = at.row === HEADER ? grid.headers : grid.filters;
  const place = own.indexOf(at.column);
  const to = (index: number): Move => ({
    to: { row: at.row, column: own[clamp(index, 0, own.length - 1)] ?? at.column },
  });
  const sideways = key === 'ArrowRight' || key === 'ArrowLeft';
  if (sideways && (ctrl || shift) && at.row === HEADER) return arrange(key === 'ArrowRight', ctrl);
  switch (key) {
    case 'ArrowRight':
      return to(place + 1);
    case 'ArrowLeft':
      return to(place - 1);
    case 'Home':
      return to(0);
    case 'End':
      return ctrl && grid.rows > 0 ? { to: { row: grid.rows - 1, column: at.column } } : to(Infinity);
    case 'ArrowDown':
      return downwards(at, grid);
    case 'ArrowUp':
      return at.row === FILTERS && grid.headers.length > 0
        ? { to: { row: HEADER, column: nearest(at.column, grid.headers) } }
        : null;
    default:
      return headAct(at, given, grid);
  }
}

const arrange = (right: boolean, move: boolean): Move =>
  move ? { head: right ? 'back' : 'forward' } : { head: right ? 'wider' : 'narrower' };

function headAct(at: Spot, { key, ctrl, shift }: Key, grid: GridShape): Move | null {
  if (ctrl) {
    const found = ctrlAct(key.toLowerCase(), shift === true, grid);
    return found && { head: found.act };
  }
  if (at.row === FILTERS) {
    if (key === 'Enter' || key === 'F2') return { head: 'edit' };
    return key === 'F9' || key === 'F4' ? { head: 'values' } : null;
  }
  if (at.column < 0) return key === 'Enter' || key === ' ' ? { head: 'tickAll' } : null;
  if (key === 'F2') return { head: 'menu' };
  return key === 'Enter' || key === ' ' ? { head: shift ? 'sortAlso' : 'sort' } : null;
}
