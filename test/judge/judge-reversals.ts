/** Reversals as the judge sees them (R79, R80): opposite movements, linked, never below zero on any day. */
import { Faults } from './faults.ts';
import { breakHold } from './fulfil.ts';
import { Claims, type Hold, placeOf } from './holds.ts';
import { against } from './judge-holds.ts';
import { noteReturn } from './judge-returns.ts';
import { drift, move, shortages } from './moves.ts';
import type { Register } from './register.ts';
import { Lot, type Move, type Posted, Serial } from './things.ts';
import { ownDocuments } from './values.ts';
import type { PostResult, Verdict } from './verdict.ts';
import type { Command } from './world.ts';

export type Reversal = Extract<Command, { do: 'reverse' }>;

/** One posting of which lines are taken back. */
interface Half {
  readonly original: Posted;
  readonly lines: readonly Posted['lines'][number][];
}

/** Both sides of a pair go together: of a transfer the same lines, of anything else all of them. */
function halves(model: Register, original: Posted, lines: Half['lines'], faults: Faults): Half[] {
  const own = { original, lines };
  const other = original.twin && model.postings[original.twin.index];
  if (!other) return [own];
  const left = original.lines.filter((line) => !line.reversed);
  if (original.twin?.operation !== 'transfer' && lines.length !== left.length)
    faults.add('date', 'posting.reverseWhole');
  const same = other.lines.filter((_, i) => lines.includes(original.lines[i] as Half['lines'][number]));
  const theirs = { original: other, lines: original.twin?.operation === 'transfer' ? same : other.lines };
  // what was brought in goes first, so that it can go back
  return original.type === 'load' ? [own, theirs] : [theirs, own];
}

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
  if (model.isClosed(command.date)) faults.add('date', 'period.closed');
  if (command.date > model.today) faults.add('date', 'posting.futureDate');
  if (faults.any) return faults.verdict();
  const sides = halves(model, original, lines, faults);
  if (sides.some((side) => side.lines.some((line) => (line.returned?.size ?? 0) > 0)))
    faults.add('rows', 'posting.hasReturns');
  const moves = sides.flatMap((side) => takenBack(side));
  for (const { pile } of moves) {
    if ((pile instanceof Lot || pile instanceof Serial) && pile.closed) {
      faults.add('rows', pile instanceof Lot ? 'lot.closed' : 'serial.closed');
    }
  }
  for (const code of shortages(moves, command.date)) faults.add('rows', code);
  for (const { pile, place, steps } of moves) {
    if (pile instanceof Serial && steps < 0n && pile.place !== place) faults.add('rows', 'serial.notHere');
  }
  const out = sides.filter((side) => side.original.type === 'load');
  const back = new Map(sides.flatMap((side) => [...givenBack(model, side.original, side.lines, moves)]));
  const taker = {
    own: out.flatMap(({ original: { plan } }) =>
      plan.document ? ownDocuments({ document: plan.document }) : [],
    ),
    breaking:
      out.length > 0 && out.every((side) => ['scrap', 'count'].includes(intentOf(model, side.original))),
    again: back,
  };
  const { codes, broken } =
    out.length > 0 ? against(model, moves, taker) : { codes: [], broken: new Map<Hold, bigint>() };
  for (const code of codes) faults.add('rows', code);
  if (faults.any) return faults.verdict();
  return {
    ok: true,
    settle: (result) => {
      for (const [hold, steps] of back) model.holds.change(hold, steps);
      for (const [hold, steps] of broken) breakHold(model, hold, steps);
      const start = model.postings.length;
      for (const [i, side] of sides.entries()) {
        const answer = side.original === original ? result : result?.counterpart;
        const twin = sides.length > 1 ? { index: start + 1 - i, operation: 'reversal' } : undefined;
        const wrong = takeBack(model, side, command.date, answer, start + i, twin);
        if (wrong) return wrong;
      }
      if (original.twin && lines.length > 0) model.lineage.end(Math.min(original.index, original.twin.index));
      return null;
    },
  };
}

const takenBack = ({ lines }: Half): Move[] =>
  lines.flatMap((line) => line.moves).map((move) => ({ ...move, steps: -move.steps }));

/** Writes the reversal of one posting down. */
export function takeBack(
  model: Register,
  side: Half,
  date: string,
  result: PostResult | undefined,
  index: number,
  twin: Posted['twin'],
): string | null {
  const { original, lines } = side;
  if (!result) return 'no posting came back';
  if (result.lines.length !== lines.length) return `reversal has ${result.lines.length} lines`;
  const { warehouse } = original.plan;
  if (result.number !== model.numberFor(warehouse, date)) return `number ${result.number}`;
  model.takeNumber(warehouse, date, result.number, false);
  for (const line of lines) {
    line.reversed = true;
    noteReturn(line, -1n, { model });
  }
  const moves = takenBack(side);
  move(model, moves, date);
  if (!original.twin && intentOf(model, original) === 'transfer') drift(moves);
  forget(original, moves);
  const shown = result.lines.map((line) => ({ id: line.id, moves: [] as Move[], reversed: false }));
  const { fulfilled: _, twin: __, ...rest } = original;
  const plan = { ...original.plan, date };
  model.keepPosting({
    ...rest,
    index,
    plan,
    id: result.id,
    lines: shown,
    reversal: true,
    ...(twin ? { twin } : {}),
  });
  return null;
}

const intentOf = (model: Register, { plan }: Posted): string =>
  model.template(plan.warehouse, plan.template)?.intent ?? '';

/** What lines fulfilled is reserved again, as far as it can still be held where it stands. */
function givenBack(
  model: Register,
  original: Posted,
  lines: readonly Posted['lines'][number][],
  moves: readonly Move[],
): Map<Hold, bigint> {
  const back = new Map<Hold, bigint>();
  for (const { hold, line, steps } of original.fulfilled ?? []) {
    const own = original.lines[line];
    if (own && lines.includes(own)) back.set(hold, (back.get(hold) ?? 0n) + steps);
  }
  const claims = new Claims(model.holds);
  for (const [hold, steps] of back) {
    const { lot, serial, warehouse, location } = hold;
    let fits = steps;
    if ((lot?.recalls ?? 0) + (serial?.recalls ?? 0) > 0) fits = 0n;
    else if (serial) fits = serial.hold && serial.hold !== hold ? 0n : steps;
    else if (lot) {
      const at = (place: string): boolean =>
        location === null ? place.startsWith(`${warehouse}|`) : place === placeOf(hold);
      const own = moves.filter((move) => move.pile === lot && at(move.place));
      const there = lot
        .places()
        .filter(at)
        .reduce((sum, place) => sum + lot.at(place), 0n);
      const held = location === null ? claims.within(lot, warehouse) : claims.at(lot, placeOf(hold));
      const room = own.reduce((sum, move) => sum + move.steps, there) - held;
      fits = room < 0n ? 0n : room < steps ? room : steps;
    }
    back.set(hold, fits);
  }
  return back;
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
