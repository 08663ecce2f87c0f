/** Makes transfers and productions: what lies somewhere is taken, and goes elsewhere or into something else. */
import type { Chance } from './chance.ts';
import { makeLine } from './generator-lines.ts';
import type { Model } from './model.ts';
import { addDays } from './values.ts';
import type { Command, LinePlan, PostPlan, TemplatePlan } from './world.ts';

/** Lines for one side of a pair. */
function linesFor(model: Model, chance: Chance, template: TemplatePlan, used: Set<string>): LinePlan[] {
  const lines: LinePlan[] = [];
  const count = chance.weighted([
    [5, 1],
    [3, 2],
    [1, 3],
  ] as const);
  for (let i = 0; i < count; i++) {
    const line = makeLine(model, chance, template, used);
    if (line) lines.push(line);
  }
  return lines;
}

export function makePair(model: Model, chance: Chance, commandId: string): Command | undefined {
  const own = model.world.paired.filter(
    (each) => each.counterpart && !each.createsLotFromLot && !each.counting,
  );
  const template = chance.pick(own);
  const named = template.counterpart;
  const other = named && model.template(named.warehouse, named.template);
  if (!other) return undefined;
  const date = chance.oneIn(4) ? addDays(model.today, -chance.between(0, 8)) : model.today;
  const used = new Set<string>();
  const lines = linesFor(model, chance, template, used);
  if (lines.length === 0) return undefined;
  const head = { commandId, warehouse: template.warehouse, template: template.code, date };
  const document = { type: 'transferOrder', number: `T${chance.below(300)}`, date };
  const plan: PostPlan = { ...head, lines, ...(chance.oneIn(3) ? { document } : {}) };
  const locations = model.warehouse(other.warehouse)?.locations;
  const location = locations && !chance.oneIn(30) ? { location: chance.pick(locations).code } : {};
  if (template.intent === 'transfer') return { do: 'pair', plan: { ...plan, counterpart: location } };
  const opposite = linesFor(model, chance, other, used);
  // what goes into stock without lots is in everything after it: a game in which one recall blocks all is dull
  const made = template.type === 'load' ? lines : opposite;
  if (made.some((line) => model.item(line.item)?.code === 'SCREW')) return undefined;
  return opposite.length > 0
    ? { do: 'pair', plan: { ...plan, counterpart: { lines: opposite } } }
    : undefined;
}
