/** Lots and serials as they are read: one of them, a list, all of one code. */
import {
  codeKey,
  type FilterValue,
  LedgerError,
  type Lot,
  type Page,
  type QueryCapabilities,
  type Serial,
} from '../../../core/index.ts';
import { type Catalogue, isCalled, type Product } from './catalogue.ts';
import { cursorOf } from './cursors.ts';
import type { Days } from './days.ts';
import type { Http } from './http.ts';
import type { Pages, Row } from './pages.ts';
import { fieldsOf, likeOf, type Question, questionOf, textIn, unsupported, valuesOf } from './question.ts';
import { lotOf, serialOf } from './records.ts';
import { idText, isId, type Kind, relation, words } from './shapes.ts';
import { nothingHeld, type Stock } from './stock.ts';
import { occurringIn, surePart } from './texts.ts';

/** What is asked for with every lot; Aureus would also take `quantities`, and then not send them. */
const INCLUDE = ['product', 'company', 'location'] as const;
/** Lots read to find one of a code among those that contain it. */
const MOST_ALIKE = 1500;
/** Ids one question can name. */
const MOST_IDS = 500;

const sorts: Readonly<Record<string, string>> = {
  code: 'name',
  reference: 'reference',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

/** What the lists of lots and of serials offer. */
export const stockLists: QueryCapabilities = {
  sorts: Object.keys(sorts),
  filters: ['code', 'item', 'reference', 'company', 'lastLocation'],
  search: false,
  total: true,
  comparisons: {
    code: ['like', 'in'],
    item: ['like', 'in'],
    reference: ['like'],
    company: ['in'],
    lastLocation: ['in'],
  },
  patterns: false,
  sortDepth: Object.keys(sorts).length,
  skip: true,
};

/** What was found, and how it is told apart: Aureus keeps a serial as a lot of a product tracked by serial. */
export const kindOf = (product: Product | undefined): Kind =>
  product?.tracking === 'serial' ? 'serials' : 'lots';

export interface ReadingParts {
  readonly http: Http;
  readonly pages: Pages;
  readonly catalogue: Catalogue;
  readonly stock: Stock;
  readonly days: Days;
  readonly seq: () => number;
}

type Params = Record<string, string>;

const sortsOf = (question: Question): string[] => {
  const own = question.sort.map((each) =>
    each.startsWith('-') ? `-${sorts[each.slice(1)]}` : (sorts[each] as string),
  );
  // ties would come in any order, and a lot on two pages or on none
  return [...own, 'id'];
};

export class Reading {
  readonly #parts: ReadingParts;

  constructor(parts: ReadingParts) {
    this.#parts = parts;
  }

  asOf() {
    return { seq: this.#parts.seq(), date: this.#parts.days.today() };
  }

  #missing(kind: Kind, details: Readonly<Record<string, unknown>>) {
    return { code: `${words[kind]}.notFound`, details } as const;
  }

  /** A lot as Aureus has it, with its product; refused as not there where it is of the other kind. */
  async raw(
    kind: Kind,
    id: string,
    signal?: AbortSignal,
  ): Promise<{ row: Row; product: Product | undefined }> {
    const missing = this.#missing(kind, { id });
    if (!isId(id)) throw new LedgerError(missing.code, { details: missing.details });
    const asked = { action: `${words[kind]}.view`, query: { filter: { id }, include: INCLUDE }, signal };
    // out of the list: of one that is gone the browser would say an error of its own
    const [row] = (await this.#parts.pages.all('/lots', asked, 1)).rows;
    if (row === undefined) throw new LedgerError(missing.code, { details: missing.details });
    const item = idText(relation(row, 'product')?.id);
    const product = (await this.#parts.catalogue.read([item], signal)).get(item);
    if (kindOf(product) !== kind) throw new LedgerError(missing.code, { details: missing.details });
    return { row, product };
  }

  /**
   * All lots of exactly this code, as codes are compared, of these products or of any.
   * @throws LedgerError query.unsupported where too many codes contain it to be looked through
   */
  async named(code: string, products: readonly string[] | undefined, signal?: AbortSignal): Promise<Row[]> {
    return this.#exactly('name', code, products, signal);
  }

  async #exactly(
    field: 'name' | 'reference',
    value: string,
    products: readonly string[] | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Row[]> {
    const part = surePart(value);
    const filter: Params = {
      ...(part === '' ? {} : { [field]: part }),
      ...(products === undefined ? {} : { product_id: products.join(',') }),
    };
    const listing = { action: 'lot.view', query: { filter, include: INCLUDE, sort: ['id'] }, signal };
    const { rows, total } = await this.#parts.pages.all('/lots', listing, MOST_ALIKE);
    const path = field === 'name' ? 'filter.code' : 'filter.reference';
    if (total > MOST_ALIKE) throw unsupported(path, `one of ${total} that contain “${part}”`);
    const key = codeKey(value);
    return rows.filter((row) => typeof row[field] === 'string' && codeKey(row[field] as string) === key);
  }

  /** `lots.get` and `serials.get`: by id, by item and code, by code where only one has it. */
  async get(kind: Kind, args: unknown, signal?: AbortSignal): Promise<Lot | Serial> {
    const given = fieldsOf(args, ['id', 'item', 'code', 'variant']);
    const id = textIn(given.id, 'id');
    const row =
      id === undefined ? await this.#byCode(kind, given, signal) : (await this.raw(kind, id, signal)).row;
    const [record] = await this.#views(kind, [row], {
      signal,
      moved: await this.#moved(idText(row.id), signal),
    });
    return record as Lot | Serial;
  }

  async #byCode(kind: Kind, given: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<Row> {
    const code = textIn(given.code, 'code')?.trim() ?? '';
    const item = textIn(given.item, 'item')?.trim() ?? '';
    if (code === '') throw new LedgerError('field.required', { path: 'code' });
    const missing = this.#missing(kind, { code });
    if (item !== '' && !isId(item)) throw new LedgerError(missing.code, { details: missing.details });
    const found = await this.named(code, item === '' ? undefined : [item], signal);
    const products = await this.#products(found, signal);
    const own = found.filter((row) => kindOf(products.get(idText(relation(row, 'product')?.id))) === kind);
    const [first, second] = own;
    if (first === undefined) throw new LedgerError(missing.code, { details: missing.details });
    if (second !== undefined) throw new LedgerError(`${words[kind]}.ambiguous`, { details: { code } });
    return first;
  }

  /** Whether anything moved it or is to move it; taken for granted where this user may not see moves. */
  async #moved(id: string, signal: AbortSignal | undefined): Promise<boolean> {
    const query = { filter: { lot_id: id }, sort: ['id'] };
    try {
      return (
        (await this.#parts.pages.stretch('/moves', { action: 'move.view', query, signal }, 0, 1)).total > 0
      );
    } catch (error) {
      if (error instanceof LedgerError && error.code === 'permission.denied') return true;
      throw error;
    }
  }

  /** Refuses to lose the past of a lot: whether anything refers to it. */
  async isReferenced(id: string): Promise<boolean> {
    const held = await this.#parts.stock.of([id]);
    return held.size > 0 || (await this.#moved(id, undefined));
  }

  #products(rows: readonly Row[], signal: AbortSignal | undefined) {
    return this.#parts.catalogue.read(
      rows.map((row) => idText(relation(row, 'product')?.id)),
      signal,
    );
  }

  async #views(
    kind: Kind,
    rows: readonly Row[],
    { signal, moved }: { signal?: AbortSignal | undefined; moved?: boolean },
  ): Promise<(Lot | Serial)[]> {
    const ids = rows.map((row) => idText(row.id));
    const [products, stock] = await Promise.all([
      this.#products(rows, signal),
      this.#parts.stock.of(ids, signal),
    ]);
    const view = kind === 'lots' ? lotOf : serialOf;
    return rows.map((row) =>
      view({
        row,
        product: products.get(idText(relation(row, 'product')?.id)),
        held: stock.get(idText(row.id)) ?? nothingHeld,
        days: this.#parts.days,
        ...(moved === undefined ? {} : { moved }),
      }),
    );
  }

  /** The products a list is of; undefined = any. */
  async #productsOf(kind: Kind, item: FilterValue | undefined, signal?: AbortSignal) {
    if (item === undefined) return this.#parts.catalogue.idsOf(kind);
    const like = likeOf(item);
    if (like !== undefined) {
      const text = occurringIn(like, 'filter.item', () => false);
      const all = await this.#parts.catalogue.everyTracked();
      return all
        .filter(isCalled(text))
        .filter((product) => kindOf(product) === kind)
        .map(({ id }) => id);
    }
    const ids = valuesOf(item, 'filter.item').filter(isId);
    const products = await this.#parts.catalogue.read(ids, signal);
    return [...products.values()].filter((product) => kindOf(product) === kind).map(({ id }) => id);
  }

  /** Ids of the lots that filters by an exact text leave; undefined = no such filter. */
  async #exactIds(filter: Question['filter'], products: readonly string[] | undefined, signal?: AbortSignal) {
    let left: readonly string[] | undefined;
    for (const [name, field] of [
      ['code', 'name'],
      ['reference', 'reference'],
    ] as const) {
      const value = filter[name];
      if (value === undefined || likeOf(value) !== undefined) continue;
      const found = new Set<string>();
      for (const text of valuesOf(value, `filter.${name}`)) {
        for (const row of await this.#exactly(field, text, products, signal)) found.add(idText(row.id));
      }
      left = left === undefined ? [...found] : left.filter((id) => found.has(id));
      if (left.length > MOST_IDS) throw unsupported(`filter.${name}`, 'so many values at once');
    }
    return left;
  }

  /** The filter as Aureus takes it; undefined where nothing can match. */
  async #filter(kind: Kind, { filter }: Question, signal?: AbortSignal): Promise<Params | undefined> {
    const products = await this.#productsOf(kind, filter.item, signal);
    const params: Params = products === undefined ? {} : { product_id: products.join(',') };
    if (products?.length === 0) return undefined;
    for (const [name, field] of [
      ['code', 'name'],
      ['reference', 'reference'],
    ] as const) {
      const like = filter[name] === undefined ? undefined : likeOf(filter[name]);
      const text = like === undefined ? '' : occurringIn(like, `filter.${name}`);
      if (text !== '') params[field] = text;
    }
    for (const [name, field] of [
      ['company', 'company_id'],
      ['lastLocation', 'location_id'],
    ] as const) {
      if (filter[name] === undefined) continue;
      const ids = valuesOf(filter[name], `filter.${name}`).filter(isId);
      if (ids.length === 0) return undefined;
      params[field] = ids.join(',');
    }
    const ids = await this.#exactIds(filter, products, signal);
    if (ids?.length === 0) return undefined;
    return ids === undefined ? params : { ...params, id: ids.join(',') };
  }

  /** `lots.list` and `serials.list`. */
  async list(kind: Kind, args: unknown, signal?: AbortSignal): Promise<Page<Lot | Serial>> {
    const question = questionOf(`${kind}.list`, args, stockLists);
    const filter = await this.#filter(kind, question, signal);
    const listing = {
      action: `${words[kind]}.view`,
      query: { filter: filter ?? {}, include: INCLUDE, sort: sortsOf(question) },
      signal,
    };
    const { skip, limit } = question;
    const found =
      filter === undefined
        ? { rows: [], total: 0 }
        : await this.#parts.pages.stretch('/lots', listing, skip, limit);
    return pageOf(question, await this.#views(kind, found.rows, { signal }), found.total, this.asOf());
  }
}

/** A page as hosts read it. */
export function pageOf<T>(
  question: Question,
  items: readonly T[],
  all: number,
  asOf: Page<T>['asOf'],
): Page<T> {
  const { skip, limit, total, asked } = question;
  return {
    items,
    ...(skip + limit < all ? { next: cursorOf(asked, skip + limit) } : {}),
    ...(total === undefined ? {} : { total: Math.min(all, total) }),
    ...(total !== undefined && all > total ? { capped: true as const } : {}),
    asOf,
  };
}
