/** The commands of master data, settings, parties, lots and serials; those of postings have their own list. */
import type { CommandDefinition } from '../ports/view.ts';
import { codeTypeCommands } from './code-types.ts';
import { gradeCommands } from './grades.ts';
import { itemCommands } from './items.ts';
import { letterTableCommands } from './letter-tables.ts';
import { lotStatusCommands } from './lot-statuses.ts';
import { lotTypeCommands } from './lot-types.ts';
import { createLot } from './lots/create.ts';
import { removeLot } from './lots/remove.ts';
import { updateLot } from './lots/update.ts';
import { partyCommands } from './parties.ts';
import { createSerial } from './serials/create.ts';
import { removeSerial } from './serials/remove.ts';
import { updateSerial } from './serials/update.ts';
import { settingsCommands } from './settings.ts';
import { templateCommands } from './templates.ts';
import { warehouseCommands } from './warehouses.ts';

export const masterCommands: CommandDefinition[] = [
  ...codeTypeCommands,
  ...letterTableCommands,
  ...itemCommands,
  ...warehouseCommands,
  ...templateCommands,
  ...lotStatusCommands,
  ...lotTypeCommands,
  ...gradeCommands,
  ...settingsCommands,
  ...partyCommands,
  ...([
    createLot,
    updateLot,
    removeLot,
    createSerial,
    updateSerial,
    removeSerial,
  ] as unknown as CommandDefinition[]),
];
