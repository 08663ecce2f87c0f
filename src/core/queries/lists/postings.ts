/** The register of postings. */
import { offeredSorts } from '../../tables.ts';
import { postingView } from '../views/postings.ts';
import { nameOf } from '../views/stock.ts';
import { describedBy, describedTemplate, namedParty } from './facets.ts';
import { codeField, dateField, flagField, monthField, numberField, shownAs, textField } from './filters.ts';
import { byParty } from './found.ts';
import type { ListSpec } from './spec.ts';

export const postingList: ListSpec<'postings', unknown> = {
  name: 'postings.list',
  collection: 'postings',
  sorts: offeredSorts.postings,
  defaultSort: '-date',
  fields: {
    date: dateField('date'),
    /** The month of its date, `YYYY-MM`. */
    month: monthField('month'),
    warehouse: shownAs(codeField('warehouseKey', 'warehouse', 'warehouseText'), (facet) =>
      describedBy(facet, 'warehouses'),
    ),
    template: shownAs(codeField('templateKey', 'template', 'templateText'), describedTemplate),
    party: shownAs(codeField('partyKey', 'party', 'partyText'), (facet) => namedParty(facet)),
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
    operation: textField('operation'),
    unverified: flagField('unverified'),
    actor: textField('actor'),
  },
  alsoFound: (search, view) => byParty(view, search, 'partyKey'),
  groups: [
    'date',
    'month',
    'warehouse',
    'template',
    'type',
    'intent',
    'party',
    'project',
    'operation',
    'reversed',
    'actor',
  ],
  render: (record, view) => postingView(record, (party) => nameOf(view, party)),
};
