/** What every part of a lot's view draws with, and the facts on top of it. */
import { html, nothing, type TemplateResult } from 'lit';
import { Lookups } from '../controllers/lookups.ts';
import type { LotViewController } from '../controllers/lot-view.ts';
import type { Ledger, Lot } from '../core.ts';
import type { RecordKind } from '../events.ts';
import { expiryDays } from '../i18n/expiry.ts';
import type { Format } from '../i18n/format.ts';
import { banner, code, dash, geometry, quantity } from '../primitives/index.ts';
import type { CellContext } from './register/kind.ts';
import { lotStanding, lotTerms, standingBadge } from './register/standing.ts';

/** What a part may use. */
export interface LotParts {
  readonly view: LotViewController;
  readonly lot: Lot;
  readonly format: Format;
  readonly open: (kind: RecordKind, id: string, code: string) => void;
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
    ${supplier ? fact(t('word.supplier'), html`<bdi>${supplier}</bdi>`, true) : nothing}
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
    <span class="cut"><bdi class="medium">${lot.item}</bdi>${
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

/** Every field of the lot, for the View tab. */
export function overview(parts: LotParts): TemplateResult {
  const { lot, format, view } = parts;
  const t = format.text.bind(format);
  const date = (value: string | null) => (value ? format.date(value) : dash);
  const text = (value: string | null) => (value ? html`<bdi>${value}</bdi>` : dash);
  const named = (records: readonly { code: string; description: string | null }[], value: string | null) => {
    const description = records.find((each) => each.code === value)?.description;
    return description ? html`<bdi>${value}</bdi> <span class="muted">${description}</span>` : text(value);
  };
  const yes = (value: boolean) => t(value ? 'word.yes' : 'word.no');
  const supplier = lot.supplierName
    ? html`<bdi>${lot.supplier}</bdi> <span class="muted">${lot.supplierName}</span>`
    : text(lot.supplier);
  const groups: readonly (readonly [string, readonly (readonly [string, unknown])[]])[] = [
    [
      t('lotForm.lot'),
      [
        [t('lotForm.code'), code(lot.code)],
        [t('word.reference'), text(lot.reference)],
        [t('word.description'), text(lot.description)],
        [t('word.notes'), lot.notes ? html`<span class="pre">${lot.notes}</span>` : dash],
      ],
    ],
    [
      t('lotForm.dates'),
      [
        [t('word.startDate'), date(lot.startDate)],
        [t('word.expiryDate'), date(lot.expiryDate)],
        [t('word.manufactureDate'), date(lot.manufactureDate)],
        [t('word.bestBefore'), date(lot.bestBefore)],
        [t('word.retestDate'), date(lot.retestDate)],
        [t('word.removalDate'), date(lot.removalDate)],
      ],
    ],
    [
      t('lotForm.origin'),
      [
        [t('word.supplier'), supplier],
        [t('word.supplierLot'), lot.supplierLot ? code(lot.supplierLot) : dash],
        [t('word.manufacturer'), text(lot.manufacturer)],
        [t('word.initialQuantity'), lot.initialQuantity === null ? dash : amount(parts, lot.initialQuantity)],
      ],
    ],
    [
      t('lotForm.use'),
      [
        [
          t('word.status'),
          lot.status === null ? t('badge.released') : named(view.lists.statuses, lot.status),
        ],
        [t('word.sellable'), yes(lot.sellable)],
        [t('word.closed'), yes(lot.closed)],
        [t('word.lotType'), named(view.lists.lotTypes, lot.lotType)],
        [t('word.grade'), named(view.lists.grades, lot.grade)],
        [t('word.packageCount'), lot.packageCount === null ? dash : format.number(lot.packageCount)],
        [t('word.labelType'), text(lot.labelType)],
      ],
    ],
    [
      t('word.recorded'),
      [
        [t('word.createdAt'), format.exactMoment(lot.createdAt)],
        [t('word.updatedAt'), format.exactMoment(lot.updatedAt)],
        ...Object.entries(lot.attributes).map(([name, value]) => [name, String(value ?? '')] as const),
      ],
    ],
  ];
  return html`<div class="cards3">${groups.map(
    ([title, rows]) => html`<section class="sec"><h3 class="heading">${title}</h3>
      <dl class="kv">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`,
  )}</div>`;
}
