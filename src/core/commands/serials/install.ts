/**
 * `serials.install` and `serials.uninstall`: pieces within pieces (R112). A piece in stock leaves it by a
 * posting of the same command, and may come back into stock by one when it is taken out again. While it is
 * in another it moves with that, and not on its own.
 */
import * as z from 'zod/mini';
import type { EdgeRecord } from '../../model/cases.ts';
import type { Fact } from '../../model/facts.ts';
import type { LotRecord, SerialRecord } from '../../model/records.ts';
import { code, isoDate, maybe, read } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, DecideContext, Decision, View } from '../../ports/view.ts';
import { settingsOf } from '../../reading/references.ts';
import { lotRowOf, serialRowOf } from '../posting/line-rows.ts';
import { postLines, recordLine } from '../posting/lines.ts';
import { openOperation } from '../posting/operation.ts';
import { checkDate, checkHeader, resolveLines, worldOf } from '../posting/world.ts';

const placed = {
  id: z.string(),
  date: isoDate(),
  /** Template of the posting that takes it out of stock, or brings it back. */
  template: maybe(code()),
  /** Of that template; where the piece is, unless said. */
  warehouse: maybe(code()),
  location: maybe(code()),
};
const installArgs = z.strictObject({ ...placed, into: z.string() });
const uninstallArgs = z.strictObject(placed);
type InstallArgs = z.infer<typeof installArgs>;
type UninstallArgs = z.infer<typeof uninstallArgs>;

function pieceOf(view: View, id: string, path: string): SerialRecord {
  const piece = view.get('serials', id);
  if (!piece) throw new LedgerError('serial.notFound', { path, details: { id } });
  return piece;
}

function mustBeUsable(piece: SerialRecord, path: string): void {
  const details = { code: piece.code };
  if (piece.closed) throw new LedgerError('serial.closed', { path, details });
  if (piece.cancelled) throw new LedgerError('serial.cancelled', { path, details });
}

/** Up from the target: the piece must not be the target, nor hold it already. */
function checkCycle(view: View, piece: SerialRecord, target: SerialRecord): void {
  for (let at: SerialRecord | undefined = target; at; ) {
    if (at.id === piece.id) {
      const details = { code: piece.code, into: target.code };
      throw new LedgerError('serial.cycle', { path: 'into', details });
    }
    at = at.parent === null ? undefined : view.get('serials', at.parent);
  }
}

/** Its stays in others. Whoever installs it or takes it out writes the piece, which is expected. */
const staysOf = (view: View, piece: SerialRecord): readonly EdgeRecord[] =>
  view.range('edges', 'byFrom', { prefix: [piece.id] }, null).filter((edge) => edge.kind === 'install');

/** Refuses a piece that is in another, or on that day still was. */
function checkFree(view: View, piece: SerialRecord, date: string): void {
  for (const stay of staysOf(view, piece)) {
    if (stay.reversed || (stay.endDate !== null && stay.endDate <= date)) continue;
    const into = view.get('serials', stay.to)?.code ?? stay.to;
    const details = { code: piece.code, into, until: stay.endDate };
    throw new LedgerError('serial.installed', { path: 'id', details });
  }
}

/** A piece under recall stays where it is; a posting would refuse it too. */
function checkRecall(piece: SerialRecord, lot: LotRecord | undefined): void {
  if (piece.recall === null && (lot?.recall ?? null) === null) return;
  throw new LedgerError('lot.recalled', { path: 'id', details: { code: piece.code } });
}

/** The links of a stay: of the piece, and of its lot, so that what becomes of the lot is found from there too. */
function linksOf(
  piece: SerialRecord,
  target: SerialRecord,
  at: { readonly date: string; readonly unload: string | null; readonly decimals: readonly [number, number] },
  context: DecideContext,
): Fact[] {
  const [fromDecimals, toDecimals] = at.decimals;
  const link = (from: string, fromKind: 'lot' | 'serial'): Fact => ({
    kind: 'installed',
    edge: {
      id: context.newId(),
      date: at.date,
      kind: 'install',
      from,
      fromKind,
      fromItem: piece.item,
      fromVariant: piece.variant,
      fromQuantity: 10 ** fromDecimals,
      fromDecimals,
      to: target.id,
      toKind: 'serial',
      toItem: target.item,
      toVariant: target.variant,
      toQuantity: 10 ** toDecimals,
      toDecimals,
      unload: at.unload,
      load: null,
      traced: true,
    },
  });
  return [link(piece.id, 'serial'), ...(piece.lot === null ? [] : [link(piece.lot, 'lot')])];
}

const decimalsOf = (view: View, piece: SerialRecord): number =>
  view.get('items', piece.itemKey)?.unit.decimals ?? 0;

/** Takes a piece out of stock: its posting, and its id. */
function outOfStock(
  view: View,
  context: DecideContext,
  piece: SerialRecord,
  args: InstallArgs,
): { made: Decision; unload: string | null } {
  if (piece.warehouse === null) {
    checkDate(args.date, settingsOf(view), context);
    if (!args.template) return { made: { facts: [] }, unload: null };
    throw new LedgerError('serial.notHere', { path: 'template', details: { code: piece.code, place: null } });
  }
  if (!args.template) throw new LedgerError('field.required', { path: 'template' });
  const world = worldOf(view, { warehouse: args.warehouse ?? piece.warehouse, template: args.template });
  if (world.type !== 'unload')
    throw new LedgerError('template.wrongType', { path: 'template', details: { type: world.type } });
  const operation = openOperation(view, context, args.date);
  const draft = operation.draft(world, {}, { operation: 'install' });
  const { item, variant, code: named } = piece;
  postLines(draft, [
    { item, variant, quantity: '1', location: args.location ?? piece.location, serials: [{ code: named }] },
  ]);
  return { made: operation.finish(), unload: draft.id };
}

export const installSerial: CommandDefinition<InstallArgs> = {
  name: 'serials.install@1',
  schema: installArgs,
  parse: (args) => read(installArgs, args),
  decide(args, view, context) {
    const piece = pieceOf(view, args.id, 'id');
    const target = pieceOf(view, args.into, 'into');
    mustBeUsable(piece, 'id');
    mustBeUsable(target, 'into');
    checkCycle(view, piece, target);
    checkFree(view, piece, args.date);
    checkRecall(piece, piece.lot === null ? undefined : view.get('lots', piece.lot));
    const { made, unload } = outOfStock(view, context, piece, args);
    const decimals = [decimalsOf(view, piece), decimalsOf(view, target)] as const;
    const links = linksOf(piece, target, { date: args.date, unload, decimals }, context);
    return { ...made, facts: [...made.facts, ...links] };
  },
};

/** Brings a piece back into stock, as the same piece of the same lot. */
function intoStock(view: View, context: DecideContext, piece: SerialRecord, args: UninstallArgs): Decision {
  if (!args.template) {
    checkDate(args.date, settingsOf(view), context);
    return { facts: [] };
  }
  if (!args.warehouse) throw new LedgerError('field.required', { path: 'warehouse' });
  const world = worldOf(view, { warehouse: args.warehouse, template: args.template });
  if (world.type !== 'load')
    throw new LedgerError('template.wrongType', { path: 'template', details: { type: world.type } });
  const operation = openOperation(view, context, args.date);
  const draft = operation.draft(world, {}, { operation: 'install' });
  const input = { item: piece.item, variant: piece.variant, quantity: '1', location: args.location ?? null };
  const [line] = resolveLines(draft, [input], '');
  if (!line) throw new LedgerError('field.required', { path: 'id' });
  checkHeader(draft);
  const { location, decimals } = line;
  if (location === null && (world.warehouse.locations ?? []).length > 0)
    throw new LedgerError('location.required', {
      path: 'location',
      details: { warehouse: world.warehouse.code },
    });
  const steps = 10 ** decimals;
  const lot = piece.lot === null ? undefined : view.get('lots', piece.lot);
  if (lot?.closed) throw new LedgerError('lot.closed', { path: 'id', details: { code: lot.code } });
  const { item, variant } = piece;
  if (lot) draft.move({ lot, item, variant, decimals, location, path: 'id', steps });
  draft.moveSerial(piece, location, 'id');
  recordLine(
    draft,
    { line, total: steps },
    {
      lots: lot ? [lotRowOf(lot, location, steps, null)] : [],
      serials: [serialRowOf(piece, lot ?? null, location)],
      location,
    },
  );
  return operation.finish();
}

export const uninstallSerial: CommandDefinition<UninstallArgs> = {
  name: 'serials.uninstall@1',
  schema: uninstallArgs,
  parse: (args) => read(uninstallArgs, args),
  decide(args, view, context) {
    const piece = pieceOf(view, args.id, 'id');
    const stay = staysOf(view, piece).find((edge) => edge.endSeq === null);
    if (!stay) throw new LedgerError('serial.notInstalled', { path: 'id', details: { code: piece.code } });
    if (args.date < stay.date) {
      const details = { code: piece.code, since: stay.date };
      throw new LedgerError('serial.notInstalled', { path: 'date', details });
    }
    const made = intoStock(view, context, piece, args);
    const stays = [stay];
    if (piece.lot !== null) {
      // the link of its lot was made with its own, and nobody else ends it
      const ofLot = view.range('edges', 'byTo', { prefix: [stay.to] }, null);
      const twin = ofLot.find(
        (edge) =>
          edge.from === piece.lot && edge.kind === 'install' && edge.seq === stay.seq && edge.endSeq === null,
      );
      if (twin) stays.push(twin);
    }
    const ended = stays.map((edge): Fact => ({ kind: 'uninstalled', edge: edge.id, date: args.date }));
    return { ...made, facts: [...made.facts, ...ended] };
  },
};
