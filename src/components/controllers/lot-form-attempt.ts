/**
 * The command id of a form. One attempt keeps one id, so that trying again after a dead line cannot write
 * twice; whatever was answered, a correction is a new attempt under a new id.
 */

const ALPHABET = 'useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict';
const LENGTH = 21;

/** A fresh random command id; works on plain http too. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return Array.from(bytes, (byte) => ALPHABET[byte & 63]).join('');
}

const retryOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null ? (error as { retry?: unknown }).retry : undefined;

export class Attempt {
  #id = newCommandId();
  #open = false;

  /** The id to send. */
  get id(): string {
    return this.#id;
  }

  /** An earlier try under this id has no answer yet: it may have been written. */
  get open(): boolean {
    return this.#open;
  }

  /** What was thrown decides: only an error that asks for the same id keeps it. */
  failed(error: unknown): void {
    this.#open = retryOf(error) === 'same-id';
    if (!this.#open) this.#id = newCommandId();
  }

  /** It was accepted, or the form was emptied. */
  done(): void {
    this.#open = false;
    this.#id = newCommandId();
  }
}
