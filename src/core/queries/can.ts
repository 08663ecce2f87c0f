/** `ledger.can`: whether the actor may do what has a permission of its own, asked for many acts at once. */
import * as z from 'zod/mini';
import { read } from '../model/schema.ts';
import type { QueryDefinition } from '../ports/view.ts';

const canArgs = z.array(
  z.strictObject({
    action: z.string(),
    /** One field or one record, for a host whose `permit` hook decides on those. */
    field: z.optional(z.string()),
    id: z.optional(z.string()),
  }),
);

export const canQuery: QueryDefinition<z.infer<typeof canArgs>, boolean[]> = {
  name: 'ledger.can',
  schema: canArgs,
  parse: (args) => read(canArgs, args),
  run: (_view, asked, context) =>
    asked.map(({ action, field, id }) =>
      context.may(action, {
        ...(field === undefined ? {} : { field }),
        ...(id === undefined ? {} : { id }),
      }),
    ),
};
