/** `like` patterns, of questions and of rules: `%` is any run of characters, `_` one, folded as a search is. */
import { fold } from '../ports/keys.ts';

/** A `like` pattern in pieces: runs of text between `%`; in a run, `null` stands for one character. */
function runsOf(pattern: string): (string | null)[][] {
  const runs: (string | null)[][] = [[]];
  let literal = '';
  const flush = () => {
    // folding may lengthen a text (`ﬁ` becomes `fi`); compare by characters of the folded text
    if (literal !== '') (runs.at(-1) as (string | null)[]).push(...fold(literal));
    literal = '';
  };
  const characters = [...pattern];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] as string;
    if (character === '%') {
      flush();
      runs.push([]);
    } else if (character === '_') {
      flush();
      (runs.at(-1) as (string | null)[]).push(null);
    } else {
      if (character === '\\' && i + 1 < characters.length) i++;
      literal += characters[i];
    }
  }
  flush();
  return runs;
}

const fits = (text: readonly string[], run: readonly (string | null)[], at: number): boolean =>
  run.every((character, i) => character === null || character === text[at + i]);

/** Matches runs in order, each at its first place: what comes later then has the most room. */
function matchRuns(text: readonly string[], runs: readonly (readonly (string | null)[])[]): boolean {
  const first = runs[0] ?? [];
  const last = runs.at(-1) ?? [];
  if (runs.length === 1) return text.length === first.length && fits(text, first, 0);
  if (text.length < first.length + last.length || !fits(text, first, 0)) return false;
  const end = text.length - last.length;
  if (!fits(text, last, end)) return false;
  let at = first.length;
  for (const run of runs.slice(1, -1)) {
    while (at + run.length <= end && !fits(text, run, at)) at++;
    if (at + run.length > end) return false;
    at += run.length;
  }
  return true;
}

/**
 * Compiles a `like` pattern: `%` is any run, `_` one character, `\` takes the next one as it stands.
 * Both sides are folded, so case and compatibility forms do not matter.
 * @example likeMatcher('%ml_')('500 mL') // false; '%m_' would match
 */
export function likeMatcher(pattern: string): (text: string) => boolean {
  const runs = runsOf(pattern);
  const plain = runs.every((run) => !run.includes(null)) ? runs.map((run) => run.join('')) : undefined;
  if (plain?.length === 1) return (text) => fold(text) === plain[0];
  if (plain?.length === 2 && plain[1] === '') return (text) => fold(text).startsWith(plain[0] as string);
  if (plain?.length === 2 && plain[0] === '') return (text) => fold(text).endsWith(plain[1] as string);
  if (plain?.length === 3 && plain[0] === '' && plain[2] === '') {
    return (text) => fold(text).includes(plain[1] as string);
  }
  return (text) => matchRuns([...fold(text)], runs);
}
