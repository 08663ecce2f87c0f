/** `lots.balance`: the mass balance of one lot (R111); and `lots.lineage`: a whole genealogy in short. */
import * as z from 'zod/mini';
import type { LotRecord } from '../../model/records.ts';
import { byId, isoDate, maybe, read } from '../../model/schema.ts';
import type { Lineage, LotBalance } from '../../model/views-trace.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { QueryDefinition } from '../../ports/view.ts';
import { reach } from '../../reading/genealogy.ts';
import { balanceView, lotSums } from '../../reading/mass-balance.ts';
import { UNGUARDED } from '../views/stock.ts';
import { originOf, type Traced } from './trace.ts';

export const balanceQuery: QueryDefinition<{ id: string }, LotBalance> = {
  name: 'lots.balance',
  schema: byId,
  parse: (args) => read(byId, args),
  run(view, { id }) {
    const lot: LotRecord | undefined = view.get('lots', id);
    if (!lot) throw new LedgerError('lot.notFound', { details: { id } });
    const { sums } = lotSums(view, lot, UNGUARDED);
    const unit = view.get('items', lot.itemKey)?.unit.code ?? '';
    return { id, code: lot.code, item: lot.item, unit, ...balanceView(sums, lot.decimals) };
  },
};

const lineageArgs = z.strictObject({
  id: z.string(),
  direction: z.optional(z.enum(['forward', 'backward'])),
  asOf: maybe(isoDate()),
  components: z.optional(z.enum(['tracked', 'all'])),
  untraced: z.optional(z.boolean()),
});

/** A whole genealogy in one go: ids alone, so that a hundred thousand are answered at once. */
export const lineageOf = (collection: Traced): QueryDefinition<z.infer<typeof lineageArgs>, Lineage> => ({
  name: `${collection}.lineage`,
  schema: lineageArgs,
  parse: (args) => read(lineageArgs, args),
  run(view, { id, direction = 'forward', asOf = null, components, untraced = false }, context) {
    const origin = originOf(view, collection, id);
    const filter = { asOf, untraced, seq: null, reversed: false, items: components === 'all' };
    const reached = reach(view, [origin], direction, filter, 'query');
    return {
      origin: id,
      nodes: reached.slice(1),
      asOf: { seq: view.head.seq, date: asOf ?? context.today },
    };
  },
});
