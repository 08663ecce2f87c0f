/**
 * Lists of Aureus. Its pages have a size of their own, which nobody can ask for, and are found by their
 * number; a list here starts anywhere and is as long as it is asked. What is added or deleted between two
 * requests moves the rows behind it, as in every list that is counted off.
 */
import { broken } from './failures.ts';
import type { Http, Message, Query } from './http.ts';

/** What Laravel uses unless told otherwise; the first answer says what it is here. */
const USUAL_SIZE = 15;
/** Requests at once: a portal is not the only one who asks. */
const AT_ONCE = 4;

export type Row = Readonly<Record<string, unknown>>;

interface ServerPage {
  readonly rows: readonly Row[];
  readonly size: number;
  readonly total: number;
  readonly last: number;
}

/** Rows of a list, from a place on. */
export interface Stretch {
  readonly rows: readonly Row[];
  /** All there are. */
  readonly total: number;
}

export interface Listing extends Omit<Message, 'query' | 'body'> {
  readonly query: Omit<Query, 'page'>;
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function serverPage(body: Readonly<Record<string, unknown>>): ServerPage {
  const { data, meta } = body;
  if (!Array.isArray(data) || !data.every(isRow) || !isRow(meta)) throw broken('something that is no list');
  const [size, total, last] = [Number(meta.per_page), Number(meta.total), Number(meta.last_page)];
  if (!(size >= 1) || !(total >= 0) || !(last >= 1)) throw broken('a list without numbers');
  return { rows: data, size, total, last };
}

/** Runs a few at once; the answers in their order. */
async function few<T, R>(all: readonly T[], run: (each: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) {
    answers.push(...(await Promise.all(all.slice(at, at + AT_ONCE).map(run))));
  }
  return answers;
}

/** A row that slipped onto the next page while it was read is the same row. */
function once(rows: readonly Row[]): Row[] {
  const seen = new Set<unknown>();
  return rows.filter(({ id }) => !seen.has(id) && seen.add(id) !== undefined);
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

export class Pages {
  readonly #http: Http;
  #size = USUAL_SIZE;

  constructor(http: Http) {
    this.#http = http;
  }

  async #page(path: string, listing: Listing, page: number): Promise<ServerPage> {
    const { query, ...rest } = listing;
    const found = serverPage(await this.#http.send('GET', path, { ...rest, query: { ...query, page } }));
    this.#size = found.size;
    return found;
  }

  /** Rows from a place on. */
  async stretch(path: string, listing: Listing, skip: number, limit: number): Promise<Stretch> {
    for (;;) {
      const size = this.#size;
      const first = Math.floor(skip / size) + 1;
      const found = await this.#page(path, listing, first);
      // another size than was thought: the place is on another page
      if (found.size !== size && skip > 0) continue;
      const last = Math.min(found.last, Math.floor((skip + limit - 1) / found.size) + 1);
      const rest = await few(numbers(first + 1, last), (page) => this.#page(path, listing, page));
      const from = skip - (first - 1) * found.size;
      const rows = [found, ...rest].flatMap((each) => each.rows).slice(from, from + limit);
      return { rows: once(rows), total: found.total };
    }
  }

  /** All rows, or only how many there are where they are more than `most`. */
  async all(path: string, listing: Listing, most: number): Promise<Stretch> {
    const first = await this.#page(path, listing, 1);
    if (first.total > most) return { rows: [], total: first.total };
    const rest = await few(numbers(2, first.last), (page) => this.#page(path, listing, page));
    return { rows: once([first, ...rest].flatMap(({ rows }) => rows)), total: first.total };
  }
}
