/** Block rules: what takes future receipts into quarantine (R51). A rule that took a lot in stays. */
import { blockRuleInput } from '../model/inputs.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeOf, named } from '../reading/references.ts';
import { masterCommandsOf } from './shared/master.ts';

export const blockRuleCommands = masterCommandsOf({
  table: 'blockRules',
  schema: blockRuleInput,
  codes: { notFound: 'blockRule.notFound', duplicate: 'blockRule.duplicate', inUse: 'blockRule.inUse' },
  check({ input, view }) {
    if (input.from && input.to && input.to < input.from) {
      throw new LedgerError('field.range', { path: 'to', details: { min: input.from } });
    }
    const item = codeOf(view, 'items', input.item, 'item');
    const status = named(view, 'lotStatuses', input.status, 'status').code;
    return { ...input, ...(item ? { item } : {}), status };
  },
});
