/**
 * `items.openLots@1`: stock without lots gets them, place by place, where it lies (R21). For an item that
 * had none this also switches lot management on, in the same command, and then nothing may be left over; of
 * one that has them it puts stock that came in without (R54) into lots.
 */
import { itemInput } from '../../model/inputs.ts';
import type { ItemRecord } from '../../model/records.ts';
import { read } from '../../model/schema.ts';
import { type OpeningInput, openingInput } from '../../model/transforms.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, US } from '../../ports/keys.ts';
import {
  type CommandDefinition,
  type DecideContext,
  type Decision,
  gather,
  type View,
} from '../../ports/view.ts';
import { scopeOf } from '../../reading/codes.ts';
import { named, variantOf } from '../../reading/references.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { balanceId, holderKey, stockGuard } from '../../rules/stock-keys.ts';
import { checkedLots } from '../items.ts';
import { lotForLoad } from '../posting/load-lots.ts';
import type { DraftSerial } from '../posting/moves.ts';
import { type Operation, openOperation } from '../posting/operation.ts';
import { checkLotUse, checkSerialUse } from '../posting/usability.ts';
import { fieldsOf, picked } from '../shared/patch.ts';
import { arrivalOf, checkHeaders, openPair, type Pair, placeOf } from './pair.ts';
import { byPlace, checkFirst, Gathered, lineFor, type Portion, stepsOf } from './portions.ts';

type Place = OpeningInput['stock'][number];
type LotRow = Place['lots'][number];

/** The item as its lots are managed from now on. */
function managedItem(args: OpeningInput, item: ItemRecord, view: View): ItemRecord {
  if (item.lots) {
    if (!args.lots) return item;
    const details = { what: 'settings of lots that the item has already' };
    throw new LedgerError('command.unsupported', { path: 'lots', details });
  }
  if (!args.lots) throw new LedgerError('field.required', { path: 'lots' });
  const input = { ...picked(item, fieldsOf(itemInput)), lots: args.lots };
  return { ...item, lots: checkedLots(read(itemInput, input), view) };
}

/** One place of the input: its pair of postings, and what lies there. */
interface Opened {
  readonly pair: Pair;
  readonly row: Place;
  readonly path: string;
  readonly variant: string | null;
  readonly location: string | null;
  readonly steps: readonly number[];
}

/** Refusals of a part of the input name its fields. */
function under<T>(prefix: string, run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    if (!(thrown instanceof LedgerError) || thrown.path === undefined) throw thrown;
    throw new LedgerError(thrown.code, { path: prefix + thrown.path, details: thrown.details });
  }
}

/** A pair of postings per template; the first unload is the command's answer. */
function pairsOf(args: OpeningInput, operation: Operation): Pair[] {
  const pairs = new Map<string, Pair>();
  return args.stock.map((row, i) => {
    const key = codeKey(row.warehouse) + US + codeKey(row.template);
    let pair = pairs.get(key);
    if (!pair) {
      const main = pairs.size === 0;
      pair = under(`stock[${i}].`, () => openPair(operation, row, args, 'opening', { main }));
      if (pair.into.world.warehouse.id !== pair.out.world.warehouse.id) {
        const details = { template: pair.out.world.template.code, why: 'counterpart' };
        throw new LedgerError('template.notConvertible', { path: `stock[${i}].template`, details });
      }
      pairs.set(key, pair);
    }
    return pair;
  });
}

/** How much a row is: as typed, or as many as it names pieces. */
function rowSteps(item: ItemRecord, row: LotRow, path: string): number {
  const one = 10 ** item.unit.decimals;
  const steps =
    row.quantity === undefined ? undefined : stepsOf(item, row.quantity, null, `${path}.quantity`);
  if (!item.serials) {
    if (row.serials?.length)
      throw new LedgerError('item.notSerialManaged', {
        path: `${path}.serials`,
        details: { item: item.code },
      });
    if (steps === undefined) throw new LedgerError('field.required', { path: `${path}.quantity` });
    return steps;
  }
  const given = row.serials?.length ?? 0;
  if (given === 0)
    throw new LedgerError('serial.required', { path: `${path}.serials`, details: { item: item.code } });
  if (steps !== undefined && steps !== given * one) {
    const details = { expected: steps / one, given };
    throw new LedgerError('serial.countMismatch', { path: `${path}.serials`, details });
  }
  return given * one;
}

/** Refuses unless the opening lots hold exactly what lies without a lot, at every place (R21). */
function checkExact(view: View, item: ItemRecord, opened: readonly Opened[]): void {
  const there = new Map<
    string,
    { onHand: number; warehouse: string; location: string | null; variant: string | null }
  >();
  const at = (variant: string | null, warehouse: string, location: string | null): string =>
    balanceId(holderKey(null, item.code, variant), { warehouse, location });
  const add = (variant: string | null, warehouse: string, location: string | null, steps: number): void => {
    const key = at(variant, warehouse, location);
    const onHand = (there.get(key)?.onHand ?? 0) + steps;
    there.set(key, { onHand, warehouse, location, variant });
  };
  const guard = stockGuard(item.code);
  for (const each of view.range('balances', 'inStock', { prefix: [item.id] }, guard))
    if (each.lot === null) add(each.variant, each.warehouse, each.location, each.onHand);
  const one = 10 ** item.unit.decimals;
  for (const each of view.range('serials', 'inStock', { prefix: [item.id] }, guard))
    add(each.variant, each.warehouse ?? '', each.location, one);
  const given = new Map<string, number>();
  for (const { pair, variant, location, steps } of opened) {
    const { code: warehouse } = pair.out.world.warehouse;
    const key = at(variant, warehouse, location);
    given.set(
      key,
      steps.reduce((sum, each) => sum + each, given.get(key) ?? 0),
    );
    if (!there.has(key)) there.set(key, { onHand: 0, warehouse, location, variant });
  }
  const show = (steps: number): string => formatSteps(steps, item.unit.decimals);
  for (const [key, { onHand, ...place }] of there) {
    const named = given.get(key) ?? 0;
    if (named === onHand) continue;
    const details = { ...place, onHand: show(onHand), given: show(named) };
    throw new LedgerError('item.openingMismatch', { path: 'stock', details });
  }
}

/** The pieces a row names: of the item, in no lot, and here. */
function serialsOf(
  { pair, row, variant }: Opened,
  item: ItemRecord,
  lot: LotRow,
  path: string,
): DraftSerial[] {
  const { out } = pair;
  const scope = scopeOf(out.view, item.code, variant);
  return gather(lot.serials ?? [], (code, i) => {
    const own = `${path}.serials[${i}]`;
    const serial = out.operation.serial(scope, codeKey(code));
    if (!serial || serial.itemKey !== item.id)
      throw new LedgerError('serial.notFound', { path: own, details: { code } });
    checkFirst(out, serial, own);
    const place = out.operation.placeOf(serial);
    const here = place !== null && codeKey(place.warehouse) === out.world.warehouse.id;
    if (!here || (row.location && codeKey(place.location ?? '') !== codeKey(row.location)))
      throw new LedgerError('serial.notHere', { path: own, details: { code: serial.code, place } });
    return serial;
  });
}

/** One place: out without a lot, in with one. */
function openPlace(opened: Opened, before: ItemRecord, item: ItemRecord): void {
  const { pair, row, path, variant, location, steps } = opened;
  const left = new Gathered(pair.out, before, variant);
  const made = new Gathered(pair.into, item, variant);
  const line = { ...lineFor(item, variant, path), location };
  pair.operation.countRows(row.lots.length, `${path}.lots`);
  gather(row.lots, ({ serials: _, quantity, ...lot }, i) => {
    const own = `${path}.lots[${i}]`;
    const size = steps[i] as number;
    const pieces = serialsOf(opened, item, row.lots[i] as LotRow, own);
    for (const serial of pieces) checkSerialUse(pair.out, line, serial, location, `${own}.serials`);
    const portions: Portion[] = item.serials
      ? byPlace(pair.out, item, pieces, `${own}.serials`)
      : [{ location, steps: size, serials: [], path: `${own}.quantity` }];
    const target = lotForLoad(pair.into, line, { ...lot, quantity: quantity ?? '0' }, own);
    pair.operation.touched.add(target.id);
    for (const portion of portions) {
      const arrives = arrivalOf(pair, portion.location, null, `${path}.location`);
      checkLotUse(pair.into, line, target, arrives, `${own}.code`);
      left.move(null, portion);
      made.move(target, { ...portion, location: arrives }, lot.note ?? null);
    }
  });
  left.record(null, location);
  made.record(null, location);
}

function decide(args: OpeningInput, view: View, context: DecideContext): Decision {
  const item = named(view, 'items', args.item, 'item');
  const managed = managedItem(args, item, view);
  const operation = openOperation(view, context, args.date);
  const pairs = pairsOf(args, operation);
  const places = args.stock.map((row, i) => {
    const path = `stock[${i}]`;
    const pair = pairs[i] as Pair;
    const variant = variantOf(item, row.variant, `${path}.variant`);
    // pieces know themselves where they are
    const any = Boolean(item.serials) && !row.location;
    const location = any ? null : placeOf(pair.out, row.location, null, `${path}.location`);
    return { pair, row, path, variant, location };
  });
  for (const pair of new Set(pairs)) checkHeaders(pair);
  const opened = places.map((place): Opened => {
    const steps = place.row.lots.map((lot, i) => rowSteps(item, lot, `${place.path}.lots[${i}]`));
    return { ...place, steps };
  });
  if (!item.lots) {
    checkExact(view, item, opened);
    const record = picked(managed, fieldsOf(itemInput));
    operation.add({ kind: 'saved', table: 'items', id: item.id, record });
  }
  for (const place of opened) openPlace(place, item, managed);
  return operation.finish();
}

export const openLots: CommandDefinition<OpeningInput> = {
  name: 'items.openLots@1',
  schema: openingInput,
  parse: (args) => read(openingInput, args),
  decide,
};
