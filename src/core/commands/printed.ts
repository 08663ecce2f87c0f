/**
 * `lots.printed@1` and `serials.printed@1 {id}`: a label with this code was printed. It may be anywhere now,
 * so the code is fixed (R86); the history tells who printed it, and when.
 */
import * as z from 'zod/mini';
import { read } from '../model/schema.ts';
import type { CommandDefinition } from '../ports/view.ts';
import { lotOf } from './lots/update.ts';
import { serialOf } from './serials/update.ts';

const named = z.strictObject({ id: z.string() });
type Named = z.infer<typeof named>;

const lotPrinted: CommandDefinition<Named> = {
  name: 'lots.printed@1',
  schema: named,
  parse: (args) => read(named, args),
  decide: ({ id }, view) => ({ facts: [{ kind: 'lotPrinted', id: lotOf(view, id).id }] }),
};

const serialPrinted: CommandDefinition<Named> = {
  name: 'serials.printed@1',
  schema: named,
  parse: (args) => read(named, args),
  decide: ({ id }, view) => ({ facts: [{ kind: 'serialPrinted', id: serialOf(view, id).id }] }),
};

export const printedCommands = [lotPrinted, serialPrinted] as unknown as CommandDefinition[];
