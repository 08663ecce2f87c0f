/** Somebody who listens all the time, over a bad line: every number once, in order, whatever happens to it. */
import { rest } from '../../src/adapters/ledgers/rest/index.ts';
import type { LedgerPort } from '../../src/core/index.ts';
import type { Book } from './book.ts';
import { pause } from './words.ts';

/** Milliseconds within which what is written has to be heard once the line is good again. */
const PATIENCE = 90_000;

export class Listener {
  readonly #book: Book;
  readonly #ending = new AbortController();
  #port: LedgerPort | undefined;
  #hearing: Promise<void> | undefined;
  /** The number heard last. */
  last = 0;

  constructor(book: Book) {
    this.#book = book;
  }

  /** Listens from the first entry on. */
  async open(url: string): Promise<void> {
    const headers = { authorization: 'Bearer listener' };
    this.#port = await rest(url, { headers, heartbeat: 2_000, timeout: 10_000 }).open();
    this.#hearing = this.#hear(this.#port);
  }

  /** Waits until everything up to a number has been heard. */
  async reaches(seq: number): Promise<void> {
    const until = Date.now() + PATIENCE;
    while (this.last < seq && Date.now() < until) await pause(50);
    if (this.last !== seq) this.#book.violations.push(`the feed stands at ${this.last}, not at ${seq}`);
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#hearing;
    await this.#port?.close();
  }

  async #hear(port: LedgerPort): Promise<void> {
    try {
      for await (const { seq, touched } of port.changes({ after: 0, signal: this.#ending.signal })) {
        if (seq !== this.last + 1) this.#book.violations.push(`the feed tells ${seq} after ${this.last}`);
        if (touched.some(({ resource }) => resource === '*'))
          this.#book.violations.push(`the feed begins anew at ${seq}`);
        this.last = seq;
      }
    } catch (error) {
      this.#book.violations.push(`the feed ended: ${String(error)}`);
    }
  }
}
