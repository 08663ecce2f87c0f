/**
 * A correction of one side of a transfer or a production (R132): both sides are taken back and posted again,
 * so that they keep naming each other, what arrives stays what left (R77), and the genealogy follows (R126).
 */
import type { CorrectInput } from '../../model/posting.ts';
import type { PostingLine, PostingRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { placeOf } from '../../reading/places.ts';
import { copyLine, LINE, openAgain, placeOfLine, takeAgain } from './again.ts';
import { rowsAt } from './arriving.ts';
import type { Draft } from './draft.ts';
import type { Operation } from './operation.ts';
import { reverseInto } from './reverse.ts';

/** Both sides as they were. */
interface Pair {
  readonly out: PostingRecord;
  readonly into: PostingRecord;
}

/** What leaves is what arrives: on a transfer a line is corrected where it left. */
function leavingLine({ out, into }: Pair, line: PostingLine): PostingLine {
  const at = into.lines.findIndex((each) => each.id === line.id);
  return (at < 0 ? line : out.lines[at]) ?? line;
}

/** Brings in what the corrected line took out, where it went before. */
function arriveAgain(draft: Draft, line: PostingLine, left: PostingLine): void {
  const rows = rowsAt(left, placeOfLine(line));
  const { item, variant, decimals } = left;
  for (const { lot, location, quantity: steps } of rows.lots) {
    const record = draft.view.get('lots', lot) ?? null;
    draft.move({ lot: record, item, variant, decimals, location, path: LINE, steps });
  }
  for (const { serial, location } of rows.serials) {
    const record = draft.view.get('serials', serial);
    if (record) draft.moveSerial(record, location, LINE);
  }
  const { lots, serials } = rows;
  draft.lines.push({ ...line, id: draft.context.newId(), lots, serials });
}

/** A lot that a production makes of itself (R126). */
function checkApart(out: Draft, into: Draft): void {
  const made = new Set(into.lines.flatMap((line) => line.lots.map((row) => row.lot)));
  const twice = out.lines.flatMap((line) => line.lots).find((row) => made.has(row.lot));
  if (twice) throw new LedgerError('production.sameLot', { path: 'lots', details: { code: twice.code } });
}

/**
 * Takes both sides back and posts them again with other lots on one line.
 * @throws LedgerError for what has moved on since and cannot be taken back and posted again
 */
export function correctPair(
  operation: Operation,
  original: PostingRecord,
  other: PostingRecord,
  { line: named, args }: { readonly line: PostingLine; readonly args: CorrectInput },
): void {
  const pair = original.type === 'unload' ? { out: original, into: other } : { out: other, into: original };
  const { reason } = args;
  const isTransfer = original.operation === 'transfer';
  const line = isTransfer ? leavingLine(pair, named) : named;
  // what came in goes first, so that it can be where it came from
  const [first, second] = [pair.into, pair.out].map((side) => {
    const draft = reverseInto(operation, side, { reason, main: false });
    draft.again = true;
    return draft;
  });
  if (first && second) operation.pair(first, second);
  const purpose = original.operation === null ? {} : { operation: original.operation };
  const [out, into] = [pair.out, pair.into].map((side) =>
    openAgain(operation, side, line, { reason, ...purpose, main: side === original, key: side.key }),
  );
  if (!out || !into) return;
  operation.pair(out, into);
  const { warehouse } = into.world;
  for (const [i, each] of pair.out.lines.entries()) {
    if (each.reversedBy !== null) continue;
    const arrives = pair.into.lines[i];
    const at = isTransfer && arrives ? placeOf(warehouse, placeOfLine(arrives)) : undefined;
    if (each.id !== line.id) copyLine(out, pair.out, each);
    else takeAgain(out, pair.out, each, args, { intoQuarantine: at?.quarantine ?? false });
  }
  const left = pair.out.lines.filter((each) => each.reversedBy === null);
  for (const [i, each] of pair.into.lines.entries()) {
    if (each.reversedBy !== null) continue;
    const source = pair.out.lines[i];
    const taken = source && out.lines[left.indexOf(source)];
    if (isTransfer && source?.id === line.id && taken) arriveAgain(into, each, taken);
    else if (each.id === line.id) takeAgain(into, pair.into, each, args);
    else copyLine(into, pair.into, each);
  }
  if (!isTransfer) checkApart(out, into);
}
