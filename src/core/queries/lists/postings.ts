/** The register of postings. */
import { offeredSorts } from '../../tables.ts';
import { postingView } from '../views/postings.ts';
import { nameOf } from '../views/stock.ts';
import { codeField, dateField, flagField, numberField, textField } from './filters.ts';
import { byParty } from './found.ts';
import type { ListSpec } from './list.ts';

export const postingList: ListSpec<'postings', unknown> = {
  name: 'postings.list',
  collection: 'postings',
  sorts: offeredSorts.postings,
  defaultSort: '-date',
  fields: {
    date: dateField('date'),
    warehouse: codeField('warehouseKey', 'warehouse'),
    template: codeField('templateKey', 'template'),
    party: codeField('partyKey', 'party', 'partyText'),
    type: textField('type'),
    intent: textField('intent'),
    key: textField('keyText'),
    /** The number of the document. */
    document: textField('documentText'),
    internalDocument: textField('internalText'),
    number: numberField('number', 'numberText'),
    numberText: textField('numberText'),
    note: textField('noteText'),
    project: textField('project'),
    reverses: textField('reverses'),
    reversed: flagField('reversed'),
    actor: textField('actor'),
  },
  alsoFound: (search, view) => byParty(view, search, 'partyKey'),
  render: (record, view) => postingView(record, (party) => nameOf(view, party)),
};
