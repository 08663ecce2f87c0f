/**
 * Who may do what: the host's `can` and the ledger's own permissions together. Answers that take a while
 * come by and by; until then an act is not offered.
 */
import type { Ledger } from '../core.ts';
import type { Allowed, AskedAct, Can } from './types.ts';

const MOST = 1000;

const keyOf = ({ action, kind, id, field }: AskedAct): string => JSON.stringify([action, kind, id, field]);

const isPromise = <T>(value: T | Promise<T>): value is Promise<T> =>
  typeof (value as { then?: unknown } | null)?.then === 'function';

/** What a host answered, read leniently: only a plain no, or a reason, takes something away. */
const allowed = (answer: unknown): Allowed =>
  typeof answer === 'string' && answer !== '' ? answer : answer !== false;

/** Both must agree; a no is stronger than a reason. */
const both = (host: Allowed, ledger: boolean): Allowed => (ledger ? host : false);

/** The answers of one ledger and one host, kept until one of them changes. */
export class Permissions {
  readonly #ledger: Ledger | undefined;
  readonly #can: Can | undefined;
  readonly #changed: () => void;
  readonly #failed: (error: unknown) => void;
  readonly #answers = new Map<string, Allowed | undefined>();
  #asked: { readonly act: AskedAct; readonly host: Allowed | Promise<Allowed> }[] = [];
  #pending: Promise<void> | undefined;

  constructor(o: {
    ledger: Ledger | undefined;
    can: Can | undefined;
    changed: () => void;
    /** Hears what `can` threw; the act is not offered then. */
    failed: (error: unknown) => void;
  }) {
    this.#ledger = o.ledger;
    this.#can = o.can;
    this.#changed = o.changed;
    this.#failed = o.failed;
  }

  /** Whether an act is offered; undefined while nobody has answered. */
  ask(act: AskedAct): Allowed | undefined {
    const key = keyOf(act);
    if (this.#answers.has(key)) return this.#answers.get(key);
    if (this.#answers.size >= MOST) this.#answers.clear();
    this.#answers.set(key, undefined);
    const host = this.#host(act);
    if (!isPromise(host) && (host === false || typeof this.#ledger?.can !== 'function')) {
      this.#answers.set(key, host);
      return host;
    }
    this.#asked.push({ act, host });
    this.#pending ??= Promise.resolve().then(() => this.#answer());
    return undefined;
  }

  /** Resolves when every act that was asked has its answer. */
  async idle(): Promise<void> {
    while (this.#pending !== undefined) await this.#pending;
  }

  #host(act: AskedAct): Allowed | Promise<Allowed> {
    const fail = (error: unknown): false => {
      this.#failed(error);
      return false;
    };
    try {
      const own = typeof this.#can === 'function' ? this.#can(act) : this.#can?.[act.action];
      const answer = typeof own === 'function' ? own() : own;
      return isPromise<unknown>(answer) ? answer.then(allowed).catch(fail) : allowed(answer);
    } catch (error) {
      return fail(error);
    }
  }

  /** Everything that was asked in one turn, in one question to the ledger. */
  async #answer(): Promise<void> {
    const asked = this.#asked.splice(0);
    const ledger = await this.#ledgerMay(asked.map(({ act }) => act));
    for (const [i, { act, host }] of asked.entries()) {
      this.#answers.set(keyOf(act), both(await host, ledger[i] !== false));
    }
    this.#pending = this.#asked.length > 0 ? Promise.resolve().then(() => this.#answer()) : undefined;
    this.#changed();
  }

  /** A ledger that cannot say leaves it to its refusals. */
  async #ledgerMay(acts: readonly AskedAct[]): Promise<readonly boolean[]> {
    try {
      const asked = acts.map(({ action, id, field }) => ({
        action,
        ...(id === undefined ? {} : { id }),
        ...(field === undefined ? {} : { field }),
      }));
      return (await this.#ledger?.can?.(asked)) ?? [];
    } catch {
      return [];
    }
  }
}
