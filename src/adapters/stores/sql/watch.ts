/**
 * Tells those who watch a store that more is there: at once what the store itself commits, and what others
 * commit by the database's bell, or by asking from time to time where there is none.
 */
import type { Head } from '../../../core/adapter-kit.ts';
import type { SqlDriver } from './driver.ts';

type Listener = (head: Head) => void;

export class Watchers {
  readonly #driver: SqlDriver;
  readonly #channel: string;
  readonly #ask: () => Promise<Head>;
  readonly #interval: number;
  readonly #listeners = new Set<Listener>();
  #stop: (() => void) | undefined;
  #told = 0;

  /**
   * @param ask reads the head
   * @param interval milliseconds between two questions
   */
  constructor(driver: SqlDriver, channel: string, ask: () => Promise<Head>, interval: number) {
    this.#driver = driver;
    this.#channel = channel;
    this.#ask = ask;
    this.#interval = interval;
  }

  add(listener: Listener): () => void {
    // a wrapper of its own, so that one function may be watched with twice
    const own: Listener = (head) => listener(head);
    this.#listeners.add(own);
    this.#stop ??= this.#begin();
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.end();
    };
  }

  /** Somebody committed. Said once for each head, after the commit is over: a listener may commit again. */
  tell(head: Head): void {
    if (head.seq <= this.#told || this.#listeners.size === 0) return;
    this.#told = head.seq;
    for (const listener of [...this.#listeners]) {
      // a listener's own failure is its host's, and keeps nobody else from hearing
      queueMicrotask(() => this.#listeners.has(listener) && listener(head));
    }
  }

  end(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#listeners.clear();
  }

  /** Begins to listen; where that is not to be had, begins to ask. */
  #begin(): () => void {
    let isOver = false;
    let end = (): void => {};
    const ask = (): void => {
      if (!isOver) end = this.#poll();
    };
    const { listen } = this.#driver;
    if (listen === undefined) ask();
    else {
      listen
        .call(this.#driver, this.#channel, (payload) => this.#hear(payload))
        .then((unlisten) => {
          end = () => void unlisten().catch(() => {});
          if (isOver) end();
          // somebody may have committed before the bell was heard
          else void this.#look();
        }, ask);
    }
    return () => {
      isOver = true;
      end();
    };
  }

  #hear(payload: string): void {
    // an empty one says that the line was down: somebody may have committed meanwhile
    if (payload === '') {
      void this.#look();
      return;
    }
    const [seq = '', link = ''] = payload.split(' ');
    this.tell({ seq: Number(seq), link });
  }

  /** Tells the head; it is only a hint, and what cannot be asked now is told later. */
  async #look(): Promise<void> {
    await this.#ask().then(
      (head) => this.tell(head),
      () => {},
    );
  }

  #poll(): () => void {
    let isAsking = false;
    const timer = setInterval(() => {
      if (isAsking) return;
      isAsking = true;
      void this.#look().finally(() => {
        isAsking = false;
      });
    }, this.#interval);
    // watching alone keeps no program running
    (timer as { unref?: () => void }).unref?.();
    return () => clearInterval(timer);
  }
}
