/**
 * Every collection, key, index and offered sort, once. A store is opened with these tables; a list offers
 * only the sorts named here, because each of them is an index. Records' ids break ties.
 */
import type { CollectionName, Collections } from './model/records.ts';
import { codeKey, naturalKey, quantityKey } from './ports/keys.ts';
import type { IndexPart, Scalar, Table } from './ports/store.ts';

/** Raised when tables change in a way an older program must not write to. */
export const SCHEMA_VERSION = 1;

const part = <R>(name: string, of: (record: R) => Scalar): IndexPart => ({ name, of });
const natural = (code: string | null): Scalar => (code === null ? null : naturalKey(code));

/** Parts of one collection, by name: what indexes, questions and searches may speak of. */
function parts<R, K extends string>(of: Record<K, (record: R) => Scalar>): Record<K, IndexPart> {
  return Object.fromEntries(
    Object.entries(of).map(([name, read]) => [name, part(name, read as (record: R) => Scalar)]),
  ) as Record<K, IndexPart>;
}

type Lot = Collections['lots'];
const lot = parts({
  code: (r: Lot) => naturalKey(r.code),
  codeKey: (r: Lot) => r.codeKey,
  scope: (r: Lot) => r.scope,
  item: (r: Lot) => naturalKey(r.item),
  itemKey: (r: Lot) => r.itemKey,
  variantKey: (r: Lot) => (r.variant === null ? null : codeKey(r.variant)),
  expiryDate: (r: Lot) => r.expiryDate,
  startDate: (r: Lot) => r.startDate,
  createdAt: (r: Lot) => r.createdAt,
  updatedAt: (r: Lot) => r.updatedAt,
  status: (r: Lot) => natural(r.status),
  supplier: (r: Lot) => natural(r.supplier),
  supplierLot: (r: Lot) => natural(r.supplierLot),
  onHand: (r: Lot) => quantityKey(r.onHand, r.decimals),
  // neither closed by hand nor exhausted (R46)
  open: (r: Lot) => !(r.closed || (r.moved && r.onHand === 0)),
  // a lot without expiry is good for ever: `from` a day finds what is not expired on it
  goodUntil: (r: Lot) => r.expiryDate ?? '9999-12-31',
  statusKey: (r: Lot) => (r.status === null ? null : codeKey(r.status)),
  supplierKey: (r: Lot) => (r.supplier === null ? null : codeKey(r.supplier)),
  gradeKey: (r: Lot) => (r.grade === null ? null : codeKey(r.grade)),
  lotTypeKey: (r: Lot) => (r.lotType === null ? null : codeKey(r.lotType)),
  codeText: (r: Lot) => r.code,
  itemText: (r: Lot) => r.item,
  descriptionText: (r: Lot) => r.description,
  referenceText: (r: Lot) => r.reference,
  supplierLotText: (r: Lot) => r.supplierLot,
  supplierText: (r: Lot) => r.supplier,
});

type Serial = Collections['serials'];
const serial = parts({
  code: (r: Serial) => naturalKey(r.code),
  codeKey: (r: Serial) => r.codeKey,
  scope: (r: Serial) => r.scope,
  item: (r: Serial) => naturalKey(r.item),
  itemKey: (r: Serial) => r.itemKey,
  variantKey: (r: Serial) => (r.variant === null ? null : codeKey(r.variant)),
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
  statusKey: (r: Serial) => (r.status === null ? null : codeKey(r.status)),
  supplierKey: (r: Serial) => (r.supplier === null ? null : codeKey(r.supplier)),
  holderKey: (r: Serial) => (r.holder === null ? null : codeKey(r.holder.code)),
  codeText: (r: Serial) => r.code,
  itemText: (r: Serial) => r.item,
  descriptionText: (r: Serial) => r.description,
  referenceText: (r: Serial) => r.reference,
  customerText: (r: Serial) => r.customerSerial,
  supplierText: (r: Serial) => r.supplierSerial,
});

type Balance = Collections['balances'];
const balance = parts({
  lot: (r: Balance) => r.lot,
  itemKey: (r: Balance) => r.itemKey,
  variantKey: (r: Balance) => (r.variant === null ? null : codeKey(r.variant)),
  warehouseKey: (r: Balance) => r.warehouseKey,
  locationKey: (r: Balance) => r.locationKey,
});

type Movement = Collections['movements'];
const movement = parts({
  lot: (r: Movement) => r.lot,
  serial: (r: Movement) => r.serial,
  posting: (r: Movement) => r.posting,
  date: (r: Movement) => r.date,
  seq: (r: Movement) => r.seq,
});

type Posting = Collections['postings'];
const posting = parts({
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
function coded(name: CollectionName): Table {
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

type Template = Collections['templates'];
const template = parts({
  code: (r: Template) => naturalKey(r.code),
  codeKey: (r: Template) => codeKey(r.code),
  warehouse: (r: Template) => naturalKey(r.warehouse),
  warehouseKey: (r: Template) => codeKey(r.warehouse),
  codeText: (r: Template) => r.code,
  descriptionText: (r: Template) => r.description ?? null,
});

type Party = Collections['parties'];
const party = parts({
  code: (r: Party) => naturalKey(r.code),
  codeKey: (r: Party) => codeKey(r.code),
  kind: (r: Party) => r.kind,
  codeText: (r: Party) => r.code,
  nameText: (r: Party) => r.name,
});

const seqOf = part('seq', (r: { seq: number }) => r.seq);
const ofOf = part('of', (r: { of: string }) => r.of);

/** The tables of the ledger, by collection name. */
export const tables: Readonly<Record<CollectionName, Table>> = {
  codeTypes: coded('codeTypes'),
  letterTables: coded('letterTables'),
  items: coded('items'),
  warehouses: coded('warehouses'),
  lotStatuses: coded('lotStatuses'),
  lotTypes: coded('lotTypes'),
  grades: coded('grades'),
  templates: {
    name: 'templates',
    indexes: {
      code: { parts: [template.code, template.warehouse] },
      warehouse: { parts: [template.warehouse, template.code] },
      byCode: { parts: [template.codeKey] },
      byWarehouse: { parts: [template.warehouseKey, template.codeKey] },
    },
    search: [template.codeText, template.descriptionText],
  },
  settings: { name: 'settings' },
  counters: {
    name: 'counters',
    indexes: { byType: { parts: [part('codeType', (r: Collections['counters']) => r.codeType)] } },
  },
  lots: {
    name: 'lots',
    seqFields: ['firstLoadSeq'],
    unique: { code: [lot.scope, lot.codeKey] },
    indexes: {
      code: { parts: [lot.code] },
      item: { parts: [lot.item, lot.code] },
      expiryDate: { parts: [lot.expiryDate, lot.code] },
      startDate: { parts: [lot.startDate, lot.code] },
      createdAt: { parts: [lot.createdAt] },
      updatedAt: { parts: [lot.updatedAt] },
      status: { parts: [lot.status, lot.code] },
      supplier: { parts: [lot.supplier, lot.code] },
      supplierLot: { parts: [lot.supplierLot, lot.code] },
      onHand: { parts: [lot.onHand] },
      byItem: { parts: [lot.itemKey, lot.variantKey, lot.code] },
      byCode: { parts: [lot.codeKey] },
      byState: { parts: [lot.open, lot.goodUntil] },
      byStatus: { parts: [lot.statusKey] },
      bySupplier: { parts: [lot.supplierKey] },
      byGrade: { parts: [lot.gradeKey] },
      byLotType: { parts: [lot.lotTypeKey] },
    },
    search: [
      lot.codeText,
      lot.descriptionText,
      lot.referenceText,
      lot.supplierLotText,
      lot.itemText,
      lot.supplierText,
    ],
  },
  serials: {
    name: 'serials',
    seqFields: ['firstLoadSeq'],
    unique: { code: [serial.scope, serial.codeKey] },
    indexes: {
      code: { parts: [serial.code] },
      item: { parts: [serial.item, serial.code] },
      expiryDate: { parts: [serial.expiryDate, serial.code] },
      startDate: { parts: [serial.startDate, serial.code] },
      createdAt: { parts: [serial.createdAt] },
      updatedAt: { parts: [serial.updatedAt] },
      status: { parts: [serial.status, serial.code] },
      warehouse: { parts: [serial.warehouse, serial.code] },
      byItem: { parts: [serial.itemKey, serial.variantKey, serial.code] },
      byCode: { parts: [serial.codeKey] },
      byLot: { parts: [serial.lot, serial.code], where: (r: Serial) => r.lot !== null },
      byState: { parts: [serial.open, serial.goodUntil] },
      byStatus: { parts: [serial.statusKey] },
      bySupplier: { parts: [serial.supplierKey] },
      byHolder: { parts: [serial.holderKey] },
      byPlace: {
        parts: [serial.warehouseKey, serial.locationKey],
        where: (r: Serial) => r.warehouseKey !== null,
      },
      inStock: {
        parts: [serial.itemKey, serial.variantKey, serial.warehouseKey, serial.locationKey, serial.code],
        where: (r: Serial) => r.warehouseKey !== null,
      },
    },
    search: [
      serial.codeText,
      serial.descriptionText,
      serial.referenceText,
      serial.customerText,
      serial.supplierText,
      serial.itemText,
    ],
  },
  balances: {
    name: 'balances',
    indexes: {
      byLot: {
        parts: [balance.lot, balance.warehouseKey, balance.locationKey],
        where: (r: Balance) => r.lot !== null,
      },
      byPlace: {
        parts: [balance.warehouseKey, balance.locationKey, balance.lot],
        where: (r: Balance) => r.lot !== null && r.onHand > 0,
      },
      inStock: {
        parts: [balance.itemKey, balance.variantKey, balance.warehouseKey, balance.locationKey],
        where: (r: Balance) => r.onHand > 0,
      },
    },
  },
  days: {
    name: 'days',
    indexes: {
      byBalance: {
        parts: [
          part('balance', (r: Collections['days']) => r.balance),
          part('date', (r: Collections['days']) => r.date),
        ],
      },
    },
  },
  movements: {
    name: 'movements',
    seqFields: ['seq'],
    indexes: {
      /** Of a lot as a whole: the rows of its single serials are left to `bySerial`. */
      byLot: {
        parts: [movement.lot, movement.date, movement.seq],
        where: (r: Movement) => r.lot !== null && r.serial === null,
      },
      bySerial: {
        parts: [movement.serial, movement.date, movement.seq],
        where: (r: Movement) => r.serial !== null,
      },
      byPosting: { parts: [movement.posting] },
    },
  },
  postings: {
    name: 'postings',
    seqFields: ['seq'],
    indexes: {
      date: { parts: [posting.date, posting.seq] },
      seq: { parts: [posting.seq] },
      warehouse: { parts: [posting.warehouse, posting.date, posting.number] },
      template: { parts: [posting.template, posting.date, posting.seq] },
      party: { parts: [posting.party, posting.date, posting.seq] },
      byTemplate: { parts: [posting.warehouseKey, posting.templateKey, posting.date] },
      byParty: { parts: [posting.partyKey] },
    },
    search: [
      posting.numberText,
      posting.documentText,
      posting.internalText,
      posting.partyText,
      posting.noteText,
      posting.keyText,
    ],
  },
  postingNumbers: { name: 'postingNumbers' },
  postingKeys: { name: 'postingKeys' },
  receipts: { name: 'receipts', seqFields: ['seq'] },
  refusals: { name: 'refusals' },
  parties: {
    name: 'parties',
    indexes: { code: { parts: [party.code, party.kind] }, byCode: { parts: [party.codeKey] } },
    search: [party.codeText, party.nameText],
  },
  history: { name: 'history', seqFields: ['seq'], indexes: { byOf: { parts: [ofOf, seqOf] } } },
  retiredCodes: { name: 'retiredCodes' },
  guards: { name: 'guards' },
};

/** Collections written beside the journal: neither folded from entries nor verified. */
export const sideCollections: readonly CollectionName[] = ['parties', 'refusals'];

/** The sorts each list offers; every one is an index above, and `-name` descends. */
export const offeredSorts = {
  codeTypes: ['code', 'description'],
  letterTables: ['code', 'description'],
  items: ['code', 'description'],
  warehouses: ['code', 'description'],
  lotStatuses: ['code', 'description'],
  lotTypes: ['code', 'description'],
  grades: ['code', 'description'],
  templates: ['code', 'warehouse'],
  parties: ['code'],
  lots: [
    'code',
    'item',
    'expiryDate',
    'startDate',
    'createdAt',
    'updatedAt',
    'status',
    'supplier',
    'supplierLot',
    'onHand',
  ],
  serials: ['code', 'item', 'expiryDate', 'startDate', 'createdAt', 'updatedAt', 'status', 'warehouse'],
  postings: ['date', 'seq', 'warehouse', 'template', 'party'],
} as const satisfies Partial<Record<CollectionName, readonly string[]>>;
