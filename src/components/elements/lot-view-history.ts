/** What was changed on a lot by hand: when, by whom, from what to what, and why. */
import { html, nothing, type TemplateResult } from 'lit';
import { button, dash } from '../primitives/index.ts';
import type { LotParts } from './lot-view-parts.ts';

/** A value of a field as people read it. */
function shown(value: unknown, { format }: LotParts): unknown {
  if (value === null || value === undefined || value === '') return dash;
  if (typeof value === 'boolean') return format.text(value ? 'word.yes' : 'word.no');
  if (typeof value === 'number') return format.number(value);
  if (typeof value !== 'string') return html`<span class="code">${JSON.stringify(value)}</span>`;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? format.date(value) : html`<bdi>${value}</bdi>`;
}

/** The History tab. */
export function history(parts: LotParts): TemplateResult {
  const { view, format } = parts;
  const t = format.text.bind(format);
  if (view.history.length === 0) return html`<p class="sec muted">${t('lotView.noHistory')}</p>`;
  const field = (name: string) => (name === 'code' ? t('lotForm.code') : format.word('word', name));
  return html`<div class="wide" tabindex="0" role="region" aria-label=${t('lotView.history')}><table class="history">
    <thead><tr><th scope="col">${t('lotView.when')}</th><th scope="col">${t('word.actor')}</th>
      <th scope="col">${t('lotView.field')}</th><th scope="col">${t('lotView.from')}</th>
      <th scope="col">${t('lotView.to')}</th><th scope="col">${t('word.reason')}</th></tr></thead>
    <tbody>${view.history.map(
      (entry) => html`<tr data-row-id=${entry.id}><td>${format.exactMoment(entry.at)}</td>
        <td><bdi>${entry.actor}</bdi>${
          entry.source
            ? html` <span class="muted">${format.word('lotView.source', entry.source)}</span>`
            : nothing
        }</td><td>${field(entry.field)}</td>
        <td class="muted">${shown(entry.from, parts)}</td><td class="medium">${shown(entry.to, parts)}</td>
        <td class="wrap">${entry.reason ?? dash}</td></tr>`,
    )}</tbody></table></div>${
      view.moreHistory === undefined
        ? nothing
        : html`<div class="sec">${button({
            label: t('lotView.moreMovements'),
            action: 'more-history',
            press: () => void view.more('history'),
          })}</div>`
    }`;
}
