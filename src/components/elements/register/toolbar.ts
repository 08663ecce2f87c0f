/** Above the rows: title, how many, search, what can be done with the register, and the one primary action. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { SEARCH_LENGTH } from '../../controllers/register/state.ts';
import type { Density } from '../../core.ts';
import { labelText } from '../../extensions/resolve.ts';
import { icon } from '../../icons.ts';
import { button } from '../../primitives/controls.ts';
import type { MenuEntry } from '../../primitives/menu.ts';
import { columnChooser } from './column-chooser.ts';
import type { RegisterView } from './view.ts';

export const densities: readonly Density[] = ['compact', 'regular', 'comfortable'];

export function toolbar<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { format, kind, narrow } = view;
  const title = html`<h2 class="title">${format.text(`${kind.words}.title`)}</h2>${count(view)}<span class="grow"></span>`;
  const search = view.searches ? searchBox(view) : nothing;
  if (narrow) {
    return html`<div class="bar" part="toolbar">${title}${moreButton(view)}${createButton(view)}</div>
      <div class="finders">${search}${sortChoice(view)}</div>`;
  }
  const exporting = button({
    label: format.text('register.export'),
    icon: 'down',
    action: 'export',
    press: view.do.exportCsv,
  });
  const create = createButton(view);
  return html`<div class="bar" part="toolbar">${title}${search}<span class="wide">${exporting}</span>${columnsButton(view)}${moreButton(
    view,
  )}${create === nothing ? nothing : html`<span class="vr"></span>${create}`}</div>`;
}

function createButton<R extends { readonly id: string }>(
  view: RegisterView<R>,
): TemplateResult | typeof nothing {
  const { kind, format, mayCreate } = view;
  if (view.readonly || !kind.creates || mayCreate === false) return nothing;
  return button({
    label: format.text(`${kind.words}.new`),
    look: 'primary',
    icon: 'plus',
    press: view.do.create,
    action: 'create',
    ...(typeof mayCreate === 'string' ? { disabled: true, tip: mayCreate } : {}),
  });
}

function columnsButton<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { format, popover } = view;
  const label = format.text('register.columns');
  const options = { label, body: () => columnChooser(view) };
  const look = { label, icon: 'cols', action: 'columns' } as const;
  return html`<span class="wide">${popover.button('columns', look, options)}</span><span class="less">${popover.button(
    'columns-small',
    { ...look, iconOnly: true },
    options,
  )}</span>`;
}

function moreButton<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const label = view.format.text('register.more');
  return view.menu.button(
    'more',
    { label, icon: 'more', iconOnly: true, action: 'more' },
    { label, entries: view.entries.more },
  );
}

/** What else can be done: files, paper, clipboard, density, the list of keys. */
export function moreEntries<R extends { readonly id: string }>(view: RegisterView<R>): readonly MenuEntry[] {
  const { format, register, narrow } = view;
  const own = view.actions('register', []).map(
    (offered): MenuEntry => ({
      id: offered.action.id,
      label: labelText(offered.action.label, format),
      icon: offered.action.icon,
      locked: offered.locked,
      danger: offered.action.danger,
      press: () => view.do.run(offered, 'register', []),
    }),
  );
  const grid: MenuEntry[] = narrow
    ? []
    : [
        'line',
        { heading: format.text('register.density') },
        ...densities.map(
          (density): MenuEntry => ({
            id: `density-${density}`,
            label: format.text(`density.${density}`),
            checked: density === view.density,
            one: true,
            press: () => view.do.spread(density),
          }),
        ),
        'line',
        {
          id: 'fit-columns',
          label: format.text('register.columnsFit'),
          icon: 'cols',
          press: () => view.do.fit(view.columns.map(({ key }) => key)),
        },
        {
          id: 'reset-columns',
          label: format.text('register.columnsReset'),
          press: () => register.columns.reset(),
        },
      ];
  const totals: MenuEntry[] =
    !register.totals.offered || register.grouped
      ? []
      : [
          {
            id: 'totals',
            label: format.text('register.totals'),
            checked: register.totals.shown,
            press: () => register.totals.show(!register.totals.shown),
          },
        ];
  return [
    ...own,
    ...(own.length > 0 ? (['line'] as const) : []),
    { id: 'export-csv', label: format.text('register.exportCsv'), icon: 'down', press: view.do.exportCsv },
    { id: 'print', label: format.text('register.print'), icon: 'print', press: view.do.print },
    {
      id: 'copy-codes',
      label: format.text('register.copyCodes'),
      icon: 'doc',
      key: 'Ctrl C',
      press: () => view.do.copy(false),
    },
    {
      id: 'copy-rows',
      label: format.text('register.copyRows'),
      key: 'Ctrl ⇧ C',
      press: () => view.do.copy(true),
    },
    {
      id: 'refresh',
      label: format.text('register.refresh'),
      icon: 'refresh',
      press: () => void register.read(),
    },
    ...totals,
    ...grid,
    'line',
    { id: 'keys', label: format.text('register.keysTitle'), key: '?', press: view.do.help },
  ];
}

function count<R extends { readonly id: string }>({
  register,
  kind,
  format,
  chips,
}: RegisterView<R>): unknown {
  if (register.phase === 'loading' && register.slow) {
    return html`<span class="count">${format.text(`${kind.words}.reading`)}</span>`;
  }
  if (register.total === undefined || register.phase !== 'ready') return nothing;
  const plain = register.search === '' && register.active.length === 0;
  const preset = chips.some(({ id }) => id === register.preset) ? register.preset : 'all';
  const name = plain && (preset === 'open' || preset === 'closed' || preset === 'all') ? preset : 'match';
  const text = format.text(`${kind.words}.${name}`, { n: register.total });
  const shown = register.capped
    ? text.replace(format.number(register.total), (n) => format.text('register.capped', { n }))
    : text;
  return html`<span class="count" data-field="count">${shown}</span>`;
}

function searchBox<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { format, kind } = view;
  const clear = (): void => {
    view.do.search('', true);
    view.do.focusSearch();
  };
  return html`<span class="in box search" part="field" role="search">${icon('search')}<input
      id="search"
      type="search"
      maxlength=${SEARCH_LENGTH}
      aria-label=${format.text('register.searchLabel')}
      placeholder=${format.text(`${kind.words}.search`)}
      autocomplete="off"
      spellcheck="false"
      .value=${live(view.typed)}
      @input=${(event: Event) => view.do.search((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') view.do.search(view.typed, true);
        if (event.key === 'Escape' && view.typed !== '') {
          event.preventDefault();
          event.stopPropagation();
          view.do.search('', true);
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
            press: clear,
          })
    }</span>`;
}

/** Sorting without a header. */
function sortChoice<R extends { readonly id: string }>({
  register,
  everyColumn,
  format,
}: RegisterView<R>): unknown {
  const sortable = everyColumn.filter(({ sort }) => sort !== undefined);
  if (sortable.length === 0) return nothing;
  const [first = ''] = register.sorts;
  const name = first.replace(/^-/, '');
  const down = first.startsWith('-');
  return html`<span class="select sorts"><select class="in" aria-label=${format.text('register.sortBy')}
      @change=${(event: Event) => register.setSort((event.target as HTMLSelectElement).value)}>${sortable.map(
        ({ sort = '', label }) => html`<option value=${sort} .selected=${sort === name}>${label}</option>`,
      )}</select>${icon('chev')}</span>${button({
        label: format.text(down ? 'register.descending' : 'register.ascending'),
        icon: down ? 'desc' : 'asc',
        iconOnly: true,
        action: 'sort-order',
        press: () => register.setSort(down ? name : `-${name}`),
      })}`;
}
