/** What a host may say of reservations. */
import * as z from 'zod/mini';
import { intents } from '../../model/inputs.ts';
import { documentTypes } from '../../model/posting.ts';
import { code, isoDate, limits, maybe, note, quantity, text, whole } from '../../model/schema.ts';

/** The host's document a reservation belongs to. */
export const documentInput = z.strictObject({ type: z.enum(documentTypes), number: code() });

const partyInput = z.strictObject({
  kind: z.enum(['customer', 'supplier', 'other']),
  code: code(),
  name: maybe(text()),
});

/** What may be said once for all lines, or for each. */
const shared = {
  /** What it is for; a sale unless said, the strictest. */
  intent: z.optional(z.enum(intents)),
  /** The day its lots must be good on (R28); today unless said. */
  needDate: maybe(isoDate()),
  party: maybe(partyInput),
  note: maybe(note()),
};

/** One lot of a line; its quantity is in the line's unit. */
const lotRow = z.strictObject({ code: code(), quantity: quantity(), location: maybe(code()) });

/**
 * One item of a document. Without `lots` and `serials` it is a promise of the item: of whichever lot that is
 * good on the need date. A location holds it at that place; without one it is held in the warehouse.
 */
const line = z.strictObject({
  item: code(),
  variant: maybe(code()),
  warehouse: code(),
  location: maybe(code()),
  quantity: quantity(),
  unit: maybe(code()),
  lots: maybe(z.union([z.literal('auto'), z.array(lotRow)])),
  /** What the named lots leave of the quantity: `'auto'` has it chosen by the item's withdrawal (R99). */
  rest: maybe(z.literal('auto')),
  serials: maybe(z.union([z.literal('auto'), z.array(code())])),
  minShelfLifeDays: maybe(whole(0, 36_500)),
  singleLot: z.optional(z.boolean()),
  ...shared,
});

/** Reservations of one document, all or none. */
export const commitInput = z.strictObject({
  /** Null, or left out: made by hand. */
  document: maybe(documentInput),
  ...shared,
  lines: z
    .array(line)
    .check(z.minLength(1, { error: 'field.required' }), z.maxLength(limits.lines, { error: 'limit.lines' })),
});
export type CommitInput = z.infer<typeof commitInput>;
export type CommitLine = CommitInput['lines'][number];

const version = z.optional(whole(0, Number.MAX_SAFE_INTEGER));

export const alterInput = z.strictObject({
  id: z.string(),
  version,
  /** The whole of it from now on, what was fulfilled and released included; in the item's base unit. */
  quantity: z.optional(quantity()),
  needDate: z.optional(isoDate()),
  party: maybe(partyInput),
  note: maybe(note()),
});
export type AlterInput = z.infer<typeof alterInput>;

export const moveInput = z.strictObject({
  id: z.string(),
  version,
  /** The same unless said. */
  warehouse: z.optional(code()),
  /** Null, or left out: in the warehouse, without place. */
  location: maybe(code()),
  /** All that is open unless said; a part becomes a reservation of its own. */
  quantity: z.optional(quantity()),
});
export type MoveInput = z.infer<typeof moveInput>;

export const releaseInput = z.union([
  z.strictObject({ id: z.string(), version, quantity: z.optional(quantity()) }),
  z.strictObject({ document: documentInput }),
]);
export type ReleaseInput = z.infer<typeof releaseInput>;

export const substituteInput = z.strictObject({
  id: z.string(),
  version,
  /** Code of another lot of the same item, or of another piece. */
  lot: z.optional(code()),
  serial: z.optional(code()),
  /** Where it is from now on; as before unless said, null for without place. */
  location: maybe(code()),
  /** All that is open unless said; a part becomes a reservation of its own. */
  quantity: z.optional(quantity()),
});
export type SubstituteInput = z.infer<typeof substituteInput>;
