/**
 * The context through which `lot-ledger` reaches the elements inside it, also across shadow roots. Its key
 * is the same in every version: an element meets whatever provider is there, and says so if it cannot use it.
 */
import { createContext } from '@lit/context';
import type { Provided } from './provider/types.ts';

export const ledgerContext = createContext<Provided>(Symbol.for('lotledger.context'));
