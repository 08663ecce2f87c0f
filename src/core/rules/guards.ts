/** Names that deciders and projections must agree on: guards of master data, and ids of retired codes. */
import { codeKey, US } from '../ports/keys.ts';

/** Bumped by every write of a letter table: whoever reads all of a kind expects it. */
export const letterTablesGuard = 'letterTables';

/** Bumped by every write of a template of this warehouse. */
export const templatesGuard = (warehouse: string): string => `templates:${codeKey(warehouse)}`;

/** Bumped by every write of a block rule; absent while nobody ever made one (R51). */
export const blockRulesGuard = 'blockRules';

/** Bumped by whoever brings stock to a location that holds one lot at a time (R136). */
export const placeGuard = (warehouseKey: string, locationKey: string): string =>
  ['place', warehouseKey, locationKey].join(US);

/** Id of a code that was on a movement and is no longer its lot's or serial's. */
export const retiredCodeId = (kind: 'lot' | 'serial', scope: string, key: string): string =>
  [kind, scope, key].join(US);

/**
 * Bumped by every new lot with this supplier's lot, and by every recall of it: a recall misses no lot that is
 * just arriving, and a lot that arrives misses no recall that is just being opened.
 */
export const supplierLotGuard = (supplierLot: string): string => `supplierLot:${codeKey(supplierLot)}`;

/** Bumped by every change of a recall: whoever asks which of them hold a lot expects it. */
export const recallsGuard = 'recalls';
