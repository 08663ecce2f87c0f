/** `ledger.codeTypes`: how codes are composed, and what they will be next. */
import type { CodeTypeInput } from '../model/inputs.ts';
import type { CodeType, Counter, Forecast } from '../model/views.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import { ask, type MasterResource, master } from './resource.ts';

/** What codes of a preview may draw on. */
export interface CodePreview {
  readonly item: string;
  readonly variant?: string | null;
  /** How many; 1 unless said. */
  readonly count?: number;
  /** The posting they would be made in: its date, document, party; besides `expiryDate`, `lotType`, `supplierLot`. */
  readonly posting?: object | null;
}

export interface CodeTypes extends MasterResource<CodeType, CodeTypeInput> {
  /**
   * The next codes; nothing is consumed (R19).
   * @example await ledger.codeTypes.preview('YM', { item: 'MILK', count: 2 }) // ['202611003', '202611004']
   */
  preview(code: string, options: CodePreview): Promise<string[]>;
  /** Where each counter of the type stands: one per root and scope. */
  counters(code: string): Promise<Counter[]>;
  /** When each counter will be full at the pace it had so far. */
  forecast(code: string): Promise<Forecast[]>;
}

export const codeTypes = (port: LedgerPort): CodeTypes => ({
  ...master<CodeType, CodeTypeInput>(port, 'codeTypes'),
  preview: (code, options) => ask(port, 'codeTypes.preview', { code, ...options }),
  counters: (code) => ask(port, 'codeTypes.counters', { code }),
  forecast: (code) => ask(port, 'codeTypes.forecast', { code }),
});
