/**
 * Versions of records in the headers of HTTP. An `ETag` is `"<version>-<mark>"`: what an edit is made on is the
 * version, and the mark tells whether anything else of the record has changed, such as its stock, so that a
 * `304` is never a lie. `If-Match` takes both forms, with and without the mark.
 */
import { LedgerError } from '../core/index.ts';
import { refusal } from './refusals.ts';
import type { Route } from './routes/index.ts';

/** A short mark of a text (FNV-1a, 32 bits). */
function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(36);
}

/** The `ETag` of a record, as it is sent. */
export const etagOf = (version: number, text: string): string => `"${version}-${markOf(text)}"`;

const TAG = /^"(\d{1,15})(?:-[0-9a-z]+)?"$/;

/**
 * The version a change is made on; undefined for any.
 * @throws LedgerError version.required, field.type; concurrency.stale for a weak tag, which matches nothing
 */
export function versionIn(request: Request, route: Route): number | undefined {
  if (route.version === undefined) return undefined;
  const said = request.headers.get('if-match')?.trim();
  if (said === undefined || said === '') {
    if (route.version === 'required') throw refusal('version.required', {}, { path: 'If-Match' });
    return undefined;
  }
  if (said === '*') return undefined;
  const version = TAG.exec(said)?.[1];
  if (version !== undefined) return Number(version);
  throw new LedgerError('field.type', { path: 'If-Match', details: { expected: '"<version>"' } });
}

/** Whether whoever asks has it already. */
export function isKnown(request: Request, etag: string): boolean {
  const said = request.headers.get('if-none-match');
  if (said === null) return false;
  return said.split(',').some((each) => [etag, '*'].includes(each.trim().replace(/^W\//, '')));
}
