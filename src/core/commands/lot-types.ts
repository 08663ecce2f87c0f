/** Lot types: a plain list to classify lots by, and a part codes may use. */
import { lotTypeInput } from '../model/inputs.ts';
import { masterCommandsOf } from './shared/master.ts';

export const lotTypeCommands = masterCommandsOf({
  table: 'lotTypes',
  schema: lotTypeInput,
  codes: { notFound: 'lotType.notFound', duplicate: 'lotType.duplicate', inUse: 'lotType.inUse' },
});
