/**
 * The one answer to whether a lot or serial may be used, and why not. Pickers, allocation, validation, lists
 * and reports all ask here, so they cannot disagree (R28, R36–R38, R42–R45, R47, R49–R52, R78, R130). The
 * reasons come in R43's order: closed, cancelled, recalled, block rule, expired, status, inspection, sellable,
 * block window, place, reserved.
 */
import type { InspectionPolicy, Intent, LocationInput, LotStatusInput } from '../model/inputs.ts';
import type { InspectionSummary, IsoDate } from '../model/records.ts';
import type { ErrorCode } from '../ports/catalogue.ts';
import { daysLeft, isExpired } from './expiry.ts';
import { inspectionProblem } from './inspections.ts';
import { placeVerdict } from './places.ts';

/** What is asked about. */
export interface UsabilitySubject {
  /** Decides between the errors of lots and of serials; a lot unless said. */
  readonly kind?: 'lot' | 'serial';
  readonly code: string;
  readonly closed: boolean;
  readonly cancelled?: boolean;
  /** In an open recall, or in one that was closed without freeing it (R52). */
  readonly recalled?: boolean;
  /** Code of the rule that took it into quarantine, while its status is still the rule's (R51). */
  readonly blockRule?: string | null;
  /** What its inspections must say, and what they do (R49, R50); absent = not asked. */
  readonly inspection?: {
    readonly policy: InspectionPolicy;
    readonly found: InspectionSummary | null;
  } | null;
  readonly expiryDate: IsoDate | null;
  readonly sellable: boolean;
  /** Of a serial in a lot, the stricter of both (R131): see {@link stricterStatus}. */
  readonly status: LotStatusInput | null;
  /** Held by another document, or by hand. */
  readonly reserved?: boolean;
  /** Days before the expiry; 0 or absent = off. */
  readonly warnDays?: number | null | undefined;
  readonly blockDays?: number | null | undefined;
}

/** Stock of an item in no lot and no single piece: nothing but its place speaks against it (R54, R130). */
export const untrackedSubject = (item: string): UsabilitySubject => ({
  code: item,
  closed: false,
  expiryDate: null,
  sellable: true,
  status: null,
});

/** What for, and under which permissions. */
export interface Use {
  readonly intent: Intent;
  /** The day that matters: of the posting, of the need, or today (R28). */
  readonly day: IsoDate;
  readonly today: IsoDate;
  /** The template takes lots in an unavailable state. */
  readonly allowUnavailable: boolean;
  /** The actor may, and does, force an expired lot. */
  readonly forceExpired: boolean;
  readonly sellableBlocks: 'sale' | 'all';
  /** Into stock or out of it; out unless said. A load asks only whether the lot is closed or cancelled. */
  readonly direction?: 'load' | 'unload';
  /** The place it is taken from, where that has a policy (R130). */
  readonly place?: LocationInput | null | undefined;
  /** A transfer into a location that takes in what may not be used (R78). */
  readonly intoQuarantine?: boolean;
}

/** Why not, in one word. */
export type Why =
  | 'closed'
  | 'cancelled'
  | 'recalled'
  | 'blockRule'
  | 'expired'
  | 'status'
  | 'inspection'
  | 'sellable'
  | 'blockWindow'
  | 'place'
  | 'reserved';

/** One reason, or one warning. */
export interface Reason {
  readonly code: ErrorCode;
  readonly why: Why;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The answer: not allowed when there is a reason; warnings are for a use that is. */
export interface Usability {
  readonly allowed: boolean;
  /** In R43's order. */
  readonly reasons: readonly Reason[];
  readonly warnings: readonly Reason[];
}

/** How a status treats an intent: its own word, else deny where it does not count as available. */
export function statusVerdict(status: LotStatusInput | null, intent: Intent): 'allow' | 'warn' | 'deny' {
  return status?.intents?.[intent] ?? (status?.available === false ? 'deny' : 'allow');
}

const severity = { allow: 0, warn: 1, deny: 2 } as const;

/** The status that is stricter on an intent, of a serial and its lot (R131); `a` when they agree. */
export function stricterStatus(
  a: LotStatusInput | null,
  b: LotStatusInput | null,
  intent: Intent,
): LotStatusInput | null {
  const [x, y] = [severity[statusVerdict(a, intent)], severity[statusVerdict(b, intent)]];
  if (x !== y) return x > y ? a : b;
  // equal for the intent: what does not count as available is the stricter
  return a?.available !== false && b?.available === false ? b : (a ?? b);
}

/** Uses that put stock right or away: an expired or blocked lot is no obstacle to them (R38). */
const exempt: ReadonlySet<Intent> = new Set(['scrap', 'count', 'supplierReturn', 'inspection']);
/** Of those, the ones that may break a reservation and say so (R138). */
const breaking: ReadonlySet<Intent> = new Set(['scrap', 'count']);

const lotCodes = {
  closed: 'lot.closed',
  cancelled: 'lot.cancelled',
  recalled: 'lot.recalled',
  blockRule: 'lot.unavailable',
  expired: 'lot.expired',
  status: 'lot.unavailable',
  inspection: 'lot.notInspected',
  sellable: 'lot.notSellable',
  blockWindow: 'lot.unavailable',
  place: 'location.denied',
  reserved: 'lot.reserved',
} as const satisfies Record<Why, ErrorCode>;

const serialCodes = {
  ...lotCodes,
  closed: 'serial.closed',
  cancelled: 'serial.cancelled',
  expired: 'serial.expired',
  reserved: 'serial.reserved',
} as const satisfies Record<Why, ErrorCode>;

const within = (left: number | null, days: number | null | undefined): left is number =>
  left !== null && left >= 0 && !!days && left <= days;

/** Collects reasons and warnings in the order in which they are asked. */
class Verdict {
  readonly reasons: Reason[] = [];
  readonly warnings: Reason[] = [];
  private readonly subject: UsabilitySubject;

  constructor(subject: UsabilitySubject) {
    this.subject = subject;
  }

  private reason(why: Why, details: object, code?: ErrorCode): Reason {
    const codes = this.subject.kind === 'serial' ? serialCodes : lotCodes;
    return { code: code ?? codes[why], why, details: { code: this.subject.code, ...details } };
  }

  deny(why: Why, details: object = {}): void {
    this.reasons.push(this.reason(why, details));
  }

  warn(why: Why, details: object, code?: ErrorCode): void {
    this.warnings.push(this.reason(why, details, code));
  }
}

function askExpiry(verdict: Verdict, { expiryDate }: UsabilitySubject, use: Use): void {
  if (isExpired(expiryDate, use.day)) {
    const enough = use.forceExpired || (use.allowUnavailable && use.intent !== 'sale');
    if (enough) verdict.warn('expired', { expiryDate });
    else verdict.deny('expired', { expiryDate });
  } else if (isExpired(expiryDate, use.today)) verdict.warn('expired', { expiryDate }, 'lot.expiredSince');
}

function askStatus(verdict: Verdict, { status }: UsabilitySubject, use: Use): void {
  const word = statusVerdict(status, use.intent);
  const details = { status: status?.code };
  if (word === 'deny' && !use.allowUnavailable) verdict.deny('status', details);
  else if (word === 'warn') verdict.warn('status', details, 'lot.statusWarning');
}

/** Its status holds it because a rule gave it: the rule is named too, in its own place (R43, R51). */
function askBlockRule(verdict: Verdict, { blockRule, status }: UsabilitySubject, use: Use): void {
  if (!blockRule || use.allowUnavailable || statusVerdict(status, use.intent) !== 'deny') return;
  verdict.deny('blockRule', { blockRule, status: status?.code });
}

function askInspection(verdict: Verdict, { inspection }: UsabilitySubject, use: Use): void {
  if (!inspection || use.allowUnavailable) return;
  const problem = inspectionProblem(inspection.policy, inspection.found, use.intent);
  if (problem) verdict.deny('inspection', { inspection: problem });
}

function askPlace(verdict: Verdict, use: Use): void {
  if (!use.place) return;
  const word = placeVerdict(use.place, use.intent, use.allowUnavailable);
  const details = { location: use.place.code, intent: use.intent };
  if (word === 'deny') verdict.deny('place', details);
  else if (word === 'warn') verdict.warn('place', details, 'location.warning');
}

function askWindows(verdict: Verdict, subject: UsabilitySubject, use: Use): void {
  const { expiryDate } = subject;
  const days = daysLeft(expiryDate, use.day);
  const blocked = within(days, subject.blockDays);
  if (blocked && !use.allowUnavailable)
    verdict.deny('blockWindow', { expiryDate, days, blockDays: subject.blockDays });
  else if (blocked || within(days, subject.warnDays))
    verdict.warn('blockWindow', { expiryDate, days }, 'lot.expiresSoon');
}

/**
 * Whether a lot or serial may be used.
 *
 * @example
 * usability(lot, { intent: 'sale', day: '2026-11-22', today: '2026-11-22', allowUnavailable: false,
 *   forceExpired: false, sellableBlocks: 'sale' })
 * // { allowed: false, reasons: [{ code: 'lot.expired', why: 'expired', details: {…} }], warnings: [] }
 */
export function usability(subject: UsabilitySubject, use: Use): Usability {
  const verdict = new Verdict(subject);
  const free = use.direction === 'load' || exempt.has(use.intent);
  if (subject.closed) verdict.deny('closed');
  if (subject.cancelled) verdict.deny('cancelled');
  if (!free && !use.intoQuarantine) {
    if (subject.recalled) verdict.deny('recalled');
    askBlockRule(verdict, subject, use);
    askExpiry(verdict, subject, use);
    askStatus(verdict, subject, use);
    askInspection(verdict, subject, use);
    if (!subject.sellable && (use.intent === 'sale' || use.sellableBlocks === 'all'))
      verdict.deny('sellable');
    askWindows(verdict, subject, use);
  }
  if (!free) askPlace(verdict, use);
  if (subject.reserved && use.direction !== 'load') {
    if (breaking.has(use.intent)) verdict.warn('reserved', {});
    else verdict.deny('reserved');
  }
  return { allowed: verdict.reasons.length === 0, reasons: verdict.reasons, warnings: verdict.warnings };
}

/**
 * Whether its stock counts as available on a day (R41, R42, R45, R124): computed when read, never stored.
 * What may not be sold for want of an inspection does not (R49). `sellable` does not matter (R44), where it
 * lies is asked by `isPlaceAvailable`, and what is reserved is the reader's to subtract.
 */
export function countsAsAvailable(subject: UsabilitySubject, day: IsoDate): boolean {
  const { inspection } = subject;
  return (
    !(inspection && inspectionProblem(inspection.policy, inspection.found, 'sale')) &&
    !subject.closed &&
    !subject.cancelled &&
    !subject.recalled &&
    !isExpired(subject.expiryDate, day) &&
    subject.status?.available !== false &&
    !within(daysLeft(subject.expiryDate, day), subject.blockDays)
  );
}
