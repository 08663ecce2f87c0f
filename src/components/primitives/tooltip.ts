/**
 * A sentence beside what the pointer or the focus is on: the name of a button that shows only its icon, the
 * reason why something is locked. One per element; it serves everything that carries `data-tip`, and what
 * assistive technology hears is said by its target itself (`button({ tip })`), never by the bubble alone.
 */
import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { placeBeside } from './layer.ts';

const WAIT_MS = 400;
const LEAVE_MS = 150;

/**
 * The tooltip of an element. Put `template()` once into the element's template.
 *
 * @example
 * readonly #tooltip = new Tooltip(this);
 * html`${button({ label: 'Delete', disabled: true, tip: 'Stock has moved.' })}${this.#tooltip.template()}`;
 */
export class Tooltip implements ReactiveController {
  readonly #host: LitElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #target: Element | undefined;
  #heard: EventTarget | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#hide();
  }

  hostUpdated(): void {
    this.#listen();
    if (this.#target !== undefined && !this.#target.isConnected) this.#hide();
  }

  /** In the root itself: what goes from one of its elements to another is not heard outside. */
  #listen(): void {
    const root = this.#host.renderRoot;
    if (this.#heard === root) return;
    this.#heard = root;
    root.addEventListener('pointerover', this.#over);
    root.addEventListener('pointerdown', this.#hide);
    root.addEventListener('focusin', this.#focused);
    root.addEventListener('focusout', this.#hide);
    this.#host.addEventListener('pointerleave', this.#hide);
  }

  get #bubble(): HTMLElement | null {
    return this.#host.renderRoot?.querySelector<HTMLElement>('.layer.tip') ?? null;
  }

  readonly #over = (event: Event): void => {
    const path = event.composedPath();
    const target = tipped(path);
    // The pointer may rest on the sentence itself, and takes a moment to get there.
    const stays = target === this.#target || path.includes(this.#bubble as EventTarget);
    clearTimeout(this.#timer);
    if (this.#target !== undefined) {
      if (!stays)
        this.#timer = setTimeout(target === undefined ? this.#hide : () => this.#show(target), LEAVE_MS);
    } else if (target !== undefined) this.#timer = setTimeout(() => this.#show(target), WAIT_MS);
  };

  readonly #focused = (event: Event): void => {
    const target = tipped(event.composedPath());
    if (target?.matches(':focus-visible')) this.#show(target);
  };

  #show(target: Element): void {
    const bubble = this.#bubble;
    const text = target.getAttribute('data-tip');
    if (bubble === null || !text || !target.isConnected) return;
    this.#hide();
    this.#target = target;
    bubble.textContent = text;
    bubble.showPopover();
    this.#place();
    window.addEventListener('keydown', this.#key, true);
    window.addEventListener('scroll', this.#place, { capture: true, passive: true });
  }

  readonly #place = (): void => {
    const bubble = this.#bubble;
    if (bubble !== null && this.#target !== undefined) placeBeside(bubble, this.#target, { widest: 320 });
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#hide();
  };

  readonly #hide = (): void => {
    clearTimeout(this.#timer);
    if (this.#target === undefined) return;
    this.#target = undefined;
    window.removeEventListener('keydown', this.#key, true);
    window.removeEventListener('scroll', this.#place, { capture: true });
    const bubble = this.#bubble;
    if (bubble?.matches(':popover-open')) bubble.hidePopover();
  };

  /** The bubble; put it once into the element's template. */
  template(): TemplateResult {
    return html`<div class="layer tip" part="tooltip" popover="manual" role="tooltip"></div>`;
  }
}

/** The innermost element on a path that has something to say. */
function tipped(path: readonly EventTarget[]): Element | undefined {
  return path.find((each): each is Element => each instanceof Element && each.hasAttribute('data-tip'));
}
