/**
 * The last question of every posting and reversal: does anything go below zero, on its day or any later
 * one, at any place (R69, R70, R73, R75)? Asked on the net effect of the whole command.
 */
import type { IsoDate, MovementRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import type { DecideContext, View } from '../../ports/view.ts';
import { dayEnds } from '../../reading/stock.ts';
import { formatSteps } from '../../rules/quantities.ts';
import type { Delta, DraftSerial, SerialMove } from './moves.ts';

/** When the balances change; an operation is one. */
interface Effect {
  readonly view: View;
  readonly context: DecideContext;
  readonly date: IsoDate;
}

function short(delta: Delta, available: number, missing: number, date: IsoDate): LedgerError {
  const show = (steps: number): string => formatSteps(steps, delta.decimals);
  return new LedgerError(delta.lot ? 'lot.insufficient' : 'stock.insufficient', {
    path: delta.path,
    details: {
      ...(delta.lot ? { code: delta.lot.code } : {}),
      item: delta.item,
      available: show(Math.max(0, available)),
      shortage: show(missing),
      date,
      warehouse: delta.warehouse,
      location: delta.location,
    },
  });
}

function mayBackdate(context: DecideContext, lastDate: IsoDate | null | undefined, date: IsoDate): void {
  if (!lastDate || date >= lastDate || context.may('posting.backdate')) return;
  throw new LedgerError('permission.denied', {
    path: 'date',
    details: { action: 'posting.backdate', lastDate },
  });
}

/** @throws LedgerError lot.insufficient or stock.insufficient, naming the first day that would be short */
export function checkDelta(delta: Delta, effect: Effect): void {
  const { view, context, date } = effect;
  const balance = view.get('balances', delta.id);
  mayBackdate(context, balance?.lastDate, date);
  const onHand = balance?.onHand ?? 0;
  if (onHand + delta.steps > Number.MAX_SAFE_INTEGER)
    throw new LedgerError('quantity.tooLarge', { path: delta.path });
  if (delta.steps >= 0) return;
  if (!balance) throw short(delta, 0, -delta.steps, date);
  const ends = dayEnds(view, balance, date);
  const available = Math.min(...ends.map((end) => end.steps));
  const first = ends.find((end) => end.steps + delta.steps < 0);
  if (first) throw short(delta, available, -(first.steps + delta.steps), first.date);
}

/** A lot's total over all places has to stay a number that counts exactly. */
export function checkLotTotals(deltas: Iterable<Delta>): void {
  const totals = new Map<string, number>();
  for (const { lot, steps, path } of deltas) {
    if (lot === null) continue;
    const total = (totals.get(lot.id) ?? lot.onHand ?? 0) + steps;
    if (total > Number.MAX_SAFE_INTEGER) throw new LedgerError('quantity.tooLarge', { path });
    totals.set(lot.id, total);
  }
}

const placeKey = (warehouse: string, location: string | null): string =>
  `${codeKey(warehouse)}/${codeKey(location ?? '')}`;

type Step = Pick<MovementRecord, 'date' | 'warehouse' | 'location' | 'quantity'>;

/** The first day that ends with less than none at a place, or with one piece in two places. */
function brokenOn(movements: readonly Step[]): IsoDate | undefined {
  const inOrder = [...movements].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const places = new Map<string, number>();
  for (const [i, movement] of inOrder.entries()) {
    const key = placeKey(movement.warehouse, movement.location);
    places.set(key, (places.get(key) ?? 0) + Math.sign(movement.quantity));
    if (inOrder[i + 1]?.date === movement.date) continue;
    const counts = [...places.values()];
    if (counts.some((count) => count < 0) || counts.reduce((sum, count) => sum + count, 0) > 1)
      return movement.date;
  }
  return undefined;
}

/** One step of a serial on the day of the operation. */
type SerialStep = Pick<SerialMove, 'arrives' | 'warehouse' | 'location'>;

/** The day on which a serial's story would break with these steps in it, if it would. */
export function serialBreaks(
  serial: Pick<DraftSerial, 'id' | 'lastDate'>,
  steps: readonly SerialStep[],
  { view, date }: Omit<Effect, 'context'>,
): IsoDate | undefined {
  if (!serial.lastDate || date >= serial.lastDate) return undefined;
  // every writer of a serial's movements also writes the serial, which is expected
  const known = view.range('movements', 'bySerial', { prefix: [serial.id] }, null);
  const added = steps.map(
    ({ arrives, warehouse, location }): Step => ({ date, warehouse, location, quantity: arrives ? 1 : -1 }),
  );
  return brokenOn([...known, ...added]);
}

/**
 * A serial before its newest movement: its whole story has to hold with everything this operation does
 * with it.
 */
export function checkSerial(last: SerialMove, effect: Effect): void {
  const { serial } = last;
  mayBackdate(effect.context, serial.lastDate, effect.date);
  if (!serial.lastDate || effect.date >= serial.lastDate) return;
  const moves: SerialMove[] = [];
  for (let move: SerialMove | null = last; move; move = move.before) moves.unshift(move);
  const date = serialBreaks(serial, moves, effect);
  if (date === undefined) return;
  const place = serial.warehouse ? { warehouse: serial.warehouse, location: serial.location ?? null } : null;
  const { arrives, path } = moves[0] ?? last;
  const code = arrives ? 'serial.alreadyInStock' : 'serial.notHere';
  throw new LedgerError(code, { path, details: { code: serial.code, date, place } });
}
