/**
 * The data that extensions fetch for a page of records: once per page, all extensions at the same time,
 * dropped when the page is turned before it is there. What fails leaves its fields empty and is told.
 */
import type { Ledger } from '../core.ts';
import type { Resolved } from './resolve.ts';

/** What `load` gave, by the extension's id and the record's. */
export type LoadedData = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

export const noData: LoadedData = new Map();

const asMap = (answer: unknown): ReadonlyMap<string, unknown> => {
  if (answer instanceof Map) return answer;
  return new Map(Object.entries(typeof answer === 'object' && answer !== null ? answer : {}));
};

/**
 * Fetches what the extensions have to say about these records.
 * @param failed hears the error and the extension's id; the others go on
 */
export async function loadExtensions<R extends { readonly id: string }>(
  loads: Resolved<R>['loads'],
  records: readonly R[],
  context: { readonly ledger: Ledger; readonly locale: string; readonly signal: AbortSignal },
  failed: (error: unknown, id: string) => void,
): Promise<LoadedData> {
  if (loads.length === 0 || records.length === 0) return noData;
  const answers = await Promise.all(
    loads.map(async ({ id, load }) => {
      try {
        return [id, asMap(await load(records, context))] as const;
      } catch (error) {
        if (!context.signal.aborted) failed(error, id);
        return [id, new Map<string, unknown>()] as const;
      }
    }),
  );
  return new Map(answers);
}

/** The data of one extension for one record. */
export const dataOf = (data: LoadedData, owner: string, record: { readonly id: string }): unknown =>
  data.get(owner)?.get(record.id);
