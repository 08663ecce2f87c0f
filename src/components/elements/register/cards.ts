/** A register where there is no room for a table: one card per record, in a list. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Line } from '../../controllers/register/types.ts';
import { icon } from '../../icons.ts';
import { geometry } from '../../primitives/geometry.ts';
import { progressLine } from '../../primitives/progress.ts';
import { groupName } from './lines.ts';
import { openLink } from './links.ts';
import { lineKey } from './shape.ts';
import type { RegisterView } from './view.ts';

/** A card is so many rows high: what is reserved for rows is reserved for cards. */
const ROWS_OF_A_CARD = 4;

export function registerCards<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { register, kind, context } = view;
  return html`${progressLine(register.busy && register.slow)}<div class="scroll ${
    register.mode === 'window' ? 'window' : ''
  }" part="scroll" @scroll=${view.do.scrolled}>
    <ul class="cards" aria-label=${context.format.text(`${kind.words}.title`)} aria-busy=${register.busy} @keydown=${(
      event: KeyboardEvent,
    ) => keys(view, event)}>
      ${filler(view.before)}${
        view.skeleton
          ? skeleton(view)
          : repeat(view.lines, lineKey, (line, i) => cardLine(view, line, view.firstLine + i))
      }${filler(view.after)}
    </ul>
  </div>`;
}

const filler = (height: number): unknown =>
  height <= 0
    ? nothing
    : html`<li class="filler" aria-hidden="true" ${geometry({ 'block-size': `${height}px` })}></li>`;

function cardLine<R extends { readonly id: string }>(
  view: RegisterView<R>,
  line: Line<R>,
  index: number,
): unknown {
  const { register, format } = view;
  if (line.kind === 'row') return card(view, line.row, index);
  if (line.kind === 'blank') {
    return html`<li class="card" aria-busy="true"><span class="sk s4"></span><span class="sk s5"></span><span
      class="sk s3"></span></li>`;
  }
  if (line.kind === 'more') {
    return html`<li class="card"><button class="link" type="button" data-action="group-more" @click=${() =>
      register.groups.more(line.path)}>${format.text('group.more')}</button></li>`;
  }
  const name = groupName(view, line);
  return html`<li class="card group"><div class="line"><button class="twist" type="button" data-action="group"
    aria-expanded=${line.open} aria-label=${format.text(line.open ? 'group.close' : 'group.open', { name })}
    @click=${() => register.groups.toggle(line.path)}>${icon(line.open ? 'chev' : 'right')}</button><b>${name}</b><span
    class="tally">${format.number(line.group.count)}</span></div></li>`;
}

function card<R extends { readonly id: string }>(
  view: RegisterView<R>,
  row: R,
  index: number,
): TemplateResult {
  const { kind, register, context, format, everyColumn } = view;
  const code = kind.code(row);
  const open = view.expands && register.expanded.has(row.id);
  const ticked = view.ticks && register.selection.has(row.id);
  const edge = kind.edge(row, context);
  const status = everyColumn.find(({ field }) => field.role === 'status');
  return html`<li class="card ${edge === '' ? '' : `e-${edge}`} ${ticked ? 'sel' : ''}"
    part="row ${ticked ? 'row-selected' : ''} ${edge === '' ? '' : `row-${edge}`}" data-row-id=${row.id}>
    <div class="line">${
      view.ticks
        ? html`<input class="check" type="checkbox" data-action="select" aria-label=${format.text('selection.row', { code })}
            .checked=${live(ticked)} @click=${(event: MouseEvent) => view.do.tick(index, event)} />`
        : nothing
    }<span class="code strong">${openLink(context, kind.kind, row.id, code, html`<bdi>${code}</bdi>`)}</span><span
      class="grow"></span>${status?.cell(row) ?? nothing}${
        view.expands
          ? html`<button class="twist" type="button" data-action="expand" aria-expanded=${open}
              aria-label=${format.text(open ? 'register.collapse' : 'register.expand', { code })}
              @click=${() => register.toggle(row.id)}>${icon(open ? 'chev' : 'right')}</button>`
          : nothing
      }</div>
    ${kind.card(row, context)}
    ${open ? html`<div class="nested" part="details">${kind.details(row, context)}</div>` : nothing}
  </li>`;
}

/** The arrows go from card to card, Space ticks; everything else is as in any list of buttons. */
function keys<R extends { readonly id: string }>(view: RegisterView<R>, event: KeyboardEvent): void {
  const target = event.target as Element;
  if (event.key === 'Escape' && !view.register.selection.empty) {
    event.preventDefault();
    event.stopPropagation();
    view.register.selection.clear();
    return;
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const links = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('.card > .line .link')];
  const here = target.closest('.card')?.querySelector<HTMLElement>('.line .link');
  const next = here ? links[links.indexOf(here) + step] : undefined;
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function skeleton<R extends { readonly id: string }>({ reserve, still }: RegisterView<R>): unknown {
  return Array.from(
    { length: Math.max(1, Math.round(reserve / ROWS_OF_A_CARD)) },
    () => html`<li class="card ${still ? 'still' : ''}" aria-hidden="true"><span class="sk s4"></span><span class="sk s5"></span><span
        class="sk s3"></span><span class="sk s4"></span></li>`,
  );
}
