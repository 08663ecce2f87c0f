/** Below the rows: how many are shown, as of when, density and pages. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Density } from '../../core.ts';
import { icon } from '../../icons.ts';
import { button } from '../../primitives/controls.ts';
import type { FrameView } from './frame.ts';

const densities: readonly Density[] = ['compact', 'regular', 'comfortable'];

/** Rows shown, as of when, density and pages. */
export function foot<R extends { readonly id: string }>(view: FrameView<R>): TemplateResult {
  const { register, format, narrow } = view;
  if (register.phase === 'loading') {
    const stop = button({
      label: format.text('register.stop'),
      look: 'quiet',
      press: () => register.stop(),
      action: 'stop',
    });
    return html`<div class="foot" part="foot">${
      register.slow
        ? html`<span>${format.text(`${view.kind.words}.reading`)}</span><span class="grow"></span>${stop}`
        : html`&nbsp;`
    }</div>`;
  }
  return html`<div class="foot" part="foot">
    ${rowsShown(view)}${asOf(view)}<span class="grow"></span>
    ${
      narrow
        ? nothing
        : html`<label class="with density">${format.text('register.density')}<span class="select"><select
            class="in" data-action="density" @change=${(event: Event) =>
              view.spread((event.target as HTMLSelectElement).value as Density)}>${densities.map(
              (density) => html`<option value=${density} .selected=${density === view.density}>
                ${format.text(`density.${density}`)}</option>`,
            )}</select>${icon('chev')}</span></label>`
    }
    ${pager(view)}
  </div>`;
}

function rowsShown<R extends { readonly id: string }>({ register, format }: FrameView<R>): unknown {
  if (register.phase !== 'ready') return nothing;
  const { rows, first, total } = register;
  if (rows.length === 0) return html`<span>${format.text('register.rows')} <b>0</b></span>`;
  const range = format.text('register.range', {
    from: first,
    to: first + rows.length - 1,
    total: total ?? null,
  });
  return html`<span>${format.text('register.rows')} <b data-field="range">${range}</b></span>`;
}

function asOf<R extends { readonly id: string }>({ register, format, offlineSince }: FrameView<R>): unknown {
  if (register.readAt === undefined) return nothing;
  const when = format.exactMoment(register.readAt);
  const stale = register.phase === 'failed' || register.problem !== null || offlineSince !== undefined;
  const key = stale
    ? 'register.lastRead'
    : register.busy && register.slow
      ? 'register.readingAgain'
      : 'register.asOf';
  return html`<span class="vr"></span><span class="with asof">${icon(stale ? 'off' : 'clock')}${format.text(key, { when })}</span>`;
}

function pager<R extends { readonly id: string }>({ register, format }: FrameView<R>): unknown {
  if (!register.hasNext && !register.hasPrevious) return nothing;
  const page = format.text('register.page', { n: register.page + 1, of: register.pages ?? null });
  return html`<span class="vr"></span><span class="pages" role="group" aria-label=${page}>${button({
    label: format.text('register.previous'),
    icon: 'left',
    iconOnly: true,
    disabled: !register.hasPrevious,
    press: () => register.previous(),
    action: 'previous',
  })}<span data-field="page">${page}</span>${button({
    label: format.text('register.next'),
    icon: 'right',
    iconOnly: true,
    disabled: !register.hasNext,
    press: () => register.next(),
    action: 'next',
  })}</span>`;
}
