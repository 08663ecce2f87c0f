/**
 * What a host may say: one schema, and its type, per word of master data and settings. Postings have
 * their own file. In an update, undefined keeps and null clears.
 */
import * as z from 'zod/mini';
import { attributes, code, isoDate, maybe, text, whole } from './schema.ts';

/** Where a part of a code comes from. */
export const codeSources = [
  'itemClass',
  'itemCode',
  'characteristic',
  'productCategory',
  'itemType',
  'variant',
  'number',
  'letters',
  'insertDay',
  'insertMonth',
  'insertYear',
  'expiryDay',
  'expiryMonth',
  'expiryYear',
  'lotType',
  'yearLetter',
  'monthLetter',
  'supplierName',
  'invoiceNumber',
  'deliveryNote',
  'supplierLot',
  'text',
] as const;
export type CodeSource = (typeof codeSources)[number];

export const codePart = z.strictObject({
  source: z.enum(codeSources),
  /** Places it takes; required except for `text`. */
  length: z.optional(whole(1, 50)),
  /** One character that fills from the left; without it nothing is filled. */
  fill: maybe(
    z.string().check(z.refine((v) => [...v].length <= 1, { params: { code: 'field.tooLong', max: 1 } })),
  ),
  /** An empty value leaves the part out instead of refusing the code. */
  optional: z.optional(z.boolean()),
  /** The text of a `text` part. */
  value: z.optional(text(50)),
});
export type CodePart = z.infer<typeof codePart>;

/** How codes are composed. */
export const codeTypeInput = z.strictObject({
  code: code(),
  kind: z.enum(['lot', 'serial']),
  description: maybe(text()),
  parts: z.array(codePart).check(z.minLength(1), z.maxLength(20)),
  /** Sources of the parts whose values each have a counter of their own. */
  root: z.optional(z.array(z.enum(codeSources))),
  firstNumber: z.optional(whole(0, 999_999_999_999)),
  firstLetter: z.optional(
    z.string().check(z.refine((v) => /^[A-Z]{1,10}$/.test(v), { params: { code: 'field.characters' } })),
  ),
  /** Give the code of a deleted, never moved lot out again. */
  fillGaps: z.optional(z.boolean()),
});
export type CodeTypeInput = z.infer<typeof codeTypeInput>;

export const letterTableInput = z.strictObject({
  code: code(),
  description: maybe(text()),
  kind: z.enum(['year', 'month']),
  rows: z.array(z.strictObject({ value: whole(1, 9999), letter: text(4) })),
  /** The table that `yearLetter` or `monthLetter` parts use; the first of a kind is it by itself. */
  default: z.optional(z.boolean()),
});
export type LetterTableInput = z.infer<typeof letterTableInput>;

/** What a posting is for; decides which rules a lot must pass. */
export const intents = [
  'purchase',
  'production',
  'sale',
  'transfer',
  'count',
  'scrap',
  'customerReturn',
  'supplierReturn',
  'inspection',
  'other',
] as const;
export type Intent = (typeof intents)[number];

/** A word per intent, none of them required. */
const perIntent = <T extends z.ZodMiniType>(word: T) =>
  z.optional(
    z.strictObject(
      Object.fromEntries(intents.map((intent) => [intent, z.optional(word)])) as Record<
        Intent,
        z.ZodMiniOptional<T>
      >,
    ),
  );
const verdict = z.enum(['allow', 'warn', 'deny']);

/** The dates of a lot that an alert may watch. */
export const alertDates = ['expiryDate', 'retestDate', 'bestBefore', 'removalDate'] as const;
export type AlertDate = (typeof alertDates)[number];

/**
 * What a lot's inspections must say before an intent may take it (R49, R50). `newest` asks the inspection
 * opened last, `all` every one; `finished` asks that it is over, `passed` that it also passed. Unless said a
 * sale asks `passed` and any other intent nothing. A lot never inspected passes unless `required`.
 */
export const inspectionPolicy = z.strictObject({
  policy: z.optional(z.enum(['newest', 'all'])),
  required: z.optional(z.boolean()),
  intents: perIntent(z.enum(['any', 'finished', 'passed'])),
});
export type InspectionPolicy = z.infer<typeof inspectionPolicy>;

export const itemLots = z.strictObject({
  codeType: maybe(code()),
  withdrawal: z.optional(z.enum(['fifo', 'lifo', 'fefo', 'manual'])),
  prefer: maybe(z.enum(['closest'])),
  shelfLifeDays: maybe(whole(0, 36_500)),
  expiryRounding: z.optional(z.enum(['exact', 'firstDayOfMonth', 'lastDayOfMonth'])),
  expiryEditable: z.optional(z.boolean()),
  expiryRequired: z.optional(z.boolean()),
  startDateFrom: z.optional(z.enum(['posting', 'document'])),
  initialStatus: maybe(code()),
  warnDays: maybe(whole(0, 3650)),
  blockDays: maybe(whole(0, 3650)),
  singleSupplier: z.optional(z.boolean()),
  /** Days from the start date, for the dates a new lot gets besides its expiry. */
  retestDays: maybe(whole(0, 36_500)),
  bestBeforeDays: maybe(whole(0, 36_500)),
  removalDays: maybe(whole(0, 36_500)),
  /** Warnings that are evaluated when read and acknowledged once (R40). */
  alerts: z.optional(
    z.array(z.strictObject({ date: z.enum(alertDates), days: whole(0, 3650) })).check(z.maxLength(20)),
  ),
  inspection: maybe(inspectionPolicy),
});
export type ItemLots = z.infer<typeof itemLots>;

export const itemSerials = z.strictObject({
  codeType: maybe(code()),
  generation: z.optional(z.enum(['manual', 'automatic'])),
  shelfLifeDays: maybe(whole(0, 36_500)),
});
export type ItemSerials = z.infer<typeof itemSerials>;

/** The type of a custom attribute. */
export const attributeTypes = ['text', 'number', 'date', 'boolean', 'choice'] as const;

/** One custom attribute of an item's lots or serials: typed, and so filterable and sortable. */
export const attributeField = z.strictObject({
  key: code(),
  /** Whose attribute it is; of both unless said. */
  on: z.optional(z.enum(['lot', 'serial', 'both'])),
  label: maybe(text()),
  type: z.enum(attributeTypes),
  /** What a `choice` may be. */
  choices: z.optional(z.array(text(50)).check(z.maxLength(200))),
  required: z.optional(z.boolean()),
});
export type AttributeField = z.infer<typeof attributeField>;

/** An item and how it is tracked: `lots`, `serials`, both or none. */
export const itemInput = z.strictObject({
  code: code(),
  description: maybe(text()),
  unit: z.strictObject({ code: code(), decimals: whole(0, 6) }),
  alternativeUnits: z.optional(
    z.array(
      z.strictObject({ code: code(), num: whole(1, 1_000_000_000_000), den: whole(1, 1_000_000_000_000) }),
    ),
  ),
  class: maybe(text(50)),
  category: maybe(text(50)),
  type: maybe(text(50)),
  characteristic: maybe(text(50)),
  variants: z.optional(z.array(z.strictObject({ code: code(), description: maybe(text()) }))),
  components: z.optional(
    z.array(
      z.strictObject({ item: code(), quantity: z.string(), alternatives: z.optional(z.array(code())) }),
    ),
  ),
  attributes: z.optional(attributes()),
  /** The custom attributes its lots and serials may carry; without a schema anything goes. */
  attributeSchema: z.optional(z.array(attributeField).check(z.maxLength(100))),
  lots: maybe(itemLots),
  serials: maybe(itemSerials),
});
export type ItemInput = z.infer<typeof itemInput>;

/** A place in a warehouse, and what may happen to stock there (R78, R130, R136). */
export const locationInput = z.strictObject({
  code: code(),
  description: maybe(text()),
  /** Holds one lot at a time. */
  singleLot: z.optional(z.boolean()),
  /** Takes in lots that may not be used, by transfer; what lies here is not available. */
  quarantine: z.optional(z.boolean()),
  /** Whether what lies here counts as available; by default not in quarantine, nor where sales are denied. */
  available: z.optional(z.boolean()),
  /** What stock may be taken from here for. */
  intents: perIntent(verdict),
});
export type LocationInput = z.infer<typeof locationInput>;

export const warehouseInput = z.strictObject({
  code: code(),
  description: maybe(text()),
  kind: z.optional(z.enum(['internal', 'transit'])),
  locations: z.optional(z.array(locationInput)),
});
export type WarehouseInput = z.infer<typeof warehouseInput>;

/** A kind of posting in one warehouse. */
export const templateInput = z.strictObject({
  warehouse: code(),
  code: code(),
  description: maybe(text()),
  type: z.enum(['load', 'unload']),
  intent: maybe(z.enum(intents)),
  tracksLots: z.optional(z.boolean()),
  tracksSerials: z.optional(z.boolean()),
  generatesSerials: z.optional(z.boolean()),
  allowTopUp: z.optional(z.boolean()),
  createsLotFromLot: z.optional(z.boolean()),
  allowUnavailable: z.optional(z.boolean()),
  traced: z.optional(z.boolean()),
  requireDocument: z.optional(z.boolean()),
  requireParty: z.optional(z.boolean()),
  explodeComponents: z.optional(z.boolean()),
  allowAlternatives: z.optional(z.boolean()),
  mixAlternatives: z.optional(z.boolean()),
  allowZero: z.optional(z.boolean()),
  counting: z.optional(z.boolean()),
  defaultLocation: maybe(code()),
  counterpart: maybe(z.strictObject({ warehouse: code(), template: code() })),
});
export type TemplateInput = z.infer<typeof templateInput>;

/** A policy on lots: per intent allow, warn or deny; whether stock counts as available and planning sees it. */
export const lotStatusInput = z.strictObject({
  code: code(),
  description: maybe(text()),
  available: z.optional(z.boolean()),
  planning: z.optional(z.boolean()),
  intents: perIntent(verdict),
});
export type LotStatusInput = z.infer<typeof lotStatusInput>;

export const lotTypeInput = z.strictObject({ code: code(), description: maybe(text()) });
export type LotTypeInput = z.infer<typeof lotTypeInput>;
export const gradeInput = z.strictObject({ code: code(), description: maybe(text()) });
export type GradeInput = z.infer<typeof gradeInput>;

/**
 * Keeps future receipts out of available stock (R51): a lot that a load makes and that fits every condition
 * given gets the rule's status instead of the item's initial one.
 */
export const blockRuleInput = z.strictObject({
  code: code(),
  description: maybe(text()),
  item: maybe(code()),
  /** `%` is any run of characters, `_` one; compared as codes are. */
  codePattern: maybe(text(200)),
  supplier: maybe(code()),
  supplierLot: maybe(text(50)),
  /** First and last posting date it concerns. */
  from: maybe(isoDate()),
  to: maybe(isoDate()),
  status: code(),
  active: z.optional(z.boolean()),
});
export type BlockRuleInput = z.infer<typeof blockRuleInput>;

/**
 * A named step of the workflow (R48): from some statuses to another, with what else it sets. The actor needs
 * the permission `transition.<code>`, which a host's `permit` hook may tie to roles.
 */
export const transitionInput = z.strictObject({
  code: code(),
  description: maybe(text()),
  kind: z.enum(['lot', 'serial']),
  /** Statuses it starts from; any, and none, unless said. `null` in the list: without a status. */
  from: z.optional(z.array(z.nullable(code())).check(z.maxLength(100))),
  /** The status it leads to; unchanged unless said, null clears it. */
  to: maybe(code()),
  sellable: z.optional(z.boolean()),
  closed: z.optional(z.boolean()),
  cancelled: z.optional(z.boolean()),
});
export type TransitionInput = z.infer<typeof transitionInput>;

/** Settings of the whole ledger. */
export const settingsInput = z.strictObject({
  codeScope: z.optional(z.enum(['item', 'ledger'])),
  lotsRequired: z.optional(z.boolean()),
  sellableBlocks: z.optional(z.enum(['sale', 'all'])),
  duplicateRows: z.optional(z.enum(['merge', 'refuse'])),
  allowExistingSerial: z.optional(z.boolean()),
  openFrom: maybe(isoDate()),
  openTo: maybe(isoDate()),
  /** The last day that is closed for good: nothing may be dated on or before it. */
  closedThrough: maybe(isoDate()),
  allowFutureDates: z.optional(z.boolean()),
  workflowOnly: z.optional(z.boolean()),
});
export type SettingsInput = z.infer<typeof settingsInput>;

/** Settings of a new ledger. */
export const defaultSettings: Required<SettingsInput> = {
  codeScope: 'item',
  lotsRequired: true,
  sellableBlocks: 'sale',
  duplicateRows: 'merge',
  allowExistingSerial: false,
  openFrom: null,
  openTo: null,
  closedThrough: null,
  allowFutureDates: false,
  workflowOnly: false,
};

export const partyInput = z.strictObject({
  kind: z.enum(['customer', 'supplier', 'other']),
  code: code(),
  name: maybe(text()),
});
export type PartyInput = z.infer<typeof partyInput>;
