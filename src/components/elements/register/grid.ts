/** The table of a register, as a grid with one tab stop: header, filters, lines, and room for what is not drawn. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { geometry } from '../../primitives/geometry.ts';
import { progressLine } from '../../primitives/progress.ts';
import { filterRow } from './filters.ts';
import { headerRow } from './header.ts';
import { drawLine } from './lines.ts';
import { headRows, leads, lineKey } from './shape.ts';
import type { RegisterView, ViewColumn } from './view.ts';

const widthOf = <R>({ field, align, key }: ViewColumn<R>): number => {
  if (key === 'item' || field.fluid || field.type === 'instant') return 5;
  if (field.type === 'date') return 4;
  return align === '' ? 3 : 1;
};

/** The table. A tree-grid where rows open or are grouped, a plain grid otherwise. */
export function registerGrid<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { register, kind, columns, context } = view;
  const { format } = context;
  const tree = view.expands || register.grouped;
  const total = register.grouped
    ? register.lineCount
    : register.capped || register.total === undefined
      ? undefined
      : register.total;
  const width = columns.length + leads(view) + 1;
  return html`${progressLine(register.busy && register.slow)}<div class="scroll sticky ${view.bare ? 'bare' : ''} ${
    register.mode === 'window' ? 'window' : ''
  }" part="scroll" @scroll=${view.do.scrolled}>
    <table
      class="grid"
      role=${tree ? 'treegrid' : 'grid'}
      part="grid"
      id="grid"
      tabindex=${view.focusDrawn ? -1 : 0}
      aria-label=${format.text(`${kind.words}.title`)}
      aria-describedby="keys"
      aria-multiselectable=${view.ticks ? 'true' : nothing}
      aria-rowcount=${total === undefined ? -1 : total + headRows(view)}
      aria-colcount=${width}
      aria-busy=${register.busy}
      @keydown=${view.do.key}
      @focusin=${view.do.focused}
    >
      <thead>${headerRow(view)}${view.filterRow ? filterRow(view) : nothing}</thead>
      <tbody>
        ${filler(view.before, width)}
        ${view.skeleton ? skeletonRows(view) : lines(view)}
        ${filler(view.after, width)}
      </tbody>
    </table>
  </div>`;
}

function lines<R extends { readonly id: string }>(view: RegisterView<R>): unknown {
  return repeat(view.lines, lineKey, (line, i) => drawLine(view, line, view.firstLine + i));
}

const filler = (height: number, width: number): unknown =>
  height <= 0
    ? nothing
    : html`<tr class="filler" aria-hidden="true"><td colspan=${width} ${geometry({ 'block-size': `${height}px` })}></td></tr>`;

/** Rows that promise rows; as many as the host reserves room for. */
function skeletonRows<R extends { readonly id: string }>(view: RegisterView<R>): unknown {
  const { columns, reserve, ticks, expands } = view;
  const lead = html`<td class="lead"></td>`;
  return Array.from(
    { length: reserve },
    (
      _,
      index,
    ) => html`<tr class="row blank ${view.still ? 'still' : ''} fade${Math.min(2, Math.floor((index * 3) / reserve))}" aria-hidden="true">
      ${ticks ? lead : nothing}${expands ? lead : nothing}${columns.map(
        (column) =>
          html`<td class=${column.align} data-column=${column.key}><span class="sk s${widthOf(column)}"></span></td>`,
      )}<td class="tail"></td></tr>`,
  );
}
