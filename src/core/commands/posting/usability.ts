/** Whether the lots and serials of a posting may be used: asks the one rule, refuses or warns. */
import { LedgerError } from '../../ports/errors.ts';
import { isHeld } from '../../reading/candidates.ts';
import { placeOf } from '../../reading/places.ts';
import { lotSubject, serialSubject } from '../../reading/stock.ts';
import {
  type Usability,
  type UsabilitySubject,
  type Use,
  untrackedSubject,
  usability,
} from '../../rules/usability.ts';
import type { Draft } from './draft.ts';
import { breaks } from './fulfilment.ts';
import type { DraftLot, DraftSerial } from './moves.ts';
import type { LineWorld } from './world.ts';

/** What a line of a posting would use stock for; from where, if that has a policy of its own (R130). */
export function useOf(draft: Draft, line: LineWorld, location: string | null = null): Use {
  const { world, context, date, operation } = draft;
  return {
    intent: world.intent,
    day: date,
    today: context.today,
    allowUnavailable: Boolean(world.template.allowUnavailable),
    forceExpired: context.may('expired.force') && Boolean(context.force?.reason?.trim()),
    sellableBlocks: operation.settings.sellableBlocks,
    direction: world.type,
    place: world.type === 'load' ? null : placeOf(world.warehouse, location),
    intoQuarantine: line.intoQuarantine ?? false,
  };
}

function judge(answer: Usability, draft: Draft, path: string): void {
  const [first] = answer.reasons;
  if (!answer.allowed && first) {
    const reasons = answer.reasons.map((reason) => reason.why);
    throw new LedgerError(first.code, { path, details: { ...first.details, reasons } });
  }
  for (const { code, details } of answer.warnings) draft.operation.warnings.push({ code, path, details });
}

/**
 * @param location where the lot is taken from, or brought to
 * @throws LedgerError with the first reason in R43's order; all of them in `details.reasons`
 */
export function checkLotUse(
  draft: Draft,
  line: LineWorld,
  lot: DraftLot,
  location: string | null,
  path: string,
): void {
  judge(usability(lotSubject(lot, line.item, draft.view), useOf(draft, line, location)), draft, path);
}

/** As {@link checkLotUse}, of stock in no lot: only its place may speak against it (R130). */
export function checkUntrackedUse(
  draft: Draft,
  line: LineWorld,
  location: string | null,
  path: string,
): void {
  const use = useOf(draft, line, location);
  if (use.place) judge(usability(untrackedSubject(line.item.code), use), draft, path);
}

/**
 * A piece as this posting sees it: what its own document reserved is not reserved to it, and what it may break
 * is said where it is broken (R138).
 */
export function pieceSubject(draft: Draft, serial: DraftSerial): UsabilitySubject {
  const reserved = !breaks(draft.world.intent) && isHeld(draft.view, serial, draft.claims);
  return { ...serialSubject(serial, draft.view), reserved };
}

/** As {@link checkLotUse}, of a serial: what it says itself, its lot aside. */
export function checkSerialUse(
  draft: Draft,
  line: LineWorld,
  serial: DraftSerial,
  location: string | null,
  path: string,
): void {
  judge(usability(pieceSubject(draft, serial), useOf(draft, line, location)), draft, path);
}
