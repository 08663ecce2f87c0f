/**
 * Reservations at a posting (R47, R71, R99, R138): what belongs to its own document it fulfils; what others
 * hold it leaves alone, at the place, in the warehouse and of the item; only counts and scrap may break it,
 * and say so. Asked on the net effect of the whole command, and only where something is reserved at all.
 */
import type { ReservationRecord } from '../../model/cases.ts';
import { codeKey, US } from '../../ports/keys.ts';
import { type Claim, Claims, claimOf } from '../../reading/reservations.ts';
import { commitmentTotal, holderKey } from '../../rules/stock-keys.ts';
import type { Draft } from './draft.ts';
import { fulfil, givenBackBy } from './fulfilment.ts';
import type { SerialMove } from './moves.ts';
import type { Operation } from './operation.ts';
import { promisedShort } from './promises.ts';
import { leaves, Settlement, type Touched } from './settlement.ts';

/** The items and warehouses something is taken from, each once. */
function touchedBy({ deltas, serialMoves }: Operation): Touched[] {
  const found = new Map<string, Touched>();
  const add = (touched: Touched): void => {
    const key = holderKey(null, touched.item, touched.variant) + US + codeKey(touched.warehouse);
    if (!found.has(key)) found.set(key, touched);
  };
  for (const delta of deltas.values()) add(delta);
  for (const last of serialMoves.values()) {
    const { item, variant, lot } = last.serial;
    // on its way it may have left one warehouse and come to another
    for (let move: SerialMove | null = lot === null ? last : null; move; move = move.before) {
      add({ item, variant, warehouse: move.warehouse, path: move.path });
    }
  }
  return [...found.values()];
}

/** The items whose promises this operation has to keep. */
const promisedOf = (operation: Operation): Touched[] =>
  touchedBy(operation).filter(({ item, variant, warehouse }) => {
    const id = commitmentTotal(holderKey(null, item, variant), warehouse);
    return (operation.view.get('commitments', id)?.quantity ?? 0) > 0;
  });

/** Steps of a reservation that no longer fit where it stands now: it was moved, or its lot was taken. */
function unfit(operation: Operation, reservation: ReservationRecord, back: number): number {
  const { view, deltas } = operation;
  const { lot, serial, item, variant, warehouse, location } = reservation;
  const record = lot === null ? undefined : view.get('lots', lot);
  const piece = serial === null ? undefined : view.get('serials', serial);
  if (record?.recall || piece?.recall) return back;
  if (piece) return piece.reserved && piece.reservation !== reservation.id ? back : 0;
  if (!record) return 0;
  const prefix = [record.id, codeKey(warehouse), ...(location === null ? [] : [codeKey(location)])];
  const balances = view.range('balances', 'byLot', { prefix }, null);
  const change = [...deltas.values()]
    .filter((delta) => delta.lot?.id === lot && delta.warehouse === warehouse)
    .filter((delta) => location === null || codeKey(delta.location ?? '') === codeKey(location))
    .reduce((sum, delta) => sum + delta.steps, 0);
  const there = balances.reduce((sum, balance) => sum + balance.onHand, change);
  const everybody = new Claims(view);
  const held = { item, variant, lot };
  const reserved =
    location === null ? everybody.in(held, warehouse) : everybody.at(held, warehouse, location);
  return Math.min(back, Math.max(0, reserved + back - there));
}

/** A reversal opens again what its original fulfilled; what cannot be held any more is released. */
function giveBack(
  operation: Operation,
  drafts: readonly Draft[],
): { back: Map<string, number>; claims: Claim[] } {
  const back = new Map<string, number>();
  const claims: Claim[] = [];
  for (const draft of drafts) {
    for (const [id, steps] of givenBackBy(draft, operation.view)) {
      const reservation = operation.view.get('reservations', id);
      if (!reservation) continue;
      // what a correction gives back, the posting made instead takes again
      const kept = draft.again;
      const released = kept ? 0 : unfit(operation, reservation, steps);
      const change = { why: 'restored', fulfilled: -steps, ...(released > 0 ? { released } : {}) } as const;
      operation.add({ kind: 'reservationChanged', id, change });
      if (kept || steps === released) continue;
      back.set(id, (back.get(id) ?? 0) + steps - released);
      claims.push({ ...claimOf(reservation), open: steps - released });
    }
  }
  return { back, claims };
}

/**
 * Fulfils, gives back, refuses or breaks reservations, as the postings of an operation need it.
 * @throws LedgerError `lot.reserved`, `serial.reserved` or `stock.reserved` with what is available and what
 * others have reserved
 */
export function settleReservations(operation: Operation, drafts: readonly Draft[]): void {
  const { back, claims } = giveBack(operation, drafts);
  if (!drafts.some(leaves)) return;
  const promised = promisedOf(operation);
  const held =
    [...operation.deltas.values()].some(({ lot }) => (lot?.reserved ?? 0) > 0) ||
    [...operation.serialMoves.values()].some(({ serial }) => serial.reserved);
  if (!held && promised.length === 0 && back.size === 0) return;
  for (const draft of drafts) {
    if (leaves(draft) && draft.options.reverses === undefined && !draft.replaces) fulfil(draft, back);
  }
  const settlement = new Settlement(operation, drafts);
  for (const claim of claims) settlement.claims.add(claim);
  for (const move of operation.serialMoves.values()) settlement.checkSerial(move);
  settlement.checkLots();
  for (const touched of promised) promisedShort(settlement, touched);
}
