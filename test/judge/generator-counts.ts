/** Makes counts in MAIN: mostly what the books have, now and then more or less. */
import type { Chance } from './chance.ts';
import type { Model } from './model.ts';
import { Lot, type Pile } from './things.ts';
import { addDays, showSteps } from './values.ts';
import type { Command, CountLinePlan } from './world.ts';

export function makeCount(model: Model, chance: Chance, commandId: string): Command | undefined {
  const date = chance.oneIn(4) ? addDays(model.today, -chance.between(0, 6)) : model.today;
  const lines: CountLinePlan[] = [];
  for (const item of model.world.items) {
    if (item.serials || !chance.oneIn(3)) continue;
    const variant = item.variants ? { variant: chance.pick(item.variants).code } : {};
    const location = chance.pick(['A-01', 'B-01', 'Q-01']);
    const place = `MAIN|${location}`;
    const found = (pile: Pile): string => {
      const there = pile.upTo(place, date);
      const steps = chance.weighted([
        [4, there],
        [3, there / 2n],
        [2, there + BigInt(chance.between(1, 30))],
        [1, 0n],
      ] as const);
      return showSteps(steps, item.unit.decimals);
    };
    const base = { item: item.code, ...variant, location };
    if (!item.lots) {
      lines.push({ ...base, counted: found(model.pile(item, null)) });
      continue;
    }
    const here = model
      .inStock(item, variant.variant ?? null)
      .flatMap((each) => (each instanceof Lot && each.places().includes(place) ? [each] : []))
      .slice(-10);
    const chosen = new Set([chance.maybe(here), chance.maybe(here)]);
    const lots = [...chosen].flatMap((lot) => (lot ? [{ code: lot.code, counted: found(lot) }] : []));
    if (lots.length > 0) lines.push({ ...base, lots });
  }
  return lines.length > 0
    ? { do: 'count', warehouse: 'MAIN', template: chance.pick(['LOST', 'FOUND']), date, lines, commandId }
    : undefined;
}
