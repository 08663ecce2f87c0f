/** What goes wrong, as an answer: RFC 9457, with the status its kind has and what `LedgerError` carries. */
import {
  type ErrorCode,
  type ErrorDetails,
  type ErrorKind,
  errorCatalogue,
  isLedgerError,
  LedgerError,
  type LedgerProblem,
} from '../core/index.ts';
import { mediaTypes, type ProblemBody } from '../wire/index.ts';
import { toldDetails } from './faults.ts';

const ofKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  rejected: 422,
  mismatch: 422,
  limit: 413,
  unavailable: 503,
  quota: 507,
  corrupt: 500,
  unsupported: 501,
};

const ofCode: Partial<Record<ErrorCode, number>> = {
  'version.required': 428,
  'limit.rate': 429,
  'request.slow': 408,
  'request.method': 405,
  'request.media': 415,
  'request.failed': 500,
};

const titles: Readonly<Record<ErrorKind, string>> = {
  invalid: 'Invalid input',
  unauthenticated: 'Not signed in',
  forbidden: 'Not permitted',
  missing: 'Not found',
  conflict: 'Changed meanwhile',
  rejected: 'Refused by a rule',
  mismatch: 'Not the same as before',
  limit: 'Too much',
  unavailable: 'Not available now',
  quota: 'No room left',
  corrupt: 'Ledger damaged',
  unsupported: 'Not offered',
};

/** An error with what only an answer over HTTP says of it. */
export class Refusal extends Error {
  readonly problem: LedgerError;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    problem: LedgerError,
    said: { status?: number; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(problem.message);
    this.problem = problem;
    this.status = said.status;
    this.headers = said.headers ?? {};
  }
}

/** An error with a status or headers of its own. */
export const refusal = (
  code: ErrorCode,
  details: ErrorDetails = {},
  said: { status?: number; path?: string; headers?: Readonly<Record<string, string>> } = {},
): Refusal =>
  new Refusal(
    new LedgerError(code, said.path === undefined ? { details } : { details, path: said.path }),
    said,
  );

/**
 * The status of a problem. What is not offered is the server's to have or not, unless it is one argument among
 * others: then the question could have been asked otherwise.
 */
export function statusOf({ kind, code, path }: LedgerProblem): number {
  if (kind === 'unsupported' && path !== undefined) return 400;
  return ofCode[code] ?? ofKind[kind];
}

/** Seconds after which it is worth trying again. */
const retryAfter = (code: ErrorCode): string => (code === 'store.rebuilding' ? '5' : '1');

/** What an answer says besides the problem. */
export interface ProblemContext {
  readonly requestId: string;
  /** The address of an error's page before its code. */
  readonly pages: string;
  readonly challenge: string;
  readonly commandId?: string | undefined;
}

/** A problem as it is sent. */
export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ProblemBody;
}

/** Any error as one of ours; what has no name is told to whoever has to know. */
export function named(error: unknown, requestId: string, fault: (error: unknown) => void): Refusal {
  if (error instanceof Refusal) return error;
  if (isLedgerError(error)) return new Refusal(error);
  fault(error);
  return refusal('request.failed', { request: requestId });
}

/** The answer to what went wrong. */
export function problemOf({ problem, status: said, headers }: Refusal, context: ProblemContext): Problem {
  const status = said ?? statusOf(problem);
  const { kind, code, retry, path } = problem;
  const details = toldDetails(problem);
  const { commandId } = context;
  return {
    status,
    headers: {
      'content-type': mediaTypes.problem,
      ...(status === 401 ? { 'www-authenticate': context.challenge } : {}),
      ...(status === 503 ? { 'retry-after': retryAfter(code) } : {}),
      ...headers,
    },
    body: {
      type: `${context.pages}${code}`,
      title: titles[kind],
      status,
      detail: errorCatalogue[code].message(details),
      kind,
      code,
      retry,
      ...(path === undefined ? {} : { path }),
      details,
      ...(commandId === undefined ? {} : { commandId }),
    },
  };
}
