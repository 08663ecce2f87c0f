/**
 * What was changed, by whom, when, from what to what and why (R121): of a lot, a serial, a word of master
 * data or the settings; newest first.
 */
import * as z from 'zod/mini';
import { type CollectionName, type HistoryRecord, type MasterName, masterNames } from '../model/records.ts';
import { maybe, read, whole } from '../model/schema.ts';
import type { HistoryEntry, Page } from '../model/views.ts';
import type { ErrorCode } from '../ports/catalogue.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey } from '../ports/keys.ts';
import type { Condition } from '../ports/store.ts';
import type { QueryDefinition, QueryView } from '../ports/view.ts';
import { historyOf } from '../rules/history.ts';
import { cursorOf, positionOf } from './lists/cursor.ts';
import { own } from './views/own.ts';

const historyArgs = z.strictObject({
  id: z.string(),
  /** One field, or several; of an object's inside by its path: `lots.shelfLifeDays`. */
  field: maybe(z.union([z.string(), z.array(z.string())])),
  limit: z.optional(whole(1, 500)),
  cursor: maybe(z.string()),
});
type HistoryArgs = z.infer<typeof historyArgs>;

/** What a recall is called, where its id was written. */
function readable(view: QueryView, field: string, value: unknown): unknown {
  if (field === 'recall' && typeof value === 'string') return view.get('recalls', value)?.code ?? value;
  return own(value);
}

function entryOf(view: QueryView, record: HistoryRecord): HistoryEntry {
  const { id, seq, field, from, to, at, actor, reason, source } = record;
  return {
    id,
    seq,
    field,
    from: readable(view, field, from),
    to: readable(view, field, to),
    at,
    actor,
    reason,
    source,
  };
}

function byField(field: HistoryArgs['field']): Condition[] {
  if (field === undefined || field === null) return [];
  return typeof field === 'string'
    ? [{ field: 'field', op: 'eq', value: field }]
    : [{ field: 'field', op: 'in', values: field }];
}

/** How the history of one kind of record is found. */
interface Kind {
  readonly name: string;
  /** The record's key in the history; refuses what does not exist. */
  of(view: QueryView, id: string): string;
}

function historyQuery(kind: Kind): QueryDefinition<HistoryArgs, Page<HistoryEntry>> {
  const name = `${kind.name}.history`;
  return {
    name,
    schema: historyArgs,
    parse: (args) => read(historyArgs, args),
    run(view, { id, field, limit, cursor }, context) {
      const of = kind.of(view, id);
      const question = JSON.stringify([name, of, field ?? null]);
      const page = view.find('history', {
        where: [{ field: 'of', op: 'eq', value: of }, ...byField(field)],
        order: 'byOf',
        reverse: true,
        limit: limit ?? 50,
        ...(cursor ? { after: positionOf(question, cursor) } : {}),
      });
      return {
        items: page.records.map((record) => entryOf(view, record)),
        ...(page.next ? { next: cursorOf(question, page.next) } : {}),
        asOf: { seq: view.head.seq, date: context.today },
      };
    },
  };
}

function exists(view: QueryView, collection: CollectionName, id: string, code: ErrorCode): string {
  if (!view.get(collection, id)) throw new LedgerError(code, { details: { id, code: id } });
  return id;
}

const coded = (name: 'lots' | 'serials', notFound: ErrorCode): Kind => ({
  name,
  of: (view, id) => exists(view, name, id, notFound),
});

const reservation: Kind = {
  name: 'reservations',
  of: (view, id) => exists(view, 'reservations', id, 'reservation.notFound'),
};

/** Master data keeps its history when it is removed: its code may come back. */
const master = (name: MasterName): Kind => ({
  name,
  of: (_view, id) => historyOf(name, codeKey(id)),
});

export const historyQueries = [
  coded('lots', 'lot.notFound'),
  coded('serials', 'serial.notFound'),
  reservation,
  ...masterNames.map(master),
  { name: 'settings', of: () => 'settings' },
].map(historyQuery) as unknown as QueryDefinition[];
