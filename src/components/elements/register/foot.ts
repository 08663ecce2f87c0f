/** Below the rows: which of how many, as of when, sums per unit, density, rows of a page, pages. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Density, UnitSum } from '../../core.ts';
import { icon } from '../../icons.ts';
import { button } from '../../primitives/controls.ts';
import { pager } from '../../primitives/pager.ts';
import { densities } from './toolbar.ts';
import type { RegisterView } from './view.ts';

const PAGE_SIZES = [25, 50, 100, 200];

export function foot<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { register, format, task } = view;
  if (task !== undefined) {
    return html`<div class="foot" part="foot"><span role="status">${task.text}</span><span class="grow"></span>${button(
      {
        label: format.text('register.stop'),
        look: 'quiet',
        press: task.stop,
        action: 'stop-task',
      },
    )}</div>`;
  }
  if (register.phase === 'loading') return reading(view);
  return html`<div class="foot" part="foot">
    ${rowsShown(view)}${asOf(view)}${totals(view)}<span class="grow"></span>${view.narrow ? nothing : densityChoice(view)}${pages(view)}
  </div>`;
}

function reading<R extends { readonly id: string }>({
  register,
  format,
  kind,
}: RegisterView<R>): TemplateResult {
  const stop = button({
    label: format.text('register.stop'),
    look: 'quiet',
    press: () => register.stop(),
    action: 'stop',
  });
  return html`<div class="foot" part="foot loading">${
    register.slow
      ? html`<span>${format.text(`${kind.words}.reading`)}</span><span class="grow"></span>${stop}`
      : html`&nbsp;`
  }</div>`;
}

function densityChoice<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { format } = view;
  return html`<label class="with density"><span>${format.text('register.density')}</span><span class="select"><select class="in"
    data-action="density" @change=${(event: Event) => view.do.spread((event.target as HTMLSelectElement).value as Density)}>${densities.map(
      (density) =>
        html`<option value=${density} .selected=${density === view.density}>${format.text(
          `density.${density}`,
        )}</option>`,
    )}</select>${icon('chev')}</span></label>`;
}

/** `Rows 41–58 of 1,284`: of a page, or of what a window shows. */
function rowsShown<R extends { readonly id: string }>(view: RegisterView<R>): unknown {
  const { register, format, kind } = view;
  if (register.phase !== 'ready') return nothing;
  const { total, capped } = register;
  if (register.grouped) {
    return total === undefined
      ? nothing
      : html`<span data-field="range">${format.text(`${kind.words}.all`, { n: total })}</span>`;
  }
  if (register.rows.length === 0 && register.lineCount === 0) {
    return html`<span>${format.text('register.rows')} <b data-field="range">0</b></span>`;
  }
  const [from, to] =
    register.mode === 'window'
      ? [view.visible.first + 1, view.visible.last]
      : [register.first, register.first + register.rows.length - 1];
  const all =
    total === undefined ? null : capped ? format.text('register.capped', { n: total }) : format.number(total);
  return html`<span>${format.text('register.rows')} <b data-field="range">${format.text('register.range', {
    from: format.number(from),
    to: format.number(to),
    total: all,
  })}</b></span>`;
}

function asOf<R extends { readonly id: string }>({
  register,
  format,
  offlineSince,
}: RegisterView<R>): unknown {
  if (register.readAt === undefined) return nothing;
  const when = format.exactMoment(register.readAt);
  const stale = register.phase === 'failed' || register.problem !== null || offlineSince !== undefined;
  const key = stale
    ? 'register.lastRead'
    : register.busy && register.slow
      ? 'register.readingAgain'
      : 'register.asOf';
  return html`<span class="vr"></span><span class="with asof" data-field="as-of">${icon(stale ? 'off' : 'clock')}${format.text(key, { when })}</span>`;
}

/** Sums of all that match, each of one unit. */
function totals<R extends { readonly id: string }>(view: RegisterView<R>): unknown {
  const { register, columns, format } = view;
  const found = register.grouped
    ? register.groups.totals
    : register.totals.shown
      ? register.totals.value
      : undefined;
  if (found === undefined) return nothing;
  const texts = columns.flatMap(({ field, label }) => {
    const sums = field.sum === undefined ? undefined : found.sums[field.sum];
    return (sums ?? []).slice(0, 3).map((sum, i) => sumText(i === 0 ? label : undefined, sum, view));
  });
  if (texts.length === 0) return nothing;
  return html`<span class="vr"></span><span class="totals" data-field="totals" aria-label=${format.text('register.totals')}>${texts}</span>`;
}

const sumText = <R extends { readonly id: string }>(
  column: string | undefined,
  { unit, decimals, quantity }: UnitSum,
  { format }: RegisterView<R>,
): TemplateResult =>
  html`<span>${column === undefined ? nothing : html`${column} `}<b>${format.quantity(quantity, decimals)}</b> <span class="unit">${unit}</span></span>`;

function pages<R extends { readonly id: string }>({ register, format, narrow }: RegisterView<R>): unknown {
  if (register.mode === 'window' || register.grouped || register.phase !== 'ready') return nothing;
  const go = (page: number): void => {
    if (page - 1 === register.page + 1) register.next();
    else if (page - 1 === register.page - 1) register.previous();
    else register.goTo(page - 1);
  };
  const several = register.hasNext || register.hasPrevious;
  if (!several && (register.total ?? 0) <= (PAGE_SIZES[0] as number)) return nothing;
  return html`<span class="vr"></span>${pager(
    {
      page: register.page + 1,
      pages: register.pages,
      hasNext: register.hasNext,
      jump: register.jumps && !narrow,
      go,
      ...(narrow
        ? {}
        : {
            rows: register.limit,
            rowChoices: PAGE_SIZES,
            setRows: (rows: number) => register.setRows(rows),
          }),
    },
    format,
  )}`;
}
