/**
 * Where the focus of a register's table is: by the name of its line and its column, not by node, so that it
 * survives a re-read, another sort, a row that moved and a row that was scrolled away and came back.
 */
import {
  FILTERS,
  type GridShape,
  gridMove,
  HEADER,
  type Move,
  type Spot,
} from '../../controllers/grid-keys.ts';

/** The lines that are drawn, by name, and how many there are in all. */
export interface DrawnLines {
  readonly first: number;
  readonly names: readonly string[];
  readonly count: number;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export class GridFocus {
  #name: string | null = null;
  #row = 0;
  #column = -1;
  #key: string | undefined;
  /** The focus has to be moved once the change is drawn. */
  pending = false;
  /** The focus is in the table. */
  inside = false;

  /** The spot among the lines that are there now. */
  spot({ first, names, count }: DrawnLines, columns: readonly string[]): Spot {
    // A column that was moved takes the focus with it.
    const moved = this.#key === undefined ? -1 : columns.indexOf(this.#key);
    if (moved >= 0) this.#column = moved;
    const column = Math.min(this.#column, columns.length - 1);
    if (this.#row < 0)
      return { row: this.#row, column: this.#row === FILTERS ? Math.max(0, column) : column };
    const known = this.#name === null ? -1 : names.indexOf(this.#name);
    if (known >= 0) this.#row = first + known;
    return { row: clamp(this.#row, 0, Math.max(0, count - 1)), column };
  }

  moveTo(spot: Spot, { first, names }: DrawnLines, columns: readonly string[]): void {
    this.#key = columns[spot.column];
    this.#row = spot.row;
    this.#column = spot.column;
    this.#name = spot.row < 0 ? null : (names[spot.row - first] ?? null);
    this.pending = true;
  }

  /** The focus came by pointer or Tab; whether that is news. */
  arrived(target: Element, lines: DrawnLines, columns: readonly string[]): boolean {
    this.inside = true;
    const line = target.closest<HTMLElement>('[data-line]')?.dataset.line;
    const head = target.closest('.heads') ? HEADER : target.closest('.filters') ? FILTERS : undefined;
    if (line === undefined && head === undefined) return false;
    const at = line === undefined ? -1 : lines.names.indexOf(line);
    const row = head ?? (at < 0 ? this.#row : lines.first + at);
    const column = columns.indexOf(target.closest<HTMLElement>('[data-column]')?.dataset.column ?? '');
    const news = this.#row !== row || this.#column !== column || this.#name !== (line ?? null);
    this.#name = line ?? null;
    this.#row = row;
    this.#column = column;
    this.#key = columns[column];
    return news;
  }

  /** Puts the focus where the spot says; false where its line is not drawn. */
  apply(root: ParentNode, lines: DrawnLines, columns: readonly string[], scroll = true): boolean {
    this.pending = false;
    const { row, column } = this.spot(lines, columns);
    const target = this.#target(root, row, column, lines, columns);
    if (target === null) return false;
    this.inside = true;
    target.focus({ preventScroll: true });
    if (scroll) reveal(target);
    return true;
  }

  #target(
    root: ParentNode,
    row: number,
    column: number,
    lines: DrawnLines,
    columns: readonly string[],
  ): HTMLElement | null {
    const name = columns[column];
    const cell = name === undefined ? '' : ` [data-column="${CSS.escape(name)}"]`;
    if (row === HEADER) {
      return root.querySelector<HTMLElement>(name === undefined ? '.heads input' : `.heads${cell} .sort`);
    }
    if (row === FILTERS) return root.querySelector<HTMLElement>(`.filters${cell}`);
    const line = lines.names[row - lines.first];
    if (line === undefined) return null;
    if (this.#name === null || lines.names.indexOf(this.#name) < 0) this.#name = line;
    const tr = root.querySelector<HTMLElement>(`tbody [data-line="${CSS.escape(line)}"]`);
    if (tr === null || name === undefined) return tr;
    return tr.querySelector<HTMLElement>(`:scope >${cell}`) ?? tr;
  }
}

/** Scrolls a cell into what is not covered by the header or by pinned columns. */
function reveal(target: HTMLElement): void {
  target.scrollIntoView({ block: 'nearest', inline: target.localName === 'tr' ? 'start' : 'nearest' });
}

/** What a table's keys need to know of it. */
export interface KeyHost {
  readonly lines: DrawnLines;
  readonly columns: readonly string[];
  readonly shape: Omit<GridShape, 'rows' | 'columns'>;
}

/** What a keydown in the table means; null where it is not the grid's. */
export function pressedMove(event: KeyboardEvent, focus: GridFocus, host: KeyHost): Move | null {
  const target = event.target as Element;
  if (target.closest('.nest') !== null || target.matches('input:not(.check), select, textarea')) return null;
  const button = target.localName === 'button' || target.localName === 'a' || target.matches('.check');
  const pressing = event.key === 'Enter' || event.key === ' ';
  // A button in a row keeps its own keys; in the header the grid sorts by them.
  if (button && pressing && !target.matches('.heads .sort')) return null;
  const { lines, columns, shape } = host;
  const at = focus.spot(lines, columns);
  const move = gridMove(
    at,
    { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey },
    { ...shape, rows: lines.count, columns: columns.length },
  );
  if (move === null) return null;
  const copies = ('act' in move && move.act === 'copy') || ('head' in move && move.head === 'copy');
  // Somebody copies a text that is selected: that is the browser's.
  if (copies && getSelection()?.toString() !== '') return null;
  event.preventDefault();
  event.stopPropagation();
  return move;
}

/** A printable key that begins to fill a filter. */
export const begins = (event: KeyboardEvent): boolean =>
  event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;

/** Takes a `/` or `?` that nobody is typing. */
export function plainKey(event: KeyboardEvent, key: string): boolean {
  const from = event.composedPath()[0];
  const typing = from instanceof HTMLInputElement || from instanceof HTMLTextAreaElement;
  if (event.key !== key || (typing && !(from as HTMLInputElement).matches('.check'))) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
