/**
 * One line of a load: which lots and serials it brings, where they go, and what that adds. An item with
 * both has its serials counted in their lots (R26).
 */

import type { LotRowInput } from '../../model/posting.ts';
import type { PostingLotRow, PostingSerialRow } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, US } from '../../ports/keys.ts';
import { gather } from '../../ports/view.ts';
import { locationIn } from '../../reading/references.ts';
import type { Draft } from './draft.ts';
import { lotRowOf, type Rows, serialRowOf } from './line-rows.ts';
import { generateLot, lotForLoad } from './load-lots.ts';
import type { DraftLot } from './moves.ts';
import { pieces, rowSteps } from './quantities.ts';
import { checkCount, generateSerials, type NamedSerial, serialForLoad, spellOut } from './serials.ts';
import { checkLotUse, checkSerialUse } from './usability.ts';
import type { LineWorld, Tracking } from './world.ts';

const codePath = (row: LoadedLot): string => (row.input ? `${row.path}.code` : row.path);

interface LoadedLot {
  readonly lot: DraftLot;
  readonly input: LotRowInput | null;
  readonly steps: number;
  readonly location: string | null;
  readonly path: string;
}

/** The place a row goes to; required where the warehouse has locations. */
export function placeFor(
  draft: Pick<Draft, 'world'>,
  line: LineWorld,
  typed: string | null | undefined,
  path: string,
): string | null {
  const { warehouse } = draft.world;
  const location = typed ? locationIn(warehouse, typed, path) : line.location;
  if (location === null && (warehouse.locations?.length ?? 0) > 0) {
    throw new LedgerError('location.required', { path, details: { warehouse: warehouse.code } });
  }
  return location;
}

/** Lot rows made from what the serial rows name, where the line names no lots itself. */
function rowsFromSerials(line: LineWorld, serials: readonly NamedSerial[]): LotRowInput[] {
  const counts = new Map<string, { code: string; count: number }>();
  for (const { row, path } of serials) {
    if (!row.lot)
      throw new LedgerError('lot.required', { path: `${path}.lot`, details: { item: line.item.code } });
    const known = counts.get(codeKey(row.lot));
    if (known) known.count++;
    else counts.set(codeKey(row.lot), { code: row.lot, count: 1 });
  }
  return [...counts.values()].map(({ code, count }) => ({ code, quantity: String(count) }));
}

function loadLots(
  draft: Draft,
  line: LineWorld,
  total: number,
  serials: readonly NamedSerial[] | null,
): LoadedLot[] {
  const { lots } = line.input;
  if (lots === 'auto') {
    const path = `${line.path}.lots`;
    const location = placeFor(draft, line, null, `${line.path}.location`);
    draft.operation.countRows(1, path);
    const lot = generateLot(draft, line, {}, path);
    return [{ lot, input: null, steps: total, location, path }];
  }
  const named = lots && lots.length > 0;
  const rows = named ? lots : rowsFromSerials(line, serials ?? []);
  const one = 10 ** line.decimals;
  const steps = named ? rowSteps(line, rows, total) : rows.map((row) => Number(row.quantity) * one);
  const loaded = new Map<string, LoadedLot>();
  draft.operation.countRows(rows.length, `${line.path}.lots`);
  gather(rows, (row, i) => {
    const path = `${line.path}.lots[${i}]`;
    const at = row.location ? `${path}.location` : `${line.path}.location`;
    const location = placeFor(draft, line, row.location, at);
    const lot = lotForLoad(draft, line, row, path);
    draft.operation.touched.add(lot.id);
    const key = lot.id + US + (location ?? '');
    const known = loaded.get(key);
    if (known && draft.operation.settings.duplicateRows === 'refuse') {
      throw new LedgerError('lot.repeatedRow', { path: `${path}.code`, details: { code: lot.code } });
    }
    const sum = (known?.steps ?? 0) + (steps[i] as number);
    loaded.set(key, { lot, input: known?.input ?? row, steps: sum, location, path: known?.path ?? path });
  });
  return [...loaded.values()];
}

/** The rows of the lot a serial goes into: the one it names, or the only one. */
function lotOfSerial(
  named: NamedSerial,
  lots: ReadonlyMap<string, readonly LoadedLot[]>,
): readonly LoadedLot[] {
  if (!named.row.lot) {
    const [only] = lots.values();
    if (only && lots.size === 1) return only;
    throw new LedgerError('serial.lotRequired', { path: `${named.path}.lot` });
  }
  const found = lots.get(codeKey(named.row.lot));
  if (found) return found;
  throw new LedgerError('lot.notFound', { path: `${named.path}.lot`, details: { code: named.row.lot } });
}

/** Puts the serials of an item with lots into their lots' rows; the counts must agree. */
function loadBoth(
  draft: Draft,
  line: LineWorld,
  lots: readonly LoadedLot[],
  serials: readonly NamedSerial[],
): Rows {
  const one = 10 ** line.decimals;
  const left = new Map(lots.map((each) => [each, each.steps]));
  const byLot = new Map<string, LoadedLot[]>();
  for (const each of lots) byLot.set(each.lot.codeKey, [...(byLot.get(each.lot.codeKey) ?? []), each]);
  const placed = new Map<string, { lot: LoadedLot; location: string | null; steps: number }>();
  const serialRows: PostingSerialRow[] = [];
  gather(serials, (named) => {
    const wanted = lotOfSerial(named, byLot);
    // rows of one lot at several places are filled in their order
    const row = wanted.find((each) => (left.get(each) ?? 0) > 0) ?? (wanted[0] as LoadedLot);
    left.set(row, (left.get(row) ?? 0) - one);
    const location = named.row.location
      ? placeFor(draft, line, named.row.location, `${named.path}.location`)
      : row.location;
    const serial = serialForLoad(draft, line, named, row.lot);
    checkSerialUse(draft, line, serial, location, named.path);
    draft.moveSerial(serial, location, named.path);
    serialRows.push(serialRowOf(serial, row.lot, location));
    const key = `${row.lot.id}${US}${location ?? ''}`;
    const at = placed.get(key);
    if (at) at.steps += one;
    else placed.set(key, { lot: row, location, steps: one });
  });
  for (const [row, rest] of left) {
    if (rest === 0) continue;
    const expected = row.steps / one;
    throw new LedgerError('serial.countMismatch', {
      path: `${row.path}.quantity`,
      details: { expected, given: expected - rest / one, lot: row.lot.code },
    });
  }
  const lotRows = [...placed.values()].map(({ lot, location, steps }) => {
    checkLotUse(draft, line, lot.lot, location, codePath(lot));
    move(draft, line, lot.lot, location, steps, lot.path);
    return lotRowOf(lot.lot, location, steps, lot.input?.note ?? null);
  });
  return { lots: lotRows, serials: serialRows };
}

function move(
  draft: Draft,
  line: LineWorld,
  lot: DraftLot | null,
  location: string | null,
  steps: number,
  path: string,
): void {
  const { item, variant, decimals } = line;
  draft.move({ lot, item: item.code, variant, decimals, location, path, steps });
}

function loadSerials(draft: Draft, line: LineWorld, serials: readonly NamedSerial[]): Rows {
  const rows = gather(serials, (named) => {
    const path = named.row.location ? `${named.path}.location` : `${line.path}.location`;
    const location = placeFor(draft, line, named.row.location, path);
    const serial = serialForLoad(draft, line, named, null);
    checkSerialUse(draft, line, serial, location, named.path);
    draft.moveSerial(serial, location, named.path);
    return serialRowOf(serial, null, location);
  });
  return { lots: [], serials: rows };
}

/** What one line of a load brings. */
export function loadLine(draft: Draft, line: LineWorld, tracking: Tracking, total: number): Rows {
  if (total === 0) return { lots: [], serials: [] };
  let serials: NamedSerial[] | null = null;
  if (tracking.serials) {
    const count = pieces(line, total);
    const { input } = line;
    serials =
      input.serials === 'auto'
        ? generateSerials(draft, line, count)
        : spellOut(draft, line, input.serials ?? []);
    checkCount(line, serials.length, count);
  }
  if (!tracking.lots) {
    if (serials) return loadSerials(draft, line, serials);
    const location = placeFor(draft, line, null, `${line.path}.location`);
    move(draft, line, null, location, total, line.path);
    return { lots: [], serials: [], location };
  }
  const lots = loadLots(draft, line, total, serials);
  if (serials) return loadBoth(draft, line, lots, serials);
  const rows: PostingLotRow[] = lots.map(({ lot, input, steps, location, path }) => {
    checkLotUse(draft, line, lot, location, input ? `${path}.code` : path);
    move(draft, line, lot, location, steps, path);
    return lotRowOf(lot, location, steps, input?.note ?? null);
  });
  return { lots: rows, serials: [] };
}
