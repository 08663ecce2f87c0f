/**
 * What a host may say of lots that become other lots: a split, a merge, a conversion into another item, and
 * the opening lots of stock that had none.
 */
import * as z from 'zod/mini';
import { itemLots } from './inputs.ts';
import { documentInput, lotRowInput, serialRowInput } from './posting.ts';
import { attributes, code, isoDate, limits, maybe, note, quantity, text, whole } from './schema.ts';

/** A lot by its id, or by item and code. */
const lotRef = z.union([z.string(), z.strictObject({ item: code(), code: code(), variant: maybe(code()) })]);
export type LotReference = z.infer<typeof lotRef>;

const some = { error: 'field.required' } as const;
const max = z.maxLength(limits.lines, { error: 'limit.lines' });
const pieces = z.optional(z.array(code()).check(max));

/** What both postings of the pair say of themselves. */
const header = {
  warehouse: code(),
  /** An unload that tracks lots, makes lots from lots, and has a load for its counterpart (R90). */
  template: code(),
  date: isoDate(),
  document: maybe(documentInput),
  internalDocument: maybe(documentInput),
  project: maybe(text(50)),
  note: maybe(note()),
};

/** What may be said of the lot that is made; the rest it has from the lot it is made of. */
const madeLot = {
  /** `'auto'`: made by the item's code type. */
  code: code(),
  location: maybe(code()),
  reference: maybe(text(50)),
  description: maybe(text()),
  grade: maybe(code()),
  lotType: maybe(code()),
  packageCount: maybe(whole(0, 1_000_000_000)),
  notes: maybe(note()),
  labelType: maybe(text(50)),
  attributes: z.optional(attributes()),
};
const madeLotInput = z.strictObject(madeLot);
export type MadeLot = z.infer<typeof madeLotInput>;

/** A part of one lot becomes lots of their own (R89, R95). */
export const splitInput = z.strictObject({
  lot: lotRef,
  ...header,
  /** Where it is taken from; where the lot lies in one place only, that one. */
  location: maybe(code()),
  /** All rows together; their sum unless said. */
  quantity: z.optional(quantity()),
  unit: maybe(code()),
  /** The pieces that move, of an item by serial number; of the only row. */
  serials: pieces,
  into: z
    .array(
      z.strictObject({
        ...madeLot,
        /** The lot's own unless said; a later one needs a reason. */
        expiryDate: maybe(isoDate()),
        /** Of the only row, the whole quantity unless said. */
        quantity: z.optional(quantity()),
        serials: pieces,
      }),
    )
    .check(z.minLength(1, some), max),
});
export type SplitInput = z.infer<typeof splitInput>;

/** Several lots of one item become one (R92–R95). */
export const mergeInput = z.strictObject({
  ...header,
  from: z
    .array(
      z.strictObject({
        lot: lotRef,
        /** All that is there unless said. */
        quantity: z.optional(quantity()),
        /** Every place of the warehouse unless said. */
        location: maybe(code()),
        serials: pieces,
      }),
    )
    .check(z.minLength(1, some), max),
  unit: maybe(code()),
  /** A new lot, or one there is. */
  into: madeLotInput,
  /** The earliest of all unless said; a later one goes against a rule. */
  expiryDate: maybe(isoDate()),
  /** Consents to the stricter status where they differ. */
  acceptStatus: z.optional(z.boolean()),
});
export type MergeInput = z.infer<typeof mergeInput>;

/** A lot of one item becomes a lot of another item, or of another variant (R91). */
export const convertInput = z.strictObject({
  lot: lotRef,
  ...header,
  location: maybe(code()),
  /** Needed unless `serials` says it. */
  quantity: z.optional(quantity()),
  unit: maybe(code()),
  serials: pieces,
  toItem: code(),
  toVariant: maybe(code()),
  /** Unless said, as the units of both items convert. */
  toQuantity: z.optional(quantity()),
  toUnit: maybe(code()),
  into: z.strictObject({
    ...madeLot,
    expiryDate: maybe(isoDate()),
    serials: z.optional(z.array(serialRowInput).check(max)),
  }),
});
export type ConvertInput = z.infer<typeof convertInput>;

/** Stock without lots gets them, place by place; of an item that had none, all of it (R21). */
export const openingInput = z.strictObject({
  item: code(),
  date: isoDate(),
  document: maybe(documentInput),
  internalDocument: maybe(documentInput),
  project: maybe(text(50)),
  note: maybe(note()),
  /** How lots are managed from now on; needed where they are not yet. */
  lots: maybe(itemLots),
  stock: z
    .array(
      z.strictObject({
        warehouse: code(),
        template: code(),
        location: maybe(code()),
        variant: maybe(code()),
        lots: z
          .array(
            z.strictObject({
              ...z.omit(lotRowInput, { location: true, quantity: true }).shape,
              /** Needed unless `serials` says it. */
              quantity: z.optional(quantity()),
              serials: pieces,
            }),
          )
          .check(z.minLength(1, some), max),
      }),
    )
    .check(max),
});
export type OpeningInput = z.infer<typeof openingInput>;
