/**
 * What lots come to when they are mixed: whether they may be at all (R93), the strictest status, the earliest
 * dates (R92), and of everything else what all of them say.
 */
import type { LotStatusInput } from '../../model/inputs.ts';
import type { LotRecord } from '../../model/records.ts';
import type { MergeInput } from '../../model/transforms.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import { lotSubject } from '../../reading/stock.ts';
import { earliest, isLater, strictest } from '../../rules/transforms.ts';
import { usability } from '../../rules/usability.ts';
import type { Draft } from '../posting/draft.ts';
import { useOf } from '../posting/usability.ts';
import { type Heritage, heritageOf } from './made-lot.ts';
import type { Source } from './pair.ts';
import { lineFor } from './portions.ts';

/** A lot that takes part, and the field that names it. */
export interface Part extends Source {
  readonly path: string;
}

/**
 * Whether a lot may be mixed with others: open, free of any promise, and good for ordinary use whatever
 * the template allows, since nobody can take it out of the mixture again (R93).
 */
export function checkMixable(out: Draft, { lot, item, path }: Part): void {
  const line = lineFor(item, lot.variant);
  const use = { ...useOf(out, line), intent: 'other', allowUnavailable: false, forceExpired: false } as const;
  const { reasons } = usability(lotSubject(lot, item, out.view), use);
  const [first] = reasons;
  if (first) {
    const details = { ...first.details, reasons: reasons.map(({ why }) => why) };
    throw new LedgerError(first.code, { path, details });
  }
  if (lot.reserved > 0) throw new LedgerError('lot.hasReservations', { path, details: { code: lot.code } });
  if (!item.serials) return;
  // every writer of a piece in stock writes its lot too, which is expected
  for (const serial of out.view.range('serials', 'byLot', { prefix: [lot.id] }, null)) {
    if (serial.reserved && serial.warehouse !== null)
      throw new LedgerError('serial.reserved', { path, details: { code: serial.code, lot: lot.code } });
  }
}

/** The one status of the mixture: theirs, or with consent the strictest of them. */
export function blendedStatus(out: Draft, parts: readonly Part[], accept: boolean): string | null {
  const codes = new Map(parts.map(({ lot }) => [lot.status === null ? '' : codeKey(lot.status), lot.status]));
  const policies = [...codes.keys()].map((key): LotStatusInput | null =>
    key === '' ? null : (out.view.get('lotStatuses', key) ?? null),
  );
  const [first = null, ...rest] = policies;
  const strict = rest.reduce<LotStatusInput | null | undefined>(
    (all, each) => (all === undefined ? undefined : strictest(all, each)),
    first,
  );
  if (codes.size > 1 && (strict === undefined || !accept)) {
    const details = {
      statuses: [...codes.values()],
      comparable: strict !== undefined,
      status: strict?.code ?? null,
    };
    throw new LedgerError('lot.statusConflict', { path: 'acceptStatus', details });
  }
  return strict?.code ?? null;
}

/** The expiry of the mixture: the earliest, unless it is typed; a later one needs permission and a reason. */
export function blendedExpiry(
  out: Draft,
  parts: readonly Part[],
  typed: MergeInput['expiryDate'],
): string | null {
  const expiryDate = earliest(parts.map(({ lot }) => lot.expiryDate));
  if (typed === undefined) return expiryDate;
  const { context } = out;
  if (isLater(typed, expiryDate) && !(context.may('merge.laterExpiry') && context.force?.reason.trim()))
    throw new LedgerError('lot.expiryLater', { path: 'expiryDate', details: { expiryDate, typed } });
  return typed;
}

/** Where an item takes lots of one supplier only, a mixture is one supplier's too (R25). */
export function checkOneSupplier(parts: readonly Part[]): void {
  const [first] = parts.filter(({ lot }) => lot.supplier !== null);
  if (!first?.item.lots?.singleSupplier) return;
  for (const { lot, path } of parts) {
    if (lot.supplier === null || codeKey(lot.supplier) === codeKey(String(first.lot.supplier))) continue;
    const details = { code: first.lot.code, supplier: first.lot.supplier, given: lot.supplier };
    throw new LedgerError('lot.supplierMismatch', { path, details });
  }
}

const days = ['startDate', 'manufactureDate', 'bestBefore', 'retestDate', 'removalDate'] as const;
const shared = [
  'grade',
  'lotType',
  'supplier',
  'manufacturer',
  'supplierLot',
  'labelType',
  'description',
] as const;

const sharedBy = <T>(values: readonly T[]): T | null => {
  const [first] = values;
  return first !== undefined && values.every((value) => JSON.stringify(value) === JSON.stringify(first))
    ? first
    : null;
};

/** Attributes that all of them have, with one value. */
function sharedAttributes(lots: readonly LotRecord[]): LotRecord['attributes'] {
  const [first] = lots;
  const same = Object.keys(first?.attributes ?? {}).filter(
    (key) => sharedBy(lots.map((lot) => lot.attributes[key] ?? null)) !== null,
  );
  return Object.fromEntries(same.map((key) => [key, first?.attributes[key]]));
}

/** What a new lot made of several has by birth. */
export function blend(lots: readonly LotRecord[], own: Pick<Heritage, 'status' | 'expiryDate'>): Heritage {
  const first = lots[0] as LotRecord;
  const one = heritageOf(first);
  if (lots.length === 1) return { ...one, ...own };
  return {
    ...one,
    ...Object.fromEntries(shared.map((field) => [field, sharedBy(lots.map((lot) => lot[field]))])),
    ...Object.fromEntries(days.map((field) => [field, earliest(lots.map((lot) => lot[field]))])),
    ...own,
    sellable: lots.every((lot) => lot.sellable),
    attributes: sharedAttributes(lots),
    blockRule: lots.find((lot) => lot.blockRule !== null)?.blockRule ?? null,
    notes: null,
  };
}
