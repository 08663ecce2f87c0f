/** The views of questions: what a reader holds, with pages and the head; and, for previews, an overlay on it. */
import type { CollectionName, Collections } from '../model/records.ts';
import type {
  AggregateOptions,
  FindOptions,
  FindPage,
  GroupPage,
  Head,
  RangeOptions,
  Scalar,
} from '../ports/store.ts';
import type { QueryView } from '../ports/view.ts';
import { Overlay } from './overlay.ts';
import type { Reader } from './reader.ts';

/** Questions write nothing, so nothing has to be remembered of what they read. */
export class QueryReader implements QueryView {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  get head(): Head {
    return this.#reader.head;
  }

  get<C extends CollectionName>(collection: C, id: string): Collections[C] | undefined {
    return this.#reader.get(collection, id) as Collections[C] | undefined;
  }

  lookup<C extends CollectionName>(
    collection: C,
    unique: string,
    key: readonly Scalar[],
  ): Collections[C] | undefined {
    return this.#reader.lookup(collection, unique, key) as Collections[C] | undefined;
  }

  range<C extends CollectionName>(
    collection: C,
    index: string,
    options: RangeOptions,
  ): readonly Collections[C][] {
    return this.#reader.range(collection, index, options) as unknown as readonly Collections[C][];
  }

  find<C extends CollectionName>(collection: C, options: FindOptions): FindPage<Collections[C]> {
    return this.#reader.find(collection, options) as unknown as FindPage<Collections[C]>;
  }

  aggregate(collection: CollectionName, options: AggregateOptions): GroupPage {
    return this.#reader.aggregate(collection, options);
  }

  count(collection: CollectionName): number {
    return this.#reader.count(collection);
  }
}

/** What a preview decides on: nothing of it is committed. */
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

  aggregate(collection: CollectionName, options: AggregateOptions): GroupPage {
    return this.#reader.aggregate(collection, options);
  }

  count(collection: CollectionName): number {
    return this.#reader.count(collection);
  }
}
