/** `lots.transition@1 {id, transition, version?}`: a step of the workflow on a lot, with its reason (R48). */
import { read } from '../../model/schema.ts';
import type { CommandDefinition } from '../../ports/view.ts';
import { checkVersion } from '../../reading/references.ts';
import { stepOf, type TransitionArgs, transitionArgs } from '../shared/transition.ts';
import { checkClosing, lotOf } from './update.ts';

export const transitLot: CommandDefinition<TransitionArgs> = {
  name: 'lots.transition@1',
  schema: transitionArgs,
  parse: (args) => read(transitionArgs, args),
  decide(args, view, context) {
    const lot = lotOf(view, args.id);
    checkVersion(lot, args.version);
    const { changes, transition } = stepOf('lot', lot, args, view, context);
    checkClosing(lot, changes);
    if (changes.length === 0) return { facts: [] };
    return { facts: [{ kind: 'lotChanged', id: lot.id, changes, transition }] };
  },
};
