/**
 * Lots that become other lots, as the judge sees them (R89–R95): a split hands everything on, a mixture is as
 * strict and as short-lived as the strictest of its parts, what is converted gets no better.
 */
import { codesFor } from './choices.ts';
import { Faults } from './faults.ts';
import { against } from './judge-holds.ts';
import { header, type Reading, type Work } from './judge-postings.ts';
import { datesOf } from './judge-rows.ts';
import { type Side, settleSides, shortages } from './moves.ts';
import type { Register } from './register.ts';
import { Lot, type Move } from './things.ts';
import { parseSteps } from './values.ts';
import type { Verdict } from './verdict.ts';
import type { Command, ItemPlan, PostPlan } from './world.ts';

type Transform = Extract<Command, { do: 'transform' }>;

/** What is asked of stock that changes its lot. */
const OTHER = { intent: 'other' } as const;

const earliest = (dates: readonly (string | null)[]): string | null =>
  dates.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
const shared = <T>(values: readonly T[]): T | null => {
  const [first] = values;
  return first !== undefined && values.every((each) => each === first) ? first : null;
};

/** How strict the world's statuses are: each is at least as strict as those before it, in every respect. */
const order = [null, 'GOOD', 'NOSALE', 'QUAR'];
const strictest = (statuses: readonly (string | null)[]): string | null =>
  [...statuses].sort((a, b) => order.indexOf(b) - order.indexOf(a))[0] ?? null;

/** What must become of a split, a merge or a conversion. */
export function transform(model: Register, command: Transform): Verdict {
  const { kind, warehouse, template: code, date, from, into, location } = command;
  const faults = new Faults();
  const plan: PostPlan = { commandId: command.commandId, warehouse, template: code, date, lines: [] };
  const template = header(model, plan, faults);
  const named = template?.counterpart;
  if (!template || !named) return faults.verdict();
  const place = `${warehouse}|${location}`;
  const lots: { lot: Lot; steps: bigint }[] = [];
  for (const row of from) {
    const item = model.item(row.item);
    const lot = item && model.findLot(item, row.variant, row.code);
    if (!item || !lot || lot.item !== item || lot.variant !== row.variant)
      faults.add('references', 'lot.notFound', 'lot.wrongItem');
    else lots.push({ lot, steps: parseSteps(row.quantity, item.unit.decimals) ?? 0n });
  }
  const [first] = lots;
  const goal = into.item === undefined ? first?.lot.item : model.item(into.item);
  if (!first || !goal || faults.any) return faults.verdict();
  for (const { lot } of lots) {
    const refusal = model.refusal(lot, OTHER, date);
    if (refusal) faults.add('rows', refusal);
    if (model.placeDenies(place, OTHER)) faults.add('rows', 'location.denied');
    if (kind === 'merge' && model.holds.ofLot(lot).length > 0) faults.add('rows', 'lot.hasReservations');
  }
  const variant = goal === first.lot.item ? first.lot.variant : null;
  const reading = (own: PostPlan): Reading => {
    const counters = new Map(model.counters);
    return { model, plan: own, template, faults, lots: [], serials: [], counters, fills: new Map() };
  };
  const out = reading(plan);
  const theirs = { ...plan, warehouse: named.warehouse, template: named.template };
  const other = model.template(named.warehouse, named.template);
  const inside = { ...reading(theirs), template: other ?? template };
  const made = born(
    command,
    goal,
    variant,
    lots.map(({ lot }) => lot),
    inside,
  );
  if (faults.any) return faults.verdict();
  const taken = lots.map(({ lot, steps }): Move => ({ pile: lot, place, steps: -steps }));
  const all = taken.reduce((sum, { steps }) => sum - steps, 0n);
  const steps = into.quantity === undefined ? all : (parseSteps(into.quantity, goal.unit.decimals) ?? 0n);
  const brought: Move[] = [{ pile: made, place, steps }];
  for (const each of shortages([...taken, ...brought], date)) faults.add('balance', each);
  const reserved = against(model, [...taken, ...brought], { own: [], breaking: false });
  for (const each of reserved.codes) faults.add('balance', each);
  if (faults.any) return faults.verdict();
  const line = (item: ItemPlan): Work =>
    ({ item, variant: null, lots: [], serials: [], chosen: null, steps: 0n, place }) as unknown as Work;
  const sides: Side[] = [
    { reading: out, works: [line(first.lot.item)], sign: -1n, moves: taken },
    { reading: inside, works: [line(goal)], sign: 1n, moves: brought },
  ];
  return { ok: true, settle: (result) => settleSides(sides, kind, 0, result) };
}

/** The lot that comes out, with what it has by birth. */
function born(
  command: Transform,
  item: ItemPlan,
  variant: string | null,
  from: readonly Lot[],
  reading: Reading,
): Lot {
  const { model, faults } = reading;
  const { kind, into, accept = false } = command;
  const all = <K extends keyof Lot>(field: K): Lot[K][] => from.map((lot) => lot[field]);
  const code = into.code === 'auto' ? codesFor(reading, item, variant, 'lot', 1)?.[0] : into.code;
  if (code === undefined) faults.add('rows', 'code.overflow');
  if (into.code !== 'auto' && model.lotCodeTaken(item, variant, into.code))
    faults.add('rows', 'lot.duplicate', ...known(into.code, item, variant, reading, from));
  const lot = new Lot(item, variant, code ?? '');
  lot.startDate = earliest(all('startDate'));
  lot.status = strictest(all('status'));
  lot.expiryDate = earliest(all('expiryDate'));
  lot.sellable = all('sellable').every((each) => each);
  for (const field of ['supplier', 'supplierLot', 'manufacturer', 'description'] as const)
    lot[field] = shared(all(field));
  const suppliers = new Set(all('supplier').filter((each) => each !== null));
  if (kind === 'merge' && new Set(all('status')).size > 1 && !accept)
    faults.add('rows', 'lot.statusConflict');
  if (kind === 'merge' && item.lots?.singleSupplier && suppliers.size > 1)
    faults.add('rows', 'lot.supplierMismatch');
  if (kind === 'convert') {
    const start = lot.startDate ?? command.date;
    const computed = item.lots?.shelfLifeDays
      ? datesOf(item, { startDate: start }, { date: start }).expiryDate
      : null;
    lot.expiryDate = earliest([lot.expiryDate, computed]);
    lot.status = strictest([lot.status, item.lots?.initialStatus ?? null]);
  }
  if (!lot.expiryDate && item.lots?.expiryRequired) faults.add('rows', 'lot.expiryRequired');
  if (lot.expiryDate && lot.startDate && lot.expiryDate < lot.startDate)
    faults.add('rows', 'lot.expiryBeforeStart');
  reading.lots.push(lot);
  return lot;
}

/** What may be said of a code that another lot has: it is that lot, which does not agree, or of another item. */
function known(
  code: string,
  item: ItemPlan,
  variant: string | null,
  { model }: Reading,
  from: readonly Lot[],
): string[] {
  const lot = model.findLot(item, variant, code);
  if (!lot) return [];
  if (from.includes(lot)) return ['lot.onBothSides', 'lot.closed'];
  if (lot.item !== item || lot.variant !== variant) return ['lot.wrongItem'];
  // what the lot is in itself may be said before that it does not agree (R93)
  return ['lot.expired', 'lot.unavailable'];
}
