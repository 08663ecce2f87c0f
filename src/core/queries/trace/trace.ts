/**
 * `lots.trace` and `serials.trace`: where something came from and went to. A page shows so many nodes, what
 * links them, and their parties; everything beyond is asked for by cursors: the next page, what lies beyond
 * one node, further parties of one node.
 */
import * as z from 'zod/mini';
import { isoDate, maybe, read, whole } from '../../model/schema.ts';
import type { Trace, TraceNode, TraceParty } from '../../model/views-trace.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { Scalar } from '../../ports/store.ts';
import { gather, type QueryContext, type QueryDefinition, type QueryView } from '../../ports/view.ts';
import { type Direction, linksAt, type Reached } from '../../reading/genealogy.ts';
import { follows, type LinkFilter } from '../../rules/genealogy.ts';
import { cursorOf, positionOf } from '../lists/cursor.ts';
import { edgeView, nodeView, type Rendering } from './nodes.ts';
import { partiesOf } from './parties.ts';
import { type Walked, type WalkedNode, walk } from './walk.ts';

export type Traced = 'lots' | 'serials';

const directions = { forward: ['forward'], backward: ['backward'], both: ['backward', 'forward'] } as const;

const traceArgs = z.strictObject({
  id: z.string(),
  direction: z.optional(z.enum(['forward', 'backward', 'both'])),
  asOf: maybe(isoDate()),
  depth: z.optional(whole(0, 1_000_000)),
  components: z.optional(z.enum(['none', 'tracked', 'all'])),
  untraced: z.optional(z.boolean()),
  reversed: z.optional(z.boolean()),
  limit: z.optional(whole(1, 1_000_000)),
  cursor: maybe(z.string()),
});
type TraceArgs = z.infer<typeof traceArgs>;

/** Links read of a node that is not expanded, to know whether anything lies beyond it. */
const PEEK = 8;

/** The lot or serial a trace begins at. */
export function originOf(view: QueryView, collection: Traced, id: string): Reached {
  const record = view.get(collection, id);
  if (!record)
    throw new LedgerError(collection === 'lots' ? 'lot.notFound' : 'serial.notFound', { details: { id } });
  return { id, kind: collection === 'lots' ? 'lot' : 'serial', item: record.item, depth: 0 };
}

/** Where an answer begins: at the origin, at a later page, beyond a node, or at parties of a node. */
interface Position {
  readonly what: 'walk' | 'parties';
  readonly from: Reached;
  readonly directions: readonly Direction[];
  readonly seq: number;
  /** Links looked at before; see `BEGINNING`. */
  readonly after: number;
  /** Position in the node's parties. */
  readonly parties: readonly Scalar[] | undefined;
}

const toText = ({ what, from, directions: ways, seq, after, parties }: Position): Scalar[] => [
  JSON.stringify([what, from.id, from.kind, from.item, from.depth, ways, seq, after, parties ?? null]),
];

function fromText(position: readonly Scalar[]): Position {
  const [what, id, kind, item, depth, ways, seq, after, parties] = JSON.parse(String(position[0]));
  return {
    what,
    from: { id, kind, item, depth },
    directions: ways,
    seq,
    after,
    parties: parties ?? undefined,
  };
}

/** The walk of a new question shows its origin first; one that goes on has shown it. */
const BEGINNING = -1;

function positionAt(question: string, cursor: string): Position {
  try {
    return fromText(positionOf(question, cursor));
  } catch (cause) {
    throw new LedgerError('cursor.invalid', { path: 'cursor', cause });
  }
}

class Tracing {
  readonly #args: TraceArgs;
  readonly #question: string;
  readonly #at: Position;
  readonly #rendering: Rendering;
  readonly #limit: number;
  readonly #date: string;

  constructor(collection: Traced, view: QueryView, args: TraceArgs, context: QueryContext) {
    const { limit, cursor, ...asked } = args;
    this.#args = args;
    this.#limit = limit ?? 50;
    this.#date = args.asOf ?? context.today;
    this.#question = JSON.stringify([collection, asked]);
    const from = originOf(view, collection, args.id);
    const ways = directions[args.direction ?? 'forward'];
    this.#at = cursor
      ? positionAt(this.#question, cursor)
      : { what: 'walk', from, directions: ways, seq: view.head.seq, after: BEGINNING, parties: undefined };
    this.#rendering = {
      view,
      asOf: args.asOf ?? null,
      documents: context.may('document.view'),
      filter: this.#filter(),
    };
  }

  run(): Trace {
    if (this.#at.what === 'parties') return this.#furtherParties();
    const { from, directions: ways, after } = this.#at;
    const walked = walk(this.#rendering.view, {
      origin: from,
      directions: ways,
      filter: this.#rendering.filter,
      withoutComponents: this.#args.components === 'none',
      depth: from.depth + (this.#args.depth ?? Number.POSITIVE_INFINITY),
      after,
      limit: this.#limit,
    });
    return this.#page(walked);
  }

  #filter(): LinkFilter {
    const { asOf = null, untraced = false, reversed = false, components } = this.#args;
    return { asOf, untraced, reversed, seq: this.#at.seq, items: components === 'all' };
  }

  #cursor(position: Partial<Position>): string {
    return cursorOf(this.#question, toText({ ...this.#at, ...position }));
  }

  #page(walked: Walked): Trace {
    const parties: TraceParty[] = [];
    const nodes = gather(walked.nodes, (node) => this.#node(node));
    for (const each of nodes) parties.push(...each.parties);
    const next = walked.next === undefined ? {} : { next: this.#cursor({ after: walked.next }) };
    return {
      ...this.#frame(),
      nodes: nodes.flatMap(({ node }) => (node ? [node] : [])),
      edges: gather(walked.edges, (edge) => edgeView(edge, this.#rendering)),
      parties,
      ...next,
    };
  }

  #frame(): Pick<Trace, 'origin' | 'restricted' | 'asOf'> {
    const { view, documents } = this.#rendering;
    const asOf = { seq: view.head.seq, date: this.#date };
    return { origin: this.#args.id, restricted: !documents, asOf };
  }

  #node(node: WalkedNode): { node: TraceNode | undefined; parties: readonly TraceParty[] } {
    const ways = node.direction === 'origin' ? this.#at.directions : [node.direction];
    const question = { node, direct: this.#isDirect(node), ways, after: undefined, limit: this.#limit };
    const found = partiesOf(question, this.#rendering);
    const moreParties = found.next ? this.#partiesCursor(node, ways, found.next) : null;
    const more = this.#more(node);
    return {
      node: nodeView(node, { more, moreParties }, this.#rendering),
      parties: found.parties,
    };
  }

  #isDirect(node: Reached): boolean {
    return node.id === this.#args.id;
  }

  #partiesCursor(node: Reached, ways: readonly Direction[], parties: readonly Scalar[]): string {
    const { id, kind, item, depth } = node;
    return this.#cursor({ what: 'parties', from: { id, kind, item, depth }, directions: ways, parties });
  }

  /** The cursor for what lies beyond a node that is not expanded; null where nothing does. */
  #more(node: WalkedNode): string | null {
    if (node.expanded || node.direction === 'origin') return null;
    const { id, kind, item, depth, direction } = node;
    const { view, filter } = this.#rendering;
    const edges = linksAt(view, node, direction, 'query', { limit: PEEK });
    if (edges.length < PEEK && !edges.some((edge) => follows(edge, filter))) return null;
    return this.#cursor({ from: { id, kind, item, depth }, directions: [direction], after: 0 });
  }

  #furtherParties(): Trace {
    const { from, directions: ways, parties: after } = this.#at;
    const question = { node: from, direct: this.#isDirect(from), ways, after, limit: this.#limit };
    const found = partiesOf(question, this.#rendering);
    const next = found.next ? { next: this.#partiesCursor(from, ways, found.next) } : {};
    return { ...this.#frame(), nodes: [], edges: [], parties: found.parties, ...next };
  }
}

/** The query of one register. */
export const traceOf = (collection: Traced): QueryDefinition<TraceArgs, Trace> => ({
  name: `${collection}.trace`,
  schema: traceArgs,
  parse: (args) => read(traceArgs, args),
  run: (view, args, context) => new Tracing(collection, view, args, context).run(),
});
