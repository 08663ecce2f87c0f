/**
 * One question at a time per name: a newer one aborts the older, and a late answer to an older one is
 * dropped. Counts what is under way, so that an element can say when it has settled.
 */

/** What became of a request: its answer, or nothing because a newer one took its place. */
export type Outcome<T> = { readonly stale: false; readonly value: T } | { readonly stale: true };

export class Requests {
  #running = new Map<string, AbortController>();
  #waiting: (() => void)[] = [];
  #pending = 0;

  /** Requests under way, stale ones included. */
  get pending(): number {
    return this.#pending;
  }

  /**
   * Runs the newest request of a name. Throws what it throws, unless it is stale by then.
   *
   * @example const page = await requests.run('page', (signal) => list(query, signal));
   */
  async run<T>(name: string, ask: (signal: AbortSignal) => Promise<T>): Promise<Outcome<T>> {
    this.#running.get(name)?.abort();
    const own = new AbortController();
    this.#running.set(name, own);
    this.#pending++;
    try {
      const value = await ask(own.signal);
      return own.signal.aborted ? { stale: true } : { stale: false, value };
    } catch (error) {
      if (own.signal.aborted) return { stale: true };
      throw error;
    } finally {
      if (this.#running.get(name) === own) this.#running.delete(name);
      this.#pending--;
      if (this.#pending === 0) for (const done of this.#waiting.splice(0)) done();
    }
  }

  /** Drops the requests of a name, or all. */
  abort(name?: string): void {
    for (const [key, controller] of this.#running) {
      if (name !== undefined && key !== name) continue;
      controller.abort();
      this.#running.delete(key);
    }
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#pending === 0 ? Promise.resolve() : new Promise((done) => this.#waiting.push(done));
  }
}
