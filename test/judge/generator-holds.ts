/** Makes reservations, their releases, and the documents by which postings take them. */
import type { Chance } from './chance.ts';
import type { Model } from './model.ts';
import { Lot, Serial } from './things.ts';
import { showSteps } from './values.ts';
import type { Command, CommitLinePlan, ItemPlan } from './world.ts';

/** A line that reserves: named lots, what the withdrawal chooses, pieces, or a promise of the item. */
function commitLine(model: Model, chance: Chance): CommitLinePlan | undefined {
  const item = chance.pick(model.world.items);
  const variant = item.variants ? { variant: chance.pick(item.variants).code } : {};
  const warehouse = chance.pick(['MAIN', 'MAIN', 'SHOP']);
  const locations = model.warehouse(warehouse)?.locations;
  const location = locations && chance.oneIn(2) ? { location: chance.pick(locations).code } : {};
  const place = `${warehouse}|${location.location ?? ''}`;
  const base = { item: item.code, ...variant, warehouse, ...location };
  const own = model.inStock(item, variant.variant ?? null);
  if (item.serials) return pieces(model, chance, base, own, place);
  if (!item.lots || chance.oneIn(4)) return { ...base, quantity: some(item, chance, 30) };
  if (chance.oneIn(3)) return { ...base, quantity: some(item, chance, 40), lots: 'auto' };
  const here = own
    .filter((lot) => lot.places().some((at) => at.startsWith(place) && lot.at(at) > 0n))
    .slice(-20);
  const lot = chance.maybe(here);
  if (!(lot instanceof Lot)) return undefined;
  const at = lot.places().filter((each) => each.startsWith(place));
  const there = at.reduce((sum, each) => sum + lot.at(each), 0n);
  const steps = chance.weighted([
    [5, there / 3n],
    [2, there],
    [1, there + 1n],
  ] as const);
  const quantity = showSteps(steps > 0n ? steps : 1n, item.unit.decimals);
  return { ...base, quantity, lots: [{ code: lot.code, quantity }] };
}

const some = (item: ItemPlan, chance: Chance, most: number): string =>
  showSteps(
    BigInt(chance.between(1, most)) * 10n ** BigInt(Math.max(0, item.unit.decimals - 1)),
    item.unit.decimals,
  );

function pieces(
  model: Model,
  chance: Chance,
  base: Omit<CommitLinePlan, 'quantity'>,
  own: readonly (Lot | Serial)[],
  place: string,
): CommitLinePlan | undefined {
  const item = model.item(base.item);
  if (!item?.lots && chance.oneIn(3)) return { ...base, quantity: String(chance.between(1, 4)) };
  const here = own
    .flatMap((each) => (each instanceof Serial && each.place?.startsWith(place) ? [each] : []))
    .slice(-20);
  const chosen = new Set(Array.from({ length: chance.between(1, 2) }, () => chance.maybe(here)));
  const serials = [...chosen].flatMap((serial) => (serial ? [serial.code] : []));
  return serials.length > 0 ? { ...base, quantity: String(serials.length), serials } : undefined;
}

export function makeCommit(model: Model, chance: Chance, commandId: string): Command | undefined {
  const lines: CommitLinePlan[] = [];
  const used = new Set<string>();
  for (let i = 0; i < chance.between(1, 2); i++) {
    const line = commitLine(model, chance);
    if (line && !used.has(line.item)) lines.push(line);
    if (line) used.add(line.item);
  }
  return lines.length > 0 ? { do: 'commit', document: `SO-${commandId}`, lines, commandId } : undefined;
}

export function makeRelease(model: Model, chance: Chance, commandId: string): Command | undefined {
  const held = model.holds.all.slice(-400).filter((each) => each.document !== null);
  const open = held.filter((each) => each.open > 0n);
  // the oldest more often, so that they do not pile up
  const hold = chance.oneIn(10)
    ? chance.maybe(held)
    : chance.maybe(chance.oneIn(2) ? open.slice(0, 10) : open);
  if (!hold) return undefined;
  const whole = { do: 'release', commandId } as const;
  if (chance.oneIn(2) && hold.document) return { ...whole, document: hold.document };
  const part = hold.open > 1n && !hold.serial && chance.oneIn(2) ? { steps: String(hold.open / 2n) } : {};
  const more = chance.oneIn(12) && !hold.serial ? { steps: String(hold.open + 1n) } : {};
  return { ...whole, id: hold.id, ...part, ...more };
}

/** The document of a reservation, for an unload in its warehouse. */
export function documentFor(model: Model, chance: Chance, warehouse: string): string | undefined {
  const held = model.holds.all.slice(-300).filter((hold) => hold.open > 0n && hold.warehouse === warehouse);
  return chance.maybe(held)?.document?.split('|')[1];
}
