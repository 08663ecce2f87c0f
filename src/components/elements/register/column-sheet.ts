/**
 * Widths and pinned places of columns, in a style sheet of the register's own: a strict policy allows no
 * style attributes, and one rule is cheaper than a property on every cell.
 */
import type { LitElement, ReactiveController } from 'lit';
import type { ViewColumn } from './view.ts';

const NARROWEST = 3;
const WIDEST = 60;

const rule = (key: string, body: string): string => `[data-column="${CSS.escape(key)}"]{${body}}`;

/** The place of a column in px from its side, while it is pinned. */
interface Pin {
  readonly key: string;
  readonly side: 'start' | 'end';
  readonly at: number;
  /** The last of its side: it throws the shade. */
  readonly edge: boolean;
}

/** The sheet of one register. */
export class ColumnSheet<R> implements ReactiveController {
  readonly #host: LitElement;
  readonly #sheet = new CSSStyleSheet();
  #text = '';
  #columns: readonly ViewColumn<R>[] = [];
  /** Widths in px while all of them are held fast, so that rows that come and go move no column. */
  #held: ReadonlyMap<string, number> | undefined;
  #tried: { readonly key: string; readonly em: number } | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const root = this.#host.renderRoot as ShadowRoot | undefined;
    if (root?.adoptedStyleSheets && !root.adoptedStyleSheets.includes(this.#sheet)) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
    }
  }

  hostDisconnected(): void {
    this.#held = undefined;
  }

  /** What stands on the screen now; called before it is drawn. */
  show(columns: readonly ViewColumn<R>[]): void {
    const same =
      columns.length === this.#columns.length &&
      columns.every(({ key, width, label }, i) => {
        const before = this.#columns[i];
        return before?.key === key && before.width === width && before.label === label;
      });
    if (!same) this.#held = undefined;
    this.#columns = columns;
  }

  /** A width that is being tried, in em; undefined = none. */
  preview(key: string | undefined, em: number): void {
    this.#tried = key === undefined ? undefined : { key, em };
    this.#write();
  }

  /** Lets go of widths that were held, since sizes have changed. */
  release(): void {
    this.#held = undefined;
  }

  hostUpdated(): void {
    this.hostConnected();
    this.#write();
  }

  #header(key: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(
      `thead .heads [data-column="${CSS.escape(key)}"]`,
    );
  }

  /** Width of a column in em of its own text. */
  widthOf(key: string): number {
    const header = this.#header(key);
    if (header === null) return NARROWEST;
    return header.getBoundingClientRect().width / this.em;
  }

  /** Px of an em of the table's text. */
  get em(): number {
    const table = this.#host.renderRoot.querySelector('table');
    return table === null ? 13 : Number.parseFloat(getComputedStyle(table).fontSize) || 13;
  }

  /** Holds every column at the width it has now. */
  hold(): void {
    if (this.#held !== undefined || this.#columns.length === 0) return;
    const held = new Map<string, number>();
    for (const { key } of this.#columns) {
      const width = this.#header(key)?.getBoundingClientRect().width;
      if (!width) return;
      held.set(key, width);
    }
    this.#held = held;
    this.#write();
  }

  get holding(): boolean {
    return this.#held !== undefined;
  }

  /** The width in em that shows every cell of a column whole. */
  best(key: string): number {
    const root = this.#host.renderRoot;
    const cells = root.querySelectorAll<HTMLElement>(
      `:is(.heads, tr.row) > [data-column="${CSS.escape(key)}"]`,
    );
    const range = document.createRange();
    let widest = 0;
    for (const cell of cells) {
      range.selectNodeContents(cell);
      const style = getComputedStyle(cell);
      const padding = Number.parseFloat(style.paddingInlineStart) + Number.parseFloat(style.paddingInlineEnd);
      widest = Math.max(
        widest,
        range.getBoundingClientRect().width + padding + 2,
        contentOf(cell) + padding + 2,
      );
    }
    return Math.min(WIDEST, Math.max(NARROWEST, Math.ceil((widest / this.em) * 10) / 10));
  }

  #pins(): Pin[] {
    const pins: Pin[] = [];
    // nothing is measured for columns that are not pinned: that would lay out the table with every update
    if (this.#columns.every(({ pin }) => pin === undefined)) return pins;
    const leads = this.#host.renderRoot.querySelectorAll<HTMLElement>('thead .heads .lead');
    let at = [...leads].reduce((sum, lead) => sum + lead.getBoundingClientRect().width, 0);
    const started = this.#columns.filter(({ pin }) => pin === 'start');
    for (const { key } of started) {
      pins.push({ key, side: 'start', at, edge: key === started.at(-1)?.key });
      at += this.#header(key)?.getBoundingClientRect().width ?? 0;
    }
    at =
      this.#host.renderRoot.querySelector<HTMLElement>('thead .heads .tail')?.getBoundingClientRect().width ??
      0;
    const ended = this.#columns.filter(({ pin }) => pin === 'end');
    for (const { key } of ended.toReversed()) {
      pins.push({ key, side: 'end', at, edge: key === ended[0]?.key });
      at += this.#header(key)?.getBoundingClientRect().width ?? 0;
    }
    return pins;
  }

  #write(): void {
    const rules: string[] = [];
    if (this.#held !== undefined) {
      rules.push('table.grid{table-layout:fixed}');
      for (const [key, px] of this.#held) {
        if (this.#tried?.key !== key) rules.push(`.heads>${rule(key, `inline-size:${px}px`)}`);
      }
    }
    for (const { key, width: given } of this.#columns) {
      const width = this.#tried?.key === key ? this.#tried.em : given;
      if (width === undefined) continue;
      rules.push(
        `table.grid :is(th,td)${rule(key, `inline-size:${width}em;min-inline-size:${width}em;max-inline-size:${width}em;overflow:hidden;text-overflow:ellipsis`)}`,
      );
      rules.push(`.filters>[data-column="${CSS.escape(key)}"]>.box{min-inline-size:0}`);
    }
    const pins = this.#pins();
    if (pins.some(({ side }) => side === 'start')) rules.push('.grid{--_pinned:1}');
    for (const { key, side, at, edge } of pins) {
      rules.push(
        `table.grid :is(th,td)${rule(key, `position:sticky;inset-inline-${side}:${at}px;z-index:2`)}`,
      );
      rules.push(`table.grid tbody td${rule(key, 'background-color:var(--_bg)')}`);
      if (edge) {
        const line = side === 'start' ? 'border-inline-end' : 'border-inline-start';
        rules.push(`table.grid :is(th,td)${rule(key, `${line}:1px solid var(--_line-strong)`)}`);
      }
    }
    const text = rules.join('\n');
    if (text === this.#text) return;
    this.#text = text;
    this.#sheet.replaceSync(text);
  }
}

/** Width of what a cell holds, also where it is cut. */
function contentOf(cell: HTMLElement): number {
  let width = 0;
  for (const child of cell.querySelectorAll<HTMLElement>('.cut')) {
    const cut = child.scrollWidth - child.clientWidth;
    if (cut > 0)
      width = Math.max(width, child.getBoundingClientRect().right - cell.getBoundingClientRect().left + cut);
  }
  return width;
}
