/**
 * The genealogy as deciders and questions read it: the links of one node, and everything that is reached
 * from some. Over a far store a whole level is fetched at once.
 */
import type { EdgeRecord, NodeKind } from '../model/cases.ts';
import type { RangeOptions } from '../ports/store.ts';
import { gather, type View } from '../ports/view.ts';
import { follows, type LinkFilter } from '../rules/genealogy.ts';
import { stockGuard } from '../rules/stock-keys.ts';

export type Direction = 'forward' | 'backward';

/** One node on the way. `item` is the item's code: stock without lots is guarded by it. */
export interface Reached {
  readonly id: string;
  readonly kind: NodeKind;
  readonly item: string;
  readonly depth: number;
}

/** How links are read: by a question, which needs no guard, or by a decider. */
export type Guarding = 'query' | 'decider';

/**
 * What keeps a decider's answer true: whoever links a lot or a serial also writes it, so a decider reads the
 * record itself and needs no guard; stock without lots has one, its item's.
 */
function guardOf(node: Pick<Reached, 'kind' | 'item'>, guarding: Guarding): string | null {
  if (guarding === 'query') return 'query';
  return node.kind === 'item' ? stockGuard(node.item) : null;
}

/** The links of a node in one direction, in the order of their dates. */
export function linksAt(
  view: View,
  node: Pick<Reached, 'id' | 'kind' | 'item'>,
  direction: Direction,
  guarding: Guarding,
  options: Omit<RangeOptions, 'prefix'> = {},
): readonly EdgeRecord[] {
  const index = direction === 'forward' ? 'byFrom' : 'byTo';
  return view.range('edges', index, { ...options, prefix: [node.id] }, guardOf(node, guarding));
}

/** The node at the other end of a link. */
export function endOf(edge: EdgeRecord, direction: Direction, depth: number): Reached {
  return direction === 'forward'
    ? { id: edge.to, kind: edge.toKind, item: edge.toItem, depth }
    : { id: edge.from, kind: edge.fromKind, item: edge.fromItem, depth };
}

/** A piece came to be with its lot: backward, what went into the lot went into the piece. */
export function lotOfPiece(view: View, node: Reached): Reached | undefined {
  if (node.kind !== 'serial') return undefined;
  const lot = view.get('serials', node.id)?.lot ?? null;
  return lot === null ? undefined : { id: lot, kind: 'lot', item: node.item, depth: node.depth };
}

/**
 * Everything reached from some nodes, nearest first, themselves included at depth 0. Cycles end (R106). A
 * decider also reads every lot and serial reached, so that nobody can link one of them meanwhile.
 */
export function reach(
  view: View,
  roots: readonly Reached[],
  direction: Direction,
  filter: LinkFilter,
  guarding: Guarding,
): Reached[] {
  const seen = new Set<string>();
  const found: Reached[] = [];
  let level: Reached[] = [];
  const see = (node: Reached): void => {
    const before = seen.size;
    // asked and added in one: the ids of a large genealogy are far apart in memory
    if (seen.add(node.id).size === before) return;
    found.push(node);
    level.push(node);
  };
  for (const root of roots) see(root);
  while (level.length > 0) {
    const frontier = level;
    level = [];
    const links = gather(frontier, (node) => {
      if (guarding === 'decider' && node.kind === 'lot') view.get('lots', node.id);
      if (guarding === 'decider' && node.kind === 'serial') view.get('serials', node.id);
      const lot = direction === 'backward' ? lotOfPiece(view, node) : undefined;
      return { lot, edges: linksAt(view, node, direction, guarding) };
    });
    for (let i = 0; i < frontier.length; i++) {
      const { lot, edges } = links[i] as (typeof links)[number];
      if (lot) see(lot);
      const depth = (frontier[i] as Reached).depth + 1;
      for (const edge of edges) if (follows(edge, filter)) see(endOf(edge, direction, depth));
    }
  }
  return found;
}
