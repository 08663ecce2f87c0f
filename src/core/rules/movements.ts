/**
 * What a posting moves: its lines as signed movements. One lot row is one movement of the lot; a serial is
 * one movement of its own, in addition to its lot's, if it has one; a line without either moves the item's
 * stock without lots. Deciding and folding both read movements from here.
 */
import type { PostingFact } from '../model/facts.ts';
import type { PostingLine } from '../model/records.ts';

export interface PlannedMovement {
  /** The line's id, a slash, a number: unique, and the same for a line and the line that takes it back. */
  readonly id: string;
  readonly line: string;
  readonly lot: string | null;
  readonly serial: string | null;
  readonly item: string;
  readonly variant: string | null;
  readonly location: string | null;
  /** Signed steps. */
  readonly quantity: number;
  readonly reverses: string | null;
}

/** The movements of one line. */
export function movementsOf(line: PostingLine, type: PostingFact['type']): PlannedMovement[] {
  const sign = type === 'load' ? 1 : -1;
  const { item, variant } = line;
  const planned: PlannedMovement[] = [];
  const add = (lot: string | null, serial: string | null, location: string | null, steps: number): void => {
    const n = planned.length;
    planned.push({
      id: `${line.id}/${n}`,
      line: line.id,
      lot,
      serial,
      item,
      variant,
      location,
      // no minus zero: stored as text it would come back as zero
      quantity: steps === 0 ? 0 : sign * steps,
      reverses: line.reverses === null ? null : `${line.reverses}/${n}`,
    });
  };
  for (const row of line.lots) add(row.lot, null, row.location, row.quantity);
  const one = 10 ** line.decimals;
  for (const row of line.serials) add(row.lot, row.serial, row.location, one);
  if (line.lots.length === 0 && line.serials.length === 0 && line.quantity > 0) {
    add(null, null, line.location, line.quantity);
  }
  return planned;
}

/** Whether a movement changes a balance: a serial's own row does not, its place is on the serial. */
export const movesBalance = (movement: PlannedMovement): boolean => movement.serial === null;
