/**
 * How deciders, projections and queries read: synchronously, through a view. Where a record is not at
 * hand the view throws a {@link Miss}; the engine fetches what was missed and runs the same code again.
 * In memory nothing ever misses.
 */

import type { ZodMiniType } from 'zod/mini';
import type { Fact } from '../model/facts.ts';
import type { CollectionName, Collections, Warning } from '../model/records.ts';
import type { DecideHooks } from './hooks.ts';
import type {
  AggregateOptions,
  FindOptions,
  FindPage,
  GroupPage,
  Head,
  Put,
  RangeOptions,
  Scalar,
} from './store.ts';

export interface View {
  get<C extends CollectionName>(collection: C, id: string): Collections[C] | undefined;
  /** The holder of a unique key. */
  lookup<C extends CollectionName>(
    collection: C,
    unique: string,
    key: readonly Scalar[],
  ): Collections[C] | undefined;
  /**
   * Records of an index in order. A decider names the guard that every writer of that range bumps, or
   * `null` where the records that matter are themselves expected (then say why at the call).
   */
  range<C extends CollectionName>(
    collection: C,
    index: string,
    options: RangeOptions,
    guard: string | null,
  ): readonly Collections[C][];
}

/** What a query may use besides: pages of a register, groups of records, and where the journal stood. */
export interface QueryView extends View {
  readonly head: Head;
  find<C extends CollectionName>(collection: C, options: FindOptions): FindPage<Collections[C]>;
  aggregate(collection: CollectionName, options: AggregateOptions): GroupPage;
  count(collection: CollectionName): number;
}

/** What a projection may do: read, and write the collections it owns. */
export interface Writer extends View {
  /** Sequence of the entry being folded (provisional while it is being committed, see `PENDING_SEQ`). */
  readonly seq: number;
  put<C extends CollectionName>(collection: C, record: Omit<Collections[C], 'version'>): void;
  remove(collection: CollectionName, id: string): void;
}

/** Thrown by a view when something is not at hand. `load` fetches it into the view's cache. */
export class Miss {
  readonly what: string;
  constructor(what: string) {
    this.what = what;
  }
}

/**
 * Runs one step for every element and misses all that is missing at once: over a far store a posting of a
 * hundred lines then costs as many round trips as one of a single line.
 * @throws Miss when any step missed; whatever the others answered is forgotten
 */
export function gather<T, R>(elements: readonly T[], step: (element: T, index: number) => R): R[] {
  const answers: R[] = [];
  let miss: Miss | undefined;
  let index = 0;
  while (index < elements.length) {
    try {
      // one `try` for all of them, gone on with behind a miss: mostly nothing misses
      for (; index < elements.length; index++) answers.push(step(elements[index] as T, index));
    } catch (thrown) {
      if (thrown instanceof Miss) miss = thrown;
      else if (!miss) throw thrown;
      index++;
    }
  }
  if (miss) throw miss;
  return answers;
}

/** Everything a decision may depend on besides the view: given, never read from the outside. */
export interface DecideContext {
  readonly commandId: string;
  readonly actor: string;
  /** Fingerprint of what was asked. */
  readonly print: string;
  /** `recordedAt`, ISO in UTC. */
  readonly at: string;
  /** Today in the ledger's time zone. */
  readonly today: string;
  readonly source?: string;
  readonly reason?: string;
  readonly force?: { readonly reason: string };
  /** Whether the actor may do what has a permission of its own. */
  may(permission: string): boolean;
  /** What the host has a say in (`ports/hooks.ts`); absent = nothing. */
  readonly hooks?: DecideHooks;
  /** A new id, unique for good: the command's id, a dot, a number. */
  newId(): string;
}

/** What a decider answers; it throws a `LedgerError` to refuse. */
export interface Decision {
  readonly facts: readonly Fact[];
  readonly warnings?: readonly Warning[];
  /** Records of side collections (parties), written in the same commit. */
  readonly side?: readonly Put[];
  readonly sideDeletes?: readonly { readonly collection: CollectionName; readonly id: string }[];
  /** Nothing to write: the answer of an earlier command stands (R88, a repeated key). */
  readonly settled?: { readonly posting: string };
}

/** One kind of command: how its arguments are read and what it decides. */
export interface CommandDefinition<Args = unknown> {
  /** With its version: `posting.post@1`. */
  readonly name: string;
  /** Its arguments are a posting, which the host's asynchronous hooks are asked about first. */
  readonly hooked?: 'posting';
  /** What the arguments are: what `parse` takes this takes, and what it refuses `parse` refuses. */
  readonly schema: ZodMiniType;
  /** Checks and normalises; throws a `LedgerError` of kind invalid. */
  parse(args: unknown): Args;
  decide(args: Args, view: View, context: DecideContext): Decision;
}

/** What a query knows of its surroundings. */
export interface QueryContext {
  readonly today: string;
  readonly at: string;
  /** The day of an instant in the ledger's time zone. */
  dayOf(at: string): string;
  /** Whether the reader may; `on` names a field or a record where the host decides on those. */
  may(permission: string, on?: { readonly field?: string; readonly id?: string }): boolean;
  readonly hooks?: DecideHooks;
  /** Decides a command on this view without writing it, under what its envelope would say: previews. */
  tryOut(
    name: string,
    args: unknown,
    how?: { readonly reason?: string; readonly force?: { readonly reason: string } },
  ): { readonly facts: readonly Fact[]; readonly warnings: readonly Warning[] };
}

/** One kind of question. Synchronous over the view, so one code serves memory and far stores. */
export interface QueryDefinition<Args = unknown, Result = unknown> {
  readonly name: string;
  /** It tries out the `posting` of its arguments, which the host's asynchronous hooks are asked about first. */
  readonly hooked?: 'posting';
  /** As of a command; of a list it leaves names and values of the filter to the list. */
  readonly schema: ZodMiniType;
  parse(args: unknown): Args;
  run(view: QueryView, args: Args, context: QueryContext): Result;
}

/** Folds entries into records. `apply` sees facts in order and may read through the writer. */
export interface Projection {
  readonly name: string;
  /** Raised when `apply` would fold old entries differently; the projection is then rebuilt. */
  readonly version: number;
  readonly collections: readonly CollectionName[];
  apply(entry: import('../model/facts.ts').Entry, writer: Writer): void;
}
