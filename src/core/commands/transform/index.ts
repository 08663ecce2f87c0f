/** The commands that make lots of lots, or of stock that had none. */
import type { CommandDefinition } from '../../ports/view.ts';
import { convertLot } from './convert.ts';
import { mergeLots } from './merge.ts';
import { openLots } from './opening.ts';
import { splitLot } from './split.ts';

export const transformCommands = [
  splitLot,
  mergeLots,
  convertLot,
  openLots,
] as unknown as readonly CommandDefinition[];
