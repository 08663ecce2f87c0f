/**
 * How much room a register has, and what gives way first: decided by its container, never by the window.
 * And how long it has waited for a ledger.
 */
import type { LitElement, ReactiveController } from 'lit';
import { Timers } from '../../controllers/timers.ts';
import type { Density } from '../../core.ts';

/** Below this width of the container, in px, cards take the place of the table. */
const CARDS_BELOW = 560;
/** Below these widths, in em, the item gives way, then the life line, then the date of the expiry. */
const steps: readonly (readonly [name: string, below: number])[] = [
  ['tight', 112],
  ['close', 84],
  ['short', 74],
  ['brief', 60],
];
/** Text sizes of the densities, in px, as the tokens have them. */
const textSizes: Readonly<Record<Density, number>> = { compact: 12, regular: 13, comfortable: 15 };

export interface Room {
  /** Width in em of the register's own text. */
  readonly ems: number;
  readonly narrow: boolean;
  /** Classes for the wrapper. */
  readonly look: string;
}

/** The room in a container so many px wide. */
export function roomFor(width: number, density: Density): Room {
  const ems = width / textSizes[density];
  const narrow = width < CARDS_BELOW;
  const classes = steps.filter(([, below]) => ems < below).map(([name]) => name);
  return { ems, narrow, look: (narrow ? ['narrow', ...classes] : classes).join(' ') };
}

/** Milliseconds without a ledger, before a skeleton and before the element says so. */
const A_MOMENT = 150;
const TOO_LONG = 3000;

/** Watches the width of an element, and how long it has been on the page. */
export class Surroundings implements ReactiveController {
  width = Number.POSITIVE_INFINITY;
  /** 1 = a moment has passed, 2 = what is not here by now is not on its way. */
  patience = 0;
  /** The host has given the element a height: there is no room to keep. */
  definite = false;
  readonly #host: LitElement;
  readonly #timers = new Timers();
  #resize: ResizeObserver | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const width = (px: number): void => {
      if (px <= 0 || px === this.width) return;
      this.width = px;
      this.#host.requestUpdate();
    };
    width(this.#host.clientWidth);
    this.#resize = new ResizeObserver(([entry]) => width(entry?.contentRect.width ?? 0));
    this.#resize.observe(this.#host);
    for (const [patience, wait] of [
      [1, A_MOMENT],
      [2, TOO_LONG],
    ] as const) {
      this.#timers.set(`patience ${patience}`, wait, () => {
        this.patience = patience;
        this.#host.requestUpdate();
      });
    }
  }

  hostUpdated(): void {
    if (this.definite) return;
    const area = this.#host.renderRoot.querySelector<HTMLElement>('.reserved .scroll');
    const rows = area?.querySelector<HTMLElement>('.grid, .cards');
    if (!area || !rows || area.scrollHeight <= area.clientHeight + 1) return;
    if (rows.offsetHeight >= area.clientHeight) return;
    this.definite = true;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#resize?.disconnect();
    this.#timers.clear();
  }
}
