/** What an allocation is asked, and what of it lots and single pieces have in common. */
import * as z from 'zod/mini';
import { intents } from '../model/inputs.ts';
import { documentTypes } from '../model/posting.ts';
import type { ItemRecord, LotRecord } from '../model/records.ts';
import { attributes, code, isoDate, maybe, quantity, whole } from '../model/schema.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey } from '../ports/keys.ts';
import type { QueryContext, QueryView } from '../ports/view.ts';
import type { CandidateRequest } from '../reading/candidates.ts';
import { scopeOf } from '../reading/codes.ts';
import { locationIn as inWarehouse, named, settingsOf, variantOf } from '../reading/references.ts';
import { Claims } from '../reading/reservations.ts';
import { distanceFrom } from '../rules/allocation.ts';
import { toSteps } from '../rules/quantities.ts';
import { documentKeyOf } from '../rules/reservations.ts';

/** Fields that lots and pieces are asked alike. */
export const sharedArgs = {
  item: code(),
  variant: maybe(code()),
  warehouse: code(),
  location: maybe(code()),
  quantity: quantity(),
  intent: z.optional(z.enum(intents)),
  /** The day it is needed; in the future, what is good then, and what is promised until then, counts (R28). */
  needDate: maybe(isoDate()),
  minShelfLifeDays: maybe(whole(0, 36_500)),
  singleLot: z.optional(z.boolean()),
  /** The first location is emptied before the next; as the item says unless said. */
  prefer: maybe(z.enum(['closest'])),
  /** The location they should be close to: by how many others lie between them in natural order. */
  near: maybe(code()),
  /** Attributes the lot must have, each equal to the value. */
  attributes: z.optional(attributes()),
  /** The document that asks: what it has reserved itself counts as free, and goes first (R99). */
  document: maybe(z.strictObject({ type: z.enum(documentTypes), number: code() })),
};

export interface SharedArgs {
  readonly item: string;
  readonly variant?: string | null | undefined;
  readonly warehouse: string;
  readonly location?: string | null | undefined;
  readonly quantity: string;
  readonly intent?: (typeof intents)[number] | undefined;
  readonly needDate?: string | null | undefined;
  readonly minShelfLifeDays?: number | null | undefined;
  readonly singleLot?: boolean | undefined;
  readonly prefer?: 'closest' | null | undefined;
  readonly near?: string | null | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly document?: { readonly type: string; readonly number: string } | null | undefined;
}

/** The item, how much of it in steps, and how its candidates are found. */
export interface Asked {
  readonly item: ItemRecord;
  readonly steps: number;
  readonly claims: Claims;
  readonly request: CandidateRequest;
  readonly prefer: 'closest' | null;
  readonly distance: ((location: string | null) => number) | undefined;
}

/** A location as its warehouse writes it; null is none. */
export function locationIn(
  view: QueryView,
  args: Pick<SharedArgs, 'warehouse'>,
  location: string | null | undefined,
  path: string,
): string | null {
  if (location === undefined || location === null) return null;
  return inWarehouse(named(view, 'warehouses', args.warehouse, 'warehouse'), location, path);
}

/** A quantity in the item's base unit, in steps. */
export function stepsOf(typed: string, item: ItemRecord, path: string): number {
  const { decimals } = item.unit;
  const steps = toSteps(typed, decimals);
  if (typeof steps === 'number') return steps;
  throw new LedgerError(steps, { path, details: { decimals } });
}

/** The lot of a code, of the item and variant that is asked for. */
export function lotNamed(view: QueryView, { item, request }: Asked, lot: string, path: string): LotRecord {
  const scope = scopeOf(view, item.code, request.variant);
  const found = view.lookup('lots', 'code', [scope, codeKey(lot)]);
  if (!found) throw new LedgerError('lot.notFound', { path, details: { code: lot } });
  if (found.itemKey !== item.id || found.variant !== request.variant) {
    throw new LedgerError('lot.wrongItem', { path, details: { code: found.code, item: found.item } });
  }
  return found;
}

/** What an allocation asks for, resolved. */
export function askedOf(
  view: QueryView,
  args: SharedArgs,
  item: ItemRecord,
  context: QueryContext,
  claims: Claims = new Claims(view, [documentKeyOf(args.document)]),
): Asked {
  const needDate = args.needDate ?? context.today;
  const warehouse = named(view, 'warehouses', args.warehouse, 'warehouse');
  const near = locationIn(view, args, args.near, 'near');
  const locations = (warehouse.locations ?? []).map((each) => each.code);
  return {
    item,
    steps: stepsOf(args.quantity, item, 'quantity'),
    claims,
    prefer: near === null ? (args.prefer ?? item.lots?.prefer ?? null) : 'closest',
    distance: near === null ? undefined : distanceFrom(near, locations),
    request: {
      item,
      variant: variantOf(item, args.variant, 'variant'),
      warehouse,
      location: locationIn(view, args, args.location, 'location'),
      day: needDate,
      claims,
      use: {
        intent: args.intent ?? 'sale',
        day: needDate,
        today: context.today,
        allowUnavailable: false,
        forceExpired: false,
        sellableBlocks: settingsOf(view).sellableBlocks,
        direction: 'unload',
      },
    },
  };
}

/** Whether a record has every attribute asked for; of a list, whether the value is in it. */
export function hasAttributes(
  own: Readonly<Record<string, unknown>> | undefined,
  asked: Readonly<Record<string, unknown>> | undefined,
): boolean {
  return Object.entries(asked ?? {}).every(([key, value]) => {
    const found = own?.[key] ?? null;
    return Array.isArray(found) && !Array.isArray(value)
      ? found.includes(value)
      : JSON.stringify(found) === JSON.stringify(value);
  });
}
