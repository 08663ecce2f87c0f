/**
 * Products: what every lot needs to know of its own (name, unit, tracking), read many at once and kept for a
 * while, and which products are tracked at all.
 */
import { LedgerError } from '../../../core/index.ts';
import { decimalsOf } from './amounts.ts';
import type { Pages, Row } from './pages.ts';
import { idText, type Kind, relation, textOr, trackings } from './shapes.ts';

/** A product, as far as it concerns its lots. */
export interface Product {
  readonly id: string;
  readonly row: Row;
  /** Its name, with its reference where it has one. */
  readonly title: string;
  readonly tracking: string;
  readonly unit: { readonly code: string; readonly decimals: number };
}

/** Ids in one request: an address has to stay short enough for every proxy. */
export const IDS_AT_ONCE = 100;

interface Kept<T> {
  readonly at: number;
  readonly value: T;
}

interface Tracked {
  readonly total: number;
  /** All of them; undefined where they are too many. */
  readonly products: readonly Product[] | undefined;
}

const DELETED = { trashed: 'with' } as const;
const asking = { include: ['uom'], sort: ['id'] } as const;

function productOf(row: Row): Product {
  const uom = relation(row, 'uom');
  const name = textOr(row.name) ?? '';
  const reference = textOr(row.reference);
  return {
    id: idText(row.id),
    row,
    title: reference === null ? name : `${name} [${reference}]`,
    tracking: idText(row.tracking),
    unit: { code: textOr(uom?.name) ?? '', decimals: decimalsOf(uom?.rounding) },
  };
}

/** Whether what is typed occurs in what people call a product: its name, its reference, its barcode; or its id. */
export const isCalled = (typed: string) => {
  const text = typed.toLowerCase();
  return ({ id, row, title }: Product): boolean =>
    id === text || `${title} ${textOr(row.barcode) ?? ''}`.toLowerCase().includes(text);
};

/** In parts of a size. */
export function inChunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

export class Catalogue {
  readonly #pages: Pages;
  readonly #keep: number;
  readonly #most: number;
  readonly #products = new Map<string, Kept<Product>>();
  readonly #tracked = new Map<Kind, Kept<Promise<Tracked>>>();

  /**
   * @param keep milliseconds for which a product is not read again
   * @param most products that may be named in one question
   */
  constructor(pages: Pages, keep: number, most: number) {
    this.#pages = pages;
    this.#keep = keep;
    this.#most = most;
  }

  #fresh(kept: Kept<unknown> | undefined): boolean {
    return kept !== undefined && Date.now() - kept.at < this.#keep;
  }

  #take(row: Row): Product {
    const value = productOf(row);
    this.#products.set(value.id, { at: Date.now(), value });
    return value;
  }

  /** Takes what came with a question of its own. */
  take(rows: readonly Row[]): Product[] {
    return rows.map((row) => this.#take(row));
  }

  /** The products of these ids, deleted ones among them; one that is not there is left out. */
  async read(ids: Iterable<string>, signal?: AbortSignal): Promise<ReadonlyMap<string, Product>> {
    const wanted = [...new Set(ids)].filter((id) => id !== '');
    const missing = wanted.filter((id) => !this.#fresh(this.#products.get(id)));
    for (const some of inChunks(missing, IDS_AT_ONCE)) {
      const query = { filter: { id: some.join(','), ...DELETED }, ...asking };
      const { rows } = await this.#pages.all(
        '/products',
        { action: 'item.view', query, signal },
        some.length,
      );
      this.take(rows);
    }
    const found = wanted.flatMap((id) => this.#products.get(id)?.value ?? []);
    return new Map(found.map((product) => [product.id, product]));
  }

  async #readTracked(kind: Kind): Promise<Tracked> {
    const query = { filter: { tracking: trackings[kind], ...DELETED }, ...asking };
    const { rows, total } = await this.#pages.all('/products', { action: 'item.view', query }, this.#most);
    return { total, products: total > this.#most ? undefined : this.take(rows) };
  }

  #trackedBy(kind: Kind): Promise<Tracked> {
    const kept = this.#tracked.get(kind);
    if (kept !== undefined && this.#fresh(kept)) return kept.value;
    const value = this.#readTracked(kind);
    this.#tracked.set(kind, { at: Date.now(), value });
    // what failed is asked again the next time
    value.catch(() => this.#tracked.delete(kind));
    return value;
  }

  /**
   * The products whose lots are of a kind, as a question for lots has to name them; undefined where all are,
   * because nothing is tracked the other way.
   * @throws LedgerError query.unsupported where they are too many to be named
   */
  async idsOf(kind: Kind): Promise<readonly string[] | undefined> {
    const other = await this.#trackedBy(kind === 'lots' ? 'serials' : 'lots');
    if (other.total === 0) return undefined;
    const { products } = await this.#trackedBy(kind);
    if (products === undefined) {
      const what = `all ${kind} of more than ${this.#most} products; name the item`;
      throw new LedgerError('query.unsupported', { path: 'filter.item', details: { what } });
    }
    return products.map(({ id }) => id);
  }

  /**
   * Every tracked product.
   * @throws LedgerError query.unsupported where they are too many to be read
   */
  async everyTracked(): Promise<readonly Product[]> {
    const [lots, serials] = await Promise.all([this.#trackedBy('lots'), this.#trackedBy('serials')]);
    if (lots.products === undefined || serials.products === undefined) {
      const what = `a search among more than ${this.#most} products`;
      throw new LedgerError('query.unsupported', { path: 'search', details: { what } });
    }
    return [...lots.products, ...serials.products];
  }
}
