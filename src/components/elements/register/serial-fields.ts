/** What a register may show of a serial: its columns, as the fields a host's own are made of too. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Serial } from '../../core.ts';
import type { DrawContext, FieldExtension } from '../../extensions/types.ts';
import type { ExpiryTerms } from '../../i18n/expiry.ts';
import { code, dash, expiryCell, place } from '../../primitives/values.ts';
import { descriptive, recorded } from './common-fields.ts';
import { lotTerms, serialStanding, standingBadge, standingWord } from './standing.ts';

export function serialTerms(serial: Serial, { lookups }: Pick<DrawContext, 'lookups'>): ExpiryTerms {
  const item = lookups.items.get(serial.item);
  return { ...lotTerms(item), shelfLifeDays: item?.serials?.shelfLifeDays ?? item?.lots?.shelfLifeDays };
}

export const serialItem = (serial: Serial): TemplateResult =>
  html`<bdi class="medium">${serial.item}</bdi>${
    serial.variant ? html` <bdi class="sub">${serial.variant}</bdi>` : nothing
  } <span class="sub cut" title=${serial.itemDescription ?? ''}>${serial.itemDescription ?? ''}</span>`;

export const serialExpiry = (serial: Serial, context: DrawContext): TemplateResult =>
  expiryCell(
    serial.expiryDate,
    context.today,
    serialTerms(serial, context),
    serial.warehouse === null,
    context.format,
  );

export const serialPlace = (serial: Serial, { format }: DrawContext): unknown =>
  serial.warehouse === null
    ? html`<span class="muted">${format.text('place.elsewhere')}</span>`
    : place(serial.warehouse, serial.location);

export const serialHolder = (serial: Serial): unknown =>
  serial.holder === null
    ? dash
    : html`<bdi title=${serial.holder.code}>${serial.holder.name ?? serial.holder.code}</bdi>`;

export const coded = (value: unknown): unknown => (value ? code(String(value)) : dash);

const shown: readonly FieldExtension<Serial>[] = [
  { key: 'code', label: 'word.serial', type: 'code', sort: 'code', filter: 'code', render: coded },
  {
    key: 'item',
    label: 'word.item',
    type: 'text',
    sort: 'item',
    filter: 'item',
    group: 'item',
    fluid: true,
    format: (_, serial) => [serial.item, serial.variant, serial.itemDescription].filter(Boolean).join(' '),
    render: (_, serial) => serialItem(serial),
  },
  { key: 'lot', label: 'word.lot', type: 'code', filter: 'lot', from: 69, render: coded },
  {
    key: 'status',
    label: 'word.status',
    type: 'text',
    sort: 'status',
    filter: 'status',
    group: 'status',
    role: 'status',
    format: (_, serial, context) => standingWord(serialStanding(serial, context), context),
    render: (_, serial, context) => standingBadge(serialStanding(serial, context), context),
  },
  {
    key: 'expiryDate',
    label: 'word.expiry',
    type: 'date',
    sort: 'expiryDate',
    filter: 'expiryDate',
    group: 'expiryMonth',
    from: 60,
    render: (_, serial, context) => serialExpiry(serial, context),
  },
  {
    key: 'warehouse',
    label: 'word.place',
    type: 'text',
    sort: 'warehouse',
    filter: 'warehouse',
    group: 'warehouse',
    format: (_, { warehouse, location }) => [warehouse, location].filter(Boolean).join(' · '),
    render: (_, serial, context) => serialPlace(serial, context),
  },
  {
    key: 'holder',
    label: 'word.holder',
    type: 'text',
    filter: 'holder',
    group: 'holder',
    from: 76,
    value: ({ holder }) => holder?.code ?? null,
    format: (_, { holder }) => holder?.name ?? holder?.code ?? '',
    render: (_, serial) => serialHolder(serial),
  },
  {
    key: 'customerSerial',
    label: 'word.customerSerial',
    type: 'code',
    filter: 'customerSerial',
    from: 90,
    render: coded,
  },
  {
    key: 'supplierSerial',
    label: 'word.supplierSerial',
    type: 'code',
    filter: 'supplierSerial',
    from: 98,
    render: coded,
  },
];

/** Chosen by those who need them. */
const more: readonly FieldExtension<Serial>[] = [
  ...descriptive,
  { key: 'supplier', label: 'word.supplier', type: 'text', filter: 'supplier', group: 'supplier' },
  { key: 'reserved', label: 'word.reserved', type: 'flag', filter: 'reserved' },
  { key: 'missing', label: 'word.missing', type: 'flag', filter: 'missing' },
  ...recorded,
];

/**
 * Every built-in field of a serial, in the order of its columns; custom attributes are not among them, since
 * items bring those.
 *
 * @example
 * register.fields = serialFields.filter(({ hidden }) => !hidden).map(({ key }) => key);
 */
export const serialFields: readonly FieldExtension<Serial>[] = [
  ...shown,
  ...more.map((field) => ({ ...field, hidden: true })),
];
