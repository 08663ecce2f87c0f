/** The table of a register, as a grid with one tab stop: header, rows, opened rows, skeletons. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Spot } from '../../controllers/grid-keys.ts';
import type { RegisterController } from '../../controllers/register-controller.ts';
import { icon } from '../../icons.ts';
import { progressLine } from '../../primitives/controls.ts';
import type { CellContext, Column, RegisterKind } from './kind.ts';

export interface GridView<R extends { readonly id: string }> {
  readonly kind: RegisterKind<R>;
  readonly register: RegisterController<R>;
  readonly columns: readonly Column<R>[];
  readonly context: CellContext;
  /** Sorts the list offers. */
  readonly sorts: ReadonlySet<string>;
  /** Where the focus is, or would be. */
  readonly spot: Spot;
  readonly skeleton: boolean;
  /** Only the header: a message stands in place of rows. */
  readonly bare: boolean;
  readonly open: (row: R) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly focused: (event: FocusEvent) => void;
}

const alignOf = (column: { readonly align?: 'num' | 'unit' }): string => column.align ?? '';

/** The rows of a skeleton are a promise, not a count. */
const SKELETON_ROWS = 12;

export function registerGrid<R extends { readonly id: string }>(view: GridView<R>): TemplateResult {
  const { register, kind, columns, context } = view;
  const { format } = context;
  const total = register.total === undefined ? -1 : register.total + 1;
  return html`${progressLine(register.busy && register.slow)}<div class="scroll sticky ${view.bare ? 'bare' : ''}" part="scroll">
    <table
      role="grid"
      part="grid"
      aria-label=${format.text(`${kind.words}.title`)}
      aria-describedby="keys"
      aria-rowcount=${total}
      aria-colcount=${columns.length + 1}
      aria-busy=${register.busy}
      @keydown=${view.key}
      @focusin=${view.focused}
    >
      <thead>
        <tr role="row" aria-rowindex="1">
          <th class="lead" scope="col" role="columnheader" aria-colindex="1"><span class="sr">${format.text(
            'register.details',
          )}</span></th>
          ${columns.map((column, index) => headerCell(view, column, index))}
        </tr>
      </thead>
      <tbody>
        ${
          view.skeleton
            ? skeletonRows(columns)
            : repeat(
                register.rows,
                (row) => row.id,
                (row, index) => gridRow(view, row, index),
              )
        }
      </tbody>
    </table>
  </div>`;
}

function headerCell<R extends { readonly id: string }>(
  view: GridView<R>,
  column: Column<R>,
  index: number,
): TemplateResult {
  const { register, context, sorts, spot } = view;
  const label = context.format.text(column.label);
  const field = column.sort !== undefined && sorts.has(column.sort) ? column.sort : undefined;
  const sorted = field !== undefined && register.sort.replace(/^-/, '') === field;
  const down = register.sort.startsWith('-');
  const stop = spot.row === -1 && spot.column === index;
  return html`<th
    scope="col"
    role="columnheader"
    part="header"
    class="${alignOf(column)} ${column.fluid ? 'fluid' : ''} ${sorted ? 'sorted' : ''}"
    data-column=${column.id}
    aria-colindex=${index + 2}
    aria-sort=${field === undefined ? nothing : sorted ? (down ? 'descending' : 'ascending') : 'none'}
  >${
    field === undefined
      ? label
      : html`<button class="sort" type="button" tabindex=${stop ? 0 : -1} data-action="sort"
          @click=${() => register.sortBy(field)}>${label}${icon(sorted && down ? 'desc' : 'asc')}</button>`
  }</th>`;
}

function gridRow<R extends { readonly id: string }>(view: GridView<R>, row: R, index: number): unknown {
  const { register, kind, columns, context, spot } = view;
  const { format } = context;
  const open = register.expanded.has(row.id);
  const edge = kind.edge(row, context);
  const code = kind.code(row);
  const at = (column: number): number => (spot.row === index && spot.column === column ? 0 : -1);
  // One template whether open or not: a row that opens must keep its nodes, and so the focus.
  return html`<tr
    role="row"
    part="row"
    class="row ${edge === '' ? '' : `edge e-${edge}`} ${open ? 'open' : ''}"
    data-row-id=${row.id}
    aria-rowindex=${register.first + index + 1}
    tabindex=${at(-1)}
    @dblclick=${() => view.open(row)}
  >
    <td class="lead" role="gridcell" aria-colindex="1"><button
      class="twist"
      type="button"
      tabindex="-1"
      data-action="expand"
      aria-expanded=${open}
      aria-label=${format.text(open ? 'register.collapse' : 'register.expand', { code })}
      @click=${() => register.toggle(row.id)}
    >${icon(open ? 'chev' : 'right')}</button></td>
    ${columns.map(
      (column, i) => html`<td
        role="gridcell"
        part="cell"
        class="${alignOf(column)} ${column.fluid ? 'fluid' : ''}"
        data-column=${column.id}
        aria-colindex=${i + 2}
        tabindex=${at(i)}
      >${
        i === 0
          ? html`<button class="link" type="button" tabindex="-1" data-action="open" @click=${() => view.open(row)}>${column.cell(row, context)}</button>`
          : column.cell(row, context)
      }</td>`,
    )}
  </tr>${
    open
      ? html`<tr class="nest" role="row" data-details-of=${row.id}><td role="gridcell" part="details"
          colspan=${columns.length + 1}>${kind.details(row, context)}</td></tr>`
      : nothing
  }`;
}

function skeletonRows<R>(columns: readonly Column<R>[]): unknown {
  return Array.from(
    { length: SKELETON_ROWS },
    (_, index) => html`<tr class="fade${Math.floor(index / 4)}" aria-hidden="true">
      <td class="lead"></td>${columns.map(
        (column) => html`<td class=${alignOf(column)}><span class="sk s${column.skeleton}"></span></td>`,
      )}</tr>`,
  );
}
