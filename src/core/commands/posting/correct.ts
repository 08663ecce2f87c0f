/**
 * `posting.correct`: other lots or serials for one line of a posting, on its own day (R132). The line is
 * taken back and posted again in one command, so nothing is ever missing in between; what moves is checked
 * on the net effect of both, on that day and every later one.
 */
import { type CorrectInput, correctInput } from '../../model/posting.ts';
import type { PostingLine, PostingRecord } from '../../model/records.ts';
import { read } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, DecideContext, Decision, View } from '../../ports/view.ts';
import { LINE, openAgain, takeAgain } from './again.ts';
import { correctPair } from './correct-pair.ts';
import { type Operation, openOperation } from './operation.ts';
import { originalOf, reverseInto } from './reverse.ts';
import { checkDate } from './world.ts';

function lineOf(original: PostingRecord, id: string): PostingLine {
  const line = original.lines.find((each) => each.id === id);
  if (!line) throw new LedgerError('posting.lineNotFound', { path: 'line', details: { line: id } });
  if (line.reversedBy !== null)
    throw new LedgerError('posting.alreadyReversed', { path: 'line', details: { line: id } });
  return line;
}

/** The opposite side of a transfer or a production; what else was made together is not corrected in part. */
function otherSide(original: PostingRecord, view: View): PostingRecord | null {
  const { operation, counterpart } = original;
  if (counterpart === null && (operation === null || operation === 'correction')) return null;
  const other =
    counterpart !== null && (operation === 'transfer' || operation === 'production')
      ? view.get('postings', counterpart)
      : undefined;
  if (other) return other;
  throw new LedgerError('posting.notCorrectable', { path: 'id', details: { operation } });
}

/** A posting that stands by itself: its other lines stay as they are. */
function correctLine(operation: Operation, original: PostingRecord, line: PostingLine, args: CorrectInput) {
  const { reason } = args;
  const back = reverseInto(operation, original, {
    reason,
    lines: [line.id],
    operation: 'correction',
    main: false,
  });
  back.again = true;
  // its key goes on when nothing else of it is left
  const last = original.lines.every((each) => each.id === line.id || each.reversedBy !== null);
  const key = last ? original.key : null;
  const draft = openAgain(operation, original, line, { reason, operation: 'correction', key });
  draft.unverified = original.unverified && line.returns === null;
  takeAgain(draft, original, line, args);
}

function correct(args: CorrectInput, view: View, context: DecideContext): Decision {
  const original = originalOf(args, view);
  if (!context.may('posting.correct'))
    throw new LedgerError('permission.denied', { details: { action: 'posting.correct' } });
  if (!args.reason.trim()) throw new LedgerError('reason.required', { path: 'reason' });
  const other = otherSide(original, view);
  const line = lineOf(original, args.line);
  if (!args.lots && !args.serials)
    throw new LedgerError('field.required', { path: line.serials.length > 0 ? 'serials' : 'lots' });
  const operation = openOperation(view, context, original.date);
  checkDate(original.date, operation.settings, context);
  if (other) correctPair(operation, original, other, { line, args });
  else correctLine(operation, original, line, args);
  return operation.finish();
}

/** Refusals name the field of the arguments, not of the line it stands for. */
function decide(args: CorrectInput, view: View, context: DecideContext): Decision {
  try {
    return correct(args, view, context);
  } catch (thrown) {
    if (!(thrown instanceof LedgerError) || !thrown.path?.startsWith(`${LINE}.`)) throw thrown;
    const path = thrown.path.slice(LINE.length + 1);
    throw new LedgerError(thrown.code, { path, details: thrown.details });
  }
}

export const correctPosting: CommandDefinition<CorrectInput> = {
  name: 'posting.correct@1',
  schema: correctInput,
  parse: (args) => read(correctInput, args),
  decide,
};
