/** Template functions for quantities, expiries, stock bars and codes, as cells and facts show them. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ExpiryTerms } from '../i18n/expiry.ts';
import type { Format } from '../i18n/format.ts';
import { icon } from '../icons.ts';
import { geometry } from './geometry.ts';

const DASH = '—';

/** Unknown or not applicable. Zero is something else. */
export const dash: TemplateResult = html`<span class="faint">${DASH}</span>`;

/** A code as typed, safe in either direction. */
export const code = (text: string): TemplateResult => html`<bdi class="code">${text}</bdi>`;

export interface QuantityOptions {
  /** The unit's decimals: all of them are shown. */
  readonly decimals?: number;
  /** The longest decimals of the column: invisible ones fill up, so that points align. */
  readonly pad?: number;
  /** Show a plus; for movements. */
  readonly signed?: boolean;
}

/** A quantity with quiet decimals; null is an em dash. */
export function quantity(
  value: string | null | undefined,
  format: Format,
  o: QuantityOptions = {},
): TemplateResult {
  if (value === null || value === undefined) return dash;
  const decimals = o.decimals ?? 0;
  const parts = format.quantityParts(value, decimals);
  const plus = o.signed && !parts.zero && parts.sign === '' ? '+' : '';
  const missing = Math.max(0, (o.pad ?? 0) - (parts.fraction.length === 0 ? 0 : parts.fraction.length - 1));
  const point = parts.fraction === '' ? format.point : '';
  const ghost =
    missing === 0
      ? nothing
      : html`<span class="dec ghost" aria-hidden="true">${point}${(format.digits[0] ?? '0').repeat(missing)}</span>`;
  const fraction = parts.fraction === '' ? nothing : html`<span class="dec">${parts.fraction}</span>`;
  return html`<bdi class=${parts.zero ? 'zero' : 'q'}>${plus}${parts.sign}${parts.whole}${fraction}${ghost}</bdi>`;
}

const tones = { past: 't-danger strong', block: 't-danger', warn: 't-warn', plain: '', quiet: '' } as const;
const lifes = { past: 'gone', block: 'danger', warn: 'warn', plain: '', quiet: '' } as const;

/** Date, life line and words of an expiry; `quiet` where nothing is in stock. */
export function expiryCell(
  date: string | null | undefined,
  today: string,
  terms: ExpiryTerms,
  quiet: boolean,
  format: Format,
): TemplateResult {
  if (!date) return dash;
  const e = format.expiry(date, today, terms, quiet);
  const sign =
    e.severity === 'past' ? icon('expired') : /block|warn/.test(e.severity) ? icon('warn') : nothing;
  const lined = terms.shelfLifeDays || e.severity === 'past';
  const line = html`<span class="life ${lifes[e.severity]} ${lined ? '' : 'none'}" aria-hidden="true">${
    e.left === null || e.severity === 'past' || quiet
      ? nothing
      : html`<i ${geometry({ 'inline-size': `${e.left}%` })}></i>`
  }</span>`;
  return html`<span class="exp ${quiet ? 'muted' : ''}" title=${e.sentence}><span class="d" aria-hidden="true">${e.date}</span>${line}<span
    class="r ${tones[e.severity]}" aria-hidden="true">${sign}<span class="w">${e.words}</span></span><span class="sr">${e.sentence}</span></span>`;
}

/**
 * A stock bar: the track's length is what was loaded, on one scale with its neighbours; solid is available,
 * hatched reserved, empty has moved out. `blocked` hatches all of it in danger.
 */
export function stockBar(
  row: { loaded: string | null; onHand: string; reserved: string; available: string },
  widest: number,
  blocked = false,
): TemplateResult {
  // Lengths on a screen, not quantities: here a float is good enough.
  const number = (text: string | null) => Math.max(0, Number(text));
  const loaded = Math.max(number(row.loaded), number(row.onHand));
  const share = (part: number) => (loaded === 0 ? '0%' : `${(part / loaded) * 100}%`);
  const onHand = number(row.onHand);
  const reserved = Math.min(onHand, number(row.reserved));
  const length = widest === 0 ? '0%' : `${(loaded / widest) * 100}%`;
  const fills = blocked
    ? html`<i class="blk" ${geometry({ 'inline-size': share(onHand) })}></i>`
    : html`<i ${geometry({ 'inline-size': share(onHand - reserved) })}></i><i
        class="res" ${geometry({ 'inline-size': share(reserved) })}></i>`;
  return html`<span class="stock" aria-hidden="true" ${geometry({ 'inline-size': length })}>${fills}</span>`;
}

/** A place: `MAIN · A-01`. */
export function place(
  warehouse: string | null | undefined,
  location: string | null | undefined,
): TemplateResult {
  if (!warehouse) return dash;
  return html`<bdi>${warehouse}${location ? ` · ${location}` : ''}</bdi>`;
}
