/** The registers of lots and serials: filters by state, expiry and place besides those of their fields. */
import type { QueryContext } from '../../ports/view.ts';
import { offeredSorts } from '../../tables.ts';
import { lotAt, serialAt } from '../past/at.ts';
import { lotView, serialView } from '../views/stock.ts';
import { codeFacet, describedBy, type Facet, lotFacet, mostlyOwn, namedParty, wordFacet } from './facets.ts';
import {
  codeField,
  dateField,
  type Field,
  flagField,
  instantField,
  monthField,
  quantityField,
  shownAs,
  textField,
} from './filters.ts';
import { byItem, byParty } from './found.ts';
import type { ListSpec } from './spec.ts';
import {
  byBlocked,
  byExpiry,
  byPlanning,
  byState,
  lotsAt,
  serialsAt,
  serialsOfLots,
} from './stock-filters.ts';
import { locationsOfLots, warehousesOfLots } from './stock-places.ts';

const state = {
  comparisons: [],
  takes: ['open', 'closed', 'all'],
  facet: wordFacet('open', 'open', 'closed'),
};
const expiry = {
  expired: { comparisons: [], takes: 'flag' },
  expiresWithin: { comparisons: [], takes: 'days' },
} as const;
const described = (field: Field, collection: Parameters<typeof describedBy>[1]): Field =>
  shownAs(field, (facet) => describedBy(facet, collection));

const shared = {
  code: shownAs(codeField('codeKey', 'code', 'codeText'), (facet) => mostlyOwn(facet, 'code')),
  item: described(codeField('itemKey', 'item', 'itemText'), 'items'),
  variant: {
    ...codeField('variantKey', undefined, 'variant'),
    facet: codeFacet('variantKey', 'variantSort', 'variant'),
  },
  status: described(codeField('statusKey', 'status', 'statusText'), 'lotStatuses'),
  description: textField('descriptionText'),
  reference: textField('referenceText'),
  startDate: dateField('startDate'),
  startMonth: monthField('startMonth'),
  expiryDate: dateField('expiryDate'),
  expiryMonth: monthField('expiryMonth'),
  createdAt: instantField('createdAt'),
  /** The day of `createdAt`, in UTC like its bounds. */
  createdOn: dateField('createdOn'),
  updatedAt: instantField('updatedAt'),
  closed: flagField('closed'),
  /** Has moved and is nowhere any more. */
  exhausted: flagField('exhausted'),
  /** Something counts as on hand. */
  inStock: flagField('inStock'),
};

/** A table of codes with a natural order of its own, that no list is sorted by. */
const tableOf = (key: string, sorted: string, text: string, collection: 'grades' | 'lotTypes'): Field =>
  described({ ...codeField(key, undefined, text), facet: codeFacet(key, sorted, text) }, collection);

/** Rules by their code, which is what their id is the key of. */
const blockRuleFacet: Facet = {
  ...describedBy(codeFacet('blockRule', undefined, 'blockRule'), 'blockRules'),
  show: (key, _written, view) => view.get('blockRules', String(key))?.code ?? key,
};

/** What the past does not change; a code is sorted as it is written by now. */
const ofThePast = { sorts: ['code', 'item', 'createdAt'], filters: ['item', 'variant', 'state'] };

export const lotList: ListSpec<'lots', unknown> = {
  name: 'lots.list',
  collection: 'lots',
  sorts: offeredSorts.lots,
  defaultSort: 'code',
  fields: {
    ...shared,
    supplier: shownAs(codeField('supplierKey', 'supplier', 'supplierText'), (facet) =>
      namedParty(facet, 'supplier'),
    ),
    supplierLot: textField('supplierLotText', 'supplierLot'),
    grade: tableOf('gradeKey', 'gradeSort', 'grade', 'grades'),
    lotType: tableOf('lotTypeKey', 'lotTypeSort', 'lotType', 'lotTypes'),
    manufacturer: textField('manufacturer'),
    sellable: flagField('sellable'),
    /** A recall holds it. */
    recalled: flagField('recalled'),
    onHand: quantityField('onHand'),
    reserved: quantityField('reservedKey'),
    initialQuantity: quantityField('initialKey'),
    bestBefore: dateField('bestBefore'),
    retestDate: dateField('retestDate'),
    removalDate: dateField('removalDate'),
    /** Id of the rule that took it in. */
    blockRule: { ...codeField('blockRule'), facet: blockRuleFacet },
  },
  special: {
    filters: {
      state,
      ...expiry,
      warehouse: { comparisons: ['in', 'like', 'isNull'], listed: warehousesOfLots },
      location: { comparisons: ['in', 'isNull'], needs: 'warehouse', listed: locationsOfLots },
      planning: { comparisons: [], takes: 'flag' },
      blocked: { comparisons: [], takes: 'flag' },
    },
    conditions: (values, view, context) => [
      ...byState(values.state),
      ...byExpiry(values, context.today),
      ...lotsAt(view, values),
      ...byPlanning(view, values),
      ...byBlocked(view, values),
    ],
  },
  alsoFound: (search, view) => [
    ...byItem(view, search, 'itemKey'),
    ...byParty(view, search, 'supplierKey', 'supplier'),
  ],
  render: (lot, view, context: QueryContext) => lotView(view, lot, context.today),
  groups: [
    'item',
    'variant',
    'status',
    'supplier',
    'supplierLot',
    'manufacturer',
    'grade',
    'lotType',
    'expiryDate',
    'expiryMonth',
    'startDate',
    'startMonth',
    'createdOn',
    'bestBefore',
    'retestDate',
    'removalDate',
    'state',
    'closed',
    'exhausted',
    'inStock',
    'sellable',
    'recalled',
    'blockRule',
  ],
  sums: {
    onHand: 'countedSteps',
    reserved: 'reserved',
    initialQuantity: 'initialQuantity',
    closedQuantity: 'closedSteps',
  },
  stock: {
    owner: 'lot',
    past: { ...ofThePast, at: (past, lot, when) => (past.had(lot) ? lotAt(past, lot, when) : undefined) },
  },
};

export const serialList: ListSpec<'serials', unknown> = {
  name: 'serials.list',
  collection: 'serials',
  sorts: offeredSorts.serials,
  defaultSort: 'code',
  fields: {
    ...shared,
    /** Id of a lot. */
    lotId: textField('lot'),
    supplier: shownAs(
      {
        ...codeField('supplierKey', undefined, 'supplier'),
        facet: codeFacet('supplierKey', 'supplierSort', 'supplierCode'),
      },
      (facet) => namedParty(facet, 'supplier'),
    ),
    warehouse: described(codeField('warehouseKey', 'warehouse', 'warehouseText'), 'warehouses'),
    customerSerial: textField('customerText'),
    supplierSerial: textField('supplierText'),
    /** Code of the party that has it. */
    holder: shownAs(
      {
        ...codeField('holderKey', undefined, 'holderText'),
        facet: codeFacet('holderKey', 'holderSort', 'holderText'),
      },
      (facet) => namedParty(facet),
    ),
    cancelled: flagField('cancelled'),
    reserved: flagField('reserved'),
    missing: flagField('missing'),
  },
  special: {
    filters: {
      state,
      ...expiry,
      location: {
        comparisons: ['in', 'isNull'],
        needs: 'warehouse',
        facet: codeFacet('locationKey', 'locationSort', 'locationText'),
      },
      lot: { comparisons: ['in', 'isNull'], facet: lotFacet('lot') },
    },
    conditions: (values, view, context) => [
      ...byState(values.state),
      ...byExpiry(values, context.today),
      ...serialsAt(values),
      ...serialsOfLots(view, values),
    ],
  },
  alsoFound: (search, view) => byItem(view, search, 'itemKey'),
  render: (serial, view, context: QueryContext) => serialView(view, serial, context.today),
  groups: [
    'item',
    'variant',
    'lot',
    'status',
    'supplier',
    'warehouse',
    'location',
    'holder',
    'expiryDate',
    'expiryMonth',
    'startDate',
    'startMonth',
    'createdOn',
    'state',
    'closed',
    'cancelled',
    'exhausted',
    'inStock',
    'reserved',
    'missing',
  ],
  sums: { onHand: 'countedSteps' },
  stock: {
    owner: 'serial',
    past: {
      ...ofThePast,
      at: (past, serial, when) => (past.hadSerial(serial) ? serialAt(past, serial.id, when) : undefined),
    },
  },
};
