/**
 * The data that extensions fetch for a page of records: once per page, all extensions at the same time,
 * dropped when the page is turned before it is there. What fails leaves its fields empty and is told.
 */
import type { Ledger } from '../core.ts';
import { extensionFailed } from './failed.ts';
import type { Resolved } from './resolve.ts';

/** What `load` gave, by the extension's id and the record's. */
export type LoadedData = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

export const noData: LoadedData = new Map();

const asMap = (answer: unknown): ReadonlyMap<string, unknown> => {
  if (answer instanceof Map) return answer;
  return new Map(Object.entries(typeof answer === 'object' && answer !== null ? answer : {}));
};

/** Milliseconds a host may take for the data of a page. */
const PATIENCE = 10_000;

/** What is asked for, unless it is aborted first: a host's function need not look at the signal. */
const orAborted = <T>(asked: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

/** Asks one extension; what takes too long is aborted. */
async function within<T>(
  patience: number,
  outer: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const stop = (): void => own.abort(outer.reason);
  if (outer.aborted) stop();
  outer.addEventListener('abort', stop, { once: true });
  const late = setTimeout(() => own.abort(new Error(`no answer within ${patience / 1000} s`)), patience);
  try {
    return await orAborted(ask(own.signal), own.signal);
  } finally {
    clearTimeout(late);
    outer.removeEventListener('abort', stop);
  }
}

/**
 * Fetches what the extensions have to say about these records.
 * @param failed hears the problem and the extension's id; the others go on
 * @param patience milliseconds until one that does not answer is aborted and told as failed
 */
export async function loadExtensions<R extends { readonly id: string }>(
  loads: Resolved<R>['loads'],
  records: readonly R[],
  context: { readonly ledger: Ledger; readonly locale: string; readonly signal: AbortSignal },
  failed: (error: unknown, id: string) => void,
  patience: number = PATIENCE,
): Promise<LoadedData> {
  if (loads.length === 0 || records.length === 0) return noData;
  const answers = await Promise.all(
    loads.map(async ({ id, load }) => {
      try {
        return [
          id,
          asMap(
            await within(patience, context.signal, async (signal) => load(records, { ...context, signal })),
          ),
        ] as const;
      } catch (error) {
        if (!context.signal.aborted) failed(extensionFailed(id, error), id);
        return [id, new Map<string, unknown>()] as const;
      }
    }),
  );
  return new Map(answers);
}

/** The data of one extension for one record. */
export const dataOf = (data: LoadedData, owner: string, record: { readonly id: string }): unknown =>
  data.get(owner)?.get(record.id);
