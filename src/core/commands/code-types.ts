/** Code types: how the codes of lots or serials are composed, and which counters they run on. */
import { codeTypeInput } from '../model/inputs.ts';
import { LedgerError } from '../ports/errors.ts';
import { checkCodeType, hasCounter } from '../rules/codes.ts';
import { masterCommandsOf } from './shared/master.ts';

export const codeTypeCommands = masterCommandsOf({
  table: 'codeTypes',
  schema: codeTypeInput,
  codes: { notFound: 'codeType.notFound', duplicate: 'codeType.duplicate', inUse: 'codeType.inUse' },
  check({ input, before }) {
    checkCodeType(input);
    if (!before?.used) return input;
    if (before.kind !== input.kind) throw new LedgerError('codeType.inUse', { path: 'kind' });
    // items make codes with it automatically: it cannot stop counting under them
    if (hasCounter(before) && !hasCounter(input))
      throw new LedgerError('codeType.counter', { path: 'parts' });
    return input;
  },
});
