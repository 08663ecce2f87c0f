/**
 * Keys as one string. An index compares keys millions of times, so the parts of a key are joined into a
 * text whose plain `<` is the order of the port: booleans, then numbers, then strings by code points, and
 * `null` last. The same holds for unique keys, joined so that different keys never look the same.
 */
import type { IndexPart, Scalar, StoredRecord } from '../ports/store.ts';
import { keyOf } from './index-keys.ts';

/** Where `null` stands among values: last going up, and first where the index is read downwards. */
export type Nulls = 'high' | 'low';

const NULL_LOW = '\u0001';
const FALSE = '\u0002';
const TRUE = '\u0003';
const NUMBER = '\u0004';
const TEXT = '\u0005';
const NULL_HIGH = '\u0006';
const END = '\u0000';

/** Above every key that begins like this one. */
export const ABOVE = '\u0007';
/** Where, after a prefix, the values that are not null begin and end. */
export const FIRST_VALUE = FALSE;
export const AFTER_VALUES = NULL_HIGH;

const cell = new DataView(new ArrayBuffer(8));

/** Eight characters below U+0100 whose order is the order of the numbers. */
function encodeNumber(value: number): string {
  cell.setFloat64(0, value + 0); // + 0 makes one zero of two
  let high = cell.getUint32(0);
  let low = cell.getUint32(4);
  if (high >= 0x80000000) {
    high = ~high >>> 0;
    low = ~low >>> 0;
  } else {
    high = (high | 0x80000000) >>> 0;
  }
  return String.fromCharCode(
    high >>> 24,
    (high >>> 16) & 255,
    (high >>> 8) & 255,
    high & 255,
    low >>> 24,
    (low >>> 16) & 255,
    (low >>> 8) & 255,
    low & 255,
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these two end and escape a text inside a key
const SPECIAL = /[\u0000\u0001\ud800-\uffff]/;

/** A text as it stands in a key: its end mark escaped, and UTF-16 units moved into code point order. */
function encodeText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit <= 1) out += unit === 0 ? '\u0001\u0001' : '\u0001\u0002';
    else if (unit < 0xd800) out += text[i];
    else out += String.fromCharCode(unit >= 0xe000 ? unit - 0x800 : unit + 0x2000);
  }
  return out;
}

/** One part of a key. */
export function encodeScalar(value: Scalar | undefined, nulls: Nulls): string {
  if (typeof value === 'string') return TEXT + encodeText(value) + END;
  if (typeof value === 'number') return NUMBER + encodeNumber(value);
  if (typeof value === 'boolean') return value ? TRUE : FALSE;
  return nulls === 'high' ? NULL_HIGH : NULL_LOW;
}

/** Leading parts of a key, or a whole position (all parts, then the id). */
export function encodeKey(values: readonly Scalar[], nulls: Nulls): string {
  let key = '';
  for (const value of values) key += encodeScalar(value, nulls);
  return key;
}

/** Where a record stands in an index: its parts, then its id, as one comparable text. */
export function encodeRecord(parts: readonly IndexPart[], record: StoredRecord, nulls: Nulls): string {
  let key = '';
  for (let i = 0; i < parts.length; i++) {
    key += encodeScalar((parts[i] as IndexPart).of(record as never), nulls);
  }
  return key + TEXT + encodeText(record.id) + END;
}

/**
 * The same where each part has a direction of its own: a part that descends stands mirrored, so that a walk
 * upwards meets it falling, its `null` still last. The id always ascends.
 */
export function encodeMixed(
  parts: readonly IndexPart[],
  descends: readonly boolean[],
  record: StoredRecord,
): string {
  let key = '';
  for (let i = 0; i < parts.length; i++) {
    key += encodeDirected((parts[i] as IndexPart).of(record as never), descends[i] === true);
  }
  return key + TEXT + encodeText(record.id) + END;
}

/** One part of a key whose parts have directions of their own. */
export function encodeDirected(value: Scalar | undefined, descends: boolean): string {
  return descends ? mirrored(encodeScalar(value, 'low')) : encodeScalar(value, 'high');
}

/** Above every key with directions that begins like this one. */
export const ABOVE_DIRECTED = '\uffff';
/** Where, after a prefix, the falling values that are not null end. */
export const AFTER_FALLING = '\ufffe';

/** A text whose order among its like is turned round. */
function mirrored(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += String.fromCharCode(0xffff - text.charCodeAt(i));
  return out;
}

/** The position of a record in an index, as pages hand it out: its parts, then its id. */
export function positionOf(parts: readonly IndexPart[], record: StoredRecord): Scalar[] {
  return [...keyOf(parts, record), record.id];
}

/** The key of a unique index as one text, or undefined where a `null` part exempts the record. */
export function uniqueKeyOf(parts: readonly IndexPart[], record: StoredRecord): string | undefined {
  let key = '';
  for (let i = 0; i < parts.length; i++) {
    const value = (parts[i] as IndexPart).of(record as never);
    if (value === null || value === undefined) return undefined;
    key += typeof value === 'string' ? `${value.length}:${value}` : `${value};`;
  }
  return key;
}

/** The same for a key that is looked up. */
export function uniqueKey(values: readonly Scalar[]): string | undefined {
  let key = '';
  for (const value of values) {
    if (value === null || value === undefined) return undefined;
    key += typeof value === 'string' ? `${value.length}:${value}` : `${value};`;
  }
  return key;
}
