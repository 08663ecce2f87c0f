/** The commands of master data, settings, parties, lots and serials; those of postings have their own list. */
import type { CommandDefinition } from '../ports/view.ts';
import { alertCommands } from './alerts.ts';
import { blockRuleCommands } from './block-rules.ts';
import { codeTypeCommands } from './code-types.ts';
import { postCount } from './counts/post.ts';
import { documentCommands } from './documents.ts';
import { gradeCommands } from './grades.ts';
import { inspectionCommands } from './inspections.ts';
import { itemCommands } from './items.ts';
import { jobCommandDefinitions } from './jobs.ts';
import { letterTableCommands } from './letter-tables.ts';
import { lotStatusCommands } from './lot-statuses.ts';
import { lotTypeCommands } from './lot-types.ts';
import { createLot } from './lots/create.ts';
import { removeLot } from './lots/remove.ts';
import { transitLot } from './lots/transition.ts';
import { updateLot } from './lots/update.ts';
import { partyCommands } from './parties.ts';
import { printedCommands } from './printed.ts';
import { recallCommands } from './recalls/index.ts';
import { reservationCommands } from './reservations/index.ts';
import { createSerial } from './serials/create.ts';
import { installSerial, uninstallSerial } from './serials/install.ts';
import { removeSerial } from './serials/remove.ts';
import { transitSerial } from './serials/transition.ts';
import { updateSerial } from './serials/update.ts';
import { settingsCommands } from './settings.ts';
import { templateCommands } from './templates.ts';
import { transformCommands } from './transform/index.ts';
import { transitionCommands } from './transitions.ts';
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
  ...blockRuleCommands,
  ...transitionCommands,
  ...settingsCommands,
  ...partyCommands,
  ...documentCommands,
  ...printedCommands,
  ...jobCommandDefinitions,
  ...inspectionCommands,
  ...alertCommands,
  ...transformCommands,
  ...recallCommands,
  ...reservationCommands,
  ...([
    createLot,
    updateLot,
    transitLot,
    removeLot,
    createSerial,
    updateSerial,
    transitSerial,
    removeSerial,
    installSerial,
    uninstallSerial,
    postCount,
  ] as unknown as CommandDefinition[]),
];
