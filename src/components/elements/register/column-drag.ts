/** A header under the pointer: dragged to another place, or its edge to another width. Escape gives up. */
import type { ColumnSheet } from './column-sheet.ts';
import type { ViewColumn } from './view.ts';

/** Pixels that make a press a drag. */
const THRESHOLD = 5;
const NARROWEST = 3;
const WIDEST = 60;

/** What a drag changes. */
export interface DragHost<R> {
  readonly root: ParentNode;
  readonly rtl: boolean;
  readonly sheet: ColumnSheet<R>;
  readonly columns: readonly ViewColumn<R>[];
  readonly move: (key: string, before: string | undefined) => void;
  readonly resize: (key: string, em: number) => void;
}

/** Listens until the pointer is released; `end` hears whether it was given up. */
function track(move: (event: PointerEvent) => void, end: (given: boolean) => void): void {
  const stop = (given: boolean): void => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', key, true);
    end(given);
  };
  const up = (): void => stop(false);
  const cancel = (): void => stop(true);
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    stop(true);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', key, true);
}

/** The width follows the pointer; it is kept when the pointer is released. */
export function dragWidth<R>(host: DragHost<R>, key: string, event: PointerEvent): void {
  if (event.button !== 0) return;
  event.preventDefault();
  event.stopPropagation();
  const start = host.sheet.widthOf(key);
  const em = host.sheet.em;
  let width = start;
  track(
    ({ clientX }) => {
      const by = ((clientX - event.clientX) / em) * (host.rtl ? -1 : 1);
      width = Math.min(WIDEST, Math.max(NARROWEST, Math.round((start + by) * 10) / 10));
      host.sheet.preview(key, width);
    },
    (given) => {
      host.sheet.preview(undefined, 0);
      if (!given && width !== start) host.resize(key, width);
    },
  );
}

/** The header under the pointer, and whether its start is nearer. */
function targetOf<R>(
  host: DragHost<R>,
  x: number,
): { readonly header: HTMLElement; readonly before: boolean } | undefined {
  const headers = host.root.querySelectorAll<HTMLElement>('.heads > [data-column]:not(.lead)');
  for (const header of headers) {
    const { left, right } = header.getBoundingClientRect();
    if (x < left || x >= right) continue;
    return { header, before: x < (left + right) / 2 !== host.rtl };
  }
  return undefined;
}

/** A line shows where the column would go; calls `dragged` once the press has become a drag. */
export function dragOrder<R>(
  host: DragHost<R>,
  column: ViewColumn<R>,
  event: PointerEvent,
  dragged: () => void,
): void {
  if (event.button !== 0 || event.pointerType === 'touch') return;
  const source = (event.currentTarget as Element).closest<HTMLElement>('th');
  let marked: HTMLElement | undefined;
  let before: string | undefined | null = null;
  let begun = false;
  const mark = (header: HTMLElement | undefined, side: string): void => {
    if (marked !== undefined && marked !== header) delete marked.dataset.drop;
    marked = header;
    if (marked !== undefined) marked.dataset.drop = side;
  };
  track(
    ({ clientX, clientY }) => {
      if (!begun && Math.hypot(clientX - event.clientX, clientY - event.clientY) < THRESHOLD) return;
      if (!begun) {
        begun = true;
        dragged();
        if (source !== null) source.dataset.dragged = '';
      }
      const target = targetOf(host, clientX);
      const key = target?.header.dataset.column;
      const at = host.columns.findIndex((each) => each.key === key);
      const same = host.columns[at]?.pin === column.pin;
      if (target === undefined || at < 0 || !same) {
        mark(undefined, '');
        before = null;
        return;
      }
      mark(target.header, target.before ? 'before' : 'after');
      const next = host.columns[at + 1];
      before = target.before ? key : next?.pin === column.pin ? next?.key : undefined;
    },
    (given) => {
      mark(undefined, '');
      if (source !== null) delete source.dataset.dragged;
      if (begun && !given && before !== null && before !== column.key) host.move(column.key, before);
    },
  );
}
