/**
 * `lots.split@1`: a part of a lot becomes one or more lots of their own, with what the lot says of the goods
 * (R89); of an item by serial number, the pieces that are named (R95).
 */

import { read } from '../../model/schema.ts';
import { type SplitInput, splitInput } from '../../model/transforms.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, DecideContext, Decision, View } from '../../ports/view.ts';
import { unitOf } from '../../reading/references.ts';
import { formatSteps, sumDecimals } from '../../rules/quantities.ts';
import { checkDates, expiryOf, heritageOf, targetLot } from './made-lot.ts';
import { arrivalOf, checkHeaders, onePair, type Pair, type Source, sourceOf } from './pair.ts';
import { checkUse, type Entered, Gathered, type Portion, portionsOf, stepsOf } from './portions.ts';

type Row = SplitInput['into'][number];

/** How much each row takes; the only row all of it. */
function rowSteps(args: SplitInput, { item }: Source): (number | undefined)[] {
  const unit = unitOf(item, args.unit, 'unit');
  const total = args.quantity === undefined ? undefined : stepsOf(item, args.quantity, unit, 'quantity');
  const each = args.into.map((row, i) =>
    row.quantity === undefined ? undefined : stepsOf(item, row.quantity, unit, `into[${i}].quantity`),
  );
  if (total === undefined) return each;
  if (each.length === 1) return [each[0] === undefined ? total : checkSum(each, total, item.unit.decimals)];
  if (each.every((steps) => steps !== undefined)) checkSum(each, total, item.unit.decimals);
  return each;
}

function checkSum(each: readonly (number | undefined)[], total: number, decimals: number): number {
  const sum = each.reduce<number>((all, steps) => all + (steps ?? 0), 0);
  if (sum === total) return total;
  const difference = formatSteps(total - sum, decimals);
  throw new LedgerError('lot.sumMismatch', { path: 'into', details: { difference } });
}

/** What was typed altogether, where it was in another unit. */
function enteredOf(args: SplitInput, { item }: Source): Entered {
  const unit = unitOf(item, args.unit, 'unit');
  const typed = args.quantity === undefined ? args.into.map((row) => row.quantity) : [args.quantity];
  const given = typed.filter((quantity) => quantity !== undefined);
  return unit === null || given.length < typed.length ? null : { quantity: sumDecimals(given), unit };
}

/** The pieces of a row: its own, or of the only row those of the whole split. */
function piecesOf(args: SplitInput, row: Row): readonly string[] | undefined {
  if (args.serials === undefined) return row.serials;
  if (args.into.length > 1 || row.serials !== undefined)
    throw new LedgerError('field.unknown', { path: 'serials', details: { name: 'serials' } });
  return args.serials;
}

interface Splitting {
  readonly pair: Pair;
  readonly source: Source;
  readonly args: SplitInput;
  readonly left: Gathered;
  readonly made: Gathered;
}

/** One row: out of the lot, and into its own. */
function splitRow({ pair, source, args, left, made }: Splitting, i: number, steps: number | undefined): void {
  const row = args.into[i] as Row;
  const path = `into[${i}].`;
  const { lot, item } = source;
  const portions = portionsOf(pair.out, source, {
    steps,
    location: args.location,
    serials: piecesOf(args, row),
    path: args.serials === undefined ? path : '',
    quantityPath: row.quantity === undefined && args.quantity !== undefined ? 'quantity' : `${path}quantity`,
    locationPath: 'location',
  });
  checkUse(pair.out, source, portions, 'lot');
  const expiryDate = expiryOf(pair.out, lot.expiryDate, { typed: row.expiryDate }, `${path}expiryDate`);
  const heritage = { ...heritageOf(lot), expiryDate };
  checkDates(item, heritage, `${path}expiryDate`);
  const target = targetLot({ into: pair.into, item, variant: lot.variant, heritage, row, path }, lot);
  for (const portion of portions) {
    left.move(lot, portion);
    const location = arrivalOf(pair, row.location, portion.location, `${path}location`);
    const arrives: Portion = { ...portion, location, path: `${path}quantity` };
    made.move(target, arrives);
  }
}

function decide(args: SplitInput, view: View, context: DecideContext): Decision {
  const pair = onePair(view, context, args, 'split');
  const source = sourceOf(view, args.lot, 'lot');
  checkHeaders(pair);
  const { lot, item } = source;
  const steps = rowSteps(args, source);
  const splitting: Splitting = {
    pair,
    source,
    args,
    left: new Gathered(pair.out, item, lot.variant),
    made: new Gathered(pair.into, item, lot.variant),
  };
  args.into.forEach((_, i) => {
    splitRow(splitting, i, steps[i]);
  });
  const entered = enteredOf(args, source);
  splitting.left.record(entered);
  splitting.made.record(entered);
  return pair.operation.finish();
}

export const splitLot: CommandDefinition<SplitInput> = {
  name: 'lots.split@1',
  schema: splitInput,
  parse: (args) => read(splitInput, args),
  decide,
};
