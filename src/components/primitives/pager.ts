/** The way through the pages of a list: first, previous, a page by its number, next, last, rows per page. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Format } from '../i18n/format.ts';
import { type IconName, icon } from '../icons.ts';
import { button } from './controls.ts';

/** Where a list is, and where it may go. */
export interface PagerOptions {
  /** The page on the screen, from 1. */
  readonly page: number;
  /** How many there are; undefined where it is not known. */
  readonly pages?: number | undefined;
  /** Whether one follows, where `pages` is not known. */
  readonly hasNext?: boolean;
  readonly go: (page: number) => void;
  /** Any page can be read at once: the number is a field, and the last page is offered. */
  readonly jump?: boolean;
  /** Rows of a page, and what else may be chosen. */
  readonly rows?: number;
  readonly rowChoices?: readonly number[];
  readonly setRows?: (rows: number) => void;
  /** Part of the ids, where an element has several. */
  readonly id?: string;
}

/** The page meant by what was typed, within what there is; undefined when it is no number. */
function pageIn(text: string, pages: number | undefined): number | undefined {
  const typed = text.trim();
  if (!/^\d{1,12}$/.test(typed)) return undefined;
  return Math.min(Math.max(1, Number(typed)), pages ?? Number.MAX_SAFE_INTEGER);
}

function number(o: PagerOptions, format: Format): TemplateResult {
  const { page, pages, go } = o;
  const of =
    pages === undefined
      ? nothing
      : html`<span>${format.text('pager.of', { of: format.number(pages) })}</span>`;
  if (!o.jump || pages === 1) {
    return html`<span class="with" data-field="page"><span>${format.text('pager.page')} <b>${format.number(page)}</b></span>${of}</span>`;
  }
  const read = (event: Event): void => {
    const field = event.currentTarget as HTMLInputElement;
    const wanted = pageIn(field.value, pages);
    if (wanted !== undefined && wanted !== page) go(wanted);
    field.value = String(page);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    read(event);
  };
  const id = `${o.id ?? 'pager'}-page`;
  return html`<span class="with" data-field="page"><label for=${id}>${format.text('pager.page')}</label><input
    class="in pageno" id=${id} type="text" inputmode="numeric" autocomplete="off" maxlength="7"
    .value=${live(String(page))} @keydown=${key} @change=${read}
    @focus=${(event: Event) => (event.currentTarget as HTMLInputElement).select()}>${of}</span>`;
}

function rows(o: PagerOptions, format: Format): TemplateResult | typeof nothing {
  const { rows: now, rowChoices = [], setRows } = o;
  if (now === undefined || setRows === undefined || rowChoices.length === 0) return nothing;
  const all = [...new Set([...rowChoices, now])].sort((a, b) => a - b);
  return html`<label class="with">${format.text('pager.rows')}<span class="select"><select class="in" data-action="rows"
    @change=${(event: Event) => setRows(Number((event.target as HTMLSelectElement).value))}>${all.map(
      (each) => html`<option value=${each} .selected=${each === now}>${format.number(each)}</option>`,
    )}</select>${icon('chev')}</span></label>`;
}

/** The pager; nothing but the rows per page where there is one page only. */
export function pager(o: PagerOptions, format: Format): TemplateResult {
  const { page, pages, go } = o;
  const next = pages === undefined ? o.hasNext === true : page < pages;
  const turn = (action: 'first' | 'previous' | 'next' | 'last', shape: IconName, to: number, can: boolean) =>
    button({
      label: format.text(`pager.${action}`),
      icon: shape,
      iconOnly: true,
      look: 'quiet',
      disabled: !can,
      action,
      press: () => can && go(to),
    });
  const last = o.jump && pages !== undefined && pages > 1;
  const turns = html`<span class="pages" role="group" aria-label=${format.text('pager.label')}>${turn(
    'first',
    'start',
    1,
    page > 1,
  )}${turn('previous', 'left', page - 1, page > 1)}${number(o, format)}${turn('next', 'right', page + 1, next)}${
    last ? turn('last', 'end', pages, next) : nothing
  }</span>`;
  return html`${rows(o, format)}${page > 1 || next ? turns : nothing}`;
}
