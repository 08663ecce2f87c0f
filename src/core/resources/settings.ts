/** `ledger.settings`: settings of the whole ledger. */
import type { SettingsInput } from '../model/inputs.ts';
import type { HistoryEntry, Page, Settings } from '../model/views.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import { ask, type HistoryQuery, type Patch, send, type UpdateOptions } from './resource.ts';

export interface SettingsResource {
  get(): Promise<Settings>;
  /**
   * Changes settings; null sets one back to its default.
   * @throws LedgerError `settings.codeScopeFixed` once a lot or serial exists
   */
  update(patch: Patch<SettingsInput>, options?: UpdateOptions): Promise<Settings>;
  /** What was changed, by whom, when and why, newest first (R121). */
  history(query?: HistoryQuery): Promise<Page<HistoryEntry>>;
}

export const settings = (port: LedgerPort): SettingsResource => ({
  get: () => ask(port, 'settings.get', {}),
  history: (query = {}) => ask(port, 'settings.history', { id: 'settings', ...query }),
  async update(patch, { version, ...options } = {}) {
    await send(port, 'settings.update@1', version === undefined ? { patch } : { patch, version }, options);
    return ask(port, 'settings.get', {});
  },
});
