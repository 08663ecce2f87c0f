/**
 * `lots.merge@1`: lots of one item become one, new or there already (R92–R95). Their histories stay: each
 * keeps its movements, and the counterpart leads from one to the other (R94).
 */

import type { Change } from '../../model/facts.ts';
import { read } from '../../model/schema.ts';
import { type MergeInput, mergeInput } from '../../model/transforms.ts';
import { LedgerError } from '../../ports/errors.ts';
import {
  type CommandDefinition,
  type DecideContext,
  type Decision,
  gather,
  type View,
} from '../../ports/view.ts';
import { unitOf } from '../../reading/references.ts';
import { earliest } from '../../rules/transforms.ts';
import type { DraftLot } from '../posting/moves.ts';
import { blend, blendedExpiry, blendedStatus, checkMixable, checkOneSupplier, type Part } from './blend.ts';
import { carryInspections, checkDates, type Heritage, knownTarget, makeLot } from './made-lot.ts';
import { arrivalOf, checkHeaders, checkSameItem, onePair, type Pair, sourceOf } from './pair.ts';
import { allOf, checkUse, Gathered, portionsOf, stepsOf, type Wanted } from './portions.ts';

/** The lots to be mixed, all of one item and variant. */
function partsOf(args: MergeInput, view: View): Part[] {
  const parts = gather(args.from, (row, i): Part => {
    const path = `from[${i}].lot`;
    return { ...sourceOf(view, row.lot, path), path };
  });
  const [first, ...rest] = parts as [Part, ...Part[]];
  for (const { lot, path } of rest) checkSameItem(lot, first.item, first.lot.variant, path);
  return parts;
}

/** The lot there is that they go into, as one of the mixture. */
function knownPart(pair: Pair, args: MergeInput, parts: readonly Part[]): Part | undefined {
  const { item, lot } = parts[0] as Part;
  const path = 'into.';
  const row = { into: pair.into, item, variant: lot.variant, row: args.into, path };
  const known = knownTarget(row);
  const record = known && pair.operation.view.get('lots', known.id);
  if (!record) return undefined;
  if (parts.some((part) => part.lot.id === record.id))
    throw new LedgerError('lot.onBothSides', { path: 'into.code', details: { code: record.code } });
  checkSays(args, record);
  return { lot: record, item, path: 'into.code' };
}

/** A lot there is says itself what it is: what is typed besides must agree. */
function checkSays({ into }: MergeInput, lot: Part['lot']): void {
  const { code: _code, location: _location, attributes = {}, ...typed } = into;
  const said = [...Object.entries(typed), ...Object.entries(attributes)];
  const own = { ...lot, ...lot.attributes } as Readonly<Record<string, unknown>>;
  for (const [field, value] of said) {
    if (value === undefined || JSON.stringify(value) === JSON.stringify(own[field] ?? null)) continue;
    const details = { code: lot.code, field, own: own[field] ?? null, typed: value };
    throw new LedgerError('lot.fieldConflict', { path: `into.${field}`, details });
  }
}

/** What a lot there is has to change to, to be as strict and as short-lived as what comes into it. */
function changesOf(
  { lot }: Part,
  parts: readonly Part[],
  after: Pick<Heritage, 'status' | 'expiryDate'>,
): Change[] {
  const lots = [lot, ...parts.map((part) => part.lot)];
  const wanted = {
    ...after,
    sellable: lots.every((each) => each.sellable),
    bestBefore: earliest(lots.map((each) => each.bestBefore)),
    retestDate: earliest(lots.map((each) => each.retestDate)),
    removalDate: earliest(lots.map((each) => each.removalDate)),
  };
  return Object.entries(wanted)
    .map(([field, to]): Change => ({ field, from: lot[field as keyof typeof wanted], to }))
    .filter(({ from, to }) => from !== to);
}

/** The lot they go into, as it is from now on. */
function targetOf(pair: Pair, args: MergeInput, parts: readonly Part[], known: Part | undefined): DraftLot {
  const all = known ? [known, ...parts] : parts;
  const { item, lot } = parts[0] as Part;
  const status = blendedStatus(pair.out, all, args.acceptStatus ?? false);
  const expiryDate = blendedExpiry(pair.out, all, args.expiryDate);
  const lots = [...new Map(parts.map((part) => [part.lot.id, part.lot])).values()];
  const heritage = known ? { ...known.lot, status, expiryDate } : blend(lots, { status, expiryDate });
  checkDates(item, heritage, 'expiryDate');
  let target: DraftLot;
  if (known) {
    const changes = changesOf(known, parts, { status, expiryDate });
    if (changes.length > 0) pair.operation.change('lotChanged', known.lot.id, changes);
    target = { ...known.lot, ...Object.fromEntries(changes.map(({ field, to }) => [field, to])) };
    pair.operation.keepLot(target);
  } else {
    target = makeLot({
      into: pair.into,
      item,
      variant: lot.variant,
      heritage,
      row: args.into,
      path: 'into.',
    });
  }
  for (const each of lots) carryInspections(pair.into, each, target);
  return target;
}

function decide(args: MergeInput, view: View, context: DecideContext): Decision {
  const pair = onePair(view, context, args, 'merge');
  const parts = partsOf(args, view);
  checkHeaders(pair);
  const { item, lot: first } = parts[0] as Part;
  const unit = unitOf(item, args.unit, 'unit');
  const wanted = args.from.map(({ quantity, location, serials }, i): Wanted => {
    const quantityPath = `from[${i}].quantity`;
    return {
      steps: quantity === undefined ? undefined : stepsOf(item, quantity, unit, quantityPath),
      location,
      serials,
      path: `from[${i}].`,
      quantityPath,
      locationPath: `from[${i}].location`,
    };
  });
  const known = knownPart(pair, args, parts);
  gather(known ? [...parts, known] : parts, (part) => checkMixable(pair.out, part));
  checkOneSupplier(known ? [known, ...parts] : parts);
  const target = targetOf(pair, args, parts, known);
  const left = new Gathered(pair.out, item, first.variant);
  const made = new Gathered(pair.into, item, first.variant);
  gather(parts, (part, i) => {
    const each = wanted[i] as Wanted;
    const whole = each.steps === undefined && each.serials === undefined;
    const portions = whole ? allOf(pair.out, part, each) : portionsOf(pair.out, part, each);
    checkUse(pair.out, part, portions, part.path);
    for (const portion of portions) {
      left.move(part.lot, portion);
      const location = arrivalOf(pair, args.into.location, portion.location, 'into.location');
      made.move(target, { ...portion, location, path: 'into.code' });
    }
  });
  left.record();
  made.record();
  return pair.operation.finish();
}

export const mergeLots: CommandDefinition<MergeInput> = {
  name: 'lots.merge@1',
  schema: mergeInput,
  parse: (args) => read(mergeInput, args),
  decide,
};
