/** What tests and their server process say to each other. */
import type { Ledger } from '../../src/core/index.ts';

/** A world of the rule tests, set up in the server process. */
export type WorldName = 'emptyWorld' | 'dairy' | 'electronics' | 'pharma';

/** How a test wants a ledger; ledgers of one store see the same records. */
export interface OpenBody {
  readonly store: string;
  readonly actor?: string;
  readonly timeZone?: string;
  readonly permissions?: readonly string[];
  /** The clock is the test's. */
  readonly clocked: boolean;
  /** What the test's clock says, ISO in UTC. */
  readonly now?: string;
  /** What is made in it before it is handed out. */
  readonly world?: WorldName;
  readonly settings?: Parameters<Ledger['settings']['update']>[0];
}

/** The test's clock, ISO in UTC. */
export const CLOCK_HEADER = 'x-test-now';
