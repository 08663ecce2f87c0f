/** Makes what comes after a delivery: some of it comes back, or another lot is named for it. */
import type { Chance } from './chance.ts';
import type { Model } from './model.ts';
import { Lot } from './things.ts';
import { addDays, showSteps } from './values.ts';
import type { Command } from './world.ts';

/** Some of what one line delivered comes back. */
export function makeReturn(model: Model, chance: Chance, commandId: string): Command | undefined {
  const from = model.postings
    .slice(-150)
    .filter((each) => each.type === 'unload' && each.plan.party && !each.twin);
  const posting = chance.maybe(from);
  const line = posting && chance.below(posting.lines.length);
  const [first] = (line === undefined ? undefined : posting?.lines[line]?.moves) ?? [];
  if (!posting || line === undefined || !first) return undefined;
  const lot = first.pile;
  if (!(lot instanceof Lot) || lot.item.serials) return undefined;
  const whole = -first.steps;
  const part = chance.weighted([
    [6, whole / 2n],
    [3, whole],
    [1, whole + 1n],
  ] as const);
  const quantity = showSteps(part > 0n ? part : 1n, lot.item.unit.decimals);
  const returns = { posting: posting.index, line };
  const location = chance.pick(['A-01', 'Q-01']);
  const row = {
    item: lot.item.code,
    ...(lot.variant === null ? {} : { variant: lot.variant }),
    quantity,
    location,
  };
  const lines = [{ ...row, returns, lots: [{ code: lot.code, quantity }] }];
  const date = chance.oneIn(6) ? addDays(model.today, -chance.between(0, 9)) : model.today;
  return { do: 'post', plan: { commandId, warehouse: 'MAIN', template: 'RET', date, lines } };
}

/** Another lot for a line that stands by itself, took nothing of a reservation, and is known by no key. */
export function makeCorrection(model: Model, chance: Chance, commandId: string): Command | undefined {
  const from = model.postings.slice(-150).filter(({ plan, type, twin, fulfilled = [] }) => {
    const order = plan.fulfils ?? (plan.document?.type === 'salesOrder' ? plan.document : undefined);
    const counted = ['LOST', 'FOUND'].includes(plan.template);
    return type === 'unload' && !twin && !plan.key && !order && !counted && fulfilled.length === 0;
  });
  const posting = chance.maybe(from);
  const line = posting && chance.below(posting.lines.length);
  const [first] = (line === undefined ? undefined : posting?.lines[line]?.moves) ?? [];
  if (!posting || line === undefined || !first) return undefined;
  const lot = first.pile;
  if (!(lot instanceof Lot) || lot.item.serials) return undefined;
  const places = new Set(posting.lines[line]?.moves.map(({ place }) => place));
  if (places.size > 1) return undefined;
  const here = model
    .inStock(lot.item, lot.variant)
    .flatMap((each) => (each instanceof Lot && each.at(first.place) > 0n ? [each] : []))
    .slice(-20);
  const other = chance.oneIn(8) ? lot : chance.maybe(here);
  return other && { do: 'correct', posting: posting.index, line, lot: other.code, commandId };
}
