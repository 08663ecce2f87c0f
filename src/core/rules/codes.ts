/**
 * Codes of lots and serials made from a code type (R1–R12): what a definition must satisfy, which counter a
 * code belongs to, and the next codes of a counter. Nothing is remembered here: the caller brings where the
 * counter stands and stores where it ends, so neither a preview nor a refusal consumes a code (R19).
 */
import type { CodePart, CodeTypeInput } from '../model/inputs.ts';
import type { CounterPosition } from '../model/records.ts';
import { limits } from '../model/schema.ts';
import { LedgerError } from '../ports/errors.ts';
import { caseFolded, codeKey, US } from '../ports/keys.ts';
import { counterShape, fits, type LastPosition, nextPosition } from './code-counters.ts';
import { type CodeValues, filled, fixedPart, isCounter } from './code-parts.ts';

export { capacityLeft, type LastPosition, positionsLeft, withGap } from './code-counters.ts';
export type { CodeValues } from './code-parts.ts';

/** Codes made together, the position of each, and where the counter stands afterwards. */
export interface GeneratedCodes {
  readonly codes: readonly { readonly code: string; readonly position: CounterPosition }[];
  readonly counter: LastPosition;
}

/**
 * Checks what a schema cannot say of a code type.
 * @throws LedgerError with a path: `field.required` for a length or text that is missing, `codeType.counter`
 * for a second number or letters part, `codeType.rootHasProgressive`, `codeType.rootUnknownPart`, and
 * `code.overflow` for a first number or letter that does not fit its part
 */
export function checkCodeType(type: CodeTypeInput): void {
  const seen = new Set<string>();
  type.parts.forEach((part, i) => {
    const { source } = part;
    const missing =
      source === 'text' ? (part.value ? undefined : 'value') : part.length ? undefined : 'length';
    if (missing) throw new LedgerError('field.required', { path: `parts[${i}].${missing}` });
    if (!isCounter(source)) return;
    if (seen.has(source)) throw new LedgerError('codeType.counter', { path: `parts[${i}].source` });
    seen.add(source);
  });
  (type.root ?? []).forEach((source, i) => {
    const path = `root[${i}]`;
    if (isCounter(source))
      throw new LedgerError('codeType.rootHasProgressive', { path, details: { source } });
    if (!type.parts.some((part) => part.source === source))
      throw new LedgerError('codeType.rootUnknownPart', { path, details: { source } });
  });
  const shape = counterShape(type);
  const overflow = (part: CodePart, path: string) =>
    new LedgerError('code.overflow', { path, details: { length: part.length, source: part.source } });
  if (shape.number && shape.firstNumber > shape.lastNumber) throw overflow(shape.number, 'firstNumber');
  if (shape.letters?.length && shape.firstLetter.length > shape.letters.length)
    throw overflow(shape.letters, 'firstLetter');
}

/** Whether codes of this type can be made automatically: it has a number or letters part. */
export function hasCounter(type: CodeTypeInput): boolean {
  return type.parts.some((part) => isCounter(part.source));
}

/**
 * Id of the counter of a code type, root and scope (R4, R12). Roots that differ by case alone share one,
 * because their codes would be equal (R18).
 * @param scope item and variant where codes are unique per item; nulls where they are in the whole ledger
 */
export function counterKey(
  type: { readonly code: string },
  root: Readonly<Record<string, string>>,
  scope: { readonly item: string | null; readonly variant: string | null },
): string {
  const key = [codeKey(type.code), codeKey(scope.item ?? ''), codeKey(scope.variant ?? '')];
  for (const source of Object.keys(root).sort()) key.push(source, caseFolded(root[source] ?? ''));
  return key.join(US);
}

/**
 * The values of the root, as they stand in the code, by source. Where a source has several parts, the widest
 * speaks for it: the others are cut from the same value.
 * @throws LedgerError `codeType.missingPart`, `codeType.rootUnknownPart`
 */
export function rootOf(type: CodeTypeInput, values: CodeValues): Record<string, string> {
  const root: Record<string, string> = {};
  for (const source of type.root ?? []) {
    const parts = type.parts.filter((part) => part.source === source);
    const widest = parts.reduce<CodePart | undefined>(
      (best, part) => (!best || (part.length ?? 0) > (best.length ?? 0) ? part : best),
      undefined,
    );
    if (!widest) throw new LedgerError('codeType.rootUnknownPart', { details: { source } });
    root[source] = fixedPart(widest, values);
  }
  return root;
}

/** How a position is written: the fixed parts are settled once, the counting ones filled in each time. */
function writer(type: CodeTypeInput, values: CodeValues): (position: CounterPosition) => string {
  const pieces: (string | CodePart)[] = [];
  for (const part of type.parts) {
    const piece = isCounter(part.source) ? part : fixedPart(part, values);
    const before = pieces.length - 1;
    if (typeof piece === 'string' && typeof pieces[before] === 'string') pieces[before] += piece;
    else pieces.push(piece);
  }
  return (position) => {
    let code = '';
    for (const piece of pieces) {
      if (typeof piece === 'string') code += piece;
      else code += filled(String(piece.source === 'number' ? position.number : position.letters), piece);
    }
    const trimmed = code.trim();
    if (trimmed.length > limits.code && [...trimmed].length > limits.code)
      throw new LedgerError('code.tooLong', { details: { max: limits.code, code: trimmed } });
    return trimmed;
  };
}

/**
 * The next codes of a counter. Gaps come first where the type fills them; codes that exist are stepped over,
 * and a position stepped over counts as passed.
 *
 * @param last where the counter stands; undefined = it has made nothing yet
 * @param exists whether a code is taken in the scope, however it came about
 * @throws LedgerError `codeType.counter` for a type that does not count, `codeType.missingPart`,
 * `code.overflow`, `code.tooLong`
 * @example
 * generateCodes(type, values, undefined, 2, () => false).codes.map((made) => made.code)
 * // ['202611001', '202611002']
 */
export function generateCodes(
  type: CodeTypeInput,
  values: CodeValues,
  last: LastPosition | undefined,
  count: number,
  exists: (code: string) => boolean,
): GeneratedCodes {
  if (!hasCounter(type)) throw new LedgerError('codeType.counter', { details: { code: type.code } });
  const shape = counterShape(type);
  const write = writer(type, values);
  const codes: { code: string; position: CounterPosition }[] = [];
  const made = new Set<string>();
  const offer = (position: CounterPosition): void => {
    const code = write(position);
    const key = codeKey(code);
    if (made.has(key) || exists(code)) return;
    made.add(key);
    codes.push({ code, position });
  };
  const gaps = [...(last?.gaps ?? [])];
  let used = 0;
  for (; type.fillGaps && used < gaps.length && codes.length < count; used++) {
    const gap = gaps[used];
    if (gap && fits(shape, gap)) offer({ number: gap.number, letters: gap.letters });
  }
  let position: CounterPosition | undefined = last && { number: last.number, letters: last.letters };
  while (codes.length < count) offer((position = nextPosition(shape, position)));
  const { number, letters } = position ?? { number: null, letters: null };
  return { codes, counter: { number, letters, gaps: gaps.slice(used) } };
}
