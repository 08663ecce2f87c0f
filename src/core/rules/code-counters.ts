/**
 * The positions a counter passes through: the number runs, and when it is full the letters advance and the
 * number starts again. A position that no longer fits its places is refused, never cut (R3, R5).
 */
import type { CodePart, CodeTypeInput } from '../model/inputs.ts';
import type { CounterPosition, CounterRecord } from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';
import { compareText } from '../ports/keys.ts';
import type { CounterSource } from './code-parts.ts';

/** Where a counter stands: its last position, and positions that were given up. */
export type LastPosition = Pick<CounterRecord, 'number' | 'letters' | 'gaps'>;

/** The counting side of a code type. */
export interface CounterShape {
  readonly number: CodePart | undefined;
  readonly letters: CodePart | undefined;
  readonly firstNumber: number;
  readonly firstLetter: string;
  /** The highest number that fits its places and still counts exactly. */
  readonly lastNumber: number;
}

/** Reads the counting side of a code type. */
export function counterShape(type: CodeTypeInput): CounterShape {
  const partOf = (source: CounterSource) => type.parts.find((part) => part.source === source);
  const number = partOf('number');
  const places = number?.length ?? 15;
  return {
    number,
    letters: partOf('letters'),
    firstNumber: type.firstNumber ?? 0,
    firstLetter: type.firstLetter ?? 'A',
    lastNumber: places > 15 ? Number.MAX_SAFE_INTEGER : 10 ** places - 1,
  };
}

function nextLetters(letters: string): string {
  const kept = letters.replace(/Z+$/, '');
  const rolled = 'A'.repeat(letters.length - kept.length);
  if (kept === '') return `A${rolled}`;
  return kept.slice(0, -1) + String.fromCharCode(kept.charCodeAt(kept.length - 1) + 1) + rolled;
}

/** Whether a position has what the shape counts by, and fits its places. */
export function fits(shape: CounterShape, { number, letters }: CounterPosition): boolean {
  if ((number === null) !== (shape.number === undefined)) return false;
  if ((letters === null) !== (shape.letters === undefined)) return false;
  if (number !== null && number > shape.lastNumber) return false;
  return letters === null || letters.length <= (shape.letters?.length ?? letters.length);
}

/**
 * The position after another, or the first one.
 * @throws LedgerError `code.overflow` with the length of the part that is full
 */
export function nextPosition(shape: CounterShape, last: CounterPosition | undefined): CounterPosition {
  const number = shape.number ? (last?.number == null ? shape.firstNumber : last.number + 1) : null;
  const letters = shape.letters ? (last?.letters ?? shape.firstLetter) : null;
  let next: CounterPosition = { number, letters };
  const full = number === null ? last?.letters != null : number > shape.lastNumber;
  if (letters !== null && full)
    next = {
      number: shape.number ? shape.firstNumber : null,
      letters: last?.letters == null ? letters : nextLetters(letters),
    };
  if (fits(shape, next)) return next;
  const part = shape.letters ?? shape.number;
  throw new LedgerError('code.overflow', { details: { length: part?.length, source: part?.source } });
}

/** How far a run of letters is from the start: `A` 1, `Z` 26, `AA` 27. */
function letterIndex(letters: string): bigint {
  let index = 0n;
  for (let i = 0; i < letters.length; i++) index = index * 26n + BigInt(letters.charCodeAt(i) - 64);
  return index;
}

const atLeastZero = (value: bigint): bigint => (value < 0n ? 0n : value);

/**
 * How many positions a counter still has after one.
 * @param position where it stands; undefined = nothing made yet
 * @returns null for a code type that does not count
 */
export function capacityLeft(type: CodeTypeInput, position: CounterPosition | undefined): bigint | null {
  const shape = counterShape(type);
  if (!shape.number && !shape.letters) return null;
  const last = BigInt(shape.lastNumber);
  const block = shape.number ? atLeastZero(last - BigInt(shape.firstNumber) + 1n) : 1n;
  const inBlock =
    shape.number && position?.number != null ? atLeastZero(last - BigInt(position.number)) : block;
  if (!shape.letters) return inBlock;
  const longest = letterIndex('Z'.repeat(shape.letters.length ?? 1));
  if (position?.letters == null) return block * atLeastZero(longest - letterIndex(shape.firstLetter) + 1n);
  const blocks = longest - letterIndex(position.letters);
  if (blocks < 0n) return 0n;
  return block * blocks + (shape.number ? inBlock : 0n);
}

/** How many codes a counter can still make, gaps it may fill included; 0 for a type that does not count. */
export function positionsLeft(type: CodeTypeInput, last: LastPosition | undefined): bigint {
  const ahead = capacityLeft(type, last);
  if (ahead === null) return 0n;
  return ahead + BigInt(type.fillGaps ? (last?.gaps.length ?? 0) : 0);
}

/** Orders positions as a counter passes through them. */
export function comparePositions(a: CounterPosition, b: CounterPosition): number {
  const [x, y] = [a.letters ?? '', b.letters ?? ''];
  return x.length - y.length || compareText(x, y) || (a.number ?? 0) - (b.number ?? 0);
}

/** The gaps of a counter with one more, in order and each once (R4). */
export function withGap(gaps: readonly CounterPosition[], gap: CounterPosition): CounterPosition[] {
  if (gaps.some((each) => comparePositions(each, gap) === 0)) return [...gaps];
  return [...gaps, { number: gap.number, letters: gap.letters }].sort(comparePositions);
}
