/** Lots of Aureus as lots and serials of ours: what it does not know is null, never guessed. */
import type { Lot, Serial } from '../../../core/index.ts';
import { isPositive, sumOf } from './amounts.ts';
import type { Product } from './catalogue.ts';
import { type Days, daysBetween, millisOf, momentOf } from './days.ts';
import type { Row } from './pages.ts';
import { idText, relation, textOr } from './shapes.ts';
import type { Held } from './stock.ts';
import { textOfHtml } from './texts.ts';

/** What a record is made of. */
export interface Parts {
  readonly row: Row;
  /** Undefined where the product cannot be read any more. */
  readonly product: Product | undefined;
  readonly held: Held;
  /** Something moved or will move it; undefined where only its stock was looked at. */
  readonly moved?: boolean;
  readonly days: Days;
}

const UNKNOWN_UNIT = { code: '', decimals: 2 } as const;

/** The edits of a record: Aureus counts none, but says when it was changed last. */
export const versionOf = (row: Row): number => Math.floor(millisOf(row.updated_at) / 1000);

/** What has no word of its own here: the installation's own properties, and where Aureus put it last. */
function attributesOf(row: Row, days: Days): Lot['attributes'] {
  const { properties } = row;
  const own =
    typeof properties === 'object' && properties !== null && !Array.isArray(properties) ? properties : {};
  const company = textOr(relation(row, 'company')?.name);
  const location = relation(row, 'location');
  const last = location && (textOr(location.full_name) ?? textOr(location.name));
  const alert = days.of(row.alert_date);
  return {
    ...own,
    ...(company === null ? {} : { company }),
    ...(last ? { lastLocation: last } : {}),
    ...(alert === null ? {} : { alertDate: alert }),
  };
}

/** What lots and serials have in common. */
function sharedOf({ row, product, days, moved, held }: Parts) {
  const given = relation(row, 'product');
  const expiryDate = days.of(row.expiration_date);
  const left = expiryDate === null ? null : daysBetween(days.today(), expiryDate);
  const onHand = sumOf(held.stock.map((each) => each.onHand));
  const exhausted = moved === true && onHand === '0';
  return {
    id: idText(row.id),
    version: versionOf(row),
    item: idText(given?.id),
    itemDescription: product?.title ?? textOr(given?.name),
    variant: null,
    code: textOr(row.name) ?? '',
    reference: textOr(row.reference),
    description: textOfHtml(row.description),
    notes: null,
    status: null,
    supplier: null,
    startDate: null,
    expiryDate,
    recall: null,
    closed: false,
    exhausted,
    state: exhausted ? 'closed' : 'open',
    expired: left !== null && left < 0,
    daysLeft: left,
    attributes: attributesOf(row, days),
    codeLocked: false,
    referenced: held.anywhere || moved === true,
    createdAt: momentOf(row.created_at),
    updatedAt: momentOf(row.updated_at),
    onHand,
  } as const;
}

export function lotOf(parts: Parts): Lot {
  const { row, product, held, days } = parts;
  return {
    ...sharedOf(parts),
    grade: null,
    lotType: null,
    supplierName: null,
    manufacturer: null,
    supplierLot: null,
    manufactureDate: null,
    bestBefore: days.of(row.use_date),
    retestDate: null,
    removalDate: days.of(row.removal_date),
    initialQuantity: null,
    packageCount: null,
    labelType: null,
    sellable: true,
    planning: true,
    blockRule: null,
    inspection: null,
    unit: product?.unit ?? UNKNOWN_UNIT,
    closedQuantity: '0',
    reserved: sumOf(held.stock.map((each) => each.reserved)),
    available: sumOf(held.stock.map((each) => each.available)),
    stock: held.stock,
  };
}

export function serialOf(parts: Parts): Serial {
  const { held } = parts;
  const shared = sharedOf(parts);
  // Aureus lets one serial lie in two places; the first of them is shown
  const here = held.stock.find(({ onHand }) => isPositive(onHand));
  const free = held.stock.some(({ available }) => isPositive(available));
  return {
    ...shared,
    lot: null,
    lotId: null,
    customerSerial: null,
    supplierSerial: null,
    parent: null,
    cancelled: false,
    reserved: here !== undefined && !free,
    missing: false,
    warehouse: here?.warehouse ?? null,
    location: here?.location ?? null,
    holder: null,
    onHand: here === undefined ? '0' : '1',
    available: free ? '1' : '0',
  };
}
