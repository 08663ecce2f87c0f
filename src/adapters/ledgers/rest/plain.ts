/**
 * What JSON would silently change is refused before it is sent, as the engine refuses it (`NaN` would arrive as
 * null, which clears a field), or written so that it arrives (`-0`, which JSON has, but nobody writes).
 */
import { LedgerError } from '../../../core/index.ts';

/** Levels; what a ledger takes is less. */
const DEEPEST = 64;

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Whether JSON carries a single value as it is. An absent field is left out, which is what it means. */
function carries(value: unknown): boolean {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value);
    case 'function':
    case 'symbol':
    case 'bigint':
      return false;
    case 'object':
      return value === null || Array.isArray(value) || isPlain(value);
    default:
      return true;
  }
}

/** Refuses what cannot travel; answers whether there is a minus zero in it. */
function check(value: unknown, path: string, depth: number): boolean {
  if (!carries(value)) throw new LedgerError('field.type', { path, details: { expected: 'plain data' } });
  if (typeof value !== 'object' || value === null) return Object.is(value, -0);
  if (depth > DEEPEST) throw new LedgerError('limit.depth', { path, details: { max: DEEPEST } });
  let minusZero = false;
  const isList = Array.isArray(value);
  for (const [key, each] of Object.entries(value)) {
    const inner = isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    if (check(each, inner, depth + 1)) minusZero = true;
  }
  return minusZero;
}

/** JSON with its minus zeros. */
function withMinusZero(value: unknown): string {
  const mark = `-0 ${Math.random()}`;
  const text = JSON.stringify(value, (_key, each: unknown) => (Object.is(each, -0) ? mark : each));
  return text.replaceAll(JSON.stringify(mark), '-0');
}

/**
 * A value as JSON; undefined has none.
 * @throws LedgerError field.type or limit.depth, with the path inside the value
 */
export function jsonOf(value: unknown): string | undefined {
  return check(value, '', 0) ? withMinusZero(value) : JSON.stringify(value);
}
