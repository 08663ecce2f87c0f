/** The way through a list that only knows what comes next: pages seen so far, by their cursors. */

export class Pager {
  #page = 0;
  #cursors: (string | undefined)[] = [undefined];
  #next: string | undefined;

  /** The page on the screen, from 0. */
  get page(): number {
    return this.#page;
  }

  /** Where the page on the screen starts; undefined at the beginning. */
  get cursor(): string | undefined {
    return this.#cursors[this.#page];
  }

  get hasNext(): boolean {
    return this.#next !== undefined;
  }

  get hasPrevious(): boolean {
    return this.#page > 0;
  }

  /** What the page just read says of the one after it. */
  arrived(next: string | undefined): void {
    this.#next = next;
  }

  /** Turns a page; false where there is none. */
  turn(step: 1 | -1): boolean {
    if (step > 0) {
      if (this.#next === undefined) return false;
      this.#cursors[this.#page + 1] = this.#next;
    } else if (this.#page === 0) return false;
    this.#page += step;
    return true;
  }

  reset(): void {
    this.#page = 0;
    this.#cursors = [undefined];
    this.#next = undefined;
  }
}
