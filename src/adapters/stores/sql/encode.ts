/**
 * Values as texts whose plain order by bytes (`collate "C"`) is the order of the port: booleans, numbers,
 * texts by code points, `null` last. So an index of the database is an index of the port, whatever the
 * locale, and a position is a row of texts.
 */
import { compareText, LedgerError, type Scalar, textsDigest } from '../../../core/adapter-kit.ts';

/** The text of `null`, above every other. */
export const NULL = 'z';
/** Above every number, and above every text. */
export const AFTER_NUMBERS = 't';
export const AFTER_TEXTS = 'u';

/**
 * So many bytes of a value stand in an index, whose rows have to stay below a third of a page; what is longer
 * goes on beside it.
 */
const INDEXED = 300;
/** A longer key of a unique index is kept by its digest. */
const UNIQUE = 1000;

/** A value as it is stored: what indexes hold, and where that was cut off, the whole. */
export interface Encoded {
  readonly key: string;
  /** Empty where `key` is the whole value. */
  readonly long: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL's texts cannot hold the one, and the other stands for it
const ESCAPED = /[\u0000\u0001]/g;
// a lone half of a surrogate pair
const ILL_FORMED = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * A text as the database holds it: U+0000, which it cannot hold, and U+0001, which then stands for it, in two
 * characters each, so that the order stays.
 * @throws LedgerError `field.characters` for ill-formed Unicode, which has no form in UTF-8
 */
export function encodeText(text: string): string {
  if (ILL_FORMED.test(text)) throw new LedgerError('field.characters');
  return text.replace(ESCAPED, (character) => (character === '\u0000' ? '\u0001\u0001' : '\u0001\u0002'));
}

/** The text that {@link encodeText} was given. */
export function decodeText(text: string): string {
  if (!text.includes('\u0001')) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what stands for the two characters above
  return text.replace(/\u0001[\u0001\u0002]/g, (pair) => (pair[1] === '\u0001' ? '\u0000' : '\u0001'));
}

const cell = new DataView(new ArrayBuffer(8));
const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** Sixteen hexadecimal digits in the order of the numbers: the bits of a double, the negative turned round. */
function encodeNumber(value: number): string {
  cell.setFloat64(0, value + 0); // + 0 makes one zero of two
  const high = cell.getUint32(0);
  const low = cell.getUint32(4);
  if (high >= 0x80000000) return hex(~high >>> 0) + hex(~low >>> 0);
  return hex((high | 0x80000000) >>> 0) + hex(low);
}

function decodeNumber(digits: string): number {
  const high = Number.parseInt(digits.slice(0, 8), 16);
  const low = Number.parseInt(digits.slice(8), 16);
  const isPositive = high >= 0x80000000;
  cell.setUint32(0, isPositive ? high & 0x7fffffff : ~high);
  cell.setUint32(4, isPositive ? low : ~low);
  return cell.getFloat64(0);
}

/** A value whole. */
export function encodeScalar(value: Scalar | undefined): string {
  if (typeof value === 'string') return `t${encodeText(value)}`;
  if (typeof value === 'number') return `n${encodeNumber(value)}`;
  if (typeof value === 'boolean') return value ? 'b1' : 'b0';
  return NULL;
}

/** The value of a whole text. */
export function decodeScalar(text: string): Scalar {
  const rest = text.slice(1);
  if (text.startsWith('t')) return decodeText(rest);
  if (text.startsWith('n')) return decodeNumber(rest);
  return text === NULL ? null : rest === '1';
}

/** Compares two values as they are sorted, `null` last in both directions: booleans, numbers, texts. */
export function compareSorted(a: Scalar, b: Scalar, descends = false): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const order = compareText(encodeScalar(a), encodeScalar(b));
  return descends ? -order : order;
}

const utf8 = new TextEncoder();
const text = new TextDecoder();

const isLonger = (value: string, bytes: number): boolean =>
  value.length > bytes || (value.length * 3 > bytes && utf8.encode(value).length > bytes);

/** A value as it is stored and compared. */
export function encode(value: Scalar | undefined): Encoded {
  const whole = encodeScalar(value);
  if (!isLonger(whole, INDEXED)) return { key: whole, long: '' };
  const bytes = utf8.encode(whole);
  let end = INDEXED;
  // not within a character
  while (((bytes[end] as number) & 0xc0) === 0x80) end--;
  return { key: text.decode(bytes.subarray(0, end)), long: whole };
}

/** The key of a unique index; `null` where a part exempts the record. */
export function encodeUnique(values: readonly (Scalar | undefined)[]): string | null {
  if (values.some((value) => value === null || value === undefined)) return null;
  const key = JSON.stringify(values.map(encodeScalar));
  return isLonger(key, UNIQUE) ? `#${textsDigest([key])}` : key;
}

/** A name of a column, table or index. PostgreSQL cuts long ones off, so a long one ends with a digest. */
export function nameOf(...words: readonly string[]): string {
  const name = words.join('_');
  if (!isLonger(name, 60)) return name;
  return `${[...name].slice(0, 11).join('')}_${textsDigest([name]).slice(0, 12)}`;
}

/** An identifier in quotes, of which nothing is read as SQL. */
export const quoted = (...words: readonly string[]): string => `"${nameOf(...words).replaceAll('"', '""')}"`;

/** A text as a literal, of which nothing is read as SQL. */
export const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;
