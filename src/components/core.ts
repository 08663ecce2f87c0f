/**
 * What the components know of the ledger, in one place: types only, so that an element over a server loads
 * no engine. Errors are told by their shape, since they may come from another copy of the package.
 */
import type { ErrorDetails, ErrorKind, Ledger, LedgerStatus } from '../core/index.ts';

export type {
  AskOptions,
  ChangeEvent,
  Command,
  ErrorCode,
  ErrorDetails,
  ErrorKind,
  FieldValue,
  FilterValue,
  Item,
  Ledger,
  LedgerAdapter,
  LedgerPort,
  LedgerProblem,
  LedgerStatus,
  ListQuery,
  Lot,
  LotStatus,
  LotStock,
  OpenLedgerOptions,
  Page,
  PostedLine,
  Posting,
  QueryCapabilities,
  Receipt,
  Serial,
  StoreAdapter,
  Summary,
  SummaryGroup,
  SummaryQuery,
  Totals,
  UnitSum,
  ValuesQuery,
} from '../core/index.ts';

/** An error as a screen reads it. */
export interface Problem {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly path?: string;
  readonly details: ErrorDetails;
  readonly message: string;
}

/** Any thrown value as a problem; what is no error of the ledger becomes `store.unavailable`. */
export function problemOf(error: unknown): Problem {
  const e = (typeof error === 'object' && error !== null ? error : {}) as Partial<Problem>;
  const message = typeof e.message === 'string' ? e.message : String(error);
  if (typeof e.code !== 'string' || typeof e.kind !== 'string') {
    return { kind: 'unavailable', code: 'store.unavailable', details: {}, message };
  }
  const { kind, code, path, details = {} } = e;
  return path === undefined ? { kind, code, details, message } : { kind, code, path, details, message };
}

/** How tightly an element is set: 26, 33 or 45 px a row. */
export type Density = 'compact' | 'regular' | 'comfortable';

/** Whether a ledger answers at all; one without a status is taken to be open. */
export function statusOf(ledger: Ledger | undefined): LedgerStatus['state'] {
  return ledger?.status?.().state ?? 'open';
}
