/**
 * What questions found out about a collection's records, kept until one of them changes: every page of a list
 * asks for the same total, and every click on a scroll bar for the same order.
 */
import type { Group } from '../ports/store.ts';
import type { Followed } from './followed.ts';
import { recently } from './recently.ts';

const COUNTS = 200;
const FOLLOWED = 16;
/** So many groups are kept, of however many answers; the last answer whatever its size. */
const GROUPS = 100_000;

/** A question as one text; no two that differ have the same. */
export const textOf = (question: readonly unknown[]): string =>
  // JSON writes what is no finite number as null, which is a value of its own here
  JSON.stringify(question, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value,
  );

export class Answers {
  readonly #counts = new Map<string, number>();
  readonly #followed = new Map<string, Followed>();
  readonly #groups = new Map<string, readonly Group[]>();

  /** How many records a question means, where it was counted to the end. */
  count(question: string): number | undefined {
    return this.#counts.get(question);
  }

  counted(question: string, count: number): void {
    recently(this.#counts, question, COUNTS, () => count);
  }

  /** How far a question was followed along its order, where it was. */
  following(question: string): Followed | undefined {
    return this.#followed.get(question);
  }

  /** How far a question was followed along its order; to begin with, not at all. */
  followed(question: string, make: () => Followed): Followed {
    return recently(this.#followed, question, FOLLOWED, make);
  }

  groups(question: string, make: () => readonly Group[]): readonly Group[] {
    return recently(this.#groups, question, GROUPS, make, (groups) => groups.length + 1);
  }
}
