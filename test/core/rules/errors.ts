/** What a call refuses with, as plain data to compare. */
import { isLedgerError } from '../../../src/core/ports/errors.ts';

export interface Refusal {
  readonly code: string;
  readonly path?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Runs a function that must refuse. */
export function refusal(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (isLedgerError(error)) return error.toJSON();
    throw error;
  }
  throw new Error('nothing was refused');
}
