/** Products as items, and warehouses with their locations: to be read, and to choose from. */
import {
  type Item,
  LedgerError,
  type Page,
  type QueryCapabilities,
  type Warehouse,
} from '../../../core/index.ts';
import { type Catalogue, isCalled, type Product } from './catalogue.ts';
import { momentOf } from './days.ts';
import type { Pages, Row } from './pages.ts';
import { isInside } from './places.ts';
import { fieldsOf, type Question, questionOf, textIn, unsupported, valuesOf } from './question.ts';
import { pageOf, type Reading } from './reading.ts';
import { versionOf } from './records.ts';
import { idText, isId, relations, textOr } from './shapes.ts';

/** Items are the products tracked by lot or by serial; a search reads them all and looks for itself. */
export const itemList: QueryCapabilities = {
  sorts: ['code', 'description'],
  filters: ['code'],
  search: true,
  total: true,
  comparisons: { code: ['in'] },
  skip: true,
};

export const warehouseList: QueryCapabilities = {
  sorts: ['code', 'description'],
  filters: [],
  search: false,
  total: true,
  comparisons: {},
  skip: true,
};

const made = (row: Row) => ({
  version: versionOf(row),
  // nothing of this is edited or removed from here
  used: true,
  createdAt: momentOf(row.created_at),
  updatedAt: momentOf(row.updated_at),
});

function itemOf({ id, row, title, tracking, unit }: Product): Item {
  const days = row.use_expiration_date === true ? Number(row.expiration_time) : Number.NaN;
  const reference = textOr(row.reference);
  const barcode = textOr(row.barcode);
  return {
    ...made(row),
    id,
    code: id,
    description: title,
    unit,
    alternativeUnits: [],
    class: null,
    category: null,
    type: textOr(row.type),
    characteristic: null,
    variants: [],
    components: [],
    attributes: { ...(reference === null ? {} : { reference }), ...(barcode === null ? {} : { barcode }) },
    attributeSchema: null,
    lots: tracking === 'lot' ? (Number.isInteger(days) && days >= 0 ? { shelfLifeDays: days } : {}) : null,
    serials: tracking === 'serial' ? {} : null,
    moved: true,
  };
}

function warehouseOf(row: Row): Warehouse {
  const code = textOr(row.code) ?? '';
  return {
    ...made(row),
    id: code,
    code,
    description: textOr(row.name),
    kind: 'internal',
    locations: relations(row, 'locations')
      .filter(isInside)
      .map((location) => ({
        code: textOr(location.full_name) ?? textOr(location.name) ?? '',
        description: textOr(location.name),
        singleLot: false,
        quarantine: false,
        available: true,
        intents: {},
      })),
  };
}

const sortOf = ({ sort }: Question, names: Readonly<Record<string, string>>): string[] => {
  const [first = ''] = sort;
  const name = names[first.replace(/^-/, '')];
  return name === undefined ? ['id'] : [`${first.startsWith('-') ? '-' : ''}${name}`, 'id'];
};

function inOrder(products: readonly Product[], { sort: [first = 'description'] }: Question): Product[] {
  const of = ({ id, title }: Product) =>
    first.endsWith('code') ? id.padStart(18, '0') : title.toLowerCase();
  const down = first.startsWith('-') ? -1 : 1;
  return [...products].sort(
    (a, b) => down * (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : Number(a.id) - Number(b.id)),
  );
}

export class Items {
  readonly #pages: Pages;
  readonly #catalogue: Catalogue;
  readonly #reading: Reading;

  constructor(parts: { pages: Pages; catalogue: Catalogue; reading: Reading }) {
    this.#pages = parts.pages;
    this.#catalogue = parts.catalogue;
    this.#reading = parts.reading;
  }

  /** `items.get`, of whatever product, by its id, which is its code here. */
  async get(args: unknown, signal?: AbortSignal): Promise<Item> {
    const id = (textIn(fieldsOf(args, ['id']).id, 'id') ?? '').trim();
    const product = isId(id) ? (await this.#catalogue.read([id], signal)).get(id) : undefined;
    if (product === undefined) throw new LedgerError('item.notFound', { details: { code: id } });
    return itemOf(product);
  }

  async #found(
    question: Question,
    signal?: AbortSignal,
  ): Promise<{ products: readonly Product[]; total: number }> {
    const { filter, search, skip, limit } = question;
    const codes = filter.code === undefined ? undefined : valuesOf(filter.code, 'filter.code');
    if (codes === undefined && search === '') {
      const query = {
        filter: { tracking: 'lot,serial' },
        include: ['uom'],
        sort: sortOf(question, { code: 'id', description: 'name' }),
      };
      const found = await this.#pages.stretch(
        '/products',
        { action: 'item.view', query, signal },
        skip,
        limit,
      );
      return { products: this.#catalogue.take(found.rows), total: found.total };
    }
    if (codes !== undefined && codes.length > 500) throw unsupported('filter.code', 'so many values at once');
    const among =
      codes === undefined
        ? await this.#catalogue.everyTracked()
        : [...(await this.#catalogue.read(codes.filter(isId), signal)).values()];
    const all = inOrder(search === '' ? among : among.filter(isCalled(search)), question);
    return { products: all.slice(skip, skip + limit), total: all.length };
  }

  async list(args: unknown, signal?: AbortSignal): Promise<Page<Item>> {
    const question = questionOf('items.list', args, itemList);
    const { products, total } = await this.#found(question, signal);
    return pageOf(question, products.map(itemOf), total, this.#reading.asOf());
  }

  async warehouses(args: unknown, signal?: AbortSignal): Promise<Page<Warehouse>> {
    const question = questionOf('warehouses.list', args, warehouseList);
    const query = { include: ['locations'], sort: sortOf(question, { code: 'code', description: 'name' }) };
    const listing = { action: 'warehouse.view', query, signal };
    const found = await this.#pages.stretch('/warehouses', listing, question.skip, question.limit);
    return pageOf(question, found.rows.map(warehouseOf), found.total, this.#reading.asOf());
  }

  /** `warehouses.get`: by its code, in any spelling. */
  async warehouse(args: unknown, signal?: AbortSignal): Promise<Warehouse> {
    const code = (textIn(fieldsOf(args, ['id']).id, 'id') ?? '').trim();
    const { rows } = await this.#pages.all(
      '/warehouses',
      { action: 'warehouse.view', query: { include: ['locations'], sort: ['id'] }, signal },
      Number.MAX_SAFE_INTEGER,
    );
    const found = rows.find((row) => idText(row.code).toLowerCase() === code.toLowerCase());
    if (found === undefined) throw new LedgerError('warehouse.notFound', { details: { code } });
    return warehouseOf(found);
  }
}
