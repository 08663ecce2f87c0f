/**
 * The row of filters below the header: native fields that take what somebody types, say by a faint example
 * how, and show in place what could not be read.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { FILTERS } from '../../controllers/grid-keys.ts';
import { labelText } from '../../extensions/resolve.ts';
import type { Label } from '../../extensions/types.ts';
import type { MessageKey } from '../../i18n/catalogue.ts';
import { icon } from '../../icons.ts';
import { leads } from './shape.ts';
import type { RegisterView, ViewColumn } from './view.ts';

/** What stands in an empty filter: how it is typed, or what it lets through. */
function example<R>({ field, filter }: ViewColumn<R>, patterns: boolean): Label {
  if (field.example !== undefined && (patterns || field.type !== 'code')) return field.example;
  if (filter === 'item') return 'filter.allItems';
  if (filter === 'warehouse') return 'filter.allPlaces';
  if (filter === 'supplier') return 'filter.allSuppliers';
  if (field.type === 'date' || field.type === 'instant') return 'filter.anyDate';
  if (field.type === 'quantity' || field.type === 'number') return 'filter.numberSyntax';
  return field.type === 'code' ? 'filter.contains' : 'filter.all';
}

/** Dates are chosen from a calendar, what the list can tell from its values. */
export const opens = <R>({ field, listed }: ViewColumn<R>): 'dates' | 'values' | undefined =>
  field.type === 'date' || field.type === 'instant'
    ? 'dates'
    : listed && (field.type === 'text' || field.choices !== undefined)
      ? 'values'
      : undefined;

export function filterRow<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { columns, ticks, expands } = view;
  const first = leads(view) + 1;
  const lead = html`<td class="lead" role="gridcell"></td>`;
  return html`<tr class="filters" role="row" aria-rowindex="2" @keydown=${(event: KeyboardEvent) => typing(view, event)}>
    ${ticks ? lead : nothing}${expands ? lead : nothing}${columns.map((column, index) =>
      filterCell(view, column, index, first + index),
    )}<td class="tail" role="gridcell"></td>
  </tr>`;
}

function filterCell<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
  index: number,
  place: number,
): TemplateResult {
  const { filter, align, key } = column;
  const stop = view.spot.row === FILTERS && view.spot.column === index ? 0 : -1;
  return html`<td class=${align} role="gridcell" data-column=${key} aria-colindex=${place}
    tabindex=${filter === undefined ? nothing : stop}>${
      filter === undefined
        ? nothing
        : column.field.type === 'flag'
          ? flagFilter(view, column, filter)
          : textFilter(view, column, filter)
    }</td>`;
}

function flagFilter<R extends { readonly id: string }>(
  { register, format }: RegisterView<R>,
  { label }: ViewColumn<R>,
  filter: string,
): TemplateResult {
  const value = register.state.filters[filter];
  const set = (event: Event): void => {
    const { value: chosen } = event.target as HTMLSelectElement;
    register.setFilter(filter, chosen === '' ? undefined : chosen === 'true');
  };
  const option = (id: string, text: string): TemplateResult =>
    html`<option value=${id} .selected=${String(value ?? '') === id}>${text}</option>`;
  return html`<span class="select"><select class="in ${value === undefined ? 'ph' : 'on'}" tabindex="-1" data-filter=${filter}
    aria-label=${format.text('filter.of', { column: label })} @change=${set}>${option('', format.text('filter.any'))}${option(
      'true',
      format.text('word.yes'),
    )}${option('false', format.text('word.no'))}</select>${icon('chev')}</span>`;
}

function textFilter<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
  filter: string,
): TemplateResult {
  const { register, format, popover } = view;
  const { label, key } = column;
  const row = register.filterRow;
  const text = row.text(filter);
  const problem = row.problem(filter);
  const unread = problem === undefined ? undefined : problemText(view, problem, text ?? '');
  const set = register.state.filters[filter] !== undefined;
  const what = opens(column);
  const shown = popover.shown === `filter:${key}`;
  return html`<span class="in box ${set ? 'on' : ''} ${what ? 'opens' : ''}" part="field" title=${unread ?? nothing}><input
      type="text"
      class=${column.align}
      tabindex="-1"
      autocomplete="off"
      spellcheck="false"
      data-filter=${filter}
      aria-label=${format.text('filter.of', { column: label })}
      aria-describedby="filter-help"
      aria-invalid=${unread ? 'true' : nothing}
      aria-description=${unread ?? nothing}
      placeholder=${labelText(example(column, view.register.offers.patterns), format)}
      ?readonly=${text === null}
      .value=${view.typing === filter ? (text ?? '•••') : live(text ?? '•••')}
      @input=${(event: Event) => row.type(filter, (event.target as HTMLInputElement).value)}
      @change=${(event: Event) => text !== null && row.type(filter, (event.target as HTMLInputElement).value, true)}
    />${
      set || unread
        ? html`<button class="drop" type="button" tabindex="-1" data-action="clear-filter" aria-label=${format.text(
            'filter.remove',
            { name: label },
          )} @click=${() => row.clear(filter)}>${icon('x')}</button>`
        : nothing
    }${
      what === undefined
        ? nothing
        : html`<button class="drop" type="button" tabindex="-1" data-action="filter-values" aria-haspopup="dialog"
            aria-expanded=${shown} aria-label=${format.text('filter.openValues', { column: label })}
            @click=${(event: Event) => view.do.values(column, (event.currentTarget as Element).closest('.box') as Element)}>${icon(
              what === 'dates' ? 'cal' : 'chev',
            )}</button>`
    }</span>`;
}

const sentences: Readonly<Record<string, MessageKey>> = {
  notNumber: 'field.notNumber',
  notDate: 'field.notDate',
  noSuchDay: 'field.noSuchDay',
};

function problemText<R extends { readonly id: string }>(
  { format }: RegisterView<R>,
  problem: string,
  text: string,
): string {
  const key = sentences[problem];
  return key === undefined ? format.text('filter.unread', { text }) : format.text(key);
}

/**
 * Keys inside a filter: Enter asks and goes back to the cell, Escape goes back as it was, Tab leads to the
 * next filter, the arrow down leaves for the rows. What the grid would do with a key waits outside.
 */
function typing<R extends { readonly id: string }>(view: RegisterView<R>, event: KeyboardEvent): void {
  const field = event.target as Element;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
  const { register } = view;
  const { filter } = field.dataset;
  if (filter === undefined) return;
  const cell = field.closest('td');
  const column = view.columns.find((each) => each.filter === filter && each.key === cell?.dataset.column);
  const back = (): void => cell?.focus();
  const opening = event.key === 'F9' || event.key === 'F4' || (event.altKey && event.key === 'ArrowDown');
  if (opening && column !== undefined && opens(column)) {
    view.do.values(column, field.closest('.box') ?? field);
  } else if (event.key === 'Enter' && field instanceof HTMLInputElement) {
    if (!field.readOnly) register.filterRow.type(filter, field.value, true);
    back();
  } else if (event.key === 'Escape') {
    back();
  } else if (event.key === 'Tab') {
    if (!beside(field, event.shiftKey)) {
      event.stopPropagation();
      return;
    }
  } else if (event.key === 'ArrowDown' && field instanceof HTMLInputElement && !event.altKey) {
    back();
    return;
  } else {
    // Only what moves between cells is the grid's; a field keeps the rest.
    // What is pressed with a modifier may be the host's.
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (!modified && (event.key !== '?' || field instanceof HTMLInputElement)) event.stopPropagation();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Puts the focus into the neighbouring filter; false where there is none. */
function beside(field: Element, before: boolean): boolean {
  const all = [...(field.closest('tr')?.querySelectorAll<HTMLElement>('[data-filter]') ?? [])];
  const next = all[all.indexOf(field as HTMLElement) + (before ? -1 : 1)];
  next?.focus();
  if (next instanceof HTMLInputElement) next.select();
  return next !== undefined;
}
