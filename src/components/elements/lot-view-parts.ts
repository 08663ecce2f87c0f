/** What every part of a lot's view draws with, and the facts on top of it. */
import { html, nothing, type TemplateResult } from 'lit';
import { Lookups } from '../controllers/lookups.ts';
import type { LotFieldShape } from '../controllers/lot-form-extra.ts';
import type { LotViewController } from '../controllers/lot-view.ts';
import type { Ledger, Lot } from '../core.ts';
import { labelText } from '../extensions/resolve.ts';
import type { DrawContext } from '../extensions/types.ts';
import { expiryDays } from '../i18n/expiry.ts';
import type { Format } from '../i18n/format.ts';
import { banner, code, dash, geometry, quantity } from '../primitives/index.ts';
import { drawField, inSections, type Section } from './lot-fields.ts';
import { type Ways, way } from './record-link.ts';
import type { CellContext } from './register/kind.ts';
import { lotStanding, lotTerms, standingBadge } from './register/standing.ts';

/** What a part may use. */
export interface LotParts extends Ways {
  readonly view: LotViewController;
  readonly lot: Lot;
  readonly format: Format;
  /** Every field of a lot, in its order, and what was fetched for those of the host. */
  readonly fields: readonly LotFieldShape[];
  readonly data: (field: LotFieldShape) => unknown;
}

/** What the fields of extensions draw with. */
export function drawContext(parts: LotParts): DrawContext {
  const { open } = parts;
  return { ...cellContext(parts), open, href: (kind, id, name) => parts.href({ kind, id, code: name }) };
}

/** The context of the registers' cells, so that badges say the same here. */
export function cellContext({ view, format, lot, open }: LotParts): CellContext {
  const lookups = view.lookups ?? new Lookups({} as Ledger);
  return { format, lookups, today: view.today, pad: lot.unit.decimals, open };
}

/** A quantity of the lot with its unit. */
export function amount({ lot, format }: LotParts, value: string): TemplateResult {
  return html`${quantity(value, format, { decimals: lot.unit.decimals })} <small>${lot.unit.code}</small>`;
}

const fact = (name: string, value: unknown, small = false) =>
  html`<div class="fact"><dt class="k">${name}</dt><dd class="v ${small ? 'n' : ''}">${value}</dd></div>`;

/** Today until the last good day, as a share of the shelf life. */
function shelfLife(parts: LotParts): unknown {
  const { lot, view, format } = parts;
  const days = view.item?.lots?.shelfLifeDays;
  if (!lot.expiryDate || !days) return nothing;
  const e = format.expiry(lot.expiryDate, view.today, lotTerms(view.item), lot.onHand === '0');
  const left = Math.max(0, expiryDays(lot.expiryDate, view.today));
  const tone = e.severity === 'block' ? 'danger' : e.severity === 'warn' ? 'warn' : '';
  const line =
    e.severity === 'past'
      ? html`<span class="life gone"></span>`
      : html`<span class="life ${tone}"><i ${geometry({ 'inline-size': `${e.left ?? 0}%` })}></i></span>`;
  const words = format.text('lotView.daysOf', { n: left, of: days });
  return fact(format.text('lotView.shelfLife'), html`<span class="with">${words} ${line}</span>`, true);
}

function expiryFact(parts: LotParts): unknown {
  const { lot, view, format } = parts;
  const name = format.text('lotView.expiry');
  if (!lot.expiryDate) return fact(name, dash);
  const quiet = lot.onHand === '0';
  const e = format.expiry(lot.expiryDate, view.today, lotTerms(view.item), quiet);
  const tone =
    e.severity === 'past' || e.severity === 'block' ? 't-danger' : e.severity === 'warn' ? 't-warn' : '';
  return fact(name, html`<span title=${e.sentence}>${e.date} <small class=${tone}>${e.words}</small></span>`);
}

/** The supplier, as a way to its page. */
const partyWay = (parts: LotParts, inner: unknown): unknown => {
  const { supplier } = parts.lot;
  return supplier ? way(parts, { kind: 'party', id: supplier, code: supplier }, inner) : inner;
};

/** On hand, reserved, available, expiry, shelf life, where it came from and when. */
export function lotFacts(parts: LotParts): TemplateResult {
  const { lot, format } = parts;
  const t = format.text.bind(format);
  const supplier = lot.supplierName ?? lot.supplier;
  const received = parts.view.movements.filter(({ direction }) => direction === 'load').at(-1)?.date;
  const first = parts.view.moreMovements === undefined ? (received ?? null) : lot.startDate;
  const day = (name: 'bestBefore' | 'retestDate' | 'removalDate') =>
    lot[name] ? fact(t(`word.${name}`), format.date(lot[name]), true) : nothing;
  return html`<dl class="facts" part="facts">
    ${fact(t('word.onHand'), amount(parts, lot.onHand))}
    ${lot.closed ? fact(t('lotView.closedQuantity'), amount(parts, lot.closedQuantity)) : nothing}
    ${fact(t('word.reserved'), amount(parts, lot.reserved))}
    ${fact(t('word.available'), amount(parts, lot.available))}
    ${expiryFact(parts)}${shelfLife(parts)}
    ${day('bestBefore')}${day('retestDate')}${day('removalDate')}
    ${supplier ? fact(t('word.supplier'), partyWay(parts, html`<bdi>${supplier}</bdi>`), true) : nothing}
    ${lot.supplierLot ? fact(t('word.supplierLot'), code(lot.supplierLot), true) : nothing}
    ${first ? fact(t('lotView.received'), format.date(first), true) : nothing}
  </dl>`;
}

/** Code, badge and item. */
export function lotTitle(parts: LotParts): TemplateResult {
  const { lot } = parts;
  const context = cellContext(parts);
  return html`<h2 class="code display" id="lot-code"><bdi>${lot.code}</bdi></h2>
    ${standingBadge(lotStanding(lot, context), context)}
    <span class="cut">${way(parts, { kind: 'item', id: lot.item, code: lot.item }, html`<bdi class="medium">${lot.item}</bdi>`)}${
      lot.variant ? html` <bdi class="muted">${lot.variant}</bdi>` : nothing
    } <span class="muted">${lot.itemDescription ?? ''}</span></span>`;
}

/** What a recalled lot says of it. */
export function recallNotice({ view, lot, format }: LotParts): TemplateResult | typeof nothing {
  if (!lot.recall) return nothing;
  return banner({
    severity: 'danger',
    title: format.text('lotView.recalled', { code: lot.recall }),
    text: format.text('lotView.recalledText', { reason: view.recallReason?.replace(/\.$/, '') }),
  });
}

/** Attributes that no field speaks of: they are shown by their names. */
function otherAttributes({ lot, fields }: LotParts): readonly (readonly [string, unknown])[] {
  const spoken = new Set(fields.map(({ key }) => key));
  return Object.entries(lot.attributes)
    .filter(([name]) => !spoken.has(`attributes.${name}`))
    .map(([name, value]) => [name, html`<bdi>${String(value ?? '')}</bdi>`]);
}

/** Every field of the lot, for the View tab. */
export function overview(parts: LotParts): TemplateResult {
  const { lot, format, fields } = parts;
  const context = drawContext(parts);
  const rows = (section: Section) =>
    section.fields.map(
      (field) =>
        [
          labelText(field.label, format),
          field.key === 'supplier' && lot.supplier
            ? partyWay(parts, drawField(field, lot, parts.data(field), context))
            : drawField(field, lot, parts.data(field), context),
          field.key,
        ] as const,
    );
  return html`<div class="cards3">${inSections(fields).map(
    (section) => html`<section class="sec"><h3 class="heading">${format.text(section.title)}</h3>
      <dl class="kv">${rows(section).map(
        ([name, value, key]) => html`<dt>${name}</dt><dd data-field=${key}>${value}</dd>`,
      )}${
        section.id === 'recorded'
          ? otherAttributes(parts).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)
          : nothing
      }</dl></section>`,
  )}</div>`;
}
