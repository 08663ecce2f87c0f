/** How a lot, serial or posting stands: its one badge and the edge of its row. No rule is decided here. */
import type { TemplateResult } from 'lit';
import type { Item, Lot, LotStatus, Posting, Serial } from '../../core.ts';
import type { DrawContext } from '../../extensions/types.ts';
import type { MessageKey } from '../../i18n/catalogue.ts';
import type { ExpiryTerms } from '../../i18n/expiry.ts';
import { expirySeverity } from '../../i18n/expiry.ts';
import type { IconName } from '../../icons.ts';
import { badge, type Severity } from '../../primitives/controls.ts';

/** What it takes to say how a record stands. */
export type StandingContext = Pick<DrawContext, 'format' | 'lookups'>;

/** A severity with its word; `text` is the host's own, as a status's description. */
export interface Standing {
  readonly severity: Severity;
  readonly shape?: IconName;
  readonly key?: MessageKey;
  readonly text?: string;
}

/** What a status means on a shelf: blocked, waiting, restricted or released. */
export function statusStanding(status: LotStatus | undefined, code: string | null): Standing {
  if (code === null) return { severity: 'ok', key: 'badge.released' };
  const text = status?.description ?? code;
  if (status === undefined) return { severity: 'ok', text };
  if (!status.available) return { severity: status.planning ? 'notice' : 'danger', text };
  const restricted = Object.values(status.intents).some(
    (verdict) => verdict === 'deny' || verdict === 'warn',
  );
  return { severity: restricted ? 'warn' : 'ok', text };
}

const recalled: Standing = { severity: 'danger', key: 'badge.recalled' };
const expired: Standing = { severity: 'danger', shape: 'expired', key: 'badge.expired' };

/** The one badge of a lot: what stops it first. */
export function lotStanding(lot: Lot, context: StandingContext): Standing {
  if (lot.closed) return { severity: 'neutral', key: 'badge.closed' };
  if (lot.exhausted) return { severity: 'neutral', key: 'badge.exhausted' };
  if (lot.recall) return recalled;
  const status = statusStanding(statusOfCode(lot.status, context), lot.status);
  if (status.severity === 'danger') return status;
  if (lot.expired) return expired;
  if (status.severity === 'ok' && !lot.sellable) return { severity: 'warn', key: 'badge.notSellable' };
  return status;
}

export function serialStanding(serial: Serial, context: StandingContext): Standing {
  if (serial.cancelled) return { severity: 'neutral', key: 'badge.cancelled' };
  if (serial.closed) return { severity: 'neutral', key: 'badge.closed' };
  if (serial.missing) return { severity: 'danger', key: 'badge.missing' };
  if (serial.recall || context.lookups.recalled.has(serial.lotId ?? '')) return recalled;
  const status = statusStanding(statusOfCode(serial.status, context), serial.status);
  if (status.severity === 'danger') return status;
  const here = serial.warehouse !== null;
  if (serial.expired && here) return expired;
  if (serial.reserved) return { severity: 'notice', key: 'badge.reserved' };
  if (status.severity !== 'ok' || serial.status !== null) return status;
  return here ? { severity: 'ok', key: 'badge.inStock' } : { severity: 'neutral', key: 'badge.notInStock' };
}

export function postingStanding(posting: Posting): Standing {
  if (posting.reversed) return { severity: 'neutral', key: 'badge.reversed' };
  if (posting.reverses !== null) return { severity: 'notice', key: 'badge.reversal' };
  return { severity: 'ok', key: 'badge.posted' };
}

const statusOfCode = (code: string | null, { lookups }: StandingContext): LotStatus | undefined =>
  code === null ? undefined : lookups.statuses.get(code);

/** Its word alone, for texts and files. */
export const standingWord = (standing: Standing, { format }: Pick<DrawContext, 'format'>): string =>
  standing.key === undefined ? (standing.text ?? '') : format.text(standing.key);

export function standingBadge(standing: Standing, context: StandingContext): TemplateResult {
  const word = standingWord(standing, context);
  return standing.shape === undefined
    ? badge(standing.severity, word)
    : badge(standing.severity, word, standing.shape);
}

/** The limits of an item's lots. */
export function lotTerms(item: Item | undefined): ExpiryTerms {
  const { shelfLifeDays, warnDays, blockDays } = item?.lots ?? {};
  return { shelfLifeDays, warnDays, blockDays };
}

/** Solid where it is stopped, dashed where it hurries; nothing without stock. */
export function edgeOf(
  standing: Standing,
  stocked: boolean,
  daysLeft: number | null,
  terms: ExpiryTerms,
): 'danger' | 'warn' | '' {
  if (standing.severity === 'danger') return 'danger';
  if (!stocked || standing.severity === 'neutral' || daysLeft === null) return '';
  const severity = expirySeverity(daysLeft, terms);
  if (severity === 'past') return 'danger';
  return severity === 'warn' || severity === 'block' ? 'warn' : '';
}
