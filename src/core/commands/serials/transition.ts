/** `serials.transition@1 {id, transition, version?}`: a step of the workflow on a serial, with its reason (R48). */
import { read } from '../../model/schema.ts';
import type { CommandDefinition } from '../../ports/view.ts';
import { checkVersion } from '../../reading/references.ts';
import { stepOf, type TransitionArgs, transitionArgs } from '../shared/transition.ts';
import { checkClosing, serialOf } from './update.ts';

export const transitSerial: CommandDefinition<TransitionArgs> = {
  name: 'serials.transition@1',
  schema: transitionArgs,
  parse: (args) => read(transitionArgs, args),
  decide(args, view, context) {
    const serial = serialOf(view, args.id);
    checkVersion(serial, args.version);
    const { changes, transition } = stepOf('serial', serial, args, view, context);
    checkClosing(serial, changes);
    if (changes.length === 0) return { facts: [] };
    return { facts: [{ kind: 'serialChanged', id: serial.id, changes, transition }] };
  },
};
