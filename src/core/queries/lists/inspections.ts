/** The list of inspections, and one of them. */
import type { InspectionRecord } from '../../model/cases.ts';
import { byId, read } from '../../model/schema.ts';
import type { FilterValue } from '../../model/views.ts';
import type { Inspection } from '../../model/views-policies.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { Condition } from '../../ports/store.ts';
import type { QueryDefinition, QueryView, View } from '../../ports/view.ts';
import { offeredSorts } from '../../tables.ts';
import { own } from '../views/own.ts';
import { UNGUARDED } from '../views/stock.ts';
import { lotFacet } from './facets.ts';
import { codesIn, dateField, flagField, instantField, textField } from './filters.ts';
import type { ListSpec } from './spec.ts';

function inspectionView(view: View, record: InspectionRecord): Inspection {
  const lot = view.get('lots', record.lot);
  return {
    id: record.id,
    version: record.edition,
    lot: lot?.code ?? '',
    lotId: record.lot,
    item: lot?.item ?? '',
    variant: lot?.variant ?? null,
    openedAt: record.openedAt,
    finishedAt: record.finishedAt,
    finished: record.finishedAt !== null,
    result: record.result,
    inspector: record.inspector,
    note: record.note,
    attributes: own(record.attributes),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  };
}

type Values = Readonly<Record<string, FilterValue>>;

/** Inspections of lots of a code, of whatever item. */
function ofLots(view: QueryView, { lot }: Values): Condition[] {
  if (lot === undefined) return [];
  const lots = codesIn('lot', lot).flatMap((code) =>
    view.range('lots', 'byCode', { prefix: [code] }, UNGUARDED),
  );
  return [{ field: 'lot', op: 'in', values: lots.map(({ id }) => id) }];
}

export const inspectionList: ListSpec<'inspections', unknown> = {
  name: 'inspections.list',
  collection: 'inspections',
  sorts: offeredSorts.inspections,
  defaultSort: '-openedAt',
  fields: {
    /** Id of a lot. */
    lotId: textField('lot'),
    finished: flagField('finished'),
    result: textField('result'),
    inspector: textField('inspector'),
    openedAt: dateField('openedAt'),
    finishedAt: dateField('finishedAt'),
    createdAt: instantField('createdAt'),
  },
  special: {
    filters: { lot: { comparisons: ['in', 'isNull'], facet: lotFacet('lot') } },
    conditions: (values, view) => ofLots(view, values),
  },
  render: (record, view) => inspectionView(view, record),
};

export const getInspection: QueryDefinition<{ id: string }, Inspection> = {
  name: 'inspections.get',
  schema: byId,
  parse: (args) => read(byId, args),
  run(view, { id }) {
    const record = view.get('inspections', id);
    if (record) return inspectionView(view, record);
    throw new LedgerError('inspection.notFound', { details: { id } });
  },
};
