/**
 * What happens to a reservation after it was made: altered, moved to another place, released, or kept by
 * another lot of the item (R82). What it holds anew has to be free, as if it were committed again.
 */
import type { ReservationRecord } from '../../model/cases.ts';
import type { Fact, ReservationChange } from '../../model/facts.ts';
import type { Intent } from '../../model/inputs.ts';
import { read } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, DecideContext, Decision, View } from '../../ports/view.ts';
import { partySeen } from '../../reading/parties.ts';
import { checkVersion, named } from '../../reading/references.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { documentKeyOf, openOf } from '../../rules/reservations.ts';
import { itemOf } from '../lots/update.ts';
import { checkTransit } from '../posting/world.ts';
import { mustHaveReason } from '../shared/attended.ts';
import { Book, type Named, placed, type Terms } from './book.ts';
import { codedOf, locationOf, stepsOf } from './commit.ts';
import {
  type AlterInput,
  alterInput,
  type MoveInput,
  moveInput,
  type ReleaseInput,
  releaseInput,
  type SubstituteInput,
  substituteInput,
} from './input.ts';

type Known = { readonly id: string; readonly version?: number | undefined };

/** The reservation a command names; something of it must be open. */
function openReservation({ id, version }: Known, view: View): ReservationRecord {
  const record = view.get('reservations', id);
  if (!record) throw new LedgerError('reservation.notFound', { details: { id } });
  checkVersion(record, version);
  if (!record.open) throw new LedgerError('reservation.closed', { details: { id } });
  return record;
}

const changed = (id: string, change: ReservationChange): Fact => ({ kind: 'reservationChanged', id, change });

const exceeded = (record: ReservationRecord): LedgerError =>
  new LedgerError('reservation.exceeded', {
    path: 'quantity',
    details: { id: record.id, open: formatSteps(openOf(record), record.decimals) },
  });

/** Steps of what is open that a command means: all of it unless it says less. */
function partOf(record: ReservationRecord, quantity: string | undefined, view: View): number {
  const open = openOf(record);
  if (quantity === undefined) return open;
  const steps = stepsOf(quantity, itemOf(view, record.itemKey), null, 'quantity');
  if (steps > open) throw exceeded(record);
  if (record.serial !== null && steps !== open) {
    throw new LedgerError('serial.fractional', { path: 'quantity', details: { quantity } });
  }
  return steps;
}

/** A reservation's own terms, to be checked again under others. */
function termsOf(record: ReservationRecord, view: View): Terms {
  const { variant, location, document, documentKey, intent, needDate, party, note } = record;
  const warehouse = named(view, 'warehouses', record.warehouse, 'warehouse');
  const item = itemOf(view, record.itemKey);
  return { item, variant, warehouse, location, document, documentKey, intent, needDate, party, note };
}

/** Refuses what could not be committed: the lot, the piece or the promise under these terms. */
function check(book: Book, terms: Terms, { lot, serial }: Named, steps: number, path: string): void {
  const { view } = book;
  const piece = serial === null ? undefined : view.get('serials', serial);
  const record = lot === null ? undefined : view.get('lots', lot);
  if (piece) book.checkPiece(terms, piece, path);
  else if (record) book.checkLot(terms, record, steps, path);
  else book.checkPromise(terms, steps, path);
}

/** The whole of what a reservation holds from now on. */
function alteredSteps(args: AlterInput, record: ReservationRecord, view: View): number {
  if (args.quantity === undefined) return record.quantity;
  const steps = stepsOf(args.quantity, itemOf(view, record.itemKey), null, 'quantity');
  if (steps < record.fulfilled + record.released) throw exceeded(record);
  if (record.serial !== null && steps !== record.quantity) {
    throw new LedgerError('serial.fractional', { path: 'quantity', details: { quantity: args.quantity } });
  }
  return steps;
}

function alter(args: AlterInput, view: View, context: DecideContext): Decision {
  const record = openReservation(args, view);
  const quantity = alteredSteps(args, record, view) - record.quantity;
  const needDate = args.needDate ?? record.needDate;
  const open = openOf(record) + quantity;
  // what is nowhere has no place to be checked at
  if (record.warehouse !== '' && open > 0 && (quantity > 0 || needDate !== record.needDate)) {
    const book = new Book(view, context);
    book.claims.without(record);
    const path = quantity > 0 ? 'quantity' : 'needDate';
    check(book, { ...termsOf(record, view), needDate }, record, open, path);
  }
  const { party, note } = args;
  const seen = party ? partySeen(view, party, context.at) : { facts: [], side: [] };
  const to = {
    ...(needDate === record.needDate ? {} : { needDate }),
    ...(note === undefined ? {} : { note }),
    ...(party === undefined ? {} : { party: party && { kind: party.kind, code: party.code } }),
  };
  const fact = changed(record.id, { why: 'altered', ...(quantity === 0 ? {} : { quantity }), to });
  return { facts: [fact, ...seen.facts], side: seen.side };
}

interface Rehold {
  readonly why: 'moved' | 'substituted';
  readonly terms: Terms;
  readonly named: Named;
  readonly steps: number;
  readonly path: string;
}

/** Holds something else from now on: the whole of what is open, or a part as a reservation of its own. */
function rehold(record: ReservationRecord, how: Rehold, view: View, context: DecideContext): Decision {
  const { why, terms, named: into, steps, path } = how;
  const book = new Book(view, context);
  book.claims.without(record);
  const left = openOf(record) - steps;
  if (left > 0) book.hold(termsOf(record, view), record, left);
  check(book, terms, into, steps, path);
  if (left === 0) return { facts: [changed(record.id, { why, to: placed(terms, into) })] };
  book.reserve(terms, into, steps);
  return { facts: [changed(record.id, { why, quantity: -steps }), ...book.facts] };
}

function move(args: MoveInput, view: View, context: DecideContext): Decision {
  const record = openReservation(args, view);
  if (record.serial !== null) {
    const what = 'moving the reservation of a piece, which is where it is';
    throw new LedgerError('command.unsupported', { path: 'location', details: { what } });
  }
  const before = termsOf(record, view);
  const warehouse =
    args.warehouse === undefined ? before.warehouse : named(view, 'warehouses', args.warehouse, 'warehouse');
  const location = locationOf(warehouse, args.location, 'location');
  const steps = partOf(record, args.quantity, view);
  if (warehouse.code === record.warehouse && location === record.location) return { facts: [] };
  checkTransit({ warehouse, type: 'unload', intent: before.intent as Intent }, 'warehouse');
  const terms = { ...before, warehouse, location };
  return rehold(record, { why: 'moved', terms, named: record, steps, path: 'location' }, view, context);
}

/** The lot, or the piece, that is to keep it instead. */
function substituteOf(args: SubstituteInput, record: ReservationRecord, view: View): Rehold {
  const before = termsOf(record, view);
  const steps = partOf(record, args.quantity, view);
  if (record.serial !== null || args.serial !== undefined) {
    if (args.serial === undefined || record.serial === null) {
      throw new LedgerError('field.required', { path: record.serial === null ? 'lot' : 'serial' });
    }
    const piece = codedOf(view, 'serials', before, args.serial, 'serial');
    const into = { lot: piece.lot, serial: piece.id };
    const terms = { ...before, location: piece.location };
    return { why: 'substituted', terms, named: into, steps, path: 'serial' };
  }
  if (args.lot === undefined) throw new LedgerError('field.required', { path: 'lot' });
  if (!before.item.lots) {
    throw new LedgerError('item.notLotManaged', { path: 'lot', details: { item: before.item.code } });
  }
  const lot = codedOf(view, 'lots', before, args.lot, 'lot');
  const location =
    args.location === undefined ? record.location : locationOf(before.warehouse, args.location, 'location');
  const terms = { ...before, location };
  return { why: 'substituted', terms, named: { lot: lot.id, serial: null }, steps, path: 'lot' };
}

function substitute(args: SubstituteInput, view: View, context: DecideContext): Decision {
  const record = openReservation(args, view);
  mustHaveReason(context, 'reason');
  const how = substituteOf(args, record, view);
  const { lot, serial } = how.named;
  if (lot === record.lot && serial === record.serial && how.terms.location === record.location)
    return { facts: [] };
  return rehold(record, how, view, context);
}

function release(args: ReleaseInput, view: View): Decision {
  if ('id' in args) {
    const record = openReservation(args, view);
    const released = partOf(record, args.quantity, view);
    return { facts: [changed(record.id, { why: 'released', released })] };
  }
  const key = documentKeyOf(args.document) as string;
  // one committed meanwhile comes after: it stays
  const open = view.range('reservations', 'byDocument', { prefix: [key] }, null);
  if (open.length === 0) {
    throw new LedgerError('reservation.notFound', { details: { document: args.document.number } });
  }
  return { facts: open.map((each) => changed(each.id, { why: 'released', released: openOf(each) })) };
}

export const alterReservation: CommandDefinition<AlterInput> = {
  name: 'reservations.alter@1',
  schema: alterInput,
  parse: (args) => read(alterInput, args),
  decide: alter,
};
export const moveReservation: CommandDefinition<MoveInput> = {
  name: 'reservations.move@1',
  schema: moveInput,
  parse: (args) => read(moveInput, args),
  decide: move,
};
export const substituteReservation: CommandDefinition<SubstituteInput> = {
  name: 'reservations.substitute@1',
  schema: substituteInput,
  parse: (args) => read(substituteInput, args),
  decide: substitute,
};
export const releaseReservations: CommandDefinition<ReleaseInput> = {
  name: 'reservations.release@1',
  schema: releaseInput,
  parse: (args) => read(releaseInput, args),
  decide: (args, view) => release(args, view),
};
