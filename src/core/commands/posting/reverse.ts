/**
 * `posting.reverse`: takes a posting, or whole lines of it, back by opposite movements linked to the
 * original (R79, R80). Usability does not matter here, closing does (R45); nothing may go below zero on
 * any day since.
 */
import type { PostingFact } from '../../model/facts.ts';
import { type ReverseInput, reverseInput } from '../../model/posting.ts';
import type { PostingLine, PostingRecord } from '../../model/records.ts';
import { read } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import {
  type CommandDefinition,
  type DecideContext,
  type Decision,
  gather,
  type View,
} from '../../ports/view.ts';
import { settingsOf } from '../../reading/references.ts';
import { movementsOf, movesBalance } from '../../rules/movements.ts';
import { nextPostingNumber, postingNumberId } from '../../rules/posting-number.ts';
import { balanceId, holderKey } from '../../rules/stock-keys.ts';
import { checkDelta, checkLotTotals, checkSerial, type Effect } from './balances.ts';
import type { Delta } from './draft.ts';
import { checkDate } from './world.ts';

function originalOf(args: ReverseInput, view: View): PostingRecord {
  const original = view.get('postings', args.id);
  if (!original) throw new LedgerError('posting.notFound', { details: { id: args.id } });
  if (original.reverses !== null) throw new LedgerError('posting.isReversal', { details: { id: args.id } });
  return original;
}

interface Chosen {
  readonly line: PostingLine;
  readonly index: number;
}

/** The lines to take back: the named ones, or all that were not taken back before. */
function linesOf(args: ReverseInput, original: PostingRecord): Chosen[] {
  const all = original.lines.map((line, index): Chosen => ({ line, index }));
  if (args.lines === undefined) {
    const left = all.filter(({ line }) => line.reversedBy === null);
    if (left.length === 0) throw new LedgerError('posting.alreadyReversed', { details: { id: original.id } });
    return left;
  }
  const byId = new Map(all.map((each) => [each.line.id, each]));
  return args.lines.map((id, i) => {
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
function checkTracking(line: PostingLine, index: number, view: View): void {
  const item = view.get('items', codeKey(line.item));
  if (!item || line.quantity === 0) return;
  const path = `lines[${index}]`;
  const details = { item: item.code };
  if (line.lots.length > 0 && !item.lots) throw new LedgerError('item.notLotManaged', { path, details });
  if (line.serials.length > 0 && !item.serials)
    throw new LedgerError('item.notSerialManaged', { path, details });
  if (line.lots.length === 0 && item.lots && (settingsOf(view).lotsRequired || item.serials)) {
    throw new LedgerError('lot.required', { path, details });
  }
  if (line.serials.length === 0 && item.serials) throw new LedgerError('serial.required', { path, details });
}

function checkOpen(line: PostingLine, index: number, view: View): void {
  line.lots.forEach((row, i) => {
    const path = `lines[${index}].lots[${i}]`;
    if (view.get('lots', row.lot)?.closed)
      throw new LedgerError('lot.closed', { path, details: { code: row.code } });
  });
  line.serials.forEach((row, i) => {
    const path = `lines[${index}].serials[${i}]`;
    if (view.get('serials', row.serial)?.closed) {
      throw new LedgerError('serial.closed', { path, details: { code: row.code } });
    }
  });
}

function checkLine(
  line: PostingLine,
  index: number,
  original: PostingRecord,
  effect: Effect,
  deltas: Map<string, Delta>,
): void {
  const { view, warehouse } = effect;
  for (const movement of movementsOf(line, original.type)) {
    const { lot, serial, item, variant, location, quantity } = movement;
    const path = `lines[${index}]`;
    if (movesBalance(movement)) {
      const id = balanceId(holderKey(lot, item, variant), { warehouse, location });
      const known = deltas.get(id);
      if (known) known.steps -= quantity;
      else {
        const record = lot === null ? null : (view.get('lots', lot) ?? null);
        deltas.set(id, {
          id,
          lot: record,
          item,
          variant,
          decimals: line.decimals,
          location,
          path,
          steps: -quantity,
        });
      }
    } else if (serial !== null) checkSerialBack(serial, location, quantity < 0, path, effect);
  }
}

/** A serial can be taken out where it is, and put back when it is nowhere. */
function checkSerialBack(
  id: string,
  location: string | null,
  arrives: boolean,
  path: string,
  effect: Effect,
): void {
  const serial = effect.view.get('serials', id);
  if (!serial) return;
  const place = serial.warehouse === null ? null : { warehouse: serial.warehouse, location: serial.location };
  const details = { code: serial.code, place };
  if (arrives && place !== null) throw new LedgerError('serial.alreadyInStock', { path, details });
  if (!arrives && (place?.warehouse !== effect.warehouse || place.location !== location)) {
    throw new LedgerError('serial.notHere', { path, details });
  }
  checkSerial({ serial, location, arrives, path }, effect);
}

function opposite(line: PostingLine, context: DecideContext): PostingLine {
  return { ...line, id: context.newId(), reverses: line.id, reversedBy: null };
}

function reversalOf(
  args: ReverseInput,
  original: PostingRecord,
  lines: readonly PostingLine[],
  id: string,
  number: number,
): PostingFact {
  const { warehouse, template, intent, document, internalDocument, party, project } = original;
  return {
    id,
    key: null,
    warehouse,
    template,
    type: original.type === 'load' ? 'unload' : 'load',
    intent,
    date: args.date,
    number,
    document,
    internalDocument,
    party,
    project,
    note: null,
    lines,
    reverses: original.id,
    reason: args.reason,
  };
}

function decide(args: ReverseInput, view: View, context: DecideContext): Decision {
  const original = originalOf(args, view);
  if (!context.may('posting.reverse')) {
    throw new LedgerError('permission.denied', { details: { action: 'posting.reverse' } });
  }
  if (!args.reason.trim()) throw new LedgerError('reason.required', { path: 'reason' });
  const chosen = linesOf(args, original);
  checkDate(args.date, settingsOf(view), context);
  if (args.date < original.date) {
    throw new LedgerError('posting.reversalBeforeOriginal', {
      path: 'date',
      details: { date: original.date },
    });
  }
  const effect: Effect = { view, context, warehouse: original.warehouse, date: args.date };
  const deltas = new Map<string, Delta>();
  gather(chosen, ({ line, index }) => {
    checkOpen(line, index, view);
    if (original.type === 'unload') checkTracking(line, index, view);
    checkLine(line, index, original, effect, deltas);
  });
  gather([...deltas.values()], (delta) => checkDelta(delta, effect));
  checkLotTotals(deltas.values());
  const id = context.newId();
  const lines = chosen.map(({ line }) => opposite(line, context));
  const numbers = view.get('postingNumbers', postingNumberId(original.warehouse, args.date));
  const posting = reversalOf(args, original, lines, id, nextPostingNumber(numbers));
  return { facts: [{ kind: 'posted', posting }] };
}

export const reversePosting: CommandDefinition<ReverseInput> = {
  name: 'posting.reverse@1',
  parse: (args) => read(reverseInput, args),
  decide,
};
