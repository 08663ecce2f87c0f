/** Loads and unloads as the judge sees them: what is wrong with one, or what it must come to. */
import { allocate } from './choices.ts';
import { Faults } from './faults.ts';
import { against, type Taker } from './judge-holds.ts';
import { checkReturn } from './judge-returns.ts';
import { readLots, readSerials } from './judge-rows.ts';
import { movesOf, settle, shortages } from './moves.ts';
import type { Register } from './register.ts';
import type { Lot, Move, Serial } from './things.ts';
import { keyOf, ownDocuments, parseSteps } from './values.ts';
import type { Verdict } from './verdict.ts';
import type { ItemPlan, LinePlan, LotRowPlan, PostPlan, SerialRowPlan, TemplatePlan } from './world.ts';

/** One line, read: what it takes or brings, before any balance is looked at. */
export interface Work {
  readonly line: LinePlan;
  readonly item: ItemPlan;
  readonly variant: string | null;
  readonly steps: bigint;
  readonly place: string;
  readonly lots: { readonly lot: Lot; readonly steps: bigint; readonly place: string }[];
  readonly serials: { readonly serial: Serial; readonly place: string; readonly lot: Lot | null }[];
  /** Allocated: what must be taken of each lot, in total, and which serials; the places are the ledger's. */
  readonly chosen: { lots: Map<Lot, bigint>; serials: Set<Serial> } | null;
}

/** What a first load tells of a lot that was made by hand. */
export interface Learnt {
  readonly startDate: string | null;
  readonly expiryDate: string | null;
  readonly supplierLot: string | null;
  readonly manufacturer: string | null;
  readonly supplier: string | null;
}

/** Reading one posting: what every step of it needs. */
export interface Reading {
  readonly model: Register;
  readonly plan: PostPlan;
  readonly template: TemplatePlan;
  readonly faults: Faults;
  /** New lots and serials of this posting. */
  readonly lots: Lot[];
  readonly serials: Serial[];
  readonly counters: Map<string, number>;
  /** What lots made by hand learn from their first load. */
  readonly fills: Map<Lot, Learnt>;
  /** The side that is brought along may load into lots that are there (R57). */
  readonly exempt?: boolean;
}

/** What must become of a posting. */
export function post(model: Register, plan: PostPlan): Verdict {
  const faults = new Faults();
  shape(plan, faults);
  const held = plan.key === undefined ? undefined : model.keys.get(plan.key);
  if (held?.lines.some((line) => !line.reversed) && !faults.any) return sameKey(held, plan);
  const template = header(model, plan, faults);
  if (!template) return faults.verdict();
  const reading: Reading = {
    model,
    plan,
    template,
    faults,
    lots: [],
    serials: [],
    counters: new Map(model.counters),
    fills: new Map(),
    exempt: template.intent === 'customerReturn',
  };
  const works = faults.has('shape') ? [] : plan.lines.map((line) => readLine(line, reading, plan.lines));
  if (faults.any) return faults.verdict();
  const done = works.flatMap((work) => (work ? [work] : []));
  const sign = template.type === 'load' ? 1n : -1n;
  const named = done.flatMap((work) => (work.chosen ? [] : movesOf(work, model, sign)));
  for (const code of shortages(named, plan.date)) faults.add('balance', code);
  const taker = takerOf(plan, template);
  const chosen = done.flatMap((work) => chosenMoves(work));
  if (sign < 0n)
    for (const code of against(model, [...named, ...chosen], taker).codes) faults.add('balance', code);
  if (faults.any) return faults.verdict();
  return { ok: true, settle: (result) => settle(done, sign, reading, result) };
}

/** Pieces that were chosen are known; of lots only how much is. */
const chosenMoves = ({ chosen }: Work): Move[] =>
  [...(chosen?.serials ?? [])].map((serial) => ({ pile: serial, place: serial.place ?? '', steps: -1n }));

/** Whose reservations a posting may take, and whether it may break others' (R138). */
export function takerOf(plan: PostPlan, { intent }: TemplatePlan): Taker {
  const breaking = ['scrap', 'count'].includes(intent);
  // what is committed for a sale is not fulfilled by scrapping it: it is broken
  return { own: breaking ? [] : ownDocuments(plan), breaking };
}

/** R88: the same key again is the same posting, if the same was asked. */
function sameKey(held: { plan: PostPlan; id: string }, plan: PostPlan): Verdict {
  const asked = ({ commandId: _, ...rest }: PostPlan): string => JSON.stringify(rest);
  if (asked(held.plan) !== asked(plan)) return { ok: false, codes: ['posting.duplicateKey'], receipt: true };
  return {
    ok: true,
    settle: (result) => (result?.id === held.id ? null : `key answers ${result?.id}, not ${held.id}`),
  };
}

export function shape(plan: PostPlan, faults: Faults): void {
  const typed = plan.lines.flatMap((line) => [
    line.quantity,
    ...(Array.isArray(line.lots) ? line.lots.map((row: LotRowPlan) => row.quantity) : []),
  ]);
  for (const quantity of typed) {
    if (/^-\d/.test(quantity)) faults.add('shape', 'quantity.negative');
    else if (!/^\d+(\.\d+)?$/.test(quantity)) faults.add('shape', 'quantity.format');
  }
}

export function header(model: Register, plan: PostPlan, faults: Faults): TemplatePlan | undefined {
  const { warehouses, templates } = model.world;
  const template = model.template(plan.warehouse, plan.template);
  if (!warehouses.some((each) => each.code === plan.warehouse))
    faults.add('references', 'warehouse.notFound');
  else if (!template) {
    const elsewhere = templates.some((each) => each.code === plan.template);
    faults.add('references', elsewhere ? 'template.wrongWarehouse' : 'template.notFound');
  }
  if (!template) return undefined;
  if (template.requireParty && !plan.party) faults.add('template', 'template.partyRequired');
  if (model.isClosed(plan.date)) faults.add('date', 'period.closed');
  if (plan.date > model.today) faults.add('date', 'posting.futureDate');
  if (model.numberFor(plan.warehouse, plan.date, plan.number) === undefined) {
    faults.add('date', 'posting.duplicateNumber');
  }
  return template;
}

/** R26: serials of a load that all name their lots need no lot rows besides. */
function withLots(line: LinePlan, item: ItemPlan | undefined, type: TemplatePlan['type']): LinePlan {
  if (type !== 'load' || !item?.lots || line.lots || !Array.isArray(line.serials)) return line;
  const rows = new Map<string, { code: string; quantity: string }>();
  for (const { lot } of line.serials as readonly SerialRowPlan[]) {
    if (lot === undefined) return line;
    const quantity = String(Number(rows.get(keyOf(lot))?.quantity ?? '0') + 1);
    rows.set(keyOf(lot), { code: lot, quantity });
  }
  return { ...line, lots: [...rows.values()] };
}

export function readLine(asked: LinePlan, reading: Reading, all: readonly LinePlan[]): Work | null {
  const { model, plan, template, faults } = reading;
  const before = faults.count;
  const item = model.item(asked.item);
  const line = withLots(asked, item, template.type);
  if (!item) {
    faults.add('references', 'item.notFound');
    return null;
  }
  const unit = item.alternativeUnits?.find((each) => each.code === line.unit);
  if (line.unit && !unit && line.unit !== item.unit.code) faults.add('references', 'item.unitNotFound');
  const variant = line.variant ?? null;
  const variants = item.variants ?? [];
  if (variant === null && variants.length > 0) faults.add('references', 'item.variantRequired');
  if (variant !== null && !variants.some((each) => each.code === variant)) {
    faults.add('references', 'item.variantNotFound');
  }
  const open =
    template.type === 'unload' &&
    (line.serials === 'auto' || (line.lots === 'auto' && !Array.isArray(line.serials)));
  checkLocation(line.location, reading);
  for (const row of Array.isArray(line.lots) ? line.lots : []) checkLocation(row.location, reading);
  const steps = parseSteps(line.quantity, item.unit.decimals, unit, item.serials !== undefined || !unit);
  if (steps === undefined) faults.add('rows', item.serials ? 'serial.fractional' : 'quantity.precision');
  if (steps === 0n) faults.add('rows', 'quantity.zero');
  tracked(line, item, template, faults);
  if (template.intent === 'customerReturn' && !asked.returns) faults.add('rows', 'return.unverified');
  const place = `${plan.warehouse}|${line.location ?? ''}`;
  const work: Work = { line, item, variant, steps: steps ?? 0n, place, lots: [], serials: [], chosen: null };
  const broken = faults.count > before;
  if (!line.location && !open && hasLocations(reading)) faults.add('rows', 'location.required');
  if (broken) return null;
  if (open) return choose(work, reading);
  if (!item.lots && !item.serials && template.type === 'unload' && model.placeDenies(place, template))
    faults.add('rows', 'location.denied');
  if (item.lots) readLots(work, reading);
  if (item.serials) readSerials(work, reading, all.slice(0, all.indexOf(asked)));
  if (template.intent === 'customerReturn') checkReturn(asked, work, reading);
  return work;
}

const locationsOf = ({ model, plan }: Reading): readonly { code: string }[] =>
  model.world.warehouses.find((each) => each.code === plan.warehouse)?.locations ?? [];

const hasLocations = (reading: Reading): boolean => locationsOf(reading).length > 0;

function checkLocation(location: string | undefined, reading: Reading): void {
  if (location && !locationsOf(reading).some((each) => each.code === location)) {
    reading.faults.add('references', 'location.notFound');
  }
}

function tracked(line: LinePlan, item: ItemPlan, template: TemplatePlan, faults: Faults): void {
  if (line.lots && !item.lots) faults.add('rows', 'item.notLotManaged');
  if (line.serials && !item.serials) faults.add('rows', 'item.notSerialManaged');
  // R26: serials that are unloaded bring their own lots
  const bring = template.type === 'unload' && line.serials !== undefined && item.serials !== undefined;
  if (item.lots && !(template.tracksLots && (line.lots || bring))) faults.add('rows', 'lot.required');
  if (item.serials && !(template.tracksSerials && line.serials)) faults.add('rows', 'serial.required');
  if (item.serials && line.serials === 'auto' && template.type === 'load' && !template.generatesSerials) {
    faults.add('rows', 'serial.required');
  }
  if (line.lots === 'auto' && template.type === 'unload' && item.lots?.withdrawal === 'manual') {
    faults.add('rows', 'lot.required');
  }
}

function choose(work: Work, reading: Reading): Work {
  const chosen = allocate(reading.model, work, reading.plan, reading.template);
  if (!chosen) {
    reading.faults.add('rows', 'lot.insufficient', 'stock.insufficient');
  }
  return { ...work, chosen: chosen ?? null };
}
