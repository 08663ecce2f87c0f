/** What a register may show of a lot: its columns, as the fields a host's own are made of too. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Lot } from '../../core.ts';
import type { DrawContext, FieldExtension } from '../../extensions/types.ts';
import { code, dash, expiryCell, place, quantity } from '../../primitives/values.ts';
import { descriptive, recorded } from './common-fields.ts';
import { lotStanding, lotTerms, standingBadge, standingWord } from './standing.ts';

/** Whether an alarm about it means anything. */
export const stocked = (lot: Lot): boolean => !lot.closed && !lot.exhausted && lot.onHand !== '0';

export const lotItem = (lot: Lot): TemplateResult =>
  html`<bdi class="medium">${lot.item}</bdi>${lot.variant ? html` <bdi class="sub">${lot.variant}</bdi>` : nothing} <span
      class="sub cut" title=${lot.itemDescription ?? ''}>${lot.itemDescription ?? ''}</span>`;

export const lotExpiry = (lot: Lot, context: DrawContext): TemplateResult =>
  expiryCell(
    lot.expiryDate,
    context.today,
    lotTerms(context.lookups.items.get(lot.item)),
    !stocked(lot),
    context.format,
  );

const amount = (value: unknown, lot: Lot, context: DrawContext): TemplateResult =>
  quantity(value as string | null, context.format, { decimals: lot.unit.decimals, pad: context.pad });

/** The places that hold something of it, as text: `MAIN · A-01, COLD · F-08`. */
const places = (lot: Lot): readonly string[] =>
  lot.stock
    .filter((row) => row.onHand !== '0')
    .map(({ warehouse, location }) => (location ? `${warehouse} · ${location}` : warehouse));

/** Where its stock is: the place, or how many there are. */
export function lotPlace(lot: Lot, { format }: DrawContext): unknown {
  const here = lot.stock.filter((row) => row.onHand !== '0');
  if (here.length > 1) {
    return html`<span title=${places(lot).join(', ')}>${format.text('place.count', { n: here.length })}</span>`;
  }
  return here[0] ? place(here[0].warehouse, here[0].location) : dash;
}

const named = (name: string | null, key: string | null): unknown =>
  key === null ? dash : name ? html`<span title=${key}>${name}</span>` : html`<bdi>${key}</bdi>`;

const coded = (value: unknown): unknown => (value ? code(String(value)) : dash);

/** Status, expiry and quantities: what a clerk looks at first. */
const first: readonly FieldExtension<Lot>[] = [
  {
    key: 'code',
    label: 'word.lot',
    type: 'code',
    sort: 'code',
    filter: 'code',
    example: 'filter.codeSyntax',
    render: coded,
  },
  {
    key: 'item',
    label: 'word.item',
    type: 'text',
    sort: 'item',
    filter: 'item',
    group: 'item',
    fluid: true,
    value: (lot) => lot.item,
    format: (_, lot) => [lot.item, lot.variant, lot.itemDescription].filter(Boolean).join(' '),
    render: (_, lot) => lotItem(lot),
  },
  {
    key: 'status',
    label: 'word.status',
    type: 'text',
    sort: 'status',
    filter: 'status',
    group: 'status',
    role: 'status',
    format: (_, lot, context) => standingWord(lotStanding(lot, context), context),
    render: (_, lot, context) => standingBadge(lotStanding(lot, context), context),
  },
  {
    key: 'expiryDate',
    label: 'word.expiry',
    type: 'date',
    sort: 'expiryDate',
    filter: 'expiryDate',
    group: 'expiryMonth',
    render: (_, lot, context) => lotExpiry(lot, context),
  },
  {
    key: 'onHand',
    label: 'word.onHand',
    type: 'quantity',
    sort: 'onHand',
    filter: 'onHand',
    sum: 'onHand',
    from: 62,
    render: amount,
  },
  {
    key: 'reserved',
    label: 'word.reserved',
    type: 'quantity',
    filter: 'reserved',
    sum: 'reserved',
    from: 86,
    render: amount,
  },
  {
    key: 'available',
    label: 'word.available',
    type: 'quantity',
    sum: 'available',
    render: (value, lot, context) => html`<span class="strong">${amount(value, lot, context)}</span>`,
  },
  {
    key: 'unit',
    label: 'word.unit',
    type: 'text',
    role: 'unit',
    value: (lot) => lot.unit.code,
    render: (value) => html`<span class="unit">${value}</span>`,
  },
];

/** Where it is and where it came from. */
const origin: readonly FieldExtension<Lot>[] = [
  {
    key: 'place',
    label: 'word.place',
    type: 'text',
    filter: 'warehouse',
    group: 'warehouse',
    from: 72,
    value: (lot) => places(lot).join(', '),
    render: (_, lot, context) => lotPlace(lot, context),
  },
  {
    key: 'supplierLot',
    label: 'word.supplierLot',
    type: 'code',
    sort: 'supplierLot',
    filter: 'supplierLot',
    from: 92,
    render: coded,
  },
  {
    key: 'supplier',
    label: 'word.supplier',
    type: 'text',
    sort: 'supplier',
    filter: 'supplier',
    group: 'supplier',
    from: 95,
    value: (lot) => lot.supplier,
    format: (_, lot) => lot.supplierName ?? lot.supplier ?? '',
    render: (_, lot) => named(lot.supplierName, lot.supplier),
  },
];

/** Chosen by those who need them. */
const more: readonly FieldExtension<Lot>[] = [
  ...descriptive,
  { key: 'bestBefore', label: 'word.bestBefore', type: 'date', filter: 'bestBefore' },
  { key: 'retestDate', label: 'word.retestDate', type: 'date', filter: 'retestDate' },
  { key: 'removalDate', label: 'word.removalDate', type: 'date', filter: 'removalDate' },
  { key: 'manufactureDate', label: 'word.manufactureDate', type: 'date' },
  {
    key: 'manufacturer',
    label: 'word.manufacturer',
    type: 'text',
    filter: 'manufacturer',
    group: 'manufacturer',
  },
  { key: 'grade', label: 'word.grade', type: 'code', filter: 'grade', group: 'grade' },
  { key: 'lotType', label: 'word.lotType', type: 'code', filter: 'lotType', group: 'lotType' },
  {
    key: 'initialQuantity',
    label: 'word.initialQuantity',
    type: 'quantity',
    filter: 'initialQuantity',
    sum: 'initialQuantity',
    render: amount,
  },
  { key: 'packageCount', label: 'word.packageCount', type: 'number' },
  { key: 'sellable', label: 'word.sellable', type: 'flag', filter: 'sellable' },
  ...recorded,
];

/**
 * Every built-in field of a lot, in the order of its columns; custom attributes are not among them, since items
 * bring those. A host may build on them, or put an extension of its own in the place of the built-in one, whose
 * id is `lotledger`.
 *
 * @example
 * const status = lotFields.find(({ key }) => key === 'status');
 * register.extensions = [{ id: 'short', on: 'lot', fields: [{ ...status, key: 'state', label: 'State' }] }];
 * register.fields = ['code', 'state', 'onHand'];
 */
export const lotFields: readonly FieldExtension<Lot>[] = [
  ...first,
  ...origin,
  ...more.map((field) => ({ ...field, hidden: true })),
];
