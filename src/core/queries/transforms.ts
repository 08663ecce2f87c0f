/** `lots.preview`: what a split, a merge or a conversion would come to, codes included; nothing is written. */

import * as z from 'zod/mini';
import type { PostingFact } from '../model/facts.ts';
import { read } from '../model/schema.ts';
import { convertInput, mergeInput, splitInput } from '../model/transforms.ts';
import type { Transformed } from '../model/views-transforms.ts';
import { LedgerError } from '../ports/errors.ts';
import type { QueryDefinition } from '../ports/view.ts';
import { envelopeArgs, envelopeOf } from './preview.ts';
import { postingView } from './views/postings.ts';

const previewSchema = z.union([
  z.strictObject({ what: z.literal('split'), args: splitInput, ...envelopeArgs }),
  z.strictObject({ what: z.literal('merge'), args: mergeInput, ...envelopeArgs }),
  z.strictObject({ what: z.literal('convert'), args: convertInput, ...envelopeArgs }),
]);
const previewArgs = z.strictObject({
  what: z.enum(['split', 'merge', 'convert']),
  // read as the command reads it, when it is tried out
  args: z.unknown(),
  ...envelopeArgs,
});

export const transformPreviewQuery: QueryDefinition<z.infer<typeof previewArgs>, Transformed> = {
  name: 'lots.preview',
  schema: previewSchema,
  parse: (args) => read(previewArgs, args),
  run(_view, { what, args, reason, force }, context) {
    const { facts, warnings } = context.tryOut(`lots.${what}@1`, args, envelopeOf({ reason, force }));
    const postings = facts.flatMap((fact): PostingFact[] => (fact.kind === 'posted' ? [fact.posting] : []));
    const shown = (posting: PostingFact | undefined, told: typeof warnings) => {
      if (!posting) throw new LedgerError('posting.notFound');
      return postingView({ ...posting, actor: '', at: context.at, reversed: false, warnings: told });
    };
    const out = shown(
      postings.find(({ main }) => main),
      warnings,
    );
    const load = shown(
      postings.find(({ id }) => id === out.counterpart),
      [],
    );
    return { ...out, made: load.lines.flatMap((line) => line.lots) };
  },
};
