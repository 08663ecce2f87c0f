/** What the database's and its client's errors mean to a host. */
import { isLedgerError, LedgerError } from '../../../core/adapter-kit.ts';
import { sqlStateOf } from './driver.ts';

/** Somebody else was at it: the same again, on a fresh view, may well work. */
const RACES = new Set(['40001', '40P01', '23505']);
/** Somebody else holds a lock for longer than whoever runs the database lets one wait. */
const LOCKED = '55P03';
/** No room: the disk, or what an administrator allows. */
const FULL = new Set(['53100', '53400']);

/** Whether a commit lost a race. */
export const isRace = (error: unknown): boolean => RACES.has(sqlStateOf(error) ?? '');

/** The error a host sees for what the database or its client threw. */
export function failure(error: unknown): LedgerError {
  if (isLedgerError(error)) return error;
  const state = sqlStateOf(error);
  if (state !== undefined && FULL.has(state)) return new LedgerError('store.quota', { cause: error });
  if (isRace(error) || state === LOCKED) return new LedgerError('store.busy', { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  const cause = state === undefined ? message : `${message} (${state})`;
  return new LedgerError('store.unavailable', { details: { cause }, cause: error });
}

/**
 * The answers of statements asked one right after the other, as a client may send them together.
 * @throws what the first of them failed with, after all have come to their end
 */
export async function together<T extends readonly unknown[]>(
  asked: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  const settled = await Promise.allSettled(asked);
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as T;
}
