/** `lots.at` and `serials.at`: one record at the end of a day, or as it was known at a `seq`. */
import * as z from 'zod/mini';
import type { LotRecord } from '../../model/records.ts';
import { read } from '../../model/schema.ts';
import type { LotAt, SerialAt } from '../../model/views-past.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { QueryContext, QueryDefinition, QueryView } from '../../ports/view.ts';
import { findCoded } from '../get.ts';
import { lotView, serialView } from '../views/stock.ts';
import { PastView } from './past-view.ts';
import { When, whenArgs } from './when.ts';

const atArgs = z.union([
  z.strictObject({ id: z.string(), ...whenArgs }),
  z.strictObject({
    item: z.string(),
    code: z.string(),
    variant: z.optional(z.nullable(z.string())),
    ...whenArgs,
  }),
]);
type AtArgs = z.infer<typeof atArgs>;

/** A lot as hosts read it, of a moment. */
export function lotAt(past: PastView, lot: LotRecord, when: When): LotAt {
  const before = past.get('lots', lot.id) ?? lot;
  const view = lotView(past, before, when.date);
  const { isNow } = when;
  return {
    ...view,
    reserved: isNow ? view.reserved : null,
    stock: view.stock.map((row) => ({ ...row, reserved: isNow ? row.reserved : null })),
    asOf: when.asOf,
  };
}

/** A serial as hosts read it, of a moment. */
export function serialAt(past: PastView, id: string, when: When): SerialAt | undefined {
  const before = past.get('serials', id);
  if (!before) return undefined;
  const view = serialView(past, before, when.date);
  const parent = before.parent === null ? undefined : past.get('serials', before.parent);
  return {
    ...view,
    reserved: when.isNow ? view.reserved : null,
    installedIn: parent ? { id: parent.id, item: parent.item, code: parent.code } : null,
    asOf: when.asOf,
  };
}

/** What names the record, in an error. */
const detailsOf = (args: AtArgs, when: When): Record<string, unknown> =>
  'id' in args ? { id: args.id, ...when.asOf } : { code: args.code, item: args.item, ...when.asOf };

const momentOf = (args: AtArgs, view: QueryView, context: QueryContext): When =>
  new When(args, view.head.seq, context);

const getLot: QueryDefinition<AtArgs, LotAt> = {
  name: 'lots.at',
  schema: atArgs,
  parse: (args) => read(atArgs, args),
  run(view, args, context) {
    const when = momentOf(args, view, context);
    const lot = findCoded(view, 'lots', args);
    const past = new PastView(view, when);
    if (!lot || !past.had(lot)) throw new LedgerError('lot.notFound', { details: detailsOf(args, when) });
    return lotAt(past, lot, when);
  },
};

const getSerial: QueryDefinition<AtArgs, SerialAt> = {
  name: 'serials.at',
  schema: atArgs,
  parse: (args) => read(atArgs, args),
  run(view, args, context) {
    const when = momentOf(args, view, context);
    const serial = findCoded(view, 'serials', args);
    const past = new PastView(view, when);
    const found = serial && past.hadSerial(serial) ? serialAt(past, serial.id, when) : undefined;
    if (!found) throw new LedgerError('serial.notFound', { details: detailsOf(args, when) });
    return found;
  },
};

export const pastQueries = [getLot, getSerial] as unknown as QueryDefinition[];
