/**
 * A menu beside the button that opened it: arrows, Home, End and the first letters move, Enter and Space
 * choose, Escape and Tab leave and give the focus back. One serves any number of buttons, so that a table
 * needs one for all its rows.
 */
import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import { type IconName, icon } from '../icons.ts';
import type { ButtonOptions } from './controls.ts';
import type { Placement } from './layer.ts';
import { Popup } from './popup.ts';

/** One thing to choose. */
export interface MenuItem {
  /** `data-action`, for hosts' tests. */
  readonly id: string;
  readonly label: string;
  /** A second line, muted. */
  readonly sub?: string | undefined;
  readonly icon?: IconName | undefined;
  /** The shortcut that does the same, shown at the end. */
  readonly key?: string | undefined;
  /** Makes it a tick; with `one` a choice among its neighbours. */
  readonly checked?: boolean | undefined;
  readonly one?: boolean | undefined;
  /** Cannot be chosen now; a text says why and is shown below the label. */
  readonly locked?: boolean | string | undefined;
  readonly danger?: boolean | undefined;
  /** Makes it a real link. */
  readonly href?: string | undefined;
  /** The menu stays open: ticks that are set one after the other. */
  readonly stay?: boolean | undefined;
  readonly press: (event: Event) => void;
}

/** A line of a menu: something to choose, a line between groups, the name of what follows. */
export type MenuEntry = MenuItem | 'line' | { readonly heading: string };

/** What a menu shows. */
export interface MenuOptions {
  readonly label: string;
  /** Asked again whenever the element is drawn, so that ticks and locks are up to date. */
  readonly entries: () => readonly MenuEntry[];
  /** Which item has the focus first; `last` when it was opened with the arrow up. */
  readonly first?: 'first' | 'last';
}

const TYPED_FOR_MS = 700;
const isItem = (entry: MenuEntry): entry is MenuItem => typeof entry === 'object' && 'id' in entry;

/**
 * A menu. Put `template()` once into the element's template, and `button()` where it is opened, or call
 * `toggle()` from a handler of the element's own.
 *
 * @example
 * readonly #menu = new Menu(this);
 * html`${this.#menu.button('row', { label: 'More', icon: 'more', iconOnly: true }, { label: 'Lot', entries })}
 *   ${this.#menu.template()}`;
 */
export class Menu extends Popup<MenuOptions> {
  #typed = '';
  #typedAt = 0;

  constructor(host: LitElement, id = 'menu', placement?: Placement) {
    super(host, id, placement);
  }

  get #items(): HTMLElement[] {
    return [...(this.popup?.querySelectorAll<HTMLElement>('.item') ?? [])];
  }

  protected override enter(): void {
    this.#items.at(this.options?.first === 'last' ? -1 : 0)?.focus();
  }

  #choose(item: MenuItem, event: Event): void {
    if (item.locked) {
      event.preventDefault();
      return;
    }
    if (!item.stay) this.close(true);
    item.press(event);
    if (item.stay) this.host.requestUpdate();
  }

  #move(to: number): void {
    const items = this.#items;
    items[(to + items.length) % items.length]?.focus();
  }

  /** The next item that begins with what was typed just now. */
  #seek(char: string, at: number): void {
    const now = performance.now();
    this.#typed = now - this.#typedAt > TYPED_FOR_MS ? char : this.#typed + char;
    this.#typedAt = now;
    const items = this.#items;
    const wanted = this.#typed.toLowerCase();
    const from = wanted.length === 1 ? at + 1 : at;
    const found = items.findIndex((_, i) =>
      items[(from + i) % items.length]?.dataset.label?.toLowerCase().startsWith(wanted),
    );
    if (found >= 0) this.#move(from + found);
  }

  readonly #key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const path = event.composedPath();
    const at = this.#items.findIndex((item) => path.includes(item));
    // From the anchor on, Tab goes its usual way.
    if (event.key === 'Tab') this.close(true);
    else if (this.#steer(event, at)) event.preventDefault();
  };

  /** A key that moves the focus from the item at a place; whether it was one. */
  #steer(event: KeyboardEvent, at: number): boolean {
    const { key, ctrlKey, metaKey, altKey } = event;
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: Math.max(at, 0) - 1,
      Home: 0,
      End: -1,
    };
    const to = steps[key];
    if (to !== undefined) this.#move(to);
    else if (key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey) this.#seek(key, at);
    else return false;
    return true;
  }

  readonly #left = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || this.popup?.contains(to) || to === this.layer.anchor) return;
    this.close(false);
  };

  /** A button that opens this menu, by pointer, Enter, Space or an arrow. */
  button(name: string, look: Omit<ButtonOptions, 'press'>, options: MenuOptions): TemplateResult {
    const key = (event: KeyboardEvent): void => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      event.stopPropagation();
      const first = event.key === 'ArrowUp' ? 'last' : 'first';
      this.open(name, event.currentTarget as Element, { ...options, first });
    };
    return this.opener(name, look, options, { popup: 'menu', key });
  }

  #line(entry: MenuEntry): TemplateResult {
    if (entry === 'line') return html`<div class="line" role="separator"></div>`;
    if (!isItem(entry)) return html`<div class="heading" role="presentation">${entry.heading}</div>`;
    const role = entry.checked === undefined ? 'menuitem' : entry.one ? 'menuitemradio' : 'menuitemcheckbox';
    const sub = typeof entry.locked === 'string' ? entry.locked : entry.sub;
    const inner = html`<span class="mark">${
      entry.checked ? icon('check') : entry.icon ? icon(entry.icon) : nothing
    }</span><span class="what"><span>${entry.label}</span>${
      sub ? html`<span class="sub small">${sub}</span>` : nothing
    }</span>${entry.key ? html`<kbd class="kbd" aria-hidden="true">${entry.key}</kbd>` : nothing}`;
    const press = (event: Event): void => this.#choose(entry, event);
    const look = `item ${entry.danger ? 'danger' : ''}`;
    const locked = entry.locked ? 'true' : nothing;
    if (entry.href !== undefined && !entry.locked) {
      return html`<a class=${look} role="menuitem" tabindex="-1" href=${entry.href} data-action=${entry.id}
        data-label=${entry.label} @click=${press}>${inner}</a>`;
    }
    return html`<button class=${look} type="button" role=${role} tabindex="-1" data-action=${entry.id}
      data-label=${entry.label} aria-checked=${entry.checked ?? nothing} aria-disabled=${locked}
      @click=${press}>${inner}</button>`;
  }

  override template(): TemplateResult {
    const o = this.options;
    return html`<div class="layer menu" part="menu" id=${this.id} popover="manual" role="menu"
      aria-label=${o?.label ?? nothing} @keydown=${this.#key} @focusout=${this.#left}>${
        o?.entries().map((entry) => this.#line(entry)) ?? nothing
      }</div>`;
  }
}
