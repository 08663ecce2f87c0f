/**
 * `lots.create@1`: a lot by hand, before any stock. Its code is typed, or made by the item's code type when
 * it is absent or `'auto'`; start and expiry are computed as a load would (R27, R128).
 */
import * as z from 'zod/mini';
import type { Fact, LotFact } from '../../model/facts.ts';
import type { ItemRecord } from '../../model/records.ts';
import { attributes, code, isoDate, maybe, note, read, text, whole } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import type { CommandDefinition, DecideContext, View } from '../../ports/view.ts';
import { isCodeTaken, type MadeCodes, makeCodes, mustBeAccepted, scopeOf } from '../../reading/codes.ts';
import { receiptPolicies } from '../../reading/receipts.ts';
import { codeOf, named, variantOf } from '../../reading/references.ts';
import { newAttributes } from '../../rules/attributes.ts';
import { expiryFrom, type WatchedDates, watchedDates } from '../../rules/expiry.ts';
import { checkDates, checkWorkflow, mustBeAllowed } from '../shared/attended.ts';

/** What may be said of a lot, by hand: all but its item and code may be edited later too. */
export const lotFields = {
  reference: maybe(text(50)),
  description: maybe(text()),
  status: maybe(code()),
  grade: maybe(code()),
  lotType: maybe(code()),
  supplier: maybe(code()),
  manufacturer: maybe(text()),
  supplierLot: maybe(text(50)),
  startDate: maybe(isoDate()),
  expiryDate: maybe(isoDate()),
  manufactureDate: maybe(isoDate()),
  bestBefore: maybe(isoDate()),
  retestDate: maybe(isoDate()),
  removalDate: maybe(isoDate()),
  packageCount: maybe(whole(0, 1_000_000_000)),
  notes: maybe(note()),
  labelType: maybe(text(50)),
  sellable: z.optional(z.boolean()),
  attributes: maybe(attributes()),
};

export const lotCreateInput = z.strictObject({
  item: code(),
  variant: maybe(code()),
  /** Absent or `'auto'`: made by the item's code type. */
  code: maybe(code()),
  ...lotFields,
});
export type LotCreateInput = z.infer<typeof lotCreateInput>;

interface Dates extends WatchedDates {
  readonly startDate: string | null;
  readonly expiryDate: string | null;
}

/** Null says there is none; undefined is worked out. */
function datesOf(input: LotCreateInput, item: ItemRecord, today: string): Dates {
  const startDate = input.startDate === undefined ? today : input.startDate;
  const days = item.lots?.shelfLifeDays;
  const computed =
    startDate !== null && typeof days === 'number'
      ? expiryFrom(startDate, days, item.lots?.expiryRounding ?? 'exact')
      : null;
  const expiryDate = input.expiryDate === undefined ? computed : input.expiryDate;
  checkDates(startDate, expiryDate);
  if (expiryDate === null && item.lots?.expiryRequired) {
    throw new LedgerError('lot.expiryRequired', { path: 'expiryDate' });
  }
  const watched = watchedDates(startDate, item.lots);
  const given = <K extends keyof WatchedDates>(field: K): string | null => {
    const typed = input[field];
    return typed === undefined ? watched[field] : typed;
  };
  return {
    startDate,
    expiryDate,
    retestDate: given('retestDate'),
    bestBefore: given('bestBefore'),
    removalDate: given('removalDate'),
  };
}

function statusOf(
  input: LotCreateInput,
  item: ItemRecord,
  view: View,
  context: DecideContext,
): string | null {
  const initial = item.lots?.initialStatus ?? null;
  if (input.status === undefined) return initial;
  const status = codeOf(view, 'lotStatuses', input.status, 'status');
  if (status === initial) return initial;
  checkWorkflow(view, [{ field: 'status', from: initial, to: status }], ['status']);
  if (initial !== null) mustBeAllowed(context, 'status.change', 'status');
  return status;
}

function madeCode(
  input: LotCreateInput,
  item: ItemRecord,
  variant: string | null,
  dates: Dates,
  view: View,
  today: string,
): MadeCodes {
  if (!item.lots?.codeType) throw new LedgerError('field.required', { path: 'code' });
  const type = named(view, 'codeTypes', item.lots.codeType, 'code');
  const party = input.supplier ? { kind: 'supplier', code: input.supplier } : null;
  return makeCodes(
    view,
    {
      type,
      item,
      variant,
      date: dates.startDate ?? today,
      expiryDate: dates.expiryDate,
      lotType: input.lotType ?? null,
      supplierLot: input.supplierLot ?? null,
      party,
    },
    1,
  );
}

function itemOf(input: LotCreateInput, view: View): ItemRecord {
  const item = named(view, 'items', input.item, 'item');
  if (!item.lots) throw new LedgerError('item.notLotManaged', { path: 'item', details: { item: item.code } });
  return item;
}

export const createLot: CommandDefinition<LotCreateInput> = {
  name: 'lots.create@1',
  schema: lotCreateInput,
  parse: (args) => read(lotCreateInput, args),
  decide(input, view, context) {
    const item = itemOf(input, view);
    const variant = variantOf(item, input.variant, 'variant');
    const status = statusOf(input, item, view, context);
    const dates = datesOf(input, item, context.today);
    const scope = scopeOf(view, item.code, variant);
    const automatic = !input.code || input.code === 'auto';
    const made = automatic ? madeCode(input, item, variant, dates, view, context.today) : undefined;
    const typed = made?.codes[0]?.code ?? String(input.code);
    if (!made && isCodeTaken(view, 'lot', scope, typed)) {
      throw new LedgerError('lot.duplicate', { path: 'code', details: { code: typed } });
    }
    const id = context.newId();
    const { supplier = null, supplierLot = null } = input;
    const arriving = { id, code: typed, itemKey: item.id, supplier, supplierLot, date: context.today };
    const waiting = receiptPolicies(view, arriving);
    mustBeAccepted(context, { kind: 'lot', item: item.code, variant, code: typed, made: automatic }, 'code');
    const lot: LotFact = {
      id,
      item: item.code,
      itemKey: item.id,
      variant,
      code: typed,
      codeKey: codeKey(typed),
      scope,
      origin: made?.codes[0]?.origin ?? null,
      reference: input.reference ?? null,
      description: input.description ?? null,
      // a status said by hand stands until the first load; the rule is asked again then
      status: input.status === undefined ? (waiting.status ?? status) : status,
      grade: codeOf(view, 'grades', input.grade, 'grade') ?? null,
      lotType: codeOf(view, 'lotTypes', input.lotType, 'lotType') ?? null,
      supplier,
      manufacturer: input.manufacturer ?? null,
      supplierLot,
      ...dates,
      manufactureDate: input.manufactureDate ?? null,
      recall: waiting.recall,
      blockRule: input.status === undefined ? waiting.blockRule : null,
      packageCount: input.packageCount ?? null,
      notes: input.notes ?? null,
      labelType: input.labelType ?? null,
      sellable: input.sellable ?? true,
      closed: false,
      attributes: newAttributes(item, 'lot', input.attributes),
      decimals: item.unit.decimals,
    };
    const facts: Fact[] = [{ kind: 'lotCreated', lot }];
    if (made) facts.push({ kind: 'counter', counter: made.counter });
    return { facts: [...facts, ...waiting.facts] };
  },
};
