/**
 * Walks a genealogy for one page: level by level, so many links at most, from where the page before ended.
 * The way is the same every time for the same journal, so a position is just the number of links looked at,
 * and a page begins by going over those again without showing them.
 */
import type { EdgeRecord } from '../../model/cases.ts';
import { gather, type QueryView } from '../../ports/view.ts';
import { type Direction, endOf, linksAt, lotOfPiece, type Reached } from '../../reading/genealogy.ts';
import { follows, type LinkFilter } from '../../rules/genealogy.ts';

/** What to walk, and how far. */
export interface Walk {
  readonly origin: Reached;
  /** One after the other. */
  readonly directions: readonly Direction[];
  readonly filter: LinkFilter;
  /** What is followed backward, where that is less (R105: without components). */
  readonly withoutComponents: boolean;
  /** Levels from the first origin; nodes at this depth are not expanded. */
  readonly depth: number;
  /** Links that pages before looked at; negative where no page was before, and the origin is shown too. */
  readonly after: number;
  /** Nodes of this page at most, the origin included. */
  readonly limit: number;
}

export interface WalkedNode extends Reached {
  readonly direction: Direction | 'origin';
  /** Everything beyond it is in this page or in those before. */
  expanded: boolean;
  repeated: boolean;
}

export interface WalkedEdge {
  readonly edge: EdgeRecord;
  readonly direction: Direction;
  readonly repeated: boolean;
}

/** What one page shows, and where the next one begins; undefined at the end. */
export interface Walked {
  readonly nodes: WalkedNode[];
  readonly edges: WalkedEdge[];
  readonly next: number | undefined;
}

/** Links looked at for each node of a page: what is filtered out, or leads back, costs too. */
const LINKS_PER_NODE = 4;

class Walker {
  readonly #view: QueryView;
  readonly #walk: Walk;
  readonly nodes: WalkedNode[] = [];
  readonly edges: WalkedEdge[] = [];
  /** Links looked at so far, in all pages, and how many there may be after this one. */
  #looked = 0;
  readonly #most: number;
  #seen = new Map<string, WalkedNode>();
  #queue: WalkedNode[] = [];

  constructor(view: QueryView, walk: Walk) {
    this.#view = view;
    this.#walk = walk;
    this.#most = Math.max(walk.after, 0) + LINKS_PER_NODE * walk.limit;
  }

  run(): Walked {
    const { origin, directions, after } = this.#walk;
    const first: WalkedNode = { ...origin, direction: 'origin', expanded: true, repeated: false };
    if (after < 0) this.nodes.push(first);
    for (const direction of directions) {
      this.#seen = new Map([[first.id, first]]);
      this.#queue = [first];
      if (!this.#expandAll(direction)) {
        first.expanded = false;
        return { nodes: this.nodes, edges: this.edges, next: this.#looked };
      }
    }
    return { nodes: this.nodes, edges: this.edges, next: undefined };
  }

  /** Expands until nothing is left, true, or the page is full, false. */
  #expandAll(direction: Direction): boolean {
    for (let at = 0; at < this.#queue.length; ) {
      const room = this.#most - this.#looked;
      // as many at once as a far store is well asked in one go; few, where the page has little room left
      const slice = this.#queue.slice(at, at + Math.max(1, room >> 3));
      const links = gather(slice, (node) => this.#linksOf(node, direction, room));
      for (let i = 0; i < slice.length; i++) {
        if (!this.#take(slice[i] as WalkedNode, links[i] as Links, direction)) return false;
        at++;
      }
    }
    return true;
  }

  #linksOf(node: WalkedNode, direction: Direction, room: number): Links {
    const lot = direction === 'backward' ? lotOfPiece(this.#view, node) : undefined;
    if (node.depth >= this.#walk.depth) return { lot, edges: [] };
    // one more than there is room for shows that the page is full
    return { lot, edges: linksAt(this.#view, node, direction, 'query', { limit: room + 1 }) };
  }

  #follows(edge: EdgeRecord, direction: Direction): boolean {
    if (direction === 'backward' && this.#walk.withoutComponents && edge.kind === 'consume') return false;
    return follows(edge, this.#walk.filter);
  }

  /** Takes over the links of one node; false when the page is full before they are all taken. */
  #take(node: WalkedNode, { lot, edges }: Links, direction: Direction): boolean {
    if (lot && !this.#seen.has(lot.id)) {
      if (!this.#look(() => this.#show(lot, direction))) return false;
    }
    for (const edge of edges) {
      const shown = this.#follows(edge, direction) ? this.#reach(node, edge, direction) : () => undefined;
      if (!this.#look(shown)) return false;
    }
    node.expanded = node.depth < this.#walk.depth;
    return true;
  }

  /** Looks at one link: goes over it where a page before did, shows it where there is room. */
  #look(show: (again: boolean) => boolean | undefined): boolean {
    const again = this.#looked < this.#walk.after;
    if (!again && this.#looked >= this.#most) return false;
    if (show(again) === false) return false;
    this.#looked++;
    return true;
  }

  #reach(node: WalkedNode, edge: EdgeRecord, direction: Direction): (again: boolean) => boolean | undefined {
    return (again) => {
      const to = endOf(edge, direction, node.depth + 1);
      const known = this.#seen.get(to.id);
      if (known) known.repeated = true;
      else if (this.#show(to, direction, again) === false) return false;
      if (!again) this.edges.push({ edge, direction, repeated: known !== undefined });
      return true;
    };
  }

  /** A node not seen before: on the page, if it is this page's; false where there is no room for it. */
  #show(reached: Reached, direction: Direction, again = this.#looked < this.#walk.after): boolean {
    if (!again && this.nodes.length >= this.#walk.limit) return false;
    const node: WalkedNode = { ...reached, direction, expanded: false, repeated: false };
    this.#seen.set(node.id, node);
    this.#queue.push(node);
    if (!again) this.nodes.push(node);
    return true;
  }
}

interface Links {
  readonly lot: Reached | undefined;
  readonly edges: readonly EdgeRecord[];
}

/** One page of a walk. */
export const walk = (view: QueryView, how: Walk): Walked => new Walker(view, how).run();
