/**
 * Keys of ordered indexes: how a record's key is read, how keys compare, and whether a record lies in a
 * range. One place, so that stores in memory and the engine's overlay cannot disagree.
 */
import { compareText } from '../ports/keys.ts';
import type { IndexPart, IndexSpec, RangeOptions, Scalar, StoredRecord } from '../ports/store.ts';

/** The values of some parts of a record. */
export function keyOf(parts: readonly IndexPart[], record: StoredRecord): Scalar[] {
  return parts.map((part) => part.of(record as never));
}

/** Compares two scalars ascending: false, true, numbers, texts by code points; null is handled by callers. */
function compareValues(a: Exclude<Scalar, null>, b: Exclude<Scalar, null>): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  const x = typeof a === 'string' ? Number.POSITIVE_INFINITY : Number(a);
  const y = typeof b === 'string' ? Number.POSITIVE_INFINITY : Number(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Compares two scalars; null last in both directions. */
export function compareScalars(a: Scalar, b: Scalar, reverse = false): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return reverse ? compareValues(b, a) : compareValues(a, b);
}

/** Compares two keys part by part; null last in both directions. A shorter key that leads is smaller. */
export function compareKeys(a: readonly Scalar[], b: readonly Scalar[], reverse = false): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareScalars(a[i] as Scalar, b[i] as Scalar, reverse);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Whether a record belongs to an index and lies within a range of it (its limit aside). */
export function withinRange(spec: IndexSpec, record: StoredRecord, options: RangeOptions): boolean {
  if (spec.where && !spec.where(record as never)) return false;
  const key = [...keyOf(spec.parts, record), record.id];
  const prefix = options.prefix ?? [];
  if (!prefix.every((value, i) => key[i] === value)) return false;
  const next = key[prefix.length] as Scalar;
  const { from = null, to = null } = options;
  if (from !== null && (next === null || compareScalars(next, from) < 0)) return false;
  if (to !== null && (next === null || compareScalars(next, to) > 0)) return false;
  return options.after === undefined || compareKeys(key, options.after, options.reverse ?? false) > 0;
}
