/** Ticking by what is drawn: one line, or with Shift all from the last ticked one to this. */
import type { Selection } from './selection.ts';
import type { Line } from './types.ts';

/** What ticks need of their register. */
export interface TicksHost<R> {
  readonly lineCount: () => number;
  readonly line: (index: number) => Line<R>;
  /** Reads lines that are not at hand. */
  readonly need: (first: number, last: number, take: (row: R) => void) => Promise<void>;
}

export class Ticks<R extends { readonly id: string }> {
  readonly #selection: Selection;
  readonly #host: TicksHost<R>;
  /** The row ticked last, and where it was. */
  #anchor: { readonly id: string; readonly line: number } | undefined;

  constructor(selection: Selection, host: TicksHost<R>) {
    this.#selection = selection;
    this.#host = host;
  }

  tick(line: number, on?: boolean): void {
    const id = this.#idAt(line);
    if (id === undefined) return;
    this.#anchor = { id, line };
    this.#selection.set([id], on ?? !this.#selection.has(id));
  }

  /** Gives all lines from the last ticked one to this the tick that one has. */
  async tickTo(line: number): Promise<void> {
    const from = this.#anchorLine();
    if (from === undefined || this.#anchor === undefined) {
      this.tick(line, true);
      return;
    }
    const on = this.#selection.has(this.#anchor.id);
    this.#selection.set(await this.#idsBetween(Math.min(from, line), Math.max(from, line)), on);
  }

  async #idsBetween(first: number, last: number): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let line = first; line <= last; line++) {
      const at = this.#host.line(line);
      if (at.kind === 'row') ids.push(at.row.id);
      else if (at.kind === 'blank' && at.level === 0) {
        const held: string[] = [];
        await this.#host.need(first, last + 1, ({ id }) => held.push(id));
        return held;
      }
    }
    return ids;
  }

  /** Where the last ticked row is now: near where it was, or there. */
  #anchorLine(): number | undefined {
    const anchor = this.#anchor;
    if (anchor === undefined) return undefined;
    if (this.#idAt(anchor.line) === anchor.id) return anchor.line;
    const count = this.#host.lineCount();
    for (let away = 1; away <= NEAR; away++) {
      for (const line of [anchor.line - away, anchor.line + away]) {
        if (line >= 0 && line < count && this.#idAt(line) === anchor.id) return line;
      }
    }
    return this.#host.line(anchor.line).kind === 'blank' && anchor.line < count ? anchor.line : undefined;
  }

  #idAt(line: number): string | undefined {
    const at = this.#host.line(line);
    return at.kind === 'row' ? at.row.id : undefined;
  }
}

/** Lines that are looked through for a row that has moved. */
const NEAR = 500;
