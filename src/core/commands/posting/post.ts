/**
 * `posting.post`: a load or an unload with its lots and serials. The order of refusals is the order of
 * the phases: references, template, date; quantities; codes and usability, line by line; balances last.
 */
import { type LineInput, type PostingInput, postingInput } from '../../model/posting.ts';
import { limits, read } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, DecideContext, Decision, View } from '../../ports/view.ts';
import { postPair } from './counterparts.ts';
import { postLines } from './lines.ts';
import { openOperation } from './operation.ts';
import { plainPosting } from './plain.ts';
import { worldOf } from './world.ts';

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

function decide(args: PostingInput, view: View, context: DecideContext): Decision {
  const settled = answeredByKey(args, view, context);
  if (settled) return settled;
  const operation = openOperation(view, context, args.date);
  const world = worldOf(view, args);
  if (world.template.counting) {
    const details = { template: world.template.code };
    throw new LedgerError('template.countingOnly', { path: 'template', details });
  }
  if (world.template.counterpart) postPair(operation, args, world);
  else if (args.counterpart) {
    const details = { template: world.template.code };
    throw new LedgerError('template.noCounterpart', { path: 'counterpart', details });
  } else postLines(operation.draft(world, args), args.lines);
  return operation.finish();
}

/** Lot rows and serial rows a line names, those of its components too. */
function rowsOf({ lots, serials, components }: Partial<LineInput>): number {
  let rows = 0;
  for (const list of [lots, serials]) if (Array.isArray(list)) rows += list.length;
  if (components) for (const component of components) rows += rowsOf(component);
  return rows;
}

/** All rows of a posting together are bounded, before any work is done. */
function checkSize(args: PostingInput): PostingInput {
  let rows = 0;
  const count = (lines: readonly LineInput[], prefix: string): void =>
    lines.forEach((line, i) => {
      rows += rowsOf(line);
      if (rows <= limits.rows) return;
      throw new LedgerError('limit.lines', { path: `${prefix}lines[${i}]`, details: { max: limits.rows } });
    });
  count(args.lines, '');
  if (args.counterpart?.lines) count(args.counterpart.lines, 'counterpart.');
  return args;
}

export const postPosting: CommandDefinition<PostingInput> = {
  name: 'posting.post@1',
  hooked: 'posting',
  schema: postingInput,
  parse: (args) => checkSize(plainPosting(args) ?? read(postingInput, args)),
  decide,
};
