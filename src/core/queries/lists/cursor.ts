/** Cursors: where a page ended, bound to the question it belongs to; opaque to whoever holds one. */
import { LedgerError } from '../../ports/errors.ts';
import type { Scalar } from '../../ports/store.ts';

/** A short mark of a question: another question does not take its cursors (FNV-1a, 32 bits). */
function markOf(question: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < question.length; i++) {
    hash = Math.imul(hash ^ question.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}

const toBase64 = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const fromBase64 = (text: string): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0)),
  );

/** The cursor after a position. */
export const cursorOf = (question: string, position: readonly Scalar[]): string =>
  toBase64(JSON.stringify([markOf(question), ...position]));

/**
 * The position a cursor stands for.
 * @throws LedgerError `cursor.invalid` when it is none, or belongs to another question
 */
export function positionOf(question: string, cursor: string): Scalar[] {
  let parts: unknown;
  try {
    parts = JSON.parse(fromBase64(cursor));
  } catch (cause) {
    throw new LedgerError('cursor.invalid', { path: 'cursor', cause });
  }
  if (!Array.isArray(parts) || parts[0] !== markOf(question)) {
    throw new LedgerError('cursor.invalid', { path: 'cursor' });
  }
  return parts.slice(1) as Scalar[];
}
