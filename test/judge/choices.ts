/** What the ledger chooses by itself: codes from a counter (R1–R5, R12), lots and serials to take (R96–R103). */
import { type Hold, placeOf } from './holds.ts';
import type { Reading, Work } from './judge-postings.ts';
import type { Register } from './register.ts';
import { Store } from './store.ts';
import { Lot, Serial } from './things.ts';
import { keyOf, natural, ownDocuments } from './values.ts';
import type { ItemPlan, PostPlan, TemplatePlan } from './world.ts';

/** The next codes of an item, or undefined when the counter is full. Counts in `reading` only. */
export function codesFor(
  reading: Reading,
  item: ItemPlan,
  variant: string | null,
  kind: 'lot' | 'serial',
  count: number,
): string[] | undefined {
  const { model, plan, counters } = reading;
  const name = kind === 'lot' ? item.lots?.codeType : item.serials?.codeType;
  const type = model.world.codeTypes.find((each) => each.code === name);
  if (!type) return undefined;
  const [year = '', month = ''] = plan.date.split('-');
  const fixed: Record<string, string> = { insertYear: year, insertMonth: month, itemCode: item.code };
  const root = (type.root ?? []).map((source) => fixed[source]).join('|');
  const counter = `${type.code}|${root}|${model.scope(item, variant)}`;
  const codes: string[] = [];
  let number = counters.get(counter) ?? (type.firstNumber ?? 0) - 1;
  while (codes.length < count) {
    number++;
    const length = type.parts.find((part) => part.source === 'number')?.length ?? 0;
    if (String(number).length > length) return undefined;
    const code = type.parts
      .map((part) => {
        if (part.source === 'number') return String(number).padStart(length, part.fill ?? '');
        if (part.source === 'text') return part.value ?? '';
        return (fixed[part.source] ?? '').slice(0, part.length);
      })
      .join('');
    if (!taken(code, reading, item, variant, kind)) codes.push(code);
  }
  counters.set(counter, number);
  return codes;
}

function taken(
  code: string,
  reading: Reading,
  item: ItemPlan,
  variant: string | null,
  kind: string,
): boolean {
  const { model } = reading;
  const here = (thing: Lot | Serial): boolean =>
    keyOf(thing.code) === keyOf(code) &&
    model.scope(thing.item, thing.variant) === model.scope(item, variant);
  if (kind === 'lot') return model.lotCodeTaken(item, variant, code) || reading.lots.some(here);
  return model.findSerial(item, variant, code) !== undefined || reading.serials.some(here);
}

const nullLast = (a: string | null, b: string | null): number => {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
};

type Loaded = Pick<Lot, 'first' | 'code'>;
const byAge = (a: Loaded, b: Loaded): number =>
  nullLast(a.first?.date ?? null, b.first?.date ?? null) ||
  (a.first?.posting ?? 0) - (b.first?.posting ?? 0) ||
  natural(a.code, b.code);

/** The order in which lots are taken. */
export function byStrategy(item: ItemPlan): (a: Lot, b: Lot) => number {
  if (item.lots?.withdrawal === 'fifo') return byAge;
  if (item.lots?.withdrawal === 'lifo') return (a, b) => -byAge(a, b);
  return (a, b) =>
    nullLast(a.expiryDate, b.expiryDate) || nullLast(a.startDate, b.startDate) || natural(a.code, b.code);
}

/** What an automatic unload must take: of each lot how much, and which serials; undefined when short. */
export function allocate(
  model: Register,
  work: Work,
  plan: PostPlan,
  template: TemplatePlan,
): { lots: Map<Lot, bigint>; serials: Set<Serial> } | undefined {
  const { item, variant, place, line } = work;
  const here = (at: string): boolean => (line.location ? at === place : at.startsWith(place));
  const usable = (lot: Lot, at: string): boolean =>
    model.refusal(lot, template, plan.date) === null && !model.placeDenies(at, template);
  const store = new Store(model, {
    item,
    variant,
    warehouse: plan.warehouse,
    date: plan.date,
    own: ownDocuments(plan),
  });
  if (item.serials) return allocateSerials(model, work, plan, template, here, usable, store);
  const lots = new Map<Lot, bigint>();
  let need = work.steps;
  const take = (lot: Lot, wanted: bigint, from: (at: string) => boolean): bigint => {
    let left = wanted;
    for (const at of lot.places().filter(from).sort(natural)) {
      if (left > 0n && usable(lot, at)) left -= store.take(lot, at, left);
    }
    const taken = wanted - left;
    if (taken > 0n) lots.set(lot, (lots.get(lot) ?? 0n) + taken);
    return taken;
  };
  const own = (model.inStock(item, variant) as Lot[]).filter((each) => each instanceof Lot);
  // what its own documents reserved goes first (R99)
  for (const hold of ownHolds(model, work, plan)) {
    if (!hold.lot) continue;
    const at = (each: string): boolean => here(each) && (hold.location === null || each === placeOf(hold));
    need -= take(hold.lot, need < hold.open ? need : hold.open, at);
  }
  for (const lot of own.sort(byStrategy(item))) need -= take(lot, need, here);
  return need > 0n ? undefined : { lots, serials: new Set() };
}

/** Open reservations of the posting's own documents for an item in its warehouse. */
function ownHolds(model: Register, { item, variant }: Work, plan: PostPlan): Hold[] {
  return ownDocuments(plan)
    .flatMap((document) => model.holds.ofDocument(document))
    .filter((hold) => hold.item === item && hold.variant === variant && hold.warehouse === plan.warehouse);
}

/** R103: the lot by strategy first, then the oldest serial. */
function allocateSerials(
  model: Register,
  { item, variant, steps }: Work,
  plan: PostPlan,
  template: TemplatePlan,
  here: (place: string) => boolean,
  usable: (lot: Lot, at: string) => boolean,
  store: Store,
): { lots: Map<Lot, bigint>; serials: Set<Serial> } | undefined {
  const one = 10n ** BigInt(item.unit.decimals);
  const own = ownDocuments(plan);
  const wished = ownHolds(model, { item, variant } as Work, plan).map((hold) => hold.lot);
  const rank = (lot: Lot): number => (wished.includes(lot) ? wished.indexOf(lot) : wished.length);
  const strategy = (a: Lot, b: Lot): number => rank(a) - rank(b) || byStrategy(item)(a, b);
  const fits = (serial: Serial): boolean => {
    const { place, lot } = serial;
    if (place === null || model.refusalOf(serial, template, own) !== null) return false;
    // what others hold is never chosen, not even by what may break it
    if (serial.hold && !own.includes(serial.hold.document ?? '')) return false;
    if (lot === null ? model.placeDenies(place, template) : !usable(lot, place)) return false;
    return here(place) && serial.least(place, plan.date) > 0n;
  };
  const candidates = (model.inStock(item, variant) as Serial[])
    .filter((each) => each instanceof Serial)
    .filter(fits)
    .sort((a, b) => (a.lot && b.lot && a.lot !== b.lot ? strategy(a.lot, b.lot) : byAge(a, b)))
    .sort((a, b) => Number(a.hold === null) - Number(b.hold === null));
  const serials = new Set<Serial>();
  const lots = new Map<Lot, bigint>();
  for (const serial of candidates) {
    if (BigInt(serials.size) * one === steps) break;
    const { lot, place } = serial;
    if (lot && place !== null) {
      // a serial loaded anew into another lot is there only as long as that lot is
      if (!store.takeOne(lot, place, one)) continue;
      lots.set(lot, (lots.get(lot) ?? 0n) + one);
    }
    serials.add(serial);
  }
  return BigInt(serials.size) * one === steps ? { lots, serials } : undefined;
}
