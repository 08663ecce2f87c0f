/**
 * The scroll area of a register that shows all rows in one window: measures what is visible, draws the lines
 * that are in sight, and reads them as they come there.
 */
import type { LitElement, ReactiveController } from 'lit';
import { VirtualWindow } from '../../controllers/register/virtual-window.ts';

/** What the window needs of its register. */
export interface WindowHost {
  readonly element: LitElement;
  readonly windowed: boolean;
  /** How many lines there are. */
  readonly lineCount: number;
  /** These lines are drawn, without the last. */
  show(first: number, last: number): void;
  seen(first: number): void;
}

/** Which lines are drawn, and the heights in px that stand in for the others. */
export interface Drawn {
  readonly first: number;
  readonly last: number;
  readonly before: number;
  readonly after: number;
}

/** Lines before anything was measured. */
const GUESS = 30;

export class WindowView implements ReactiveController {
  readonly #host: WindowHost;
  readonly #window = new VirtualWindow();
  #rowHeight = 33;
  #measured = false;
  #shown = '';
  #frame = 0;
  /** Where the area stood before it was drawn anew. */
  #stood: number | undefined;

  constructor(host: WindowHost) {
    this.#host = host;
    host.element.addController(this);
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#shown = '';
  }

  get #area(): HTMLElement | null {
    return this.#host.element.renderRoot.querySelector<HTMLElement>('.scroll.window');
  }

  /** Sizes may have changed: measure again. */
  release(): void {
    this.#measured = false;
  }

  /** Another question: from its first row. */
  reset(): void {
    this.#set(this.#window.toRow(0));
  }

  /** What is to be drawn. */
  get drawn(): Drawn {
    const count = this.#host.lineCount;
    if (!this.#host.windowed) return { first: 0, last: count, before: 0, after: 0 };
    if (!this.#measured) return { first: 0, last: Math.min(count, GUESS), before: 0, after: 0 };
    const { first, last, top } = this.#window.range;
    const end = Math.min(last, count);
    const start = Math.min(first, end);
    const after = this.#window.spacer - top - (end - start) * this.#rowHeight;
    return { first: start, last: end, before: Math.max(0, top), after: Math.max(0, after) };
  }

  /** First and last line that are wholly visible. */
  get visible(): { readonly first: number; readonly last: number } {
    const count = this.#host.lineCount;
    if (!this.#measured) return { first: 0, last: Math.min(count, GUESS) };
    const { first, last } = this.#window.visible;
    return { first, last: Math.min(count, last + 1) };
  }

  /** Lines a page key jumps over. */
  get leap(): number {
    const { first, last } = this.visible;
    return Math.max(1, last - first - 1);
  }

  /** Makes a line visible; it is drawn with the next update. */
  reveal(line: number): void {
    this.#set(this.#window.reveal(line));
    this.#host.element.requestUpdate();
  }

  readonly scrolled = (event: Event): void => {
    if (!this.#host.windowed) return;
    const area = event.currentTarget as HTMLElement;
    this.#set(this.#window.scrolled(area.scrollTop));
    this.#host.seen(this.#window.visible.first);
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#host.element.requestUpdate();
    });
  };

  readonly ended = (): void => {
    if (this.#host.windowed) this.#set(this.#window.settle());
  };

  #set(top: number | undefined): void {
    const area = this.#area;
    if (top !== undefined && area !== null) area.scrollTop = top;
  }

  hostUpdate(): void {
    this.#stood = this.#host.windowed ? this.#area?.scrollTop : undefined;
  }

  hostUpdated(): void {
    if (!this.#host.windowed) return;
    const area = this.#area;
    if (area === null) return;
    // While rows are replaced there are fewer for a moment, and the browser scrolls up to what is left.
    if (this.#stood !== undefined && area.scrollTop !== this.#stood) area.scrollTop = this.#stood;
    if (!this.#measured) this.#measure(area);
    const header = area.querySelector<HTMLElement>('thead')?.offsetHeight ?? 0;
    const rows = this.#host.lineCount;
    const viewport = Math.max(0, area.clientHeight - header);
    this.#set(this.#window.resize({ rows, rowHeight: this.#rowHeight, viewport }));
    const { first, last } = this.drawn;
    const shown = `${first}:${last}:${rows}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#host.show(first, last);
    // What is drawn was chosen before it was measured.
    this.#host.element.requestUpdate();
  }

  #measure(area: HTMLElement): void {
    const line = area.querySelector<HTMLElement>('tbody > tr.row, .cards > .card');
    const height = line?.getBoundingClientRect().height ?? 0;
    if (height <= 0) return;
    this.#rowHeight = height;
    this.#measured = true;
  }
}
