/** The parts every element takes, and the ones it takes as it needs them. */
import type { CSSResult } from 'lit';
import { tokens } from '../themes/tokens.ts';
import { badges } from './badges.ts';
import { controls } from './controls.ts';
import { fields } from './fields.ts';
import { overlays } from './overlays.ts';
import { states } from './states.ts';

export { facts } from './facts.ts';
export { forms } from './forms.ts';
export { table } from './table.ts';

/** Tokens, controls, fields, badges, states and what lies above: the start of each element's styles. */
export const baseStyles: readonly CSSResult[] = [tokens, controls, fields, badges, states, overlays];
