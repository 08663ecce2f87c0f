/**
 * Parts of the collections by name: what indexes, questions and searches may speak of. `tables.ts` puts them
 * together.
 */
import type { AlertDate } from './model/inputs.ts';
import type { CollectionName, Collections } from './model/records.ts';
import { codeKey, naturalKey, optionalKey, quantityKey } from './ports/keys.ts';
import type { IndexPart, IndexSpec, Scalar, Table } from './ports/store.ts';

export const part = <R>(name: string, of: (record: R) => Scalar): IndexPart => ({ name, of });
export const natural = (code: string | null): Scalar => (code === null ? null : naturalKey(code));

/** Parts of one collection, by name: what indexes, questions and searches may speak of. */
export function parts<R, K extends string>(of: Record<K, (record: R) => Scalar>): Record<K, IndexPart> {
  return Object.fromEntries(
    Object.entries(of).map(([name, read]) => [name, part(name, read as (record: R) => Scalar)]),
  ) as Record<K, IndexPart>;
}

/** Steps of a lot that count. */
export const counted = (r: Collections['lots']): number => (r.closed ? 0 : r.onHand);

export type Lot = Collections['lots'];
export const lot = parts({
  code: (r: Lot) => naturalKey(r.code),
  codeKey: (r: Lot) => r.codeKey,
  scope: (r: Lot) => r.scope,
  item: (r: Lot) => naturalKey(r.item),
  itemKey: (r: Lot) => r.itemKey,
  variantKey: (r: Lot) => optionalKey(r.variant),
  expiryDate: (r: Lot) => r.expiryDate,
  startDate: (r: Lot) => r.startDate,
  retestDate: (r: Lot) => r.retestDate,
  bestBefore: (r: Lot) => r.bestBefore,
  removalDate: (r: Lot) => r.removalDate,
  createdAt: (r: Lot) => r.createdAt,
  updatedAt: (r: Lot) => r.updatedAt,
  status: (r: Lot) => natural(r.status),
  supplier: (r: Lot) => natural(r.supplier),
  supplierLot: (r: Lot) => natural(r.supplierLot),
  // what is shown: nothing counts of a lot closed by hand (R45)
  onHand: (r: Lot) => quantityKey(counted(r), r.decimals),
  // neither closed by hand nor exhausted (R46)
  open: (r: Lot) => !(r.closed || (r.moved && r.onHand === 0)),
  // a lot without expiry is good for ever: `from` a day finds what is not expired on it
  goodUntil: (r: Lot) => r.expiryDate ?? '9999-12-31',
  statusKey: (r: Lot) => optionalKey(r.status),
  supplierKey: (r: Lot) => optionalKey(r.supplier),
  gradeKey: (r: Lot) => optionalKey(r.grade),
  lotTypeKey: (r: Lot) => optionalKey(r.lotType),
  codeText: (r: Lot) => r.code,
  itemText: (r: Lot) => r.item,
  descriptionText: (r: Lot) => r.description,
  referenceText: (r: Lot) => r.reference,
  supplierLotText: (r: Lot) => r.supplierLot,
  supplierText: (r: Lot) => r.supplier,
});

export type Serial = Collections['serials'];
export const serial = parts({
  code: (r: Serial) => naturalKey(r.code),
  codeKey: (r: Serial) => r.codeKey,
  scope: (r: Serial) => r.scope,
  item: (r: Serial) => naturalKey(r.item),
  itemKey: (r: Serial) => r.itemKey,
  variantKey: (r: Serial) => optionalKey(r.variant),
  lot: (r: Serial) => r.lot,
  expiryDate: (r: Serial) => r.expiryDate,
  startDate: (r: Serial) => r.startDate,
  createdAt: (r: Serial) => r.createdAt,
  updatedAt: (r: Serial) => r.updatedAt,
  status: (r: Serial) => natural(r.status),
  warehouse: (r: Serial) => natural(r.warehouse),
  warehouseKey: (r: Serial) => r.warehouseKey,
  locationKey: (r: Serial) => r.locationKey,
  open: (r: Serial) => !(r.closed || r.cancelled || (r.moved && r.warehouseKey === null)),
  goodUntil: (r: Serial) => r.expiryDate ?? '9999-12-31',
  statusKey: (r: Serial) => optionalKey(r.status),
  supplierKey: (r: Serial) => optionalKey(r.supplier),
  holderKey: (r: Serial) => (r.holder === null ? null : codeKey(r.holder.code)),
  codeText: (r: Serial) => r.code,
  itemText: (r: Serial) => r.item,
  descriptionText: (r: Serial) => r.description,
  referenceText: (r: Serial) => r.reference,
  customerText: (r: Serial) => r.customerSerial,
  supplierText: (r: Serial) => r.supplierSerial,
});

export type Balance = Collections['balances'];
export const balance = parts({
  lot: (r: Balance) => r.lot,
  itemKey: (r: Balance) => r.itemKey,
  variantKey: (r: Balance) => optionalKey(r.variant),
  warehouseKey: (r: Balance) => r.warehouseKey,
  locationKey: (r: Balance) => r.locationKey,
});

export type Movement = Collections['movements'];
export const movement = parts({
  itemKey: (r: Movement) => r.itemKey,
  lot: (r: Movement) => r.lot,
  serial: (r: Movement) => r.serial,
  posting: (r: Movement) => r.posting,
  date: (r: Movement) => r.date,
  seq: (r: Movement) => r.seq,
});

export type Edge = Collections['edges'];
export const edge = parts({
  from: (r: Edge) => r.from,
  to: (r: Edge) => r.to,
  date: (r: Edge) => r.date,
  seq: (r: Edge) => r.seq,
  unload: (r: Edge) => r.unload,
  load: (r: Edge) => r.load,
});

export type Reservation = Collections['reservations'];
export const reservation = parts({
  createdAt: (r: Reservation) => r.createdAt,
  needDate: (r: Reservation) => r.needDate,
  item: (r: Reservation) => naturalKey(r.item),
  itemKey: (r: Reservation) => r.itemKey,
  lot: (r: Reservation) => r.lot,
  serial: (r: Reservation) => r.serial,
  warehouseKey: (r: Reservation) => r.warehouseKey,
  locationKey: (r: Reservation) => r.locationKey,
  variantKey: (r: Reservation) => optionalKey(r.variant),
  partyKey: (r: Reservation) => (r.party === null ? null : codeKey(r.party.code)),
  documentKey: (r: Reservation) => r.documentKey,
  open: (r: Reservation) => r.open,
  itemText: (r: Reservation) => r.item,
  documentText: (r: Reservation) => r.document?.number ?? null,
  noteText: (r: Reservation) => r.note,
});

export type Recall = Collections['recalls'];
export const recall = parts({
  code: (r: Recall) => naturalKey(r.code),
  codeKey: (r: Recall) => r.codeKey,
  openedSeq: (r: Recall) => r.openedSeq,
  state: (r: Recall) => r.state,
  supplierLotKey: (r: Recall) => r.supplierLotKey,
  codeText: (r: Recall) => r.code,
  titleText: (r: Recall) => r.title,
  reasonText: (r: Recall) => r.reason,
});

type Inspection = Collections['inspections'];
export const inspection = parts({
  lot: (r: Inspection) => r.lot,
  openedAt: (r: Inspection) => r.openedAt,
  createdAt: (r: Inspection) => r.createdAt,
  finished: (r: Inspection) => r.finishedAt !== null,
});

type Count = Collections['counts'];
export const count = parts({
  seq: (r: Count) => r.seq,
  warehouseKey: (r: Count) => codeKey(r.warehouse),
  noteText: (r: Count) => r.note,
});

type Attribute = Collections['attributes'];
export const attribute = parts({
  owner: (r: Attribute) => r.owner,
  key: (r: Attribute) => r.key,
  sort: (r: Attribute) => r.sort,
  of: (r: Attribute) => r.of,
});

export type Posting = Collections['postings'];
export const posting = parts({
  date: (r: Posting) => r.date,
  seq: (r: Posting) => r.seq,
  number: (r: Posting) => r.number,
  warehouse: (r: Posting) => naturalKey(r.warehouse),
  template: (r: Posting) => naturalKey(r.template),
  type: (r: Posting) => r.type,
  party: (r: Posting) => natural(r.party?.code ?? null),
  warehouseKey: (r: Posting) => codeKey(r.warehouse),
  templateKey: (r: Posting) => codeKey(r.template),
  partyKey: (r: Posting) => (r.party === null ? null : codeKey(r.party.code)),
  numberText: (r: Posting) => `${r.date.replaceAll('-', '/')}-${String(r.number).padStart(3, '0')}`,
  documentText: (r: Posting) => r.document?.number ?? null,
  internalText: (r: Posting) => r.internalDocument?.number ?? null,
  partyText: (r: Posting) => r.party?.code ?? null,
  noteText: (r: Posting) => r.note,
  keyText: (r: Posting) => r.key,
});

/** Master data with a code and a description: sorted by code, searched in both. */
export function coded(name: CollectionName): Table {
  type Coded = { code: string; description?: string | null };
  const own = parts({
    code: (r: Coded) => naturalKey(r.code),
    description: (r: Coded) => (r.description ? naturalKey(r.description) : null),
    codeText: (r: Coded) => r.code,
    descriptionText: (r: Coded) => r.description ?? null,
  });
  return {
    name,
    indexes: { code: { parts: [own.code] }, description: { parts: [own.description, own.code] } },
    search: [own.codeText, own.descriptionText],
  };
}

/** Lots in stock with one of the dates an alert may watch, by item and date (R40). */
export const dueIndex = (date: AlertDate): IndexSpec => ({
  parts: [lot.itemKey, lot[date]],
  where: (r: Lot) => r.onHand > 0 && !r.closed && r[date] !== null,
});

/** Items, and which of them watch their lots. */
export function items(): Table {
  const table = coded('items');
  const alerting = {
    parts: [part('id', (r: Collections['items']) => r.id)],
    where: (r: Collections['items']) => (r.lots?.alerts ?? []).length > 0,
  };
  return { ...table, indexes: { ...table.indexes, alerting } };
}

type Template = Collections['templates'];
export const template = parts({
  code: (r: Template) => naturalKey(r.code),
  codeKey: (r: Template) => codeKey(r.code),
  warehouse: (r: Template) => naturalKey(r.warehouse),
  warehouseKey: (r: Template) => codeKey(r.warehouse),
  codeText: (r: Template) => r.code,
  descriptionText: (r: Template) => r.description ?? null,
});

type Party = Collections['parties'];
export const party = parts({
  code: (r: Party) => naturalKey(r.code),
  codeKey: (r: Party) => codeKey(r.code),
  kind: (r: Party) => r.kind,
  codeText: (r: Party) => r.code,
  nameText: (r: Party) => r.name,
});

export const seqOf = part('seq', (r: { seq: number }) => r.seq);
export const ofOf = part('of', (r: { of: string }) => r.of);
