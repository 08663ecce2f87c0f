/** Template functions for buttons, badges, banners, chips, progress and the live region. */
import { html, nothing, type TemplateResult } from 'lit';
import { type IconName, icon } from '../icons.ts';

/** What a severity is worn as. */
export type Severity = 'ok' | 'notice' | 'warn' | 'danger' | 'neutral';

export interface ButtonOptions {
  readonly label: string;
  readonly press?: (event: Event) => void;
  readonly look?: 'primary' | 'quiet' | 'danger' | 'danger filled' | '';
  readonly icon?: IconName;
  /** Only the icon is shown; the label becomes its name. */
  readonly iconOnly?: boolean;
  readonly type?: 'button' | 'submit';
  /** Cannot be pressed now; it stays in the tab order, and pressing may explain. */
  readonly disabled?: boolean;
  readonly busy?: boolean;
  readonly title?: string;
  readonly key?: string;
  /** `data-action`, for hosts' tests. */
  readonly action?: string;
}

/** A button. Use one `primary` per view. */
export function button(o: ButtonOptions): TemplateResult {
  const look = `btn ${o.look ?? ''}${o.iconOnly ? ' icon' : ''}`;
  return html`<button
    class=${look}
    part="button"
    type=${o.type ?? 'button'}
    data-action=${o.action ?? nothing}
    aria-label=${o.iconOnly ? o.label : nothing}
    title=${o.title ?? (o.iconOnly ? o.label : nothing)}
    aria-disabled=${o.disabled ? 'true' : nothing}
    aria-busy=${o.busy ? 'true' : nothing}
    @click=${o.press ?? nothing}
  >${o.icon ? icon(o.icon) : nothing}${o.iconOnly ? nothing : o.label}${
    o.key ? html`<kbd class="kbd" aria-hidden="true">${o.key}</kbd>` : nothing
  }</button>`;
}

const shapes: Readonly<Record<Severity, IconName>> = {
  ok: 'ok',
  notice: 'notice',
  warn: 'warn',
  danger: 'danger',
  neutral: 'neutral',
};

/** A status: shape, word and, third, colour. */
export function badge(severity: Severity, word: string, shape: IconName = shapes[severity]): TemplateResult {
  return html`<span class="badge b-${severity}" part="badge">${icon(shape)}${word}</span>`;
}

export interface BannerOptions {
  readonly severity: 'danger' | 'warn' | 'ok' | 'notice';
  readonly title: string;
  readonly text?: unknown;
  readonly icon?: IconName;
  readonly actions?: unknown;
}

/** A banner above a region: what happened, what was not written, what to do. */
export function banner(o: BannerOptions): TemplateResult {
  return html`<div class="banner ${o.severity}" part="notice" role=${o.severity === 'danger' ? 'alert' : 'status'}>
    ${icon(o.icon ?? o.severity)}<div class="grow"><b>${o.title}</b> <span class="x">${o.text ?? nothing}</span></div>
    ${o.actions ?? nothing}
  </div>`;
}

export interface ChipOptions {
  readonly label: string;
  readonly pressed: boolean;
  /** Left out when it is not known; never shown as zero then. */
  readonly count?: string | undefined;
  readonly icon?: IconName;
  readonly press: () => void;
  readonly action?: string;
}

/** A toggle, such as a preset of a register. */
export function chip(o: ChipOptions): TemplateResult {
  const shape = o.pressed ? icon('check') : o.icon ? icon(o.icon) : nothing;
  return html`<button class="chip" type="button" part="chip" data-action=${o.action ?? nothing}
    aria-pressed=${o.pressed} @click=${o.press}>${shape}${o.label}${
      o.count === undefined ? nothing : html` <b>${o.count}</b>`
    }</button>`;
}

/** The line that moves on a region's upper edge while it is busy. */
export function progressLine(on: boolean): TemplateResult | typeof nothing {
  return on ? html`<div class="progressline" aria-hidden="true"></div>` : nothing;
}

/** A progress bar with its name. */
export function progress(label: string, value: number, max: number): TemplateResult {
  return html`<progress aria-label=${label} .value=${max === 0 ? 0 : value} max=${Math.max(1, max)}></progress>`;
}

/** The one live region of an element; put it last. */
export function liveRegion(text: string): TemplateResult {
  return html`<div class="sr" role="status" aria-live="polite">${text}</div>`;
}
