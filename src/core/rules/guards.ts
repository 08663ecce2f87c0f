/** Names that deciders and projections must agree on: guards of master data, and ids of retired codes. */
import { codeKey, US } from '../ports/keys.ts';

/** Bumped by every write of a letter table: whoever reads all of a kind expects it. */
export const letterTablesGuard = 'letterTables';

/** Bumped by every write of a template of this warehouse. */
export const templatesGuard = (warehouse: string): string => `templates:${codeKey(warehouse)}`;

/** Id of a code that was on a movement and is no longer its lot's or serial's. */
export const retiredCodeId = (kind: 'lot' | 'serial', scope: string, key: string): string =>
  [kind, scope, key].join(US);
