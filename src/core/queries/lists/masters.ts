/** The lists of master data and parties. */
import type { MasterName } from '../../model/records.ts';
import { offeredSorts } from '../../tables.ts';
import {
  blockRuleView,
  codeTypeView,
  gradeView,
  itemView,
  letterTableView,
  lotStatusView,
  lotTypeView,
  partyView,
  templateView,
  transitionView,
  warehouseView,
} from '../views/masters.ts';
import { codeField, type Fields, flagField, textField } from './filters.ts';
import type { ListSpec } from './spec.ts';

const coded: Fields = {
  code: codeField('id', 'code', 'codeText'),
  description: textField('descriptionText'),
};

const base = <C extends Exclude<MasterName, 'templates'>>(collection: C) => ({
  name: `${collection}.list`,
  collection,
  sorts: offeredSorts[collection],
  defaultSort: 'code',
});

export const codeTypeList: ListSpec<'codeTypes', unknown> = {
  ...base('codeTypes'),
  fields: { ...coded, kind: textField('kind') },
  render: codeTypeView,
};

export const letterTableList: ListSpec<'letterTables', unknown> = {
  ...base('letterTables'),
  fields: { ...coded, kind: textField('kind'), default: flagField('default') },
  render: letterTableView,
};

export const itemList: ListSpec<'items', unknown> = {
  ...base('items'),
  fields: {
    ...coded,
    class: textField('class'),
    category: textField('category'),
    type: textField('type'),
    characteristic: textField('characteristic'),
    moved: flagField('moved'),
  },
  render: itemView,
};

export const warehouseList: ListSpec<'warehouses', unknown> = {
  ...base('warehouses'),
  fields: coded,
  render: warehouseView,
};

export const lotStatusList: ListSpec<'lotStatuses', unknown> = {
  ...base('lotStatuses'),
  fields: coded,
  render: lotStatusView,
};

export const lotTypeList: ListSpec<'lotTypes', unknown> = {
  ...base('lotTypes'),
  fields: coded,
  render: lotTypeView,
};

export const gradeList: ListSpec<'grades', unknown> = { ...base('grades'), fields: coded, render: gradeView };

export const blockRuleList: ListSpec<'blockRules', unknown> = {
  ...base('blockRules'),
  fields: {
    ...coded,
    item: textField('item'),
    supplier: textField('supplier'),
    supplierLot: textField('supplierLot'),
    status: textField('status'),
    active: flagField('active'),
  },
  render: blockRuleView,
};

export const transitionList: ListSpec<'transitions', unknown> = {
  ...base('transitions'),
  fields: { ...coded, kind: textField('kind'), to: textField('to') },
  render: transitionView,
};

export const templateList: ListSpec<'templates', unknown> = {
  name: 'templates.list',
  collection: 'templates',
  sorts: offeredSorts.templates,
  defaultSort: 'warehouse',
  fields: {
    code: codeField('codeKey', 'code', 'codeText'),
    description: textField('descriptionText'),
    warehouse: codeField('warehouseKey', 'warehouse'),
    type: textField('type'),
  },
  render: templateView,
};

export const partyList: ListSpec<'parties', unknown> = {
  name: 'parties.list',
  collection: 'parties',
  sorts: offeredSorts.parties,
  defaultSort: 'code',
  fields: {
    code: codeField('codeKey', 'code', 'codeText'),
    name: textField('nameText'),
    kind: textField('kind'),
  },
  render: partyView,
};
