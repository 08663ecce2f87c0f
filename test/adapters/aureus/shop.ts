/**
 * The tables of a small AureusERP, and what its own screens do to them: receipts, deliveries, transfers. With the
 * habits of the original that matter: no code is unique, and a lot says it is where it was put last.
 */
import type { Row } from './query.ts';

/** Laravel's way to write a moment: to the second, with six zeros. */
export const stamp = (millis: number): string => `${new Date(millis).toISOString().slice(0, 19)}.000000Z`;

export interface ProductSeed {
  readonly name: string;
  readonly tracking?: 'qty' | 'lot' | 'serial';
  readonly reference?: string | null;
  readonly rounding?: number;
  readonly unit?: string;
  readonly deleted?: boolean;
  readonly expirationTime?: number;
}

export interface LotSeed {
  readonly product: number;
  readonly name: string;
  readonly reference?: string | null;
  readonly description?: string | null;
  readonly expiration?: string | null;
  readonly properties?: Row | null;
}

export interface MoveSeed {
  readonly lot: number;
  readonly quantity: number;
  readonly from: number;
  readonly to: number;
  /** Its document: `WH/IN/00001`. */
  readonly operation?: string;
  readonly partner?: number;
  readonly at?: number;
  readonly state?: string;
}

/** Locations that every shop has, by their ids. */
export const at = {
  suppliers: 1,
  customers: 2,
  adjustment: 3,
  scrap: 4,
  stock: 5,
  shelf: 6,
  north: 7,
} as const;

const locations: readonly (readonly [name: string, type: string, warehouse: number | null, scrap?: true])[] =
  [
    ['Partners/Suppliers', 'supplier', null],
    ['Partners/Customers', 'customer', null],
    ['Virtual/Adjustment', 'inventory', null],
    ['Virtual/Scrap', 'inventory', null, true],
    ['WH/Stock', 'internal', 1],
    ['WH/Stock/Shelf A', 'internal', 1],
    ['NORTH/Stock', 'internal', 2],
  ];

/** Ids of new rows, and the moment they were made. */
export class Shop {
  readonly companies: Row[] = [{ id: 1, name: 'Molino Verdi' }];
  readonly uoms: Row[] = [];
  readonly warehouses: Row[] = [];
  readonly locations: Row[] = [];
  readonly products: Row[] = [];
  readonly lots: Row[] = [];
  readonly quantities: Row[] = [];
  readonly operations: Row[] = [];
  readonly moves: Row[] = [];
  /** The server's clock. */
  now = (): number => Date.now();
  #ids = 0;

  constructor() {
    this.warehouses.push(
      this.#made(1, { name: 'Main house', code: 'WH' }),
      this.#made(2, { name: 'North house', code: 'NORTH' }),
    );
    locations.forEach(([full_name, type, warehouse_id, is_scrap = false], i) => {
      const name = full_name.split('/').at(-1);
      this.locations.push(
        this.#made(i + 1, { name, full_name, type, is_scrap, warehouse_id, company_id: 1 }),
      );
    });
  }

  #made(id: number, row: Row): Row {
    const now = stamp(this.now());
    return { id, ...row, created_at: now, updated_at: now, deleted_at: null };
  }

  #next(): number {
    return ++this.#ids + 100;
  }

  product(seed: ProductSeed): number {
    const { name, tracking = 'lot', reference = null, unit = 'kg', rounding = 0.01, deleted } = seed;
    let uom = this.uoms.find((each) => each.name === unit && each.rounding === String(rounding));
    if (uom === undefined) {
      uom = this.#made(this.#next(), {
        name: unit,
        rounding: String(rounding),
        type: 'reference',
        factor: 1,
      });
      this.uoms.push(uom);
    }
    const row = this.#made(this.#next(), {
      name,
      reference,
      tracking,
      barcode: null,
      type: 'goods',
      uom_id: uom.id,
      is_storable: true,
      use_expiration_date: seed.expirationTime !== undefined,
      expiration_time: seed.expirationTime ?? null,
      deleted_at: null,
    });
    if (deleted) row.deleted_at = stamp(this.now());
    this.products.push(row);
    return row.id as number;
  }

  lot({
    product,
    name,
    reference = null,
    description = null,
    expiration = null,
    properties = null,
  }: LotSeed): number {
    const row = this.#made(this.#next(), {
      name,
      product_id: product,
      reference,
      description,
      properties,
      expiry_reminded: false,
      expiration_date: expiration,
      use_date: null,
      removal_date: null,
      alert_date: null,
      uom_id: null,
      location_id: null,
      company_id: 1,
      creator_id: 1,
    });
    this.lots.push(row);
    return row.id as number;
  }

  /** Something of a lot goes from one place to another, and is finished. */
  move({ lot, quantity, from, to, operation, partner, at: when, state = 'done' }: MoveSeed): number {
    const row = this.lots.find(({ id }) => id === lot) as Row;
    const made = this.#made(this.#next(), {
      lot_id: lot,
      product_id: row.product_id,
      state,
      reference: operation ?? 'Product Quantity Updated',
      qty: quantity,
      uom_qty: quantity,
      scheduled_at: stamp(when ?? this.now()),
      operation_id: operation === undefined ? null : this.#operation(operation),
      move_id: this.#next(),
      partner_id: partner ?? null,
      source_location_id: from,
      destination_location_id: to,
      creator_id: 1,
    });
    this.moves.push(made);
    if (state !== 'done') return made.id as number;
    this.put(lot, from, -quantity);
    this.put(lot, to, quantity);
    return made.id as number;
  }

  #operation(name: string): number {
    const known = this.operations.find((each) => each.name === name);
    if (known !== undefined) return known.id as number;
    const row = this.#made(this.#next(), { name, state: 'done', closed_at: stamp(this.now()) });
    this.operations.push(row);
    return row.id as number;
  }

  /** Adds to what lies of a lot at a place; a row that becomes empty is purged. */
  put(lot: number, location: number, quantity: number, reserved = 0): void {
    const is = (row: Row): boolean => row.lot_id === lot && row.location_id === location;
    let row = this.quantities.find(is);
    if (row === undefined) {
      const owner = this.lots.find(({ id }) => id === lot) as Row;
      row = this.#made(this.#next(), {
        lot_id: lot,
        location_id: location,
        product_id: owner.product_id,
        quantity: 0,
        reserved_quantity: 0,
        inventory_quantity_set: false,
      });
      this.quantities.push(row);
      // the original writes the newest place over the lot's own, wherever else it lies
      owner.location_id = location;
      owner.updated_at = stamp(this.now());
    }
    row.quantity = Number(((row.quantity as number) + quantity).toFixed(4));
    row.reserved_quantity = (row.reserved_quantity as number) + reserved;
    row.updated_at = stamp(this.now());
    if (row.quantity === 0 && row.reserved_quantity === 0)
      this.quantities.splice(this.quantities.indexOf(row), 1);
  }

  /** A lot as it stands in its table. */
  lotNamed(name: string): Row | undefined {
    return this.lots.find((row) => row.name === name);
  }
}
