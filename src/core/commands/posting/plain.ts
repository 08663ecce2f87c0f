/**
 * The compiled check for plain, good postings: what it passes, the schema would pass unchanged. It knows
 * only the ordinary (ASCII texts, strings for quantities, no cleared fields) and sends everything else to
 * the schema, which also explains what is wrong. A fuzz test holds the two together.
 */
import { documentTypes, type PostingInput } from '../../model/posting.ts';
import { isIsoDate, limits } from '../../model/schema.ts';

type Check = (value: unknown) => boolean;
type Shape = ReadonlyMap<string, Check>;

const CODE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const TEXT = /^[\x20-\x7e]*$/;
const QUANTITY = /^\d{1,20}(?:\.\d{1,19})?$/;

const isCode: Check = (value) => typeof value === 'string' && value.length <= limits.code && CODE.test(value);
const isText =
  (max: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= max && TEXT.test(value);
const isDate: Check = (value) => typeof value === 'string' && isIsoDate(value);
const isQuantity: Check = (value) => typeof value === 'string' && QUANTITY.test(value);
const isBoolean: Check = (value) => typeof value === 'boolean';
const isWhole =
  (min: number, max: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max && !Object.is(value, -0);
const isOneOf = (values: readonly string[]): Check => {
  const known = new Set<unknown>(values);
  return (value) => known.has(value);
};

/** A plain object with known members only, all of the required ones among them. */
function isObject(required: Shape, optional: Shape): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const object = value as Record<string, unknown>;
    let found = 0;
    for (const name in object) {
      const must = required.get(name);
      if (must) found++;
      const check = must ?? optional.get(name);
      if (!check?.(object[name])) return false;
    }
    return found === required.size;
  };
}

const isList =
  (each: Check, max: number): Check =>
  (value) => {
    if (!Array.isArray(value) || value.length > max) return false;
    for (const one of value) if (!each(one)) return false;
    return true;
  };

const shape = (checks: Record<string, Check>): Shape => new Map(Object.entries(checks));
const description = isText(limits.description);
const short = isText(50);
const note = isText(limits.note);

const isDocument = isObject(
  shape({ type: isOneOf(documentTypes) }),
  shape({ number: short, date: isDate, url: isText(limits.url) }),
);
const isFulfilled = isObject(shape({ type: isOneOf(documentTypes), number: short }), shape({}));
const isParty = isObject(
  shape({ kind: isOneOf(['customer', 'supplier', 'other']), code: isCode }),
  shape({ name: description }),
);
const isLotRow = isObject(
  shape({ quantity: isQuantity }),
  shape({
    code: isCode,
    location: isCode,
    startDate: isDate,
    expiryDate: isDate,
    manufactureDate: isDate,
    supplierLot: short,
    manufacturer: description,
    lotType: isCode,
    packageCount: isWhole(0, 1_000_000_000),
    sellable: isBoolean,
    note,
  }),
);
const isSerialRow = isObject(
  shape({}),
  shape({
    code: isCode,
    from: isCode,
    to: isCode,
    lot: isCode,
    location: isCode,
    customerSerial: short,
    supplierSerial: short,
    startDate: isDate,
    expiryDate: isDate,
  }),
);
const autoOr =
  (rows: Check): Check =>
  (value) =>
    value === 'auto' || rows(value);
const isLine = isObject(
  shape({ item: isCode, quantity: isQuantity }),
  shape({
    variant: isCode,
    unit: isCode,
    location: isCode,
    note,
    project: short,
    lots: autoOr(isList(isLotRow, limits.rows)),
    serials: autoOr(isList(isSerialRow, limits.rows)),
  }),
);
const isCounterpart = isObject(shape({}), shape({ location: isCode, lines: isList(isLine, limits.lines) }));
const isPosting = isObject(
  shape({ warehouse: isCode, template: isCode, date: isDate, lines: isList(isLine, limits.lines) }),
  shape({
    key: isText(200),
    commandId: (value) => typeof value === 'string',
    number: isWhole(1, 999_999_999),
    document: isDocument,
    internalDocument: isDocument,
    fulfils: isFulfilled,
    party: isParty,
    project: short,
    note,
    counterpart: isCounterpart,
  }),
);

/** A copy of plain JSON that nobody else holds: a caller may change its own object after the call. */
function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name] = copyOf(value[name]);
  return copy as T;
}

/** The posting an input is, if it is a plain and good one: a copy, the very thing that was checked. */
export const plainPosting = (input: unknown): PostingInput | undefined =>
  isPlainPosting(input) ? copyOf(input) : undefined;

/** Whether an input is a plain, good posting, as it stands. */
export const isPlainPosting = (input: unknown): input is PostingInput =>
  isPosting(input) && (input as PostingInput).lines.length > 0;
