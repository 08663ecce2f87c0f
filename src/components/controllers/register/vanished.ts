/** Which of some records are gone, by reading them one by one. */
import { problemOf } from '../../core.ts';

/** Records looked for at once: a page of ticked rows that has moved is no reason to read it row by row. */
const MOST = 50;

/** The ids of records that no longer exist. What cannot be read for another reason counts as there. */
export async function findVanished(
  ids: readonly string[],
  get: (id: string, signal: AbortSignal) => Promise<unknown>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const gone = await Promise.all(
    ids.slice(0, MOST).map(async (id) => {
      try {
        await get(id, signal);
        return [];
      } catch (error) {
        return problemOf(error).kind === 'missing' ? [id] : [];
      }
    }),
  );
  return gone.flat();
}
