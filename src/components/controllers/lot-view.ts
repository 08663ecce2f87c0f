/**
 * What a view of one lot knows: the record, its item, its movements and history, read again when the ledger
 * says that the lot changed. An edit under way is kept beside the fresh record, never lost to it.
 */
import type { HistoryEntry, Movement, Page, Warehouse } from '../../core/index.ts';
import { type ChangeEvent, type Item, type Ledger, type Lot, type Problem, problemOf } from '../core.ts';
import { answerOr, answers } from './answers.ts';
import { Lookups } from './lookups.ts';
import {
  found,
  type LotLists,
  ledgerToday,
  noLists,
  readLotLists,
  readWorkflowOnly,
} from './lot-form-lookups.ts';
import type { Requests } from './requests.ts';

/** Which lot: by id, or by item, code and variant. */
export interface LotReference {
  readonly id: string;
  readonly item: string;
  readonly code: string;
  readonly variant: string;
}

/** Movements of one page. */
const MOVEMENTS = 50;
const HISTORY = 50;

export interface LotViewHost {
  readonly requests: Requests;
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
  /** The lot has been read, the first time or again. */
  readonly arrived: (lot: Lot, today: string) => void;
  /** Hears of the ledger's changes; the answer stops it. */
  readonly listen: (listener: (event: ChangeEvent) => void) => () => void;
}

/** Besides the lot itself, what is shown of it stands in these. */
const beside: ReadonlySet<string> = new Set(['items', 'lotStatuses', 'warehouses', 'parties', 'settings']);

/** What the recall that holds a lot was opened for, as the lot's history tells it. */
async function recallReasonOf(ledger: Ledger, { id, recall }: Lot): Promise<string | null> {
  if (!recall || !answers(ledger, 'lots.history')) return null;
  const told = await ledger.lots.history(id, { field: 'recall' });
  return told.items.find(({ to }) => to === recall)?.reason ?? null;
}

/** The lot and what stands beside it; undefined when a lot that was there is gone. */
async function readAround(
  ledger: Ledger,
  reference: Parameters<Ledger['lots']['get']>[0],
  o: { readonly known: boolean; readonly shown: number; readonly lookups: Lookups | undefined },
) {
  const lot = o.known ? await found(ledger.lots.get(reference)) : await ledger.lots.get(reference);
  if (lot === undefined) return undefined;
  const none = { items: [], asOf: { seq: 0, date: '' } };
  const [item, today, lists, warehouses, movements, history, recallReason, workflowOnly] = await Promise.all([
    ledger.items.get(lot.item),
    ledgerToday(ledger),
    readLotLists(ledger),
    answerOr<Page<Warehouse>>(ledger, 'warehouses.list', () => ledger.warehouses.list({ limit: 500 }), none),
    answerOr<Page<Movement>>(
      ledger,
      'lots.movements',
      () => ledger.lots.movements(lot.id, { limit: o.shown }),
      none,
    ),
    answerOr<Page<HistoryEntry>>(
      ledger,
      'lots.history',
      () => ledger.lots.history(lot.id, { limit: HISTORY }),
      none,
    ),
    recallReasonOf(ledger, lot),
    readWorkflowOnly(ledger),
    o.lookups?.readStatuses(),
  ]);
  return { lot, item, today, lists, warehouses, movements, history, recallReason, workflowOnly };
}

export class LotViewController {
  readonly #host: LotViewHost;
  #ledger: Ledger | undefined;
  #unsubscribe: (() => void) | undefined;
  #reference: LotReference = { id: '', item: '', code: '', variant: '' };
  phase: 'none' | 'unknown' | 'loading' | 'ready' | 'failed' | 'gone' = 'none';
  problem: Problem | undefined;
  lot: Lot | undefined;
  item: Item | undefined;
  today = '';
  lists: LotLists = noLists;
  lookups: Lookups | undefined;
  warehouses: ReadonlyMap<string, Warehouse> = new Map();
  movements: readonly Movement[] = [];
  moreMovements: string | undefined;
  history: readonly HistoryEntry[] = [];
  moreHistory: string | undefined;
  /** Why it was recalled, while it is. */
  recallReason: string | null = null;
  /** Status, sale and closing are changed by the steps of the workflow only. */
  workflowOnly = false;

  constructor(host: LotViewHost) {
    this.#host = host;
  }

  connect(ledger: Ledger | undefined): void {
    this.#unsubscribe?.();
    this.#unsubscribe = ledger && this.#host.listen((event) => this.#heard(event));
    this.#ledger = ledger;
    this.lookups = ledger && new Lookups(ledger);
    void this.read();
  }

  disconnect(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  show(reference: LotReference): void {
    this.#reference = reference;
    this.lot = undefined;
    void this.read();
  }

  #heard({ touched }: ChangeEvent): void {
    const { lot } = this;
    this.lookups?.forget(new Set(touched.map(({ resource }) => resource)));
    if (lot === undefined) return;
    if (touched.some(({ resource, id }) => beside.has(resource) || (resource === 'lots' && id === lot.id))) {
      void this.read();
    }
  }

  /** Reads the lot and what stands beside it. */
  async read(): Promise<void> {
    const ledger = this.#ledger;
    const { id, item, code, variant } = this.#reference;
    if (ledger === undefined || (id === '' && code === '')) {
      this.phase = 'none';
      this.#host.changed();
      return;
    }
    if (this.lot === undefined) this.phase = 'loading';
    this.#host.changed();
    const reference = this.lot?.id ?? (id || { item, code, ...(variant ? { variant } : {}) });
    const shown = Math.max(MOVEMENTS, Math.min(500, this.movements.length));
    try {
      const read = await this.#host.requests.run('lot', () =>
        readAround(ledger, reference, { known: this.lot !== undefined, shown, lookups: this.lookups }),
      );
      if (!read.stale) this.#arrived(read.value);
    } catch (error) {
      this.problem = problemOf(error);
      this.phase = this.problem.kind === 'missing' && this.lot === undefined ? 'unknown' : 'failed';
      this.#host.failed(error);
    }
    this.#host.changed();
  }

  /** The ledger can be asked that; nothing is drawn of what it has no answer to. */
  answers(query: string): boolean {
    return this.#ledger !== undefined && answers(this.#ledger, query);
  }

  /** What the host has named, for saying that there is no such lot. */
  get named(): string {
    return this.#reference.code || this.#reference.id;
  }

  #arrived(read: Awaited<ReturnType<typeof readAround>>): void {
    if (read === undefined) {
      this.phase = 'gone';
      return;
    }
    this.lot = read.lot;
    this.item = read.item;
    this.today = read.today;
    this.lists = read.lists;
    this.warehouses = new Map(read.warehouses.items.map((warehouse) => [warehouse.code, warehouse]));
    this.movements = read.movements.items;
    this.moreMovements = read.movements.next;
    this.history = read.history.items;
    this.moreHistory = read.history.next;
    this.workflowOnly = read.workflowOnly;
    this.recallReason = read.recallReason;
    this.problem = undefined;
    this.phase = 'ready';
    this.#host.arrived(read.lot, read.today);
  }

  /** One more page of movements, or of history. */
  async more(what: 'movements' | 'history'): Promise<void> {
    const { lot } = this;
    const ledger = this.#ledger;
    const cursor = what === 'movements' ? this.moreMovements : this.moreHistory;
    if (lot === undefined || ledger === undefined || cursor === undefined) return;
    try {
      if (what === 'movements') {
        const ask = () => ledger.lots.movements(lot.id, { limit: MOVEMENTS, cursor });
        const page = await this.#host.requests.run('more', ask);
        if (page.stale) return;
        this.movements = [...this.movements, ...page.value.items];
        this.moreMovements = page.value.next;
      } else {
        const ask = () => ledger.lots.history(lot.id, { limit: HISTORY, cursor });
        const page = await this.#host.requests.run('more', ask);
        if (page.stale) return;
        this.history = [...this.history, ...page.value.items];
        this.moreHistory = page.value.next;
      }
    } catch (error) {
      this.#host.failed(error);
    }
    this.#host.changed();
  }
}
