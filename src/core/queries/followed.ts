/**
 * A question followed along its order: how many matches were seen, and where some of them stand. It goes on
 * where it stopped, so counting, counting up to a number and seeking into the middle share one walk; and
 * seeking starts at the last mark before, not at the beginning. Few matches are kept themselves. It is true
 * until a record changes.
 */
import type { StoredRecord } from '../ports/store.ts';
import type { Test } from './conditions.ts';

/** Records between two marks, at least: what seeking costs. */
const STEP = 512;
/** So many matches are kept. */
const KEPT = 512;

/** Shows the records of an order from a place on, until `visit` answers false. */
export type WalkFrom = (place: number, visit: (record: StoredRecord) => boolean) => void;

export class Followed {
  readonly #walk: WalkFrom;
  readonly #test: Test | undefined;
  /** Marks: the number of a match, and its place in the order. */
  readonly #numbers: number[] = [];
  readonly #places: number[] = [];
  readonly #first: StoredRecord[] = [];
  #matches = 0;
  #looked = 0;
  #atEnd = false;

  /** @param test what a record of the order has to be; without it every one is meant */
  constructor(walk: WalkFrom, test: Test | undefined) {
    this.#walk = walk;
    this.#test = test;
  }

  /** Whether every match was seen: then a count is the number of all of them. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** Every match, where all were seen and they are few. */
  get all(): readonly StoredRecord[] | undefined {
    return this.#atEnd && this.#matches === this.#first.length ? this.#first : undefined;
  }

  /** The number of matches, counted no further than one beyond `most`. */
  count(most: number): number {
    if (this.#matches <= most && !this.#atEnd) this.#goOn(most);
    return this.#matches;
  }

  /** Visits the matches behind the first `skip` ones, until `visit` answers false. */
  from(skip: number, visit: (record: StoredRecord) => boolean): void {
    if (this.count(skip) <= skip) return;
    const mark = this.#markBefore(skip);
    let ahead = skip - (this.#numbers[mark] as number);
    this.#walk(this.#places[mark] as number, (record) => {
      if (this.#test !== undefined && !this.#test(record)) return true;
      return ahead-- > 0 || visit(record);
    });
  }

  #goOn(most: number): void {
    const test = this.#test;
    let [matches, place] = [this.#matches, this.#looked];
    let next = (this.#places.at(-1) ?? -STEP) + STEP;
    let atEnd = true;
    this.#walk(place, (record) => {
      if (matches > most) return (atEnd = false);
      if (test === undefined || test(record)) {
        if (place >= next) {
          this.#numbers.push(matches);
          this.#places.push(place);
          next = place + STEP;
        }
        if (matches < KEPT) this.#first.push(record);
        matches++;
      }
      place++;
      return true;
    });
    this.#matches = matches;
    this.#looked = place;
    this.#atEnd = atEnd;
  }

  /** The last mark that is not behind a match. */
  #markBefore(number: number): number {
    let low = 0;
    let high = this.#numbers.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#numbers[middle] as number) <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
