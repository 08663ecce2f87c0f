/**
 * `recalls.free`: lets lots and serials of a recall be used again, while the case is open or after it was
 * closed; and what that takes, for the closing too.
 */
import * as z from 'zod/mini';
import type { RecallRecord } from '../../model/cases.ts';
import { read } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, View } from '../../ports/view.ts';
import { recallsGuard } from '../../rules/guards.ts';

/** What may be used again: nothing, everything, or these lots and serials by their ids. */
export const freeInput = z.union([z.literal('none'), z.literal('all'), z.array(z.string())]);

/** What a recall lets go. @throws LedgerError recall.notCovered naming the first id it does not cover */
export function freedBy(
  recall: RecallRecord,
  free: z.infer<typeof freeInput> | undefined,
): { lots: string[]; serials: string[] } {
  const lots = [...recall.lots, ...recall.late];
  if (free === undefined || free === 'none') return { lots: [], serials: [] };
  if (free === 'all') return { lots, serials: [...recall.serials] };
  const [ours, pieces] = [new Set(lots), new Set(recall.serials)];
  free.forEach((id, i) => {
    if (!ours.has(id) && !pieces.has(id))
      throw new LedgerError('recall.notCovered', { path: `free[${i}]`, details: { code: id } });
  });
  return { lots: free.filter((id) => ours.has(id)), serials: free.filter((id) => pieces.has(id)) };
}

/** Whether a recall holds something still: it is open, or was closed without letting it go. */
const holds = (recall: RecallRecord, id: string): boolean =>
  !recall.freed.includes(id) &&
  (recall.lots.includes(id) || recall.late.includes(id) || recall.serials.includes(id));

/** What another recall goes on holding. */
export function passedOn(view: View, recall: RecallRecord, freed: readonly string[]): Record<string, string> {
  const others = view.range('recalls', 'openedSeq', {}, recallsGuard).filter((each) => each.id !== recall.id);
  const passed: Record<string, string> = {};
  for (const id of freed) {
    const next = others.find((each) => holds(each, id));
    if (next) passed[id] = next.id;
  }
  return passed;
}

const freeArgs = z.strictObject({ id: z.string(), free: freeInput });

/** Needs the permission of a closing, and a reason. */
export const freeGoods: CommandDefinition<z.infer<typeof freeArgs>> = {
  name: 'recalls.free@1',
  schema: freeArgs,
  parse: (args) => read(freeArgs, args),
  decide({ id, free }, view, context) {
    if (!context.may('recall.close'))
      throw new LedgerError('permission.denied', { details: { action: 'recall.close' } });
    const recall = view.get('recalls', id);
    if (!recall) throw new LedgerError('recall.notFound', { details: { id } });
    if (!context.reason?.trim()) throw new LedgerError('reason.required', { path: 'reason' });
    const freed = freedBy(recall, free);
    const passed = passedOn(view, recall, [...freed.lots, ...freed.serials]);
    return { facts: [{ kind: 'recallChanged', id, change: { what: 'freed', freed, passed } }] };
  },
};
