/**
 * One operation against what others have reserved: it refuses, or breaks what counts and scrap may break, at
 * each level: the piece, the lot at its place, the lot in the warehouse.
 */
import type { ReservationRecord } from '../../model/cases.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, optionalKey } from '../../ports/keys.ts';
import { placeOf } from '../../reading/places.ts';
import { Claims, claimOf, type Held, reservationsOfLot } from '../../reading/reservations.ts';
import { isPlaceAvailable } from '../../rules/places.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { openOf } from '../../rules/reservations.ts';
import type { Draft } from './draft.ts';
import { breaks } from './fulfilment.ts';
import type { Delta, DraftLot, SerialMove } from './moves.ts';
import type { Operation } from './operation.ts';

/** One level at which less would be left than others have reserved. */
export interface Short {
  readonly path: string;
  readonly item: string;
  readonly decimals: number;
  readonly warehouse: string;
  readonly location: string | null;
  /** The lot; null where what is promised names none. */
  readonly lot: DraftLot | null;
  /** Steps that might have been taken, and that others hold. */
  readonly available: number;
  readonly reserved: number;
  /** Steps missing. */
  readonly missing: number;
  /** The reservations that would be broken, the newest first. */
  readonly broken: readonly ReservationRecord[];
}

/** An item's stock in one warehouse that this operation takes from. */
export interface Touched {
  readonly item: string;
  readonly variant: string | null;
  readonly warehouse: string;
  readonly path: string;
}

/** Whether a posting takes stock away. */
export const leaves = (draft: Draft): boolean => draft.world.type === 'unload';

/** Decides one operation against what is reserved. */
export class Settlement {
  readonly operation: Operation;
  /** What is held after what this operation fulfils, its own document's rest included. */
  readonly claims: Claims;
  readonly #fulfilled = new Set<string>();
  /** Every unload of it may break reservations. */
  readonly #breaking: boolean;
  readonly #broken = new Map<string, number>();

  constructor(operation: Operation, drafts: readonly Draft[]) {
    this.operation = operation;
    const out = drafts.filter(leaves);
    this.claims = new Claims(operation.view);
    for (const { reservation, quantity } of drafts.flatMap(({ fulfilled }) => fulfilled)) {
      const record = operation.view.get('reservations', reservation);
      if (record) this.claims.add({ ...claimOf(record), open: -quantity });
      this.#fulfilled.add(reservation);
    }
    this.#breaking = out.length > 0 && out.every(({ world }) => breaks(world.intent));
  }

  /** Refuses, or breaks what has to be broken. */
  settle(short: Short): void {
    if (!this.#breaking) throw refusal(short);
    let missing = short.missing;
    for (const reservation of short.broken) {
      if (missing <= 0) return;
      const left = openOf(reservation) - (this.#broken.get(reservation.id) ?? 0);
      const steps = Math.min(left, missing);
      if (steps <= 0) continue;
      this.break(reservation, steps, short.path);
      missing -= steps;
    }
  }

  break(reservation: ReservationRecord, steps: number, path: string): void {
    const { operation } = this;
    this.#broken.set(reservation.id, (this.#broken.get(reservation.id) ?? 0) + steps);
    this.claims.add({ ...claimOf(reservation), open: -steps });
    const { id, document, item, warehouse, location, decimals } = reservation;
    operation.add({ kind: 'reservationChanged', id, change: { why: 'broken', released: steps } });
    operation.warnings.push({
      code: 'reservation.broken',
      path,
      details: {
        reservation: id,
        document,
        item,
        warehouse,
        location,
        quantity: formatSteps(steps, decimals),
      },
    });
  }

  /** A piece that others hold stays where it is, whatever moved it on the way. */
  checkSerial({ serial, path }: SerialMove): void {
    const { view } = this.operation;
    if (!serial.reserved || !serial.reservation || !serial.warehouse) return;
    const reservation = view.get('reservations', serial.reservation);
    if (!reservation || this.#fulfilled.has(reservation.id)) return;
    const now = this.operation.placeOf(serial);
    const key = (location: string | null | undefined): string => codeKey(location ?? '');
    const here = now !== null && now.warehouse === serial.warehouse;
    if (here && key(now.location) === key(serial.location)) return;
    if (!this.#breaking) throw new LedgerError('serial.reserved', { path, details: { code: serial.code } });
    if (!here) {
      this.break(reservation, openOf(reservation), path);
      return;
    }
    // counted somewhere else in the warehouse: the reservation follows the piece
    const to = { location: now.location, locationKey: optionalKey(now.location) };
    const { id } = reservation;
    this.operation.add({ kind: 'reservationChanged', id, change: { why: 'moved', to } });
    this.claims.add({ ...claimOf(reservation), open: -openOf(reservation) });
    this.claims.add({ ...claimOf(reservation), ...to });
  }

  /** Reservations of a lot that are to be broken, the newest first; pieces last. */
  newestOf(lot: DraftLot, fits: (reservation: ReservationRecord) => boolean): ReservationRecord[] {
    return newestFirst(reservationsOfLot(this.operation.view, lot).filter(fits));
  }

  /** At a place: what would be left there covers what others reserved there. */
  checkPlace(delta: Delta & { readonly lot: DraftLot }): void {
    const { location, warehouse } = delta;
    if (location === null || delta.steps >= 0) return;
    const before = this.operation.view.get('balances', delta.id)?.onHand ?? 0;
    const reserved = this.claims.at({ ...delta, lot: delta.lot.id }, warehouse, location);
    const missing = reserved - (before + delta.steps);
    if (reserved === 0 || missing <= 0) return;
    const broken = this.newestOf(
      delta.lot,
      ({ warehouseKey, locationKey }) =>
        warehouseKey === codeKey(warehouse) && locationKey === codeKey(location),
    );
    this.settle({ ...delta, available: before - reserved, reserved, missing, broken });
  }

  /**
   * In the warehouse: what would be left of the lot, where nothing holds it back, covers all that others
   * reserved of it there.
   */
  checkLot(lot: DraftLot, deltas: readonly Delta[]): void {
    for (const warehouse of new Set(deltas.map((delta) => delta.warehouse))) {
      const here = deltas.filter(
        (delta) => delta.warehouse === warehouse && this.#isOpen(warehouse, delta.location),
      );
      const taken = -here.reduce((sum, delta) => sum + delta.steps, 0);
      const blame = here.find((delta) => delta.steps < 0);
      if (taken <= 0 || !blame) continue;
      const held = { ...blame, lot: lot.id };
      if (this.claims.in(held, warehouse) === 0) continue;
      const { before, reserved } = this.#standing(lot, held, warehouse);
      const missing = reserved - (before - taken);
      if (reserved === 0 || missing <= 0) continue;
      const broken = this.newestOf(lot, ({ warehouseKey }) => warehouseKey === codeKey(warehouse));
      const [available, location] = [before - reserved, null];
      this.settle({ ...blame, location, lot, available, reserved, missing, broken });
    }
  }

  #isOpen(warehouse: string, location: string | null): boolean {
    const record = this.operation.view.get('warehouses', codeKey(warehouse));
    return !record || isPlaceAvailable(placeOf(record, location));
  }

  /** What lies of a lot in a warehouse before the operation, and what others reserved of that. */
  #standing(lot: DraftLot, held: Held, warehouse: string): { before: number; reserved: number } {
    const prefix = [lot.id, codeKey(warehouse)];
    // stock that comes to another place meanwhile only makes room
    const balances = this.operation.view
      .range('balances', 'byLot', { prefix }, null)
      .filter((balance) => this.#isOpen(warehouse, balance.location));
    const before = balances.reduce((sum, balance) => sum + balance.onHand, 0);
    const placed = balances.reduce(
      (sum, { location }) => sum + (location === null ? 0 : this.claims.at(held, warehouse, location)),
      0,
    );
    return { before, reserved: placed + this.claims.at(held, warehouse, null) };
  }

  checkLots(): void {
    const byLot = new Map<string, (Delta & { readonly lot: DraftLot })[]>();
    for (const delta of this.operation.deltas.values()) {
      const { lot } = delta;
      if (lot === null || ((lot.reserved ?? 0) === 0 && !this.claims.isAdjusted)) continue;
      const known = byLot.get(lot.id) ?? [];
      known.push({ ...delta, lot });
      byLot.set(lot.id, known);
    }
    for (const deltas of byLot.values()) {
      for (const delta of deltas) this.checkPlace(delta);
      this.checkLot((deltas[0] as { lot: DraftLot }).lot, deltas);
    }
  }
}

/** The newest first, those of single pieces last: a quantity can be made smaller, a piece cannot. */
export const newestFirst = (reservations: readonly ReservationRecord[]): ReservationRecord[] =>
  [...reservations].sort((a, b) => {
    if ((a.serial === null) !== (b.serial === null)) return a.serial === null ? -1 : 1;
    if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
    return a.id < b.id ? 1 : -1;
  });

function refusal({
  lot,
  path,
  item,
  decimals,
  warehouse,
  location,
  available,
  reserved,
}: Short): LedgerError {
  const details = {
    ...(lot === null ? {} : { code: lot.code }),
    item,
    available: formatSteps(Math.max(0, available), decimals),
    reserved: formatSteps(reserved, decimals),
    warehouse,
    location,
  };
  return new LedgerError(lot === null ? 'stock.reserved' : 'lot.reserved', { path, details });
}
