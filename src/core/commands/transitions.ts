/**
 * Transitions: the named steps of the workflow (R48). What one leads to is set when it is taken, by
 * `lots.transition` and `serials.transition`; one that was taken stays.
 */
import { type TransitionInput, transitionInput } from '../model/inputs.ts';
import { LedgerError } from '../ports/errors.ts';
import type { View } from '../ports/view.ts';
import { checkRepeated, codeOf } from '../reading/references.ts';
import { masterCommandsOf } from './shared/master.ts';

/** What only one of the kinds can set. */
const foreign = { lot: 'cancelled', serial: 'sellable' } as const;

function fromOf({ from }: TransitionInput, view: View): TransitionInput['from'] {
  if (!from) return undefined;
  const path = (index: number): string => `from[${index}]`;
  const codes = from.map((status, i) => codeOf(view, 'lotStatuses', status, path(i)));
  checkRepeated(
    codes.map((status) => status ?? ''),
    path,
  );
  return codes;
}

export const transitionCommands = masterCommandsOf({
  table: 'transitions',
  schema: transitionInput,
  codes: { notFound: 'transition.notFound', duplicate: 'transition.duplicate', inUse: 'transition.inUse' },
  nulls: ['to'],
  check({ input, before, view }) {
    const path = foreign[input.kind];
    if (input[path] !== undefined) {
      throw new LedgerError('transition.wrongKind', {
        path,
        details: { code: input.code, kind: input.kind },
      });
    }
    if (before?.used && before.kind !== input.kind) {
      throw new LedgerError('transition.inUse', { path: 'kind', details: { code: before.code } });
    }
    const to = codeOf(view, 'lotStatuses', input.to, 'to');
    const from = fromOf(input, view);
    return { ...input, ...(to === undefined ? {} : { to }), ...(from ? { from } : {}) };
  },
});
