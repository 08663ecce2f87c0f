/**
 * `lots.convert@1`: a lot of one item, or a part of it, becomes a lot of another item or variant (R91). What
 * it was lives on in it: never a milder status, never a longer life without a reason.
 */

import type { ItemRecord } from '../../model/records.ts';
import { read } from '../../model/schema.ts';
import { type ConvertInput, convertInput } from '../../model/transforms.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, DecideContext, Decision, View } from '../../ports/view.ts';
import { named, unitOf, variantOf } from '../../reading/references.ts';
import { statusOf as policyOf } from '../../reading/stock.ts';
import { expiryFrom, watchedDates } from '../../rules/expiry.ts';
import { earliest, inUnitsOf, ratioBetween, strictest } from '../../rules/transforms.ts';
import { inPath } from '../posting/load-lots.ts';
import type { DraftLot, DraftSerial } from '../posting/moves.ts';
import { checkCount, serialForLoad, spellOut } from '../posting/serials.ts';
import { checkSerialUse } from '../posting/usability.ts';
import { checkDates, expiryOf, type Heritage, heritageOf, targetLot } from './made-lot.ts';
import { arrivalOf, checkHeaders, onePair, type Pair, type Source, sourceOf } from './pair.ts';
import { checkUse, type Entered, Gathered, lineFor, type Portion, portionsOf, stepsOf } from './portions.ts';

/** The item and variant it becomes: managed in lots, and not what it was. */
function goalOf(
  { toItem, toVariant }: ConvertInput,
  { lot }: Source,
  view: View,
): { item: ItemRecord; variant: string | null } {
  const item = named(view, 'items', toItem, 'toItem');
  const variant = variantOf(item, toVariant, 'toVariant');
  if (!item.lots)
    throw new LedgerError('item.notLotManaged', { path: 'toItem', details: { item: item.code } });
  if (item.id === lot.itemKey && variant === lot.variant)
    throw new LedgerError('field.repeated', { path: 'toItem', details: { value: item.code } });
  return { item, variant };
}

/** How much it becomes: typed, or as the units of both items convert. */
function goalSteps(args: ConvertInput, from: ItemRecord, to: ItemRecord, steps: number): number {
  if (args.toQuantity !== undefined)
    return stepsOf(to, args.toQuantity, unitOf(to, args.toUnit, 'toUnit'), 'toQuantity');
  const ratio = ratioBetween(from, to);
  if (!ratio) throw new LedgerError('field.required', { path: 'toQuantity' });
  const converted = inUnitsOf(steps, from.unit.decimals, ratio, to.unit.decimals);
  if (typeof converted === 'string') throw new LedgerError(converted, { path: 'toQuantity' });
  if (to.serials && converted % 10 ** to.unit.decimals !== 0)
    throw new LedgerError('serial.fractional', { path: 'toQuantity' });
  return converted;
}

/** The status of what it becomes: the stricter of the source's and of the item's initial one. */
function statusOf({ lot }: Source, to: ItemRecord, view: View): string | null {
  const initial = to.lots?.initialStatus ?? null;
  const status = strictest(policyOf(view, lot.status), policyOf(view, initial));
  if (status !== undefined) return status?.code ?? null;
  const details = { statuses: [lot.status, initial], comparable: false, status: null };
  throw new LedgerError('lot.statusConflict', { path: 'toItem', details });
}

function heritageFor(args: ConvertInput, source: Source, to: ItemRecord, pair: Pair): Heritage {
  const { lot } = source;
  const path = 'into.expiryDate';
  const days = to.lots?.shelfLifeDays;
  const start = lot.startDate ?? pair.out.date;
  const computed =
    args.into.expiryDate === undefined && typeof days === 'number'
      ? inPath(path, () => expiryFrom(start, days, to.lots?.expiryRounding))
      : null;
  const expiryDate = expiryOf(pair.out, lot.expiryDate, { typed: args.into.expiryDate, computed }, path);
  const own = heritageOf(lot);
  const watched = watchedDates(start, to.lots);
  const fields = Object.keys(watched) as (keyof typeof watched)[];
  const sooner = Object.fromEntries(fields.map((field) => [field, earliest([own[field], watched[field]])]));
  const heritage = { ...own, ...sooner, expiryDate, status: statusOf(source, to, pair.out.view) };
  checkDates(to, heritage, path);
  return heritage;
}

/** The new pieces of an item by serial number. */
function newSerials(
  args: ConvertInput,
  pair: Pair,
  to: ItemRecord,
  lot: DraftLot,
  steps: number,
): DraftSerial[] {
  const rows = args.into.serials ?? [];
  if (!to.serials) {
    if (rows.length === 0) return [];
    throw new LedgerError('item.notSerialManaged', { path: 'into.serials', details: { item: to.code } });
  }
  if (rows.length === 0)
    throw new LedgerError('serial.required', { path: 'into.serials', details: { item: to.code } });
  const line = lineFor(to, lot.variant, 'into');
  const spelled = spellOut(pair.into, line, rows);
  checkCount(line, spelled.length, steps / 10 ** to.unit.decimals);
  return spelled.map((each) => {
    const serial = serialForLoad(pair.into, line, each, lot);
    checkSerialUse(pair.into, line, serial, null, each.path);
    return serial;
  });
}

const enteredIn = (
  item: ItemRecord,
  quantity: string | undefined,
  unit: string | null | undefined,
  path: string,
): Entered => {
  const found = unitOf(item, unit, path);
  return found === null || quantity === undefined ? null : { quantity, unit: found };
};

function decide(args: ConvertInput, view: View, context: DecideContext): Decision {
  const pair = onePair(view, context, args, 'convert');
  const source = sourceOf(view, args.lot, 'lot');
  const goal = goalOf(args, source, view);
  checkHeaders(pair);
  const { lot, item } = source;
  const unit = unitOf(item, args.unit, 'unit');
  const portions = portionsOf(pair.out, source, {
    steps: args.quantity === undefined ? undefined : stepsOf(item, args.quantity, unit, 'quantity'),
    location: args.location,
    serials: args.serials,
    path: '',
    quantityPath: 'quantity',
    locationPath: 'location',
  });
  const taken = portions.reduce((sum, portion) => sum + portion.steps, 0);
  const steps = goalSteps(args, item, goal.item, taken);
  checkUse(pair.out, source, portions, 'lot');
  const heritage = heritageFor(args, source, goal.item, pair);
  const target = targetLot({ into: pair.into, ...goal, heritage, row: args.into, path: 'into.' }, lot);
  const left = new Gathered(pair.out, item, lot.variant);
  for (const portion of portions) left.move(lot, portion);
  const made = new Gathered(pair.into, goal.item, goal.variant);
  const location = arrivalOf(pair, args.into.location, portions[0]?.location ?? null, 'into.location');
  const serials = newSerials(args, pair, goal.item, target, steps);
  const arrives: Portion = {
    location,
    steps,
    serials,
    path: args.toQuantity === undefined ? 'quantity' : 'toQuantity',
  };
  made.move(target, arrives);
  left.record(enteredIn(item, args.quantity, args.unit, 'unit'));
  made.record(enteredIn(goal.item, args.toQuantity, args.toUnit, 'toUnit'));
  return pair.operation.finish();
}

export const convertLot: CommandDefinition<ConvertInput> = {
  name: 'lots.convert@1',
  schema: convertInput,
  parse: (args) => read(convertInput, args),
  decide,
};
