/** Makes the lines of a posting: lots and serials named, automatic, or wrong in one way. */
import type { Chance } from './chance.ts';
import type { Model } from './model.ts';
import { Lot, Serial } from './things.ts';
import { addDays, showSteps } from './values.ts';
import type { ItemPlan, LinePlan, LotRowPlan, SerialRowPlan, TemplatePlan } from './world.ts';

/** So many lots or pieces at one place are too many. */
const CROWD = 25;

/** Where a line is, and of what. */
interface Draft {
  readonly item: ItemPlan;
  readonly variant: { readonly variant?: string };
  readonly location: { readonly location?: string };
  readonly place: string;
}

/** One line, or nothing when there is nothing to take. `used` keeps a posting to one line per item. */
export function makeLine(
  model: Model,
  chance: Chance,
  template: TemplatePlan,
  used: Set<string>,
): LinePlan | undefined {
  const item = chance.pick(model.world.items);
  if (used.has(item.code) && !(template.type === 'load' && chance.oneIn(2))) return undefined;
  used.add(item.code);
  const locations = model.world.warehouses.find((each) => each.code === template.warehouse)?.locations;
  const usual = locations?.filter((each) => !each.quarantine || chance.oneIn(4));
  const location = usual && !chance.oneIn(40) ? { location: chance.pick(usual).code } : {};
  const variant = item.variants && !chance.oneIn(40) ? { variant: chance.pick(item.variants).code } : {};
  const draft = { item, variant, location, place: `${template.warehouse}|${location.location ?? ''}` };
  const line = template.type === 'load' ? loadLine(model, chance, draft) : unloadLine(model, chance, draft);
  return line && (chance.oneIn(25) ? spoilLine(line, chance) : line);
}

/** The newest lots of an item and variant. */
const lotsOf = (model: Model, item: ItemPlan, variant: string | null): Lot[] =>
  model.newest(item).flatMap((each) => (each instanceof Lot && each.variant === variant ? [each] : []));

const serialsOf = (model: Model, item: ItemPlan): Serial[] =>
  model.newest(item).flatMap((each) => (each instanceof Serial ? [each] : []));

function amount(item: ItemPlan, chance: Chance): string {
  const steps = BigInt(chance.between(1, 60)) * 10n ** BigInt(Math.max(0, item.unit.decimals - 1));
  return showSteps(steps, item.unit.decimals);
}

function lotCode(model: Model, item: ItemPlan, variant: string | null, chance: Chance): string {
  const own = lotsOf(model, item, variant).slice(-30);
  const known = chance.oneIn(3) ? chance.maybe(own)?.code : undefined;
  if (known !== undefined) return chance.oneIn(4) ? known.toLowerCase() : known;
  return chance.oneIn(30) ? (chance.maybe(model.lots)?.code ?? 'L0') : `L-${chance.below(100_000)}`;
}

function lotRow(model: Model, draft: Draft, quantity: string, chance: Chance): LotRowPlan {
  const { item } = draft;
  const code = lotCode(model, item, draft.variant.variant ?? null, chance);
  const known = model.findLot(item, draft.variant.variant ?? null, code);
  const typed = known ? known.expiryDate : addDays(model.today, chance.between(-5, 50));
  const dates = typed !== null && (item.lots?.expiryRequired || chance.oneIn(3)) && !chance.oneIn(12);
  return {
    code,
    quantity,
    ...(dates ? { expiryDate: chance.oneIn(30) ? addDays(typed, 1) : typed } : {}),
    ...(chance.oneIn(6) ? { supplierLot: known?.supplierLot ?? `V${chance.below(50)}` } : {}),
    ...(chance.oneIn(8) ? { manufacturer: known?.manufacturer ?? 'Works' } : {}),
    ...(chance.oneIn(12)
      ? { startDate: known?.startDate ?? addDays(model.today, -chance.between(0, 9)) }
      : {}),
  };
}

function loadLine(model: Model, chance: Chance, draft: Draft): LinePlan {
  const { item, variant, location } = draft;
  const base = { item: chance.oneIn(10) ? item.code.toLowerCase() : item.code, ...variant, ...location };
  if (item.serials) return loadSerials(model, chance, draft, base);
  const unit = chance.oneIn(4) ? item.alternativeUnits?.[0]?.code : undefined;
  if (!item.lots) return { ...base, quantity: String(chance.between(1, 40)), ...(unit ? { unit } : {}) };
  if (chance.oneIn(3))
    return { ...base, quantity: amount(item, chance), ...(unit ? { unit } : {}), lots: 'auto' };
  if (unit) {
    const count = chance.between(1, 3);
    const lots = Array.from({ length: count }, () => lotRow(model, draft, '1', chance));
    return { ...base, quantity: String(count), unit, lots };
  }
  const rows = chance.weighted([
    [5, 1],
    [2, 2],
    [1, 3],
  ] as const);
  const each = amount(item, chance);
  const lots = Array.from({ length: rows }, () => lotRow(model, draft, each, chance));
  return { ...base, quantity: times(each, rows, item.unit.decimals), lots };
}

const times = (each: string, n: number, decimals: number): string => {
  const [whole, fraction = ''] = each.split('.');
  return showSteps(BigInt(`${whole}${fraction.padEnd(decimals, '0')}`) * BigInt(n), decimals);
};

function loadSerials(model: Model, chance: Chance, draft: Draft, base: Omit<LinePlan, 'quantity'>): LinePlan {
  const { item } = draft;
  const count = chance.between(1, 5);
  const quantity = String(count);
  if (chance.oneIn(3)) return { ...base, quantity, serials: 'auto', ...(item.lots ? { lots: 'auto' } : {}) };
  const code = (): string => {
    const gone = serialsOf(model, item)
      .filter((serial) => serial.place === null)
      .slice(-30);
    const known = chance.oneIn(4) ? chance.maybe(gone)?.code : undefined;
    return (
      known ??
      (chance.oneIn(40) ? (chance.maybe(model.serials)?.code ?? 'N0') : `N-${chance.below(1_000_000)}`)
    );
  };
  const serials: SerialRowPlan[] = Array.from({ length: count }, () => ({ code: code() }));
  if (!item.lots) return { ...base, quantity, serials };
  if (count < 2 || chance.oneIn(2))
    return { ...base, quantity, lots: [lotRow(model, draft, quantity, chance)], serials };
  const first = lotRow(model, draft, '1', chance);
  const second = lotRow(model, draft, String(count - 1), chance);
  const named = serials.map((row, index) => ({ ...row, lot: index === 0 ? first.code : second.code }));
  return { ...base, quantity, lots: [first, second], serials: named };
}

function unloadLine(model: Model, chance: Chance, draft: Draft): LinePlan | undefined {
  const { item, variant, location, place } = draft;
  const base = { item: item.code, ...variant };
  const own = variant.variant ?? null;
  const auto = chance.oneIn(3);
  if (auto && (item.lots || item.serials)) {
    const at = chance.oneIn(3) ? {} : location;
    const quantity = item.serials ? String(chance.between(1, 4)) : amount(item, chance);
    const lots = item.lots ? { lots: 'auto' as const } : {};
    return { ...base, ...at, quantity, ...lots, ...(item.serials ? { serials: 'auto' as const } : {}) };
  }
  if (item.serials) {
    if (place === 'MAIN|') return undefined;
    const all = serialsOf(model, item);
    const here = chance.oneIn(15) ? all : all.filter((each) => each.place === place);
    const crowded = here.length > CROWD;
    const from = crowded ? here.slice(0, 40) : here.slice(-40);
    const most = crowded ? 6 : 3;
    const chosen = new Set(Array.from({ length: chance.between(1, most) }, () => chance.maybe(from)));
    const serials = [...chosen].flatMap((serial) => (serial ? [{ code: serial.code }] : []));
    return serials.length > 0
      ? { ...base, ...location, quantity: String(serials.length), serials }
      : undefined;
  }
  if (!item.lots) {
    const most = Number(model.pile(item, own).at(place));
    return { ...base, ...location, quantity: String(chance.between(1, most + 3)) };
  }
  const all = lotsOf(model, item, own);
  const stocked = (model.inStock(item, own) as Lot[]).filter((each) => each instanceof Lot);
  const stock = stocked.filter((lot) => lot.at(place) > 0n);
  // a crowded place is emptied from its oldest end, or the game gets slower the longer it lasts
  const crowded = stock.length > CROWD && chance.oneIn(2);
  const here = crowded ? stock.slice(0, 25) : stock.slice(-25);
  const lot = chance.oneIn(12) ? chance.maybe(all) : chance.maybe(here);
  if (!lot) return undefined;
  const other = crowded || chance.oneIn(4) ? chance.maybe(here) : undefined;
  return unloadLots(other && other !== lot ? [lot, other] : [lot], base, draft, chance, crowded);
}

function unloadLots(
  taken: readonly Lot[],
  base: Omit<LinePlan, 'quantity'>,
  draft: Draft,
  chance: Chance,
  whole: boolean,
): LinePlan {
  const decimals = draft.item.unit.decimals;
  let sum = 0n;
  const lots = taken.map((lot) => {
    const there = lot.at(draft.place);
    const part = whole
      ? there
      : chance.weighted([
          [5, there / 2n],
          [3, there],
          [1, there + 1n],
        ] as const);
    const steps = part > 0n ? part : 1n;
    sum += steps;
    return {
      code: chance.oneIn(6) ? lot.code.toLowerCase() : lot.code,
      quantity: showSteps(steps, decimals),
    };
  });
  return { ...base, ...draft.location, quantity: showSteps(sum, decimals), lots };
}

/** The line with one thing wrong in it. */
function spoilLine(line: LinePlan, chance: Chance): LinePlan {
  return chance.pick<() => LinePlan>([
    () => ({ ...line, item: 'NOTHING' }),
    () => ({ ...line, variant: 'BLUE' }),
    () => ({ ...line, unit: 'ELL' }),
    () => ({ ...line, location: 'Z-99' }),
    () => ({ ...line, quantity: '0' }),
    () => ({ ...line, quantity: '-3' }),
    () => ({ ...line, quantity: '1e3' }),
    () => ({ ...line, quantity: '1.23456' }),
    () => ({ ...line, quantity: String(Number(line.quantity) + 1) }),
    () =>
      Array.isArray(line.lots)
        ? { ...line, lots: [{ code: 'NOT-THERE', quantity: line.quantity }] }
        : { ...line, lots: 'auto' },
    () =>
      Array.isArray(line.serials)
        ? { ...line, serials: [{ code: 'NOT-THERE' }] }
        : { ...line, serials: 'auto' },
    () => {
      const { lots: _, ...rest } = line;
      return rest;
    },
  ])();
}
