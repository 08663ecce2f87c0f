/** What opens from a filter: the values a field has, with their counts, or a span of days. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { FieldValue, FilterValue } from '../../core.ts';
import { labelText } from '../../extensions/resolve.ts';
import { icon } from '../../icons.ts';
import { button } from '../../primitives/controls.ts';
import { opens } from './filters.ts';
import type { RegisterView, ViewColumn } from './view.ts';

/** The body of the popover of a column's filter. */
export function filterPopover<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
): TemplateResult {
  return opens(column) === 'dates' ? days(view, column) : values(view, column);
}

function values<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
): TemplateResult {
  const { register, format } = view;
  const lists = register.valueLists;
  const all = lists.items.length > 0 && lists.items.every(({ value }) => lists.checked.has(value));
  const some = lists.items.some(({ value }) => lists.checked.has(value));
  return html`<div class="picks" data-filter-values=${column.key}>
    <span class="in box">${icon('search')}<input type="search" autofocus aria-label=${format.text('filter.find')}
      placeholder=${format.text('filter.find')} autocomplete="off" spellcheck="false" .value=${live(lists.searched)}
      @input=${(event: Event) => lists.search((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        lists.search((event.target as HTMLInputElement).value, true);
      }} /></span>
    ${
      lists.items.length > 1
        ? html`<label class="pick every"><input class="check" type="checkbox" .checked=${live(all)}
            .indeterminate=${live(some && !all)} data-action="values-all"
            @change=${(event: Event) => lists.checkAll((event.target as HTMLInputElement).checked)} /><span
            class="grow">${format.text('filter.all')}</span></label>`
        : nothing
    }
    <div class="list" role="group" aria-label=${format.text('filter.values', { column: column.label })} aria-busy=${lists.busy}>
      ${lists.items.map((item) => pick(view, column, item))}${standing(view)}
    </div>
    <div class="ends">${button({
      label: format.text('filter.apply'),
      look: 'primary',
      action: 'values-apply',
      press: () => {
        lists.apply();
        view.popover.close(true);
      },
    })}${clearing(view, column)}</div>
  </div>`;
}

function clearing<R extends { readonly id: string }>(view: RegisterView<R>, column: ViewColumn<R>): unknown {
  const { register, format } = view;
  const { filter } = column;
  if (filter === undefined || register.state.filters[filter] === undefined) return nothing;
  return button({
    label: format.text('filter.clear'),
    look: 'quiet',
    action: 'values-clear',
    press: () => {
      register.filterRow.clear(filter);
      view.popover.close(true);
    },
  });
}

function standing<R extends { readonly id: string }>({ register, format, say }: RegisterView<R>): unknown {
  const lists = register.valueLists;
  if (lists.problem !== null) return html`<p class="note t-danger">${say(lists.problem)}</p>`;
  if (lists.busy && lists.items.length === 0)
    return html`<p class="note">${format.text('filter.reading')}</p>`;
  if (lists.items.length === 0) return html`<p class="note">${format.text('filter.noValues')}</p>`;
  if (!lists.hasMore) return nothing;
  return html`<button class="link note" type="button" data-action="values-more" @click=${() => lists.more()}>${format.text(
    'filter.moreValues',
  )}</button>`;
}

function pick<R extends { readonly id: string }>(
  { register, format }: RegisterView<R>,
  { field }: ViewColumn<R>,
  { value, label, count }: FieldValue,
): TemplateResult {
  const lists = register.valueLists;
  const choice = field.choices?.find((each) => each.value === value);
  const word = choice
    ? labelText(choice.label, format)
    : value === null
      ? format.text('filter.none')
      : field.filter === 'intent'
        ? format.word('intent', String(value))
        : String(value);
  return html`<label class="pick"><input class="check" type="checkbox" data-value=${String(value)}
    .checked=${live(lists.checked.has(value))}
    @change=${(event: Event) => lists.check(value, (event.target as HTMLInputElement).checked)} /><span
    class="grow cut"><bdi class=${value === null ? 'muted' : ''}>${word}</bdi>${
      label ? html` <span class="sub">${label}</span>` : nothing
    }</span><span class="tally">${format.number(count)}</span></label>`;
}

/** The ends of a span, where a filter is one. */
function spanOf(value: FilterValue | undefined): { readonly from: string; readonly to: string } {
  if (typeof value === 'string') return { from: value, to: value };
  if (typeof value !== 'object' || value === null) return { from: '', to: '' };
  return { from: String(value.from ?? ''), to: String(value.to ?? '') };
}

/** Two native date fields; every change is asked at once. */
function days<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
): TemplateResult {
  const { register, format } = view;
  const filter = column.filter ?? '';
  const span = spanOf(register.state.filters[filter]);
  const set = (end: 'from' | 'to', text: string): void => {
    const from = end === 'from' ? text : span.from;
    const to = end === 'to' ? text : span.to;
    const value = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
    register.setFilter(filter, from || to ? value : undefined);
  };
  const one = (end: 'from' | 'to', label: string): TemplateResult => html`<div class="field"><label
    for="day-${end}">${label}</label><input class="in" id="day-${end}" type="date" .value=${live(span[end].slice(0, 10))}
    ?autofocus=${end === 'from'} @change=${(event: Event) => set(end, (event.target as HTMLInputElement).value)} /></div>`;
  return html`<div class="picks days">${one('from', format.text('filter.dayFrom'))}${one('to', format.text('filter.dayTo'))}
    <div class="ends">${button({
      label: format.text('action.close'),
      press: () => view.popover.close(true),
      action: 'days-close',
    })}${clearing(view, column)}</div></div>`;
}
