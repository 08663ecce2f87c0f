/**
 * What a server says went wrong, as the error it is here. A newer server may know codes that this version
 * does not: they keep their kind and their text under the code that comes nearest.
 */
import {
  type ErrorCode,
  type ErrorKind,
  errorCatalogue,
  LedgerError,
  type LedgerProblem,
  type Receipt,
} from '../../../core/index.ts';

type Said = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Said =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isKnown = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorCatalogue, code);

const kinds = new Set(Object.values(errorCatalogue).map(({ kind }): string => kind));

const isKind = (kind: unknown): kind is ErrorKind => typeof kind === 'string' && kinds.has(kind);

/** Of each kind the code that says least more than the kind; `hook.refused` shows the server's own words. */
const nearest: Readonly<Record<ErrorKind, ErrorCode>> = {
  invalid: 'hook.refused',
  unauthenticated: 'session.required',
  forbidden: 'permission.denied',
  missing: 'hook.refused',
  conflict: 'hook.refused',
  rejected: 'hook.refused',
  mismatch: 'command.mismatch',
  limit: 'hook.refused',
  unavailable: 'store.unavailable',
  quota: 'store.quota',
  corrupt: 'store.corrupt',
  unsupported: 'command.unsupported',
};

/** A problem whose code is not known here, as one that is. */
function translated(problem: Said, kind: ErrorKind): LedgerError {
  const given = isRecord(problem.details) ? problem.details : {};
  const text = [problem.detail, problem.title, problem.code].find((each) => typeof each === 'string');
  const details = { action: text, what: text, ...given, text, theirs: problem.code };
  const { path } = problem;
  return new LedgerError(nearest[kind], { details, kind, ...(typeof path === 'string' ? { path } : {}) });
}

/** A problem as an error; undefined for what is no problem of a ledger. */
export function errorOfProblem(problem: unknown): LedgerError | undefined {
  if (!isRecord(problem) || typeof problem.code !== 'string') return undefined;
  const { code, path, details } = problem;
  if (!isKnown(code)) return isKind(problem.kind) ? translated(problem, problem.kind) : undefined;
  const kind = isKind(problem.kind) ? problem.kind : errorCatalogue[code].kind;
  return new LedgerError(code, {
    kind,
    details: isRecord(details) ? details : {},
    ...(typeof path === 'string' ? { path } : {}),
  });
}

/** What a status means where nothing else was said: of a portal in front of the server, or a proxy. */
export function errorOfStatus(status: number, what: string): LedgerError {
  const details = { status };
  // 419: the token against forged requests is not, or no longer, the session's
  if (status === 401 || status === 419) return new LedgerError('session.required', { details });
  if (status === 403) return new LedgerError('permission.denied', { details: { action: what, status } });
  if (status === 413) return new LedgerError('limit.size', { details: { max: '…', status } });
  if (status === 429) return new LedgerError('limit.rate', { details });
  return new LedgerError('store.unavailable', { details });
}

/** A receipt that holds nothing this version cannot read. */
export function readable(receipt: Receipt): Receipt {
  if (receipt.outcome === 'accepted' || isKnown(receipt.problem.code)) return receipt;
  const said: LedgerProblem = receipt.problem;
  const error = translated({ ...said }, isKind(said.kind) ? said.kind : 'rejected');
  return { ...receipt, problem: error.toJSON() };
}

const isReceipt = (value: unknown, id: string): boolean =>
  isRecord(value) &&
  value.id === id &&
  (value.outcome === 'accepted' ? typeof value.seq === 'number' : isRecord(value.problem));

/** The receipts of commands in an answer; undefined where it is not the answer to them. */
export function receiptsIn(body: unknown, ids: readonly string[]): Receipt[] | undefined {
  const receipts = isRecord(body) ? body.receipts : undefined;
  if (!Array.isArray(receipts) || receipts.length !== ids.length) return undefined;
  if (!receipts.every((receipt, i) => isReceipt(receipt, ids[i] as string))) return undefined;
  return (receipts as Receipt[]).map(readable);
}
