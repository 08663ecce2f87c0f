/**
 * What the database's own exceptions mean to a host, and time limits for what may never answer: a blocked
 * upgrade, a frozen connection. Whatever it was, nothing was written unless the caller says otherwise.
 */
import { type ErrorCode, isLedgerError, LedgerError } from '../../../core/adapter-kit.ts';

const codes: Readonly<Record<string, ErrorCode>> = {
  QuotaExceededError: 'store.quota',
  VersionError: 'store.newer',
};

/** Exceptions after which the handle is useless and a new connection may well work. */
const lost = new Set([
  'InvalidStateError',
  'UnknownError',
  'AbortError',
  'TransactionInactiveError',
  'NotFoundError',
]);

export function nameOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'name' in cause ? String(cause.name) : 'unknown';
}

/** The error a host sees for what the database threw. */
export function failure(cause: unknown): LedgerError {
  if (isLedgerError(cause)) return cause;
  const name = nameOf(cause);
  return new LedgerError(codes[name] ?? 'store.unavailable', { details: { cause: name }, cause });
}

/** Whether the connection died rather than the request being refused. */
export function isLost(cause: unknown): boolean {
  return !isLedgerError(cause) && lost.has(nameOf(cause));
}

/** Waits for `promise`, but no longer than `ms`; then answers what `late` throws or returns. */
export function within<T>(promise: Promise<T>, ms: number, late: () => T | Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    }, ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
