/** `lots.remove@1 {id, version?}`: only a lot nothing refers to; its code is free again (R4, R87). */
import type { Fact } from '../../model/facts.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition } from '../../ports/view.ts';
import { counterWithGap } from '../../reading/codes.ts';
import { checkVersion } from '../../reading/references.ts';
import { stockGuard } from '../../rules/stock-keys.ts';
import { readRemove, removeSchema } from '../shared/master.ts';
import { lotOf } from './update.ts';

export const removeLot: CommandDefinition<ReturnType<typeof readRemove>> = {
  name: 'lots.remove@1',
  schema: removeSchema,
  parse: readRemove,
  decide(args, view) {
    const lot = lotOf(view, args.id);
    checkVersion(lot, args.version);
    const serials = { prefix: [lot.id], limit: 1 };
    const named = lot.moved || lot.claimed || lot.inspected !== null || lot.recall !== null;
    if (named || view.range('serials', 'byLot', serials, stockGuard(lot.item)).length > 0) {
      throw new LedgerError('lot.referenced', { details: { code: lot.code } });
    }
    const facts: Fact[] = [{ kind: 'lotRemoved', id: lot.id }];
    const counter = counterWithGap(view, lot.origin);
    if (counter) facts.push({ kind: 'counter', counter });
    return { facts };
  },
};
