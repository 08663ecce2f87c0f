/**
 * Counts as the judge sees them (R84, R138): of each lot that is named at its place, the difference to what the
 * books have on the day comes in or goes out; nothing else changes.
 */
import { Faults } from './faults.ts';
import { breakHold } from './fulfil.ts';
import { against } from './judge-holds.ts';
import { header } from './judge-postings.ts';
import { move, shortages } from './moves.ts';
import type { Register } from './register.ts';
import { Lot, type Move, type Posted } from './things.ts';
import { parseSteps } from './values.ts';
import type { PostResult, Verdict } from './verdict.ts';
import type { Command, PostPlan } from './world.ts';

type Count = Extract<Command, { do: 'count' }>;

export function count(model: Register, command: Count): Verdict {
  const { warehouse, template: code, date, lines, commandId } = command;
  const faults = new Faults();
  const plan: PostPlan = { commandId, warehouse, template: code, date, lines: [] };
  const template = header(model, plan, faults);
  if (!template) return faults.verdict();
  const changes: Move[][] = [];
  for (const line of lines) {
    const item = model.item(line.item);
    if (!item) continue;
    const place = `${warehouse}|${line.location}`;
    const variant = line.variant ?? null;
    const named = (line.lots ?? []).map((row) => ({ ...row, pile: model.findLot(item, variant, row.code) }));
    const rows =
      line.counted === undefined ? named : [{ pile: model.pile(item, variant), counted: line.counted }];
    const moves: Move[] = [];
    for (const { pile, counted } of rows) {
      if (!pile || (pile instanceof Lot && (pile.item !== item || pile.variant !== variant))) {
        faults.add('references', 'lot.notFound', 'lot.wrongItem');
        continue;
      }
      const steps = (parseSteps(counted, item.unit.decimals) ?? 0n) - pile.upTo(place, date);
      if (steps === 0n) continue;
      if (pile instanceof Lot && pile.closed) faults.add('rows', 'lot.closed');
      moves.push({ pile, place, steps });
    }
    changes.push(moves);
  }
  const all = changes.flat();
  if (faults.any) return faults.verdict();
  for (const each of shortages(all, date)) faults.add('balance', each);
  if (faults.any) return faults.verdict();
  const sides = (['losses', 'gains'] as const).map((side) =>
    changes
      .map((moves) => moves.filter(({ steps }) => steps > 0n === (side === 'gains')))
      .filter(({ length }) => length > 0),
  );
  const { broken } = sides[0]?.length
    ? against(model, all, { own: [], breaking: true })
    : { broken: new Map() };
  return {
    ok: true,
    settle: (result) => {
      const [made = [], templates = ['LOST', 'FOUND']] = [result?.postings];
      const posted = sides.flatMap((side, i) =>
        side.length > 0 ? [{ side, template: templates[i] ?? '' }] : [],
      );
      if (made.length !== posted.length) return `made ${made.length} postings, not ${posted.length}`;
      for (const [hold, steps] of broken) breakHold(model, hold, steps);
      for (const [i, { side, template: own }] of posted.entries()) {
        const wrong = write(model, { ...plan, template: own }, side, made[i] as PostResult);
        if (wrong) return wrong;
      }
      return null;
    },
  };
}

function write(model: Register, plan: PostPlan, lines: readonly Move[][], answer: PostResult): string | null {
  const { warehouse, date } = plan;
  const number = model.numberFor(warehouse, date);
  if (answer.number !== number) return `number ${answer.number}, not ${number}`;
  model.takeNumber(warehouse, date, answer.number, false);
  if (answer.lines.length !== lines.length) return `${answer.lines.length} lines, not ${lines.length}`;
  const type = model.template(warehouse, plan.template)?.type ?? 'load';
  const index = model.postings.length;
  const written: Posted['lines'] = [];
  for (const [i, moves] of lines.entries()) {
    written.push({ moves, reversed: false, id: answer.lines[i]?.id ?? '' });
    move(model, moves, date);
    for (const { pile, steps } of moves) {
      if (!(pile instanceof Lot)) continue;
      pile.live++;
      // what was found is a load of it, the first where there was none (R122)
      if (steps > 0n) pile.loads.push({ posting: index, date, steps, taken: false });
    }
  }
  model.keepPosting({ index, plan, type, lines: written, reversal: false, id: answer.id });
  return null;
}
