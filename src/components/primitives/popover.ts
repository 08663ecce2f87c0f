/**
 * A small region above the page that asks or shows something without stopping the rest: a filter's values, a
 * list of columns. Escape, a press outside and Tab past its ends close it and give the focus back.
 */
import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { type ButtonOptions, buttonLook } from './controls.ts';
import { type Anchor, Layer, type Placement } from './layer.ts';
import { deepFocus } from './overlays.ts';

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
export class Popover implements ReactiveController {
  readonly #host: LitElement;
  readonly #id: string;
  readonly #layer: Layer;
  #shown: string | null = null;
  #options: PopoverOptions | undefined;

  /** `id` is the popup's in the element's root; give each popover of an element its own. */
  constructor(host: LitElement, id = 'popover', placement: Placement = {}) {
    this.#host = host;
    this.#id = id;
    this.#layer = new Layer({
      element: () => this.#popup,
      close: (why) => this.close(why === 'escape'),
      placement,
    });
    host.addController(this);
  }

  /** Name of what it was opened by; null while it is closed. */
  get shown(): string | null {
    return this.#shown;
  }

  get #popup(): HTMLElement | null {
    return this.#host.renderRoot?.querySelector<HTMLElement>(`#${this.#id}`) ?? null;
  }

  get #stops(): HTMLElement[] {
    return [...(this.#popup?.querySelectorAll<HTMLElement>(TABBABLE) ?? [])].filter(tabbable);
  }

  hostUpdated(): void {
    const { anchor } = this.#layer;
    if (this.#shown !== null && anchor instanceof Element && !anchor.isConnected) this.close(false);
    else if (this.#layer.sync(this.#shown !== null)) this.#enter();
  }

  #enter(): void {
    const popup = this.#popup;
    (popup?.querySelector<HTMLElement>('[autofocus]') ?? this.#stops[0] ?? popup)?.focus();
  }

  hostDisconnected(): void {
    this.#shown = null;
    this.#layer.gone();
  }

  /** Opens beside an anchor; `name` tells one button from another. */
  open(name: string, anchor: Anchor, options: PopoverOptions): void {
    this.close(false);
    this.#shown = name;
    this.#options = options;
    this.#layer.beside(anchor);
    this.#host.requestUpdate();
  }

  /** Opens, or closes where it is open for the same button. */
  toggle(name: string, anchor: Anchor, options: PopoverOptions): void {
    if (this.#shown === name) this.close(true);
    else this.open(name, anchor, options);
  }

  /** Closes; `back` returns the focus to where it was opened. */
  close(back = true): void {
    if (this.#shown === null) return;
    const closed = this.#options?.closed;
    this.#shown = null;
    if (back) this.#layer.returnFocus();
    this.#layer.sync(false);
    this.#host.requestUpdate();
    closed?.();
  }

  readonly #key = (event: KeyboardEvent): void => {
    // What is pressed in here is no key of the table or the form around it.
    event.stopPropagation();
    if (event.key !== 'Tab') return;
    const stops = this.#stops;
    const end = event.shiftKey ? stops[0] : stops.at(-1);
    const at = deepFocus();
    if (end !== undefined && at !== end && at !== this.#popup) return;
    event.preventDefault();
    this.close(true);
  };

  /** A button that opens this popover. */
  button(name: string, look: Omit<ButtonOptions, 'press'>, options: PopoverOptions): TemplateResult {
    const press = (event: Event): void => {
      if (!look.disabled) this.toggle(name, event.currentTarget as Element, options);
    };
    return buttonLook(
      { ...look, press },
      { popup: 'dialog', open: this.#shown === name, controls: this.#id },
    );
  }

  /** The popup; put it once into the element's template. Inside a dialog, put one into the dialog. */
  template(): TemplateResult {
    const o = this.#shown === null ? undefined : this.#options;
    return html`<div class="layer popover" part="popover" id=${this.#id} popover="manual" role="dialog" tabindex="-1"
      aria-label=${o?.label ?? nothing} @keydown=${this.#key}>${o?.body() ?? nothing}</div>`;
  }
}
