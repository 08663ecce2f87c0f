/**
 * The question language once more, as plainly as it can be said: over all records of a register as a host
 * reads them. It shares nothing with the engine but how codes compare.
 */
import {
  codeKey,
  type FilterValue,
  type Lot,
  naturalKey,
  type Posting,
  type Serial,
} from '../../../../src/core/index.ts';
import type { Register } from './questions.ts';

export type Row = Lot | Serial | Posting;
type Value = string | number | boolean | null;
type Kind = 'code' | 'text' | 'natural' | 'plain' | 'quantity' | 'instant';

interface Field {
  readonly kind: Kind;
  readonly of: (row: never) => Value;
}

const field = <R>(kind: Kind, of: (row: R) => Value): Field => ({ kind, of: of as Field['of'] });
const month = (date: string | null): string | null => date?.slice(0, 7) ?? null;
const own = (names: string, kind: Kind): Record<string, Field> =>
  Object.fromEntries(
    names.split(' ').map((name) => [name, field<Record<string, Value>>(kind, (row) => row[name] ?? null)]),
  );

const stock: Record<string, Field> = {
  ...own('code item variant status', 'code'),
  ...own('description reference', 'text'),
  ...own('startDate expiryDate closed exhausted state', 'plain'),
  ...own('createdAt updatedAt', 'instant'),
  startMonth: field<Lot>('plain', (row) => month(row.startDate)),
  expiryMonth: field<Lot>('plain', (row) => month(row.expiryDate)),
  createdOn: field<Lot>('plain', (row) => row.createdAt.slice(0, 10)),
};

const fields: Readonly<Record<Register, Readonly<Record<string, Field>>>> = {
  lots: {
    ...stock,
    ...own('supplier grade lotType blockRule', 'code'),
    ...own('manufacturer', 'text'),
    ...own('supplierLot', 'natural'),
    ...own('sellable bestBefore retestDate removalDate planning', 'plain'),
    ...own('onHand reserved initialQuantity', 'quantity'),
    inStock: field<Lot>('plain', (row) => row.onHand !== '0'),
    recalled: field<Lot>('plain', (row) => row.recall !== null),
    // of the statuses in stock.ts
    blocked: field<Lot>(
      'plain',
      (row) => row.recall !== null || !row.sellable || codeKey(row.status ?? '') === 'qa',
    ),
  },
  serials: {
    ...stock,
    ...own('supplier warehouse location lot', 'code'),
    ...own('lotId customerSerial supplierSerial', 'text'),
    ...own('cancelled reserved missing', 'plain'),
    holder: field<Serial>('code', (row) => row.holder?.code ?? null),
    inStock: field<Serial>('plain', (row) => row.onHand === '1'),
  },
  postings: {
    ...own('date number reversed unverified', 'plain'),
    ...own('warehouse template', 'code'),
    ...own('type intent key note project actor reverses operation numberText', 'text'),
    month: field<Posting>('plain', (row) => month(row.date)),
    party: field<Posting>('code', (row) => row.party?.code ?? null),
    document: field<Posting>('text', (row) => row.document?.number ?? null),
    internalDocument: field<Posting>('text', (row) => row.internalDocument?.number ?? null),
  },
};

/** A custom attribute; of stock.ts. */
const attributed: Readonly<Record<string, Field>> = {
  'attributes.colour': field<Lot>('natural', (row) => (row.attributes.colour as Value) ?? null),
  'attributes.SIZE': field<Lot>('plain', (row) => (row.attributes.size as Value) ?? null),
};

/** A field of a register by its name. */
export const fieldOf = (register: Register, name: string): Field | undefined =>
  fields[register][name] ?? attributed[name];

/** Millionths, to compare quantities. */
export function exact(quantity: string): bigint {
  const [whole = '0', fraction = ''] = quantity.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}

/** The value as it is told from others. */
export function keyOf({ kind }: Field, value: Value): Value {
  return kind === 'code' && value !== null ? codeKey(String(value)) : value;
}

/** The value as it is put in order. */
function rank({ kind }: Field, value: Value): string | number | bigint | boolean {
  if (kind === 'code' || kind === 'natural') return naturalKey(String(value));
  return kind === 'quantity' ? exact(String(value)) : (value as string | number | boolean);
}

/** Ascending, nulls last; downwards nulls are last too. */
export function compare(of: Field, a: Value, b: Value, down = false): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const [x, y] = [rank(of, a), rank(of, b)];
  return x === y ? 0 : x < y === down ? 1 : -1;
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function like(pattern: string): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const sign = pattern[i] as string;
    if (sign === '%') source += '.*';
    else if (sign === '_') source += '.';
    else if (sign === '\\' && i + 1 < pattern.length) source += literal(pattern[++i] as string);
    else source += literal(sign);
  }
  return new RegExp(`^${source}$`, 'is');
}

/** Whether a value passes one filter. */
function passes(of: Field, value: Value, asked: FilterValue): boolean {
  if (asked === null || typeof asked !== 'object') return same(of, value, asked);
  const { in: several, like: pattern, from, to, isNull } = asked;
  if (isNull !== undefined && (value === null) !== isNull) return false;
  if (several && !several.some((each) => same(of, value, each))) return false;
  if (pattern !== undefined && !(value !== null && like(pattern).test(String(value)))) return false;
  if ((from !== undefined || to !== undefined) && value === null) return false;
  const end = of.kind === 'instant' && String(to).length === 10 ? `${to}T23:59:59.999Z` : to;
  return (
    (from === undefined || compare(of, value, from) >= 0) &&
    (end === undefined || compare(of, value, end) <= 0)
  );
}

const same = (of: Field, value: Value, asked: Value): boolean =>
  value === null || asked === null
    ? value === asked
    : of.kind === 'quantity'
      ? exact(String(value)) === exact(String(asked))
      : keyOf(of, value) === keyOf(of, asked);

const code: Field = { kind: 'code', of: () => null };
const attribute: Field = { kind: 'text', of: () => null };

/** Where a lot lies: in the whole warehouse too, so that both can be asked. */
const places = (row: Row): { warehouse: string; location: string | null }[] =>
  ('stock' in row ? row.stock : []).filter(
    (each) => each.onHand !== '0' || (each.closedQuantity ?? '0') !== '0',
  );

function lies(row: Row, filter: Readonly<Record<string, FilterValue>>): boolean {
  const { warehouse = { isNull: false }, location } = filter;
  const there = places(row);
  if (there.length === 0) return location === undefined && passes(code, null, warehouse);
  return there.some(
    (place) =>
      passes(code, place.warehouse, warehouse) &&
      (location === undefined || passes(code, place.location, location)),
  );
}

function fits(register: Register, row: Row, filter: Readonly<Record<string, FilterValue>>): boolean {
  return Object.entries(filter).every(([name, asked]) => {
    if (name.startsWith('attributes.')) {
      const [, key = ''] = name.split('.');
      return passes(attribute, ((row as Lot).attributes[key] as Value) ?? null, asked);
    }
    if (register === 'lots' && (name === 'warehouse' || name === 'location')) return lies(row, filter);
    const { expired, daysLeft } = row as Lot;
    if (name === 'expired') return asked ? expired : !expired;
    if (name === 'expiresWithin') return daysLeft !== null && daysLeft >= 0 && daysLeft <= Number(asked);
    if (name === 'state' && asked === 'all') return true;
    // the pattern of a posting's number is held against the number as it is shown
    if (name === 'number' && typeof asked === 'object' && asked?.like !== undefined) {
      const { like: pattern, ...rest } = asked;
      const { number, numberText } = row as Posting;
      return like(pattern).test(numberText) && passes(attribute, number, rest);
    }
    const of = fieldOf(register, name);
    if (!of) throw new Error(`the model knows no ${name}`);
    return passes(of, of.of(row as never), asked);
  });
}

/** Names of the suppliers and customers in stock.ts. */
const NAMES: Readonly<Record<string, string>> = { s1: 'Dairy Ltd', s10: 'Milling Co', c1: 'Bistro' };
const named = (party: string | null | undefined): string[] =>
  party ? [party, NAMES[codeKey(party)] ?? ''] : [];

function texts(register: Register, row: Row): (string | null | undefined)[] {
  if (register === 'postings') {
    const { numberText, document, internalDocument, party, note, key } = row as Posting;
    return [numberText, document?.number, internalDocument?.number, note, key, ...named(party?.code)];
  }
  const { code: own_, description, reference, item, itemDescription } = row as Lot;
  const both = [own_, description, reference, item, itemDescription];
  if (register === 'serials')
    return [...both, (row as Serial).customerSerial, (row as Serial).supplierSerial];
  return [...both, (row as Lot).supplierLot, ...named((row as Lot).supplier)];
}

/** All rows that a filter and a search mean, in no order. */
export function matching(
  register: Register,
  rows: readonly Row[],
  { filter = {}, search }: { filter?: Readonly<Record<string, FilterValue>>; search?: string },
): Row[] {
  const text = search?.trim().toLowerCase();
  return rows.filter(
    (row) =>
      fits(register, row, filter) &&
      (!text || texts(register, row).some((each) => each?.toLowerCase().includes(text))),
  );
}
