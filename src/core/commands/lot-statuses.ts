/** Lot statuses: per intent allow, warn or deny, and whether stock counts as available and planning sees it. */
import { lotStatusInput } from '../model/inputs.ts';
import { masterCommandsOf } from './shared/master.ts';

export const lotStatusCommands = masterCommandsOf({
  table: 'lotStatuses',
  schema: lotStatusInput,
  codes: { notFound: 'lotStatus.notFound', duplicate: 'lotStatus.duplicate', inUse: 'lotStatus.inUse' },
});
