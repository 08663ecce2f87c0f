/** All rows of a question, page after page, as files and print need them: not only those on the screen. */
import type { Page } from '../../core.ts';
import { MOST_ROWS } from './state.ts';

export interface ReadAll {
  readonly signal?: AbortSignal;
  /** After each page: rows read so far, and how many there are where that is known. */
  readonly onProgress?: (read: number, total: number | undefined) => void;
  /** Rows at most. */
  readonly max?: number;
}

type List<R> = (
  page: { readonly limit: number; readonly cursor?: string; readonly total?: true },
  signal: AbortSignal,
) => Promise<Page<R>>;

/** `counts`: the list tells how many there are. @throws what the list throws; an `AbortError` where the signal says so */
export async function* everyPage<R>(
  list: List<R>,
  how: ReadAll = {},
  counts = true,
): AsyncGenerator<readonly R[]> {
  const { max = Number.MAX_SAFE_INTEGER, onProgress } = how;
  const signal = how.signal ?? new AbortController().signal;
  let cursor: string | undefined;
  let total: number | undefined;
  let read = 0;
  do {
    signal.throwIfAborted();
    const limit = Math.min(MOST_ROWS, max - read);
    const page: Page<R> = await list(
      cursor === undefined ? { limit, ...(onProgress && counts ? { total: true } : {}) } : { limit, cursor },
      signal,
    );
    signal.throwIfAborted();
    total ??= page.total;
    read += page.items.length;
    yield page.items;
    onProgress?.(read, total);
    cursor = page.next;
  } while (cursor !== undefined && read < max);
}
