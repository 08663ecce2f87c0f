/** `lots.allocate`: what an automatic unload would take, and why it would pass the others over (R39, R96–R102). */
import * as z from 'zod/mini';
import type { ItemRecord } from '../model/records.ts';
import { code, maybe, quantity, read } from '../model/schema.ts';
import type { AllocatedLot, Allocation, SkippedLot } from '../model/views-reservations.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey } from '../ports/keys.ts';
import type { QueryContext, QueryDefinition, QueryView } from '../ports/view.ts';
import { candidatesFor, inPieces, type LotCandidate } from '../reading/candidates.ts';
import { hostOrder } from '../reading/ranking.ts';
import { named } from '../reading/references.ts';
import { allocate, type Allocation as Made, type Wish } from '../rules/allocation.ts';
import { formatSteps } from '../rules/quantities.ts';
import { openOf } from '../rules/reservations.ts';
import { balanceId } from '../rules/stock-keys.ts';
import { withdrawalOf } from '../rules/withdrawal.ts';
import {
  type Asked,
  askedOf,
  hasAttributes,
  locationIn,
  lotNamed,
  sharedArgs,
  stepsOf,
} from './allocation-args.ts';

const allocateArgs = z.strictObject({
  ...sharedArgs,
  /** Lots that go first (R99), as much of each as is said, or as is needed. */
  lots: maybe(
    z.array(z.strictObject({ code: code(), quantity: maybe(quantity()), location: maybe(code()) })),
  ),
  /** What the asker's own unsaved lines take already (R71). */
  taken: maybe(z.array(z.strictObject({ lot: code(), location: maybe(code()), quantity: quantity() }))),
});
type AllocateArgs = z.infer<typeof allocateArgs>;

/** Steps that unsaved lines take, by balance; of a lot whose place is not said, anywhere in the warehouse. */
function draftsOf(view: QueryView, args: AllocateArgs, asked: Asked): (balance: string) => number {
  const taken = new Map<string, number>();
  const { item, claims, request } = asked;
  const { warehouse, variant } = request;
  (args.taken ?? []).forEach((row, i) => {
    const lot = lotNamed(view, asked, row.lot, `taken[${i}].lot`);
    const steps = stepsOf(row.quantity, item, `taken[${i}].quantity`);
    const location = locationIn(view, args, row.location, `taken[${i}].location`);
    if (location === null && (warehouse.locations?.length ?? 0) > 0) {
      const { intent, day } = request.use;
      const place = { warehouseKey: warehouse.id, locationKey: null, lot: lot.id, serial: null };
      const what = { item: item.code, itemKey: item.id, variant, intent, needDate: day };
      claims.add({ ...what, ...place, open: steps });
      return;
    }
    const id = balanceId(lot.id, { warehouse: warehouse.code, location });
    taken.set(id, (taken.get(id) ?? 0) + steps);
  });
  return (balance) => taken.get(balance) ?? 0;
}

/** What the asker's document has reserved by name, then what the question names (R99). */
function wishesOf(view: QueryView, args: AllocateArgs, asked: Asked): Wish[] {
  const warehouse = codeKey(args.warehouse);
  const own = asked.claims
    .own(asked.item.code)
    .filter((each) => each.warehouseKey === warehouse)
    .flatMap((each) =>
      each.lot === null ? [] : [{ lot: each.lot, location: each.location, quantity: openOf(each) }],
    );
  const wished = (args.lots ?? []).map((row, i): Wish => {
    const path = `lots[${i}]`;
    return {
      lot: lotNamed(view, asked, row.code, `${path}.code`).id,
      location: locationIn(view, args, row.location, `${path}.location`),
      quantity: row.quantity == null ? null : stepsOf(row.quantity, asked.item, `${path}.quantity`),
    };
  });
  return [...own, ...wished];
}

function candidatesOf(view: QueryView, args: AllocateArgs, asked: Asked): LotCandidate[] {
  const request = { ...asked.request, taken: draftsOf(view, args, asked) };
  const lots = candidatesFor(view, request);
  const candidates = asked.item.serials ? inPieces(view, request, lots) : lots;
  return candidates.map((candidate) =>
    candidate.blocked !== null || hasAttributes(candidate.record.attributes, args.attributes)
      ? candidate
      : { ...candidate, blocked: 'attributes' },
  );
}

/** What one candidate could give by itself. */
const leftOf = ({ free, limits = [] }: LotCandidate): number =>
  Math.max(0, Math.min(free, ...limits.map(({ room }) => room)));

function answerOf(made: Made<LotCandidate>, { unit }: ItemRecord): Allocation {
  const text = (steps: number): string => formatSteps(steps, unit.decimals);
  const placed = (each: LotCandidate & { readonly rank: number }): Omit<AllocatedLot, 'quantity'> => ({
    lot: each.lot,
    code: each.code,
    warehouse: each.warehouse,
    location: each.location,
    expiryDate: each.expiryDate,
    reserved: text(each.held),
    rank: each.rank,
  });
  return {
    taken: made.taken.map((each) => ({ ...placed(each), quantity: text(each.quantity) })),
    skipped: made.skipped.map(
      (each): SkippedLot => ({ ...placed(each), available: text(leftOf(each)), reason: each.reason }),
    ),
    shortage: text(made.shortage),
  };
}

function run(view: QueryView, args: AllocateArgs, context: QueryContext): Allocation {
  const item = named(view, 'items', args.item, 'item');
  if (!item.lots) throw new LedgerError('item.notLotManaged', { path: 'item', details: { item: item.code } });
  const asked = askedOf(view, args, item, context);
  const { request, steps, prefer, distance } = asked;
  const candidates = candidatesOf(view, args, asked);
  const withdrawal = withdrawalOf(item);
  // a person chooses: nothing but what is named or reserved is suggested, shown by expiry (R100)
  const manual = withdrawal === 'manual';
  const strategy = manual ? 'fefo' : withdrawal;
  const { intent } = request.use;
  const ranking = { ...request, quantity: steps, strategy, intent, needDate: request.day };
  const made = allocate(candidates, {
    strategy,
    manual,
    quantity: steps,
    needDate: request.day,
    singleLot: args.singleLot ?? false,
    minShelfLifeDays: args.minShelfLifeDays,
    prefer: manual ? null : prefer,
    distance,
    first: wishesOf(view, args, asked),
    order: manual ? undefined : hostOrder(context.hooks, candidates, ranking),
  });
  return answerOf(made, item);
}

export const allocateQuery: QueryDefinition<AllocateArgs, Allocation> = {
  name: 'lots.allocate',
  schema: allocateArgs,
  parse: (args) => read(allocateArgs, args),
  run,
};
