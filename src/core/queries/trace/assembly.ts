/** `serials.asBuilt` and `serials.installs`: pieces within pieces, on any day (R112). */
import * as z from 'zod/mini';
import type { EdgeRecord } from '../../model/cases.ts';
import { byId, isoDate, maybe, read } from '../../model/schema.ts';
import type { AsBuilt, Install } from '../../model/views-trace.ts';
import { codeKey } from '../../ports/keys.ts';
import { gather, type QueryDefinition, type QueryView } from '../../ports/view.ts';
import { linksAt, type Reached } from '../../reading/genealogy.ts';
import { follows, type LinkFilter } from '../../rules/genealogy.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { originOf } from './trace.ts';

const asBuiltArgs = z.strictObject({ id: z.string(), asOf: maybe(isoDate()) });

type Part = Pick<AsBuilt, 'by' | 'since' | 'quantity'>;

/** Links through which something is in a piece; the lot of an installed piece is there by the piece itself. */
const isPart = (edge: EdgeRecord): boolean => edge.kind !== 'install' || edge.fromKind === 'serial';

function built(
  view: QueryView,
  node: Reached,
  part: Part,
  filter: LinkFilter,
  path: readonly string[],
): AsBuilt {
  const record =
    node.kind === 'item' ? undefined : view.get(node.kind === 'lot' ? 'lots' : 'serials', node.id);
  const item = view.get('items', codeKey(node.item));
  // what went into a lot is the lot's story; only pieces are taken apart further
  const links = node.kind === 'serial' ? linksAt(view, node, 'backward', 'query') : [];
  const parts = links.filter((edge) => isPart(edge) && follows(edge, filter) && !path.includes(edge.from));
  return {
    id: node.id,
    kind: node.kind,
    item: node.item,
    itemDescription: item?.description ?? null,
    variant: record?.variant ?? null,
    code: record?.code ?? null,
    ...part,
    unit: item?.unit.code ?? '',
    children: gather(parts, (edge) => {
      const below = { id: edge.from, kind: edge.fromKind, item: edge.fromItem, depth: node.depth + 1 };
      const quantity = formatSteps(edge.fromQuantity, edge.fromDecimals);
      const by = edge.kind === 'install' || edge.kind === 'convert' ? edge.kind : 'consume';
      return built(view, below, { by, since: edge.date, quantity }, filter, [...path, edge.from]);
    }),
  };
}

const asBuiltQuery: QueryDefinition<z.infer<typeof asBuiltArgs>, AsBuilt> = {
  name: 'serials.asBuilt',
  schema: asBuiltArgs,
  parse: (args) => read(asBuiltArgs, args),
  run(view, { id, asOf = null }) {
    const origin = originOf(view, 'serials', id);
    const filter = { asOf, seq: null, untraced: true, reversed: false, items: true };
    return built(view, origin, { by: null, since: null, quantity: '1' }, filter, [id]);
  },
};

const installsQuery: QueryDefinition<{ id: string }, Install[]> = {
  name: 'serials.installs',
  schema: byId,
  parse: (args) => read(byId, args),
  run(view, { id }) {
    const origin = originOf(view, 'serials', id);
    const links = linksAt(view, origin, 'forward', 'query').filter((edge) => edge.kind === 'install');
    return gather(links, (edge): Install => {
      const into = view.get('serials', edge.to);
      return {
        id: edge.id,
        into: edge.to,
        intoCode: into?.code ?? '',
        intoItem: edge.toItem,
        from: edge.date,
        until: edge.endDate,
        reversed: edge.reversed,
        posting: edge.unload,
      };
    });
  },
};

export const assemblyQueries = [asBuiltQuery, installsQuery] as unknown as QueryDefinition[];
