/**
 * A few assertions, so that the kit runs under any test runner and in a plain page. They throw an ordinary
 * Error that shows both sides.
 */
import { isLedgerError } from '../core/adapter-kit.ts';

const show = (value: unknown): string => {
  const text = JSON.stringify(value, (_, one) => (one === undefined ? '(undefined)' : one));
  return text === undefined ? String(value) : text.length > 600 ? `${text.slice(0, 600)}…` : text;
};

/** Whether two plain values are the same: scalars, lists and records; a field of undefined counts as none. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const x = a as Record<string, unknown>;
  const y = b as Record<string, unknown>;
  const names = new Set([...Object.keys(x), ...Object.keys(y)]);
  for (const name of names) if (!same(x[name], y[name])) return false;
  return true;
}

/** Fails unless both are the same plain value. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  if (!same(actual, expected))
    throw new Error(`${what}\n  expected ${show(expected)}\n  actual   ${show(actual)}`);
}

/** Fails unless the value holds. */
export function ok(value: unknown, what: string): asserts value {
  if (!value) throw new Error(what);
}

/** Fails unless the promise is refused with a `LedgerError` of one of these codes; answers the code. */
export async function refused(promise: Promise<unknown>, codes: readonly string[]): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (isLedgerError(error) && codes.includes(error.code)) return error.code;
    throw new Error(`expected a refusal with ${codes.join(' or ')}, got ${String(error)}`, { cause: error });
  }
  throw new Error(`expected a refusal with ${codes.join(' or ')}, but it went through`);
}

/** Waits until a condition holds; fails after so many milliseconds. */
export async function eventually(holds: () => boolean | Promise<boolean>, patience: number, what: string) {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: did not happen within ${patience} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The value of a promise, or a failure when it takes longer than so many milliseconds. */
export async function within<T>(promise: Promise<T>, patience: number, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer within ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
