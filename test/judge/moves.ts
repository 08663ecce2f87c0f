/** What moves, and what must never happen: less than nothing at any place on any day (R73). */
import type { Reading, Work } from './judge-postings.ts';
import type { Register } from './register.ts';
import { Lot, type Move, Serial } from './things.ts';
import { keyOf, showSteps } from './values.ts';
import type { PostResult } from './world.ts';

/** Writes signed moves down. */
export function move(model: Register, moves: readonly Move[], date: string): void {
  for (const { pile, place, steps } of moves) {
    pile.add({ date, place, steps });
    if (!(pile instanceof Lot || pile instanceof Serial)) continue;
    pile.moved = true;
    model.moved(pile);
  }
}

/** Codes of what signed moves on a date would break, at that date or later (R73, R75, R60). */
export function shortages(moves: readonly Move[], date: string): Set<string> {
  const codes = new Set<string>();
  const sums = new Map<unknown, Map<string, bigint>>();
  for (const { pile, place, steps } of moves) {
    const places = sums.get(pile) ?? new Map<string, bigint>();
    sums.set(pile, places.set(place, (places.get(place) ?? 0n) + steps));
  }
  for (const { pile } of moves) {
    for (const [place, steps] of sums.get(pile) ?? []) {
      if (pile.least(place, date) + steps < 0n) {
        codes.add(
          pile instanceof Serial
            ? 'serial.notHere'
            : pile instanceof Lot
              ? 'lot.insufficient'
              : 'stock.insufficient',
        );
      }
      if (pile instanceof Serial && steps > 0n && pile.most(date) > 0n) {
        codes.add('serial.alreadyInStock');
      }
    }
  }
  return codes;
}

/** A line's movements, as it names them. */
export function movesOf(work: Work, model: Register, sign: bigint): Move[] {
  const { item, variant, place } = work;
  const moves: Move[] = work.lots.map((row) => ({
    pile: row.lot,
    place: row.place,
    steps: sign * row.steps,
  }));
  for (const row of work.serials) moves.push({ pile: row.serial, place: row.place, steps: sign });
  if (!item.lots && !item.serials)
    moves.push({ pile: model.pile(item, variant), place, steps: sign * work.steps });
  return moves;
}

/** What a line shows of its moves: `CODE@LOCATION quantity`, added up per code and place. */
function shown(moves: readonly Move[], decimals: number): string {
  const sums = new Map<string, bigint>();
  for (const { pile, place, steps } of moves) {
    if (!(pile instanceof Lot || pile instanceof Serial)) continue;
    const name = `${pile instanceof Lot ? 'lot' : 'serial'} ${keyOf(pile.code)}@${place.split('|')[1]}`;
    sums.set(name, (sums.get(name) ?? 0n) + (steps < 0n ? -steps : steps));
  }
  const text = [...sums].map(
    ([name, sum]) => `${name} ${name.startsWith('lot') ? showSteps(sum, decimals) : sum}`,
  );
  return text.sort().join(', ');
}

type ResultLine = PostResult['lines'][number];

/** The moves of an allocated line as the ledger placed them; a text when that is not what must be taken. */
function placed(work: Work, { model, plan }: Reading, result: ResultLine): Move[] | string {
  const { item, variant, chosen } = work;
  const moves: Move[] = [];
  const lots = new Map<Lot, bigint>();
  for (const row of result.lots) {
    const lot = model.findLot(item, variant, row.code);
    if (!lot) return `took unknown lot ${row.code}`;
    const [whole, fraction = ''] = row.quantity.split('.');
    const steps = BigInt(`${whole}${fraction.padEnd(item.unit.decimals, '0')}`);
    lots.set(lot, (lots.get(lot) ?? 0n) + steps);
    moves.push({ pile: lot, place: `${plan.warehouse}|${row.location ?? ''}`, steps: -steps });
  }
  const serials = result.serials.map((row) => model.findSerial(item, variant, row.code));
  for (const serial of serials) {
    if (!serial || !chosen?.serials.has(serial)) return `took serial ${serial?.code}`;
    moves.push({ pile: serial, place: serial.place ?? '', steps: -1n });
  }
  if (chosen && chosen.serials.size !== serials.length) return `took ${serials.length} serials`;
  const text = (taken: Map<Lot, bigint>): string =>
    [...taken]
      .map(([lot, steps]) => `${lot.code} ${steps}`)
      .sort()
      .join(', ');
  return chosen && text(chosen.lots) !== text(lots) ? `took ${text(lots)}, not ${text(chosen.lots)}` : moves;
}

/** Writes an accepted posting down, after comparing what the ledger answered. */
export function settle(
  works: readonly Work[],
  sign: bigint,
  reading: Reading,
  result?: PostResult,
): string | null {
  const { model, plan, template } = reading;
  if (!result) return 'no posting came back';
  const number = model.numberFor(plan.warehouse, plan.date, plan.number);
  if (result.number !== number) return `number ${result.number}, not ${number}`;
  const lines: { moves: Move[]; reversed: boolean; id: string }[] = [];
  for (const [index, work] of works.entries()) {
    const answer = result.lines[index];
    if (!answer) return `line ${index} is missing`;
    const moves = work.chosen ? placed(work, reading, answer) : movesOf(work, model, sign);
    if (typeof moves === 'string') return moves;
    const wrong = work.chosen ? [...shortages(moves, plan.date)].join() : differs(work, moves, answer);
    if (wrong) return `line ${index}: ${wrong}`;
    lines.push({ moves, reversed: false, id: answer.id });
  }
  model.takeNumber(plan.warehouse, plan.date, result.number, plan.number !== undefined);
  model.counters = reading.counters;
  // R61: a serial whose loads were all taken back loads as new, into whatever lot
  for (const { serial, lot } of works.flatMap((work) => work.serials))
    if (serial.live === 0) serial.lot = lot;
  for (const thing of [...reading.lots, ...reading.serials]) model.keep(thing);
  for (const [lot, learnt] of reading.fills) Object.assign(lot, learnt, { edition: lot.edition + 1 });
  const index = model.postings.length;
  model.keepPosting({ index, plan, type: template.type, lines, reversal: false, id: result.id });
  for (const { moves } of lines) {
    move(model, moves, plan.date);
    note(moves, reading, index);
  }
  return null;
}

function differs(work: Work, moves: readonly Move[], answer: ResultLine): string {
  const lots = answer.lots.map((row) => `lot ${keyOf(row.code)}@${row.location ?? ''} ${row.quantity}`);
  const serials = answer.serials.map((row) => `serial ${keyOf(row.code)}@${row.location ?? ''} 1`);
  const got = [...lots, ...serials].sort().join(', ');
  const want = shown(moves, work.item.unit.decimals);
  return got === want ? '' : `shows ${got}, not ${want}`;
}

/** What lots and serials carry of their movements. */
function note(moves: readonly Move[], { template, plan }: Reading, posting: number): void {
  for (const { pile, steps } of moves) {
    if (!(pile instanceof Lot || pile instanceof Serial)) continue;
    pile.live++;
    if (template.type === 'load') pile.loads.push({ posting, date: plan.date, steps, taken: false });
    else if (pile instanceof Lot && (plan.party || template.intent === 'sale')) pile.left = true;
  }
}
