/** What a host may say of a count: what was found, item by item and place by place (R84, R85). */
import * as z from 'zod/mini';
import { code, isoDate, limits, maybe, note, quantity } from './schema.ts';

/** One lot that was counted. */
export const countedLot = z.strictObject({
  code: code(),
  /** In the line's unit. Of an item in single pieces it may be left out: its pieces are named. */
  counted: maybe(quantity()),
});

/** What was found of one item at one place. */
export const countLineInput = z.strictObject({
  item: code(),
  variant: maybe(code()),
  location: maybe(code()),
  /** The unit of the counted quantities; the item's own unless said. */
  unit: maybe(code()),
  /** The lots that were counted; only these change, unless the line is `complete`. */
  lots: z.optional(z.array(countedLot)),
  /** Of stock without lots. */
  counted: maybe(quantity()),
  /** Codes of the pieces that were found. */
  serials: z.optional(z.array(code())),
  /** Codes of pieces that were looked for and are not there. */
  missing: z.optional(z.array(code())),
  /** Everything of the item at this place was counted: what is not named is not there. */
  complete: z.optional(z.boolean()),
});
/** A line of a count as a host writes it. */
export type CountLineInput = z.infer<typeof countLineInput>;

/** A whole count. */
export const countInput = z.strictObject({
  warehouse: code(),
  /** Either of a pair of counting templates of the warehouse: one loads gains, one unloads losses. */
  template: code(),
  /** Compared is what the books have at the end of this day. */
  date: isoDate(),
  note: maybe(note()),
  lines: z
    .array(countLineInput)
    .check(z.minLength(1, { error: 'field.required' }), z.maxLength(limits.lines, { error: 'limit.lines' })),
});
/** A count as a host writes it. */
export type CountInput = z.infer<typeof countInput>;
