/** `serials.allocate`: which pieces an automatic unload would take, and why it would pass the others over (R103). */
import * as z from 'zod/mini';
import type { SerialRecord } from '../model/records.ts';
import { code, maybe, read } from '../model/schema.ts';
import type { AllocatedSerial, SerialAllocation } from '../model/views-reservations.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey } from '../ports/keys.ts';
import type { QueryContext, QueryDefinition, QueryView } from '../ports/view.ts';
import { scopeOf } from '../reading/codes.ts';
import { choosePieces, type Piece } from '../reading/pieces.ts';
import { named } from '../reading/references.ts';
import { withdrawalOf } from '../rules/withdrawal.ts';
import { type Asked, askedOf, hasAttributes, lotNamed, sharedArgs } from './allocation-args.ts';

const allocateArgs = z.strictObject({
  ...sharedArgs,
  /** Pieces that go first, and lots whose pieces do (R99). */
  serials: maybe(z.array(code())),
  lots: maybe(z.array(code())),
  /** Pieces that the asker's own unsaved lines take already (R71). */
  taken: maybe(z.array(code())),
});
type AllocateArgs = z.infer<typeof allocateArgs>;

/** The piece of a code, of the item and variant that is asked for. */
function pieceNamed(view: QueryView, { item, request }: Asked, serial: string, path: string): SerialRecord {
  const found = view.lookup('serials', 'code', [scopeOf(view, item.code, request.variant), codeKey(serial)]);
  if (!found) throw new LedgerError('serial.notFound', { path, details: { code: serial } });
  if (found.itemKey !== item.id || found.variant !== request.variant) {
    throw new LedgerError('serial.wrongItem', { path, details: { code: found.code, item: found.item } });
  }
  return found;
}

const pieceOf = ({ serial, record, warehouse, location, expiryDate, rank }: Piece): AllocatedSerial => ({
  serial: serial.id,
  code: serial.code,
  lot: record?.code ?? null,
  lotId: serial.lot,
  warehouse,
  location,
  expiryDate,
  rank,
});

function run(view: QueryView, args: AllocateArgs, context: QueryContext): SerialAllocation {
  const item = named(view, 'items', args.item, 'item');
  if (!item.serials) {
    throw new LedgerError('item.notSerialManaged', { path: 'item', details: { item: item.code } });
  }
  const asked = askedOf(view, args, item, context);
  const one = 10 ** item.unit.decimals;
  if (asked.steps % one !== 0) {
    throw new LedgerError('serial.fractional', { path: 'quantity', details: { quantity: args.quantity } });
  }
  const ids = (codes: readonly string[] | null | undefined, field: string): string[] =>
    (codes ?? []).map((each, i) => pieceNamed(view, asked, each, `${field}[${i}]`).id);
  const own = asked.claims.own(item.code);
  const withdrawal = item.lots ? withdrawalOf(item) : 'fifo';
  const manual = withdrawal === 'manual';
  const request = {
    ...asked.request,
    except: new Set(ids(args.taken, 'taken')),
    unfit: (serial: SerialRecord, lot: { attributes: Readonly<Record<string, unknown>> } | null) => {
      const all = { ...lot?.attributes, ...serial.attributes };
      return hasAttributes(all, args.attributes) ? null : ('attributes' as const);
    },
  };
  const made = choosePieces(view, request, {
    count: asked.steps / one,
    strategy: manual ? 'fefo' : withdrawal,
    manual,
    prefer: asked.prefer,
    distance: asked.distance,
    singleLot: args.singleLot ?? false,
    minShelfLifeDays: args.minShelfLifeDays,
    needDate: asked.request.day,
    first: [
      ...own.flatMap(({ serial }) => (serial === null ? [] : [serial])),
      ...ids(args.serials, 'serials'),
    ],
    lots: [
      ...own.flatMap(({ lot }) => (lot === null ? [] : [lot])),
      ...(args.lots ?? []).map((each, i) => lotNamed(view, asked, each, `lots[${i}]`).id),
    ],
  });
  return {
    taken: made.taken.map(pieceOf),
    skipped: made.skipped.map((each) => ({ ...pieceOf(each), reason: each.reason })),
    shortage: String(made.shortage),
  };
}

export const allocateSerialsQuery: QueryDefinition<AllocateArgs, SerialAllocation> = {
  name: 'serials.allocate',
  schema: allocateArgs,
  parse: (args) => read(allocateArgs, args),
  run,
};
