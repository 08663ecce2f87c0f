/** `lots.allocate`: what an automatic unload would take, and why it would pass the others over (R39, R96–R102). */
import * as z from 'zod/mini';
import { intents } from '../model/inputs.ts';
import type { ItemRecord } from '../model/records.ts';
import { code, isoDate, maybe, quantity, read, whole } from '../model/schema.ts';
import type { AllocatedLot, Allocation, SkippedLot } from '../model/views.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey } from '../ports/keys.ts';
import type { QueryContext, QueryDefinition, QueryView } from '../ports/view.ts';
import { named, settingsOf, variantOf } from '../reading/references.ts';
import { type CandidateRequest, candidatesFor, inPieces, type LotCandidate } from '../reading/stock.ts';
import { allocate, orderLots } from '../rules/allocation.ts';
import { formatSteps, toSteps } from '../rules/quantities.ts';
import { withdrawalOf } from '../rules/withdrawal.ts';

const allocateArgs = z.strictObject({
  item: code(),
  variant: maybe(code()),
  warehouse: code(),
  location: maybe(code()),
  quantity: quantity(),
  intent: z.optional(z.enum(intents)),
  needDate: maybe(isoDate()),
  minShelfLifeDays: maybe(whole(0, 36_500)),
  singleLot: z.optional(z.boolean()),
});
type AllocateArgs = z.infer<typeof allocateArgs>;

function locationOf(view: QueryView, args: AllocateArgs): string | null {
  if (args.location === undefined || args.location === null) return null;
  const warehouse = named(view, 'warehouses', args.warehouse, 'warehouse');
  const key = codeKey(args.location);
  const found = warehouse.locations?.find((each) => codeKey(each.code) === key);
  if (found) return found.code;
  throw new LedgerError('location.notFound', {
    path: 'location',
    details: { warehouse: warehouse.code, location: args.location },
  });
}

const placed = ({
  lot,
  code: lotCode,
  warehouse,
  location,
  expiryDate,
}: LotCandidate): Omit<AllocatedLot, 'quantity'> => ({
  lot,
  code: lotCode,
  warehouse,
  location,
  expiryDate,
});

function requestOf(
  view: QueryView,
  args: AllocateArgs,
  item: ItemRecord,
  context: QueryContext,
): CandidateRequest {
  const needDate = args.needDate ?? context.today;
  return {
    item,
    variant: variantOf(item, args.variant, 'variant'),
    warehouse: named(view, 'warehouses', args.warehouse, 'warehouse'),
    location: locationOf(view, args),
    day: needDate,
    use: {
      intent: args.intent ?? 'sale',
      day: needDate,
      today: context.today,
      allowUnavailable: false,
      forceExpired: false,
      sellableBlocks: settingsOf(view).sellableBlocks,
      direction: 'unload',
    },
  };
}

export const allocateQuery: QueryDefinition<AllocateArgs, Allocation> = {
  name: 'lots.allocate',
  parse: (args) => read(allocateArgs, args),
  run(view, args, context) {
    const item = named(view, 'items', args.item, 'item');
    if (!item.lots)
      throw new LedgerError('item.notLotManaged', { path: 'item', details: { item: item.code } });
    const { decimals } = item.unit;
    const quantity = toSteps(args.quantity, decimals);
    if (typeof quantity !== 'number')
      throw new LedgerError(quantity, { path: 'quantity', details: { decimals } });
    const request = requestOf(view, args, item, context);
    const lots = candidatesFor(view, request);
    const candidates = item.serials ? inPieces(view, request, lots) : lots;
    const text = (value: number): string => formatSteps(value, decimals);
    const skip = (each: LotCandidate, reason: string): SkippedLot => ({
      ...placed(each),
      available: text(each.free),
      reason,
    });
    const strategy = withdrawalOf(item);
    if (strategy === 'manual') {
      // a person chooses: no suggestion, shown by expiry (R100)
      const skipped = orderLots(candidates, 'fefo').map((each) => skip(each, each.blocked ?? 'manual'));
      return { taken: [], skipped, shortage: text(quantity) };
    }
    const { singleLot = false, minShelfLifeDays } = args;
    const prefer = item.lots.prefer ?? null;
    const asked = { strategy, quantity, needDate: request.day, singleLot, minShelfLifeDays, prefer };
    const made = allocate(candidates, asked);
    return {
      taken: made.taken.map((each) => ({ ...placed(each), quantity: text(each.quantity) })),
      skipped: made.skipped.map((each) => skip(each, each.reason)),
      shortage: text(made.shortage),
    };
  },
};
