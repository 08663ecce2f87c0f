/** `serials.create@1`: one serial by hand, before any stock. Its code is typed, or made by the item's code type. */
import * as z from 'zod/mini';
import type { Fact, SerialFact } from '../../model/facts.ts';
import type { ItemRecord, LotRecord } from '../../model/records.ts';
import { attributes, code, isoDate, maybe, note, read, text } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import type { CommandDefinition, View } from '../../ports/view.ts';
import { isCodeTaken, type MadeCodes, makeCodes, mustBeAccepted, scopeOf } from '../../reading/codes.ts';
import { codeOf, named, variantOf } from '../../reading/references.ts';
import { newAttributes } from '../../rules/attributes.ts';
import { expiryFrom } from '../../rules/expiry.ts';
import { checkDates, checkWorkflow } from '../shared/attended.ts';

/** What may be said of a serial, by hand. */
export const serialFields = {
  reference: maybe(text(50)),
  description: maybe(text()),
  notes: maybe(note()),
  status: maybe(code()),
  customerSerial: maybe(text(50)),
  supplierSerial: maybe(text(50)),
  supplier: maybe(code()),
  startDate: maybe(isoDate()),
  expiryDate: maybe(isoDate()),
  attributes: maybe(attributes()),
};

export const serialCreateInput = z.strictObject({
  item: code(),
  variant: maybe(code()),
  /** Absent or `'auto'`: made by the item's code type. */
  code: maybe(code()),
  /** Code of a lot of the same item. */
  lot: maybe(code()),
  ...serialFields,
});
export type SerialCreateInput = z.infer<typeof serialCreateInput>;

/** The lot of a code, of the same item and variant. */
export function lotNamed(view: View, item: ItemRecord, variant: string | null, lot: string): LotRecord {
  if (!item.lots) throw new LedgerError('item.notLotManaged', { path: 'lot', details: { item: item.code } });
  const found = view.lookup('lots', 'code', [scopeOf(view, item.code, variant), codeKey(lot)]);
  if (!found) throw new LedgerError('lot.notFound', { path: 'lot', details: { code: lot } });
  if (found.itemKey !== item.id || found.variant !== variant) {
    throw new LedgerError('lot.wrongItem', { path: 'lot', details: { code: found.code, item: found.item } });
  }
  return found;
}

interface Dates {
  readonly startDate: string | null;
  readonly expiryDate: string | null;
}

function datesOf(
  input: SerialCreateInput,
  item: ItemRecord,
  lot: LotRecord | undefined,
  today: string,
): Dates {
  const startDate = input.startDate === undefined ? today : input.startDate;
  const days = item.serials?.shelfLifeDays;
  const computed =
    startDate !== null && typeof days === 'number' ? expiryFrom(startDate, days, 'exact') : null;
  const expiryDate =
    input.expiryDate === undefined ? (computed ?? lot?.expiryDate ?? null) : input.expiryDate;
  checkDates(startDate, expiryDate);
  return { startDate, expiryDate };
}

function madeCode(
  input: SerialCreateInput,
  item: ItemRecord,
  variant: string | null,
  dates: Dates,
  view: View,
  today: string,
): MadeCodes {
  if (!item.serials?.codeType) throw new LedgerError('field.required', { path: 'code' });
  const type = named(view, 'codeTypes', item.serials.codeType, 'code');
  const party = input.supplier ? { kind: 'supplier', code: input.supplier } : null;
  const date = dates.startDate ?? today;
  return makeCodes(view, { type, item, variant, date, expiryDate: dates.expiryDate, party }, 1);
}

export const createSerial: CommandDefinition<SerialCreateInput> = {
  name: 'serials.create@1',
  schema: serialCreateInput,
  parse: (args) => read(serialCreateInput, args),
  decide(input, view, context) {
    const item = named(view, 'items', input.item, 'item');
    if (!item.serials) {
      throw new LedgerError('item.notSerialManaged', { path: 'item', details: { item: item.code } });
    }
    const variant = variantOf(item, input.variant, 'variant');
    const lot = input.lot ? lotNamed(view, item, variant, input.lot) : undefined;
    const status = codeOf(view, 'lotStatuses', input.status, 'status') ?? null;
    if (status !== null) checkWorkflow(view, [{ field: 'status', from: null, to: status }], ['status']);
    const dates = datesOf(input, item, lot, context.today);
    const scope = scopeOf(view, item.code, variant);
    const automatic = !input.code || input.code === 'auto';
    const made = automatic ? madeCode(input, item, variant, dates, view, context.today) : undefined;
    const typed = made?.codes[0]?.code ?? String(input.code);
    if (!made && isCodeTaken(view, 'serial', scope, typed)) {
      throw new LedgerError('serial.duplicate', { path: 'code', details: { code: typed } });
    }
    mustBeAccepted(
      context,
      { kind: 'serial', item: item.code, variant, code: typed, made: automatic },
      'code',
    );
    const serial: SerialFact = {
      id: context.newId(),
      item: item.code,
      itemKey: item.id,
      variant,
      code: typed,
      codeKey: codeKey(typed),
      scope,
      origin: made?.codes[0]?.origin ?? null,
      lot: lot?.id ?? null,
      reference: input.reference ?? null,
      description: input.description ?? null,
      notes: input.notes ?? null,
      status,
      customerSerial: input.customerSerial ?? null,
      supplierSerial: input.supplierSerial ?? null,
      supplier: input.supplier ?? lot?.supplier ?? null,
      ...dates,
      cancelled: false,
      closed: false,
      missing: false,
      attributes: newAttributes(item, 'serial', input.attributes),
    };
    const facts: Fact[] = [{ kind: 'serialCreated', serial }];
    if (made) facts.push({ kind: 'counter', counter: made.counter });
    return { facts };
  },
};
