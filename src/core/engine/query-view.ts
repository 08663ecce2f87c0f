/** The view of questions and previews: an overlay nothing is committed from, with pages and the head. */
import type { CollectionName, Collections } from '../model/records.ts';
import type { FindOptions, FindPage, Head } from '../ports/store.ts';
import type { QueryView } from '../ports/view.ts';
import { Overlay } from './overlay.ts';
import type { Reader } from './reader.ts';

export class QueryOverlay extends Overlay implements QueryView {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    super(reader);
    this.#reader = reader;
  }

  get head(): Head {
    return this.#reader.head;
  }

  find<C extends CollectionName>(collection: C, options: FindOptions): FindPage<Collections[C]> {
    return this.#reader.find(collection, options) as unknown as FindPage<Collections[C]>;
  }

  count(collection: CollectionName): number {
    return this.#reader.count(collection);
  }
}
