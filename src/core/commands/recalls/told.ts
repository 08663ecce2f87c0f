/** `recalls.notify` and `recalls.recover`: what a running recall is told (R52). */
import * as z from 'zod/mini';
import type { RecallRecord } from '../../model/cases.ts';
import { partyInput } from '../../model/inputs.ts';
import type { LotRecord, SerialRecord } from '../../model/records.ts';
import { maybe, note, quantity, read, text } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, View } from '../../ports/view.ts';
import { partySeen } from '../../reading/parties.ts';
import { toSteps } from '../../rules/quantities.ts';

/** A recall that is still open. */
export function openCase(view: View, id: string): RecallRecord {
  const recall = view.get('recalls', id);
  if (!recall) throw new LedgerError('recall.notFound', { details: { id } });
  if (recall.state === 'closed') throw new LedgerError('recall.closed', { details: { code: recall.code } });
  return recall;
}

const notifyArgs = z.strictObject({
  id: z.string(),
  party: partyInput,
  /** By letter, telephone, electronic mail … */
  how: maybe(text(50)),
  note: maybe(note()),
});

/** A party was told. */
export const notifyParty: CommandDefinition<z.infer<typeof notifyArgs>> = {
  name: 'recalls.notify@1',
  schema: notifyArgs,
  parse: (args) => read(notifyArgs, args),
  decide({ id, party, how = null, note: said = null }, view, context) {
    openCase(view, id);
    const seen = partySeen(view, party, context.at);
    const told = {
      what: 'notified',
      party: { kind: party.kind, code: party.code },
      how,
      note: said,
    } as const;
    return { facts: [{ kind: 'recallChanged', id, change: told }, ...seen.facts], side: seen.side };
  },
};

const recoverArgs = z.strictObject({
  id: z.string(),
  party: maybe(z.strictObject({ kind: z.enum(['customer', 'supplier', 'other']), code: text(50) })),
  /** Id of a lot or of a serial that the recall covers. */
  lot: maybe(z.string()),
  serial: maybe(z.string()),
  /** In the item's base unit; one of a serial unless said. */
  quantity: z.optional(quantity()),
  how: z.enum(['returned', 'held', 'destroyed']),
  note: maybe(note()),
});
type RecoverArgs = z.infer<typeof recoverArgs>;

function coveredRecord(view: View, recall: RecallRecord, args: RecoverArgs): LotRecord | SerialRecord {
  const { lot, serial } = args;
  const path = serial ? 'serial' : 'lot';
  const id = serial ?? lot;
  if (!id) throw new LedgerError('field.required', { path });
  const known = serial ? recall.serials : [...recall.lots, ...recall.late];
  const piece = serial ? view.get('serials', serial) : undefined;
  const record = serial ? piece : view.get('lots', id);
  // a piece is covered by its lot too
  const covers = known.includes(id) || (piece?.lot != null && recall.lots.includes(piece.lot));
  if (record && covers) return record;
  throw new LedgerError('recall.notCovered', { path, details: { code: record?.code ?? id } });
}

/** Something is back, is held where it is, or was destroyed there. */
export const recoverGoods: CommandDefinition<RecoverArgs> = {
  name: 'recalls.recover@1',
  schema: recoverArgs,
  parse: (args) => read(recoverArgs, args),
  decide(args, view) {
    const recall = openCase(view, args.id);
    const record = coveredRecord(view, recall, args);
    const decimals = view.get('items', record.itemKey)?.unit.decimals ?? 0;
    const wanted = args.quantity ?? (args.serial ? '1' : undefined);
    if (wanted === undefined) throw new LedgerError('field.required', { path: 'quantity' });
    const steps = toSteps(wanted, decimals);
    if (typeof steps !== 'number') throw new LedgerError(steps, { path: 'quantity', details: { decimals } });
    if (steps === 0) throw new LedgerError('quantity.zero', { path: 'quantity' });
    const { party = null, lot = null, serial = null, how, note: said = null } = args;
    const change = { what: 'recovered', party, lot, serial, quantity: steps, how, note: said } as const;
    return { facts: [{ kind: 'recallChanged', id: recall.id, change }] };
  },
};
