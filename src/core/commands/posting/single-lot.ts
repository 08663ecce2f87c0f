/**
 * Locations that hold one lot at a time (R136): asked at the end, on the net effect of the whole command, so
 * that one command may take a lot away and bring another.
 */
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, US } from '../../ports/keys.ts';
import { gather, type View } from '../../ports/view.ts';
import { placeOf } from '../../reading/places.ts';
import { placeGuard } from '../../rules/guards.ts';
import type { Delta } from './moves.ts';

const placeKey = ({ warehouse, location }: Delta): string =>
  codeKey(warehouse) + US + codeKey(location ?? '');

function checkPlace(view: View, arriving: Delta, here: readonly Delta[]): void {
  const { warehouse, location, lot, path } = arriving;
  const keys: [string, string] = [codeKey(warehouse), codeKey(location ?? '')];
  const steps = new Map(here.map((delta) => [delta.id, delta.steps]));
  // lots this command takes away are still there: one more than those tells
  const options = { prefix: keys, limit: here.length + 1 };
  const there = view.range('balances', 'byPlace', options, placeGuard(...keys));
  const stays = there.find(
    (balance) => balance.lot !== lot?.id && balance.onHand + (steps.get(balance.id) ?? 0) > 0,
  );
  const other = here.find((delta) => delta.steps > 0 && delta.lot && delta.lot.id !== lot?.id);
  const present = stays?.lot ? view.get('lots', stays.lot)?.code : other?.lot?.code;
  if (present === undefined) return;
  const details = { warehouse, location, code: lot?.code, present };
  throw new LedgerError('location.singleLot', { path, details });
}

/** @throws LedgerError `location.singleLot` for the first lot that comes to lie beside another */
export function checkSingleLots(view: View, deltas: readonly Delta[]): void {
  const arriving = deltas.filter((delta) => delta.steps > 0 && delta.lot && delta.location !== null);
  const single = gather(arriving, (delta) => {
    const warehouse = view.get('warehouses', codeKey(delta.warehouse));
    return warehouse && placeOf(warehouse, delta.location)?.singleLot ? delta : null;
  });
  gather(single, (delta) => {
    if (!delta) return;
    const key = placeKey(delta);
    checkPlace(
      view,
      delta,
      deltas.filter((each) => each.lot && placeKey(each) === key),
    );
  });
}
