/**
 * How much of a delivery may still come back (R81): what one of its lines moved, less what earlier returns
 * brought back. Counted per lot, per serial, and for stock without either.
 */
import type { PostingLine, ReturnedRow } from '../model/records.ts';

/** What is counted by itself: a lot, a serial, or with neither the line's stock without lots. */
export type Traded = Pick<ReturnedRow, 'lot' | 'serial'>;

/** As much of a line as says what it moves. */
export type Moved = Pick<PostingLine, 'lots' | 'serials' | 'quantity' | 'decimals'>;

/** A serial is itself in whatever lot. */
const keyOf = ({ lot, serial }: Traded): string =>
  serial === null ? `lot:${lot ?? ''}` : `serial:${serial}`;

/** Sums of rows of their kind; what comes to nothing is left out. */
class Sums {
  readonly #rows = new Map<string, ReturnedRow>();

  constructor(rows: readonly ReturnedRow[] = []) {
    for (const row of rows) this.add(row);
  }

  add({ lot, serial, quantity: more }: ReturnedRow): void {
    const key = keyOf({ lot, serial });
    const quantity = this.steps({ lot, serial }) + more;
    if (quantity === 0) this.#rows.delete(key);
    else this.#rows.set(key, { lot, serial, quantity });
  }

  steps(what: Traded): number {
    return this.#rows.get(keyOf(what))?.quantity ?? 0;
  }

  get rows(): ReturnedRow[] {
    return [...this.#rows.values()];
  }
}

/**
 * What a line moves, one row per lot and one per serial; a serial's lot is counted besides.
 * @example tradedBy(line) // [{ lot: 'l1', serial: null, quantity: 12 }]
 */
export function tradedBy(line: Moved): ReturnedRow[] {
  const sums = new Sums();
  for (const { lot, quantity } of line.lots) sums.add({ lot, serial: null, quantity });
  const quantity = 10 ** line.decimals;
  for (const { lot, serial } of line.serials) sums.add({ lot, serial, quantity });
  if (line.lots.length + line.serials.length === 0)
    sums.add({ lot: null, serial: null, quantity: line.quantity });
  return sums.rows;
}

/**
 * What came back of a line, once another line brings more of it.
 * @param sign −1 where a return is taken back
 */
export function addReturned(returned: readonly ReturnedRow[], line: Moved, sign: 1 | -1 = 1): ReturnedRow[] {
  const sums = new Sums(returned);
  for (const row of tradedBy(line)) sums.add({ ...row, quantity: sign * row.quantity });
  return sums.rows;
}

/** Steps of one lot or serial: delivered by a line, returned since, and left to return. */
export interface Returnable {
  readonly delivered: number;
  readonly returned: number;
  readonly left: number;
}

/**
 * How much of each lot or serial of a line may still come back.
 * @example returnable(line, line.returned)({ lot: 'l1', serial: null }) // { delivered: 12, returned: 5, left: 7 }
 */
export function returnable(line: Moved, returned: readonly ReturnedRow[]): (what: Traded) => Returnable {
  const [out, back] = [new Sums(tradedBy(line)), new Sums(returned)];
  return (what) => {
    const [delivered, home] = [out.steps(what), back.steps(what)];
    return { delivered, returned: home, left: delivered - home };
  };
}
