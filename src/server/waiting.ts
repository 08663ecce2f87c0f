/** Waiting with an end: for an answer that takes too long, for a request whose sender has gone. */

/** A signal that follows others, and the way to let go of them. */
export interface Linked {
  readonly signal: AbortSignal;
  readonly abort: () => void;
  readonly free: () => void;
}

/** One signal that is aborted when any of these is. */
export function linked(...signals: readonly (AbortSignal | null | undefined)[]): Linked {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const heard = signals.filter((signal) => signal !== null && signal !== undefined);
  for (const signal of heard) {
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  }
  const free = (): void => {
    for (const signal of heard) signal.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, abort, free };
}

/** What stood in for an answer that did not come in time. */
export const LATE = Symbol('late');

/** The longest a timer waits; one of more would go off at once. */
export const LONGEST_WAIT = 2 ** 31 - 1;

/** Waits for an answer, but not longer than so many milliseconds. */
export function within<T>(answer: Promise<T>, ms: number): Promise<T | typeof LATE> {
  if (ms > LONGEST_WAIT) return answer;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(LATE), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Resolves when a signal is aborted; `free` lets go of it. */
export function abortOf(signal: AbortSignal): { readonly aborted: Promise<void>; readonly free: () => void } {
  let free = (): void => undefined;
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    const heard = (): void => resolve();
    signal.addEventListener('abort', heard, { once: true });
    free = () => signal.removeEventListener('abort', heard);
  });
  return { aborted, free: () => free() };
}
