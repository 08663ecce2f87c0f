/**
 * Something in the top layer beside what it belongs to: shown and hidden with the state of its element, placed
 * by measuring, moved along when the page scrolls, and one of the {@link stack} while it is open.
 */
import { type Dismissal, deepFocus, stack, within } from './overlays.ts';

/** What a layer stands beside: an element, or a place such as the pointer's. */
export type Anchor = Element | { getBoundingClientRect(): DOMRect };

/** How a layer lies beside its anchor. */
export interface Placement {
  /** The edge it shares with its anchor. */
  readonly align?: 'start' | 'end';
  /** At least as wide as its anchor. */
  readonly match?: boolean;
  /** The widest it may be, in px. */
  readonly widest?: number;
  /** The tallest it may be, in px; what there is room for unless said. */
  readonly tallest?: number;
}

const GAP = 3;
const EDGE = 8;
const ENOUGH = 160;

/** Puts a popup below its anchor, or above where there is more room; never past the edges of the window. */
export function placeBeside(popup: HTMLElement, anchor: Anchor, o: Placement = {}): void {
  const box = anchor.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const height = window.innerHeight;
  const set = (name: string, value: string): void => popup.style.setProperty(name, value);
  const below = height - box.bottom - EDGE;
  const up = below < Math.min(ENOUGH, popup.scrollHeight) && box.top - EDGE > below;
  set(
    'max-inline-size',
    `${Math.min(Math.max(o.match ? box.width : 0, o.widest ?? 520), width - 2 * EDGE)}px`,
  );
  const room = Math.max(120, up ? box.top - EDGE : below);
  set('max-block-size', `${Math.min(room, o.tallest ?? room)}px`);
  if (o.match) set('min-inline-size', `${box.width}px`);
  const rtl = getComputedStyle(popup).direction === 'rtl';
  const atRight = (o.align === 'end') !== rtl;
  const wished = atRight ? box.right - popup.offsetWidth : box.left;
  set('left', `${Math.max(EDGE, Math.min(wished, width - popup.offsetWidth - EDGE))}px`);
  set('right', 'auto');
  set('top', up ? 'auto' : `${box.bottom + GAP}px`);
  set('bottom', up ? `${height - box.top + GAP}px` : 'auto');
}

/** Where a layer is drawn and what it belongs to. */
export interface LayerOptions {
  /** Its element, with `popover="manual"`; null before it is drawn. */
  readonly element: () => HTMLElement | null;
  readonly close: (why: Dismissal) => void;
  readonly placement?: Placement;
}

/** The top-layer side of a menu, a popover or a list; its owner keeps whether it is open. */
export class Layer {
  readonly #o: LayerOptions;
  #anchor: Anchor | undefined;
  #leave: (() => void) | undefined;

  constructor(options: LayerOptions) {
    this.#o = options;
  }

  get anchor(): Anchor | undefined {
    return this.#anchor;
  }

  /** What it stands beside from now on. */
  beside(anchor: Anchor): void {
    this.#anchor = anchor;
  }

  /** Brings the screen to the state; call it whenever the owner was drawn. True when it has just opened. */
  sync(open: boolean): boolean {
    const popup = this.#o.element();
    if (!open || popup === null) {
      this.gone();
      if (popup?.matches(':popover-open')) popup.hidePopover();
      return false;
    }
    const news = !popup.matches(':popover-open');
    if (news) popup.showPopover();
    this.#enter();
    this.#place();
    return news;
  }

  /** Its owner has left the page, or it is closed. */
  gone(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  /** Gives the focus back to the anchor, unless it has moved on by itself. */
  returnFocus(): void {
    const popup = this.#o.element();
    const at = deepFocus();
    const here = at === null || at === document.body || (popup !== null && within(at, popup));
    if (here && this.#anchor instanceof HTMLElement) this.#anchor.focus();
  }

  #enter(): void {
    if (this.#leave !== undefined) return;
    const unstack = stack({
      holds: (path) =>
        path.includes(this.#o.element() as EventTarget) || path.includes(this.#anchor as EventTarget),
      dismiss: (why) => this.#o.close(why),
    });
    window.addEventListener('scroll', this.#moved, { capture: true, passive: true });
    window.addEventListener('resize', this.#moved);
    this.#leave = () => {
      unstack();
      window.removeEventListener('scroll', this.#moved, { capture: true });
      window.removeEventListener('resize', this.#moved);
    };
  }

  readonly #moved = (event: Event): void => {
    if (event.composedPath()[0] !== this.#o.element()) this.#place();
  };

  #place(): void {
    const popup = this.#o.element();
    if (popup !== null && this.#anchor !== undefined) placeBeside(popup, this.#anchor, this.#o.placement);
  }
}
