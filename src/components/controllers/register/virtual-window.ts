/**
 * Which rows a scroll area shows, by pure maths. No browser draws a box of three hundred million pixels, so
 * beyond eight million the scroll position stands for rows by a scale. Small steps still move the rows pixel by
 * pixel: the place among the rows is one number of its own, and the thumb is put right when it strays. Near both
 * ends the scale is one to one, so that the first and the last row are reached exactly.
 */

/** Pixels of spacer at most; beyond, browsers cut off. */
const MAX_SPACER = 8_000_000;
/** Rows drawn before and after those that are visible. */
const OVERSCAN = 12;
/** Row elements at most, unless more are visible at once. */
const MAX_ROWS = 60;
/** Pixels at each end that are scrolled one to one. */
const EDGE = 50_000;
/** The thumb is put right at once when it strays so many screens. */
const STRAY_SCREENS = 20;
/** A step of so many screens or more is a jump: by the scale, not by pixels. */
const JUMP_SCREENS = 2;

/** Pixels, except for `rows`. `viewport` is what is visible, without the header. */
export interface WindowShape {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

/** Rows from `first` to `last`, without `last`. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
  /** Where the first one lies in the spacer, in pixels. */
  readonly top: number;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * One per scroll area. Every method that may move the scroll position returns the `scrollTop` to set, a whole
 * number, or `undefined` where it stays.
 *
 * @example
 * const view = new VirtualWindow();
 * view.resize({ rows: 1_000_000, rowHeight: 33, viewport: 600 });
 * view.scrolled(4_000_000);
 * view.range; // { first: 499985, last: 500016, top: … }
 */
export class VirtualWindow {
  readonly #maxSpacer: number;
  readonly #overscan: number;
  readonly #maxRows: number;
  #shape: WindowShape = { rows: 0, rowHeight: 1, viewport: 0 };
  /** Pixels of rows above the upper edge: the truth. */
  #offset = 0;
  /** Where the scroll area stands, or is about to. */
  #top = 0;
  /** A position that was given out and will be heard of as a scroll. */
  #own: number | undefined;

  constructor(
    options: { readonly maxSpacer?: number; readonly overscan?: number; readonly maxRows?: number } = {},
  ) {
    this.#maxSpacer = options.maxSpacer ?? MAX_SPACER;
    this.#overscan = options.overscan ?? OVERSCAN;
    this.#maxRows = options.maxRows ?? MAX_ROWS;
  }

  /** Height to give the spacer. */
  get spacer(): number {
    return Math.min(this.#height, this.#maxSpacer);
  }

  get #height(): number {
    return this.#shape.rows * this.#shape.rowHeight;
  }

  /** Furthest place among the rows, and furthest scroll position. */
  get #end(): number {
    return Math.max(0, this.#height - this.#shape.viewport);
  }

  get #bottom(): number {
    return Math.max(0, this.spacer - this.#shape.viewport);
  }

  get #scaled(): boolean {
    return this.#height > this.#maxSpacer;
  }

  get #edge(): number {
    return Math.min(EDGE, this.#bottom / 4);
  }

  /** Number and height of rows, height of what is visible. The first visible row stays where it is. */
  resize(shape: WindowShape): number | undefined {
    const { rows, rowHeight, viewport } = this.#shape;
    if (shape.rows === rows && shape.rowHeight === rowHeight && shape.viewport === viewport) return undefined;
    const row = this.#offset / this.#shape.rowHeight;
    this.#shape = {
      rows: Math.max(0, shape.rows),
      rowHeight: Math.max(1, shape.rowHeight),
      viewport: Math.max(0, shape.viewport),
    };
    return this.#go(row * this.#shape.rowHeight);
  }

  /** The area has been scrolled. */
  scrolled(scrollTop: number): number | undefined {
    const top = clamp(scrollTop, 0, this.#bottom);
    const own = this.#own;
    this.#own = undefined;
    const delta = top - this.#top;
    this.#top = top;
    if (!this.#scaled) this.#offset = top;
    else if (own !== undefined && Math.abs(top - own) <= 1) return undefined;
    else if (Math.abs(delta) >= JUMP_SCREENS * this.#shape.viewport) this.#offset = this.#offsetAt(top);
    else return this.#step(delta);
    return undefined;
  }

  /** A small step: by pixels. */
  #step(delta: number): number | undefined {
    this.#offset = clamp(this.#offset + delta, 0, this.#end);
    const reach = JUMP_SCREENS * this.#shape.viewport;
    if (this.#top <= 1 && this.#offset <= reach) this.#offset = 0;
    if (this.#bottom - this.#top <= 1 && this.#end - this.#offset <= reach) this.#offset = this.#end;
    return this.#strays(this.#top) ? this.settle() : undefined;
  }

  /** Whether a scroll position is too far from where the rows are: near the ends it has to be exact. */
  #strays(top: number): boolean {
    const { viewport } = this.#shape;
    const room = Math.min(top, this.#bottom - top);
    const ended = this.#offset === 0 || this.#offset === this.#end;
    const allowed = ended ? 1 : clamp(room / 2 - viewport, 1, STRAY_SCREENS * viewport);
    return Math.abs(top - this.#topOf(this.#offset)) > allowed;
  }

  /** Scrolling has come to rest: puts the thumb where the rows are. */
  settle(): number | undefined {
    return this.#scaled ? this.#moveThumb(Math.round(this.#topOf(this.#offset))) : undefined;
  }

  /** The rows to draw. */
  get range(): RowRange {
    const { rows, rowHeight } = this.#shape;
    const { first: from, last: to } = this.inSight;
    const spare = clamp(Math.floor((this.#maxRows - (to - from)) / 2), 0, this.#overscan);
    const first = clamp(from - spare, 0, rows);
    const last = clamp(to + spare, first, rows);
    return { first, last, top: this.anchor + first * rowHeight };
  }

  /** The rows of which anything is visible, without the last. */
  get inSight(): { readonly first: number; readonly last: number } {
    const { rows, rowHeight, viewport } = this.#shape;
    const first = Math.floor(this.#offset / rowHeight);
    const last = Math.ceil((this.#offset + viewport) / rowHeight);
    return { first: clamp(first, 0, rows), last: clamp(last, 0, rows) };
  }

  /** Where row 0 would lie in the spacer, in pixels; as long as it stays, rows that are drawn need not move. */
  get anchor(): number {
    return this.#top - this.#offset;
  }

  /** First and last row that are wholly visible. */
  get visible(): { readonly first: number; readonly last: number } {
    const { rows, rowHeight, viewport } = this.#shape;
    // what a fraction of a pixel hides counts as visible
    const first = Math.ceil((this.#offset - 0.5) / rowHeight);
    const last = Math.floor((this.#offset + viewport + 0.5) / rowHeight) - 1;
    return { first: clamp(first, 0, Math.max(0, rows - 1)), last: clamp(last, 0, Math.max(0, rows - 1)) };
  }

  /** Makes a row visible by the shortest way. */
  reveal(row: number): number | undefined {
    const { rowHeight, viewport } = this.#shape;
    const start = row * rowHeight;
    if (start < this.#offset) return this.#by(start - this.#offset);
    const over = start + rowHeight - viewport - this.#offset;
    return over > 0 ? this.#by(Math.min(over, start - this.#offset)) : undefined;
  }

  /** Puts a row at the top, or as near to it as the end allows. */
  toRow(row: number): number | undefined {
    return this.#go(row * this.#shape.rowHeight);
  }

  /** Moves by so many rows; up where negative. */
  moveBy(rows: number): number | undefined {
    return this.#by(rows * this.#shape.rowHeight);
  }

  /** A step by pixels, of whatever length the keyboard makes it. */
  #by(pixels: number): number | undefined {
    if (!this.#scaled || Math.abs(pixels) >= JUMP_SCREENS * this.#shape.viewport) {
      return this.#go(this.#offset + pixels);
    }
    const before = this.#offset;
    this.#offset = clamp(before + pixels, 0, this.#end);
    const top = this.#top + Math.round(this.#offset - before);
    return this.#strays(top) ? this.settle() : this.#moveThumb(top);
  }

  #go(offset: number): number | undefined {
    this.#offset = clamp(offset, 0, this.#end);
    if (this.#scaled) return this.settle();
    // A whole number on the side that shows all of the row that was meant.
    const top = Math.max(0, Math.min(Math.ceil(this.#bottom), Math.ceil(this.#offset - 0.01)));
    const set = this.#moveThumb(top);
    this.#offset = Math.min(this.#end, this.#top);
    return set;
  }

  #moveThumb(top: number): number | undefined {
    if (Math.abs(top - this.#top) < 1) return undefined;
    this.#top = top;
    this.#own = top;
    return top;
  }

  /** The scroll position that stands for a place among the rows. */
  #topOf(offset: number): number {
    const edge = this.#edge;
    const [end, bottom] = [this.#end, this.#bottom];
    if (!this.#scaled || offset <= edge) return Math.min(offset, bottom);
    if (offset >= end - edge) return bottom - (end - offset);
    return edge + ((offset - edge) * (bottom - 2 * edge)) / (end - 2 * edge);
  }

  /** The place among the rows a scroll position stands for. */
  #offsetAt(top: number): number {
    const edge = this.#edge;
    const [end, bottom] = [this.#end, this.#bottom];
    if (top <= edge) return top;
    if (bottom - top <= edge) return end - (bottom - top);
    return edge + ((top - edge) * (end - 2 * edge)) / (bottom - 2 * edge);
  }
}
