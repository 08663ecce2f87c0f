/** The lots register: its chips, its cards and its opened row; its columns stand in `lot-fields.ts`. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Lookups } from '../../controllers/lookups.ts';
import type { Lot } from '../../core.ts';
import { code, dash, quantity, stockBar } from '../../primitives/values.ts';
import { lotActions } from './actions.ts';
import type { ChipDefinition, KindContext, RegisterKind } from './kind.ts';
import { openLink } from './links.ts';
import { lotExpiry, lotFields, lotItem, lotPlace, stocked } from './lot-fields.ts';
import { edgeOf, lotStanding, lotTerms } from './standing.ts';

const EXPIRING_DAYS = 30;

/** Codes of the statuses in which nothing may be taken. */
const blocking = ({ statuses }: Lookups): readonly string[] =>
  [...statuses.values()].filter(({ available, planning }) => !available && !planning).map(({ code }) => code);

/** What may not be sold, as the list says; by its statuses where the list does not. */
function blockedChip(offers: (filter: string) => boolean, lookups: Lookups): ChipDefinition | false {
  const chip = { id: 'blocked', label: 'filter.blocked', icon: 'danger' } as const;
  if (offers('blocked')) return { ...chip, filter: { state: 'open', blocked: true } };
  const blocked = blocking(lookups);
  return (
    offers('status') && blocked.length > 0 && { ...chip, filter: { state: 'open', status: { in: blocked } } }
  );
}

/** The chips, of which only those stand there whose filters the list offers. */
function chips(offers: (filter: string) => boolean, lookups: Lookups): readonly ChipDefinition[] {
  const some: readonly (ChipDefinition | false)[] = [
    offers('state') && { id: 'open', label: 'register.open', filter: { state: 'open' } },
    offers('expiresWithin') && {
      id: 'expiring',
      label: 'register.expiring',
      values: { n: EXPIRING_DAYS },
      icon: 'warn',
      filter: { state: 'open', expiresWithin: EXPIRING_DAYS },
    },
    blockedChip(offers, lookups),
    offers('recalled') && {
      id: 'recalled',
      label: 'filter.recalled',
      icon: 'danger',
      filter: { state: 'open', recalled: true },
      rare: true,
    },
    offers('expired') && {
      id: 'expired',
      label: 'register.expired',
      icon: 'expired',
      filter: { state: 'open', expired: true },
    },
    (offers('inStock') || offers('onHand')) && {
      id: 'zero',
      label: 'filter.zero',
      icon: 'neutral',
      filter: offers('inStock') ? { inStock: false } : { onHand: '0' },
    },
    offers('state') && { id: 'closed', label: 'register.closed', filter: { state: 'closed' } },
    { id: 'all', label: 'register.all', filter: {} },
  ];
  return some.filter((chip) => chip !== false);
}

function stock(lot: Lot, context: KindContext): TemplateResult {
  const { format } = context;
  const t = format.text.bind(format);
  const rows = lot.stock;
  const widest = Math.max(0, ...rows.map((row) => Math.max(Number(row.loaded), Number(row.onHand))));
  const blocked = lotStanding(lot, context).severity === 'danger';
  const decimals = { decimals: lot.unit.decimals };
  const loads = rows.some(({ loaded }) => loaded !== null);
  if (rows.length === 0) return html`<p class="muted">${t('lots.noStock')}</p>`;
  return html`<table aria-label=${t('lots.stock', { code: lot.code })}>
    <thead><tr>
      <th scope="col">${t('word.warehouse')}</th><th scope="col">${t('word.location')}</th>
      ${loads ? html`<th scope="col" class="num opt">${t('word.loaded')}</th>` : nothing}<th scope="col" class="num">${t('word.onHand')}</th>
      <th scope="col" class="num opt">${t('word.reserved')}</th><th scope="col" class="num">${t('word.available')}</th>
      ${loads ? html`<th scope="col" class="scale opt">${t('word.share')}</th>` : nothing}
    </tr></thead>
    <tbody>${rows.map(
      (row) => html`<tr data-place="${row.warehouse}/${row.location ?? ''}">
        <td><bdi>${row.warehouse}</bdi></td><td>${row.location ? code(row.location) : dash}</td>
        ${loads ? html`<td class="num opt">${quantity(row.loaded, format, decimals)}</td>` : nothing}
        <td class="num">${quantity(row.onHand, format, decimals)}</td>
        <td class="num opt">${quantity(row.reserved, format, decimals)}</td>
        <td class="num strong">${quantity(row.available, format, decimals)}</td>
        ${loads ? html`<td class="scale opt">${stockBar(row, widest, blocked)}</td>` : nothing}
      </tr>`,
    )}</tbody></table>`;
}

function details(lot: Lot, context: KindContext): TemplateResult {
  const { format } = context;
  const t = format.text.bind(format);
  const facts: readonly (readonly [string, unknown])[] = [
    [t('word.startDate'), lot.startDate ? format.date(lot.startDate) : dash],
    [t('word.manufacturer'), lot.manufacturer ?? dash],
    [
      t('word.initialQuantity'),
      lot.initialQuantity === null
        ? dash
        : html`${quantity(lot.initialQuantity, format, { decimals: lot.unit.decimals })} <span
            class="unit">${lot.unit.code}</span>`,
    ],
  ];
  return html`<div class="inner">
    <div>${stock(lot, context)}</div>
    <div>
      <dl class="kv">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
      <p class="links">${openLink(context, 'lot', lot.id, lot.code, t('action.openLot'))}</p>
    </div>
  </div>`;
}

function card(lot: Lot, context: KindContext): TemplateResult {
  const { format } = context;
  const t = format.text.bind(format);
  const whole = { decimals: lot.unit.decimals };
  const holding = t('lots.holding', {
    quantity: format.quantity(lot.onHand, lot.unit.decimals),
    reserved: lot.reserved === '0' ? null : format.quantity(lot.reserved, lot.unit.decimals),
  });
  return html`<div class="cut">${lotItem(lot)}</div>
    <div class="line ends">
      <div><span class="lab">${t('word.expiry')}</span>${lotExpiry(lot, context)}</div>
      <div class="end"><span class="lab">${t('word.available')}</span><span class="big">${quantity(
        lot.available,
        format,
        whole,
      )}</span> <span class="unit">${lot.unit.code}</span></div>
    </div>
    <div class="line foots"><span>${lotPlace(lot, context)}</span><span class="grow"></span><span>${holding}</span></div>`;
}

export const lotsKind: RegisterKind<Lot> = {
  kind: 'lot',
  words: 'lots',
  creates: true,
  chips,
  chip: 'open',
  sort: 'expiryDate',
  fields: lotFields,
  actions: lotActions,
  prepare: async (rows, lookups) => {
    await Promise.all([lookups.readItems(rows.map((lot) => lot.item)), lookups.readStatuses()]);
  },
  code: (lot) => lot.code,
  unit: (lot) => lot.unit,
  item: (lot) => lot.item,
  edge: (lot, context) =>
    edgeOf(
      lotStanding(lot, context),
      stocked(lot),
      lot.daysLeft,
      lotTerms(context.lookups.items.get(lot.item)),
    ),
  card,
  details,
};
