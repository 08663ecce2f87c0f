/** Groups, numbers and sums of a register: of lots, serials and postings. */
import type { Summary, SummaryQuery } from '../model/views.ts';
import type { AskOptions, LedgerPort } from '../ports/ledger.ts';
import { ask } from './resource.ts';

export interface Summarised {
  /**
   * Groups of what matches, nested up to three deep, with their number and sums, and the totals of all beside.
   * Sums are exact, and one per unit. The groups of the first level come page by page; the rows of a group are
   * what `list` answers when the group's value is added to the filter, `null` for a group of none.
   * @throws LedgerError `query.unsupported` for what it does not group by or add up, `field.repeated`
   * @example
   * const { groups, sums } = await ledger.lots.summary({ groupBy: ['item', 'status'], sums: ['onHand'] });
   * groups[0]; // { field: 'item', value: 'MILK', label: 'Whole milk 1 L', count: 3, sums: { onHand: […] }, groups: […] }
   * sums.onHand; // [{ unit: 'PCE', decimals: 0, quantity: '92' }]
   */
  summary(query?: SummaryQuery, options?: AskOptions): Promise<Summary>;
}

export const summarised = (port: LedgerPort, name: string): Summarised => ({
  summary: (query = {}, options) => ask(port, `${name}.summary`, query, options),
});
