/**
 * A ledger as it was: what reads through this view sees lots, serials, stock and policies of a moment, so one
 * function renders today and any other day. What is not kept from the past it does not show: reservations.
 */
import type { CollectionName, Collections, LotRecord, MovementRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import type {
  AggregateOptions,
  FindOptions,
  FindPage,
  GroupPage,
  Head,
  RangeOptions,
  Scalar,
} from '../../ports/store.ts';
import type { QueryView } from '../../ports/view.ts';
import { historyOf, withoutChange } from '../../rules/history.ts';
import { balanceBefore, lotBefore, movementsSince, serialBefore, untrackedBefore } from './records.ts';
import { changesSince, type When } from './when.ts';

type AnyRecord = Collections[CollectionName];

const masters: ReadonlySet<CollectionName> = new Set([
  'items',
  'warehouses',
  'lotStatuses',
  'blockRules',
] as const);
const promises: ReadonlySet<CollectionName> = new Set(['reservations', 'commitments'] as const);

const unsupported = (what: string): never => {
  throw new LedgerError('query.unsupported', { details: { what: `${what} of the past` } });
};

export class PastView implements QueryView {
  readonly #view: QueryView;
  readonly #when: When;
  readonly #movements = new Map<string, readonly MovementRecord[]>();
  readonly #records = new Map<string, AnyRecord>();

  constructor(view: QueryView, when: When) {
    this.#view = view;
    this.#when = when;
  }

  get head(): Head {
    return this.#view.head;
  }

  get<C extends CollectionName>(collection: C, id: string): Collections[C] | undefined {
    if (promises.has(collection) && !this.#when.isNow) return undefined;
    const record = this.#view.get(collection, id);
    return record && this.#past(collection, record);
  }

  lookup<C extends CollectionName>(
    collection: C,
    unique: string,
    key: readonly Scalar[],
  ): Collections[C] | undefined {
    const record = this.#view.lookup(collection, unique, key);
    return record && this.#past(collection, record);
  }

  range<C extends CollectionName>(
    collection: C,
    index: string,
    options: RangeOptions,
    guard: string | null,
  ): readonly Collections[C][] {
    if (promises.has(collection) && !this.#when.isNow) return [];
    if (index === 'inStock') return this.#inStock(collection, options, guard);
    if (collection === 'balances' && index === 'byPlace') return unsupported('everything at one place');
    const records = this.#view.range(collection, index, options, guard);
    const past = records.map((each) => this.#past(collection, each));
    if (collection !== 'balances') return past;
    // a place it came to since is none of its places then
    return past.filter((each, i) => each === records[i] || !isEmpty(each as Collections['balances']));
  }

  find<C extends CollectionName>(collection: C, options: FindOptions): FindPage<Collections[C]> {
    if (promises.has(collection) && !this.#when.isNow) return { records: [] };
    const page = this.#view.find(collection, options);
    return { ...page, records: page.records.map((each) => this.#past(collection, each)) };
  }

  aggregate(collection: CollectionName, options: AggregateOptions): GroupPage {
    return this.#when.isNow ? this.#view.aggregate(collection, options) : unsupported('totals');
  }

  count(collection: CollectionName): number {
    return this.#view.count(collection);
  }

  /** Whether a lot was there: made by then, or moved on a day before it was recorded. */
  had(lot: Pick<LotRecord, 'id' | 'createdAt' | 'moved'>): boolean {
    if (!this.wasRecorded(lot.id)) return false;
    return this.#when.saw(lot.createdAt) || (this.get('lots', lot.id)?.moved ?? false);
  }

  /** Whether a piece was there. */
  hadSerial(serial: { readonly id: string; readonly createdAt: string }): boolean {
    if (!this.wasRecorded(serial.id)) return false;
    return this.#when.saw(serial.createdAt) || (this.get('serials', serial.id)?.moved ?? false);
  }

  /** Whether the command that made a record was in the journal: ids begin with the command's. */
  wasRecorded(id: string): boolean {
    if (this.#when.seq >= this.head.seq) return true;
    const receipt = this.#view.get('receipts', id.slice(0, id.lastIndexOf('.')));
    return (receipt?.seq ?? 0) <= this.#when.seq;
  }

  /** What is in stock was in stock then: all of the item is looked at, since what left since is not in the index. */
  #inStock<C extends CollectionName>(
    collection: C,
    options: RangeOptions,
    guard: string | null,
  ): readonly Collections[C][] {
    const [item = null, variant, warehouse, location] = options.prefix ?? [];
    const prefix = variant === undefined ? [item] : [item, variant];
    const all = this.#view.range(collection, 'byItem', { prefix }, guard) as readonly AnyRecord[];
    const past = all.map((each) => this.#past(collection, each as Collections[C]));
    return past.filter((each) => {
      const { warehouseKey, locationKey, onHand } = each as unknown as Place;
      if (warehouse !== undefined && warehouseKey !== warehouse) return false;
      if (location !== undefined && locationKey !== location) return false;
      return warehouseKey !== null && (onHand === undefined || onHand > 0);
    });
  }

  #since(lot: string): readonly MovementRecord[] {
    let since = this.#movements.get(lot);
    if (!since) this.#movements.set(lot, (since = movementsSince(this.#view, lot, this.#when)));
    return since;
  }

  #past<C extends CollectionName>(collection: C, record: Collections[C]): Collections[C] {
    const key = `${collection} ${record.id}`;
    const known = this.#records.get(key);
    if (known) return known as Collections[C];
    const past = this.#before(collection, record);
    this.#records.set(key, past);
    return past as Collections[C];
  }

  #before(collection: CollectionName, record: AnyRecord): AnyRecord {
    const [view, when] = [this.#view, this.#when];
    if (collection === 'lots') {
      const lot = record as Collections['lots'];
      return lotBefore(view, lot, this.#since(lot.id), when);
    }
    if (collection === 'serials') return serialBefore(view, record as Collections['serials'], when);
    if (collection === 'balances') {
      const balance = record as Collections['balances'];
      if (balance.lot === null) return untrackedBefore(view, balance, when);
      return balanceBefore(balance, this.#since(balance.lot));
    }
    if (!masters.has(collection)) return record;
    const { since } = changesSince(view, historyOf(collection, record.id), when);
    const edits = since.filter(({ field }) => field !== 'created' && field !== 'removed');
    return edits.reduce((past, change) => withoutChange(past, change), record);
  }
}

const isEmpty = ({ onHand, loaded }: Collections['balances']): boolean => onHand === 0 && loaded === 0;

interface Place {
  readonly warehouseKey: string | null;
  readonly locationKey: string | null;
  readonly onHand?: number;
}
