/** `postings.preview`: a posting as it would be, numbers, codes and warnings included; nothing is written (R19). */
import * as z from 'zod/mini';
import type { PostingFact } from '../model/facts.ts';
import { postingInput } from '../model/posting.ts';
import { limits, note, read } from '../model/schema.ts';
import type { Posting } from '../model/views.ts';
import { LedgerError } from '../ports/errors.ts';
import type { QueryContext, QueryDefinition, QueryView } from '../ports/view.ts';
import { postingView } from './views/postings.ts';
import { nameOf } from './views/stock.ts';

/** What a preview may be told of the command's envelope. */
export const envelopeArgs = {
  reason: z.optional(note(limits.reason)),
  force: z.optional(z.strictObject({ reason: note(limits.reason) })),
};

/** The same without what was not said. */
export const envelopeOf = ({
  reason,
  force,
}: {
  reason?: string | undefined;
  force?: { reason: string } | undefined;
}) => ({
  ...(reason === undefined ? {} : { reason }),
  ...(force === undefined ? {} : { force }),
});

function postedBefore(view: QueryView, args: unknown): Posting {
  const { key } = args as { key?: string };
  const known = key ? view.get('postingKeys', key) : undefined;
  const record = known ? view.get('postings', known.posting) : undefined;
  if (!record) throw new LedgerError('posting.notFound', { details: { key } });
  return postingView(record, (party) => nameOf(view, party));
}

/** The name that was typed with the posting, else the one that is known. */
function partyName(args: unknown, view: QueryView): (party: { kind: string; code: string }) => string | null {
  const typed = (args as { party?: { name?: string | null } | null }).party?.name;
  return (party) => typed || nameOf(view, party);
}

const previewSchema = z.strictObject({ posting: postingInput, ...envelopeArgs });
// the posting itself is read as the command reads it, when it is tried out
const previewArgs = z.strictObject({ posting: z.unknown(), ...envelopeArgs });

export const previewQuery: QueryDefinition<z.infer<typeof previewArgs>, Posting> = {
  name: 'postings.preview',
  hooked: 'posting',
  schema: previewSchema,
  parse: (args) => read(previewArgs, args),
  run(view: QueryView, { posting: args, reason, force }, context: QueryContext) {
    const { facts, warnings } = context.tryOut('posting.post@1', args, envelopeOf({ reason, force }));
    const posted = facts.find(
      (fact): fact is { kind: 'posted'; posting: PostingFact } => fact.kind === 'posted' && fact.posting.main,
    );
    // a key that was used for the same posting before: that one is the answer (R88)
    if (!posted) return postedBefore(view, args);
    const record = { ...posted.posting, actor: '', at: context.at, reversed: false, warnings };
    return postingView(record, partyName(args, view));
  },
};
