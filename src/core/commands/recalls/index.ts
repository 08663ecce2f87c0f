/** The commands of recalls. */
import type { CommandDefinition } from '../../ports/view.ts';
import { closeRecall } from './close.ts';
import { freeGoods } from './free.ts';
import { openRecall } from './open.ts';
import { notifyParty, recoverGoods } from './told.ts';

export const recallCommands = [
  openRecall,
  notifyParty,
  recoverGoods,
  closeRecall,
  freeGoods,
] as unknown as CommandDefinition[];
