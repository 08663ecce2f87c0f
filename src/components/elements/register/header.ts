/** The header of a register: names, sorts with their ordinals, a menu per column, handles for width and order. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { HEADER } from '../../controllers/grid-keys.ts';
import { icon } from '../../icons.ts';
import type { MenuEntry } from '../../primitives/menu.ts';
import { leads } from './shape.ts';
import type { RegisterView, ViewColumn } from './view.ts';

export function headerRow<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { ticks, expands, columns, context } = view;
  const first = leads(view) + 1;
  return html`<tr class="heads" role="row" aria-rowindex="1">
    ${ticks ? tickAll(view) : nothing}${
      expands
        ? html`<th class="lead twists" role="columnheader" aria-colindex=${Number(ticks) + 1}><span
            class="sr">${context.format.text('register.details')}</span></th>`
        : nothing
    }${columns.map((column, index) => headerCell(view, column, index, first + index))}
    <th class="tail" role="columnheader" aria-colindex=${first + columns.length}><span class="sr">${context.format.text(
      'register.more',
    )}</span></th>
  </tr>`;
}

/** The box that ticks the rows on the screen. */
function tickAll<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { register, context, spot } = view;
  const state = register.selection.all
    ? register.selection.of(register.rows.map(({ id }) => id))
    : register.selection.of(register.rows.map(({ id }) => id));
  return html`<th class="lead ticks" role="columnheader" aria-colindex="1" data-column="#tick"><input
      class="check" type="checkbox" data-action="select-page"
      tabindex=${spot.row === HEADER && spot.column < 0 ? 0 : -1}
      aria-label=${context.format.text('selection.page')}
      .checked=${live(state === 'all')} .indeterminate=${live(state === 'some')}
      @click=${() => view.do.tickPage()} /></th>`;
}

function headerCell<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
  index: number,
  place: number,
): TemplateResult {
  const { register, context, spot, menu } = view;
  const { format } = context;
  const { label, sort, align, key } = column;
  const sorted = sort === undefined ? undefined : register.sortOf(sort);
  const direction = sorted === undefined ? 'none' : sorted.down ? 'descending' : 'ascending';
  const stop = spot.row === HEADER && spot.column === index ? 0 : -1;
  const ordinal = sorted && sorted.ordinal > 0 ? sorted.ordinal : undefined;
  const name = html`<span class="name">${label}</span>${
    sort === undefined ? nothing : icon(sorted?.down ? 'desc' : 'asc')
  }${
    ordinal === undefined
      ? nothing
      : html`<span class="ordinal" aria-hidden="true">${format.number(ordinal)}</span><span class="sr">, ${format.text('column.sortPlace', { n: ordinal })}</span>`
  }`;
  return html`<th
    scope="col"
    role="columnheader"
    part="header ${sorted ? 'header-sorted' : ''} ${align === 'num' ? 'header-numeric' : ''}"
    class="${align} ${column.field.fluid ? 'fluid' : ''} ${sorted ? 'sorted' : ''}"
    data-column=${key}
    aria-colindex=${place}
    aria-sort=${sort === undefined ? nothing : direction}
  ><span class="head"><button
      class="sort ${sort === undefined ? 'plain' : ''}"
      type="button"
      tabindex=${stop}
      data-action="sort"
      title=${label}
      aria-haspopup="menu"
      aria-expanded=${menu.shown === `column:${key}`}
      @click=${(event: MouseEvent) => view.do.sort(column, event)}
      @pointerdown=${(event: PointerEvent) => view.do.drag(column, event)}
      @contextmenu=${(event: MouseEvent) => {
        event.preventDefault();
        openColumnMenu(view, column, event.currentTarget as Element);
      }}
    >${name}</button><button class="drop" type="button" tabindex="-1" data-action="column-menu"
      aria-label=${format.text('column.menu', { column: label })}
      @click=${(event: Event) => openColumnMenu(view, column, event.currentTarget as Element)}>${icon('chev')}</button></span><span
      class="size" aria-hidden="true" data-action="resize" title=${format.text('column.resize', { column: label })}
      @pointerdown=${(event: PointerEvent) => view.do.resize(column, event)}
      @dblclick=${() => view.do.fit([key])}></span></th>`;
}

export function openColumnMenu<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
  anchor: Element,
): void {
  view.menu.toggle(`column:${column.key}`, anchor, {
    label: view.format.text('column.menu', { column: column.label }),
    entries: () => view.entries.column(column),
  });
}

function sortEntries<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
): MenuEntry[] {
  const { register, format } = view;
  const { sort } = column;
  if (sort === undefined) return [];
  const now = register.sortOf(sort);
  const only = (down: boolean): void => register.setSort(down ? `-${sort}` : sort);
  const also = (down: boolean): void =>
    register.setSort(
      ...register.sorts.filter((each) => each.replace(/^-/, '') !== sort),
      down ? `-${sort}` : sort,
    );
  const several =
    register.offers.sortDepth > 1 && register.sorts.length > 0 && !(register.sorts.length === 1 && now);
  return [
    {
      id: 'sort-ascending',
      label: format.text('column.sortUp'),
      icon: 'asc',
      checked: now !== undefined && !now.down && register.sorts.length === 1,
      press: () => only(false),
    },
    {
      id: 'sort-descending',
      label: format.text('column.sortDown'),
      icon: 'desc',
      checked: now?.down === true && register.sorts.length === 1,
      press: () => only(true),
    },
    ...(several
      ? [
          { id: 'sort-also', label: format.text('column.sortAlsoUp'), press: () => also(false) },
          { id: 'sort-also-descending', label: format.text('column.sortAlsoDown'), press: () => also(true) },
        ]
      : []),
    ...(now !== undefined && register.sorts.length > 1
      ? [
          {
            id: 'sort-off',
            label: format.text('column.sortOff'),
            press: () =>
              register.setSort(...register.sorts.filter((each) => each.replace(/^-/, '') !== sort)),
          },
        ]
      : []),
    'line',
  ];
}

function pinEntries<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
): MenuEntry[] {
  const { format } = view;
  const { key, pin } = column;
  const one = (side: 'start' | 'end', label: 'column.pinStart' | 'column.pinEnd'): MenuEntry => ({
    id: `pin-${side}`,
    label: format.text(label),
    icon: side === 'start' ? 'start' : 'end',
    checked: pin === side,
    press: () => view.do.pin(key, pin === side ? undefined : side),
  });
  return [one('start', 'column.pinStart'), one('end', 'column.pinEnd')];
}

/** What can be done with a column. */
export function columnEntries<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
): readonly MenuEntry[] {
  const { register, format } = view;
  const { key } = column;
  const group: MenuEntry[] = column.groupable
    ? [
        {
          id: 'group',
          label: format.text(column.grouped ? 'column.ungroup' : 'column.group'),
          icon: 'tree',
          press: () => {
            const { group: keys } = register.state;
            register.setGroup(
              column.grouped
                ? keys.filter((each) => each !== key)
                : [...keys, key].slice(-register.groups.depth),
            );
          },
        },
      ]
    : [];
  const filter: MenuEntry[] =
    column.filter === undefined || !view.filterRow
      ? []
      : [
          {
            id: 'filter',
            label: format.text('column.filter'),
            icon: 'search',
            key: 'F2',
            press: () => view.do.editFilter(column),
          },
        ];
  return [
    ...sortEntries(view, column),
    ...filter,
    ...group,
    ...(filter.length + group.length > 0 ? (['line'] as const) : []),
    ...pinEntries(view, column),
    {
      id: 'move-forward',
      label: format.text('column.forward'),
      key: 'Ctrl ←',
      press: () => view.do.nudge(key, -1),
    },
    { id: 'move-back', label: format.text('column.back'), key: 'Ctrl →', press: () => view.do.nudge(key, 1) },
    'line',
    { id: 'best-fit', label: format.text('column.fit'), press: () => view.do.fit([key]) },
    {
      id: 'wider',
      label: format.text('column.wider'),
      key: '⇧ →',
      stay: true,
      press: () => view.do.widen(key, 1),
    },
    {
      id: 'narrower',
      label: format.text('column.narrower'),
      key: '⇧ ←',
      stay: true,
      press: () => view.do.widen(key, -1),
    },
    'line',
    {
      id: 'hide',
      label: format.text('column.hide'),
      locked: view.columns.length < 2,
      press: () => view.do.show(key, false),
    },
  ];
}
