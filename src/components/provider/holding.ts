/**
 * Calls that wait while nobody is signed in. The first call that is refused so is told to the host; it and
 * all that come after are held, and sent again, under the same ids, when the host says that somebody has
 * signed in. Works for any Ledger port.
 */
import type { ChangeEvent, Command, LedgerPort, LedgerProblem, Receipt } from '../core.ts';

const isUnauthenticated = (error: unknown): error is LedgerProblem =>
  (error as Partial<LedgerProblem> | null)?.kind === 'unauthenticated';

/** What a receipt says where it says: nobody is signed in; nothing was done. */
const refusedSo = (receipt: Receipt | undefined): LedgerProblem | undefined =>
  receipt?.outcome === 'refused' && isUnauthenticated(receipt.problem) ? receipt.problem : undefined;

interface Gate {
  /** Why it is closed: an error, or what carries a receipt's refusal. */
  readonly refusal: LedgerProblem;
  readonly opened: Promise<boolean>;
  readonly open: (go: boolean) => void;
}

function newGate(refusal: LedgerProblem): Gate {
  let open: (go: boolean) => void = () => {};
  const opened = new Promise<boolean>((resolve) => {
    open = resolve;
  });
  return { refusal, opened, open };
}

/** An error by its mark, as `isLedgerError` knows it. */
const BRAND = Symbol.for('lotledger.error');

/** A refusal that came in a receipt, for the calls that only waited for it. */
class Refused extends Error implements LedgerProblem {
  readonly kind: LedgerProblem['kind'];
  readonly code: LedgerProblem['code'];
  readonly retry: LedgerProblem['retry'];
  readonly details: LedgerProblem['details'];
  readonly problem: LedgerProblem;

  constructor(problem: LedgerProblem) {
    super(problem.code);
    this.kind = problem.kind;
    this.code = problem.code;
    this.retry = problem.retry;
    this.details = problem.details;
    this.problem = problem;
    Object.defineProperty(this, BRAND, { value: true });
  }

  toJSON(): LedgerProblem {
    return this.problem;
  }
}

/** Holds the calls of one ledger. */
export class Hold {
  readonly #told: (problem: LedgerProblem) => boolean;
  readonly #settled: () => void;
  readonly #counted: () => void;
  #gate: Gate | undefined;
  /** Grows with every resume: a refusal of a call that was sent before one says nothing about now. */
  #generation = 0;
  #waiting = 0;
  #writes = 0;

  /**
   * @param told hears of the first call that is refused; false = calls fail instead of being held
   * @param settled hears after every call
   * @param counted hears when one more change waits
   */
  constructor(
    told: (problem: LedgerProblem) => boolean,
    settled: () => void = () => {},
    counted: () => void = () => {},
  ) {
    this.#told = told;
    this.#settled = settled;
    this.#counted = counted;
  }

  /** Whether calls are held now. */
  get holds(): boolean {
    return this.#gate !== undefined;
  }

  /** Calls that wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Those among them that write. */
  get changes(): number {
    return this.#writes;
  }

  /** Sends what was held; `false` gives up, and every held call fails as it did. */
  resume(go = true): void {
    const gate = this.#gate;
    if (gate === undefined) return;
    this.#gate = undefined;
    this.#generation++;
    gate.open(go);
  }

  /** The port with this hold in front. */
  between(port: LedgerPort): LedgerPort {
    return {
      ...port,
      execute: (commands, options) => this.#execute(port, commands, options),
      query: (name, args, options) => this.#pass(() => port.query(name, args, options)),
      changes: (from) => this.#changes(port, from),
      close: () => {
        this.resume(false);
        return port.close();
      },
    };
  }

  /** Runs a call, as often as it takes. */
  async #pass<T>(call: () => Promise<T>, writes = 0): Promise<T> {
    for (;;) {
      const gate = this.#gate;
      if (gate !== undefined) {
        this.#waiting++;
        this.#writes += writes;
        if (writes > 0) this.#counted();
        const go = await gate.opened;
        this.#waiting--;
        this.#writes -= writes;
        if (!go) throw gate.refusal;
      }
      const sent = this.#generation;
      try {
        return await call();
      } catch (error) {
        if (!isUnauthenticated(error) || !this.#close(error, sent)) throw error;
      } finally {
        this.#settled();
      }
    }
  }

  /** Closes the gate behind a refused call; false = the call is to fail. */
  #close(refusal: LedgerProblem, sent: number): boolean {
    if (this.#gate !== undefined || sent !== this.#generation) return true;
    const gate = newGate(refusal);
    this.#gate = gate;
    this.#waiting++;
    const hold = this.#told(refusal);
    this.#waiting--;
    if (!hold) this.resume(false);
    return hold;
  }

  async #execute(
    port: LedgerPort,
    commands: readonly Command[],
    options?: { atomic?: boolean },
  ): Promise<Receipt[]> {
    const receipts: (Receipt | undefined)[] = commands.map(() => undefined);
    const send = async (): Promise<void> => {
      const left = [...commands.keys()].filter((i) => receipts[i] === undefined || refusedSo(receipts[i]));
      const answers = await port.execute(
        left.map((i) => commands[i] as Command),
        options,
      );
      for (const [n, i] of left.entries()) receipts[i] = answers[n];
      const refused = answers.map(refusedSo).find((problem) => problem !== undefined);
      if (refused !== undefined) throw new Refused(refused);
    };
    try {
      await this.#pass(send, commands.length);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // given up: what was answered has its receipt, what only waited is refused like it
      const { problem } = error;
      return commands.map(({ id }, i) => receipts[i] ?? { outcome: 'refused', id, problem });
    }
    return receipts as Receipt[];
  }

  async *#changes(
    port: LedgerPort,
    options: { after?: number; signal?: AbortSignal } = {},
  ): AsyncGenerator<ChangeEvent> {
    let after = options.after ?? port.status().seq;
    while (!options.signal?.aborted) {
      const sent = this.#generation;
      try {
        for await (const event of port.changes({ ...options, after })) {
          yield event;
          after = event.seq;
        }
        return;
      } catch (error) {
        if (!isUnauthenticated(error) || !this.#close(error, sent)) throw error;
        if (!(await this.#opened(options.signal))) throw error;
      }
    }
  }

  /** Waits for the gate, or until nobody listens any more. */
  async #opened(signal: AbortSignal | undefined): Promise<boolean> {
    const gate = this.#gate;
    if (gate === undefined || signal?.aborted) return true;
    let stop = (): void => {};
    const aborted = new Promise<boolean>((resolve) => {
      stop = () => resolve(true);
      signal?.addEventListener('abort', stop);
    });
    const go = await Promise.race([gate.opened, aborted]);
    signal?.removeEventListener('abort', stop);
    return go;
  }
}
