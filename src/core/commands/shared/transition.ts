/**
 * A step of the workflow on one lot or serial (R48): whether it may be taken from here and by this actor, and
 * what it changes. It always has a reason, and needs the permission `transition.<code>`.
 */
import * as z from 'zod/mini';
import type { Change } from '../../model/facts.ts';
import type { TransitionRecord } from '../../model/records.ts';
import { code, whole } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import { optionalKey } from '../../ports/keys.ts';
import type { DecideContext, View } from '../../ports/view.ts';
import { named } from '../../reading/references.ts';
import { changesOf, mustBeAllowed, mustHaveReason } from './attended.ts';

export const transitionArgs = z.strictObject({
  id: z.string(),
  /** Code of the transition. */
  transition: code(),
  version: z.optional(whole(0, Number.MAX_SAFE_INTEGER)),
});
export type TransitionArgs = z.infer<typeof transitionArgs>;

interface Stepping {
  readonly code: string;
  readonly status: string | null;
}

/** What a step sets: undefined where it leaves a field alone. */
const patchOf = ({ to, sellable, closed, cancelled }: TransitionRecord) => ({
  status: to,
  sellable,
  closed,
  cancelled,
});

/** A step that was taken: its id, and the changes it makes. */
export interface Step {
  readonly transition: string;
  readonly changes: readonly Change[];
}

/**
 * @throws LedgerError transition.notFound, transition.wrongKind, permission.denied, reason.required, and
 * transition.notHere where it does not start from the record's status
 */
export function stepOf(
  kind: 'lot' | 'serial',
  record: Stepping,
  args: TransitionArgs,
  view: View,
  context: DecideContext,
): Step {
  const path = 'transition';
  const transition = named(view, 'transitions', args.transition, path);
  const { code: name, from } = transition;
  if (transition.kind !== kind)
    throw new LedgerError('transition.wrongKind', { path, details: { code: name, kind: transition.kind } });
  mustBeAllowed(context, `transition.${name}`, path);
  mustHaveReason(context, 'reason');
  if (from && !from.some((status) => optionalKey(status) === optionalKey(record.status))) {
    const details = { code: name, record: record.code, status: record.status, from };
    throw new LedgerError('transition.notHere', { path, details });
  }
  return { transition: transition.id, changes: changesOf(record, patchOf(transition)) };
}
