/** Changes of one line of a posting: each takes a line and gives the next one. */
import { signOf } from './lot-view-amounts.ts';
import type { Candidate } from './posting-form-allocation.ts';
import { placeKey } from './posting-form-allocation.ts';
import { emptyRow, type LineDraft, type LotRow } from './posting-form-draft.ts';
import { filledRows } from './posting-form-status.ts';

/** The line with one row changed. */
export function withRow(line: LineDraft, key: number, patch: Partial<LotRow>): LineDraft {
  return { ...line, rows: line.rows.map((row) => (row.key === key ? { ...row, ...patch } : row)) };
}

/** The line with rows at its end; an empty last row gives way to them. */
export function withRows(line: LineDraft, rows: readonly LotRow[]): LineDraft {
  return { ...line, lotsMode: 'rows', rows: [...filledRows(line.rows), ...rows] };
}

export const withoutRow = (line: LineDraft, key: number): LineDraft => ({
  ...line,
  rows: line.rows.filter((row) => row.key !== key),
});

/** The row that takes from a candidate. */
export function rowOf(line: LineDraft, candidate: Candidate): LotRow | undefined {
  const key = placeKey(candidate.code, candidate.location);
  return line.rows.find((row) => placeKey(row.code, row.location) === key);
}

/** Named rows for what an allocation takes. */
export function rowsOfAllocation(
  candidates: readonly Candidate[],
  show: (quantity: string) => string,
): LotRow[] {
  return candidates
    .filter(({ taken }) => taken !== null)
    .map(({ code, location, taken }) =>
      emptyRow({ code, location: location ?? '', quantity: show(taken ?? '0') }),
    );
}

/** The line taking so much, as typed, from a candidate; nothing typed takes nothing. */
export function withTake(
  line: LineDraft,
  candidate: Candidate,
  typed: string,
  automatic: readonly LotRow[],
): LineDraft {
  const rows = line.lotsMode === 'auto' ? automatic : line.rows;
  const key = placeKey(candidate.code, candidate.location);
  const known = rows.find((row) => placeKey(row.code, row.location) === key);
  const gone = typed.trim() === '' || typed.trim() === '0';
  const others = rows.filter((row) => row !== known);
  if (gone) return { ...line, lotsMode: 'rows', rows: others };
  if (known) {
    const next = rows.map((row) => (row === known ? { ...row, quantity: typed } : row));
    return { ...line, lotsMode: 'rows', rows: next };
  }
  const row = emptyRow({ code: candidate.code, location: candidate.location ?? '', quantity: typed });
  return { ...line, lotsMode: 'rows', rows: [...rows, row] };
}

/** What remains, taken from candidates in their order, up to what each has. */
export function takeRest(
  line: LineDraft,
  candidates: readonly Candidate[],
  o: {
    readonly remaining: string;
    readonly read: (row: LotRow) => string;
    readonly show: (quantity: string) => string;
    readonly minus: (a: string, b: string) => string;
    readonly least: (a: string, b: string) => string;
    readonly sum: (texts: readonly string[]) => string;
  },
): LineDraft {
  let next: LineDraft = { ...line, lotsMode: 'rows' };
  let rest = o.remaining;
  for (const candidate of candidates) {
    if (signOf(rest) <= 0) break;
    const usable =
      candidate.taken !== null || candidate.reason === 'notNeeded' || candidate.reason === 'manual';
    if (!usable || candidate.available === null) continue;
    const row = rowOf(next, candidate);
    const taken = row ? o.read(row) : '0';
    const free = o.minus(candidate.available, taken);
    if (signOf(free) <= 0) continue;
    const more = o.least(free, rest);
    next = withTake(next, candidate, o.show(o.sum([taken, more])), next.rows);
    rest = o.minus(rest, more);
  }
  return next;
}
