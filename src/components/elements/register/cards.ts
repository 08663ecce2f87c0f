/** A register where there is no room for a table: one card per record, in a list. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RegisterController } from '../../controllers/register-controller.ts';
import { icon } from '../../icons.ts';
import { progressLine } from '../../primitives/controls.ts';
import type { CellContext, RegisterKind } from './kind.ts';

export interface CardsView<R extends { readonly id: string }> {
  readonly kind: RegisterKind<R>;
  readonly register: RegisterController<R>;
  readonly context: CellContext;
  readonly skeleton: boolean;
  readonly open: (row: R) => void;
}

const SKELETON_CARDS = 4;

export function registerCards<R extends { readonly id: string }>(view: CardsView<R>): TemplateResult {
  const { register, kind, context } = view;
  return html`${progressLine(register.busy && register.slow)}<div class="scroll" part="scroll">
    <ul class="cards" aria-label=${context.format.text(`${kind.words}.title`)} aria-busy=${register.busy} @keydown=${keys}>
      ${
        view.skeleton
          ? skeleton()
          : repeat(
              register.rows,
              (row) => row.id,
              (row) => card(view, row),
            )
      }
    </ul>
  </div>`;
}

function card<R extends { readonly id: string }>(view: CardsView<R>, row: R): TemplateResult {
  const { kind, register, context } = view;
  const code = kind.code(row);
  const open = register.expanded.has(row.id);
  const edge = kind.edge(row, context);
  const status = kind.columns.find((column) => column.id === 'status');
  return html`<li class="card ${edge === '' ? '' : `e-${edge}`}" part="row" data-row-id=${row.id}>
    <div class="line"><button class="link code strong" type="button" data-action="open" @click=${() =>
      view.open(
        row,
      )}><bdi>${code}</bdi></button><span class="grow"></span>${status?.cell(row, context) ?? nothing}
      <button class="twist" type="button" data-action="expand" aria-expanded=${open}
        aria-label=${context.format.text(open ? 'register.collapse' : 'register.expand', { code })}
        @click=${() => register.toggle(row.id)}>${icon(open ? 'chev' : 'right')}</button></div>
    ${kind.card(row, context)}
    ${open ? html`<div class="nested" part="details">${kind.details(row, context)}</div>` : nothing}
  </li>`;
}

/** The arrows go from card to card; everything else is as in any list of buttons. */
function keys(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const list = event.currentTarget as Element;
  const links = [...list.querySelectorAll<HTMLElement>('.card > .line > .link')];
  const here = (event.target as Element).closest('.card')?.querySelector<HTMLElement>('.line > .link');
  const next = here ? links[links.indexOf(here) + step] : undefined;
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function skeleton(): unknown {
  return Array.from(
    { length: SKELETON_CARDS },
    () => html`<li class="card" aria-hidden="true"><span class="sk s4"></span><span class="sk s5"></span><span
        class="sk s3"></span></li>`,
  );
}
