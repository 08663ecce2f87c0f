/** Transfers and productions as the judge sees them: two sides, one command, judged on what they come to. */
import { Faults } from './faults.ts';
import { against } from './judge-holds.ts';
import { header, type Reading, readLine, shape, takerOf, type Work } from './judge-postings.ts';
import { movesOf, type Side, settleSides, shortages } from './moves.ts';
import type { Register } from './register.ts';
import type { Lot, Move } from './things.ts';
import { keyOf } from './values.ts';
import type { Verdict } from './verdict.ts';
import type { LinePlan, PostPlan, TemplatePlan } from './world.ts';

/** What must become of a posting with a counterpart. */
export function pair(model: Register, plan: PostPlan): Verdict {
  const faults = new Faults();
  shape({ ...plan, lines: [...plan.lines, ...(plan.counterpart?.lines ?? [])] }, faults);
  const template = header(model, plan, faults);
  const named = template?.counterpart;
  if (!template || !named) return faults.verdict();
  const theirs = { ...plan, warehouse: named.warehouse, template: named.template };
  const other = header(model, theirs, faults);
  if (!other) return faults.verdict();
  if (faults.has('shape')) return faults.verdict();
  const reading = (own: PostPlan, kind: TemplatePlan, exempt: boolean): Reading => ({
    model,
    plan: own,
    template: kind,
    faults,
    lots: [],
    serials: [],
    counters: new Map(model.counters),
    fills: new Map(),
    exempt,
  });
  if (template.intent === 'transfer') return transfer(reading(plan, template, true), other);
  const mine = { reading: reading(plan, template, false), lines: plan.lines };
  const given = (plan.counterpart?.lines ?? []).map((line) => ({ ...located(plan), ...line }));
  const opposite = { reading: reading({ ...theirs, lines: given }, other, true), lines: given };
  return template.type === 'unload' ? production(mine, opposite, mine) : production(opposite, mine, mine);
}

const located = (plan: PostPlan): { location?: string } =>
  plan.counterpart?.location ? { location: plan.counterpart.location } : {};

const worksOf = (reading: Reading, lines: readonly LinePlan[]): Work[] =>
  lines.flatMap((line) => readLine(line, reading, lines) ?? []);

/** R77: the same lots, pieces and quantities leave and arrive; only the place differs. */
function transfer(source: Reading, other: TemplatePlan): Verdict {
  const { model, plan, faults } = source;
  const location = plan.counterpart?.location;
  const warehouse = model.warehouse(other.warehouse);
  if (location && !warehouse?.locations?.some((each) => each.code === location))
    faults.add('references', 'location.notFound');
  if (!location && warehouse?.locations) faults.add('rows', 'location.required');
  const place = `${other.warehouse}|${location ?? ''}`;
  // R78: what may not be used may be taken to where it is held
  const intoQuarantine = !model.placeCounts(place);
  const reading = { ...source, template: { ...source.template, intoQuarantine } };
  const works = worksOf(reading, plan.lines);
  if (faults.any) return faults.verdict();
  const there = (moves: readonly Move[]): Move[] =>
    moves.map((move) => ({ ...move, place, steps: -move.steps }));
  const out = works.flatMap((work) => (work.chosen ? chosenMoves(work) : movesOf(work, model, -1n)));
  const all = [...out, ...there(out)];
  for (const code of shortages(all, plan.date)) faults.add('balance', code);
  for (const code of against(model, all, takerOf(plan, reading.template)).codes) faults.add('balance', code);
  if (faults.any) return faults.verdict();
  const theirs = {
    ...reading,
    template: other,
    plan: { ...plan, warehouse: other.warehouse, template: other.code },
  };
  const sides: Side[] = [
    { reading, works, sign: -1n },
    { reading: { ...theirs, lots: [], serials: [], fills: new Map() }, works, sign: 1n, arrives: there },
  ];
  return { ok: true, settle: (result) => settleSides(sides, 'transfer', 0, result) };
}

const chosenMoves = ({ chosen }: Work): Move[] =>
  [...(chosen?.serials ?? [])].map((serial) => ({ pile: serial, place: serial.place ?? '', steps: -1n }));

interface Half {
  readonly reading: Reading;
  readonly lines: readonly LinePlan[];
}

/** R126: what is taken out goes into what comes in; a lot on both sides is refused. */
function production(out: Half, into: Half, main: Half): Verdict {
  const { model, plan, faults } = out.reading;
  const [consumed, produced] = [worksOf(out.reading, out.lines), worksOf(into.reading, into.lines)];
  const used = new Set<Lot>();
  for (const { lots, chosen } of consumed) {
    for (const { lot } of lots) used.add(lot);
    for (const lot of chosen?.lots.keys() ?? []) used.add(lot);
  }
  for (const line of into.lines)
    for (const lot of namedIn(line, model)) if (used.has(lot)) faults.add('rows', 'production.sameLot');
  if (faults.any) return faults.verdict();
  const moves = [
    ...consumed.flatMap((work) => (work.chosen ? chosenMoves(work) : movesOf(work, model, -1n))),
    ...produced.flatMap((work) => movesOf(work, model, 1n)),
  ];
  for (const code of shortages(moves, plan.date)) faults.add('balance', code);
  for (const code of against(model, moves, takerOf(plan, out.reading.template)).codes)
    faults.add('balance', code);
  if (faults.any) return faults.verdict();
  const sides: Side[] = [
    { reading: out.reading, works: consumed, sign: -1n },
    { reading: into.reading, works: produced, sign: 1n },
  ];
  return { ok: true, settle: (result) => settleSides(sides, 'production', main === out ? 0 : 1, result) };
}

/** Lots a line names, in its rows or with its pieces. */
function namedIn(line: LinePlan, model: Register): Lot[] {
  const item = model.item(line.item);
  if (!item) return [];
  const codes = [
    ...(Array.isArray(line.lots) ? line.lots.map((row: { code: string }) => row.code) : []),
    ...(Array.isArray(line.serials) ? line.serials.flatMap((row: { lot?: string }) => row.lot ?? []) : []),
  ];
  return codes.flatMap((code) => model.findLot(item, line.variant ?? null, keyOf(code)) ?? []);
}
