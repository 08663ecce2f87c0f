/**
 * The two sides of a transfer (R77): what leaves is what arrives, lots, dates and serials included; only
 * the place differs. The same lots move, so nothing is asked of the load that a load of new stock is asked
 * (R57), and nothing a lot knows of itself changes (R97, R122).
 */
import type { LineInput, LotRowInput, PostingInput } from '../../model/posting.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import { gather } from '../../ports/view.ts';
import { placeOf } from '../../reading/places.ts';
import { sumDecimals } from '../../rules/quantities.ts';
import { mismatch, rowsAsked, rowsAt } from './arriving.ts';
import { type Measured, measure, recordLine, takeLines } from './lines.ts';
import { type Asked, askedOf, type Sides } from './sides.ts';
import { type LineWorld, resolveLines } from './world.ts';

/** Where a transfer goes when its lines do not say: what was asked, or the template's default. */
function destination({ into, other }: Sides, location: string | null): string | null {
  const { warehouse, template } = into.world;
  const place = (into === other ? location : null) ?? template.defaultLocation ?? null;
  if (place === null && (warehouse.locations?.length ?? 0) > 0) {
    const path = 'counterpart.location';
    throw new LedgerError('location.required', { path, details: { warehouse: warehouse.code } });
  }
  return place;
}

/** Whether everything of a line goes to places that take in what may not be used (R78). */
function goesToQuarantine({ into }: Sides, target: LineWorld | undefined, place: string | null): boolean {
  const { lots, serials } = target?.input ?? {};
  const rows = [...(Array.isArray(lots) ? lots : []), ...(Array.isArray(serials) ? serials : [])];
  const own = target?.location ?? place;
  const places = rows.length > 0 ? rows.map((row) => row.location ?? own) : [own];
  return places.every((each) => placeOf(into.world.warehouse, each)?.quarantine);
}

/** Lot rows without their places; one lot at several of them is one row. */
function lotsAnywhere(rows: readonly LotRowInput[]): LotRowInput[] {
  const byCode = new Map<string, LotRowInput>();
  for (const { location: _, ...row } of rows) {
    const key = codeKey(row.code ?? '');
    const known = byCode.get(key);
    byCode.set(key, known ? { ...known, quantity: sumDecimals([known.quantity, row.quantity]) } : row);
  }
  return [...byCode.values()];
}

/** A line that says where something goes, as the line that takes it from the other side. */
function leavingLine(line: LineInput, location: string | null): LineInput {
  const { lots, serials, location: _, ...rest } = line;
  return {
    ...rest,
    location,
    ...(lots ? { lots: Array.isArray(lots) ? lotsAnywhere(lots) : lots } : {}),
    ...(serials
      ? { serials: Array.isArray(serials) ? serials.map(({ location: __, ...row }) => row) : serials }
      : {}),
  };
}

/** What leaves, and for each line what was said of where it arrives. */
interface Route {
  readonly leaving: readonly LineWorld[];
  readonly targets: readonly LineWorld[] | null;
}

function routeOf(args: PostingInput, { source, out }: Sides, asked: Asked): Route {
  const { lines, opposite, location } = asked;
  if (source === out) return { leaving: lines, targets: opposite };
  const leaving =
    opposite ??
    resolveLines(
      out,
      args.lines.map((line) => leavingLine(line, location)),
      '',
    );
  return { leaving, targets: lines };
}

/** Both sides have the same lines: as many, of the same items. */
function checkSameLines({ leaving, targets }: Route, { source, out }: Sides): void {
  if (targets === null) return;
  if (leaving.length !== targets.length) {
    const [expected, given] = source === out ? [leaving, targets] : [targets, leaving];
    throw mismatch('counterpart.lines', expected.length, given.length);
  }
  leaving.forEach((line, i) => {
    const target = targets[i] as LineWorld;
    const [mine, theirs] = source === out ? [line, target] : [target, line];
    if (line.item.id !== target.item.id) {
      throw mismatch(`${theirs.path}.item`, mine.item.code, theirs.item.code);
    }
    if (line.variant !== target.variant) {
      throw mismatch(`${theirs.path}.variant`, mine.variant, theirs.variant);
    }
  });
}

/** Brings in what one line took out, where it was asked to, and records it. */
function arrive(
  sides: Sides,
  index: number,
  target: LineWorld | null,
  left: Measured,
  place: string | null,
): void {
  const { into, out } = sides;
  const taken = out.lines[index];
  if (!taken) return;
  const asked = target ?? left.line;
  const rows = target === null ? rowsAt(taken, place) : rowsAsked(into, taken, target);
  const { item, variant, decimals } = taken;
  const { path } = asked;
  for (const row of rows.lots) {
    const lot = into.view.get('lots', row.lot) ?? null;
    into.move({ lot, item, variant, decimals, location: row.location, path, steps: row.quantity });
  }
  for (const row of rows.serials) {
    const serial = into.view.get('serials', row.serial);
    if (serial) into.moveSerial(serial, row.location, path);
  }
  if (taken.quantity > 0 && rows.lots.length === 0 && rows.serials.length === 0) {
    const location = rows.location ?? null;
    into.move({ lot: null, item, variant, decimals, location, path, steps: taken.quantity });
  }
  recordLine(into, { line: asked, total: taken.quantity }, rows);
}

/** Posts a transfer, whichever of its sides was asked for. */
export function postTransfer(args: PostingInput, sides: Sides): void {
  const { out } = sides;
  const asked = askedOf(args, sides);
  const route = routeOf(args, sides, asked);
  checkSameLines(route, sides);
  const place = route.targets === null ? destination(sides, asked.location) : null;
  const leaving = route.leaving.map((line, i) =>
    goesToQuarantine(sides, route.targets?.[i], place) ? { ...line, intoQuarantine: true } : line,
  );
  const measured = measure(out, leaving);
  takeLines(out, measured);
  gather(measured, (each, i) => arrive(sides, i, route.targets?.[i] ?? null, each, place));
}
