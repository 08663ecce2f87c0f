/** Locations and their warehouses, kept for a while: they change seldom, and every quantity lies in one. */
import { IDS_AT_ONCE, inChunks } from './catalogue.ts';
import type { Pages, Row } from './pages.ts';
import { idText, relation, textOr } from './shapes.ts';

/** A place as it is called here. */
export interface Place {
  readonly warehouse: string;
  readonly location: string;
}

/** What is in the house: what lies there counts as on hand. */
export const isInside = (location: Row | null | undefined): boolean =>
  location?.type === 'internal' && location.is_scrap !== true;

const nameOf = (location: Row): string => textOr(location.full_name) ?? textOr(location.name) ?? '';

/** The code of a location's warehouse; where it has none, what stands above it. */
function placeOf(location: Row): Place {
  const name = nameOf(location);
  const code = textOr(relation(location, 'warehouse')?.code);
  return { warehouse: code ?? name.split('/')[0] ?? name, location: name };
}

export class Places {
  readonly #pages: Pages;
  readonly #keep: number;
  readonly #known = new Map<string, { readonly at: number; readonly place: Place }>();

  constructor(pages: Pages, keep: number) {
    this.#pages = pages;
    this.#keep = keep;
  }

  #isFresh(id: string): boolean {
    const known = this.#known.get(id);
    return known !== undefined && Date.now() - known.at < this.#keep;
  }

  /** The places of these locations, by their ids. */
  async read(locations: readonly Row[], signal?: AbortSignal): Promise<ReadonlyMap<string, Place>> {
    const given = new Map(locations.map((location) => [idText(location.id), location]));
    const missing = [...given.keys()].filter((id) => !this.#isFresh(id));
    for (const ids of inChunks(missing, IDS_AT_ONCE)) {
      const query = { filter: { id: ids.join(',') }, include: ['warehouse'], sort: ['id'] };
      const { rows } = await this.#pages.all(
        '/locations',
        { action: 'warehouse.view', query, signal },
        ids.length,
      );
      for (const row of rows) this.#known.set(idText(row.id), { at: Date.now(), place: placeOf(row) });
    }
    // one that this user may not read, or that was deleted since, is called what its stock says it is
    return new Map([...given].map(([id, location]) => [id, this.#known.get(id)?.place ?? placeOf(location)]));
  }
}
