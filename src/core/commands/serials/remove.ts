/** `serials.remove@1 {id, version?}`: only a serial that never moved; its code is free again (R4, R87). */
import type { Fact } from '../../model/facts.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition } from '../../ports/view.ts';
import { counterWithGap } from '../../reading/codes.ts';
import { checkVersion } from '../../reading/references.ts';
import { readRemove, removeSchema } from '../shared/master.ts';
import { serialOf } from './update.ts';

export const removeSerial: CommandDefinition<ReturnType<typeof readRemove>> = {
  name: 'serials.remove@1',
  schema: removeSchema,
  parse: readRemove,
  decide(args, view) {
    const serial = serialOf(view, args.id);
    checkVersion(serial, args.version);
    // what is in another piece, or has one in it, is linked both ways: a link has a first writer who moved nothing
    const linked = (['byFrom', 'byTo'] as const).some(
      (index) => view.range('edges', index, { prefix: [serial.id], limit: 1 }, null).length > 0,
    );
    if (serial.moved || serial.claimed || serial.recall !== null || linked)
      throw new LedgerError('serial.referenced', { details: { code: serial.code } });
    const facts: Fact[] = [{ kind: 'serialRemoved', id: serial.id }];
    const counter = counterWithGap(view, serial.origin);
    if (counter) facts.push({ kind: 'counter', counter });
    return { facts };
  },
};
