/** What a live region says: the newest text, after a pause, and never twice the same. */

const PAUSE = 400;

export class Announcer {
  /** What the region holds now. */
  text = '';
  #wanted = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  say(text: string): void {
    if (text === this.#wanted) return;
    this.#wanted = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.text = text;
      this.#changed();
    }, PAUSE);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
