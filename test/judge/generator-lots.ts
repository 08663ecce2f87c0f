/** Makes splits, merges and conversions of lots that lie in MAIN. */
import type { Chance } from './chance.ts';
import type { Model } from './model.ts';
import { Lot } from './things.ts';
import { addDays, showSteps } from './values.ts';
import type { Command } from './world.ts';

export function makeTransform(model: Model, chance: Chance, commandId: string): Command | undefined {
  const item = chance.pick(model.world.items.filter((each) => each.lots && !each.serials));
  const variant = item.variants ? chance.pick(item.variants).code : null;
  const location = chance.pick(['A-01', 'B-01']);
  const place = `MAIN|${location}`;
  const here = model
    .inStock(item, variant)
    .flatMap((each) => (each instanceof Lot && each.at(place) > 0n ? [each] : []))
    .slice(-20);
  const kind = chance.pick(['split', 'split', 'merge', 'convert'] as const);
  const chosen = new Set([chance.maybe(here), kind === 'merge' ? chance.maybe(here) : undefined]);
  const from = [...chosen].flatMap((lot) => {
    if (!lot) return [];
    const there = lot.at(place);
    const part = chance.weighted([
      [6, there / 2n],
      [3, there],
      [1, there + 1n],
    ] as const);
    const quantity = showSteps(part > 0n ? part : 1n, item.unit.decimals);
    return [{ item: item.code, variant, code: lot.code, quantity }];
  });
  if (from.length === 0) return undefined;
  const date = chance.oneIn(4) ? addDays(model.today, -chance.between(0, 6)) : model.today;
  const free = chance.oneIn(3) ? 'auto' : `F-${chance.below(100_000)}`;
  const goals = model.world.items.filter(
    (each) => each.lots && !each.serials && !each.variants && each !== item,
  );
  const goal =
    kind === 'convert' ? { item: chance.pick(goals).code, quantity: String(chance.between(1, 20)) } : {};
  const base = {
    do: 'transform',
    kind,
    warehouse: 'MAIN',
    template: 'FORK',
    date,
    location,
    commandId,
  } as const;
  return { ...base, from, into: { code: free, ...goal }, ...(chance.oneIn(2) ? { accept: true } : {}) };
}
