/** The states of `posting-register`. */
import { registerStates } from './registers.ts';
import type { ElementStates } from './types.ts';

/** The register of postings in every state. */
export const postingRegister: ElementStates = {
  tag: 'posting-register',
  main: 'fifty-rows',
  trees: ['expanded', 'empty'],
  states: registerStates({
    column: 'template',
    typed: 'LOA',
    group: 'template',
    expands: true,
    text: 'MILK',
    one: 'LOA',
    all: 'all',
  }),
};
