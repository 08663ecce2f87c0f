/** What moves, and what must never happen: less than nothing at any place on any day (R73). */
import { breakHold, fulfil } from './fulfil.ts';
import { against } from './judge-holds.ts';
import { type Reading, takerOf, type Work } from './judge-postings.ts';
import { noteReturn } from './judge-returns.ts';
import type { Register } from './register.ts';
import { Lot, type Move, type Posted, Serial } from './things.ts';
import { keyOf, parseSteps, showSteps } from './values.ts';
import type { PostResult } from './verdict.ts';

/** Writes signed moves down. */
export function move(model: Register, moves: readonly Move[], date: string): void {
  for (const { pile, place, steps } of moves) {
    pile.add({ date, place, steps });
    count(model, pile, steps);
    if (!(pile instanceof Lot || pile instanceof Serial)) continue;
    pile.moved = true;
    model.moved(pile);
  }
}

/** What comes and goes of an item; a piece of a lot is counted with it. */
function count(model: Register, pile: Move['pile'], steps: bigint): void {
  const { item } = pile instanceof Lot || pile instanceof Serial ? pile : model.ownerOf(pile);
  if (pile instanceof Serial && item.lots) return;
  const scale = pile instanceof Serial ? 10n ** BigInt(item.unit.decimals) : 1n;
  model.flow.set(item, (model.flow.get(item) ?? 0n) + steps * scale);
}

/** Codes of what signed moves on a date would break, at that date or later (R73, R75, R60). */
export function shortages(moves: readonly Move[], date: string): Set<string> {
  const codes = new Set<string>();
  const sums = new Map<unknown, Map<string, bigint>>();
  const totals = new Map<unknown, bigint>();
  for (const { pile, place, steps } of moves) {
    totals.set(pile, (totals.get(pile) ?? 0n) + steps);
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
      if (pile instanceof Serial && (totals.get(pile) ?? 0n) > 0n && pile.most(date) > 0n) {
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
  return text(sums, decimals);
}

const text = (sums: ReadonlyMap<string, bigint>, decimals: number): string =>
  [...sums]
    .map(([name, sum]) => `${name} ${name.startsWith('lot') ? showSteps(sum, decimals) : sum}`)
    .sort()
    .join(', ');

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

/** One side of what was posted: its lines as they were asked. */
export interface Side {
  readonly reading: Reading;
  readonly works: readonly Work[];
  readonly sign: bigint;
  /** Of a transfer: what arrives when so much has left. */
  readonly arrives?: (left: readonly Move[]) => Move[];
  /** Of a side that nobody wrote lines for: all it moves, in one line. */
  readonly moves?: readonly Move[];
}

/** Writes an accepted posting down, after comparing what the ledger answered. */
export function settle(
  works: readonly Work[],
  sign: bigint,
  reading: Reading,
  result?: PostResult,
): string | null {
  return settleSides([{ works, sign, reading }], null, 0, result);
}

interface Written {
  readonly side: Side;
  readonly answer: PostResult;
  readonly lines: (Posted['lines'][number] & { moves: Move[] })[];
}

/** Writes one posting, or both of a pair, down; `main` is the place of the answer among them. */
export function settleSides(
  sides: readonly Side[],
  operation: string | null,
  main: number,
  result?: PostResult,
): string | null {
  const written: Written[] = [];
  for (const [index, side] of sides.entries()) {
    const answer = index === main ? result : result?.counterpart;
    if (!answer) return 'no posting came back';
    const { model, plan } = side.reading;
    const byHand = index === main ? plan.number : undefined;
    const number = model.numberFor(plan.warehouse, plan.date, byHand);
    if (answer.number !== number) return `number ${answer.number}, not ${number}`;
    model.takeNumber(plan.warehouse, plan.date, answer.number, byHand !== undefined);
    const before = written[0]?.lines.map(({ moves }) => moves);
    const lines = linesOf(side, answer, before);
    if (typeof lines === 'string') return lines;
    written.push({ side, answer, lines });
  }
  return write(written, operation);
}

/** The lines of one side with what they moved; a text when that is not what it must be. */
function linesOf(
  { reading, works, sign, arrives, moves: whole }: Side,
  answered: PostResult,
  before: readonly (readonly Move[])[] | undefined,
): Written['lines'] | string {
  const { model, plan } = reading;
  const lines: Written['lines'] = [];
  for (const [index, work] of works.entries()) {
    const answer = answered.lines[index];
    if (!answer) return `line ${index} is missing`;
    const chosen = work.chosen !== null && !arrives;
    const named = (): Move[] =>
      whole ? [...whole] : arrives ? arrives(before?.[index] ?? []) : movesOf(work, model, sign);
    const moves = chosen ? placed(work, reading, answer) : named();
    if (typeof moves === 'string') return moves;
    const wrong = chosen ? [...shortages(moves, plan.date)].join() : differs(work, moves, answer);
    if (wrong) return `line ${index}: ${wrong}`;
    const { returns } = work.line ?? {};
    lines.push({ moves, reversed: false, id: answer.id, ...(returns ? { returns } : {}) });
  }
  return lines;
}

function write(written: readonly Written[], operation: string | null): string | null {
  const [first] = written;
  if (!first) return 'nothing was posted';
  const { model } = first.side.reading;
  const all = written.flatMap(({ lines }) => lines.flatMap(({ moves }) => moves));
  const out = written.find(({ side }) => side.sign < 0n)?.side.reading;
  const { codes, broken } = out ? against(model, all, takerOf(out.plan, out.template)) : nothing;
  if (codes.size > 0) return `took what is reserved: ${[...codes]}`;
  for (const [hold, steps] of broken) breakHold(model, hold, steps);
  const start = model.postings.length;
  for (const [i, { side, lines, answer }] of written.entries()) {
    const { reading, works, sign, arrives } = side;
    const { plan, template } = reading;
    if (!arrives) bring(side);
    const fulfilled = sign < 0n ? fulfil(model, plan, template, works, lines) : [];
    const twin = operation === null ? {} : { twin: { index: start + 1 - i, operation } };
    const posted = { plan, type: template.type, lines, reversal: false, id: answer.id, fulfilled };
    model.keepPosting({ ...posted, ...twin, index: start + i });
  }
  for (const [i, { side, lines }] of written.entries()) {
    for (const { moves } of lines) {
      if (operation === null && side.reading.template.intent === 'transfer') drift(moves);
      move(model, moves, side.reading.plan.date);
      note(moves, side, start + i);
    }
    for (const line of lines) noteReturn(line, 1n, side.reading);
  }
  const [from, to] = written.map(({ lines }) => lines.flatMap(({ moves }) => moves.map(({ pile }) => pile)));
  const kind = operation === 'production' ? 'consume' : operation;
  if (kind && kind !== 'transfer' && from && to) model.lineage.link(kind, start, from, to);
  return null;
}

/** What goes to nowhere, or comes back from there. */
export function drift(moves: readonly Move[]): void {
  for (const { pile, steps } of moves) if (pile instanceof Lot) pile.adrift -= steps;
}

/** What a side makes or teaches: new lots and pieces, counters, what lots made by hand learn. */
function bring({ reading, works, sign }: Side): void {
  const { model } = reading;
  if (sign > 0n) model.counters = reading.counters;
  // R61: a serial whose loads were all taken back loads as new, into whatever lot
  for (const { serial, lot } of works.flatMap((work) => work.serials))
    if (serial.live === 0) serial.lot = lot;
  for (const thing of [...reading.lots, ...reading.serials]) model.keep(thing);
  for (const [lot, learnt] of reading.fills) Object.assign(lot, learnt, { edition: lot.edition + 1 });
}

const nothing: ReturnType<typeof against> = { codes: new Set(), broken: new Map() };

function differs(work: Work, moves: readonly Move[], answer: ResultLine): string {
  const { decimals } = work.item.unit;
  const sums = new Map<string, bigint>();
  const add = (name: string, steps: bigint): void => {
    sums.set(name, (sums.get(name) ?? 0n) + steps);
  };
  for (const row of answer.lots)
    add(`lot ${keyOf(row.code)}@${row.location ?? ''}`, parseSteps(row.quantity, decimals) ?? 0n);
  for (const row of answer.serials) add(`serial ${keyOf(row.code)}@${row.location ?? ''}`, 1n);
  const got = text(sums, decimals);
  const want = shown(moves, decimals);
  return got === want ? '' : `shows ${got}, not ${want}`;
}

/** What lots and serials carry of their movements; what only changes its place is no load of it. */
export function note(moves: readonly Move[], { reading, arrives }: Side, posting: number): void {
  const { template, plan } = reading;
  for (const { pile, steps } of moves) {
    if (!(pile instanceof Lot || pile instanceof Serial)) continue;
    pile.live++;
    // what only changes its place, or comes back, is no load of it (R122)
    if (arrives || template.intent === 'customerReturn') continue;
    if (template.type === 'load') pile.loads.push({ posting, date: plan.date, steps, taken: false });
    else if (pile instanceof Lot && (plan.party || template.intent === 'sale')) pile.left = true;
  }
}
