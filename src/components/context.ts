/** The context through which `lot-ledger` reaches the elements inside it, also across shadow roots. */
import { createContext } from '@lit/context';
import type { Provided } from './core.ts';

export const ledgerContext = createContext<Provided>(Symbol.for('lotledger.context'));
