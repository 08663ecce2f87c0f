/**
 * The one error class of the library, and the question whether something is one. A brand, not
 * `instanceof`: a portal may carry two copies of the package.
 */
import { type ErrorCode, type ErrorKind, errorCatalogue, type Retry } from './catalogue.ts';

const BRAND = Symbol.for('lotledger.error');

/** Plain data that explains an error; rendered with the code into a sentence where it is read. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** An error as data: in receipts, over HTTP, between tabs. */
export interface LedgerProblem {
  readonly kind: ErrorKind;
  readonly code: ErrorCode;
  readonly retry: Retry;
  /** The field, as `lines[0].lots[1].quantity`; absent when no single field is to blame. */
  readonly path?: string;
  readonly details: ErrorDetails;
}

/**
 * What every refusal and failure of the library throws.
 *
 * @example
 * await ledger.postings.post(unload).catch((error) => {
 *   if (isLedgerError(error) && error.code === 'lot.insufficient') show(error.details.available);
 * });
 */
export class LedgerError extends Error implements LedgerProblem {
  readonly kind: ErrorKind;
  readonly code: ErrorCode;
  readonly retry: Retry;
  readonly path?: string;
  readonly details: ErrorDetails;

  constructor(
    code: ErrorCode,
    options: { path?: string; details?: ErrorDetails; kind?: ErrorKind; cause?: unknown } = {},
  ) {
    const entry = errorCatalogue[code];
    const details = options.details ?? {};
    super(`${code}${options.path ? ` at ${options.path}` : ''}: ${entry.message(details)}`, {
      cause: options.cause,
    });
    this.name = 'LedgerError';
    this.kind = options.kind ?? entry.kind;
    this.code = code;
    this.retry = entry.retry;
    if (options.path !== undefined) this.path = options.path;
    this.details = details;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The error as plain data. */
  toJSON(): LedgerProblem {
    const { kind, code, retry, path, details } = this;
    return path === undefined ? { kind, code, retry, details } : { kind, code, retry, path, details };
  }

  /** Makes an error again from its data. */
  static from(problem: LedgerProblem): LedgerError {
    const { code, path, details, kind } = problem;
    return new LedgerError(code, path === undefined ? { details, kind } : { path, details, kind });
  }
}

/** Whether a thrown value is a {@link LedgerError}, of this or another copy of the package. */
export function isLedgerError(value: unknown): value is LedgerError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}
