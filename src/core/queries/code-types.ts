/** Code types at work: the codes that would come next, where the counters stand, when they will be full. */
import * as z from 'zod/mini';
import { documentTypes } from '../model/posting.ts';
import type { CodeTypeRecord, CounterRecord, ItemRecord } from '../model/records.ts';
import { code, isoDate, maybe, read, text, whole } from '../model/schema.ts';
import type { Counter, Forecast } from '../model/views.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey } from '../ports/keys.ts';
import type { QueryDefinition, QueryView } from '../ports/view.ts';
import { makeCodes } from '../reading/codes.ts';
import { named, variantOf } from '../reading/references.ts';
import { addDays, daysBetween } from '../rules/calendar.ts';
import { positionsLeft } from '../rules/codes.ts';
import { expiryFrom } from '../rules/expiry.ts';
import { own } from './views/own.ts';
import { UNGUARDED } from './views/stock.ts';

const previewArgs = z.strictObject({
  code: code(),
  item: code(),
  variant: maybe(code()),
  count: z.optional(whole(1, 1000)),
  /** What the code may draw on; a whole posting is welcome, the rest of it is not read. */
  posting: maybe(
    z.object({
      date: z.optional(isoDate()),
      expiryDate: maybe(isoDate()),
      lotType: maybe(code()),
      supplierLot: maybe(text(50)),
      document: maybe(z.object({ type: z.enum(documentTypes), number: maybe(text(50)) })),
      party: maybe(z.object({ kind: z.string(), code: code(), name: maybe(text()) })),
    }),
  ),
});
type PreviewArgs = z.infer<typeof previewArgs>;

function expiryOf(args: PreviewArgs, item: ItemRecord, kind: 'lot' | 'serial', date: string): string | null {
  if (args.posting?.expiryDate) return args.posting.expiryDate;
  const days = kind === 'lot' ? item.lots?.shelfLifeDays : item.serials?.shelfLifeDays;
  if (days === null || days === undefined) return null;
  return expiryFrom(date, days, kind === 'lot' ? item.lots?.expiryRounding : 'exact');
}

const preview: QueryDefinition<PreviewArgs, string[]> = {
  name: 'codeTypes.preview',
  schema: previewArgs,
  parse: (args) => read(previewArgs, args),
  run(view, args, context) {
    const type = typeOf(view, args.code);
    const item = named(view, 'items', args.item, 'item');
    const { posting } = args;
    const date = posting?.date ?? context.today;
    const document = posting?.document;
    const made = makeCodes(
      view,
      {
        type,
        item,
        variant: variantOf(item, args.variant, 'variant'),
        date,
        expiryDate: expiryOf(args, item, type.kind, date),
        lotType: posting?.lotType ?? null,
        supplierLot: posting?.supplierLot ?? null,
        party: posting?.party ?? null,
        document: document ? { type: document.type, number: document.number ?? null } : null,
      },
      args.count ?? 1,
    );
    return made.codes.map((each) => each.code);
  },
};

function typeOf(view: QueryView, name: string): CodeTypeRecord {
  const type = view.get('codeTypes', codeKey(name));
  if (!type) throw new LedgerError('codeType.notFound', { details: { code: name } });
  return type;
}

function counterView(type: CodeTypeRecord, counter: CounterRecord): Counter {
  const { id, root, item, variant, number, letters, made, firstDate, lastDate, gaps } = counter;
  return {
    id,
    root: own(root),
    item,
    variant,
    last: { number, letters },
    made,
    firstDate,
    lastDate,
    gaps: own(gaps),
    left: String(positionsLeft(type, counter)),
  };
}

function countersOf(view: QueryView, name: string): Counter[] {
  const type = typeOf(view, name);
  return view
    .range('counters', 'byType', { prefix: [type.id] }, UNGUARDED)
    .map((counter) => counterView(type, counter));
}

const byCode = z.strictObject({ code: code() });

const counters: QueryDefinition<{ code: string }, Counter[]> = {
  name: 'codeTypes.counters',
  schema: byCode,
  parse: (args) => read(byCode, args),
  run: (view, args) => countersOf(view, args.code),
};

/** No forecast reaches further than this: a counter that lasts so long is no worry. */
const FAR_DAYS = 100 * 365;

function forecastOf({ id, root, item, variant, made, left, firstDate, lastDate }: Counter): Forecast {
  const known = { id, root, item, variant, made, left };
  const days = daysBetween(firstDate, lastDate) + 1;
  if (made < 2) return { ...known, perDay: null, fullOn: null };
  const perDay = made / days;
  const lasts = Math.floor(Number(left) / perDay);
  const reachable = lasts <= FAR_DAYS && daysBetween(lastDate, '9999-12-31') > lasts;
  return { ...known, perDay, fullOn: reachable ? addDays(lastDate, lasts) : null };
}

const forecast: QueryDefinition<{ code: string }, Forecast[]> = {
  name: 'codeTypes.forecast',
  schema: byCode,
  parse: (args) => read(byCode, args),
  run: (view, args) => countersOf(view, args.code).map(forecastOf),
};

export const codeTypeQueries = [preview, counters, forecast] as unknown as QueryDefinition[];
