/** What a posting takes of its own document's reservations (R71), and what breaking one comes to (R138). */
import { type Hold, placeOf } from './holds.ts';
import type { Work } from './judge-postings.ts';
import type { Register } from './register.ts';
import { type Move, Serial } from './things.ts';
import { ownDocuments } from './values.ts';
import type { ItemPlan, PostPlan, TemplatePlan } from './world.ts';

/** A mark set by hand is an edit of the piece; so is its breaking (R47). */
export function breakHold(model: Register, hold: Hold, steps: bigint): void {
  model.holds.change(hold, -steps);
  if (hold.serial && hold.document === null) hold.serial.edition++;
}

/** From the closest fit to the loosest: the lot at its place, the lot, then the item (R71). */
const fits: readonly ((hold: Hold, move: Move) => boolean)[] = [
  (hold, { pile, place }) => hold.lot === pile && hold.location !== null && placeOf(hold) === place,
  (hold, { pile }) => hold.lot === pile && hold.location === null,
  (hold, { pile }) => hold.lot === pile,
  (hold, { place }) => hold.lot === null && hold.location !== null && placeOf(hold) === place,
  (hold) => hold.lot === null && hold.location === null,
  (hold) => hold.lot === null,
];

/** What a line takes, each lot once per place; pieces of a lot are counted with it. */
function partsOf(moves: readonly Move[], item: ItemPlan): Move[] {
  const one = 10n ** BigInt(item.unit.decimals);
  const parts: { pile: Move['pile']; place: string; steps: bigint }[] = [];
  for (const { pile, place, steps } of moves) {
    if (item.lots && pile instanceof Serial) continue;
    const taken = -steps * (pile instanceof Serial ? one : 1n);
    const known = parts.find((each) => each.pile === pile && each.place === place);
    if (known) known.steps += taken;
    else parts.push({ pile, place, steps: taken });
  }
  return parts;
}

/** What an unload takes of its own document's reservations, line by line. */
export function fulfil(
  model: Register,
  plan: PostPlan,
  template: TemplatePlan,
  works: readonly Work[],
  lines: readonly { readonly moves: readonly Move[] }[],
): { hold: Hold; line: number; steps: bigint }[] {
  const taken: { hold: Hold; line: number; steps: bigint }[] = [];
  // what is committed for a sale is not there to be scrapped
  if (['scrap', 'count'].includes(template.intent) || ownDocuments(plan).length === 0) return taken;
  for (const [line, { moves }] of lines.entries()) {
    const { item, variant } = works[line] as Work;
    const own = ownDocuments(plan)
      .flatMap((document) => model.holds.ofDocument(document))
      .filter((each) => each.item === item && each.variant === variant && each.warehouse === plan.warehouse);
    if (own.length === 0) continue;
    const left = partsOf(moves, item);
    const take = (hold: Hold, part: { steps: bigint }): void => {
      const steps = hold.open < part.steps ? hold.open : part.steps;
      if (steps <= 0n) return;
      part.steps -= steps;
      model.holds.change(hold, -steps);
      taken.push({ hold, line, steps });
    };
    for (const { pile, place } of moves) {
      const hold = own.find((each) => each.serial !== null && each.serial === pile);
      const lot = pile instanceof Serial && item.lots ? pile.lot : pile;
      const part = left.find((each) => each.pile === lot && each.place === place);
      if (hold && part) take(hold, part);
    }
    for (const isFor of fits)
      for (const part of left)
        for (const hold of own) if (!hold.serial && isFor(hold, part)) take(hold, part);
  }
  return taken;
}
