/** `serials.update@1 {id, patch, version?}`: an edit of a serial by hand: its texts, dates and marks. */
import * as z from 'zod/mini';
import type { Change, Fact } from '../../model/facts.ts';
import type { SerialRecord } from '../../model/records.ts';
import { code, maybe } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, DecideContext, View } from '../../ports/view.ts';
import { checkVersion, codeOf } from '../../reading/references.ts';
import { itemOf } from '../lots/update.ts';
import {
  changeOf,
  changesOf,
  checkCode,
  checkDates,
  checkExpiry,
  checkWorkflow,
  mustBeAllowed,
  resolvedAttributes,
} from '../shared/attended.ts';
import { readUpdate, updateSchema } from '../shared/master.ts';
import { lotNamed, serialFields } from './create.ts';
import { reservedByHand } from './reserve.ts';

export const serialPatch = z.strictObject({
  code: z.optional(code()),
  lot: maybe(code()),
  ...serialFields,
  cancelled: z.optional(z.boolean()),
  closed: z.optional(z.boolean()),
  reserved: z.optional(z.boolean()),
});
type SerialPatch = z.infer<typeof serialPatch>;

/** The serial of an id. */
export function serialOf(view: View, id: string): SerialRecord {
  const serial = view.get('serials', id);
  if (!serial) throw new LedgerError('serial.notFound', { details: { id } });
  return serial;
}

/** The patch with references resolved: the lot as its id, the status as its owner writes it. */
function resolved(serial: SerialRecord, typed: SerialPatch, view: View): SerialPatch {
  const patch = { ...typed, ...resolvedAttributes(serial, 'serial', typed, view) };
  const status = codeOf(view, 'lotStatuses', patch.status, 'status');
  if (typeof patch.lot !== 'string') return { ...patch, status };
  const lot = lotNamed(view, itemOf(view, serial.itemKey), serial.variant, patch.lot);
  return { ...patch, status, lot: lot.id };
}

const owned = ['status', 'cancelled', 'closed', 'reserved'];

function checkActs(
  serial: SerialRecord,
  changes: readonly Change[],
  view: View,
  context: DecideContext,
): void {
  checkWorkflow(view, changes, owned);
  if (changeOf(changes, 'status')) mustBeAllowed(context, 'status.change', 'status');
  for (const field of ['closed', 'cancelled']) {
    if (changeOf(changes, field)?.to === false) mustBeAllowed(context, 'lot.reopen', field);
  }
  // its movements are counted with its lot: another lot would leave them behind
  if (changeOf(changes, 'lot') && serial.moved) {
    throw new LedgerError('command.unsupported', {
      path: 'lot',
      details: { what: 'another lot for a serial that has moved' },
    });
  }
}

/** Refuses to close a serial that a reservation holds (R45). */
export function checkClosing(serial: SerialRecord, changes: readonly Change[]): void {
  if (changeOf(changes, 'closed')?.to !== true || !serial.reserved) return;
  throw new LedgerError('serial.reserved', { path: 'closed', details: { code: serial.code } });
}

function checkSerialDates(
  serial: SerialRecord,
  changes: readonly Change[],
  context: DecideContext,
  view: View,
): void {
  const start = changeOf(changes, 'startDate');
  const expiry = changeOf(changes, 'expiryDate');
  if (!start && !expiry) return;
  checkExpiry(serial, itemOf(view, serial.itemKey), expiry, context);
  const startDate = (start ? start.to : serial.startDate) as string | null;
  checkDates(startDate, (expiry ? expiry.to : serial.expiryDate) as string | null);
}

export const updateSerial: CommandDefinition<ReturnType<typeof readUpdate>> = {
  name: 'serials.update@1',
  schema: updateSchema(serialPatch),
  parse: (args) => readUpdate(serialPatch, args),
  decide(args, view, context) {
    const serial = serialOf(view, args.id);
    checkVersion(serial, args.version);
    const changes = changesOf(serial, resolved(serial, args.patch as SerialPatch, view));
    if (changes.length === 0) return { facts: [] };
    checkActs(serial, changes, view, context);
    checkClosing(serial, changes);
    checkSerialDates(serial, changes, context, view);
    const also = checkCode('serial', serial, changeOf(changes, 'code'), view, context);
    const marked = reservedByHand(serial, changeOf(changes, 'reserved'), view, context);
    // who holds a piece is told by its reservation, which marks it
    const edits = changes.filter(({ field }) => field !== 'reserved');
    const edited: Fact[] = edits.length > 0 ? [{ kind: 'serialChanged', id: serial.id, changes: edits }] : [];
    return { facts: [...edited, ...marked, ...also] };
  },
};
