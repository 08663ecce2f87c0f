/**
 * A small region above the page that asks or shows something without stopping the rest: a filter's values, a
 * list of columns. Escape, a press outside and Tab past its ends close it and give the focus back.
 */
import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { ButtonOptions } from './controls.ts';
import type { Placement } from './layer.ts';
import { deepFocus } from './overlays.ts';
import { Popup } from './popup.ts';

/** What a popover shows. */
export interface PopoverOptions {
  /** Its name for assistive technology. */
  readonly label: string;
  /** Drawn again with its element. */
  readonly body: () => unknown;
  /** Whatever closed it. */
  readonly closed?: () => void;
}

const TABBABLE = 'button, [href], input, select, textarea, [tabindex]';
const tabbable = (element: HTMLElement): boolean =>
  element.tabIndex >= 0 && !element.matches(':disabled') && element.getClientRects().length > 0;

/**
 * A popover. Put `template()` once into the element's template.
 *
 * @example
 * readonly #popover = new Popover(this);
 * html`${this.#popover.button('columns', { label: 'Columns', icon: 'cols' }, { label: 'Columns', body })}
 *   ${this.#popover.template()}`;
 */
export class Popover extends Popup<PopoverOptions> {
  constructor(host: LitElement, id = 'popover', placement?: Placement) {
    super(host, id, placement);
  }

  get #stops(): HTMLElement[] {
    return [...(this.popup?.querySelectorAll<HTMLElement>(TABBABLE) ?? [])].filter(tabbable);
  }

  protected override enter(): void {
    const { popup } = this;
    (popup?.querySelector<HTMLElement>('[autofocus]') ?? this.#stops[0] ?? popup)?.focus();
  }

  override close(back = true): void {
    const closed = this.options?.closed;
    super.close(back);
    closed?.();
  }

  readonly #key = (event: KeyboardEvent): void => {
    // What is pressed in here is no key of the table or the form around it.
    event.stopPropagation();
    if (event.key !== 'Tab') return;
    const stops = this.#stops;
    const end = event.shiftKey ? stops[0] : stops.at(-1);
    const at = deepFocus();
    if (end !== undefined && at !== end && at !== this.popup) return;
    event.preventDefault();
    this.close(true);
  };

  /** A button that opens this popover. */
  button(name: string, look: Omit<ButtonOptions, 'press'>, options: PopoverOptions): TemplateResult {
    return this.opener(name, look, options, { popup: 'dialog' });
  }

  override template(): TemplateResult {
    const o = this.options;
    return html`<div class="layer popover" part="popover" id=${this.id} popover="manual" role="dialog" tabindex="-1"
      aria-label=${o?.label ?? nothing} @keydown=${this.#key}>${o?.body() ?? nothing}</div>`;
  }
}
