/**
 * Posting again what a correction took back (R132): the corrected line with its new lots and serials, the
 * others as they were, each with what the first posting of it is known by.
 */
import type { Intent } from '../../model/inputs.ts';
import type { CorrectInput, LineInput } from '../../model/posting.ts';
import type { PostingLine, PostingRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import { gather, type View } from '../../ports/view.ts';
import { scopeOf } from '../../reading/codes.ts';
import { movementsOf, movesBalance } from '../../rules/movements.ts';
import { formatSteps } from '../../rules/quantities.ts';
import type { Draft, DraftOptions, Header } from './draft.ts';
import { measure, takeLines } from './lines.ts';
import type { Operation } from './operation.ts';
import { resolveLine, worldOf } from './world.ts';

/** What paths of the line's own fields begin with while it is decided; the command's arguments have it off. */
export const LINE = 'line';

/** The one place where all of it was; rows of several places have to say theirs. */
export function placeOfLine(line: PostingLine): string | null {
  const places = new Set([...line.lots, ...line.serials].map((row) => row.location));
  const [only] = places;
  return places.size === 1 ? (only ?? null) : line.location;
}

/** The line as if it had been asked for now, in the base unit. */
function inputOf(line: PostingLine, { lots, serials }: CorrectInput): LineInput {
  return {
    item: line.item,
    variant: line.variant,
    quantity: formatSteps(line.quantity, line.decimals),
    location: placeOfLine(line),
    note: line.note,
    project: line.project,
    returns: line.returns,
    ...(lots ? { lots } : {}),
    ...(serials ? { serials } : {}),
  };
}

/** A correction swaps lots that are there; a lot nobody made yet is another matter. */
function checkLots(draft: Draft, line: PostingLine, lots: CorrectInput['lots']): void {
  const scope = scopeOf(draft.view, line.item, line.variant);
  gather(lots ?? [], ({ code }, i) => {
    const path = `lots[${i}].code`;
    if (!code || code === 'auto') throw new LedgerError('field.required', { path });
    if (!draft.operation.lot(scope, codeKey(code)))
      throw new LedgerError('lot.notFound', { path, details: { code } });
  });
}

/** What was taken back is no movement of its lots and serials any more: they may be loaded as if never. */
function forget({ operation, view }: Draft, line: PostingLine): void {
  gather(line.lots, ({ lot }) => {
    const record = view.get('lots', lot);
    const rows = line.lots.filter((row) => row.lot === lot).length;
    if (record) operation.keepLot({ ...record, live: record.live - rows });
  });
  gather(line.serials, ({ serial }) => {
    const record = view.get('serials', serial);
    if (record) operation.keepSerial({ ...record, live: record.live - 1 });
  });
}

/** Opens the posting that is made instead of another: of its kind, with its header. */
export function openAgain(
  operation: Operation,
  original: PostingRecord,
  line: PostingLine,
  { key, ...options }: DraftOptions & { readonly key: string | null },
): Draft {
  const world = worldOf(operation.view, original);
  const { type, intent, document, internalDocument, party, project, note } = original;
  const header = { document, internalDocument, party, project, note, key } as Header;
  const own = { ...options, traced: original.traced, corrects: original.id };
  const draft = operation.draft({ ...world, type, intent: intent as Intent }, header, own);
  draft.replaces = line;
  return draft;
}

/** Records a line that was posted before, with what it took of reservations. */
function keep(draft: Draft, original: PostingRecord, line: PostingLine, made: PostingLine): void {
  draft.lines.push(made);
  for (const row of original.fulfilled)
    if (row.line === line.id) draft.fulfilled.push({ ...row, line: made.id });
}

/** Steps of a line that a recall holds, in its lots or else in its pieces. */
function heldOf(view: View, { lots, serials, decimals }: PostingLine): { steps: number; code?: string } {
  const rows = lots.filter(({ lot }) => view.get('lots', lot)?.recall);
  const pieces = serials.filter(({ serial }) => view.get('serials', serial)?.recall);
  const steps =
    lots.length > 0 ? rows.reduce((sum, row) => sum + row.quantity, 0) : pieces.length * 10 ** decimals;
  const [first] = lots.length > 0 ? rows : pieces;
  return first ? { steps, code: first.code } : { steps };
}

/** What came in under a recalled name does not get another name that nobody holds (R52). */
function checkStaysHeld({ view }: Draft, before: PostingLine, after: PostingLine): void {
  const { steps, code } = heldOf(view, before);
  if (heldOf(view, after).steps >= steps) return;
  const path = before.lots.length > 0 ? 'lots' : 'serials';
  throw new LedgerError('lot.recalled', { path, details: { code, reasons: ['recalled'] } });
}

/** Takes the corrected line with its new lots and serials. */
export function takeAgain(
  draft: Draft,
  original: PostingRecord,
  line: PostingLine,
  args: CorrectInput,
  more: { readonly intoQuarantine?: boolean } = {},
): void {
  forget(draft, line);
  checkLots(draft, line, args.lots);
  const again = { ...resolveLine(draft, inputOf(line, args), 0, LINE), ...more };
  takeLines(draft, measure(draft, [again]));
  const made = draft.lines.pop();
  if (made && original.type === 'load') checkStaysHeld(draft, line, made);
  const { entered, documents } = line;
  if (made) keep(draft, original, line, { ...made, entered, documents });
}

/** Moves what a line moved, and records it, without asking again whether it may. */
export function copyLine(draft: Draft, original: PostingRecord, line: PostingLine): void {
  const { view, context } = draft;
  for (const movement of movementsOf(line, original.type)) {
    const { lot, serial, item, variant, location, quantity } = movement;
    const piece = serial === null ? undefined : view.get('serials', serial);
    if (piece) draft.moveSerial(piece, location, LINE);
    if (!movesBalance(movement)) continue;
    const record = lot === null ? null : (view.get('lots', lot) ?? null);
    const { decimals } = line;
    draft.move({ lot: record, item, variant, decimals, location, path: LINE, steps: quantity });
  }
  keep(draft, original, line, { ...line, id: context.newId() });
}
