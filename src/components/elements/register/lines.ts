/** The lines of a register: rows with their details, groups with their sums, what is still to be read. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Line } from '../../controllers/register/types.ts';
import { labelText } from '../../extensions/resolve.ts';
import type { Format } from '../../i18n/format.ts';
import { icon } from '../../icons.ts';
import { badge } from '../../primitives/controls.ts';
import { quantity } from '../../primitives/values.ts';
import { openLink } from './links.ts';
import { headRows, leads, lineKey } from './shape.ts';
import { standingWord, statusStanding } from './standing.ts';
import type { RegisterView, ViewColumn } from './view.ts';

type Of<R, K> = Extract<Line<R>, { readonly kind: K }>;

export function drawLine<R extends { readonly id: string }>(
  view: RegisterView<R>,
  line: Line<R>,
  index: number,
): TemplateResult {
  switch (line.kind) {
    case 'row':
      return rowLine(view, line, index);
    case 'group':
      return groupLine(view, line, index);
    case 'more':
      return moreLine(view, line, index);
    default:
      return blankLine(view, line, index);
  }
}

const stopAt = <R extends { readonly id: string }>(
  view: RegisterView<R>,
  row: number,
  column: number,
): 0 | -1 => (view.spot.row === row && view.spot.column === column ? 0 : -1);

const rowIndex = <R extends { readonly id: string }>(view: RegisterView<R>, index: number): number =>
  index +
  (view.register.mode === 'pages' && !view.register.grouped ? view.register.first : 1) +
  headRows(view);

/** Indentation of what lies in a group. */
const depth = (level: number): string => (level === 0 ? '' : `level-${Math.min(3, level)}`);

function rowLine<R extends { readonly id: string }>(
  view: RegisterView<R>,
  { row, level }: Of<R, 'row'>,
  index: number,
): TemplateResult {
  const { register, kind, columns, context } = view;
  const open = view.expands && register.expanded.has(row.id);
  const ticked = view.ticks && register.selection.has(row.id);
  const edge = kind.edge(row, context);
  const first = leads(view) + 1;
  const tree = register.grouped || view.expands;
  // One template whether open or not: a row that opens must keep its nodes, and so the focus.
  return html`<tr
    role="row"
    part="row ${ticked ? 'row-selected' : ''} ${open ? 'row-open' : ''} ${edge === '' ? '' : `row-${edge}`}"
    class="row ${edge === '' ? '' : `edge e-${edge}`} ${open ? 'open' : ''} ${ticked ? 'sel' : ''} ${depth(level)}"
    data-row-id=${row.id}
    data-line=${row.id}
    aria-rowindex=${rowIndex(view, index)}
    aria-selected=${view.ticks ? String(ticked) : nothing}
    aria-level=${tree ? level + 1 : nothing}
    aria-expanded=${view.expands ? String(open) : nothing}
    tabindex=${stopAt(view, index, -1)}
    @dblclick=${(event: Event) => {
      if ((event.target as Element).closest('button, a, input') === null) view.do.open(row);
    }}
    @contextmenu=${(event: MouseEvent) => contextMenu(view, row, event)}
  >${view.ticks ? tickCell(view, row, index, ticked) : nothing}${view.expands ? twistCell(view, row, open) : nothing}${columns.map(
    (column, i) => cell(view, column, row, i, index, first + i),
  )}${tailCell(view, row, first + columns.length)}</tr>${open ? details(view, row) : nothing}`;
}

function tickCell<R extends { readonly id: string }>(
  view: RegisterView<R>,
  row: R,
  index: number,
  ticked: boolean,
): TemplateResult {
  return html`<td class="lead ticks" role="gridcell" aria-colindex="1"><input class="check" type="checkbox"
    tabindex="-1" data-action="select" aria-label=${view.format.text('selection.row', { code: view.kind.code(row) })}
    .checked=${live(ticked)} @click=${(event: MouseEvent) => view.do.tick(index, event)} /></td>`;
}

function twistCell<R extends { readonly id: string }>(
  view: RegisterView<R>,
  row: R,
  open: boolean,
): TemplateResult {
  const { format, kind, register } = view;
  const label = format.text(open ? 'register.collapse' : 'register.expand', { code: kind.code(row) });
  return html`<td class="lead twists" role="gridcell" aria-colindex=${Number(view.ticks) + 1}><button class="twist"
    type="button" tabindex="-1" data-action="expand" aria-expanded=${open} aria-label=${label}
    @click=${() => register.toggle(row.id)}>${icon(open ? 'chev' : 'right')}</button></td>`;
}

function cell<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
  row: R,
  at: number,
  line: number,
  place: number,
): TemplateResult {
  const { align, field, key } = column;
  const drawn = column.cell(row);
  const { kind } = view;
  const inner = at === 0 ? openLink(view.context, kind.kind, row.id, kind.code(row), drawn, -1) : drawn;
  return html`<td
    role="gridcell"
    part="cell ${align === 'num' ? 'cell-numeric' : ''}"
    class="${align} ${field.fluid ? 'fluid' : ''}"
    data-column=${key}
    aria-colindex=${place}
    tabindex=${stopAt(view, line, at)}
  >${inner}</td>`;
}

/** The menu of a row stands at its end; it shows on hover and focus. */
function tailCell<R extends { readonly id: string }>(
  view: RegisterView<R>,
  row: R,
  place: number,
): TemplateResult {
  const { format, kind, menu } = view;
  const label = format.text('register.moreOf', { code: kind.code(row) });
  const options = { label, entries: () => view.entries.row(row) };
  const name = `row:${row.id}`;
  return html`<td class="tail" role="gridcell" aria-colindex=${place}><button class="dots" type="button" tabindex="-1"
    data-action="row-menu" aria-haspopup="menu" aria-expanded=${menu.shown === name} aria-label=${label}
    @click=${(event: Event) => menu.toggle(name, event.currentTarget as Element, options)}>${icon('more')}</button></td>`;
}

/** The right button opens the menu of the row where it was pressed, unless a text is selected. */
function contextMenu<R extends { readonly id: string }>(
  view: RegisterView<R>,
  row: R,
  event: MouseEvent,
): void {
  if ((event.target as Element).closest('a, input') !== null || getSelection()?.toString() !== '') return;
  event.preventDefault();
  const at = new DOMRect(event.clientX, event.clientY, 0, 0);
  view.menu.open(
    `row:${row.id}`,
    event.clientX === 0 ? (event.target as Element) : { getBoundingClientRect: () => at },
    {
      label: view.format.text('register.moreOf', { code: view.kind.code(row) }),
      entries: () => view.entries.row(row),
    },
  );
}

function details<R extends { readonly id: string }>(view: RegisterView<R>, row: R): TemplateResult {
  const { ticks, columns } = view;
  // In a tree-grid what hangs on a row is a row below it.
  return html`<tr class="nest" role="row" aria-level="2" data-details-of=${row.id}>${
    ticks ? html`<td class="lead" role="gridcell"></td>` : nothing
  }<td role="gridcell" part="details" colspan=${columns.length + leads(view) + 1 - Number(ticks)}>${view.kind.details(
    row,
    view.context,
  )}</td></tr>`;
}

/** Groups of a date are its days, or its months: `2026-12`. */
const dayOrMonth = (value: string, format: Format): string =>
  /^\d{4}-\d{2}$/.test(value) ? format.month(value) : format.date(value);

/** The words of a group's value, as its column would say it. */
export function groupName<R extends { readonly id: string }>(
  view: RegisterView<R>,
  line: Of<R, 'group'>,
): string {
  const { format, everyColumn } = view;
  const { field, value, label } = line.group;
  if (value === null) return format.text('group.none');
  const column = everyColumn.find(({ key, field: each }) => (each.group ?? key) === field);
  const choice = column?.field.choices?.find((each) => each.value === value);
  if (choice) return labelText(choice.label, format);
  if (column?.field.type === 'date') return dayOrMonth(String(value), format);
  if (typeof value === 'boolean') return format.text(value ? 'word.yes' : 'word.no');
  if (field === 'intent') return format.word('intent', String(value));
  return label ? `${value} ${label}` : String(value);
}

function groupValue<R extends { readonly id: string }>(view: RegisterView<R>, line: Of<R, 'group'>): unknown {
  const { context, everyColumn } = view;
  const { field, value, label } = line.group;
  if (value !== null && field === 'status') {
    const standing = statusStanding(context.lookups.statuses.get(String(value)), String(value));
    return badge(standing.severity, standingWord(standing, context));
  }
  const column = everyColumn.find(({ key, field: each }) => (each.group ?? key) === field);
  if (column?.field.type === 'text' && label && value !== null) {
    return html`<bdi>${value}</bdi> <span class="sub cut">${label}</span>`;
  }
  return html`<bdi>${groupName(view, line)}</bdi>`;
}

function groupLine<R extends { readonly id: string }>(
  view: RegisterView<R>,
  line: Of<R, 'group'>,
  index: number,
): TemplateResult {
  const { register, format, columns } = view;
  const { group, level, open, path } = line;
  const name = groupName(view, line);
  // The name takes the columns up to the first sum.
  const sums = columns.findIndex(
    ({ field }) => field.sum !== undefined && group.sums[field.sum] !== undefined,
  );
  const span = sums < 0 ? columns.length : Math.max(1, sums);
  const press = (): void => register.groups.toggle(path);
  return html`<tr class="group ${depth(level)}" role="row" part="group" data-line=${lineKey(line)} data-group=${name}
    aria-rowindex=${rowIndex(view, index)} aria-level=${level + 1} aria-expanded=${open}
    tabindex=${stopAt(view, index, -1)}>
    <td role="gridcell" colspan=${span + leads(view)} data-column=${columns[0]?.key ?? ''} tabindex=${stopAt(view, index, 0)}><button class="twist" type="button"
      tabindex="-1" data-action="group" aria-expanded=${open}
      aria-label=${format.text(open ? 'group.close' : 'group.open', { name })}
      @click=${press}>${icon(open ? 'chev' : 'right')}</button><span class="what">${groupValue(view, line)}</span> <span
      class="tally">${format.number(group.count)}</span></td>${columns.slice(span).map((column, i) => sumCell(view, column, line, span + i, index))}<td class="tail"></td>
  </tr>`;
}

/** A subtotal, of one unit only: quantities of several units are no sum. */
function sumCell<R extends { readonly id: string }>(
  view: RegisterView<R>,
  column: ViewColumn<R>,
  { group }: Of<R, 'group'>,
  at: number,
  line: number,
): TemplateResult {
  const { sum } = column.field;
  const sums = sum === undefined ? undefined : group.sums[sum];
  const one = sums?.length === 1 ? sums[0] : undefined;
  const unit = Object.values(group.sums).find((each) => each.length === 1)?.[0];
  const inner =
    column.field.role === 'unit'
      ? (unit?.unit ?? nothing)
      : one
        ? quantity(one.quantity, view.format, { decimals: one.decimals, pad: view.context.pad })
        : sums && sums.length > 1
          ? html`<span class="faint" title=${sums.map((each) => `${view.format.quantity(each.quantity, each.decimals)} ${each.unit}`).join(', ')}>…</span>`
          : nothing;
  return html`<td role="gridcell" class=${column.align} data-column=${column.key} tabindex=${stopAt(view, line, at)}>${inner}</td>`;
}

function moreLine<R extends { readonly id: string }>(
  view: RegisterView<R>,
  line: Of<R, 'more'>,
  index: number,
): TemplateResult {
  const { register, format, columns } = view;
  const reading = register.groups.reading(line.path);
  return html`<tr class="more ${depth(line.level)}" role="row" data-line=${lineKey(line)} aria-rowindex=${rowIndex(view, index)}
    aria-level=${line.level + 1} tabindex=${stopAt(view, index, -1)}>
    <td role="gridcell" colspan=${columns.length + leads(view) + 1}><button class="link" type="button" tabindex="-1"
      data-action="group-more" @click=${() => register.groups.more(line.path)}>${
        reading ? format.text(`${view.kind.words}.reading`) : format.text('group.more')
      }</button></td></tr>`;
}

function blankLine<R extends { readonly id: string }>(
  view: RegisterView<R>,
  line: Of<R, 'blank'>,
  index: number,
): TemplateResult {
  const lead = html`<td class="lead" role="gridcell"></td>`;
  return html`<tr class="row blank" role="row" data-line=${lineKey(line)} aria-rowindex=${rowIndex(view, index)} aria-busy="true"
    tabindex=${stopAt(view, index, -1)}>
    ${view.ticks ? lead : nothing}${view.expands ? lead : nothing}${view.columns.map(
      (
        { align, key },
        i,
      ) => html`<td class=${align} role="gridcell" data-column=${key} tabindex=${stopAt(view, index, i)}><span
        class="sk s${i % 3 === 1 ? 5 : 3}"></span></td>`,
    )}<td class="tail" role="gridcell"></td></tr>`;
}
