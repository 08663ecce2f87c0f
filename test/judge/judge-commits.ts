/** Commitments and releases as the judge sees them (R71, R99, R138): all lines or none, nothing twice. */
import { byStrategy } from './choices.ts';
import { Faults } from './faults.ts';
import { Claims, type Hold } from './holds.ts';
import { cellsOf, limitsOf, SALE } from './judge-holds.ts';
import type { Register } from './register.ts';
import { Store } from './store.ts';
import { Lot } from './things.ts';
import { documentKey, keyOf, natural, parseSteps, showSteps } from './values.ts';
import type { Verdict } from './verdict.ts';
import type { Command, CommitLinePlan, ItemPlan } from './world.ts';

type Commit = Extract<Command, { do: 'commit' }>;
type Release = Extract<Command, { do: 'release' }>;

const one = (item: ItemPlan): bigint => 10n ** BigInt(item.unit.decimals);

interface Line {
  readonly model: Register;
  readonly faults: Faults;
  readonly item: ItemPlan;
  readonly variant: string | null;
  readonly warehouse: string;
  readonly location: string | null;
  readonly steps: bigint;
  /** Reserves while the rest is decided. */
  hold(lot: Lot | null, serial: Hold['serial'], location: string | null, open: bigint): void;
}

/** What must become of a commitment. */
export function commit(model: Register, { document, lines }: Commit): Verdict {
  const faults = new Faults();
  const holds: Hold[] = [];
  const undo: (() => void)[] = [];
  const key = documentKey({ type: 'salesOrder', number: document });
  for (const plan of lines) {
    const item = model.item(plan.item);
    if (!item || faults.any) break;
    const { warehouse, location = null, variant = null } = plan;
    const line: Line = {
      model,
      faults,
      item,
      variant,
      warehouse,
      location,
      steps: parseSteps(plan.quantity, item.unit.decimals) ?? 0n,
      hold(lot, serial, at, open) {
        const of = { item, variant, warehouse, lot, serial };
        const hold: Hold = { id: '', ...of, location: at, document: key, made: model.today, open };
        holds.push(hold);
        undo.push(model.holds.tryOut(hold));
      },
    };
    reserve(line, plan);
  }
  for (const each of undo.reverse()) each();
  if (faults.any) return faults.verdict();
  return {
    ok: true,
    settle: (result) => {
      const made = result?.reservations ?? [];
      for (const [i, hold] of holds.entries()) {
        const got = made[i];
        const { item, lot, serial, location, open } = hold;
        const want = [lot?.code, serial?.code, location, showSteps(open, item.unit.decimals)];
        const shown = [got?.lot ?? undefined, got?.serial ?? undefined, got?.location ?? null, got?.quantity];
        if (JSON.stringify(want) !== JSON.stringify(shown))
          return `reserved ${JSON.stringify(shown)}, not ${want}`;
        hold.id = got?.id ?? '';
        if (lot) lot.claimed = true;
        if (serial) serial.claimed = true;
        model.holds.add(hold);
      }
      return made.length === holds.length ? null : `made ${made.length} reservations, not ${holds.length}`;
    },
  };
}

function reserve(line: Line, plan: CommitLinePlan): void {
  if (plan.serials) for (const code of plan.serials) reservePiece(line, code);
  else if (plan.lots === 'auto') reserveChosen(line);
  else if (plan.lots) for (const row of plan.lots) reserveLot(line, row.code, row.quantity);
  else promise(line);
}

const storeOf = ({ model, item, variant, warehouse }: Line): Store =>
  new Store(model, { item, variant, warehouse, date: model.today, own: [] });

/** Places of a lot a line means, in order. */
const placesFor = ({ warehouse, location }: Line, lot: Lot): string[] =>
  lot
    .places()
    .filter((place) =>
      location === null ? place.startsWith(`${warehouse}|`) : place === `${warehouse}|${location}`,
    )
    .sort(natural);

function takeFrom(
  { model }: Line,
  lot: Lot,
  places: readonly string[],
  store: Store,
  wanted: bigint,
): bigint {
  let left = wanted;
  if (model.refusal(lot, SALE, model.today) !== null) return 0n;
  for (const place of places) {
    if (left > 0n && !model.placeDenies(place, SALE)) left -= store.take(lot, place, left);
  }
  return wanted - left;
}

function reserveLot(line: Line, code: string, quantity: string): void {
  const { model, faults, item, variant, location } = line;
  const lot = model.findLot(item, variant, keyOf(code));
  const steps = parseSteps(quantity, item.unit.decimals) ?? 0n;
  if (!lot) {
    faults.add('rows', 'lot.notFound');
    return;
  }
  if (lot.item !== item || lot.variant !== variant) {
    faults.add('rows', 'lot.wrongItem');
    return;
  }
  const refusal = model.refusal(lot, SALE, model.today);
  if (refusal) {
    faults.add('rows', refusal);
    return;
  }
  const places = placesFor(line, lot);
  if (takeFrom(line, lot, places, storeOf(line), steps) < steps) {
    const held = places.some((place) => lot.at(place) > 0n && model.placeDenies(place, SALE));
    faults.add('rows', 'lot.insufficient', ...(held ? ['location.denied'] : []));
    return;
  }
  line.hold(lot, null, location, steps);
}

/** Lots the item's withdrawal chooses; each is held where the line says, or in the warehouse. */
function reserveChosen(line: Line): void {
  const { model, faults, item, variant, location, steps } = line;
  if (item.lots?.withdrawal === 'manual') {
    faults.add('rows', 'lot.required');
    return;
  }
  const lots = model.inStock(item, variant).flatMap((each) => (each instanceof Lot ? [each] : []));
  const store = storeOf(line);
  const taken: [Lot, bigint][] = [];
  let left = steps;
  for (const lot of lots.sort(byStrategy(item))) {
    const got = takeFrom(line, lot, placesFor(line, lot), store, left);
    if (got > 0n) taken.push([lot, got]);
    left -= got;
  }
  if (left > 0n) {
    faults.add('rows', 'lot.insufficient');
    return;
  }
  for (const [lot, got] of taken) line.hold(lot, null, location, got);
}

function reservePiece(line: Line, code: string): void {
  const { model, faults, item, variant, warehouse, location } = line;
  const serial = model.findSerial(item, variant, keyOf(code));
  const at = serial?.place?.split('|');
  if (!serial) {
    faults.add('rows', 'serial.notFound');
    return;
  }
  if (serial.item !== item || serial.variant !== variant) {
    faults.add('rows', 'serial.wrongItem');
    return;
  }
  if (at?.[0] !== warehouse || (location !== null && at[1] !== location) || serial.place === null) {
    faults.add('rows', 'serial.notHere');
    return;
  }
  const { lot, place } = serial;
  const refusals = [lot && model.refusal(lot, SALE, model.today), model.refusalOf(serial, SALE, [])];
  for (const refusal of refusals) if (refusal) faults.add('rows', refusal);
  if (model.placeDenies(place, SALE)) faults.add('rows', 'location.denied');
  if (faults.any) return;
  const limits = limitsOf(model, line, cellsOf(model, item, variant, warehouse), new Claims(model.holds));
  const covering = limits.filter((limit) => limit.covers({ pile: serial, place }));
  const free = lot
    ? storeOf(line).takeOne(lot, place, one(item))
    : covering.every(({ room }) => room >= one(item));
  if (!free) {
    faults.add('rows', lot ? 'lot.insufficient' : 'stock.insufficient');
    return;
  }
  line.hold(lot, serial, at[1] || null, one(item));
}

/** R138: a promise of the item, kept by whichever stock is good. */
function promise(line: Line): void {
  const { model, faults, item, variant, warehouse, location, steps } = line;
  const cells = cellsOf(model, item, variant, warehouse);
  const limits = limitsOf(model, line, cells, new Claims(model.holds), { location });
  const own = limits.filter(({ place }) => place === null || place === `${warehouse}|${location}`);
  if (own.some(({ room }) => room < steps)) {
    faults.add('rows', 'stock.insufficient');
    return;
  }
  line.hold(null, null, location, steps);
}

/** What must become of a release. */
export function release(model: Register, command: Release): Verdict {
  const refuse = (code: string): Verdict => ({ ok: false, codes: [code], receipt: true });
  if (command.document !== undefined) {
    const holds = model.holds.ofDocument(command.document);
    if (holds.length === 0) return refuse('reservation.notFound');
    return {
      ok: true,
      settle: () => {
        for (const hold of holds) model.holds.change(hold, -hold.open);
        return null;
      },
    };
  }
  const hold = model.holds.byId(command.id ?? '');
  if (!hold) return refuse('reservation.notFound');
  if (hold.open === 0n) return refuse('reservation.closed');
  const steps = command.steps === undefined ? hold.open : BigInt(command.steps);
  if (steps > hold.open) return refuse('reservation.exceeded');
  return {
    ok: true,
    settle: () => {
      model.holds.change(hold, -steps);
      if (hold.serial && hold.document === null) hold.serial.edition++;
      return null;
    },
  };
}
