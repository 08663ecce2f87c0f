/** The documented routes of AureusERP's inventories, over the tables of a shop: their rules and their JSON. */
import { includesOf, type ListRules, pageOf, Refusal, type Row, rowsOf } from './query.ts';
import { type Shop, stamp } from './shop.ts';

/** A request as a controller sees it. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly body: Row;
}

const PAGE = 15;

const rules: Readonly<Record<string, ListRules>> = {
  lots: {
    exact: ['id', 'product_id', 'location_id', 'company_id'],
    partial: ['name', 'reference'],
    sorts: ['id', 'name', 'reference', 'created_at', 'updated_at'],
    includes: ['product', 'uom', 'location', 'company', 'creator', 'quantities'],
  },
  quantities: {
    exact: [
      'id',
      'product_id',
      'location_id',
      'storage_category_id',
      'lot_id',
      'package_id',
      'partner_id',
      'user_id',
      'company_id',
      'inventory_quantity_set',
    ],
    sorts: ['id', 'quantity', 'reserved_quantity', 'incoming_at', 'scheduled_at', 'created_at', 'updated_at'],
    includes: [
      'product',
      'location',
      'storageCategory',
      'lot',
      'package',
      'partner',
      'user',
      'company',
      'creator',
    ],
  },
  moves: {
    exact: [
      'id',
      'move_id',
      'operation_id',
      'product_id',
      'lot_id',
      'package_id',
      'result_package_id',
      'source_location_id',
      'destination_location_id',
      'state',
    ],
    partial: ['reference'],
    sorts: ['id', 'scheduled_at', 'reference', 'qty', 'uom_qty', 'state', 'created_at', 'updated_at'],
    includes: [
      'move',
      'operation',
      'product',
      'uom',
      'lot',
      'partner',
      'sourceLocation',
      'destinationLocation',
    ],
  },
  products: {
    exact: ['id', 'type', 'enable_sales', 'enable_purchase', 'category_id', 'tracking', 'is_storable'],
    sorts: ['id', 'name', 'price', 'cost', 'created_at', 'sort'],
    includes: [
      'parent',
      'variants',
      'uom',
      'uomPO',
      'category',
      'company',
      'creator',
      'routes',
      'responsible',
    ],
    softDeletes: true,
  },
  locations: {
    exact: ['id', 'type', 'parent_id', 'storage_category_id', 'warehouse_id', 'company_id', 'is_scrap'],
    partial: ['name', 'full_name', 'barcode'],
    sorts: ['id', 'name', 'full_name', 'type', 'created_at', 'updated_at'],
    includes: ['parent', 'children', 'storageCategory', 'warehouse', 'company', 'creator'],
  },
  warehouses: {
    exact: ['id', 'company_id', 'partner_address_id'],
    partial: ['name', 'code'],
    sorts: ['id', 'name', 'code', 'sort', 'created_at', 'updated_at'],
    includes: ['company', 'partnerAddress', 'creator', 'locations', 'supplierWarehouses', 'routes'],
  },
};

/** What somebody must be allowed, by the act and the table. */
export const permissionOf = (method: string, table: string, id: string | undefined): string => {
  const noun = { lots: 'lot', quantities: 'quantity', moves: 'move' }[table] ?? table.slice(0, -1);
  const act =
    { GET: id === undefined ? 'view_any' : 'view', POST: 'create', DELETE: 'delete' }[method] ?? 'update';
  return `${act}_inventory_${noun}`;
};

/** A key that is not there is not sent; a relation that was not asked for neither. */
const sent = (row: Row): Row => JSON.parse(JSON.stringify(row)) as Row;
const find = (rows: readonly Row[], id: unknown): Row | null => rows.find((row) => row.id === id) ?? null;
const pick = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]));

export class Routes {
  readonly #shop: Shop;
  /** Rows on a page; nobody can ask for another number. */
  size = PAGE;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  #product(row: Row | null, asked: readonly string[] = []): Row | null {
    if (row === null) return null;
    return sent({
      ...pick(row, [
        'id',
        'type',
        'name',
        'reference',
        'barcode',
        'uom_id',
        'created_at',
        'updated_at',
        'deleted_at',
      ]),
      uom: asked.includes('uom') ? find(this.#shop.uoms, row.uom_id) : undefined,
      ...pick(row, ['is_storable', 'tracking', 'use_expiration_date', 'expiration_time']),
    });
  }

  #warehouse(row: Row | null, asked: readonly string[] = []): Row | null {
    if (row === null) return null;
    const own = this.#shop.locations.filter(({ warehouse_id }) => warehouse_id === row.id);
    return sent({
      ...pick(row, ['id', 'name', 'code', 'created_at', 'updated_at', 'deleted_at']),
      locations: asked.includes('locations') ? own.map((each) => this.#location(each)) : undefined,
    });
  }

  #location(row: Row | null, asked: readonly string[] = []): Row | null {
    if (row === null) return null;
    const warehouse = asked.includes('warehouse')
      ? this.#warehouse(find(this.#shop.warehouses, row.warehouse_id))
      : undefined;
    return sent({
      ...pick(row, ['id', 'name', 'full_name', 'type', 'is_scrap', 'created_at', 'updated_at', 'deleted_at']),
      warehouse,
    });
  }

  #lot(row: Row | null, asked: readonly string[] = []): Row | null {
    if (row === null) return null;
    const { products, locations, companies } = this.#shop;
    const has = (name: string): boolean => asked.includes(name);
    // `quantities` is loaded when asked for, and then not among what is sent
    return sent({
      ...pick(row, ['id', 'name', 'description', 'reference', 'properties']),
      expiry_reminded: Boolean(row.expiry_reminded),
      ...pick(row, ['expiration_date', 'use_date', 'removal_date', 'alert_date']),
      product: has('product') ? this.#product(find(products, row.product_id)) : undefined,
      uom: has('uom') ? null : undefined,
      location: has('location') ? this.#location(find(locations, row.location_id)) : undefined,
      company: has('company') ? find(companies, row.company_id) : undefined,
      creator: has('creator') ? { id: 1, name: 'Admin' } : undefined,
      ...pick(row, ['created_at', 'updated_at']),
    });
  }

  #quantity(row: Row, asked: readonly string[]): Row {
    const { lots, locations, products } = this.#shop;
    const [quantity, reserved] = [row.quantity as number, row.reserved_quantity as number];
    return sent({
      id: row.id,
      quantity,
      reserved_quantity: reserved,
      available_quantity: quantity - reserved,
      inventory_quantity_set: row.inventory_quantity_set,
      product: asked.includes('product') ? this.#product(find(products, row.product_id)) : undefined,
      location: asked.includes('location') ? this.#location(find(locations, row.location_id)) : undefined,
      lot: asked.includes('lot') ? this.#lot(find(lots, row.lot_id)) : undefined,
      ...pick(row, ['created_at', 'updated_at']),
    });
  }

  #move(row: Row, asked: readonly string[]): Row {
    const { operations, locations, lots } = this.#shop;
    const place = (name: string, id: unknown) =>
      asked.includes(name) ? this.#location(find(locations, id)) : undefined;
    const { deleted_at: _, ...own } = row;
    return sent({
      ...own,
      lot_name: null,
      is_picked: true,
      operation: asked.includes('operation') ? find(operations, row.operation_id) : undefined,
      lot: asked.includes('lot') ? this.#lot(find(lots, row.lot_id)) : undefined,
      source_location: place('sourceLocation', row.source_location_id),
      destination_location: place('destinationLocation', row.destination_location_id),
    });
  }

  #shaped(table: string, row: Row, asked: readonly string[]): Row {
    if (table === 'lots') return this.#lot(row, asked) as Row;
    if (table === 'quantities') return this.#quantity(row, asked);
    if (table === 'moves') return this.#move(row, asked);
    if (table === 'products') return this.#product(row, asked) as Row;
    if (table === 'locations') return this.#location(row, asked) as Row;
    return this.#warehouse(row, asked) as Row;
  }

  /** What a request comes to: a status and its JSON. */
  answer(call: Call, table: string, id: string | undefined): readonly [status: number, body: Row] {
    const rule = rules[table];
    if (rule === undefined) throw new Refusal(404, { message: 'The requested resource was not found.' });
    const rows = this.#shop[table as 'lots'];
    const { searchParams } = call.url;
    if (call.method === 'GET' && id === undefined) {
      const asked = includesOf(searchParams, rule);
      const found = rowsOf(rows, searchParams, rule);
      return [200, pageOf(found, call.url, this.size, (row) => this.#shaped(table, row, asked))];
    }
    if (table === 'moves') throw new Refusal(404, { message: 'The requested resource was not found.' });
    if (call.method === 'POST' && table === 'lots' && id === undefined) return this.#store(call.body);
    const row = rows.find((each) => String(each.id) === id && (each.deleted_at ?? null) === null);
    if (row === undefined) throw new Refusal(404, { message: 'Resource not found.' });
    if (call.method === 'GET')
      return [200, { data: this.#shaped(table, row, includesOf(searchParams, rule)) }];
    if (table === 'lots' && (call.method === 'PATCH' || call.method === 'PUT'))
      return this.#update(row, call.body);
    if (table === 'lots' && call.method === 'DELETE') return this.#destroy(row);
    throw new Refusal(405, { message: `The ${call.method} method is not supported for this route.` });
  }

  #all(row: Row): Row {
    return this.#lot(row, rules.lots?.includes) as Row;
  }

  #store(body: Row): readonly [number, Row] {
    const said = this.#validated(body, false);
    const seed = said as { name: string; product_id: number; reference?: string; description?: string };
    const id = this.#shop.lot({ product: seed.product_id, ...seed });
    const row = find(this.#shop.lots, id) as Row;
    return [201, { data: this.#all(row), message: 'Lot created successfully.' }];
  }

  #update(row: Row, body: Row): readonly [number, Row] {
    Object.assign(row, this.#validated(body, true), { updated_at: stamp(this.#shop.now()) });
    return [200, { data: this.#all(row), message: 'Lot updated successfully.' }];
  }

  /** Quantities hold a lot; on its moves it becomes nothing. */
  #destroy(row: Row): readonly [number, Row] {
    const { quantities, moves, lots } = this.#shop;
    if (quantities.some(({ lot_id }) => lot_id === row.id))
      throw new Refusal(500, { message: 'Server error occurred.' });
    for (const move of moves) if (move.lot_id === row.id) move.lot_id = null;
    lots.splice(lots.indexOf(row), 1);
    return [200, { message: 'Lot deleted successfully.' }];
  }

  /** Only what the request's rules name is kept; nothing says that a name must be unique. */
  #validated(body: Row, sometimes: boolean): Row {
    const errors: Record<string, string[]> = {};
    const said: Row = {};
    const add = (name: string, text: string): void => void (errors[name] ??= []).push(text);
    for (const name of ['name', 'product_id', 'reference', 'description']) {
      const value = typeof body[name] === 'string' ? (body[name] as string).trim() || null : body[name];
      const required = name === 'name' || name === 'product_id';
      if (value === undefined && (sometimes || !required)) continue;
      if (value === undefined || value === null) {
        if (required) add(name, `The ${name.replace('_', ' ')} field is required.`);
        said[name] = null;
        continue;
      }
      if (name === 'product_id') {
        const known = this.#shop.products.some(({ id }) => id === Number(value));
        if (!known) add(name, 'The selected product id is invalid.');
      } else if (typeof value !== 'string') add(name, `The ${name} field must be a string.`);
      else if (name !== 'description' && [...value].length > 255)
        add(name, `The ${name} field must not be greater than 255 characters.`);
      said[name] = name === 'product_id' ? Number(value) : value;
    }
    const all = Object.values(errors).flat();
    if (all.length === 0) return said;
    const more = all.length === 1 ? '' : ` (and ${all.length - 1} more error${all.length === 2 ? '' : 's'})`;
    throw new Refusal(422, { message: `${all[0]}${more}`, errors });
  }
}
