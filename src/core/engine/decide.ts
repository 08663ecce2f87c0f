/**
 * Decides a group of commands one after the other over one overlay: each sees what those before it did.
 * An accepted command is folded at once and becomes an entry's text; a refused one becomes a receipt of
 * its own; nothing of a refused command stays in the overlay.
 */
import type { Entry, HookAnswers } from '../model/facts.ts';
import type { RefusalRecord } from '../model/records.ts';
import { isLedgerError, LedgerError, type LedgerProblem } from '../ports/errors.ts';
import type { DecideHooks, Who } from '../ports/hooks.ts';
import { PENDING_SEQ } from '../ports/store.ts';
import type { CommandDefinition, DecideContext, Decision } from '../ports/view.ts';
import { Miss } from '../ports/view.ts';
import { fold } from '../projections/index.ts';
import { ENTRY_VERSION } from '../upcasts/index.ts';
import { isReceipt, problemOf } from './outcome.ts';
import type { Overlay } from './overlay.ts';

/** A command whose form has been checked, copied from its sender, waiting to be decided. */
export interface ReadyCommand {
  readonly definition: CommandDefinition;
  readonly args: unknown;
  readonly print: string;
  readonly id: string;
  readonly name: string;
  readonly actor: string;
  readonly source?: string;
  readonly reason?: string;
  readonly force?: { readonly reason: string };
  /** What its principal may do; absent: what the ledger was opened with. */
  readonly permissions?: readonly string[];
  /** What asynchronous hooks answered, to be kept in its entry. */
  readonly hooks?: HookAnswers;
  /** The host refused it before it was decided. */
  readonly refusal?: LedgerError;
}

/** What one command came to within its group, before the commit. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly entry: Entry; readonly offset: number }
  /** A repeated key: an earlier posting is the answer, nothing is written (R88). */
  | { readonly kind: 'settled'; readonly posting: string }
  | { readonly kind: 'refused'; readonly problem: LedgerProblem }
  /** A fault of a program, not a refusal: its own sender hears of it, the others of the group do not. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Answered before: the entry is at `seq`, or the refusal is stored. */
  | { readonly kind: 'replayed'; readonly seq: number }
  | { readonly kind: 'replayedRefusal'; readonly problem: LedgerProblem };

export interface Surroundings {
  readonly at: string;
  readonly today: string;
  readonly hooks?: DecideHooks;
  /** `permissions` are those of a principal; without them those of the ledger count. */
  may(permission: string, who: Who, permissions?: readonly string[]): boolean;
}

/** The texts of the group so far; the n-th is entry `PENDING_SEQ + n`. */
export type Texts = string[];

const context = (ready: ReadyCommand, around: Surroundings): DecideContext => {
  const { id, print, actor, source, reason, force } = ready;
  const who: Who = source === undefined ? { actor } : { actor, source };
  let count = 0;
  return {
    commandId: id,
    actor,
    print,
    at: around.at,
    today: around.today,
    may: (permission) => around.may(permission, who, ready.permissions),
    ...(around.hooks === undefined ? {} : { hooks: around.hooks }),
    ...(source === undefined ? {} : { source }),
    ...(reason === undefined ? {} : { reason }),
    ...(force === undefined ? {} : { force }),
    newId: () => `${id}.${count++}`,
  };
};

/** Decides without writing: what previews show. Throws what the decider throws. */
export function decideOnly(ready: ReadyCommand, overlay: Overlay, around: Surroundings): Decision {
  return ready.definition.decide(ready.args, overlay, context(ready, around));
}

function answeredBefore(ready: ReadyCommand, overlay: Overlay): Verdict | undefined {
  const { id } = ready;
  const receipt = overlay.get('receipts', id);
  const refusal = receipt ? undefined : overlay.get('refusals', id);
  const print = receipt?.print ?? refusal?.print;
  if (print === undefined) return undefined;
  if (print !== ready.print) {
    return { kind: 'refused', problem: new LedgerError('command.mismatch', { details: { id } }).toJSON() };
  }
  if (receipt) return { kind: 'replayed', seq: receipt.seq };
  if (refusal?.posting) return { kind: 'settled', posting: refusal.posting };
  return { kind: 'replayedRefusal', problem: refusal?.problem as unknown as LedgerProblem };
}

function entryOf(ready: ReadyCommand, decision: Decision, around: Surroundings): Entry {
  const { id, name, print, actor, source, reason, force, hooks } = ready;
  return {
    v: ENTRY_VERSION,
    id,
    name,
    at: around.at,
    actor,
    ...(source === undefined ? {} : { source }),
    ...(reason === undefined ? {} : { reason }),
    ...(force === undefined ? {} : { force }),
    print,
    facts: decision.facts,
    ...(decision.warnings && decision.warnings.length > 0 ? { warnings: decision.warnings } : {}),
    ...(hooks === undefined ? {} : { hooks }),
  };
}

/** Binds an id that makes no entry to its answer: the same id will be answered the same. */
function keepAnswer(
  ready: ReadyCommand,
  overlay: Overlay,
  texts: Texts,
  around: Surroundings,
  answer: Pick<RefusalRecord, 'problem' | 'posting'>,
): void {
  overlay.seq = PENDING_SEQ + texts.length;
  overlay.put('refusals', { id: ready.id, print: ready.print, at: around.at, ...answer });
}

/** Binds an id to its refusal, where the refusal is a receipt. */
export function keepRefusal(
  ready: ReadyCommand,
  overlay: Overlay,
  texts: Texts,
  around: Surroundings,
  problem: LedgerProblem,
): void {
  if (!isReceipt(problem)) return;
  keepAnswer(ready, overlay, texts, around, { problem: { ...problem }, posting: null });
}

function accept(ready: ReadyCommand, overlay: Overlay, texts: Texts, around: Surroundings): Verdict {
  if (ready.refusal) throw ready.refusal;
  const decision = decideOnly(ready, overlay, around);
  if (decision.settled) {
    const { posting } = decision.settled;
    keepAnswer(ready, overlay, texts, around, { problem: null, posting });
    return { kind: 'settled', posting };
  }
  const entry = entryOf(ready, decision, around);
  overlay.seq = PENDING_SEQ + texts.length;
  fold(entry, overlay);
  for (const { collection, record } of decision.side ?? []) {
    overlay.put(collection as 'parties', { ...(record as object) } as never);
  }
  for (const { collection, id } of decision.sideDeletes ?? []) overlay.remove(collection, id);
  const offset = texts.push(JSON.stringify(entry)) - 1;
  return { kind: 'accepted', entry, offset };
}

/**
 * Decides one command over the overlay.
 * @throws Miss when something is not at hand; the overlay is then as it was
 */
export function decideOne(
  ready: ReadyCommand,
  overlay: Overlay,
  texts: Texts,
  around: Surroundings,
): Verdict {
  const before = answeredBefore(ready, overlay);
  if (before) return before;
  const mark = overlay.mark();
  const length = texts.length;
  try {
    return accept(ready, overlay, texts, around);
  } catch (thrown) {
    overlay.rollback(mark);
    texts.length = length;
    if (thrown instanceof Miss) throw thrown;
    if (!isLedgerError(thrown)) return { kind: 'failed', error: thrown };
    const problem = problemOf(thrown);
    keepRefusal(ready, overlay, texts, around, problem);
    return { kind: 'refused', problem };
  }
}
