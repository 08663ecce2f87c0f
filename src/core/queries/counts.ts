/** `counts.get`, `counts.list` and `counts.preview`: what counts came to, and what one would come to (R84). */
import * as z from 'zod/mini';
import type { CountRecord } from '../model/cases.ts';
import { countInput } from '../model/count.ts';
import type { Fact } from '../model/facts.ts';
import type { Warning } from '../model/records.ts';
import { byId, read } from '../model/schema.ts';
import type { Count } from '../model/views-counts.ts';
import { LedgerError } from '../ports/errors.ts';
import type { QueryDefinition, View } from '../ports/view.ts';
import { formatSteps } from '../rules/quantities.ts';
import { offeredSorts } from '../tables.ts';
import { codeField, dateField, textField } from './lists/filters.ts';
import type { ListSpec } from './lists/spec.ts';
import { own } from './views/own.ts';

function countView(record: Omit<CountRecord, 'version' | 'seq'>, warnings: readonly Warning[]): Count {
  return {
    id: record.id,
    warehouse: record.warehouse,
    date: record.date,
    note: record.note,
    rows: record.rows.map(({ lot, lotCode, book, counted, decimals, ...row }) => ({
      ...row,
      lot: lotCode,
      lotId: lot,
      book: formatSteps(book, decimals),
      counted: formatSteps(counted, decimals),
      difference: formatSteps(counted - book, decimals),
    })),
    serials: record.serials.map(({ serial, ...piece }) => ({ ...own(piece), id: serial })),
    postings: [...record.postings],
    actor: record.actor,
    recordedAt: record.at,
    warnings: own(warnings),
  };
}

/** A count with what its postings warned of. */
function recorded(view: View, record: CountRecord): Count {
  const [first] = record.postings;
  return countView(record, (first && view.get('postings', first)?.warnings) || []);
}

const getCount: QueryDefinition<{ id: string }, Count> = {
  name: 'counts.get',
  schema: byId,
  parse: (args) => read(byId, args),
  run(view, { id }) {
    const record = view.get('counts', id);
    if (!record) throw new LedgerError('count.notFound', { details: { id } });
    return recorded(view, record);
  },
};

const previewSchema = z.strictObject({ count: countInput });
// the count itself is read as the command reads it, when it is tried out
const previewArgs = z.strictObject({ count: z.unknown() });

const previewCount: QueryDefinition<z.infer<typeof previewArgs>, Count> = {
  name: 'counts.preview',
  schema: previewSchema,
  parse: (args) => read(previewArgs, args),
  run(_view, { count }, context) {
    const { facts, warnings } = context.tryOut('count.post@1', count);
    const counted = facts.find((fact): fact is Fact & { kind: 'counted' } => fact.kind === 'counted');
    if (!counted) throw new LedgerError('count.notFound', { details: { id: '' } });
    return countView({ ...counted.count, actor: '', at: context.at }, warnings);
  },
};

/** The counts there were, newest first. */
export const countList: ListSpec<'counts', Count> = {
  name: 'counts.list',
  collection: 'counts',
  sorts: offeredSorts.counts,
  defaultSort: '-seq',
  fields: {
    warehouse: codeField('warehouseKey'),
    date: dateField('date'),
    actor: textField('actor'),
    note: textField('note'),
  },
  render: (record, view) => recorded(view, record),
};

export const countQueries = [getCount, previewCount] as unknown as QueryDefinition[];
