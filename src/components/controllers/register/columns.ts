/**
 * Columns as somebody arranged them: order, hidden ones, widths, pins. What is kept is what differs from the
 * way the kind's columns come; columns that no longer exist are passed over and new ones find their place.
 */
import type { RegisterField } from './options.ts';
import { same, widthOf } from './state.ts';
import type { ColumnState } from './types.ts';

/** A column as it stands. */
export interface ArrangedColumn extends ColumnState {
  readonly hidden: boolean;
}

const partOf = ({ pin }: ColumnState): number => (pin === 'start' ? 0 : pin === 'end' ? 2 : 1);

const inParts = (columns: readonly ArrangedColumn[]): ArrangedColumn[] =>
  [0, 1, 2].flatMap((part) => columns.filter((column) => partOf(column) === part));

/** The columns as they come. */
const plain = (fields: readonly RegisterField[]): ArrangedColumn[] =>
  fields.map(({ key, hidden = false }) => ({ key, hidden }));

/**
 * All columns in the order they stand in: pinned to the start, free, pinned to the end. A column the
 * arrangement does not know stands after the one it comes after.
 */
export function arrange(
  fields: readonly RegisterField[],
  columns: readonly ColumnState[],
): readonly ArrangedColumn[] {
  if (columns.length === 0) return plain(fields);
  const known = new Map(fields.map((field) => [field.key, field]));
  const placed: ArrangedColumn[] = columns
    .filter(({ key }) => known.has(key))
    .map((column) => ({ ...column, hidden: column.hidden ?? false }));
  const at = new Set(placed.map(({ key }) => key));
  let before: string | undefined;
  for (const { key, hidden = false } of fields) {
    if (!at.has(key)) {
      const place = placed.findIndex((column) => column.key === before);
      placed.splice(place + 1, 0, { key, hidden });
    }
    before = key;
  }
  return inParts(placed);
}

/** What to keep of an arrangement: nothing where it is as the columns come. */
export function arrangement(
  fields: readonly RegisterField[],
  columns: readonly ArrangedColumn[],
): readonly ColumnState[] {
  if (same(columns, plain(fields))) return [];
  return columns.map(({ hidden, ...column }) => (hidden ? { ...column, hidden } : column));
}

/** What columns need of their register. */
export interface ColumnsHost {
  readonly fields: () => readonly RegisterField[];
  readonly columns: () => readonly ColumnState[];
  readonly change: (columns: readonly ColumnState[]) => void;
}

export class Columns {
  readonly #host: ColumnsHost;

  constructor(host: ColumnsHost) {
    this.#host = host;
  }

  /** All, hidden ones too, in order: pinned to the start, free, pinned to the end. */
  get all(): readonly ArrangedColumn[] {
    return arrange(this.#host.fields(), this.#host.columns());
  }

  get shown(): readonly ArrangedColumn[] {
    return this.all.filter(({ hidden }) => !hidden);
  }

  /** They stand as they come. */
  get asTheyCome(): boolean {
    return arrangement(this.#host.fields(), this.all).length === 0;
  }

  /** Shows or hides one; the last that is shown stays. */
  show(key: string, on: boolean): void {
    const { shown } = this;
    if (!on && shown.length === 1 && shown[0]?.key === key) return;
    this.#edit(key, (column) => ({ ...column, hidden: !on }));
  }

  /** Puts one in front of another, taking over its pin; undefined = at the end of its own part. */
  move(key: string, before: string | undefined): void {
    const { all } = this;
    const moved = all.find((column) => column.key === key);
    if (moved === undefined || key === before) return;
    const rest = all.filter((column) => column !== moved);
    const place = rest.findIndex((column) => column.key === before);
    const next = rest[place];
    if (next === undefined) {
      this.#keep([...rest, moved]);
      return;
    }
    const { pin: _, ...free } = moved;
    rest.splice(place, 0, next.pin === undefined ? free : { ...free, pin: next.pin });
    this.#keep(rest);
  }

  /** By keyboard: over so many shown neighbours of its part. False where there is no further. */
  moveBy(key: string, step: number): boolean {
    const { all } = this;
    const moved = all.find((column) => column.key === key);
    if (moved === undefined || step === 0) return false;
    const peers = all.filter(
      (column) => partOf(column) === partOf(moved) && (!column.hidden || column === moved),
    );
    const peer = peers[peers.indexOf(moved) + step];
    if (peer === undefined) return false;
    const rest = all.filter((column) => column !== moved);
    rest.splice(rest.indexOf(peer) + (step > 0 ? 1 : 0), 0, moved);
    this.#keep(rest);
    return true;
  }

  /** Sets a width in em, kept between 3 and 60; undefined = by its content. */
  resize(key: string, width: number | undefined): void {
    this.#edit(key, ({ width: _, ...column }) => withWidth(column, width));
  }

  /** Sets several widths at once, as best fit measured them. */
  fit(widths: Readonly<Record<string, number>>): void {
    this.#keep(
      this.all.map((column) =>
        Object.hasOwn(widths, column.key) ? withWidth(column, widths[column.key]) : column,
      ),
    );
  }

  /** Pins one to a side, as the last there; undefined = lets it go. */
  pin(key: string, side: 'start' | 'end' | undefined): void {
    this.#edit(key, ({ pin: _, ...column }) => (side === undefined ? column : { ...column, pin: side }));
  }

  /** As they come. */
  reset(): void {
    this.#host.change([]);
  }

  #edit(key: string, edit: (column: ArrangedColumn) => ArrangedColumn): void {
    this.#keep(this.all.map((column) => (column.key === key ? edit(column) : column)));
  }

  #keep(columns: readonly ArrangedColumn[]): void {
    this.#host.change(arrangement(this.#host.fields(), inParts(columns)));
  }
}

function withWidth(column: ArrangedColumn, width: number | undefined): ArrangedColumn {
  const kept = width === undefined ? undefined : widthOf(width);
  return kept === undefined ? column : { ...column, width: kept };
}
