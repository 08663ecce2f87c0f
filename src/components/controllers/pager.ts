/**
 * The way through a list page by page: those that were seen, by their cursors; others, where the list can
 * start in the middle, by how many rows they leave out.
 */

/** Where a page starts: after a cursor, after so many rows, or at the beginning. */
export interface PageStart {
  readonly cursor?: string;
  readonly skip?: number;
}

export class Pager {
  #page = 0;
  #cursors = new Map<number, string>();
  #more = false;

  /** The page on the screen, from 0. */
  get page(): number {
    return this.#page;
  }

  get hasNext(): boolean {
    return this.#more;
  }

  get hasPrevious(): boolean {
    return this.#page > 0;
  }

  /** Where the page on the screen starts, of pages of so many rows. */
  start(rows: number): PageStart {
    if (this.#page === 0) return {};
    const cursor = this.#cursors.get(this.#page);
    return cursor === undefined ? { skip: this.#page * rows } : { cursor };
  }

  /** What the page just read says of the one after it. */
  arrived(next: string | undefined): void {
    this.#more = next !== undefined;
    if (next === undefined) this.#cursors.delete(this.#page + 1);
    else this.#cursors.set(this.#page + 1, next);
  }

  /** Whether a page can be gone to without starting in the middle. */
  knows(page: number): boolean {
    return page === 0 || this.#cursors.has(page);
  }

  /** Goes to a page; whoever calls has made sure that it can be read. Until it is, what was known holds. */
  turnTo(page: number): void {
    if (page < this.#page) this.#more = true;
    this.#page = page;
  }

  reset(page = 0): void {
    this.#page = page;
    this.#cursors.clear();
    this.#more = false;
  }
}
