/** Errors of a ledger as sentences, for hosts that show them outside our elements. */
import type { LedgerProblem } from '../core.ts';
import { Format } from './format.ts';
import { loadCatalogue } from './load.ts';

/**
 * The sentence of an error in the reader's language; English where the language is not known.
 * @example
 * await ledger.postings.post(draft).catch(async (error) => notice(await errorText(error, 'it')));
 */
export async function errorText(
  problem: Pick<LedgerProblem, 'code' | 'details'>,
  locale = 'en',
): Promise<string> {
  const format = new Format(locale, await loadCatalogue(locale));
  return format.problem(problem.code, problem.details);
}
