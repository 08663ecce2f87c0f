/** What a host may say of a posting: header, lines, lot rows and serial rows. */
import * as z from 'zod/mini';
import { attributes, code, isoDate, limits, maybe, note, quantity, text, whole } from './schema.ts';

export const documentTypes = [
  'purchaseOrder',
  'purchaseDeliveryNote',
  'purchaseInvoice',
  'salesOrder',
  'salesDeliveryNote',
  'salesInvoice',
  'pickingList',
  'productionOrder',
  'productionReport',
  'transferOrder',
  'subcontractDelivery',
  'subcontractReturn',
  'customerReturn',
  'supplierReturn',
  'countSheet',
  'other',
] as const;
/** The kind of the host's document a posting belongs to. */
export type DocumentType = (typeof documentTypes)[number];

/** The host's document a posting belongs to. */
export const documentInput = z.strictObject({
  type: z.enum(documentTypes),
  number: maybe(text(50)),
  date: maybe(isoDate()),
  url: maybe(text(limits.url)),
});

/**
 * One lot of a line: an existing one by code, or on a load a new one. `code: 'auto'` on a load has the code
 * made from the item's code type, with what the row says: its expiry, the supplier's lot, the lot type.
 */
export const lotRowInput = z.strictObject({
  code: maybe(code()),
  quantity: quantity(),
  location: maybe(code()),
  startDate: maybe(isoDate()),
  expiryDate: maybe(isoDate()),
  manufactureDate: maybe(isoDate()),
  supplierLot: maybe(text(50)),
  manufacturer: maybe(text()),
  lotType: maybe(code()),
  packageCount: maybe(whole(0, 1_000_000_000)),
  sellable: maybe(z.boolean()),
  note: maybe(note()),
  /** Custom attributes of a lot that this row makes. */
  attributes: z.optional(attributes()),
});
/** A lot row as a host writes it; its quantity is in the line's unit. */
export type LotRowInput = z.infer<typeof lotRowInput>;

/** One serial of a line, or a range of codes. */
export const serialRowInput = z.strictObject({
  code: maybe(code()),
  from: maybe(code()),
  to: maybe(code()),
  lot: maybe(code()),
  location: maybe(code()),
  customerSerial: maybe(text(50)),
  supplierSerial: maybe(text(50)),
  startDate: maybe(isoDate()),
  expiryDate: maybe(isoDate()),
  attributes: z.optional(attributes()),
});
/** A serial row as a host writes it: one code, or a range. */
export type SerialRowInput = z.infer<typeof serialRowInput>;

/** One component a product is made of, where the host says so itself instead of the item's own list (R83). */
export const componentInput = z.strictObject({
  item: code(),
  variant: maybe(code()),
  /** For the whole line, in the component's base unit. */
  quantity: quantity(),
  location: maybe(code()),
  alternatives: z.optional(z.array(code())),
  lots: maybe(z.union([z.literal('auto'), z.array(lotRowInput)])),
  serials: maybe(z.union([z.literal('auto'), z.array(serialRowInput)])),
});
/** A component as a host writes it. */
export type ComponentInput = z.infer<typeof componentInput>;

/** One item of a posting. `'auto'` generates codes on a load and allocates on an unload. */
export const lineInput = z.strictObject({
  item: code(),
  variant: maybe(code()),
  quantity: quantity(),
  unit: maybe(code()),
  location: maybe(code()),
  note: maybe(note()),
  project: maybe(text(50)),
  lots: maybe(z.union([z.literal('auto'), z.array(lotRowInput)])),
  serials: maybe(z.union([z.literal('auto'), z.array(serialRowInput)])),
  /** The posting and line that this one brings back (R81). */
  returns: maybe(z.strictObject({ posting: z.string(), line: z.string() })),
  /** What it is made of, instead of the item's components, where the template explodes them. */
  components: maybe(z.array(componentInput).check(z.maxLength(1000))),
});
/** A line as a host writes it. */
export type LineInput = z.infer<typeof lineInput>;

/** A whole posting. */
export const postingInput = z.strictObject({
  /** The host's own document key: unique among accepted, unreversed postings (R88). */
  key: maybe(text(200)),
  /** Sent as the command's id; made by the SDK when absent. */
  commandId: z.optional(z.string()),
  warehouse: code(),
  template: code(),
  date: isoDate(),
  number: maybe(whole(1, 999_999_999)),
  document: maybe(documentInput),
  internalDocument: maybe(documentInput),
  party: maybe(
    z.strictObject({ kind: z.enum(['customer', 'supplier', 'other']), code: code(), name: maybe(text()) }),
  ),
  project: maybe(text(50)),
  note: maybe(note()),
  /**
   * The host's document whose reservations this posting fulfils (R47, R99); unless said, those of `document`
   * and of `internalDocument`.
   */
  fulfils: maybe(z.strictObject({ type: z.enum(documentTypes), number: text(50) })),
  lines: z
    .array(lineInput)
    .check(z.minLength(1, { error: 'field.required' }), z.maxLength(limits.lines, { error: 'limit.lines' })),
  /** The opposite side of a transfer or a production, where the template has a counterpart (R77, R126). */
  counterpart: maybe(
    z.strictObject({
      location: maybe(code()),
      lines: z.optional(z.array(lineInput).check(z.maxLength(limits.lines, { error: 'limit.lines' }))),
    }),
  ),
});
/** A posting as a host writes it. */
export type PostingInput = z.infer<typeof postingInput>;

/** Taking a posting, or single lines of it, back. */
export const reverseInput = z.strictObject({
  id: z.string(),
  date: isoDate(),
  reason: note(limits.reason),
  lines: z.optional(z.array(z.string()).check(z.minLength(1, { error: 'field.required' }))),
});
export type ReverseInput = z.infer<typeof reverseInput>;

/** Other lots or serials for one line of a posting, on its own day (R132). */
export const correctInput = z.strictObject({
  id: z.string(),
  /** Id of the line. */
  line: z.string(),
  reason: note(limits.reason),
  /** Quantities are in the item's base unit, as the line shows them; they add up to the line. */
  lots: z.optional(z.array(lotRowInput).check(z.minLength(1, { error: 'field.required' }))),
  serials: z.optional(z.array(serialRowInput).check(z.minLength(1, { error: 'field.required' }))),
});
export type CorrectInput = z.infer<typeof correctInput>;
