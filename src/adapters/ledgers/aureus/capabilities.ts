/** What a ledger over Aureus can do, and of everything else why not. */
import type { LedgerCapabilities } from '../../../core/index.ts';
import { itemList, warehouseList } from './items.ts';
import { stockLists } from './reading.ts';

const ADMIN = 'This is kept in AureusERP and changed there.';
const NONE = 'AureusERP has nothing of this kind.';
const NO_LOT_IN_LINES =
  'The API of AureusERP takes receipts, deliveries and transfers without lots; post them in AureusERP.';
const NO_PAST = 'AureusERP has no dates of its own for movements, and takes none back.';

/** Commands by the reason why they are not there. */
const reasons: readonly (readonly [reason: string, commands: string])[] = [
  [
    ADMIN,
    `items.create items.update items.remove warehouses.create warehouses.update warehouses.remove
     parties.create parties.update parties.remove settings.update`,
  ],
  [
    NONE,
    `codeTypes.create codeTypes.update codeTypes.remove letterTables.create letterTables.update
     letterTables.remove templates.create templates.update templates.remove lotStatuses.create
     lotStatuses.update lotStatuses.remove lotTypes.create lotTypes.update lotTypes.remove grades.create
     grades.update grades.remove blockRules.create blockRules.update blockRules.remove transitions.create
     transitions.update transitions.remove lots.transition serials.transition inspections.open
     inspections.record inspections.finish alerts.acknowledge jobs.start lots.split lots.merge lots.convert
     serials.install serials.uninstall recalls.open recalls.notify recalls.recover recalls.close recalls.free`,
  ],
  ['AureusERP does not keep who printed a label.', 'lots.printed serials.printed'],
  [NO_LOT_IN_LINES, 'posting.post posting.link items.openLots'],
  [NO_PAST, 'posting.reverse posting.correct'],
  [
    'AureusERP reserves what its own documents need, and its API names no lot for that.',
    'reservations.commit reservations.alter reservations.move reservations.release reservations.substitute',
  ],
  [
    'AureusERP counts one place at a time, without a date, a document or a way back: neither a count nor a posting.',
    'count.post',
  ],
];

const refused = reasons.flatMap(([reason, commands]) =>
  commands.split(/\s+/).map((name) => [`${name}@1`, reason] as const),
);

/** The commands there are, and their permissions. */
export const offeredCommands = {
  'lots.create@1': 'lot.create',
  'lots.update@1': 'lot.edit',
  'lots.remove@1': 'lot.delete',
  'serials.create@1': 'serial.create',
  'serials.update@1': 'serial.edit',
  'serials.remove@1': 'serial.delete',
} as const;
export type OfferedCommand = keyof typeof offeredCommands;

/** What may be said of a lot or serial; the rest of it is Aureus's own, or unknown to it. */
export const editable = ['code', 'reference', 'description'] as const;

export const capabilities: LedgerCapabilities = {
  commands: Object.fromEntries([
    ...Object.keys(offeredCommands).map((name) => [name, true] as const),
    ...refused,
  ]),
  queries: {
    'lots.list': stockLists,
    'lots.get': true,
    'lots.movements': true,
    'serials.list': stockLists,
    'serials.get': true,
    'serials.movements': true,
    'items.list': itemList,
    'items.get': true,
    'warehouses.list': warehouseList,
    'warehouses.get': true,
    'ledger.can': true,
  },
  // what it has accepted stands in the database behind it
  durability: 'strict',
};

const acts: ReadonlySet<string> = new Set(Object.values(offeredCommands));
const fields: ReadonlySet<string> = new Set(['item', ...editable]);
const takesFields = /\.(create|edit)$/;

/**
 * Whether an act is there at all. Whether this user may do it nobody can ask Aureus: it says so when it is
 * tried.
 */
export const isOffered = (action: string, field: string | undefined): boolean =>
  acts.has(action) && (field === undefined || (takesFields.test(action) && fields.has(field)));
