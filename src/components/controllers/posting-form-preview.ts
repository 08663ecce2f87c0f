/**
 * The posting as it would be. The ledger names the first thing it refuses; that line is set aside and the
 * rest is asked again, so that every line gets its own answer.
 */
import { type Ledger, type Posting, type Problem, problemOf } from '../core.ts';

/** One line of the question, and the line of the draft it stands for. */
export interface AskedLine {
  readonly key: number;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface PreviewAnswer {
  /** The posting of the lines that would pass; undefined when none would. */
  readonly posting: Posting | undefined;
  /** Lines of the draft behind the lines of `posting`. */
  readonly keys: readonly number[];
  /** Refusals by line of the draft; their paths begin behind `lines[i].`. */
  readonly refusals: ReadonlyMap<number, Problem>;
  /** What is wrong with the posting as a whole. */
  readonly problem: Problem | undefined;
}

/** After so many refused lines the rest is not asked any more. */
const MOST_REFUSALS = 20;

/** Refusals that only say that something is not chosen yet. */
const wants: ReadonlySet<string> = new Set(['location.required', 'item.variantRequired']);

/** Whether a line was refused only because something is still to be chosen. */
export const isWanting = (problem: Problem | undefined): boolean =>
  problem !== undefined && wants.has(problem.code);

/** The line a path speaks of, and what is left of the path. */
export function lineOf(path: string | undefined): { index: number; rest: string } | undefined {
  const found = /^lines\[(\d+)\]\.?(.*)$/.exec(path ?? '');
  return found ? { index: Number(found[1]), rest: found[2] ?? '' } : undefined;
}

/** A problem as its line sees it. */
export function withinLine(problem: Problem): Problem {
  const line = lineOf(problem.path);
  if (line === undefined) return problem;
  const { path: _, ...rest } = problem;
  return line.rest === '' ? rest : { ...rest, path: line.rest };
}

/** Asks what would be posted. */
export async function previewPosting(
  ledger: Ledger,
  header: Readonly<Record<string, unknown>>,
  lines: readonly AskedLine[],
  signal: AbortSignal,
): Promise<PreviewAnswer> {
  const refusals = new Map<number, Problem>();
  let left = [...lines];
  while (left.length > 0 && !signal.aborted && refusals.size < MOST_REFUSALS) {
    const input = { ...header, lines: left.map((line) => line.input) };
    try {
      const posting = await ledger.postings.preview(input as never);
      return { posting, keys: left.map(({ key }) => key), refusals, problem: undefined };
    } catch (error) {
      const problem = problemOf(error);
      const at = lineOf(problem.path);
      const line = at === undefined ? undefined : left[at.index];
      if (line === undefined) return { posting: undefined, keys: [], refusals, problem };
      refusals.set(line.key, withinLine(problem));
      left = left.filter((each) => each !== line);
    }
  }
  return { posting: undefined, keys: [], refusals, problem: undefined };
}
