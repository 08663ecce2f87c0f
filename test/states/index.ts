/** The states of every element. A new element adds its file here; a test says so when it does not. */
import { controls } from './controls.states.ts';
import { lotForm } from './lot-form.states.ts';
import { lotRegister } from './lot-register.states.ts';
import { lotView } from './lot-view.states.ts';
import { postingForm } from './posting-form.states.ts';
import { postingRegister } from './posting-register.states.ts';
import { serialRegister } from './serial-register.states.ts';
import type { ElementStates, StateSpec } from './types.ts';

export type { ElementStates, StateSpec } from './types.ts';

/** The controls for a host's own forms, with their states. */
export const controlStates: readonly ElementStates[] = controls;

/** All elements that draw something of a ledger, with their states. */
export const elementStates: readonly ElementStates[] = [
  lotRegister,
  serialRegister,
  postingRegister,
  lotForm,
  lotView,
  postingForm,
];

/** One state by its names. @throws Error where there is none */
export function stateOf(tag: string, name: string): StateSpec {
  const found = [...elementStates, ...controlStates]
    .find((each) => each.tag === tag)
    ?.states.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no state ${name} of ${tag}.`);
  return found;
}
