/**
 * The scroll area of a register that shows all rows in one window: measures what is visible, draws the lines
 * that are in sight, and reads them as they come there.
 */
import type { LitElement, ReactiveController } from 'lit';
import { type RowRange, VirtualWindow } from '../../controllers/register/virtual-window.ts';

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
/** Milliseconds between two words on which rows are in sight, while all that is drawn stays as it is. */
const TELL_PAUSE = 200;

export class WindowView implements ReactiveController {
  readonly #host: WindowHost;
  readonly #window = new VirtualWindow();
  #rowHeight = 33;
  #viewport = 0;
  #measured = false;
  #resize: ResizeObserver | undefined;
  #observed: HTMLElement | undefined;
  #shown = '';
  #given = '';
  #frame = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** The lines that are drawn: kept as long as they cover what is in sight, so that most frames draw nothing. */
  #block: RowRange | undefined;
  /** Where the area stood before it was drawn anew. */
  #stood: number | undefined;

  constructor(host: WindowHost) {
    this.#host = host;
    host.element.addController(this);
  }

  hostDisconnected(): void {
    this.#resize?.disconnect();
    this.#observed = undefined;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#telling);
    this.#frame = 0;
    this.#telling = undefined;
    this.#block = undefined;
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

  /** What is to be drawn; asked once for each time it is drawn. */
  get drawn(): Drawn {
    const drawn = this.#choose();
    this.#given = `${drawn.first}:${drawn.last}`;
    return drawn;
  }

  #choose(): Drawn {
    const count = this.#host.lineCount;
    if (!this.#host.windowed) return { first: 0, last: count, before: 0, after: 0 };
    if (!this.#measured) return { first: 0, last: Math.min(count, GUESS), before: 0, after: 0 };
    if (!this.#covers()) this.#block = this.#window.range;
    const { first, last, top } = this.#block as RowRange;
    const end = Math.min(last, count);
    const start = Math.min(first, end);
    const after = this.#window.spacer - top - (end - start) * this.#rowHeight;
    return { first: start, last: end, before: Math.max(0, top), after: Math.max(0, after) };
  }

  /** What is drawn is where it belongs, and nothing else is in sight. */
  #covers(): boolean {
    const block = this.#block;
    if (block === undefined) return false;
    const { first, last } = this.#window.inSight;
    const moved = Math.abs(this.#window.anchor + block.first * this.#rowHeight - block.top);
    return moved < 0.5 && first >= block.first && last <= block.last;
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
    if (this.#covers()) {
      this.#telling ??= setTimeout(() => {
        this.#telling = undefined;
        this.#host.element.requestUpdate();
      }, TELL_PAUSE);
      return;
    }
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
    this.#observe(area);
    this.#stay(area);
    if (!this.#measured) this.#measure(area);
    const rows = this.#host.lineCount;
    this.#set(this.#window.resize({ rows, rowHeight: this.#rowHeight, viewport: this.#viewport }));
    const { first, last } = this.#choose();
    const shown = `${first}:${last}:${rows}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#host.show(first, last);
    // What is drawn was chosen before it was measured.
    if (this.#given !== `${first}:${last}`) this.#host.element.requestUpdate();
  }

  /**
   * While rows are replaced there are fewer for a moment, and near the end the browser scrolls up to what is
   * left. Elsewhere nothing is asked, since asking lays the table out.
   */
  #stay(area: HTMLElement): void {
    const stood = this.#stood;
    const drawn = (this.#block?.last ?? 0) - (this.#block?.first ?? 0);
    const end = this.#window.spacer - this.#viewport - drawn * this.#rowHeight;
    if (stood !== undefined && stood >= end && area.scrollTop !== stood) area.scrollTop = stood;
  }

  /** Heights are read when they have changed, not with every update. */
  #observe(area: HTMLElement): void {
    if (area === this.#observed) return;
    this.#resize?.disconnect();
    this.#observed = area;
    let height = area.clientHeight;
    this.#resize = new ResizeObserver(() => {
      if (area.clientHeight === height) return;
      height = area.clientHeight;
      this.#measured = false;
      this.#host.element.requestUpdate();
    });
    this.#resize.observe(area);
  }

  #measure(area: HTMLElement): void {
    const header = area.querySelector<HTMLElement>('thead')?.offsetHeight ?? 0;
    this.#viewport = Math.max(0, area.clientHeight - header);
    const line = area.querySelector<HTMLElement>('tbody > tr.row, .cards > .card');
    const height = line?.getBoundingClientRect().height ?? 0;
    if (height <= 0) return;
    if (height !== this.#rowHeight) this.#block = undefined;
    this.#rowHeight = height;
    this.#measured = true;
  }
}
