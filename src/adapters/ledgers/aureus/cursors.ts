/**
 * Cursors: a place in a list, counted from its beginning, since Aureus finds its pages by their number. Bound to
 * the question it belongs to, and opaque to whoever holds one.
 */
import { LedgerError } from '../../../core/index.ts';

/** A short mark of a question (FNV-1a, 32 bits). */
function markOf(question: unknown): number {
  let hash = 0x811c9dc5;
  for (const char of JSON.stringify(question)) {
    hash = Math.imul(hash ^ (char.codePointAt(0) as number), 0x01000193) >>> 0;
  }
  return hash;
}

/** The cursor of a place; further numbers say more of it. */
export const cursorOf = (question: unknown, ...place: readonly number[]): string =>
  btoa(JSON.stringify([markOf(question), ...place])).replace(/=+$/, '');

/**
 * The place of a cursor.
 * @throws LedgerError cursor.invalid when it is none, or belongs to another question
 */
export function placeOf(question: unknown, cursor: string): readonly number[] {
  let parts: unknown;
  try {
    parts = JSON.parse(atob(cursor));
  } catch (cause) {
    throw new LedgerError('cursor.invalid', { path: 'cursor', cause });
  }
  const sound = Array.isArray(parts) && parts.every((part) => Number.isSafeInteger(part) && part >= 0);
  if (!sound || (parts as number[])[0] !== markOf(question) || (parts as number[]).length < 2) {
    throw new LedgerError('cursor.invalid', { path: 'cursor' });
  }
  return (parts as number[]).slice(1);
}
