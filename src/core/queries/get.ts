/** One record: by its id, by its code, or by what its code is unique in. Absent is `<word>.notFound`. */
import * as z from 'zod/mini';
import type { Collections, LotRecord, MasterName, SerialRecord } from '../model/records.ts';
import { byId, read } from '../model/schema.ts';
import type { ErrorCode } from '../ports/catalogue.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey, templateKey } from '../ports/keys.ts';
import type { QueryContext, QueryDefinition, QueryView } from '../ports/view.ts';
import { partyId } from '../reading/parties.ts';
import { settingsOf } from '../reading/references.ts';
import * as masters from './views/masters.ts';
import { postingView } from './views/postings.ts';
import { lotView, nameOf, serialView, UNGUARDED } from './views/stock.ts';

function getMaster<C extends MasterName>(
  collection: C,
  notFound: ErrorCode,
  render: (record: Collections[C]) => unknown,
): QueryDefinition<{ id: string }> {
  return {
    name: `${collection}.get`,
    schema: byId,
    parse: (args) => read(byId, args),
    run(view, { id }) {
      // the id of master data is the key of its code, so either finds it
      const record = view.get(collection, codeKey(id));
      if (!record) throw new LedgerError(notFound, { details: { code: id } });
      return render(record);
    },
  };
}

const templateRef = z.union([byId, z.strictObject({ warehouse: z.string(), code: z.string() })]);

const getTemplate: QueryDefinition<z.infer<typeof templateRef>> = {
  name: 'templates.get',
  schema: templateRef,
  parse: (args) => read(templateRef, args),
  run(view, ref) {
    const id = 'id' in ref ? ref.id : templateKey(ref.warehouse, ref.code);
    const record = view.get('templates', id);
    if (record) return masters.templateView(record);
    const details = 'id' in ref ? { code: ref.id } : { warehouse: ref.warehouse, code: ref.code };
    throw new LedgerError('template.notFound', { details });
  },
};

const partyRef = z.union([byId, z.strictObject({ kind: z.string(), code: z.string() })]);

const getParty: QueryDefinition<z.infer<typeof partyRef>> = {
  name: 'parties.get',
  schema: partyRef,
  parse: (args) => read(partyRef, args),
  run(view, ref) {
    const record = view.get('parties', 'id' in ref ? ref.id : partyId(ref));
    if (record) return masters.partyView(record);
    throw new LedgerError('party.notFound', { details: { code: 'id' in ref ? ref.id : ref.code } });
  },
};

const codedRef = z.union([
  byId,
  z.strictObject({ item: z.string(), code: z.string(), variant: z.optional(z.nullable(z.string())) }),
]);
type CodedRef = z.infer<typeof codedRef>;

const ambiguous = { lots: 'lot.ambiguous', serials: 'serial.ambiguous' } as const;

/** A lot or serial by its id, by item and code, or by its code alone where only one has it. */
export function findCoded<C extends 'lots' | 'serials'>(
  view: QueryView,
  collection: C,
  ref: CodedRef,
): Collections[C] | undefined {
  if ('id' in ref) {
    const record = view.get(collection, ref.id);
    if (record) return record;
  }
  const code = 'id' in ref ? ref.id : ref.code;
  const holders = view.range(collection, 'byCode', { prefix: [codeKey(code)] }, UNGUARDED);
  const meant = 'id' in ref ? holders : holders.filter((each) => isOf(each, ref));
  if (meant.length < 2) return meant[0];
  throw new LedgerError(ambiguous[collection], { details: { code, count: meant.length } });
}

function isOf(
  record: LotRecord | SerialRecord,
  ref: { item: string; variant?: string | null | undefined },
): boolean {
  if (record.itemKey !== codeKey(ref.item)) return false;
  if (ref.variant === undefined) return true;
  if (ref.variant === null || record.variant === null) return ref.variant === record.variant;
  return codeKey(record.variant) === codeKey(ref.variant);
}

function getCoded<C extends 'lots' | 'serials'>(
  collection: C,
  notFound: ErrorCode,
  render: (view: QueryView, record: Collections[C], context: QueryContext) => unknown,
): QueryDefinition<CodedRef> {
  return {
    name: `${collection}.get`,
    schema: codedRef,
    parse: (args) => read(codedRef, args),
    run(view, ref, context) {
      const record = findCoded(view, collection, ref);
      if (record) return render(view, record, context);
      throw new LedgerError(notFound, {
        details: 'id' in ref ? { id: ref.id } : { code: ref.code, item: ref.item },
      });
    },
  };
}

const getPosting: QueryDefinition<{ id: string }> = {
  name: 'postings.get',
  schema: byId,
  parse: (args) => read(byId, args),
  run(view, { id }) {
    const record = view.get('postings', id);
    if (!record) throw new LedgerError('posting.notFound', { details: { id } });
    return postingView(record, (party) => nameOf(view, party));
  },
};

const getSettings: QueryDefinition<unknown> = {
  name: 'settings.get',
  schema: z.unknown(),
  parse: () => undefined,
  run: (view) => masters.settingsView(settingsOf(view)),
};

export const getQueries = [
  getMaster('codeTypes', 'codeType.notFound', masters.codeTypeView),
  getMaster('letterTables', 'letterTable.notFound', masters.letterTableView),
  getMaster('items', 'item.notFound', masters.itemView),
  getMaster('warehouses', 'warehouse.notFound', masters.warehouseView),
  getMaster('lotStatuses', 'lotStatus.notFound', masters.lotStatusView),
  getMaster('lotTypes', 'lotType.notFound', masters.lotTypeView),
  getMaster('grades', 'grade.notFound', masters.gradeView),
  getMaster('blockRules', 'blockRule.notFound', masters.blockRuleView),
  getMaster('transitions', 'transition.notFound', masters.transitionView),
  getTemplate,
  getParty,
  getSettings,
  getPosting,
  getCoded('lots', 'lot.notFound', (view, lot, context) => lotView(view, lot, context.today)),
  getCoded('serials', 'serial.notFound', (view, serial, context) => serialView(view, serial, context.today)),
] as unknown as QueryDefinition[];
