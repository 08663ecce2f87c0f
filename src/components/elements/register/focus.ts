/**
 * Where the focus of a register's table is: by row id and column id, not by node, so that it survives a
 * re-read, another sort and a row that moved.
 */
import { gridMove, type Spot } from '../../controllers/grid-keys.ts';

export class GridFocus {
  #id: string | null = null;
  #row = 0;
  #column = -1;
  /** The focus has to be moved once the change is drawn. */
  pending = false;

  /** The spot among the rows that are there now. */
  spot(ids: readonly string[], columns: number): Spot {
    const column = Math.min(this.#column, columns - 1);
    if (this.#row < 0) return { row: -1, column };
    const known = this.#id === null ? -1 : ids.indexOf(this.#id);
    return { row: known >= 0 ? known : Math.min(this.#row, Math.max(0, ids.length - 1)), column };
  }

  moveTo(spot: Spot, ids: readonly string[]): void {
    this.#id = spot.row < 0 ? null : (ids[spot.row] ?? null);
    this.#row = spot.row;
    this.#column = spot.column;
    this.pending = true;
  }

  /** The focus came by pointer or Tab; whether that is news. */
  arrived(target: Element, ids: readonly string[], columns: readonly string[]): boolean {
    const id = target.closest<HTMLElement>('[data-row-id]')?.dataset.rowId ?? null;
    if (id === null && target.closest('thead') === null) return false;
    const column = columns.indexOf(target.closest<HTMLElement>('[data-column]')?.dataset.column ?? '');
    const news = this.#id !== id || this.#column !== column;
    this.#id = id;
    this.#row = id === null ? -1 : ids.indexOf(id);
    this.#column = column;
    return news;
  }

  /** Puts the focus where the spot says. */
  apply(root: ParentNode, ids: readonly string[], columns: readonly string[]): void {
    this.pending = false;
    const { row, column } = this.spot(ids, columns.length);
    const line = row < 0 ? 'thead' : `[data-row-id="${CSS.escape(ids[row] ?? '')}"]`;
    const name = columns[column];
    const cell = name === undefined ? '' : ` [data-column="${name}"]${row < 0 ? ' button' : ''}`;
    const target = root.querySelector<HTMLElement>(line + cell);
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}

/** What a table's keys need to know of it, and what they may ask of it. */
export interface KeyHost {
  readonly ids: readonly string[];
  readonly columns: readonly string[];
  /** Columns whose header sorts, by their place. */
  readonly headers: readonly number[];
  readonly rtl: boolean;
  readonly expanded: (id: string) => boolean;
  readonly act: (act: 'open' | 'expand' | 'collapse' | 'toggle' | 'copy', row: number) => void;
}

/** Rows that PgUp and PgDn jump over. */
const LEAP = 10;

/** A keydown in the table; whether the focus is to be moved. What belongs to a button in it is left alone. */
export function pressKey(event: KeyboardEvent, focus: GridFocus, host: KeyHost): boolean {
  const target = event.target as Element;
  if (target.closest('.nest') !== null || event.altKey) return false;
  if (target.localName === 'button' && (event.key === 'Enter' || event.key === ' ')) return false;
  const { ids, columns, headers, rtl } = host;
  const at = focus.spot(ids, columns.length);
  const id = ids[at.row];
  const expanded = id !== undefined && host.expanded(id);
  const shape = {
    rows: ids.length,
    columns: columns.length,
    leap: LEAP,
    headers,
    expanded,
    expandable: true,
    rtl,
  };
  const move = gridMove(at, { key: event.key, ctrl: event.ctrlKey || event.metaKey }, shape);
  if (move === null) return false;
  // Somebody copies a text that is selected: that is the browser's.
  if ('act' in move && move.act === 'copy' && getSelection()?.toString() !== '') return false;
  event.preventDefault();
  event.stopPropagation();
  if ('to' in move) focus.moveTo(move.to, ids);
  else if (id !== undefined) host.act(move.act, at.row);
  return 'to' in move;
}

/** Takes a `/` that nobody is typing: it leads to the search. */
export function isSearchKey(event: KeyboardEvent): boolean {
  const typing = event.composedPath()[0] instanceof HTMLInputElement;
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
