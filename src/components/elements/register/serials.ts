/** The serials register: where each piece is, or who has it; its columns stand in `serial-fields.ts`. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Serial } from '../../core.ts';
import { code, dash } from '../../primitives/values.ts';
import { serialActions } from './actions.ts';
import type { ChipDefinition, KindContext, RegisterKind } from './kind.ts';
import { openLink } from './links.ts';
import {
  coded,
  serialExpiry,
  serialFields,
  serialHolder,
  serialItem,
  serialPlace,
  serialTerms,
} from './serial-fields.ts';
import { edgeOf, serialStanding } from './standing.ts';

function chips(offers: (filter: string) => boolean): readonly ChipDefinition[] {
  const some: readonly (ChipDefinition | false)[] = [
    offers('state') && { id: 'open', label: 'register.open', filter: { state: 'open' } },
    offers('expired') && {
      id: 'expired',
      label: 'register.expired',
      icon: 'expired',
      filter: { state: 'open', expired: true },
    },
    offers('missing') && {
      id: 'missing',
      label: 'word.missing',
      icon: 'danger',
      filter: { missing: true },
    },
    offers('state') && { id: 'closed', label: 'register.closed', filter: { state: 'closed' } },
    { id: 'all', label: 'register.all', filter: {} },
  ];
  return some.filter((chip) => chip !== false);
}

function details(serial: Serial, context: KindContext): TemplateResult {
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
      <p class="links">${openLink(context, 'serial', serial.id, serial.code, t('action.openSerial'))}</p>
    </div>
  </div>`;
}

function card(serial: Serial, context: KindContext): TemplateResult {
  const t = context.format.text.bind(context.format);
  return html`<div class="cut">${serialItem(serial)}</div>
    <div class="line ends">
      <div><span class="lab">${t('word.expiry')}</span>${serialExpiry(serial, context)}</div>
      <div class="end"><span class="lab">${t(serial.warehouse === null ? 'word.holder' : 'word.place')}</span>${
        serial.warehouse === null ? serialHolder(serial) : serialPlace(serial, context)
      }</div>
    </div>
    ${serial.lot ? html`<div class="line foots"><span>${t('word.lot')} ${code(serial.lot)}</span></div>` : nothing}`;
}

export const serialsKind: RegisterKind<Serial> = {
  kind: 'serial',
  words: 'serials',
  chips,
  chip: 'open',
  sort: 'code',
  fields: serialFields,
  actions: serialActions,
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
  unit: () => undefined,
  item: (serial) => serial.item,
  edge: (serial, context) =>
    edgeOf(
      serialStanding(serial, context),
      serial.warehouse !== null,
      serial.daysLeft,
      serialTerms(serial, context),
    ),
  card,
  details,
};
