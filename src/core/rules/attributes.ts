/**
 * Custom attributes: an item may say which its lots and serials carry, of which type, and which they must
 * have. What is stored is then typed, so registers can filter and sort by it. An item without a schema takes
 * whatever the host attaches.
 */
import type { AttributeField, ItemInput } from '../model/inputs.ts';
import { isIsoDate } from '../model/schema.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey, naturalKey } from '../ports/keys.ts';

/** Whose attributes are meant. */
export type AttributeOwner = 'lot' | 'serial';

/** Values by name; null clears. */
export type AttributeValues = Readonly<Record<string, unknown>>;

function repeated(values: readonly string[], path: (index: number) => string): void {
  const seen = new Set<string>();
  values.forEach((value, index) => {
    const key = codeKey(value);
    if (seen.has(key)) throw new LedgerError('field.repeated', { path: path(index), details: { value } });
    seen.add(key);
  });
}

/** Refuses a schema that says something twice, or choices where there is nothing to choose. */
export function checkAttributeSchema(schema: readonly AttributeField[], path = 'attributeSchema'): void {
  repeated(
    schema.map((field) => field.key),
    (index) => `${path}[${index}].key`,
  );
  schema.forEach(({ type, choices }, index) => {
    const at = `${path}[${index}].choices`;
    if (type === 'choice' && !choices?.length) throw new LedgerError('field.required', { path: at });
    if (type !== 'choice' && choices) {
      throw new LedgerError('field.unknown', { path: at, details: { name: 'choices' } });
    }
    repeated(choices ?? [], (n) => `${at}[${n}]`);
  });
}

const fieldsFor = (schema: readonly AttributeField[], owner: AttributeOwner): AttributeField[] =>
  schema.filter(({ on }) => (on ?? 'both') === 'both' || on === owner);

/** The value as it is stored: a choice as the schema writes it. */
function stored(field: AttributeField, value: unknown, path: string): unknown {
  const { key, type, choices } = field;
  const wrong = (): never => {
    throw new LedgerError('attribute.type', { path, details: { key, expected: type } });
  };
  if (type === 'number' || type === 'boolean') return typeof value === type ? value : wrong();
  if (typeof value !== 'string') return wrong();
  if (type === 'date') return isIsoDate(value) ? value : wrong();
  if (type === 'text') return value;
  const chosen = choices?.find((choice) => codeKey(choice) === codeKey(value));
  if (chosen === undefined) {
    throw new LedgerError('attribute.choice', { path, details: { key, value, choices: choices ?? [] } });
  }
  return chosen;
}

/**
 * Values as they are to be stored: keys and choices as the item's schema writes them, types checked. Null
 * stays, for an edit that clears. Whether something is missing is asked by {@link requireAttributes}.
 * @throws LedgerError `attribute.unknown`, `attribute.type`, `attribute.choice`
 */
export function typedAttributes(
  item: Pick<ItemInput, 'code' | 'attributeSchema'>,
  owner: AttributeOwner,
  values: AttributeValues,
  path = 'attributes',
): AttributeValues {
  if (!item.attributeSchema) return values;
  const fields = fieldsFor(item.attributeSchema, owner);
  const typed = Object.entries(values).map(([name, value]) => {
    const at = `${path}.${name}`;
    const field = fields.find(({ key }) => codeKey(key) === codeKey(name));
    if (!field) {
      throw new LedgerError('attribute.unknown', { path: at, details: { key: name, item: item.code } });
    }
    return [field.key, value === null || value === undefined ? null : stored(field, value, at)];
  });
  return Object.fromEntries(typed);
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/**
 * Refuses values that lack what the schema requires.
 * @param among only these, where an edit says nothing of the others
 * @throws LedgerError `attribute.required`
 */
export function requireAttributes(
  item: Pick<ItemInput, 'attributeSchema'>,
  owner: AttributeOwner,
  values: AttributeValues,
  path = 'attributes',
  among?: AttributeValues,
): void {
  for (const { key, required } of fieldsFor(item.attributeSchema ?? [], owner)) {
    if (!required || (among && !Object.hasOwn(among, key)) || isThere(values[key])) continue;
    throw new LedgerError('attribute.required', { path: `${path}.${key}`, details: { key } });
  }
}

/** The attributes of something new: typed, complete, without what was said to be none. */
export function newAttributes(
  item: Pick<ItemInput, 'code' | 'attributeSchema'>,
  owner: AttributeOwner,
  values: AttributeValues | null | undefined,
  path = 'attributes',
): AttributeValues {
  const typed = typedAttributes(item, owner, values ?? {}, path);
  requireAttributes(item, owner, typed, path);
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== null));
}

/** Longest text that takes part in the order. */
const SORTED = 100;

/** Digits of a number as a text in which `~` ends the negative ones, so that more of them sort first. */
function numberSort(value: number): string {
  if (value === 0) return '1';
  const [digits = '', power = '0'] = Math.abs(value).toExponential().split('e');
  const mantissa = digits.replace('.', '');
  const exponent = String(Number(power) + 500).padStart(4, '0');
  if (value > 0) return `2${exponent}${mantissa}`;
  return `0${(exponent + mantissa).replace(/\d/g, (digit) => String(9 - Number(digit)))}~`;
}

/**
 * The value as registers order it: numbers as numbers, texts and dates in natural order; null for what has
 * no order, a list. Values of one type stand together.
 * @example attributeSort(9.5) < attributeSort(10) // true
 */
export function attributeSort(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? 'b1' : 'b0';
  if (typeof value === 'number') return `n${numberSort(value)}`;
  if (typeof value === 'string') return `t${naturalKey(value.slice(0, SORTED))}`;
  return null;
}
