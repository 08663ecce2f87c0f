/** What a register is made with: its list, its filters, what to do when something has changed. */
import type { FilterValue, ListQuery, Page } from '../core.ts';
import type { Requests } from './requests.ts';

/** A filter behind a chip. */
export interface Preset {
  readonly id: string;
  readonly filter: Readonly<Record<string, FilterValue>>;
}

export type Phase =
  /** No ledger yet. */
  | 'waiting'
  /** The first answer to this question is not here. */
  | 'loading'
  | 'ready'
  | 'failed'
  /** The reader pressed Stop. */
  | 'stopped';

export interface RegisterOptions<R> {
  readonly list: (query: ListQuery, signal: AbortSignal) => Promise<Page<R>>;
  readonly presets: () => readonly Preset[];
  readonly preset: string;
  readonly sort: string;
  readonly limit: number;
  /** Something to show has changed. */
  readonly changed: () => void;
  /** Work to be done with a page before it is shown, as reading its items. */
  readonly prepare?: (rows: readonly R[], signal: AbortSignal) => Promise<void>;
  readonly failed?: (error: unknown) => void;
  readonly now?: () => Date;
  /** Shared with the element, so that it knows when all has settled. */
  readonly requests?: Requests;
}
