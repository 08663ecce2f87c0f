/**
 * What questions compare, group by and add up besides the parts of indexes: nothing is sorted by it, so no
 * index carries it.
 */
import { optionalKey, quantityKey } from './ports/keys.ts';
import type { Scalar } from './ports/store.ts';
import { counted, type Lot, natural, type Posting, parts, type Serial } from './table-parts.ts';

const monthOf = (date: string | null): Scalar => date?.slice(0, 7) ?? null;

/** Held back by its recall, or not for sale: whatever its status says. */
export const HELD = '\u0000held';

/** What questions ask of lots besides: in no index, since nothing is sorted by it. */
export const lotFields = Object.values(
  parts({
    variant: (r: Lot) => r.variant,
    variantSort: (r: Lot) => natural(r.variant),
    statusText: (r: Lot) => r.status,
    grade: (r: Lot) => r.grade,
    gradeSort: (r: Lot) => natural(r.grade),
    lotType: (r: Lot) => r.lotType,
    lotTypeSort: (r: Lot) => natural(r.lotType),
    expiryMonth: (r: Lot) => monthOf(r.expiryDate),
    startMonth: (r: Lot) => monthOf(r.startDate),
    createdOn: (r: Lot) => r.createdAt.slice(0, 10),
    inStock: (r: Lot) => counted(r) > 0,
    lies: (r: Lot) => r.onHand > 0,
    exhausted: (r: Lot) => r.moved && r.onHand === 0,
    recalled: (r: Lot) => r.recall !== null,
    // a status alone may keep it from being sold, and may do so no longer tomorrow
    heldBy: (r: Lot) => (r.recall !== null || !r.sellable ? HELD : optionalKey(r.status)),
    reservedKey: (r: Lot) => quantityKey(r.reserved, r.decimals),
    initialKey: (r: Lot) => (r.initialQuantity === null ? null : quantityKey(r.initialQuantity, r.decimals)),
    countedSteps: (r: Lot) => counted(r),
    closedSteps: (r: Lot) => (r.closed ? r.onHand : 0),
  }),
);

/** What questions ask of serials besides. */
export const serialFields = Object.values(
  parts({
    variant: (r: Serial) => r.variant,
    variantSort: (r: Serial) => natural(r.variant),
    statusText: (r: Serial) => r.status,
    supplierCode: (r: Serial) => r.supplier,
    supplierSort: (r: Serial) => natural(r.supplier),
    warehouseText: (r: Serial) => r.warehouse,
    locationText: (r: Serial) => r.location,
    locationSort: (r: Serial) => natural(r.location),
    holderText: (r: Serial) => r.holder?.code ?? null,
    holderSort: (r: Serial) => natural(r.holder?.code ?? null),
    expiryMonth: (r: Serial) => monthOf(r.expiryDate),
    startMonth: (r: Serial) => monthOf(r.startDate),
    createdOn: (r: Serial) => r.createdAt.slice(0, 10),
    inStock: (r: Serial) => r.warehouseKey !== null && !r.closed,
    exhausted: (r: Serial) => r.moved && r.warehouseKey === null,
    countedSteps: (r: Serial) => (r.warehouseKey !== null && !r.closed ? 1 : 0),
  }),
);

/** What questions ask of postings besides. */
export const postingFields = Object.values(
  parts({
    warehouseText: (r: Posting) => r.warehouse,
    templateText: (r: Posting) => r.template,
    month: (r: Posting) => monthOf(r.date),
    corrects: (r: Posting) => r.corrects,
  }),
);
