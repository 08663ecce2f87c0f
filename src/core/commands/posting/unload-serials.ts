/** Serials of an unload line: named ones, which take their lots along, or the oldest there are (R26, R75, R103). */

import type { PostingSerialRow, SerialRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, optionalKey, US } from '../../ports/keys.ts';
import type { Scalar } from '../../ports/store.ts';
import { isHeld, type LotCandidate } from '../../reading/candidates.ts';
import { spot } from '../../reading/pieces.ts';
import { orderLots, orderSerials } from '../../rules/allocation.ts';
import { ranked } from '../../rules/ranking.ts';
import { stockGuard } from '../../rules/stock-keys.ts';
import { Taking } from '../../rules/taking.ts';
import { usability } from '../../rules/usability.ts';
import { serialBreaks } from './balances.ts';
import type { Draft } from './draft.ts';
import { type Rows, serialRowOf } from './line-rows.ts';
import type { DraftSerial } from './moves.ts';
import { pieces } from './quantities.ts';
import { checkCount, serialForUnload, spellOut } from './serials.ts';
import {
  candidatesOf,
  hostOrderOf,
  namedLots,
  reservedFirst,
  strategyOf,
  type Taken,
  take,
} from './unload-lots.ts';
import { checkSerialUse, pieceSubject, useOf } from './usability.ts';
import type { LineWorld, Tracking } from './world.ts';

/** Serials of an item in stock here, in the order they would be chosen. */
function serialsHere(draft: Draft, line: LineWorld, location: string | null): SerialRecord[] {
  const { item, variant } = line;
  const place: Scalar[] = [
    codeKey(draft.world.warehouse.code),
    ...(location === null ? [] : [codeKey(location)]),
  ];
  const prefix = [codeKey(item.code), optionalKey(variant), ...place];
  return draft.view
    .range('serials', 'inStock', { prefix }, stockGuard(item.code))
    .filter((serial) => !draft.operation.serialMoves.has(serial.id) && canLeave(draft, serial));
}

/** Whether a serial may leave its place on the posting's day, as far as its story goes (R74). */
function canLeave(draft: Draft, serial: SerialRecord): boolean {
  const leaves = { arrives: false, warehouse: draft.world.warehouse.code, location: serial.location };
  return serialBreaks(serial, [leaves], draft) === undefined;
}

function isUsable(draft: Draft, line: LineWorld, serial: DraftSerial): boolean {
  return usability(pieceSubject(draft, serial), useOf(draft, line, serial.location ?? null)).allowed;
}

/** What others hold is never chosen, not even by what may break it when told to (R138). */
const usableHere = (draft: Draft, line: LineWorld): SerialRecord[] =>
  serialsHere(draft, line, line.location).filter(
    (serial) => isUsable(draft, line, serial) && !isHeld(draft.view, serial, draft.claims),
  );

/** The serials an automatic unload takes of all there are; fewer where there are not as many. */
export function pickSerials(
  draft: Draft,
  line: LineWorld,
  count: number,
  usable: readonly SerialRecord[] = usableHere(draft, line),
): SerialRecord[] {
  return line.item.lots
    ? chooseFromLots(draft, line, count, usable)
    : ownFirst(orderSerials(usable, [])).slice(0, count);
}

/** Usable pieces that are reserved are so for the posting's own document, and go first (R99). */
const ownFirst = (serials: readonly SerialRecord[]): SerialRecord[] => [
  ...serials.filter((serial) => serial.reserved),
  ...serials.filter((serial) => !serial.reserved),
];

/** The serials an automatic unload takes (R103): of the given lots and places, or of all. */
function chooseSerials(
  draft: Draft,
  line: LineWorld,
  count: number,
  from: readonly Taken[] | null,
): DraftSerial[] {
  const usable = usableHere(draft, line);
  if (from === null) {
    const chosen = pickSerials(draft, line, count, usable);
    if (chosen.length < count) throw tooFew(line, count, chosen.length);
    return chosen;
  }
  const one = 10 ** line.decimals;
  return from.flatMap((taken) => {
    const wanted = taken.steps / one;
    const here = usable.filter(
      (serial) =>
        serial.lot === taken.lot.id && codeKey(serial.location ?? '') === codeKey(taken.location ?? ''),
    );
    const chosen = orderSerials(here, [taken.lot.id]).slice(0, wanted);
    if (chosen.length < wanted) throw tooFew(line, wanted, chosen.length);
    return chosen;
  });
}

const tooFew = (line: LineWorld, expected: number, given: number): LedgerError =>
  new LedgerError(line.item.lots ? 'lot.insufficient' : 'stock.insufficient', {
    path: `${line.path}.serials`,
    details: { item: line.item.code, available: String(given), shortage: String(expected - given) },
  });

/**
 * Serials in the order the item's withdrawal takes their lots; none that its lot could not spare on that
 * day, since a piece may have come into its lot later than the posting is dated (R74).
 */
function chooseFromLots(
  draft: Draft,
  line: LineWorld,
  count: number,
  usable: readonly SerialRecord[],
): SerialRecord[] {
  const candidates = candidatesOf(draft, line).filter((candidate) => candidate.blocked === null);
  const byStrategy = orderLots(candidates, strategyOf(line), line.item.lots?.prefer ?? null);
  const one = 10 ** line.decimals;
  const order = ranked(byStrategy, hostOrderOf(draft, line, count * one, candidates), ({ lot }) => lot);
  const bySpot = new Map(candidates.map((each) => [spot(each.lot, each.location), each]));
  const taking = new Taking<LotCandidate>(count * one);
  const lots = [...reservedFirst(draft, line, candidates), ...order].map(({ lot }) => lot);
  const chosen: SerialRecord[] = [];
  for (const serial of ownFirst(orderSerials(usable, lots))) {
    const candidate = bySpot.get(spot(serial.lot, serial.location));
    if (!candidate || taking.left(candidate) < one || taking.missing < one) continue;
    taking.take(candidate, one);
    chosen.push(serial);
  }
  return chosen;
}

/** The serials of a line that names them. */
function namedSerials(
  draft: Draft,
  line: LineWorld,
): { serial: DraftSerial; path: string; lotCode: string | null }[] {
  const rows = line.input.serials === 'auto' ? [] : (line.input.serials ?? []);
  return spellOut(draft, line, rows).map((named) => ({
    serial: serialForUnload(draft, line, named),
    path: named.path,
    lotCode: named.row.lot ?? null,
  }));
}

function takeSerials(
  draft: Draft,
  line: LineWorld,
  chosen: readonly { serial: DraftSerial; path: string }[],
): PostingSerialRow[] {
  return chosen.map(({ serial, path }) => {
    const location = draft.operation.placeOf(serial)?.location ?? null;
    checkSerialUse(draft, line, serial, location, path);
    draft.moveSerial(serial, location, path);
    const lot = serial.lot === null ? null : (draft.view.get('lots', serial.lot) ?? null);
    return serialRowOf(serial, lot, location);
  });
}

/** Lot rows counted from the serials that go: each takes its own lot (R26). */
function lotsOfSerials(draft: Draft, line: LineWorld, rows: readonly PostingSerialRow[]): Taken[] {
  const one = 10 ** line.decimals;
  const byPlace = new Map<string, Taken>();
  rows.forEach((row, i) => {
    const lot = row.lot === null ? undefined : draft.view.get('lots', row.lot);
    if (!lot) return;
    const key = lot.id + US + (row.location ?? '');
    const known = byPlace.get(key);
    const path = known?.path ?? `${line.path}.serials[${i}]`;
    byPlace.set(key, {
      lot,
      location: row.location,
      steps: (known?.steps ?? 0) + one,
      note: null,
      path,
      named: false,
    });
  });
  return [...byPlace.values()];
}

/** Steps per lot, with a code to name it by. */
function sumsByLot(rows: readonly Taken[]): Map<string, { code: string; steps: number }> {
  const sums = new Map<string, { code: string; steps: number }>();
  for (const { lot, steps } of rows) {
    sums.set(lot.id, { code: lot.code, steps: (sums.get(lot.id)?.steps ?? 0) + steps });
  }
  return sums;
}

/** The named lots must hold exactly the named serials. */
function checkLotsAgree(line: LineWorld, wanted: readonly Taken[], counted: readonly Taken[]): void {
  const [asked, there] = [sumsByLot(wanted), sumsByLot(counted)];
  const one = 10 ** line.decimals;
  for (const [id, { code }] of [...asked, ...there]) {
    const expected = asked.get(id)?.steps ?? 0;
    const given = there.get(id)?.steps ?? 0;
    if (expected === given) continue;
    throw new LedgerError('serial.countMismatch', {
      path: `${line.path}.serials`,
      details: { expected: expected / one, given: given / one, lot: code },
    });
  }
}

export function unloadSerials(draft: Draft, line: LineWorld, tracking: Tracking, total: number): Rows {
  const count = pieces(line, total);
  const { input } = line;
  const lotRows =
    Array.isArray(input.lots) && input.lots.length > 0 ? namedLots(draft, line, input.lots, total) : null;
  let serials: PostingSerialRow[];
  if (input.serials === 'auto') {
    const chosen = chooseSerials(draft, line, count, lotRows);
    serials = takeSerials(
      draft,
      line,
      chosen.map((serial) => ({ serial, path: `${line.path}.serials` })),
    );
  } else {
    const named = namedSerials(draft, line);
    checkCount(line, named.length, count);
    for (const { serial, path, lotCode } of named) checkOwnLot(draft, serial, path, lotCode);
    serials = takeSerials(draft, line, named);
  }
  if (!tracking.lots) return { lots: [], serials };
  const counted = lotsOfSerials(draft, line, serials);
  if (lotRows) checkLotsAgree(line, lotRows, counted);
  return { lots: take(draft, line, counted), serials };
}

function checkOwnLot(draft: Draft, serial: DraftSerial, path: string, lotCode: string | null): void {
  if (lotCode === null) return;
  const own = serial.lot === null ? undefined : draft.view.get('lots', serial.lot);
  if (own && own.codeKey === codeKey(lotCode)) return;
  throw new LedgerError('serial.wrongLot', {
    path: `${path}.lot`,
    details: { code: serial.code, lot: own?.code ?? null },
  });
}
