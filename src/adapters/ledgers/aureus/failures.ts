/** What an answer that is no success means here: the status and the body of Laravel, as errors of ours. */
import { type ErrorCode, LedgerError } from '../../../core/index.ts';

/** An answer that no Aureus gives: something else answered, or a version this adapter does not know. */
export const broken = (what: string): LedgerError =>
  new LedgerError('store.unavailable', { details: { why: `Aureus answered with ${what}.` } });

/** What the caller knows of its question, for a good sentence. */
export interface Asked {
  /** What is to be done, as the permission is named: `lot.create`. */
  readonly action: string;
  /** The code where there is no such record, and its details. */
  readonly missing?: { readonly code: ErrorCode; readonly details: Readonly<Record<string, unknown>> };
}

/** Fields of Aureus by our names of them. */
const names: Readonly<Record<string, string>> = {
  name: 'code',
  product_id: 'item',
  reference: 'reference',
  description: 'description',
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The sentence Laravel gives with every error. */
const messageOf = (body: unknown): string =>
  isObject(body) && typeof body.message === 'string' ? body.message : '';

/** `{errors: {name: ['…']}}`: the first field is the error's, the others stand in its details. */
function invalid(body: unknown): LedgerError {
  const given = isObject(body) && isObject(body.errors) ? Object.entries(body.errors) : [];
  const errors = given.map(([field, texts]) => ({
    path: names[field] ?? field,
    text: String(Array.isArray(texts) ? texts[0] : texts),
  }));
  const [first] = errors;
  if (first === undefined) return new LedgerError('hook.refused', { details: { text: messageOf(body) } });
  return new LedgerError('hook.refused', { path: first.path, details: { text: first.text, errors } });
}

/** The error that a status other than success stands for. */
export function failureOf(status: number, body: unknown, asked: Asked): LedgerError {
  switch (status) {
    case 400:
      // Spatie's query builder says which filter, sort or include this installation does not know
      return new LedgerError('query.unsupported', { details: { what: messageOf(body) } });
    case 401:
    case 419:
      return new LedgerError('session.required');
    case 403:
      return new LedgerError('permission.denied', { details: { action: asked.action } });
    case 404:
      if (asked.missing === undefined || !isObject(body)) break;
      return new LedgerError(asked.missing.code, { details: asked.missing.details });
    case 409:
    case 429:
      return new LedgerError('store.busy');
    case 422:
      return invalid(body);
  }
  return new LedgerError('store.unavailable', { details: { status } });
}
