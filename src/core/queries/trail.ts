/** The movements of one lot or serial with their postings, newest first. */
import * as z from 'zod/mini';
import type { LotRecord, MovementRecord, SerialRecord } from '../model/records.ts';
import { read, whole } from '../model/schema.ts';
import type { Movement, Page } from '../model/views.ts';
import type { ErrorCode } from '../ports/catalogue.ts';
import { LedgerError } from '../ports/errors.ts';
import type { Condition, FindPage } from '../ports/store.ts';
import { gather, type QueryContext, type QueryDefinition, type QueryView } from '../ports/view.ts';
import { postingNumberText } from '../rules/posting-number.ts';
import { formatSteps } from '../rules/quantities.ts';
import { cursorOf, positionOf } from './lists/cursor.ts';
import { own } from './views/own.ts';
import { nameOf } from './views/stock.ts';

type Kind = 'lots' | 'serials';

const notFound: Readonly<Record<Kind, ErrorCode>> = { lots: 'lot.notFound', serials: 'serial.notFound' };

const trailArgs = z.strictObject({
  id: z.string(),
  direction: z.optional(z.nullable(z.enum(['load', 'unload']))),
  limit: z.optional(whole(1, 500)),
  cursor: z.optional(z.nullable(z.string())),
});
type TrailArgs = z.infer<typeof trailArgs>;

function existing(view: QueryView, kind: Kind, id: string): LotRecord | SerialRecord {
  const record = view.get(kind, id);
  if (!record) throw new LedgerError(notFound[kind], { details: { id } });
  return record;
}

function movementView(view: QueryView, movement: MovementRecord, decimals: number): Movement {
  const posting = view.get('postings', movement.posting);
  const party = posting?.party ?? null;
  return {
    id: movement.id,
    date: movement.date,
    recordedAt: movement.at,
    direction: movement.quantity < 0 ? 'unload' : 'load',
    quantity: formatSteps(movement.quantity, decimals),
    warehouse: movement.warehouse,
    location: movement.location,
    intent: movement.intent,
    serial: movement.serial,
    posting: movement.posting,
    line: movement.line,
    numberText: posting ? postingNumberText(posting.date, posting.number) : '',
    template: posting?.template ?? '',
    document: own(posting?.document ?? null),
    internalDocument: own(posting?.internalDocument ?? null),
    party: party ? { ...party, name: nameOf(view, party) } : null,
    project: posting?.project ?? null,
    actor: posting?.actor ?? '',
    otherDocuments: own(posting?.lines.find((line) => line.id === movement.line)?.documents ?? []),
    reverses: movement.reverses,
    reversedBy: movement.reversedBy,
  };
}

/** A page as hosts read it. */
function pageOf<R, T>(
  question: string,
  page: FindPage<R>,
  render: (record: R) => T,
  { view, context }: { view: QueryView; context: QueryContext },
): Page<T> {
  return {
    items: gather(page.records, render),
    ...(page.next ? { next: cursorOf(question, page.next) } : {}),
    asOf: { seq: view.head.seq, date: context.today },
  };
}

/** Direction by the sign of the movement. */
function byDirection(direction: TrailArgs['direction']): Condition[] {
  if (!direction) return [];
  return [
    direction === 'load'
      ? { field: 'quantity', op: 'from', value: 1 }
      : { field: 'quantity', op: 'to', value: -1 },
  ];
}

function movementsOf(kind: Kind): QueryDefinition<TrailArgs, Page<Movement>> {
  const name = `${kind}.movements`;
  const [field, order] = kind === 'lots' ? (['lot', 'byLot'] as const) : (['serial', 'bySerial'] as const);
  return {
    name,
    schema: trailArgs,
    parse: (args) => read(trailArgs, args),
    run(view, { id, direction, limit, cursor }, context) {
      const record = existing(view, kind, id);
      const decimals = view.get('items', record.itemKey)?.unit.decimals ?? 0;
      const question = JSON.stringify([name, id, direction ?? null]);
      const page = view.find('movements', {
        where: [{ field, op: 'eq', value: id }, ...byDirection(direction)],
        order,
        reverse: true,
        limit: limit ?? 50,
        ...(cursor ? { after: positionOf(question, cursor) } : {}),
      });
      return pageOf(question, page, (each) => movementView(view, each, decimals), { view, context });
    },
  };
}

export const trailQueries = [movementsOf('lots'), movementsOf('serials')] as unknown as QueryDefinition[];
