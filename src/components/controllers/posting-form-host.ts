/** What a posting's form needs of the element that shows it, and what it tells of a refusal. */
import type { Ledger, Posting, Problem } from '../core.ts';
import type { Format } from '../i18n/format.ts';
import type { PostingFieldShape } from './posting-form-extra.ts';
import type { Requests } from './requests.ts';

export interface PostingFormHost {
  readonly ledger: () => Ledger | undefined;
  readonly format: () => Format;
  readonly requests: Requests;
  readonly changed: () => void;
  readonly dirty: (dirty: boolean) => void;
  /** Every field of the header, the host's own among them. */
  readonly fields: () => readonly PostingFieldShape[];
  /** False when the host page posts it itself. */
  readonly mayPost: (
    input: Readonly<Record<string, unknown>>,
    fields: Readonly<Record<string, unknown>> | undefined,
  ) => boolean;
  readonly posted: (posting: Posting) => void;
  readonly refused: (error: unknown) => void;
}

/** Why a posting was refused, and the line that is to blame. */
export interface Refusal {
  readonly problem: Problem;
  readonly line: number | undefined;
  /** Trying again under the same id is safe and may be all it needs. */
  readonly again: boolean;
}
