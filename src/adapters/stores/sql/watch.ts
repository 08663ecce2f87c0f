/**
 * Tells those who watch a store that more is there: at once what the store itself commits, and what others commit by
 * the database's bell, or by looking from time to time where there is none. Where there is one, the head is looked at
 * as well, seldom: behind a pooler one may listen to a bell that never rings.
 */
import type { Head } from '../../../core/adapter-kit.ts';
import type { SqlDriver } from './driver.ts';

type Listener = (head: Head) => void;

/** How many times as seldom the head is looked at while a bell seems to ring. */
const SELDOM = 10;

/** Watching alone keeps no program running. */
const unheld = (timer: unknown): void => (timer as { unref?(): void }).unref?.();

export class Watchers {
  readonly #driver: SqlDriver;
  readonly #channel: string | undefined;
  readonly #ask: () => Promise<Head>;
  readonly #interval: number;
  readonly #listeners = new Set<Listener>();
  #stop: (() => void) | undefined;
  #told = 0;
  /** Whether a bell tells of commits, as far as is known. */
  #rings = false;
  #isLooking = false;
  /** Whether somebody wants another look. */
  #wanted = false;

  /**
   * @param channel where commits are told; undefined where they are not
   * @param ask reads the head
   * @param interval milliseconds between two questions
   */
  constructor(driver: SqlDriver, channel: string | undefined, ask: () => Promise<Head>, interval: number) {
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

  /**
   * Somebody committed. Said once for each head, after the commit is over: a listener may commit again.
   * @returns whether that was news
   */
  tell(head: Head): boolean {
    if (head.seq <= this.#told || this.#listeners.size === 0) return false;
    this.#told = head.seq;
    for (const listener of [...this.#listeners]) {
      // a listener's own failure is its host's, and keeps nobody else from hearing
      queueMicrotask(() => this.#listeners.has(listener) && listener(head));
    }
    return true;
  }

  end(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#listeners.clear();
  }

  /** Begins to look from time to time, and to listen where that is to be had. */
  #begin(): () => void {
    let isOver = false;
    let unhear = (): void => {};
    this.#rings = false;
    const endLooking = this.#keepLooking();
    const { listen } = this.#driver;
    if (listen !== undefined && this.#channel !== undefined) {
      listen
        .call(this.#driver, this.#channel, (payload) => this.#hear(payload))
        .then(
          (unlisten) => {
            unhear = () => void unlisten().catch(() => {});
            if (isOver) {
              unhear();
              return;
            }
            this.#rings = true;
            // somebody may have committed before the bell was heard
            this.#lookSoon();
          },
          () => {},
        );
    }
    return () => {
      isOver = true;
      endLooking();
      unhear();
    };
  }

  /** Anybody in the database may ring, and say what he likes: what is true is looked up. */
  #hear(payload: string): void {
    this.#rings = true;
    // an empty one says that the line was down: somebody may have committed meanwhile
    const isKnown = payload !== '' && Number.parseInt(payload, 10) <= this.#told;
    if (!isKnown) this.#lookSoon();
  }

  /** Tells the head; answers whether that was news, and undefined where it cannot be asked now. */
  #look(): Promise<boolean | undefined> {
    return this.#ask().then(
      (head) => this.tell(head),
      () => undefined,
    );
  }

  /** Tells the head as soon as it can be asked: no bell may ring for it again. */
  #lookSoon(): void {
    if (this.#listeners.size === 0) return;
    this.#wanted = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#wanted = false;
    void this.#look().then((news) => {
      this.#isLooking = false;
      if (news === undefined) unheld(setTimeout(() => this.#lookSoon(), this.#interval));
      // it rang while the head was looked at
      else if (this.#wanted) this.#lookSoon();
    });
  }

  /** Looks from time to time. What it finds first no bell has rung for: then it looks more often, until one does. */
  #keepLooking(): () => void {
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const wait = (): void => {
      timer = setTimeout(() => void look(), this.#interval * (this.#rings ? SELDOM : 1));
      unheld(timer);
    };
    const look = async (): Promise<void> => {
      if (await this.#look()) this.#rings = false;
      if (!isOver) wait();
    };
    wait();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }
}
