/** The states of `serial-register`. */
import { registerStates } from './registers.ts';
import type { ElementStates } from './types.ts';

/** The register of serial numbers in every state. */
export const serialRegister: ElementStates = {
  tag: 'serial-register',
  main: 'fifty-rows',
  trees: ['expanded', 'empty'],
  states: registerStates({
    column: 'code',
    typed: 'PU7-',
    group: 'item',
    expands: true,
    text: 'PU7-',
    one: 'PU7-4400',
    all: 'all',
  }),
};
