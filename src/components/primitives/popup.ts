/**
 * What a menu and a popover have in common: one popup for any number of buttons, which of them opened it, and
 * its way into the top layer and back.
 */
import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import { type ButtonOptions, buttonLook, type Opener } from './controls.ts';
import { type Anchor, Layer, type Placement } from './layer.ts';

/** The base of what opens beside a button; `O` is what it is opened with. */
export abstract class Popup<O> implements ReactiveController {
  protected readonly host: LitElement;
  protected readonly id: string;
  protected readonly layer: Layer;
  #shown: string | null = null;
  #options: O | undefined;

  /** `id` is the popup's in the element's root; give each popup of an element its own. */
  constructor(host: LitElement, id: string, placement: Placement = {}) {
    this.host = host;
    this.id = id;
    this.layer = new Layer({
      element: () => this.popup,
      close: (why) => this.close(why === 'escape'),
      placement,
    });
    host.addController(this);
  }

  /** Name of the button it was opened by; null while it is closed. */
  get shown(): string | null {
    return this.#shown;
  }

  /** What it was opened with; undefined while it is closed. */
  protected get options(): O | undefined {
    return this.#shown === null ? undefined : this.#options;
  }

  protected get popup(): HTMLElement | null {
    return this.host.renderRoot?.querySelector<HTMLElement>(`#${this.id}`) ?? null;
  }

  /** Takes the focus, when it has just opened. */
  protected abstract enter(): void;

  /** The popup; put it once into the element's template. Inside a dialog, put one into the dialog. */
  abstract template(): TemplateResult;

  hostUpdated(): void {
    const { anchor } = this.layer;
    if (this.#shown !== null && anchor instanceof Element && !anchor.isConnected) this.close(false);
    else if (this.layer.sync(this.#shown !== null)) this.enter();
  }

  hostDisconnected(): void {
    this.#shown = null;
    this.layer.gone();
  }

  /** Opens beside an anchor; `name` tells one button from another. */
  open(name: string, anchor: Anchor, options: O): void {
    this.close(false);
    this.#shown = name;
    this.#options = options;
    this.layer.beside(anchor);
    this.host.requestUpdate();
  }

  /** Opens, or closes where it is open for the same button. */
  toggle(name: string, anchor: Anchor, options: O): void {
    if (this.#shown === name) this.close(true);
    else this.open(name, anchor, options);
  }

  /** Closes; `back` returns the focus to where it was opened. */
  close(back = true): void {
    if (this.#shown === null) return;
    this.#shown = null;
    if (back) this.layer.returnFocus();
    this.layer.sync(false);
    this.host.requestUpdate();
  }

  /** The button named so, which opens this popup and closes it. */
  protected opener(
    name: string,
    look: Omit<ButtonOptions, 'press'>,
    options: O,
    how: Pick<Opener, 'popup' | 'key'>,
  ): TemplateResult {
    const press = (event: Event): void => {
      if (!look.disabled) this.toggle(name, event.currentTarget as Element, options);
    };
    return buttonLook({ ...look, press }, { ...how, open: this.#shown === name, controls: this.id });
  }
}
