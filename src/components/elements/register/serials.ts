/** The serials register: where each piece is, or who has it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Serial } from '../../core.ts';
import type { ExpiryTerms } from '../../i18n/expiry.ts';
import { code, dash, expiryCell, place } from '../../primitives/values.ts';
import type { CellContext, ChipDefinition, RegisterKind } from './kind.ts';
import { edgeOf, lotTerms, serialStanding, standingBadge } from './standing.ts';

function terms(serial: Serial, { lookups }: CellContext): ExpiryTerms {
  const item = lookups.items.get(serial.item);
  return { ...lotTerms(item), shelfLifeDays: item?.serials?.shelfLifeDays ?? item?.lots?.shelfLifeDays };
}

const item = (serial: Serial): TemplateResult =>
  html`<bdi class="medium">${serial.item}</bdi>${
    serial.variant ? html` <bdi class="sub">${serial.variant}</bdi>` : nothing
  } <span class="sub cut" title=${serial.itemDescription ?? ''}>${serial.itemDescription ?? ''}</span>`;

const expiry = (serial: Serial, context: CellContext): TemplateResult =>
  expiryCell(
    serial.expiryDate,
    context.today,
    terms(serial, context),
    serial.warehouse === null,
    context.format,
  );

const where = (serial: Serial, { format }: CellContext): unknown =>
  serial.warehouse === null
    ? html`<span class="muted">${format.text('place.elsewhere')}</span>`
    : place(serial.warehouse, serial.location);

const holder = (serial: Serial): unknown =>
  serial.holder === null
    ? dash
    : html`<bdi title=${serial.holder.code}>${serial.holder.name ?? serial.holder.code}</bdi>`;

const coded = (value: string | null): unknown => (value ? code(value) : dash);

function details(serial: Serial, context: CellContext): TemplateResult {
  const { format } = context;
  const t = format.text.bind(format);
  const left: readonly (readonly [string, unknown])[] = [
    [t('word.description'), serial.description ?? dash],
    [t('word.reference'), serial.reference ?? dash],
    [t('word.startDate'), serial.startDate ? format.date(serial.startDate) : dash],
    [t('word.supplier'), serial.supplier ?? dash],
  ];
  const right: readonly (readonly [string, unknown])[] = [
    [t('word.customerSerial'), coded(serial.customerSerial)],
    [t('word.supplierSerial'), coded(serial.supplierSerial)],
    [t('word.notes'), serial.notes ?? dash],
  ];
  const list = (facts: typeof left) => facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`);
  return html`<div class="inner halves">
    <dl class="kv">${list(left)}</dl>
    <div>
      <dl class="kv">${list(right)}</dl>
      <p class="links"><button class="link" type="button" data-action="open-serial" @click=${() =>
        context.open('serial', serial.id, serial.code)}>${t('action.openSerial')}</button></p>
    </div>
  </div>`;
}

function card(serial: Serial, context: CellContext): TemplateResult {
  const t = context.format.text.bind(context.format);
  return html`<div class="cut">${item(serial)}</div>
    <div class="line ends">
      <div><span class="lab">${t('word.expiry')}</span>${expiry(serial, context)}</div>
      <div class="end"><span class="lab">${t(serial.warehouse === null ? 'word.holder' : 'word.place')}</span>${
        serial.warehouse === null ? holder(serial) : where(serial, context)
      }</div>
    </div>
    ${serial.lot ? html`<div class="line foots"><span>${t('word.lot')} ${code(serial.lot)}</span></div>` : nothing}`;
}

export const serialsKind: RegisterKind<Serial> = {
  kind: 'serial',
  words: 'serials',
  list: (ledger, query) => ledger.serials.list(query),
  chips: (): readonly ChipDefinition[] => [
    { id: 'open', label: 'register.open', filter: { state: 'open' } },
    { id: 'closed', label: 'register.closed', filter: { state: 'closed' } },
    { id: 'all', label: 'register.all', filter: {} },
  ],
  chip: 'open',
  sort: 'code',
  prepare: async (rows, lookups) => {
    // a piece is held by its lot's recall too; what is recalled is never available
    const held = rows.filter(
      ({ onHand, available, recall }) => onHand === '1' && available === '0' && !recall,
    );
    await Promise.all([
      lookups.readItems(rows.map((serial) => serial.item)),
      lookups.readStatuses(),
      lookups.readRecalled(held.flatMap(({ lotId }) => lotId ?? [])),
    ]);
  },
  code: (serial) => serial.code,
  decimals: () => 0,
  edge: (serial, context) =>
    edgeOf(
      serialStanding(serial, context),
      serial.warehouse !== null,
      serial.daysLeft,
      terms(serial, context),
    ),
  columns: [
    { id: 'code', label: 'word.serial', sort: 'code', skeleton: 3, cell: (serial) => code(serial.code) },
    { id: 'item', label: 'word.item', sort: 'item', fluid: true, skeleton: 5, cell: item },
    { id: 'lot', label: 'word.lot', from: 69, skeleton: 3, cell: (serial) => coded(serial.lot) },
    {
      id: 'status',
      label: 'word.status',
      sort: 'status',
      skeleton: 3,
      cell: (serial, context) => standingBadge(serialStanding(serial, context), context),
    },
    { id: 'expiryDate', label: 'word.expiry', sort: 'expiryDate', from: 60, skeleton: 5, cell: expiry },
    { id: 'warehouse', label: 'word.place', sort: 'warehouse', skeleton: 4, cell: where },
    { id: 'holder', label: 'word.holder', from: 76, skeleton: 4, cell: holder },
    {
      id: 'customerSerial',
      label: 'word.customerSerial',
      from: 90,
      skeleton: 3,
      cell: (serial) => coded(serial.customerSerial),
    },
    {
      id: 'supplierSerial',
      label: 'word.supplierSerial',
      from: 98,
      skeleton: 3,
      cell: (serial) => coded(serial.supplierSerial),
    },
  ],
  card,
  details,
};
