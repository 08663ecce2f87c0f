/** Template functions for buttons, badges, banners, chips and the live region. */
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
  /** Said by the element's tooltip in place of a title: also to the keyboard, and to assistive technology. */
  readonly tip?: string | undefined;
  readonly key?: string;
  /** Makes it a toggle. */
  readonly pressed?: boolean | undefined;
  /** Has the focus first in a dialog. */
  readonly autofocus?: boolean;
  /** `data-action`, for hosts' tests. */
  readonly action?: string;
}

/** What a button that opens something tells of it. */
export interface Opener {
  readonly popup: 'menu' | 'dialog' | 'listbox';
  readonly open: boolean;
  readonly controls: string;
  readonly key?: (event: KeyboardEvent) => void;
}

/** A button. Use one `primary` per view. */
export const button = (o: ButtonOptions): TemplateResult => buttonLook(o);

/** A button that may open a menu or a popover. */
export function buttonLook(o: ButtonOptions, opener?: Opener): TemplateResult {
  const look = `btn ${o.look ?? ''}${o.iconOnly ? ' icon' : ''}`;
  return html`<button
    class=${look}
    part="button"
    type=${o.type ?? 'button'}
    data-action=${o.action ?? nothing}
    data-tip=${o.tip ?? nothing}
    aria-label=${o.iconOnly ? o.label : nothing}
    aria-description=${o.tip && o.tip !== o.label ? o.tip : nothing}
    title=${o.tip ? nothing : (o.title ?? (o.iconOnly ? o.label : nothing))}
    aria-disabled=${o.disabled ? 'true' : nothing}
    aria-busy=${o.busy ? 'true' : nothing}
    aria-pressed=${o.pressed ?? nothing}
    aria-haspopup=${opener?.popup ?? nothing}
    aria-expanded=${opener?.open ?? nothing}
    aria-controls=${opener?.controls ?? nothing}
    ?autofocus=${o.autofocus}
    @click=${o.press ?? nothing}
    @keydown=${opener?.key ?? nothing}
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

/** The one live region of an element; put it last. */
export function liveRegion(text: string): TemplateResult {
  return html`<div class="sr" role="status" aria-live="polite">${text}</div>`;
}
