/** What lies of lots, place by place: Aureus has no such figure of a lot, only its quantities to be added up. */
import type { LotStock } from '../../../core/index.ts';
import { negated, sumOf } from './amounts.ts';
import { IDS_AT_ONCE, inChunks } from './catalogue.ts';
import type { Pages, Row } from './pages.ts';
import { isInside, type Places } from './places.ts';
import { idText, relation } from './shapes.ts';

/** What lies of one lot. */
export interface Held {
  readonly stock: readonly LotStock[];
  /** It has quantities anywhere, in the house or out of it. */
  readonly anywhere: boolean;
}

export const nothingHeld: Held = { stock: [], anywhere: false };

/** A package or an owner has a quantity of its own; here they are one place. */
interface Lying {
  readonly location: Row;
  readonly quantities: Row[];
}

const NEVER_SO_MANY = Number.MAX_SAFE_INTEGER;

export class Stock {
  readonly #pages: Pages;
  readonly #places: Places;

  constructor(pages: Pages, places: Places) {
    this.#pages = pages;
    this.#places = places;
  }

  async #quantities(lots: readonly string[], signal: AbortSignal | undefined): Promise<Row[]> {
    const rows: Row[] = [];
    for (const ids of inChunks(lots, IDS_AT_ONCE)) {
      const query = { filter: { lot_id: ids.join(',') }, include: ['lot', 'location'], sort: ['id'] };
      const listing = { action: 'stock.view', query, signal };
      rows.push(...(await this.#pages.all('/quantities', listing, NEVER_SO_MANY)).rows);
    }
    return rows;
  }

  /** What lies of each of these lots, by their ids. */
  async of(lots: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, Held>> {
    if (lots.length === 0) return new Map();
    const byLot = new Map<string, Map<string, Lying>>();
    for (const row of await this.#quantities(lots, signal)) {
      const lot = idText(relation(row, 'lot')?.id);
      const places = byLot.get(lot) ?? new Map<string, Lying>();
      byLot.set(lot, places);
      const location = relation(row, 'location');
      if (!location || !isInside(location)) continue;
      const id = idText(location.id);
      const lying = places.get(id) ?? { location, quantities: [] };
      lying.quantities.push(row);
      places.set(id, lying);
    }
    const locations = [...byLot.values()].flatMap((places) =>
      [...places.values()].map((each) => each.location),
    );
    const named = await this.#places.read(locations, signal);
    const held = ([lot, places]: readonly [string, ReadonlyMap<string, Lying>]) => {
      const stock = [...places].map(([id, { quantities }]): LotStock => {
        const onHand = sumOf(quantities.map(({ quantity }) => quantity));
        const reserved = sumOf(quantities.map(({ reserved_quantity }) => reserved_quantity));
        return {
          warehouse: named.get(id)?.warehouse ?? '',
          location: named.get(id)?.location ?? null,
          // Aureus keeps what is there, not what ever came
          loaded: null,
          onHand,
          reserved,
          available: sumOf([onHand, negated(reserved)]),
        };
      });
      return [lot, { stock: stock.sort(byPlace), anywhere: true }] as const;
    };
    return new Map([...byLot].map(held));
  }
}

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byPlace = (a: LotStock, b: LotStock): number =>
  before(a.warehouse, b.warehouse) || before(a.location ?? '', b.location ?? '');
