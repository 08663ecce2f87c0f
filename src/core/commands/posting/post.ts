/**
 * `posting.post`: a load or an unload with its lots and serials. The order of refusals is the order of
 * the phases: references, template, date; quantities; codes and usability, line by line; balances last.
 */
import { type PostingInput, postingInput } from '../../model/posting.ts';
import { limits, read } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, DecideContext, Decision, View } from '../../ports/view.ts';
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
  postLines(operation.draft(worldOf(view, args), args), args.lines);
  return operation.finish();
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
