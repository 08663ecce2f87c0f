/** Waits between tries: longer each time, never many clients in step, and over at once when nobody waits. */

const SHORTEST = 250;
const LONGEST = 15_000;

/** Milliseconds before try number `tries` (0 = the first repetition): doubled each time, half of it drawn. */
export function backoff(tries: number, longest: number = LONGEST): number {
  const most = Math.min(longest, SHORTEST * 2 ** Math.min(tries, 20));
  return most / 2 + (Math.random() * most) / 2;
}

/** What a server asks for with `Retry-After`: seconds, or a date. Undefined where it asks for nothing. */
export function retryAfter(answer: Response): number | undefined {
  const said = answer.headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(said)) return Number(said) * 1000;
  const date = Date.parse(said);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** What is listened to for an end; an `AbortSignal` is one. */
export interface Ending {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** An end that any number of calls may wait for: Node warns of signals with more than ten listeners. */
export class Ender implements Ending {
  aborted = false;
  readonly #listeners = new Set<() => void>();

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  abort(): void {
    this.aborted = true;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Resolves when the time is over, or one of the signals ends it. */
export function pause(ms: number, ...signals: readonly (Ending | undefined)[]): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      for (const signal of signals) signal?.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    for (const signal of signals) signal?.addEventListener('abort', over);
    if (signals.some((signal) => signal?.aborted)) over();
  });
}

/** Something to be ended by several: aborts with the first of them. `free` takes it off their lists. */
export interface Linked {
  readonly controller: AbortController;
  readonly free: () => void;
}

/** A controller that follows signals; `AbortSignal.any` is younger than our browsers. */
export function linked(...signals: readonly (Ending | undefined)[]): Linked {
  const controller = new AbortController();
  const follows = signals.map((signal) => {
    const follow = (): void => controller.abort(signal?.reason);
    signal?.addEventListener('abort', follow);
    if (signal?.aborted) follow();
    return () => signal?.removeEventListener('abort', follow);
  });
  return {
    controller,
    free: () => {
      for (const stop of follows) stop();
    },
  };
}

/** Lets so many go at once, the others in their order: what waits here does not wait on a line, with its time running. */
export class Turns {
  #free: number;
  readonly #waiting = new Set<(mine: boolean) => void>();

  constructor(many: number) {
    this.#free = many;
  }

  /** Whether it got a turn, to be given back; false: something ended the wait. */
  take(...signals: readonly (Ending | undefined)[]): Promise<boolean> {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const end = (): void => settle(false);
      const settle = (mine: boolean): void => {
        this.#waiting.delete(settle);
        for (const signal of signals) signal?.removeEventListener('abort', end);
        resolve(mine);
      };
      this.#waiting.add(settle);
      for (const signal of signals) signal?.addEventListener('abort', end);
    });
  }

  give(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#free++;
    else next(true);
  }
}
