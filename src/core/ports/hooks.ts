/**
 * Hooks of the host: where a portal may have a say of its own. They are given to `openLedger` and asked by the
 * engine of this process, so a ledger that lives elsewhere asks none of them here; its server has its own.
 *
 * The synchronous ones are asked inside a decision, as often as it is made anew: they answer from what they
 * were given and from what the host has in memory, at once, and the same each time. The asynchronous ones are
 * asked once, before the command joins the queue, and what they answered is kept in its entry. A hook is never
 * asked for a command id that was answered before (R88).
 *
 * @example
 * const ledger = await openLedger(memory(), {
 *   actor: 'maria',
 *   hooks: {
 *     validateCode: ({ kind, code }) => kind === 'serial' || code.startsWith('L') || 'Lots begin with L.',
 *     beforePosting: async ({ party }) =>
 *       party && (await isBlocked(party.code)) ? { refuse: 'The customer is blocked.' } : undefined,
 *   },
 * });
 */
import type { ItemInput } from '../model/inputs.ts';
import type { ComponentInput, PostingInput } from '../model/posting.ts';

/** A code that a lot or a serial is about to get. */
export interface CodeCheck {
  readonly kind: 'lot' | 'serial';
  /** Code of the item. */
  readonly item: string;
  readonly variant: string | null;
  readonly code: string;
  /** Made by a code type, not typed. */
  readonly made: boolean;
}

/** A lot at one place, as an allocation may take it. */
export interface RankedCandidate {
  /** Id of the lot; what the hook answers with. */
  readonly lot: string;
  readonly code: string;
  readonly location: string | null;
  readonly expiryDate: string | null;
  readonly startDate: string | null;
  readonly firstLoadDate: string | null;
  /** What may be taken there, in the item's unit. */
  readonly free: string;
  /** Why it may not be taken at all; null when it may. */
  readonly blocked: string | null;
}

/** What is being allocated. */
export interface RankRequest {
  readonly item: string;
  readonly variant: string | null;
  readonly warehouse: string;
  /** In the item's unit. */
  readonly quantity: string;
  readonly intent: string;
  readonly needDate: string;
}

/** Who wants to do something, by which channel, and to what. */
export interface Who {
  readonly actor: string;
  readonly source?: string;
  /** Asked by `ledger.can` for one field or one record. */
  readonly field?: string;
  readonly id?: string;
}

/** Whom and how long an asynchronous hook is asked for. */
export interface HookContext {
  readonly actor: string;
  readonly source?: string;
  /** Asked for a preview: nothing will be written. */
  readonly preview: boolean;
  /** Aborted when the time limit is over or the ledger is closed. */
  readonly signal: AbortSignal;
}

/** What `beforePosting` may change: what the posting says, never what it moves. */
export interface PostingChanges {
  readonly note?: string | null;
  readonly project?: string | null;
  readonly document?: PostingInput['document'];
  readonly internalDocument?: PostingInput['internalDocument'];
  /** By the number of the line, from 0. */
  readonly lines?: readonly {
    readonly line: number;
    readonly note?: string | null;
    readonly project?: string | null;
  }[];
}

/** Refuses a posting: `hook.refused`, with this text in its details. */
export interface Refusal {
  readonly refuse: string;
}

/** A line whose template explodes components. */
export interface ExplodeRequest {
  readonly item: string;
  readonly variant: string | null;
  /** As typed, in `unit`. */
  readonly quantity: string;
  /** The unit typed; null = the item's own. */
  readonly unit: string | null;
  readonly warehouse: string;
}

/** What may be hooked into a ledger; all of them optional. */
export interface Hooks {
  /**
   * Whether a code may be given to a lot or serial, typed or made: true, or why not. Asked where one comes into
   * being (loads, splits, `lots.create`, `serials.create`) and where one is corrected; refused as `code.refused`.
   * @example validateCode: ({ code }) => /^[A-Z0-9-]+$/.test(code) || 'Capital letters and digits only.'
   */
  validateCode?(asked: CodeCheck): true | string;
  /**
   * The order in which lots are taken by an automatic unload, an allocation or a reservation: ids of lots,
   * first to go first. What is not named follows in the order of the item's strategy; undefined leaves all to
   * it. It orders only: a lot that may not be used is still passed over.
   * @example rankCandidates: (lots) => lots.filter((lot) => lot.location === 'FRONT').map((lot) => lot.lot)
   */
  rankCandidates?(
    candidates: readonly RankedCandidate[],
    request: RankRequest,
  ): readonly string[] | undefined;
  /**
   * Whether somebody may do an act that has a name (see the table of permissions); undefined leaves it to the
   * `permissions` the ledger was opened with. Overrides also need `force: {reason}` on the command.
   * @example permit: (act, { actor }) => (act === 'posting.reverse' ? supervisors.has(actor) : undefined)
   */
  permit?(act: string, who: Who): boolean | undefined;
  /**
   * Sees a posting before it is decided: may change what it says, or refuse it.
   * @example beforePosting: async (posting) => ({ project: await projectOf(posting.document?.number) })
   */
  beforePosting?(
    posting: PostingInput,
    context: HookContext,
  ): Promise<PostingChanges | Refusal | undefined> | PostingChanges | Refusal | undefined;
  /**
   * An item that a posting names and the ledger does not know: what to create it with, or null. It is created
   * before the posting, by a command of its own, and stays whatever becomes of the posting.
   * @example resolveItem: async (code) => fetchItem(code)
   */
  resolveItem?(code: string, context: HookContext): Promise<ItemInput | null> | ItemInput | null;
  /**
   * What a product is made of, where its template explodes components and the line names none; null leaves it
   * to the item's own list. Quantities are for the whole line.
   * @example explode: ({ item, quantity }) => recipes.for(item, quantity)
   */
  explode?(
    asked: ExplodeRequest,
    context: HookContext,
  ): Promise<readonly ComponentInput[] | null> | readonly ComponentInput[] | null;
}

/** The hooks a decision may ask; a hook that throws has become `hook.failed` here. */
export type DecideHooks = Pick<Hooks, 'validateCode' | 'rankCandidates'>;
