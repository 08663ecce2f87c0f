/**
 * The ledger in the hands of one caller: whatever is asked or sent goes through `authorize`, in their name and
 * within the limits, with cursors signed on the way out and opened on the way in.
 */
import {
  type AskOptions,
  type Command,
  type Ledger,
  LedgerError,
  type LedgerPort,
  type LedgerProblem,
  type Principal,
  type Receipt,
} from '../core/index.ts';
import { Cursors, opened, signed } from './cursors.ts';
import type { Caller, ServerAct, ServerLimits } from './options.ts';
import { isFields } from './parameters.ts';
import { checkTexts } from './texts.ts';
import { LATE, linked, within } from './waiting.ts';

export { Cursors };

/** What acting needs of the server. */
export interface Around {
  readonly limits: ServerLimits;
  readonly cursors: Cursors;
  readonly may: (caller: Caller, act: ServerAct) => Promise<boolean>;
}

const denied = (action: string): LedgerError => new LedgerError('permission.denied', { details: { action } });

/** Refuses a page that is larger than the server gives. */
function checkPage(args: unknown, max: number): void {
  if (isFields(args) && typeof args.limit === 'number' && args.limit > max)
    throw new LedgerError('field.range', { path: 'limit', details: { min: 1, max } });
}

const refused = (id: string, problem: LedgerProblem): Receipt => ({ outcome: 'refused', id, problem });

export class Acting {
  readonly ledger: Ledger;
  readonly caller: Caller;
  readonly #around: Around;
  readonly #signal: AbortSignal;
  readonly #principal: Principal;

  /** @param signal the request is gone */
  constructor(ledger: Ledger, caller: Caller, around: Around, signal: AbortSignal) {
    this.ledger = ledger;
    this.caller = caller;
    this.#around = around;
    this.#signal = signal;
    const { actor, permissions } = caller;
    this.#principal = permissions === undefined ? { actor } : { actor, permissions };
  }

  /** The resources of the SDK, each of their commands and questions in the caller's name. */
  get resources(): Ledger {
    return this.ledger.through(
      (port): LedgerPort => ({
        ...port,
        execute: (commands, options) => this.execute(commands, options?.atomic ?? false),
        query: (name, args, options) => this.ask(name, args, options),
      }),
    );
  }

  /** Whose feed the caller hears, for tabs that may share one: nothing can be read from it. */
  feedName(): Promise<string> {
    const { tenant, actor, permissions } = this.caller;
    return this.#around.cursors.nameOf([tenant ?? null, actor, permissions ?? null]);
  }

  /** Whether the caller may. */
  may(act: ServerAct): Promise<boolean> {
    return this.#around.may(this.caller, act);
  }

  /** @throws LedgerError permission.denied */
  async mustMay(act: ServerAct & { readonly name?: string }): Promise<void> {
    if (!(await this.may(act))) throw denied(act.name ?? `ledger.${act.kind}`);
  }

  /**
   * Asks one question.
   * @throws LedgerError permission.denied, cursor.invalid, limit.time, and what the ledger refuses
   */
  async ask(name: string, args: unknown, options: AskOptions = {}): Promise<unknown> {
    const { limits, cursors } = this.#around;
    checkPage(args, limits.pageSize);
    checkTexts(args);
    await this.mustMay({ kind: 'query', name, args });
    const scope = { tenant: this.caller.tenant, question: name };
    const asked = await opened(cursors, scope, args);
    const { signal, abort, free } = linked(this.#signal, options.signal);
    try {
      const asking = this.ledger.port.query(name, asked, { principal: this.#principal, signal });
      const answer = await within(asking, limits.questionSeconds * 1000);
      if (answer !== LATE) return signed(cursors, scope, answer);
      abort();
      throw new LedgerError('limit.time', { details: { seconds: limits.questionSeconds } });
    } finally {
      free();
    }
  }

  /** Sends commands; those the caller may not send are refused without a receipt that is kept. */
  async execute(commands: readonly Command[], atomic: boolean): Promise<Receipt[]> {
    // whatever they say of their actor counts for nothing
    const sent = commands.map(({ actor: _actor, ...command }): Command => command);
    const permitted = await Promise.all(
      sent.map(({ name, args }) => this.may({ kind: 'command', name, args })),
    );
    const wrong = permitted.indexOf(false);
    if (wrong < 0) return this.#send(sent, atomic);
    if (atomic) return this.#noneOf(sent, wrong);
    const allowed = sent.filter((_, i) => permitted[i]);
    const receipts = allowed.length > 0 ? await this.#send(allowed, false) : [];
    return sent.map(({ id, name }, i) =>
      permitted[i] ? (receipts.shift() as Receipt) : refused(id, denied(name).toJSON()),
    );
  }

  #noneOf(sent: readonly Command[], wrong: number): Receipt[] {
    const because = sent[wrong]?.id;
    return sent.map(({ id, name }, i) =>
      refused(
        id,
        i === wrong
          ? denied(name).toJSON()
          : new LedgerError('command.notApplied', { details: { because } }).toJSON(),
      ),
    );
  }

  async #send(commands: readonly Command[], atomic: boolean): Promise<Receipt[]> {
    const sending = this.ledger.port.execute(commands, { atomic, principal: this.#principal });
    const receipts = await within(sending, this.#around.limits.commandSeconds * 1000);
    if (receipts !== LATE) return receipts;
    // it may be written yet: the same ids tell
    throw new LedgerError('store.unknown');
  }
}
