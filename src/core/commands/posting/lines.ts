/**
 * The lines of one posting, from what was asked to what is recorded, in the order in which a posting is
 * refused: references; document, party, date and number; quantities; codes and usability, line by line.
 */
import type { LineInput } from '../../model/posting.ts';
import type { PostingLine } from '../../model/records.ts';
import { gather } from '../../ports/view.ts';
import type { Draft } from './draft.ts';
import type { Rows } from './line-rows.ts';
import { loadLine } from './load.ts';
import { lineSteps } from './quantities.ts';
import { asReturns, checkReturned } from './returns.ts';
import { unloadLine } from './unload.ts';
import { checkHeader, type LineWorld, resolveLines, type Tracking, trackingOf } from './world.ts';

/** A line with how it is tracked, and how much it is in steps of the base unit. */
export interface Measured {
  readonly line: LineWorld;
  readonly tracking: Tracking;
  readonly total: number;
}

/** How each line is tracked, and how much it is. */
export function measure(draft: Draft, lines: readonly LineWorld[]): Measured[] {
  return gather(lines, (line): Measured => {
    const tracking = trackingOf(line, draft);
    return { line, tracking, total: lineSteps(line, draft.world, tracking.serials) };
  });
}

/** The line as it is recorded, with the rows it came to. */
export function recordLine(
  draft: Draft,
  { line, total }: Omit<Measured, 'tracking'>,
  rows: Rows,
): PostingLine {
  const { input, item, variant, decimals, factor } = line;
  const record: PostingLine = {
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
    returns: input.returns ?? null,
    returned: [],
    documents: [],
  };
  draft.lines.push(record);
  return record;
}

const isChosen = ({ input }: LineWorld): boolean => input.lots === 'auto' || input.serials === 'auto';

/** Loads or unloads measured lines, and records them. */
export function takeLines(draft: Draft, lines: readonly Measured[]): void {
  const measured = asReturns(draft, lines);
  const take = draft.world.type === 'load' ? loadLine : unloadLine;
  const rows: Rows[] = [];
  // what is named is taken before what is chosen, so that nothing chosen is missing further down
  for (const chosen of [false, true]) {
    const turn = measured.filter(({ line }) => isChosen(line) === chosen);
    gather(turn, ({ line, tracking, total }) => {
      rows[line.index] = take(draft, line, tracking, total);
    });
  }
  for (const each of measured) {
    const row = rows[each.line.index] as Rows;
    checkReturned(draft, each.line, row, each.total);
    recordLine(draft, each, row);
  }
}

/**
 * Posts lines: resolves, measures, loads or unloads and records them.
 * @param prefix what the paths of refusals begin with: `''`, or `'counterpart.'`
 * @throws LedgerError for the first thing refused; what moves is checked when the operation finishes
 */
export function postLines(draft: Draft, inputs: readonly LineInput[], prefix = ''): void {
  const lines = resolveLines(draft, inputs, prefix);
  checkHeader(draft);
  takeLines(draft, measure(draft, lines));
}
