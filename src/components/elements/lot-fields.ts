/**
 * The fields of a lot for its view and its forms, in the shape a host's own are made of; and in which group
 * each of them stands. A field of a host stands where the one it was put in front of stands.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { LotFieldShape } from '../controllers/lot-form-extra.ts';
import { fieldValue } from '../controllers/lot-form-extra.ts';
import type { LotLists } from '../controllers/lot-form-lookups.ts';
import type { Lot } from '../core.ts';
import { labelText } from '../extensions/resolve.ts';
import type { DrawContext, Extension, FieldChoice, FieldExtension } from '../extensions/types.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { code, dash, quantity } from '../primitives/index.ts';

type Field = FieldExtension<Lot>;

const choices = (records: LotLists[keyof LotLists]): readonly FieldChoice[] =>
  records.map(({ code: value, description }) => ({
    value,
    label: description ? `${value} ${description}` : value,
  }));

const named = (value: string, name: string | null | undefined): TemplateResult =>
  html`<bdi>${value}</bdi>${name ? html` <span class="muted">${name}</span>` : nothing}`;

const fixed = { readonly: true } as const;

/** The fields that the ledger knows, with the choices it offers. */
export function lotRecordFields(lists: LotLists): readonly Field[] {
  const describe = (records: LotLists[keyof LotLists]) => (value: unknown) =>
    value ? named(String(value), records.find((each) => each.code === value)?.description) : dash;
  return [
    { key: 'code', label: 'lotForm.code', type: 'code' },
    { key: 'reference', label: 'word.reference', type: 'text' },
    { key: 'description', label: 'word.description', type: 'text' },
    { key: 'startDate', label: 'word.startDate', type: 'date' },
    { key: 'expiryDate', label: 'word.expiryDate', type: 'date' },
    { key: 'manufactureDate', label: 'word.manufactureDate', type: 'date' },
    { key: 'bestBefore', label: 'word.bestBefore', type: 'date' },
    { key: 'retestDate', label: 'word.retestDate', type: 'date' },
    { key: 'removalDate', label: 'word.removalDate', type: 'date' },
    {
      key: 'supplier',
      label: 'word.supplier',
      type: 'text',
      render: (value, lot) => (value ? named(String(value), lot.supplierName) : dash),
    },
    { key: 'supplierLot', label: 'word.supplierLot', type: 'code' },
    { key: 'manufacturer', label: 'word.manufacturer', type: 'text' },
    {
      key: 'initialQuantity',
      label: 'word.initialQuantity',
      type: 'quantity',
      ...fixed,
      render: (value, lot, { format }) =>
        value === null
          ? dash
          : html`${quantity(String(value), format, { decimals: lot.unit.decimals })} <small>${lot.unit.code}</small>`,
    },
    {
      key: 'status',
      label: 'word.status',
      type: 'text',
      choices: choices(lists.statuses),
      render: (value, _lot, { format }) =>
        value === null ? format.text('badge.released') : describe(lists.statuses)(value),
    },
    {
      key: 'lotType',
      label: 'word.lotType',
      type: 'text',
      choices: choices(lists.lotTypes),
      render: describe(lists.lotTypes),
    },
    {
      key: 'grade',
      label: 'word.grade',
      type: 'text',
      choices: choices(lists.grades),
      render: describe(lists.grades),
    },
    { key: 'packageCount', label: 'word.packageCount', type: 'number' },
    { key: 'labelType', label: 'word.labelType', type: 'text' },
    { key: 'sellable', label: 'word.sellable', type: 'flag' },
    { key: 'closed', label: 'word.closed', type: 'flag', ...fixed },
    {
      key: 'notes',
      label: 'word.notes',
      type: 'text',
      render: (value) => (value ? html`<span class="pre">${value}</span>` : dash),
    },
    { key: 'createdAt', label: 'word.createdAt', type: 'instant', ...fixed },
    { key: 'updatedAt', label: 'word.updatedAt', type: 'instant', ...fixed },
  ];
}

/** The built-in extension of a lot's record: its fields, and whatever else an element gives it. */
export const lotRecord = (lists: LotLists, more: Partial<Extension<Lot>> = {}): Extension<Lot> => ({
  id: 'lotledger.lot',
  on: 'lot',
  fields: lotRecordFields(lists),
  ...more,
});

/** A group of fields as a clerk thinks of them. */
export interface Section {
  readonly id: string;
  readonly title: MessageKey;
  readonly fields: readonly LotFieldShape[];
}

/** Fields of a host's own that ask for no place. */
const MORE = 'more';

const groups: readonly (readonly [id: string, title: MessageKey, keys: readonly string[]])[] = [
  ['lot', 'lotForm.lot', ['code', 'reference', 'description']],
  [
    'dates',
    'lotForm.dates',
    ['startDate', 'expiryDate', 'manufactureDate', 'bestBefore', 'retestDate', 'removalDate'],
  ],
  ['origin', 'lotForm.origin', ['supplier', 'supplierLot', 'manufacturer', 'initialQuantity']],
  [
    'use',
    'lotForm.use',
    ['status', 'lotType', 'grade', 'packageCount', 'labelType', 'sellable', 'closed', 'notes'],
  ],
  [MORE, 'lotForm.more', []],
  ['recorded', 'word.recorded', ['createdAt', 'updatedAt']],
];

/** The fields by group, in their order; groups that are empty are left out. */
export function inSections(fields: readonly LotFieldShape[]): readonly Section[] {
  const home = new Map(groups.flatMap(([id, , keys]) => keys.map((key) => [key, id] as const)));
  const groupOf = (field: LotFieldShape): string =>
    home.get(field.key) ?? (field.before === undefined ? undefined : home.get(field.before)) ?? MORE;
  const filled = groups.map(([id, title]) => ({
    id,
    title,
    fields: fields.filter((each) => groupOf(each) === id),
  }));
  return filled.filter((section) => section.fields.length > 0);
}

const empty = (value: unknown): boolean => value === null || value === undefined || value === '';

function byType(field: LotFieldShape, value: unknown, { format }: DrawContext): unknown {
  const text = String(value);
  const choice = field.choices?.find((each) => each.value === text);
  if (choice !== undefined) return html`<bdi>${labelText(choice.label, format)}</bdi>`;
  if (field.type === 'code') return code(text);
  if (field.type === 'flag') return format.text(value === true || text === 'true' ? 'word.yes' : 'word.no');
  if (field.type === 'date') return format.date(text);
  if (field.type === 'instant') return format.exactMoment(text);
  const decimal = /^-?\d+(\.\d+)?$/.test(text);
  if ((field.type === 'quantity' || field.type === 'number') && decimal) return quantity(text, format);
  return html`<bdi>${text}</bdi>`;
}

/** The value of a field, drawn as its extension says, else by its type. */
export function drawField(field: LotFieldShape, lot: Lot, data: unknown, context: DrawContext): unknown {
  const value = fieldValue(field, lot, data);
  if (field.render !== undefined) return field.render(value, lot, context);
  if (field.format !== undefined) return html`<bdi>${field.format(value, lot, context)}</bdi>`;
  return empty(value) ? dash : byType(field, value, context);
}
