/**
 * Reservations, and what they hold: sums per level, the marks on lots and serials, and a line of history
 * for those that were moved or substituted (R71, R82, R138). A posting's `fulfilled` takes of them; what
 * else happens to them has facts of its own.
 */
import type { ReservationRecord } from '../model/cases.ts';
import type { Entry, PostingFact, ReservationChange, ReservationFact } from '../model/facts.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { formatSteps } from '../rules/quantities.ts';
import { openOf } from '../rules/reservations.ts';
import { commitmentId, commitmentTotal, holderKey, stockGuard } from '../rules/stock-keys.ts';

/** Everything of one entry the folds below need; rows of history are numbered within it. */
interface Folding {
  readonly entry: Entry;
  readonly writer: Writer;
  rows: number;
}

type Reservation = Omit<ReservationRecord, 'version'>;

function addTo(id: string, steps: number, writer: Writer): void {
  const before = writer.get('commitments', id)?.quantity ?? 0;
  writer.put('commitments', { id, quantity: before + steps });
}

/** A piece says itself who holds it; a mark set by hand is an edit of it (R47). */
function markSerial(reservation: Reservation, steps: number, { entry, writer }: Folding): void {
  const serial = reservation.serial === null ? undefined : writer.get('serials', reservation.serial);
  if (!serial) return;
  const reserved = steps > 0;
  const edit =
    reservation.document === null && reserved !== serial.reserved
      ? { edition: serial.edition + 1, updatedAt: entry.at }
      : {};
  const held = reserved ? reservation.id : null;
  writer.put('serials', { ...serial, reserved, reservation: held, claimed: true, ...edit });
}

/** Holds more or less of what a reservation names. */
function hold(reservation: Reservation, steps: number, folding: Folding): void {
  const { writer } = folding;
  const { lot, serial, item, variant, warehouse, location } = reservation;
  writer.put('guards', { id: stockGuard(item) });
  if (steps !== 0) markSerial(reservation, steps, folding);
  const record = lot === null ? undefined : writer.get('lots', lot);
  if (record) writer.put('lots', { ...record, reserved: record.reserved + steps, claimed: true });
  // a piece that is in no lot holds itself; one that is nowhere holds nothing of a warehouse
  if ((lot === null && serial !== null) || warehouse === '') return;
  const holder = holderKey(lot, item, variant);
  addTo(commitmentId(holder, { warehouse, location }), steps, writer);
  addTo(commitmentTotal(holder, warehouse), steps, writer);
}

function reserve(fact: ReservationFact, folding: Folding): void {
  const { entry, writer } = folding;
  const reservation: Reservation = {
    ...fact,
    edition: 1,
    fulfilled: 0,
    released: 0,
    open: fact.quantity > 0,
    createdAt: entry.at,
    updatedAt: entry.at,
    actor: entry.actor,
  };
  writer.put('reservations', reservation);
  hold(reservation, openOf(reservation), folding);
  if (reservation.serial !== null && reservation.document === null) {
    note(folding, reservation.serial, { field: 'reserved', from: false, to: true });
  }
}

function note(folding: Folding, of: string, change: { field: string; from: unknown; to: unknown }): void {
  const { entry, writer } = folding;
  writer.put('history', {
    id: `${entry.id}.r${folding.rows++}`,
    seq: writer.seq,
    of,
    ...change,
    at: entry.at,
    actor: entry.actor,
    reason: entry.reason ?? null,
    source: entry.source ?? null,
  });
}

/** Fields whose change is told, of the reservation itself. */
const told = ['quantity', 'needDate', 'warehouse', 'location', 'lot', 'serial', 'note'] as const;

/** A value as people read it: lots and pieces by their codes. */
function said(reservation: Reservation, field: (typeof told)[number], writer: Writer): unknown {
  const value = reservation[field];
  if (field === 'lot') return reservation.lot && (writer.get('lots', reservation.lot)?.code ?? null);
  if (field === 'serial')
    return reservation.serial && (writer.get('serials', reservation.serial)?.code ?? null);
  return field === 'quantity' ? formatSteps(reservation.quantity, reservation.decimals) : value;
}

function tell(before: Reservation, after: Reservation, why: ReservationChange['why'], to: Folding): void {
  for (const field of told) {
    if (before[field] === after[field]) continue;
    const [from, into] = [said(before, field, to.writer), said(after, field, to.writer)];
    note(to, before.id, { field, from, to: into });
  }
  if (why === 'released' && before.serial !== null && before.document === null) {
    note(to, before.serial, { field: 'reserved', from: true, to: false });
  }
  if (why !== 'substituted') return;
  // both lots, or pieces, tell that it went from one to the other (R82)
  for (const field of ['lot', 'serial'] as const) {
    const [from, into] = [before[field], after[field]];
    if (from === into) continue;
    if (from !== null) note(to, from, { field: 'reservation', from: before.id, to: null });
    if (into !== null) note(to, into, { field: 'reservation', from: null, to: before.id });
  }
}

/** Fields that say what a reservation holds. */
const held = ['lot', 'serial', 'warehouse', 'location'] as const;

function change(id: string, { why, quantity, fulfilled, released, to }: ReservationChange, folding: Folding) {
  const { entry, writer } = folding;
  const before = writer.get('reservations', id);
  if (!before) return;
  const sums = {
    quantity: before.quantity + (quantity ?? 0),
    fulfilled: before.fulfilled + (fulfilled ?? 0),
    released: before.released + (released ?? 0),
  };
  const after: Reservation = {
    ...before,
    ...to,
    ...sums,
    open: openOf(sums) > 0,
    edition: before.edition + 1,
    updatedAt: entry.at,
  };
  writer.put('reservations', after);
  if (held.every((field) => before[field] === after[field]) && openOf(before) === openOf(after)) {
    // holds the same as before, perhaps for another day
    writer.put('guards', { id: stockGuard(before.item) });
  } else {
    hold(before, -openOf(before), folding);
    hold(after, openOf(after), folding);
  }
  tell(before, after, why, folding);
}

function takeFor(posting: PostingFact, folding: Folding): void {
  const taken = new Map<string, number>();
  for (const { reservation, quantity } of posting.fulfilled) {
    taken.set(reservation, (taken.get(reservation) ?? 0) + quantity);
  }
  for (const [id, fulfilled] of taken) change(id, { why: 'fulfilled', fulfilled }, folding);
}

export const reservations: Projection = {
  name: 'reservations',
  version: 1,
  collections: ['reservations', 'commitments', 'lots', 'serials', 'history', 'guards'],
  apply(entry: Entry, writer: Writer) {
    const folding: Folding = { entry, writer, rows: 0 };
    for (const fact of entry.facts) {
      if (fact.kind === 'reserved') reserve(fact.reservation, folding);
      else if (fact.kind === 'reservationChanged') change(fact.id, fact.change, folding);
      else if (fact.kind === 'posted' && fact.posting.fulfilled.length > 0) takeFor(fact.posting, folding);
    }
  },
};
