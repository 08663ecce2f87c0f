/**
 * Rows in groups: groups and their sums come from the list itself, level by level as they are opened, rows of
 * the innermost by a question of their own. What is open stays open when it is read again.
 */
import type { FilterValue, Page, Summary, SummaryQuery, Totals } from '../../core.ts';
import type { Requests } from '../requests.ts';
import { type Content, type GroupNode, linesOf, nodeAt, pathKey, replaced, rowsOf } from './group-tree.ts';
import type { Offers } from './offers.ts';
import type { RegisterField } from './options.ts';
import { type Asked, asQuery } from './question.ts';
import { GROUP_DEPTH, MOST_ROWS } from './state.ts';
import type { FieldValueKey, Line } from './types.ts';

/** Groups, and rows of a group, read at once. */
const GROUP_PAGE = 100;
const ROW_PAGE = 50;

/** What groups need of their register. */
export interface GroupsHost<R> {
  readonly requests: Requests;
  readonly fields: () => readonly RegisterField[];
  readonly offers: () => Offers;
  /** Keys of the fields grouped by, as the state has them. */
  readonly keys: () => readonly string[];
  readonly asked: () => Asked;
  /** Reads rows in the order of the register. */
  readonly list: (
    filter: Readonly<Record<string, FilterValue>>,
    page: { readonly limit: number; readonly cursor?: string },
    signal: AbortSignal,
  ) => Promise<Page<R>>;
  readonly summary: () => ((query: SummaryQuery, signal: AbortSignal) => Promise<Summary>) | undefined;
  readonly failed: (error: unknown) => void;
  readonly changed: () => void;
}

const NOTHING = { nodes: [], rows: [] } as const;

export class Groups<R> {
  /** Of all that match. */
  totals: Totals | undefined;
  readonly #host: GroupsHost<R>;
  readonly #reading = new Set<string>();
  #top: Content<R> = NOTHING;
  #lines: readonly Line<R>[] | undefined;
  /** The fields what is held is grouped by. */
  #by = '';

  constructor(host: GroupsHost<R>) {
    this.#host = host;
  }

  /** What is drawn: groups, and what stands in the open ones. */
  get lines(): readonly Line<R>[] {
    this.#lines ??= linesOf(this.#top);
    return this.#lines;
  }

  /** Rows of open groups that are at hand. */
  get rows(): readonly R[] {
    return rowsOf(this.#top);
  }

  /** Fields one may group by. */
  get offered(): readonly RegisterField[] {
    if (this.#host.summary() === undefined) return [];
    const offers = this.#host.offers();
    return this.#host
      .fields()
      .filter((field) => offers.group(field.group) && offers.filter(filterOf(field, offers)));
  }

  /** The most levels there may be. */
  get depth(): number {
    return Math.min(GROUP_DEPTH, this.offered.length);
  }

  /** The fields grouped by, the outermost first; those the list does not offer are left out. */
  get fields(): readonly RegisterField[] {
    const keys = this.#host.keys();
    if (keys.length === 0) return [];
    const { offered } = this;
    return keys.flatMap((key) => offered.find((field) => field.key === key) ?? []);
  }

  /** Whether what stands at a path is being read; of all with an empty one. */
  reading(path: readonly FieldValueKey[]): boolean {
    return this.#reading.has(pathKey(path));
  }

  /** Opens or closes a group. What it holds is read when it is opened. */
  toggle(path: readonly FieldValueKey[], open?: boolean): void {
    const node = nodeAt(this.#top, path);
    const on = open ?? !node?.open;
    if (node === undefined || node.open === on) return;
    this.#put(replaced(this.#top, path, (one) => ({ ...one, open: on })));
    if (on && node.content === undefined) void this.#load(path);
  }

  /** Reads on where a line says that there is more. */
  more(path: readonly FieldValueKey[]): void {
    const content = path.length === 0 ? this.#top : nodeAt(this.#top, path)?.content;
    if (content?.next !== undefined && !this.reading(path)) void this.#load(path, content);
  }

  closeAll(): void {
    const nodes = this.#top.nodes.map((node) => ({ ...node, open: false }));
    this.#put({ ...this.#top, nodes });
  }

  /** Another question: what is open stays so, as far as it is still there and the fields are the same. */
  restart(): void {
    this.abort();
    if (this.#by !== this.#keys) this.empty();
  }

  /** Nothing is left of the old groups. */
  empty(): void {
    this.abort();
    this.totals = undefined;
    this.#put(NOTHING);
  }

  /** The fields grouped by, as one text. */
  get #keys(): string {
    return this.fields.map(({ key }) => key).join(',');
  }

  abort(): void {
    for (const key of this.#reading) this.#host.requests.abort(`group:${key}`);
    this.#reading.clear();
  }

  /** Reads all that is open anew; the lines stay until it is there. Throws what reading throws. */
  async refresh(): Promise<Summary | undefined> {
    this.abort();
    const key = pathKey([]);
    let summary: Summary | undefined;
    const outcome = await this.#run(key, async (signal) => {
      summary = await this.#summary([], Math.max(GROUP_PAGE, this.#top.nodes.length), undefined, signal);
      return this.#again(this.#contentOf(summary, []), this.#top, signal);
    });
    if (outcome === undefined || summary === undefined) return undefined;
    this.totals = { count: summary.count, sums: summary.sums };
    this.#by = this.#keys;
    this.#put(outcome);
    return summary;
  }

  /** What is open in the old tree is read for the new one. */
  async #again(now: Content<R>, before: Content<R>, signal: AbortSignal): Promise<Content<R>> {
    const nodes: GroupNode<R>[] = [];
    for (const node of now.nodes) {
      const old = before.nodes.find(({ group }) => group.value === node.group.value);
      if (!old?.open || old.content === undefined) nodes.push(node);
      else {
        const size = Math.max(old.content.nodes.length, old.content.rows.length);
        const read = await this.#content(node.path, size, undefined, signal);
        nodes.push({ ...node, open: true, content: await this.#again(read, old.content, signal) });
      }
    }
    return { ...now, nodes };
  }

  async #load(path: readonly FieldValueKey[], before?: Content<R>): Promise<void> {
    try {
      const read = await this.#run(pathKey(path), (signal) => this.#content(path, 0, before?.next, signal));
      if (read === undefined) return;
      const content = {
        ...read,
        nodes: [...(before?.nodes ?? []), ...read.nodes],
        rows: [...(before?.rows ?? []), ...read.rows],
      };
      this.#put(path.length === 0 ? content : replaced(this.#top, path, (node) => ({ ...node, content })));
    } catch (error) {
      // It can be opened again, which reads again.
      if (before === undefined) this.#put(replaced(this.#top, path, (node) => ({ ...node, open: false })));
      this.#host.failed(error);
    }
  }

  /** Runs the newest reading of a path; undefined where a newer one took its place. */
  async #run<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    this.#reading.add(key);
    this.#host.changed();
    try {
      const outcome = await this.#host.requests.run(`group:${key}`, ask);
      if (outcome.stale) return undefined;
      this.#reading.delete(key);
      return outcome.value;
    } catch (error) {
      this.#reading.delete(key);
      throw error;
    }
  }

  async #content(
    path: readonly FieldValueKey[],
    size: number,
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<Content<R>> {
    if (path.length < this.fields.length) {
      return this.#contentOf(await this.#summary(path, Math.max(GROUP_PAGE, size), cursor, signal), path);
    }
    const limit = Math.min(MOST_ROWS, Math.max(ROW_PAGE, size));
    const page = await this.#host.list(
      this.#filter(path),
      cursor === undefined ? { limit } : { limit, cursor },
      signal,
    );
    return { nodes: [], rows: page.items, ...(page.next === undefined ? {} : { next: page.next }) };
  }

  async #summary(
    path: readonly FieldValueKey[],
    limit: number,
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<Summary> {
    const field = this.fields[path.length]?.group;
    const ask = this.#host.summary();
    if (field === undefined || ask === undefined) throw new Error('nothing to group by');
    const { search } = this.#host.asked();
    return ask(
      {
        ...asQuery({ filter: this.#filter(path), search }),
        groupBy: [field],
        sums: sumsOf(this.#host.fields(), this.#host.offers()),
        limit: Math.min(MOST_ROWS, limit),
        ...(cursor === undefined ? {} : { cursor }),
      },
      signal,
    );
  }

  #contentOf({ groups, next }: Summary, path: readonly FieldValueKey[]): Content<R> {
    const nodes = groups.map((group) => ({
      group,
      path: [...path, { field: group.field, value: group.value }],
      open: false,
    }));
    return { nodes, rows: [], ...(next === undefined ? {} : { next }) };
  }

  /** The question of a group: that of all, and the values that lead to it. */
  #filter(path: readonly FieldValueKey[]): Readonly<Record<string, FilterValue>> {
    const offers = this.#host.offers();
    const filter: Record<string, FilterValue> = { ...this.#host.asked().filter };
    path.forEach(({ value }, depth) => {
      const field = this.fields[depth];
      const name = field && filterOf(field, offers);
      if (name !== undefined) filter[name] = value;
    });
    return filter;
  }

  #put(top: Content<R>): void {
    this.#top = top;
    this.#lines = undefined;
    this.#host.changed();
  }
}

/** The filter that finds the records of a group: of the same name, since a month is no day. */
const filterOf = (field: RegisterField, offers: Offers): string | undefined =>
  offers.filter(field.group) ? field.group : field.filter;

/** Fields the list adds up, each once. */
export const sumsOf = (fields: readonly RegisterField[], offers: Offers): readonly string[] => [
  ...new Set(fields.flatMap(({ sum }) => (sum !== undefined && offers.sum(sum) ? [sum] : []))),
];
