/**
 * The public face for adapter authors: the Store port, the errors a store may throw, the chain, and the
 * executor for stores that hold their records in memory; and the ledger's own tables, to test with. An
 * adapter imports from here alone.
 *
 * A store owns the records of a batch from the moment it is handed to `commit`: they are made for this
 * commit, and the store may write the resolved sequence numbers into them in place once it is done.
 */
export { type ErrorCode, type ErrorKind, errorCatalogue, type Retry } from './ports/catalogue.ts';
export { chainLink, GENESIS, textsDigest } from './ports/chain.ts';
export { type ErrorDetails, isLedgerError, LedgerError, type LedgerProblem } from './ports/errors.ts';
export { compareText, fold } from './ports/keys.ts';
export type {
  AggregateOptions,
  CommitBatch,
  CommitOutcome,
  Condition,
  FindOptions,
  FindPage,
  Group,
  GroupPage,
  Head,
  IndexPart,
  IndexSpec,
  JournalGroup,
  Put,
  RangeOptions,
  RecordRef,
  Scalar,
  Snapshot,
  Sort,
  Store,
  StoreAdapter,
  StoreCapabilities,
  StoredRecord,
  SyncSnapshot,
  Table,
} from './ports/store.ts';
export { PENDING_SEQ } from './ports/store.ts';
export { readerOf, testOf, testOfQuestion } from './queries/conditions.ts';
export { compareKeys, compareScalars } from './queries/index-keys.ts';
export { Journal } from './queries/journal.ts';
export { RecordSet, resolveSeqs, withSeqs } from './queries/record-set.ts';
export { positionOf } from './queries/sort-key.ts';
export { likeMatcher } from './rules/like.ts';
export { SCHEMA_VERSION, tables } from './tables.ts';
