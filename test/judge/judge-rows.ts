/** Lot rows and serial rows of a line as the judge sees them. */
import { codesFor } from './choices.ts';
import type { Faults } from './faults.ts';
import type { Learnt, Reading, Work } from './judge-postings.ts';
import type { Register } from './register.ts';
import { Lot, Serial } from './things.ts';
import { addDays, endOfMonth, keyOf, ownDocuments, parseSteps } from './values.ts';
import type { ItemPlan, LinePlan, LotRowPlan, SerialRowPlan } from './world.ts';

/** One piece in steps. */
const one = (item: ItemPlan): bigint => 10n ** BigInt(item.unit.decimals);

/** R58, R64: rows in the line's unit; converted rows are apportioned, the residue on the last. */
function rowSteps(rows: readonly LotRowPlan[], work: Work, faults: Faults): bigint[] {
  const unit = work.item.alternativeUnits?.find((each) => each.code === work.line.unit);
  const decimals = work.item.unit.decimals;
  if (!unit) {
    const each = rows.map((row) => parseSteps(row.quantity, decimals));
    if (each.includes(undefined)) faults.add('rows', 'quantity.precision');
    const sum = each.reduce<bigint>((total, steps) => total + (steps ?? 0n), 0n);
    if (sum !== work.steps) faults.add('rows', 'lot.sumMismatch');
    return each.map((steps) => steps ?? 0n);
  }
  const typed = rows.map((row) => parseSteps(row.quantity, 9) ?? 0n);
  const sum = typed.reduce((total, steps) => total + steps, 0n);
  if (sum !== parseSteps(work.line.quantity, 9)) faults.add('rows', 'lot.sumMismatch');
  const steps = rows.map((row) => parseSteps(row.quantity, decimals, unit) ?? 0n);
  const before = steps.slice(0, -1).reduce((total, each) => total + each, 0n);
  return [...steps.slice(0, -1), work.steps - before];
}

/** Lots of a line: named, or with a code made for them. */
export function readLots(work: Work, reading: Reading): void {
  const { model, plan, template, faults } = reading;
  const { line, item, variant } = work;
  if (line.lots === 'auto' && template.type === 'unload') return;
  if (line.lots === 'auto') {
    const code = codesFor(reading, item, variant, 'lot', 1)?.[0];
    if (code === undefined) faults.add('rows', 'code.overflow');
    else
      work.lots.push({
        lot: newLot({ code, quantity: '0' }, work, reading),
        steps: work.steps,
        place: work.place,
      });
    return;
  }
  const rows = line.lots ?? [];
  const steps = rows.length > 0 ? rowSteps(rows, work, faults) : [];
  const seen = new Map<string, Lot>();
  for (const [index, row] of rows.entries()) {
    const place = row.location ? `${plan.warehouse}|${row.location}` : work.place;
    const again = seen.get(keyOf(row.code));
    if (again) {
      if (model.world.settings.duplicateRows === 'refuse') faults.add('rows', 'lot.repeatedRow');
      work.lots.push({ lot: again, steps: steps[index] ?? 0n, place });
      continue;
    }
    const fresh = made(reading.lots, item, variant, row.code, model);
    const found = fresh ?? model.findLot(item, variant, row.code);
    if (found && (found.item !== item || found.variant !== variant)) faults.add('rows', 'lot.wrongItem');
    else if (template.type === 'load') {
      const whole = together(rows, row.code, faults);
      if (found) loadInto(found, whole, found === fresh, reading);
      const lot = found ?? newLot(whole, work, reading);
      seen.set(keyOf(row.code), lot);
      work.lots.push({ lot, steps: steps[index] ?? 0n, place });
    } else if (!found) {
      const elsewhere = model.elsewhere('lot', row.code);
      faults.add('rows', 'lot.notFound', ...(elsewhere ? ['lot.wrongItem'] : []));
    } else {
      const refusal = model.refusal(found, template, plan.date);
      if (refusal) faults.add('rows', refusal);
      else if (model.placeDenies(place, template)) faults.add('rows', 'location.denied');
      seen.set(keyOf(row.code), found);
      work.lots.push({ lot: found, steps: steps[index] ?? 0n, place });
    }
  }
}

/** What an earlier row of this posting has made under a code, in the scope where the code is unique. */
const made = <T extends Lot | Serial>(
  things: readonly T[],
  item: ItemPlan,
  variant: string | null,
  code: string,
  model: Register,
): T | undefined =>
  things.find(
    (each) =>
      keyOf(each.code) === keyOf(code) && model.scope(each.item, each.variant) === model.scope(item, variant),
  );

/** Within one item a second row of a serial is a repeated one, not a known one. */
const otherItem = (serial: Serial | undefined, item: ItemPlan): Serial | undefined =>
  serial?.item === item ? undefined : serial;

/** R58: what all rows of one code say together; where they disagree, R35 holds among them too. */
function together(rows: readonly LotRowPlan[], code: string, faults: Faults): LotRowPlan {
  const same = rows.filter((row) => keyOf(row.code) === keyOf(code));
  const differ = (field: 'expiryDate' | 'startDate' | 'supplierLot' | 'manufacturer'): boolean =>
    new Set(same.flatMap((row) => row[field] ?? [])).size > 1;
  if (differ('expiryDate')) faults.add('rows', 'lot.expiryConflict');
  if (differ('startDate')) faults.add('rows', 'lot.startDateConflict');
  if (differ('supplierLot')) faults.add('rows', 'lot.supplierLotConflict');
  if (differ('manufacturer')) faults.add('rows', 'lot.manufacturerConflict');
  return Object.assign({}, ...[...same].reverse(), { code: same[0]?.code ?? code });
}

/** R35, R57, R25: a load into a lot that exists; a lot made by hand learns from its first load. */
function loadInto(
  lot: Lot,
  row: LotRowPlan,
  fresh: boolean,
  { template, plan, faults, fills, exempt }: Reading,
): void {
  if (lot.closed) faults.add('rows', 'lot.closed');
  if (lot.live > 0 && !template.allowTopUp && !fresh && !exempt) faults.add('rows', 'lot.alreadyExists');
  const filled = fills.get(lot) ?? {};
  const known = { ...pick(lot), ...filled };
  const first = !lot.moved && !fresh;
  const conflict = (typed: string | undefined, own: string | null): boolean =>
    typed !== undefined && typed !== own && !(first && own === null);
  if (conflict(row.expiryDate, known.expiryDate)) faults.add('rows', 'lot.expiryConflict');
  if (conflict(row.startDate, known.startDate)) faults.add('rows', 'lot.startDateConflict');
  if (conflict(row.supplierLot, known.supplierLot)) faults.add('rows', 'lot.supplierLotConflict');
  if (conflict(row.manufacturer, known.manufacturer)) faults.add('rows', 'lot.manufacturerConflict');
  const supplier = plan.party?.kind === 'supplier' ? plan.party.code : null;
  if (lot.item.lots?.singleSupplier && supplier && known.supplier && supplier !== known.supplier) {
    faults.add('rows', 'lot.supplierMismatch');
  }
  if (!first) {
    // R25: where a lot may only have one supplier, the first that is named is it
    if (lot.item.lots?.singleSupplier && supplier && !known.supplier && !fresh)
      fills.set(lot, { ...known, supplier });
    return;
  }
  const dates = datesOf(
    lot.item,
    { ...row, ...(known.startDate ? { startDate: known.startDate } : {}) },
    plan,
  );
  const learnt = {
    startDate: known.startDate ?? dates.startDate,
    expiryDate: known.expiryDate ?? dates.expiryDate,
    supplierLot: known.supplierLot ?? row.supplierLot ?? null,
    manufacturer: known.manufacturer ?? row.manufacturer ?? null,
    supplier: known.supplier ?? supplier,
  };
  if (learnt.expiryDate && learnt.expiryDate < learnt.startDate) faults.add('rows', 'lot.expiryBeforeStart');
  if (!learnt.expiryDate && lot.item.lots?.expiryRequired) faults.add('rows', 'lot.expiryRequired');
  if (JSON.stringify(learnt) !== JSON.stringify(pick(lot))) fills.set(lot, learnt);
}

const pick = ({ startDate, expiryDate, supplierLot, manufacturer, supplier }: Lot): Learnt => ({
  startDate,
  expiryDate,
  supplierLot,
  manufacturer,
  supplier,
});

/** R27, R128: typed dates, or computed ones. */
export function datesOf(
  item: ItemPlan,
  row: { readonly startDate?: string; readonly expiryDate?: string },
  on: { readonly date: string; readonly document?: { readonly date: string } },
): { startDate: string; expiryDate: string | null } {
  const document = item.lots?.startDateFrom === 'document' ? on.document?.date : undefined;
  const startDate = row.startDate ?? document ?? on.date;
  const days = item.lots?.shelfLifeDays;
  const exact = days === undefined ? null : addDays(startDate, days);
  const computed = exact && item.lots?.expiryRounding === 'lastDayOfMonth' ? endOfMonth(exact) : exact;
  return { startDate, expiryDate: row.expiryDate ?? computed };
}

/** R34, R41: what a new lot starts with. */
function newLot(row: LotRowPlan, { item, variant }: Work, { model, plan, faults, lots }: Reading): Lot {
  const lot = new Lot(item, variant, row.code);
  const { startDate, expiryDate } = datesOf(item, row, plan);
  lot.startDate = startDate;
  lot.expiryDate = expiryDate;
  lot.status = item.lots?.initialStatus ?? null;
  lot.supplier = plan.party?.kind === 'supplier' ? plan.party.code : null;
  lot.supplierLot = row.supplierLot ?? null;
  lot.manufacturer = row.manufacturer ?? null;
  if (model.lotCodeTaken(item, variant, row.code)) faults.add('rows', 'lot.duplicate', 'lot.alreadyExists');
  if (!lot.expiryDate && item.lots?.expiryRequired) faults.add('rows', 'lot.expiryRequired');
  if (lot.expiryDate && lot.expiryDate < startDate) faults.add('rows', 'lot.expiryBeforeStart');
  lots.push(lot);
  return lot;
}

/** Serials of a line: named, or with codes made for them. */
export function readSerials(work: Work, reading: Reading, earlier: readonly LinePlan[]): void {
  const { model, template, faults } = reading;
  const { line, item, variant } = work;
  if (work.steps % one(item) !== 0n) faults.add('rows', 'serial.fractional');
  const count = Number(work.steps / one(item));
  if (line.serials === 'auto') {
    const codes = codesFor(reading, item, variant, 'serial', count);
    if (!codes) faults.add('rows', 'code.overflow');
    for (const code of codes ?? []) {
      const serial = newSerial(code, work, work.lots[0]?.lot ?? null, reading);
      work.serials.push({ serial, place: work.lots[0]?.place ?? work.place, lot: serial.lot });
    }
    return;
  }
  const rows = line.serials ?? [];
  if (rows.length !== count) faults.add('rows', 'serial.countMismatch');
  for (const [index, row] of rows.entries()) {
    const twice = (other: SerialRowPlan): boolean => keyOf(other.code) === keyOf(row.code);
    if (rows.slice(0, index).some(twice)) faults.add('rows', 'serial.repeated');
    const ofItem = earlier.filter(
      (each) => keyOf(each.item) === keyOf(line.item) && each.variant === line.variant,
    );
    if (ofItem.some((each) => Array.isArray(each.serials) && each.serials.some(twice)))
      faults.add('rows', 'serial.repeated');
    const serial =
      model.findSerial(item, variant, row.code) ??
      otherItem(made(reading.serials, item, variant, row.code, model), item);
    if (serial && (serial.item !== item || serial.variant !== variant))
      faults.add('rows', 'serial.wrongItem');
    else if (template.type === 'load') loadSerial(serial, row, work, reading);
    else takeSerial(serial, row, work, reading);
  }
  if (template.type === 'load') lotCounts(work, faults);
}

/** R26: the quantity of each lot row is the number of its serials. */
function lotCounts(work: Work, faults: Faults): void {
  for (const lot of new Set(work.lots.map((row) => row.lot))) {
    const rows = work.lots.filter((row) => row.lot === lot).reduce((sum, row) => sum + row.steps, 0n);
    const count = work.serials.filter((row) => row.lot === lot).length;
    if (BigInt(count) * one(work.item) !== rows) faults.add('rows', 'serial.countMismatch');
  }
}

function newSerial(code: string, { item, variant }: Work, lot: Lot | null, reading: Reading): Serial {
  const serial = new Serial(item, variant, code);
  serial.lot = lot;
  reading.serials.push(serial);
  return serial;
}

function loadSerial(serial: Serial | undefined, row: SerialRowPlan, work: Work, reading: Reading): void {
  const { model, faults } = reading;
  const rows = work.lots;
  const named =
    row.lot === undefined ? undefined : rows.find((each) => keyOf(each.lot.code) === keyOf(row.lot ?? ''));
  if (work.item.lots && row.lot === undefined && new Set(rows.map((each) => each.lot)).size > 1) {
    faults.add('rows', 'serial.lotRequired');
  }
  if (work.item.lots && row.lot !== undefined && !named)
    faults.add('rows', 'serial.wrongLot', 'lot.notFound');
  const at = named ?? rows[0];
  const lot = at?.lot ?? null;
  const place = at?.place ?? work.place;
  if (!serial) {
    work.serials.push({ serial: newSerial(row.code, work, lot, reading), place, lot });
    return;
  }
  if (serial.closed) faults.add('rows', 'serial.closed');
  if (serial.cancelled) faults.add('rows', 'serial.cancelled');
  if (serial.place !== null) faults.add('rows', 'serial.alreadyInStock');
  else if (serial.live > 0 && !model.world.settings.allowExistingSerial)
    faults.add('rows', 'serial.shippedBefore');
  if (serial.live > 0 && serial.lot !== lot) faults.add('rows', 'serial.wrongLot');
  work.serials.push({ serial, place, lot });
}

function takeSerial(serial: Serial | undefined, row: SerialRowPlan, work: Work, reading: Reading): void {
  const { model, plan, template, faults } = reading;
  if (!serial) {
    const elsewhere = model.elsewhere('serial', row.code);
    faults.add('rows', elsewhere ? 'serial.wrongItem' : 'serial.notFound');
    return;
  }
  const refusals = [
    model.refusalOf(serial, template, ownDocuments(plan)),
    serial.lot && model.refusal(serial.lot, template, plan.date),
  ];
  for (const refusal of refusals) if (refusal) faults.add('rows', refusal);
  if (model.placeDenies(work.place, template)) faults.add('rows', 'location.denied');
  if (serial.place !== work.place) faults.add('rows', 'serial.notHere');
  if (serial.lot && !Array.isArray(work.line.lots)) {
    work.lots.push({ lot: serial.lot, steps: one(work.item), place: work.place });
  }
  work.serials.push({ serial, place: work.place, lot: serial.lot });
}
