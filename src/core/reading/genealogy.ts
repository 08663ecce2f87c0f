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
  options?: Omit<RangeOptions, 'prefix'>,
): readonly EdgeRecord[] {
  const index = direction === 'forward' ? 'byFrom' : 'byTo';
  const prefix = [node.id];
  const asked: RangeOptions = options === undefined ? { prefix } : { ...options, prefix };
  return view.range('edges', index, asked, guardOf(node, guarding));
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

/** Reads what a decider expects of a node besides its links. */
function expect(view: View, { kind, id }: Reached): void {
  if (kind === 'lot') view.get('lots', id);
  else if (kind === 'serial') view.get('serials', id);
}

/** What was reached so far, and the level that is still to be gone on from. */
class Reach {
  readonly #seen = new Set<string>();
  readonly found: Reached[] = [];
  readonly #direction: Direction;

  constructor(direction: Direction) {
    this.#direction = direction;
  }

  /** Whether this is the first way to a node. Asked and noted in one: ids lie far apart in memory. */
  isNew(id: string): boolean {
    const before = this.#seen.size;
    return this.#seen.add(id).size !== before;
  }

  add(node: Reached): void {
    if (this.isNew(node.id)) this.found.push(node);
  }

  follow(edges: readonly EdgeRecord[], filter: LinkFilter, depth: number): void {
    const forward = this.#direction === 'forward';
    for (const edge of edges) {
      if (!follows(edge, filter)) continue;
      if (this.isNew(forward ? edge.to : edge.from)) this.found.push(endOf(edge, this.#direction, depth));
    }
  }
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
  const reached = new Reach(direction);
  for (const root of roots) reached.add(root);
  for (let begin = 0; begin < reached.found.length; ) {
    const level = reached.found.slice(begin);
    begin += level.length;
    // a piece's lot stands on the piece's own level
    if (direction === 'backward') {
      for (const lot of gather(level, (node) => lotOfPiece(view, node))) if (lot) reached.add(lot);
    }
    const links = gather(level, (node) => {
      if (guarding === 'decider') expect(view, node);
      return linksAt(view, node, direction, guarding);
    });
    for (let i = 0; i < level.length; i++) {
      reached.follow(links[i] as readonly EdgeRecord[], filter, (level[i] as Reached).depth + 1);
    }
  }
  return reached.found;
}
