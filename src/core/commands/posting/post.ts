/**
 * `posting.post`: a load or an unload with its lots and serials. The order of refusals is the order of
 * the phases: references, template, date; quantities; codes and usability, line by line; balances last.
 */
import type { Fact, PostingFact } from '../../model/facts.ts';
import { type PostingInput, postingInput } from '../../model/posting.ts';
import type { DocumentRef, PostingLine } from '../../model/records.ts';
import { limits, read } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import {
  type CommandDefinition,
  type DecideContext,
  type Decision,
  gather,
  type View,
} from '../../ports/view.ts';
import { partySeen } from '../../reading/parties.ts';
import { isPostingNumberTaken, nextPostingNumber, postingNumberId } from '../../rules/posting-number.ts';
import { checkDelta, checkLotTotals, checkSerial, type Effect } from './balances.ts';
import { Draft } from './draft.ts';
import type { Rows } from './line-rows.ts';
import { loadLine } from './load.ts';
import { plainPosting } from './plain.ts';
import { lineSteps } from './quantities.ts';
import { unloadLine } from './unload.ts';
import { type LineWorld, resolve, type Tracking, trackingOf, type World } from './world.ts';

/** An earlier posting under the same host key: the same answer again, or a refusal (R88). */
function answeredByKey(args: PostingInput, view: View, context: DecideContext): Decision | undefined {
  if (!args.key) return undefined;
  const known = view.get('postingKeys', args.key);
  if (!known) return undefined;
  if (known.print === context.print) return { facts: [], settled: { posting: known.posting } };
  throw new LedgerError('posting.duplicateKey', {
    path: 'key',
    details: { key: args.key, posting: known.posting },
  });
}

function numberOf(args: PostingInput, world: World, view: View): number {
  const numbers = view.get('postingNumbers', postingNumberId(world.warehouse.code, args.date));
  if (args.number === undefined || args.number === null) return nextPostingNumber(numbers);
  if (isPostingNumberTaken(numbers, args.number)) {
    throw new LedgerError('posting.duplicateNumber', { path: 'number', details: { number: args.number } });
  }
  return args.number;
}

const documentOf = (input: PostingInput['document']): DocumentRef | null =>
  input
    ? { type: input.type, number: input.number ?? null, date: input.date ?? null, url: input.url ?? null }
    : null;

interface Measured {
  readonly line: LineWorld;
  readonly tracking: Tracking;
  readonly total: number;
}

function lineRecord({ line, total }: Measured, rows: Rows, draft: Draft): PostingLine {
  const { input, item, variant, decimals, factor } = line;
  return {
    id: draft.context.newId(),
    item: item.code,
    variant,
    quantity: total,
    decimals,
    unit: item.unit.code,
    entered: factor === null ? null : { quantity: input.quantity, unit: factor.code },
    location: rows.location === undefined ? line.location : rows.location,
    note: input.note ?? null,
    project: input.project ?? null,
    lots: rows.lots,
    serials: rows.serials,
    reverses: null,
    reversedBy: null,
  };
}

function checkBalances(draft: Draft): void {
  const effect: Effect = {
    view: draft.view,
    context: draft.context,
    warehouse: draft.world.warehouse.code,
    date: draft.date,
  };
  const arrives = draft.world.template.type === 'load';
  // a piece that is not there says more than its lot being short
  gather([...draft.serialMoves.values()], (move) => checkSerial({ ...move, arrives }, effect));
  const deltas = [...draft.deltas.values()];
  gather(deltas, (delta) => checkDelta(delta, effect));
  checkLotTotals(deltas);
}

function postingFact(args: PostingInput, draft: Draft, id: string, number: number): PostingFact {
  const { world } = draft;
  return {
    id,
    key: args.key || null,
    warehouse: world.warehouse.code,
    template: world.template.code,
    type: world.template.type,
    intent: world.intent,
    date: args.date,
    number,
    document: documentOf(args.document),
    internalDocument: documentOf(args.internalDocument),
    party: args.party ? { kind: args.party.kind, code: args.party.code } : null,
    project: args.project ?? null,
    note: args.note ?? null,
    lines: draft.lines,
    reverses: null,
    reason: draft.context.reason ?? draft.context.force?.reason ?? null,
  };
}

const isChosen = ({ input }: LineWorld): boolean => input.lots === 'auto' || input.serials === 'auto';

function decide(args: PostingInput, view: View, context: DecideContext): Decision {
  const settled = answeredByKey(args, view, context);
  if (settled) return settled;
  const world = resolve(args, view, context);
  const number = numberOf(args, world, view);
  const measured = gather(world.lines, (line): Measured => {
    const tracking = trackingOf(line, world);
    return { line, tracking, total: lineSteps(line, world, tracking.serials) };
  });
  const draft = new Draft(view, context, world, args.date);
  const id = context.newId();
  const take = world.template.type === 'load' ? loadLine : unloadLine;
  const rows: Rows[] = [];
  // what is named is taken before what is chosen, so that nothing chosen is missing further down
  for (const chosen of [false, true]) {
    const turn = measured.filter(({ line }) => isChosen(line) === chosen);
    gather(turn, (each) => {
      rows[each.line.index] = take(draft, each.line, args, each.tracking, each.total);
    });
  }
  for (const each of measured) draft.lines.push(lineRecord(each, rows[each.line.index] as Rows, draft));
  checkBalances(draft);
  const party = args.party ? partySeen(view, args.party, context.at) : { facts: [], side: [] };
  const posted: Fact = { kind: 'posted', posting: postingFact(args, draft, id, number) };
  return { facts: [...draft.facts(), ...party.facts, posted], warnings: draft.warnings, side: party.side };
}

/** All rows of a posting together are bounded, before any work is done. */
function checkSize(args: PostingInput): PostingInput {
  let rows = 0;
  args.lines.forEach((line, i) => {
    for (const list of [line.lots, line.serials]) if (Array.isArray(list)) rows += list.length;
    if (rows > limits.rows) {
      throw new LedgerError('limit.lines', { path: `lines[${i}]`, details: { max: limits.rows } });
    }
  });
  return args;
}

export const postPosting: CommandDefinition<PostingInput> = {
  name: 'posting.post@1',
  parse: (args) => checkSize(plainPosting(args) ?? read(postingInput, args)),
  decide,
};
