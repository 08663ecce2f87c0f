/** One of the clients: sends one thing after the other through a line of its own, until it is answered. */
import { rest } from '../../src/adapters/ledgers/rest/index.ts';
import { type Command, isLedgerError, type LedgerPort, type Receipt } from '../../src/core/index.ts';
import type { Chance } from '../judge/chance.ts';
import { type Act, Acts } from './acts.ts';
import type { Book } from './book.ts';
import { pause } from './words.ts';

/** What the clerks did in one phase. */
export interface Tally {
  sent: number;
  accepted: number;
  refused: number;
  /** Requests sent once more for want of an answer. */
  again: number;
  /** Commands a clerk sent once more though it had been answered. */
  echoes: number;
}

export const noTally = (): Tally => ({ sent: 0, accepted: 0, refused: 0, again: 0, echoes: 0 });

/** Milliseconds after which somebody who has had no answer at all is a violation. */
const GIVE_UP = 300_000;

export class Clerk {
  readonly #name: string;
  readonly #chance: Chance;
  readonly #book: Book;
  readonly #acts: Acts;
  #port: LedgerPort | undefined;
  readonly #answered: Command[] = [];
  tally = noTally();

  constructor(name: string, chance: Chance, book: Book) {
    this.#name = name;
    this.#chance = chance;
    this.#book = book;
    this.#acts = new Acts(name, chance);
  }

  async open(url: string): Promise<void> {
    const adapter = rest(url, {
      headers: { authorization: `Bearer ${this.#name}` },
      timeout: 10_000,
      retryFor: 3_000,
      fetch: (input, init) => {
        if (init?.method === 'POST') this.tally.again += 1;
        return fetch(input, init);
      },
    });
    this.#port = await adapter.open();
  }

  async work(goesOn: () => boolean): Promise<void> {
    try {
      while (goesOn()) await this.#step();
    } catch (error) {
      this.#book.violations.push(`${this.#name} was told what nobody should be told: ${String(error)}`);
    }
  }

  async close(): Promise<void> {
    await this.#port?.close();
  }

  async #step(): Promise<void> {
    if (this.#chance.oneIn(12) && this.#answered.length > 0) return this.#echo();
    const atomic = this.#chance.oneIn(12);
    const several = this.#chance.oneIn(8) ? this.#chance.between(2, 4) : 1;
    const acts = atomic ? this.#acts.pair() : Array.from({ length: several }, () => this.#acts.next());
    for (const { command, effect } of acts) this.#book.note(this.#name, command, effect);
    this.tally.sent += acts.length;
    const commands = acts.map(({ command }) => command);
    const receipts = await this.#settled(commands, atomic);
    acts.forEach((act, i) => {
      this.#hear(act, receipts[i] as Receipt);
    });
    if (atomic && new Set(receipts.map(({ outcome }) => outcome)).size !== 1)
      this.#book.violations.push(`${commands.map(({ id }) => id)} did not stand or fall together`);
    if (!atomic) this.#answered.push(...commands);
  }

  #hear(act: Act, receipt: Receipt): void {
    this.tally[receipt.outcome] += 1;
    this.#book.tell(receipt);
    this.#acts.learn(act, receipt);
  }

  /** Sends what was answered before once more, as somebody does who has lost the answer: it is the same. */
  async #echo(): Promise<void> {
    this.tally.echoes += 1;
    const [receipt] = await this.#settled([this.#chance.pick(this.#answered.slice(-50))], false);
    this.#book.tell(receipt as Receipt);
  }

  /** Sends under the same ids until there is an answer, as a host has to. */
  async #settled(commands: readonly Command[], atomic: boolean): Promise<Receipt[]> {
    const until = Date.now() + GIVE_UP;
    this.tally.again -= 1;
    for (;;) {
      try {
        return await (this.#port as LedgerPort).execute(commands, { atomic });
      } catch (error) {
        if (!isLedgerError(error) || error.retry !== 'same-id' || Date.now() > until) throw error;
        await pause(this.#chance.between(10, 100));
      }
    }
  }
}
