/** What a host added and did not work, as a problem that says so: its name, and the host's own words. */
import type { Problem } from '../core.ts';

const wordsOf = (error: unknown): string => {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    // an object that cannot even be written
    return typeof error;
  }
};

const coded = (error: unknown): boolean => {
  const { code, kind } = (typeof error === 'object' && error !== null ? error : {}) as Partial<Problem>;
  return typeof code === 'string' && typeof kind === 'string';
};

/**
 * A failure of a host's piece as `extension.failed`; what the ledger refused inside it keeps its own code.
 * @param name what did not work, as a user or a developer knows it
 */
export function extensionFailed(name: string, error: unknown): unknown {
  if (coded(error)) return error;
  const why = wordsOf(error).replace(/[.\s]+$/, '');
  const problem = new Error(`"${name}" did not work: ${why}`, { cause: error });
  const details = why === '' ? { name } : { name, why };
  return Object.assign(problem, { kind: 'unsupported', code: 'extension.failed', details });
}
