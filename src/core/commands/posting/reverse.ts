/**
 * `posting.reverse`: takes a posting, or whole lines of it, back by opposite movements linked to the
 * original (R79, R80). Usability does not matter here, closing does (R45); nothing may go below zero on
 * any day since.
 */
import type { Intent } from '../../model/inputs.ts';
import { type ReverseInput, reverseInput } from '../../model/posting.ts';
import type { PostingLine, PostingRecord } from '../../model/records.ts';
import { read } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, templateKey } from '../../ports/keys.ts';
import {
  type CommandDefinition,
  type DecideContext,
  type Decision,
  gather,
  type View,
} from '../../ports/view.ts';
import { named, settingsOf } from '../../reading/references.ts';
import { movementsOf, movesBalance } from '../../rules/movements.ts';
import type { Draft, DraftOptions, Header } from './draft.ts';
import { type Operation, openOperation } from './operation.ts';
import { checkDate } from './world.ts';

/** The posting to take back or to correct; reversals are not. */
export function originalOf(args: { readonly id: string }, view: View): PostingRecord {
  const original = view.get('postings', args.id);
  if (!original) throw new LedgerError('posting.notFound', { details: { id: args.id } });
  if (original.reverses !== null) throw new LedgerError('posting.isReversal', { details: { id: args.id } });
  return original;
}

interface Chosen {
  readonly line: PostingLine;
  /** `lines[0]` */
  readonly path: string;
}

/** The lines to take back: the named ones, or all that were not taken back before. */
function linesOf(original: PostingRecord, ids: readonly string[] | undefined, prefix = ''): Chosen[] {
  const all = original.lines.map((line, i): Chosen => ({ line, path: `${prefix}lines[${i}]` }));
  if (ids === undefined) {
    const left = all.filter(({ line }) => line.reversedBy === null);
    if (left.length === 0) throw new LedgerError('posting.alreadyReversed', { details: { id: original.id } });
    return left;
  }
  const byId = new Map(all.map((each) => [each.line.id, each]));
  return ids.map((id, i) => {
    const path = `lines[${i}]`;
    const found = byId.get(id);
    // each line once: a second mention finds nothing
    byId.delete(id);
    if (!found) throw new LedgerError('posting.lineNotFound', { path, details: { line: id } });
    if (found.line.reversedBy !== null) {
      throw new LedgerError('posting.alreadyReversed', { path, details: { line: id } });
    }
    return found;
  });
}

/**
 * What comes back must fit how its item is tracked now: tracking may have been switched off while
 * everything was out, and stock would come back that nobody could ever move again.
 */
function checkTracking({ line, path }: Chosen, view: View): void {
  const item = view.get('items', codeKey(line.item));
  if (!item || line.quantity === 0) return;
  const details = { item: item.code };
  if (line.lots.length > 0 && !item.lots) throw new LedgerError('item.notLotManaged', { path, details });
  if (line.serials.length > 0 && !item.serials)
    throw new LedgerError('item.notSerialManaged', { path, details });
  if (line.lots.length === 0 && item.lots && (settingsOf(view).lotsRequired || item.serials)) {
    throw new LedgerError('lot.required', { path, details });
  }
  if (line.serials.length === 0 && item.serials) throw new LedgerError('serial.required', { path, details });
}

function checkOpen({ line, path: at }: Chosen, view: View): void {
  line.lots.forEach((row, i) => {
    const path = `${at}.lots[${i}]`;
    if (view.get('lots', row.lot)?.closed)
      throw new LedgerError('lot.closed', { path, details: { code: row.code } });
  });
  line.serials.forEach((row, i) => {
    const path = `${at}.serials[${i}]`;
    if (view.get('serials', row.serial)?.closed) {
      throw new LedgerError('serial.closed', { path, details: { code: row.code } });
    }
  });
}

/** Takes one line back: moves the opposite of what it moved, and records it as its opposite. */
function takeBack(draft: Draft, { line, path }: Chosen, original: PostingRecord): void {
  for (const movement of movementsOf(line, original.type)) {
    const { lot, serial, item, variant, location, quantity } = movement;
    if (movesBalance(movement)) {
      const record = lot === null ? null : (draft.view.get('lots', lot) ?? null);
      const { decimals } = line;
      draft.move({ lot: record, item, variant, decimals, location, path, steps: -quantity });
    } else if (serial !== null) takeSerialBack(draft, serial, location, path);
  }
}

/** A serial can be taken out where it is, and put back when it is nowhere. */
function takeSerialBack(draft: Draft, id: string, location: string | null, path: string): void {
  const serial = draft.view.get('serials', id);
  if (!serial) return;
  const { warehouse, type } = draft.world;
  const place = draft.operation.placeOf(serial);
  const details = { code: serial.code, place };
  const arrives = type === 'load';
  if (arrives && place !== null) throw new LedgerError('serial.alreadyInStock', { path, details });
  if (!arrives && (place?.warehouse !== warehouse.code || place.location !== location)) {
    throw new LedgerError('serial.notHere', { path, details });
  }
  draft.moveSerial(serial, location, path);
}

/** What came back of a delivery has to be taken back first (R79). */
function checkReturns({ line, path }: Chosen): void {
  if (line.returned.length === 0) return;
  throw new LedgerError('posting.hasReturns', { path, details: { line: line.id } });
}

function opposite(line: PostingLine, context: DecideContext): PostingLine {
  return { ...line, id: context.newId(), documents: [], reverses: line.id, reversedBy: null };
}

/** The posting that takes an original back: the same but for its type, its day and its reason. */
function reversalOf(operation: Operation, original: PostingRecord, options: DraftOptions): Draft {
  const { view } = operation;
  const [warehouse, template] = [
    named(view, 'warehouses', original.warehouse, 'warehouse'),
    view.get('templates', templateKey(original.warehouse, original.template)),
  ];
  if (!template) {
    throw new LedgerError('template.notFound', { path: 'template', details: { code: original.template } });
  }
  const type = original.type === 'load' ? 'unload' : 'load';
  const { document, internalDocument, party, project } = original;
  return operation.draft(
    { warehouse, template, type, intent: original.intent as Intent },
    { document, internalDocument, party, project } as Header,
    { ...options, reverses: original.id },
  );
}

/** What a reversal within an operation takes back, and why. */
export interface Reversing extends DraftOptions {
  /** Ids of the lines; all that were not taken back before unless said. */
  readonly lines?: readonly string[] | undefined;
  /** What the paths of refusals begin with. */
  readonly prefix?: string;
}

/**
 * Takes lines of a posting back within an operation: opposite movements, linked to the original (R80).
 * @throws LedgerError for a line that cannot be taken back; what it moves is checked when the operation
 *   finishes, with whatever else the operation does
 */
export function reverseInto(
  operation: Operation,
  original: PostingRecord,
  { lines, prefix, ...how }: Reversing,
): Draft {
  const { view } = operation;
  const chosen = linesOf(original, lines, prefix);
  const { traced } = original;
  // the flow of what it takes back is its own (R111)
  const purpose = original.operation === null ? {} : { operation: original.operation };
  const draft = reversalOf(operation, original, { traced, ...purpose, ...how });
  gather(chosen, (each) => {
    checkReturns(each);
    checkOpen(each, view);
    if (original.type === 'unload') checkTracking(each, view);
    takeBack(draft, each, original);
  });
  for (const { line } of chosen) draft.lines.push(opposite(line, operation.context));
  operation.checkNumber(draft);
  return draft;
}

/** Which lines of the other side go with those that were asked for: of a transfer its pairs, else all. */
function pairedLines(
  args: ReverseInput,
  original: PostingRecord,
  other: PostingRecord,
): string[] | undefined {
  if (args.lines === undefined) return undefined;
  const left = original.lines.filter((line) => line.reversedBy === null);
  if (original.operation !== 'transfer') {
    if (args.lines.length === left.length) return undefined;
    throw new LedgerError('posting.reverseWhole', { path: 'lines', details: { id: original.id } });
  }
  const asked = new Set(args.lines);
  return other.lines.filter((_, i) => asked.has(original.lines[i]?.id ?? '')).map((line) => line.id);
}

/** Takes both sides of a pair back: what was brought in first, so that it can go back where it came from. */
function reversePair(
  operation: Operation,
  args: ReverseInput,
  original: PostingRecord,
  other: PostingRecord,
): void {
  const { reason, lines } = args;
  const theirs = pairedLines(args, original, other);
  const asked = (): Draft => reverseInto(operation, original, { reason, lines });
  const brought = (): Draft =>
    reverseInto(operation, other, { reason, lines: theirs, prefix: 'counterpart.', main: false });
  const [first, second] = original.type === 'load' ? [asked, brought] : [brought, asked];
  operation.pair(first(), second());
}

function decide(args: ReverseInput, view: View, context: DecideContext): Decision {
  const original = originalOf(args, view);
  if (!context.may('posting.reverse')) {
    throw new LedgerError('permission.denied', { details: { action: 'posting.reverse' } });
  }
  if (!args.reason.trim()) throw new LedgerError('reason.required', { path: 'reason' });
  // that there is something left to take back is asked before the date is
  linesOf(original, args.lines);
  const operation = openOperation(view, context, args.date);
  checkDate(args.date, operation.settings, context);
  if (args.date < original.date) {
    throw new LedgerError('posting.reversalBeforeOriginal', {
      path: 'date',
      details: { date: original.date },
    });
  }
  const other = original.counterpart === null ? undefined : view.get('postings', original.counterpart);
  if (other) reversePair(operation, args, original, other);
  else reverseInto(operation, original, { reason: args.reason, lines: args.lines });
  return operation.finish();
}

export const reversePosting: CommandDefinition<ReverseInput> = {
  name: 'posting.reverse@1',
  schema: reverseInput,
  parse: (args) => read(reverseInput, args),
  decide,
};
