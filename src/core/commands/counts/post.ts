/**
 * `count.post`: what was found, against the books of its day (R84, R85, R138). Differences are posted as
 * losses and gains in one command; a sheet without any is recorded all the same.
 */
import { type CountInput, countInput } from '../../model/count.ts';
import type { PostingLotRow, PostingSerialRow, TemplateRecord } from '../../model/records.ts';
import { limits, read } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import { templateKey } from '../../ports/keys.ts';
import {
  type CommandDefinition,
  type DecideContext,
  type Decision,
  gather,
  type View,
} from '../../ports/view.ts';
import { templatesGuard } from '../../rules/guards.ts';
import type { Draft } from '../posting/draft.ts';
import { lotRowOf, serialRowOf } from '../posting/line-rows.ts';
import { recordLine } from '../posting/lines.ts';
import { openOperation } from '../posting/operation.ts';
import { checkLotUse, checkSerialUse } from '../posting/usability.ts';
import { checkDate, type World, worldOf } from '../posting/world.ts';
import { type Compared, compare, type Difference, type PieceChange } from './compare.ts';
import { partsOf } from './lines.ts';

/** Where losses are unloaded and gains are loaded. */
interface Pair {
  readonly losses: World;
  readonly gains: World;
}

/** The other counting template of a pair: the one this one names, or the one that names this one. */
function otherOf(view: View, { template, warehouse }: World): TemplateRecord | undefined {
  const { counterpart } = template;
  if (counterpart) return view.get('templates', templateKey(counterpart.warehouse, counterpart.template));
  const all = view.range(
    'templates',
    'byWarehouse',
    { prefix: [warehouse.id] },
    templatesGuard(warehouse.code),
  );
  return all.find(
    (each) =>
      each.counting &&
      each.counterpart &&
      templateKey(each.counterpart.warehouse, each.counterpart.template) === template.id,
  );
}

/** The named template and its counterpart, both for counting and of this warehouse. */
function pairOf(view: View, args: CountInput): Pair {
  const world = worldOf(view, args);
  const other = world.template.counting ? otherOf(view, world) : undefined;
  if (!other?.counting || other.type === world.type || other.warehouse !== world.warehouse.code)
    throw new LedgerError('template.notCounting', { path: 'template', details: { template: args.template } });
  const theirs = worldOf(view, { warehouse: other.warehouse, template: other.code });
  return world.type === 'load' ? { gains: world, losses: theirs } : { gains: theirs, losses: world };
}

function moveLots(draft: Draft, { part }: Compared, differences: readonly Difference[]): PostingLotRow[] {
  const { line, location } = part;
  const { item, variant, decimals } = line;
  const rows: PostingLotRow[] = [];
  gather(differences, ({ lot, steps, path }) => {
    if (lot) checkLotUse(draft, line, lot, location, path);
    draft.move({ lot, item: item.code, variant, decimals, location, path, steps });
    if (lot) rows.push(lotRowOf(lot, location, Math.abs(steps), null));
  });
  return rows;
}

function movePieces(draft: Draft, { part }: Compared, pieces: readonly PieceChange[]): PostingSerialRow[] {
  return gather(pieces, ({ serial, path }) => {
    checkSerialUse(draft, part.line, serial, part.location, path);
    draft.moveSerial(serial, part.location, path);
    const lot = serial.lot === null ? null : (draft.view.get('lots', serial.lot) ?? null);
    return serialRowOf(serial, lot, part.location);
  });
}

/** Each piece moves its own lot: where one was lost and another found, the lot goes out and comes in. */
function lotsOfPieces({ view }: Draft, { part }: Compared, pieces: readonly PieceChange[]): Difference[] {
  const one = 10 ** part.line.decimals;
  const byLot = new Map<string, Difference>();
  for (const { serial, arrives, path } of pieces) {
    const lot = serial.lot === null ? undefined : view.get('lots', serial.lot);
    if (!lot) continue;
    const known = byLot.get(lot.id);
    const steps = (known?.steps ?? 0) + (arrives ? one : -one);
    byLot.set(lot.id, { lot, steps, path: known?.path ?? path });
  }
  return [...byLot.values()];
}

/** The lines of one part in a posting: its lots and pieces together, its stock without lots apart. */
function recordPart(draft: Draft, compared: Compared, isGain: boolean): void {
  const { line, location } = compared.part;
  const meant = compared.differences.filter(({ steps }) => steps > 0 === isGain);
  const [inLots, bare] = [meant.filter(({ lot }) => lot), meant.filter(({ lot }) => !lot)];
  const pieces = compared.pieces.filter(({ arrives }) => arrives === isGain);
  const serials = movePieces(draft, compared, pieces);
  const lots = moveLots(draft, compared, [...inLots, ...lotsOfPieces(draft, compared, pieces)]);
  const total = Math.max(
    lots.reduce((sum, row) => sum + row.quantity, 0),
    serials.length * 10 ** line.decimals,
  );
  if (total > 0) recordLine(draft, { line, total }, { lots, serials });
  moveLots(draft, compared, bare);
  for (const { steps } of bare)
    recordLine(draft, { line, total: Math.abs(steps) }, { lots: [], serials: [], location });
}

const hasSome = ({ differences, pieces }: Compared, isGain: boolean): boolean =>
  differences.some(({ steps }) => steps > 0 === isGain) || pieces.some(({ arrives }) => arrives === isGain);

function decide(args: CountInput, view: View, context: DecideContext): Decision {
  const pair = pairOf(view, args);
  const parts = partsOf(view, pair.losses, args.lines);
  const operation = openOperation(view, context, args.date);
  checkDate(args.date, operation.settings, context);
  const { warehouse } = pair.losses;
  const past = args.date < context.today || operation.settings.allowFutureDates;
  const compared = gather(parts, (part) => {
    const place = { warehouse: warehouse.code, location: part.location };
    const { item, variant } = part.line;
    return compare(view, part, { item, variant, place, date: args.date, past });
  });
  const id = context.newId();
  const postings: string[] = [];
  for (const [world, isGain] of [
    [pair.losses, false],
    [pair.gains, true],
  ] as const) {
    const changed = compared.filter((each) => hasSome(each, isGain));
    if (changed.length === 0) continue;
    const header = { note: args.note ?? null };
    const draft = operation.draft(world, header, {
      operation: 'count',
      count: id,
      main: postings.length === 0,
    });
    gather(changed, (each) => recordPart(draft, each, isGain));
    postings.push(draft.id);
  }
  operation.add({
    kind: 'counted',
    count: {
      id,
      warehouse: warehouse.code,
      date: args.date,
      note: args.note ?? null,
      rows: compared.flatMap((each) => each.rows),
      serials: compared.flatMap((each) => each.serials),
      postings,
    },
  });
  return operation.finish();
}

/** All that a count names is bounded, before any work is done. */
function checkSize(args: CountInput): CountInput {
  let rows = 0;
  for (const [i, { lots = [], serials = [], missing = [] }] of args.lines.entries()) {
    rows += lots.length + serials.length + missing.length;
    if (rows > limits.rows)
      throw new LedgerError('limit.lines', { path: `lines[${i}]`, details: { max: limits.rows } });
  }
  return args;
}

export const postCount: CommandDefinition<CountInput> = {
  name: 'count.post@1',
  schema: countInput,
  parse: (args) => checkSize(read(countInput, args)),
  decide,
};
