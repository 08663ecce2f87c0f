/** What a ledger can be asked beside its lists: an element asks nothing that the ledger says is not there. */
import type { Ledger } from '../core.ts';

/** Whether a ledger answers a question of this name; one that says nothing of its questions answers all. */
export const answers = (ledger: Ledger, query: string): boolean => {
  const said = ledger.capabilities?.queries;
  return said === undefined || said[query] !== undefined;
};

/** The answer of a ledger, or what stands for it where it cannot be asked. */
export const answerOr = <T>(ledger: Ledger, query: string, ask: () => Promise<T>, without: T): Promise<T> =>
  answers(ledger, query) ? ask() : Promise.resolve(without);
