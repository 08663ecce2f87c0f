/** Reversals as the judge sees them (R79, R80): opposite movements, linked, never below zero on any day. */
import { Faults } from './faults.ts';
import { move, shortages } from './moves.ts';
import type { Register } from './register.ts';
import { Lot, type Move, type Posted, Serial } from './things.ts';
import type { Command, Verdict } from './world.ts';

export type Reversal = Extract<Command, { do: 'reverse' }>;

/** What must become of taking a posting, or some of its lines, back. */
export function reverse(model: Register, command: Reversal): Verdict {
  const original = model.postings[command.posting];
  if (!original) return { ok: false, codes: ['posting.notFound'], receipt: true };
  const lines = command.lines
    ? original.lines.filter((_, index) => command.lines?.includes(index))
    : original.lines.filter((line) => !line.reversed);
  const faults = new Faults();
  if (original.reversal) faults.add('references', 'posting.isReversal');
  if (lines.length === 0 || lines.some((line) => line.reversed)) {
    faults.add('references', 'posting.alreadyReversed');
  }
  if (command.date < original.plan.date) faults.add('date', 'posting.reversalBeforeOriginal');
  if (command.date < model.world.settings.openFrom) faults.add('date', 'period.closed');
  if (command.date > model.today) faults.add('date', 'posting.futureDate');
  const moves = lines.flatMap((line) => line.moves).map((move) => ({ ...move, steps: -move.steps }));
  for (const { pile } of moves) {
    if ((pile instanceof Lot || pile instanceof Serial) && pile.closed) {
      faults.add('rows', pile instanceof Lot ? 'lot.closed' : 'serial.closed');
    }
  }
  for (const code of shortages(moves, command.date)) faults.add('rows', code);
  if (faults.any) return faults.verdict();
  return {
    ok: true,
    settle: (result) => {
      if (!result) return 'no posting came back';
      if (result.lines.length !== lines.length) return `reversal has ${result.lines.length} lines`;
      const { warehouse, date } = { warehouse: original.plan.warehouse, date: command.date };
      if (result.number !== model.numberFor(warehouse, date)) return `number ${result.number}`;
      model.takeNumber(warehouse, date, result.number, false);
      for (const line of lines) line.reversed = true;
      move(model, moves, command.date);
      forget(original, moves);
      const shown = result.lines.map((line) => ({ id: line.id, moves: [] as Move[], reversed: false }));
      const plan = { ...original.plan, date: command.date };
      model.keepPosting({
        ...original,
        index: model.postings.length,
        plan,
        id: result.id,
        lines: shown,
        reversal: true,
      });
      return null;
    },
  };
}

/** Marks what is taken back: loads that no longer count, movements that no longer live. */
function forget(original: Posted, moves: readonly Move[]): void {
  for (const { pile, steps } of moves) {
    if (!(pile instanceof Lot || pile instanceof Serial)) continue;
    pile.live--;
    const load = pile.loads.find(
      (each) => each.posting === original.index && !each.taken && each.steps === -steps,
    );
    if (original.type === 'load' && load) load.taken = true;
  }
}
