/** Named timers: a new one of a name takes the place of the old. */

export class Timers {
  readonly #running = new Map<string, ReturnType<typeof setTimeout>>();

  /** Does something once, so many milliseconds from now. */
  set(name: string, wait: number, act: () => void): void {
    this.clear(name);
    const timer = setTimeout(() => {
      this.#running.delete(name);
      act();
    }, wait);
    this.#running.set(name, timer);
  }

  /** Drops the timer of a name, or all. */
  clear(name?: string): void {
    for (const [key, timer] of this.#running) {
      if (name !== undefined && key !== name) continue;
      clearTimeout(timer);
      this.#running.delete(key);
    }
  }
}
