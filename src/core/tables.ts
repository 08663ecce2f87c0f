/**
 * Every collection, key, index and offered sort, once. A store is opened with these tables; a list offers
 * only the sorts named here, because each of them is an index. Records' ids break ties.
 */
import type { CollectionName, Collections } from './model/records.ts';
import type { Table } from './ports/store.ts';
import { lotFields, postingFields, serialFields } from './table-fields.ts';
import {
  attribute,
  type Balance,
  balance,
  coded,
  count,
  dueIndex,
  type Edge,
  edge,
  inspection,
  items,
  lot,
  type Movement,
  movement,
  ofOf,
  part,
  party,
  posting,
  type Recall,
  type Reservation,
  recall,
  reservation,
  type Serial,
  seqOf,
  serial,
  template,
} from './table-parts.ts';

export { HELD } from './table-fields.ts';

/** Raised when tables change in a way an older program must not write to. */
export const SCHEMA_VERSION = 2;

/** The tables of the ledger, by collection name. */
export const tables: Readonly<Record<CollectionName, Table>> = {
  codeTypes: coded('codeTypes'),
  letterTables: coded('letterTables'),
  items: items(),
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
      dueExpiryDate: dueIndex('expiryDate'),
      dueRetestDate: dueIndex('retestDate'),
      dueBestBefore: dueIndex('bestBefore'),
      dueRemovalDate: dueIndex('removalDate'),
    },
    search: [
      lot.codeText,
      lot.descriptionText,
      lot.referenceText,
      lot.supplierLotText,
      lot.itemText,
      lot.supplierText,
    ],
    fields: lotFields,
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
    fields: serialFields,
  },
  balances: {
    name: 'balances',
    indexes: {
      byLot: {
        parts: [balance.lot, balance.warehouseKey, balance.locationKey],
        where: (r: Balance) => r.lot !== null,
        grouped: true,
      },
      byPlace: {
        parts: [balance.warehouseKey, balance.locationKey, balance.lot],
        where: (r: Balance) => r.lot !== null && r.onHand > 0,
      },
      inStock: {
        parts: [balance.itemKey, balance.variantKey, balance.warehouseKey, balance.locationKey],
        where: (r: Balance) => r.onHand > 0,
      },
      /** What is zero today too: for questions about another day. */
      byItem: {
        parts: [balance.itemKey, balance.variantKey, balance.warehouseKey, balance.locationKey],
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
      /** In the order they were recorded: for questions about what was known. */
      byLotSeq: {
        parts: [movement.lot, movement.seq],
        where: (r: Movement) => r.lot !== null && r.serial === null,
      },
      byItemSeq: { parts: [movement.itemKey, movement.seq], where: (r: Movement) => r.serial === null },
      /** What a lot's or a serial's parties brought or got: few of many movements. */
      byLotParty: {
        parts: [movement.lot, movement.date, movement.seq],
        where: (r: Movement) => r.lot !== null && r.serial === null && r.party !== null,
        grouped: true,
      },
      bySerialParty: {
        parts: [movement.serial, movement.date, movement.seq],
        where: (r: Movement) => r.serial !== null && r.party !== null,
        grouped: true,
      },
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
    fields: postingFields,
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
  folded: { name: 'folded' },
  blockRules: coded('blockRules'),
  transitions: coded('transitions'),
  reservations: {
    name: 'reservations',
    indexes: {
      createdAt: { parts: [reservation.createdAt] },
      needDate: { parts: [reservation.needDate, reservation.createdAt] },
      item: { parts: [reservation.item, reservation.needDate] },
      byDocument: {
        parts: [reservation.documentKey, reservation.itemKey],
        where: (r: Reservation) => r.documentKey !== null && r.open,
      },
      byLot: {
        parts: [reservation.lot, reservation.warehouseKey, reservation.createdAt],
        where: (r: Reservation) => r.lot !== null && r.open,
      },
      byItem: {
        parts: [reservation.itemKey, reservation.warehouseKey, reservation.createdAt, reservation.variantKey],
        where: (r: Reservation) => r.open,
      },
      byParty: { parts: [reservation.partyKey, reservation.needDate] },
    },
    search: [reservation.itemText, reservation.documentText, reservation.noteText],
  },
  commitments: { name: 'commitments' },
  inspections: {
    name: 'inspections',
    indexes: {
      openedAt: { parts: [inspection.openedAt, inspection.createdAt] },
      byLot: { parts: [inspection.lot, inspection.openedAt, inspection.createdAt] },
      byEnd: { parts: [inspection.finished, inspection.openedAt] },
    },
  },
  edges: {
    name: 'edges',
    seqFields: ['seq', 'endSeq'],
    indexes: {
      byFrom: { parts: [edge.from, edge.date, edge.seq], grouped: true },
      byTo: { parts: [edge.to, edge.date, edge.seq], grouped: true },
      byUnload: { parts: [edge.unload], where: (r: Edge) => r.unload !== null },
      byLoad: { parts: [edge.load], where: (r: Edge) => r.load !== null },
    },
  },
  recalls: {
    name: 'recalls',
    seqFields: ['openedSeq', 'closedSeq'],
    unique: { code: [recall.codeKey] },
    indexes: {
      code: { parts: [recall.code] },
      openedSeq: { parts: [recall.openedSeq] },
      bySupplierLot: { parts: [recall.supplierLotKey], where: (r: Recall) => r.supplierLotKey !== null },
    },
    search: [recall.codeText, recall.titleText, recall.reasonText],
  },
  acknowledgements: { name: 'acknowledgements' },
  counts: {
    name: 'counts',
    seqFields: ['seq'],
    indexes: { seq: { parts: [count.seq] }, byWarehouse: { parts: [count.warehouseKey, count.seq] } },
    search: [count.noteText],
  },
  jobs: {
    name: 'jobs',
    seqFields: ['seq'],
    indexes: { seq: { parts: [part('seq', (r: Collections['jobs']) => r.seq)] } },
  },
  attributes: {
    name: 'attributes',
    indexes: { byValue: { parts: [attribute.owner, attribute.key, attribute.sort, attribute.of] } },
  },
};

/** Collections written beside the journal: neither folded from entries nor verified. */
export const sideCollections: readonly CollectionName[] = ['parties', 'refusals', 'folded'];

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
  blockRules: ['code', 'description'],
  transitions: ['code', 'description'],
  reservations: ['createdAt', 'needDate', 'item'],
  inspections: ['openedAt'],
  recalls: ['openedSeq', 'code'],
  counts: ['seq'],
  jobs: ['seq'],
} as const satisfies Partial<Record<CollectionName, readonly string[]>>;
