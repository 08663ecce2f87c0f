/** What a live region says: the newest text, after a pause, and the same again only where it is told again. */

const PAUSE = 400;
/** Makes a text another one without being read. */
const AGAIN = '\u00a0';

export class Announcer {
  /** What the region holds now. */
  text = '';
  #wanted = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Says what has become of something; not twice the same. */
  say(text: string): void {
    if (text === this.#wanted) return;
    this.#wanted = text;
    this.#later(text);
  }

  /** Says what somebody has just done, also when it was the same before. */
  tell(text: string): void {
    this.#later(text === this.text ? text + AGAIN : text);
  }

  #later(text: string): void {
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
