/**
 * What changed. Aureus tells nobody: while somebody listens it is asked from time to time what was changed last,
 * lots and the lines that moved them. What was deleted is not heard of.
 */
import { type ChangeEvent, LedgerError, type Touched } from '../../../core/index.ts';
import type { Catalogue } from './catalogue.ts';
import { millisOf } from './days.ts';
import type { Pages, Row } from './pages.ts';
import { kindOf } from './reading.ts';
import { idText, type Kind, relation } from './shapes.ts';

interface Watched {
  readonly path: string;
  readonly query: { readonly filter?: Record<string, string>; readonly include?: readonly string[] };
  readonly lot: (row: Row) => string;
  readonly item: (row: Row) => string;
}

const watched: readonly Watched[] = [
  {
    path: '/lots',
    query: { include: ['product'] },
    lot: ({ id }) => idText(id),
    item: (row) => idText(relation(row, 'product')?.id),
  },
  {
    path: '/moves',
    query: { filter: { state: 'done' } },
    lot: ({ lot_id }) => idText(lot_id),
    item: ({ product_id }) => idText(product_id),
  },
];

const A_MINUTE = 60_000;
const STRETCH = 15;
const MOST_STRETCHES = 20;
/** A moment of Aureus is a second long: what was seen in the last one is told once more, in case it went on. */
const TOLD_ENOUGH = 2;

/** How far one list was followed. */
interface Mark {
  millis: number;
  /** Rows of that very moment, and how often they were told. */
  told: Map<string, number>;
}

export interface FeedParts {
  readonly pages: Pages;
  readonly catalogue: Catalogue;
  /** Milliseconds between two looks; 0 for never. */
  readonly interval: number;
  readonly closed: AbortSignal;
}

export class Feed {
  readonly #parts: FeedParts;
  readonly #listeners = new Set<(event: ChangeEvent) => void>();
  readonly #marks = new Map<string, Mark>();
  readonly #forbidden = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: Promise<void> | undefined;
  readonly #failed = new Set<(error: LedgerError) => void>();
  seq = 0;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    parts.closed.addEventListener('abort', () => {
      clearTimeout(this.#timer);
      this.#listeners.clear();
    });
  }

  /** Something was done from here: whoever listens hears of it at once. */
  did(kind: Kind, id: string): number {
    // while nobody has looked yet the clock here stands for that of Aureus, which may be behind
    return this.#tell([{ resource: kind, id }], this.seq === 0 ? Date.now() - A_MINUTE : 0);
  }

  #tell(touched: readonly Touched[], millis: number): number {
    this.seq = Math.max(this.seq + 1, millis);
    const event: ChangeEvent = { seq: this.seq, touched };
    for (const listener of [...this.#listeners]) listener(event);
    return this.seq;
  }

  subscribe(listener: (event: ChangeEvent) => void): () => void {
    if (this.#parts.closed.aborted) return () => {};
    const mine = (event: ChangeEvent): void => listener(event);
    this.#listeners.add(mine);
    if (this.#listeners.size === 1) void this.look();
    return () => {
      this.#listeners.delete(mine);
      if (this.#listeners.size > 0) return;
      clearTimeout(this.#timer);
      // who listens later begins then
      this.#marks.clear();
    };
  }

  #again(): void {
    clearTimeout(this.#timer);
    const { interval, closed } = this.#parts;
    if (interval <= 0 || closed.aborted || this.#listeners.size === 0) return;
    this.#timer = setTimeout(() => void this.look(), interval);
    // a program that only waits for news may end
    (this.#timer as { unref?: () => void }).unref?.();
  }

  /** Looks once, and again after a while. A look that fails is made up for by the next one. */
  look(): Promise<void> {
    this.#looking ??= this.#lookAt(watched)
      .catch((error) => {
        if (error instanceof LedgerError) for (const hear of [...this.#failed]) hear(error);
      })
      .finally(() => {
        this.#looking = undefined;
        this.#again();
      });
    return this.#looking;
  }

  async #lookAt(lists: readonly Watched[]): Promise<void> {
    for (const list of lists) {
      if (this.#forbidden.has(list.path) || this.#listeners.size === 0) continue;
      try {
        await this.#follow(list);
      } catch (error) {
        if (!(error instanceof LedgerError) || error.code !== 'permission.denied') throw error;
        // who may not see movements hears of lots all the same
        this.#forbidden.add(list.path);
      }
    }
  }

  async #follow(list: Watched): Promise<void> {
    const mark = this.#marks.get(list.path);
    const rows = await this.#newer(list, mark?.millis);
    const newest = millisOf(rows[0]?.updated_at);
    const same = newest === mark?.millis;
    const told = new Map(same ? mark.told : []);
    const news = rows.filter((row) => mark !== undefined && this.#isNews(row, mark));
    for (const row of rows) {
      const id = idText(row.id);
      if (millisOf(row.updated_at) === newest) told.set(id, (told.get(id) ?? 0) + 1);
    }
    if (rows.length > 0 || mark === undefined) this.#marks.set(list.path, { millis: newest, told });
    this.seq = Math.max(this.seq, newest);
    if (news.length > 0) this.#tell(await this.#touched(list, news), newest);
  }

  #isNews(row: Row, mark: Mark): boolean {
    const millis = millisOf(row.updated_at);
    return millis > mark.millis || (mark.told.get(idText(row.id)) ?? 0) < TOLD_ENOUGH;
  }

  /** Rows changed at or after a moment, the newest first; without one, those of the newest page. */
  async #newer({ path, query }: Watched, millis: number | undefined): Promise<Row[]> {
    const rows: Row[] = [];
    for (let stretch = 0; stretch < MOST_STRETCHES; stretch++) {
      const listing = { action: 'lot.view', query: { ...query, sort: ['-updated_at', '-id'] } };
      const found = await this.#parts.pages.stretch(path, listing, stretch * STRETCH, STRETCH);
      const fresh = found.rows.filter(
        ({ updated_at }) => millis === undefined || millisOf(updated_at) >= millis,
      );
      rows.push(...fresh);
      if (millis === undefined || fresh.length < STRETCH) break;
    }
    return rows;
  }

  async #touched({ lot, item }: Watched, rows: readonly Row[]): Promise<Touched[]> {
    const products = await this.#parts.catalogue.read(rows.map(item));
    const touched = new Map<string, Touched>();
    for (const row of rows) {
      const id = lot(row);
      if (id !== '') touched.set(id, { resource: kindOf(products.get(item(row))), id });
    }
    return [...touched.values()];
  }

  /** What changed since a moment, then whatever comes; ends with whoever asked, or with a refusal to sign in. */
  async *changes(options: { after?: number; signal?: AbortSignal } = {}): AsyncGenerator<ChangeEvent> {
    const waiting: ChangeEvent[] = [];
    let wake = (): void => {};
    let refused: LedgerError | undefined;
    const push = (event: ChangeEvent): void => {
      if (options.after === undefined || event.seq > options.after) waiting.push(event);
      wake();
    };
    const fail = (error: LedgerError): void => {
      if (error.kind === 'unauthenticated' || error.kind === 'forbidden') refused = error;
      wake();
    };
    const signals = [this.#parts.closed, ...(options.signal ? [options.signal] : [])];
    const ended = (): boolean => signals.some(({ aborted }) => aborted);
    const end = (): void => wake();
    for (const signal of signals) signal.addEventListener('abort', end);
    this.#failed.add(fail);
    if (options.after !== undefined) this.#begin(options.after);
    const stop = this.subscribe(push);
    try {
      while (!ended()) {
        const event = waiting.shift();
        if (event !== undefined) yield event;
        else if (refused !== undefined) throw refused;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      stop();
      this.#failed.delete(fail);
      for (const signal of signals) signal.removeEventListener('abort', end);
    }
  }

  /** The next look tells what changed since then; whoever listens already hears some of it again. */
  #begin(after: number): void {
    const millis = Math.floor(after / 1000) * 1000;
    for (const { path } of watched) this.#marks.set(path, { millis, told: new Map() });
    if (this.#listeners.size > 0) void this.look();
  }
}
