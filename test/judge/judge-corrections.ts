/**
 * Corrections as the judge sees them (R132): one line of an unload is taken back and posted again with another
 * lot, on its own day, checked on what both come to together.
 */
import { Faults } from './faults.ts';
import { breakHold } from './fulfil.ts';
import { against } from './judge-holds.ts';
import { type Reading, takerOf } from './judge-postings.ts';
import { takeBack } from './judge-reversals.ts';
import { drift, move, note, shortages } from './moves.ts';
import type { Register } from './register.ts';
import { Lot, type Move } from './things.ts';
import type { Verdict } from './verdict.ts';
import type { Command } from './world.ts';

type Correction = Extract<Command, { do: 'correct' }>;

export function correct(model: Register, { posting, line: position, lot: code }: Correction): Verdict {
  const original = model.postings[posting];
  const line = original?.lines[position];
  const first = line?.moves[0];
  const template = original && model.template(original.plan.warehouse, original.plan.template);
  if (!original || !line || !first || !template || !(first.pile instanceof Lot))
    return { ok: false, codes: ['posting.notFound'], receipt: true };
  const { plan } = original;
  const { item, variant } = first.pile;
  const faults = new Faults();
  if (original.reversal) faults.add('references', 'posting.isReversal');
  if (line.reversed) faults.add('references', 'posting.alreadyReversed');
  if (model.isClosed(plan.date)) faults.add('date', 'period.closed');
  if ((line.returned?.size ?? 0) > 0) faults.add('rows', 'posting.hasReturns');
  const back = line.moves.map((each): Move => ({ ...each, steps: -each.steps }));
  if (back.some(({ pile }) => pile instanceof Lot && pile.closed)) faults.add('rows', 'lot.closed');
  const lot = model.findLot(item, variant, code);
  if (!lot) faults.add('rows', 'lot.notFound');
  else if (lot.item !== item || lot.variant !== variant) faults.add('rows', 'lot.wrongItem');
  else {
    const refusal = model.refusal(lot, template, plan.date);
    if (refusal) faults.add('rows', refusal);
    if (model.placeDenies(first.place, template)) faults.add('rows', 'location.denied');
  }
  if (faults.any || !lot) return faults.verdict();
  const all = back.reduce((sum, { steps }) => sum + steps, 0n);
  const again: Move[] = [{ pile: lot, place: first.place, steps: -all }];
  for (const each of shortages([...back, ...again], plan.date)) faults.add('balance', each);
  const { codes, broken } = against(model, [...back, ...again], takerOf(plan, template));
  for (const each of codes) faults.add('balance', each);
  if (faults.any) return faults.verdict();
  return {
    ok: true,
    settle: (result) => {
      for (const [hold, steps] of broken) breakHold(model, hold, steps);
      const start = model.postings.length;
      const wrong = takeBack(
        model,
        { original, lines: [line] },
        plan.date,
        result?.reversal,
        start,
        undefined,
      );
      if (wrong) return wrong;
      if (!result) return 'no posting came back';
      const number = model.numberFor(plan.warehouse, plan.date);
      if (result.number !== number) return `number ${result.number}, not ${number}`;
      model.takeNumber(plan.warehouse, plan.date, result.number, false);
      const shown = result.lines[0];
      if (!shown || result.lines.length !== 1) return `it has ${result.lines.length} lines`;
      if (template.intent === 'transfer') drift(again);
      move(model, again, plan.date);
      note(again, { reading: { template, plan } as Reading, works: [], sign: -1n }, start + 1);
      const lines = [{ moves: again, reversed: false, id: shown.id }];
      const { number: _, ...header } = plan;
      model.keepPosting({
        index: start + 1,
        plan: header,
        type: 'unload',
        lines,
        reversal: false,
        id: result.id,
      });
      return null;
    },
  };
}
