/** The lots register: what stands in its columns, its cards and its opened rows. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Lot } from '../../core.ts';
import { code, dash, expiryCell, place, quantity, stockBar } from '../../primitives/values.ts';
import type { CellContext, ChipDefinition, RegisterKind } from './kind.ts';
import { edgeOf, lotStanding, lotTerms, standingBadge } from './standing.ts';

const EXPIRING_DAYS = 30;

const stocked = (lot: Lot): boolean => !lot.closed && !lot.exhausted && lot.onHand !== '0';

const chips = (offers: (filter: string) => boolean): readonly ChipDefinition[] => [
  { id: 'open', label: 'register.open', filter: { state: 'open' } },
  { id: 'closed', label: 'register.closed', filter: { state: 'closed' } },
  { id: 'all', label: 'register.all', filter: {} },
  ...(offers('expiresWithin')
    ? [
        {
          id: 'expiring',
          label: 'register.expiring' as const,
          values: { n: EXPIRING_DAYS },
          icon: 'warn' as const,
          filter: { state: 'open', expiresWithin: EXPIRING_DAYS },
        },
      ]
    : []),
  ...(offers('expired')
    ? [
        {
          id: 'expired',
          label: 'register.expired' as const,
          icon: 'expired' as const,
          filter: { state: 'open', expired: true },
        },
      ]
    : []),
];

const item = (lot: Lot): TemplateResult =>
  html`<bdi class="medium">${lot.item}</bdi>${lot.variant ? html` <bdi class="sub">${lot.variant}</bdi>` : nothing} <span
      class="sub cut" title=${lot.itemDescription ?? ''}>${lot.itemDescription ?? ''}</span>`;

const expiry = (lot: Lot, context: CellContext): TemplateResult =>
  expiryCell(
    lot.expiryDate,
    context.today,
    lotTerms(context.lookups.items.get(lot.item)),
    !stocked(lot),
    context.format,
  );

const amount = (value: string, lot: Lot, context: CellContext): TemplateResult =>
  quantity(value, context.format, { decimals: lot.unit.decimals, pad: context.pad });

/** Where its stock is: the place, or how many there are. */
function where(lot: Lot, { format }: CellContext): unknown {
  const here = lot.stock.filter((row) => row.onHand !== '0');
  if (here.length > 1) return format.text('place.count', { n: here.length });
  return here[0] ? place(here[0].warehouse, here[0].location) : dash;
}

const supplier = (lot: Lot): unknown => {
  if (lot.supplier === null) return dash;
  return lot.supplierName
    ? html`<span title=${lot.supplier}>${lot.supplierName}</span>`
    : html`<bdi>${lot.supplier}</bdi>`;
};

const vendorLot = (lot: Lot): unknown => (lot.supplierLot ? code(lot.supplierLot) : dash);

function details(lot: Lot, context: CellContext): TemplateResult {
  const { format } = context;
  const t = format.text.bind(format);
  const rows = lot.stock;
  const widest = Math.max(0, ...rows.map((row) => Math.max(Number(row.loaded), Number(row.onHand))));
  const blocked = lotStanding(lot, context).severity === 'danger';
  const decimals = { decimals: lot.unit.decimals };
  const stock =
    rows.length === 0
      ? html`<p class="muted">${t('lots.noStock')}</p>`
      : html`<table aria-label=${t('lots.stock', { code: lot.code })}>
        <thead><tr>
          <th scope="col">${t('word.warehouse')}</th><th scope="col">${t('word.location')}</th>
          <th scope="col" class="num opt">${t('word.loaded')}</th><th scope="col" class="num">${t('word.onHand')}</th>
          <th scope="col" class="num opt">${t('word.reserved')}</th><th scope="col" class="num">${t('word.available')}</th>
          <th scope="col" class="scale opt">${t('word.share')}</th>
        </tr></thead>
        <tbody>${rows.map(
          (row) => html`<tr data-place="${row.warehouse}/${row.location ?? ''}">
            <td><bdi>${row.warehouse}</bdi></td><td>${row.location ? code(row.location) : dash}</td>
            <td class="num opt">${quantity(row.loaded, format, decimals)}</td>
            <td class="num">${quantity(row.onHand, format, decimals)}</td>
            <td class="num opt">${quantity(row.reserved, format, decimals)}</td>
            <td class="num strong">${quantity(row.available, format, decimals)}</td>
            <td class="scale opt">${stockBar(row, widest, blocked)}</td>
          </tr>`,
        )}</tbody></table>`;
  const facts: readonly (readonly [string, unknown])[] = [
    [t('word.startDate'), lot.startDate ? format.date(lot.startDate) : dash],
    [t('word.manufacturer'), lot.manufacturer ?? dash],
    [
      t('word.initialQuantity'),
      lot.initialQuantity === null
        ? dash
        : html`${quantity(lot.initialQuantity, format, decimals)} <span class="unit">${lot.unit.code}</span>`,
    ],
  ];
  return html`<div class="inner">
    ${stock}
    <div>
      <dl class="kv">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
      <p class="links"><button class="link" type="button" data-action="open-lot" @click=${() =>
        context.open('lot', lot.id, lot.code)}>${t('action.openLot')}</button></p>
    </div>
  </div>`;
}

function card(lot: Lot, context: CellContext): TemplateResult {
  const { format } = context;
  const t = format.text.bind(format);
  const whole = { decimals: lot.unit.decimals };
  const holding = t('lots.holding', {
    quantity: format.quantity(lot.onHand, lot.unit.decimals),
    reserved: lot.reserved === '0' ? null : format.quantity(lot.reserved, lot.unit.decimals),
  });
  return html`<div class="cut">${item(lot)}</div>
    <div class="line ends">
      <div><span class="lab">${t('word.expiry')}</span>${expiry(lot, context)}</div>
      <div class="end"><span class="lab">${t('word.available')}</span><span class="big">${quantity(
        lot.available,
        format,
        whole,
      )}</span> <span class="unit">${lot.unit.code}</span></div>
    </div>
    <div class="line foots"><span>${where(lot, context)}</span><span class="grow"></span><span>${holding}</span></div>`;
}

export const lotsKind: RegisterKind<Lot> = {
  kind: 'lot',
  words: 'lots',
  creates: true,
  list: (ledger, query) => ledger.lots.list(query),
  chips,
  chip: 'open',
  sort: 'expiryDate',
  prepare: async (rows, lookups) => {
    await Promise.all([lookups.readItems(rows.map((lot) => lot.item)), lookups.readStatuses()]);
  },
  code: (lot) => lot.code,
  decimals: (lot) => lot.unit.decimals,
  edge: (lot, context) =>
    edgeOf(
      lotStanding(lot, context),
      stocked(lot),
      lot.daysLeft,
      lotTerms(context.lookups.items.get(lot.item)),
    ),
  columns: [
    { id: 'code', label: 'word.lot', sort: 'code', skeleton: 3, cell: (lot) => code(lot.code) },
    { id: 'item', label: 'word.item', sort: 'item', fluid: true, skeleton: 5, cell: item },
    {
      id: 'status',
      label: 'word.status',
      sort: 'status',
      skeleton: 3,
      cell: (lot, context) => standingBadge(lotStanding(lot, context), context),
    },
    { id: 'expiryDate', label: 'word.expiry', sort: 'expiryDate', skeleton: 5, cell: expiry },
    {
      id: 'onHand',
      label: 'word.onHand',
      sort: 'onHand',
      align: 'num',
      from: 62,
      skeleton: 1,
      cell: (lot, context) => amount(lot.onHand, lot, context),
    },
    {
      id: 'reserved',
      label: 'word.reserved',
      align: 'num',
      from: 86,
      skeleton: 1,
      cell: (lot, context) => amount(lot.reserved, lot, context),
    },
    {
      id: 'available',
      label: 'word.available',
      align: 'num',
      skeleton: 2,
      cell: (lot, context) => html`<span class="strong">${amount(lot.available, lot, context)}</span>`,
    },
    { id: 'unit', label: 'word.unit', align: 'unit', skeleton: 1, cell: (lot) => lot.unit.code },
    { id: 'place', label: 'word.place', from: 72, skeleton: 4, cell: where },
    {
      id: 'supplierLot',
      label: 'word.supplierLot',
      sort: 'supplierLot',
      from: 92,
      skeleton: 3,
      cell: vendorLot,
    },
    { id: 'supplier', label: 'word.supplier', sort: 'supplier', from: 95, skeleton: 4, cell: supplier },
  ],
  card: (lot, context) => card(lot, context),
  details,
};
