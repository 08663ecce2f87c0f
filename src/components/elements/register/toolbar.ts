/** Above the rows: title, how many, search, the one primary action, and the chips. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../../icons.ts';
import { button, chip } from '../../primitives/controls.ts';
import type { FrameView } from './frame.ts';

/** Title, how many, search, and the one primary action. */
export function toolbar<R extends { readonly id: string }>(view: FrameView<R>): TemplateResult {
  const { format, kind, narrow } = view;
  const create =
    view.readonly || !kind.creates
      ? nothing
      : button({
          label: format.text(`${kind.words}.new`),
          look: 'primary',
          icon: 'plus',
          press: view.create,
          action: 'create',
        });
  const search = searchBox(view);
  if (!narrow) {
    return html`<div class="bar" part="toolbar"><h2 class="title">${format.text(`${kind.words}.title`)}</h2>${count(view)}
      <span class="grow"></span>${search}${create}</div>`;
  }
  return html`<div class="bar" part="toolbar"><h2 class="title">${format.text(`${kind.words}.title`)}</h2>${count(view)}
      <span class="grow"></span>${create}</div>
    <div class="finders">${search}${sortChoice(view)}</div>`;
}

function count<R extends { readonly id: string }>({ register, kind, format }: FrameView<R>): unknown {
  if (register.phase === 'loading' && register.slow) {
    return html`<span class="count">${format.text(`${kind.words}.reading`)}</span>`;
  }
  if (register.total === undefined || register.phase !== 'ready') return nothing;
  const name = countKey(register);
  return html`<span class="count" data-field="count">${format.text(`${kind.words}.${name}`, { n: register.total })}</span>`;
}

function countKey(register: {
  readonly search: string;
  readonly preset: string;
}): 'open' | 'closed' | 'all' | 'match' {
  if (register.search !== '') return 'match';
  if (register.preset === 'open' || register.preset === 'closed' || register.preset === 'all')
    return register.preset;
  return 'match';
}

function searchBox<R extends { readonly id: string }>(view: FrameView<R>): TemplateResult {
  const { format, kind } = view;
  return html`<span class="in box search" part="field" role="search">${icon('search')}<input
      id="search"
      type="search"
      aria-label=${format.text('register.searchLabel')}
      placeholder=${format.text(`${kind.words}.search`)}
      autocomplete="off"
      spellcheck="false"
      .value=${live(view.typed)}
      @input=${(event: Event) => view.search((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') view.search(view.typed, true);
        if (event.key === 'Escape' && view.typed !== '') {
          event.preventDefault();
          event.stopPropagation();
          view.search('', true);
        }
      }}
    />${
      view.typed === ''
        ? html`<kbd class="kbd" aria-hidden="true">/</kbd>`
        : button({
            label: format.text('register.clearSearch'),
            icon: 'x',
            iconOnly: true,
            look: 'quiet',
            action: 'clear-search',
            press: () => {
              view.search('', true);
              view.focusSearch();
            },
          })
    }</span>`;
}

/** Sorting without a header. */
function sortChoice<R extends { readonly id: string }>({
  register,
  sortable,
  format,
}: FrameView<R>): unknown {
  if (sortable.length === 0) return nothing;
  const field = register.sort.replace(/^-/, '');
  const down = register.sort.startsWith('-');
  return html`<span class="select sorts"><select class="in" aria-label=${format.text('register.sortBy')}
      @change=${(event: Event) => register.setSort((event.target as HTMLSelectElement).value)}>${sortable.map(
        (column) => html`<option value=${column.sort ?? ''} .selected=${column.sort === field}>
          ${format.text(column.label)}</option>`,
      )}</select>${icon('chev')}</span>${button({
        label: format.text(down ? 'register.descending' : 'register.ascending'),
        icon: down ? 'desc' : 'asc',
        iconOnly: true,
        action: 'sort-order',
        press: () => register.sortBy(field),
      })}`;
}

export function chipRow<R extends { readonly id: string }>(
  view: FrameView<R>,
): TemplateResult | typeof nothing {
  const { chips, register, format } = view;
  if (chips.length < 2) return nothing;
  return html`<div class="chips" part="filters" role="group" aria-label=${format.text('register.filters')}>${chips.map(
    ({ id, label, values, icon: shape }) => {
      const known = register.counts.get(id);
      return chip({
        label: format.text(label, values),
        pressed: register.preset === id,
        count: known === undefined ? undefined : format.number(known),
        action: `filter-${id}`,
        press: () => register.setPreset(id),
        ...(shape === undefined ? {} : { icon: shape }),
      });
    },
  )}</div>`;
}
