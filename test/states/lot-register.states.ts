/** The states of `lot-register`. */
import { registerStates } from './registers.ts';
import type { ElementStates } from './types.ts';

/** The register of lots in every state. */
export const lotRegister: ElementStates = {
  tag: 'lot-register',
  main: 'fifty-rows',
  trees: ['expanded', 'empty'],
  states: registerStates({
    column: 'code',
    typed: 'M-26',
    group: 'item',
    expands: true,
    text: 'M-26',
    one: 'M-26000',
    all: 'all',
  }),
};
