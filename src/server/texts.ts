/**
 * Refuses texts in a question that not every database can even look for. What is written is checked by the
 * engine itself.
 */
import { LedgerError } from '../core/index.ts';

const UNREADABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** @throws LedgerError field.characters, with the place of the text */
export function checkTexts(value: unknown, path = ''): void {
  if (typeof value === 'string') {
    if (!UNREADABLE.test(value)) return;
    throw new LedgerError('field.characters', path === '' ? {} : { path });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const inside = Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    checkTexts(name, path);
    checkTexts(member, inside.slice(0, 500));
  }
}
