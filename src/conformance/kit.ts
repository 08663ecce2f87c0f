/**
 * What the sections share: cases that clean up after themselves, handles at fresh places, and reads that go
 * through every way a store offers, so that both are held to the same answer.
 */
import type {
  AggregateOptions,
  CommitBatch,
  CommitOutcome,
  FindOptions,
  FindPage,
  GroupPage,
  Head,
  RangeOptions,
  Store,
  StoredRecord,
  Table,
} from '../core/adapter-kit.ts';
import { equal, ok } from './assert.ts';
import type { Harness, KitOptions, Runner } from './harness.ts';
import { batch, KIT_SCHEMA, kitTables, thing } from './tables.ts';

/** What a case is given. */
export interface Case {
  /** The place of this case: a store nobody used before. */
  readonly place: string;
  /** Opens a handle at the place (or another) and closes it after the case. */
  open(tables?: readonly Table[], schema?: number, place?: string): Promise<Store>;
  /** The same, as a new program. Only where the harness can. */
  reopen(tables?: readonly Table[], schema?: number): Promise<Store>;
}

/** The cases of a section by title. */
export type Cases = Readonly<Record<string, (it: Case, kit: Kit) => Promise<void>>>;

export class Kit {
  readonly harness: Harness;
  readonly seed: number;
  readonly rounds: number;
  readonly patience: number;
  readonly #runner: Runner;
  #places = 0;
  #prefix: string;

  constructor(runner: Runner, harness: Harness, options: KitOptions) {
    this.#runner = runner;
    this.harness = harness;
    this.seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
    this.rounds = options.rounds ?? 40;
    this.patience = harness.patience ?? 5000;
    this.#prefix = `kit-${Date.now().toString(36)}-${Math.floor(Math.random() * 1e6).toString(36)}`;
  }

  section(number: number, name: string, body: () => void): void {
    this.#runner.describe(`${number} ${name}`, body);
  }

  /** A section of plain cases; skipped whole where `reason` says why. */
  cases(number: number, name: string, cases: Cases, reason?: string): void {
    this.section(number, name, () => {
      for (const [title, body] of Object.entries(cases)) {
        this.itUnless(reason, title, (it) => body(it, this));
      }
    });
  }

  /** A case; its handles are closed and its places removed afterwards, whatever happens. */
  it(name: string, body: (it: Case) => Promise<void>): void {
    this.#runner.it(name, () => this.#run(body));
  }

  /** A case that applies only where `reason` is undefined. */
  itUnless(reason: string | undefined, name: string, body: (it: Case) => Promise<void>): void {
    if (reason === undefined) this.it(name, body);
    else if (this.#runner.skip !== undefined) this.#runner.skip(name, reason);
    else this.#runner.it(`${name} (skipped: ${reason})`, () => {});
  }

  /** Why a case that needs these hooks is skipped; undefined when all are there. */
  missing(...hooks: (keyof Harness)[]): string | undefined {
    const absent = hooks.filter((hook) => this.harness[hook] === undefined);
    if (absent.includes('reopen')) return 'nothing in this store outlives the program';
    return absent.length === 0 ? undefined : `the harness offers no ${absent.join(', ')}`;
  }

  async #run(body: (it: Case) => Promise<void>): Promise<void> {
    const handles: Store[] = [];
    const places = new Set<string>();
    const place = `${this.#prefix}-${++this.#places}`;
    const kept = async (opening: Promise<Store>) => {
      const store = await opening;
      handles.push(store);
      return store;
    };
    try {
      await body({
        place,
        open: (tables = kitTables, schema = KIT_SCHEMA, at = place) => {
          places.add(at);
          return kept(this.harness.open(at, tables, schema));
        },
        reopen: (tables = kitTables, schema = KIT_SCHEMA) => {
          ok(this.harness.reopen, 'the harness offers no reopen');
          places.add(place);
          return kept(this.harness.reopen(place, tables, schema));
        },
      });
    } finally {
      // a crashed handle may never answer; closing it must not hold the next case up
      const closing = handles.map((store) => store.close().catch(() => undefined));
      await Promise.race([Promise.all(closing), new Promise((resolve) => setTimeout(resolve, 300))]);
      for (const one of places) await this.harness.destroy?.(one).catch(() => undefined);
    }
  }
}

/** Commits and expects it to be done. */
export async function committed(
  store: Store,
  batch: CommitBatch,
): Promise<CommitOutcome & { readonly done: true }> {
  const outcome = await store.commit(batch);
  if (!outcome.done) throw new Error(`the commit was expected to be done: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** Writes ten things with ties and nulls in both parts of their order. */
export async function filled(store: Store): Promise<void> {
  const rows: [string, string | null, number | null][] = [
    ['g1', 'g', 1],
    ['g2', 'g', 2],
    ['g2b', 'g', 2],
    ['g7', 'g', 7],
    ['gn', 'g', null],
    ['gn2', 'g', null],
    ['h-', 'h', -3],
    ['h0', 'h', 0],
    ['n1', null, 1],
    ['nn', null, null],
  ];
  await committed(store, batch(rows.map(([id, group, rank]) => thing(id, { group, rank }))));
}

/** Commits and expects a conflict; answers the ids of the records named, sorted. */
export async function conflicting(store: Store, batch: CommitBatch): Promise<string[]> {
  const outcome = await store.commit(batch);
  ok(!outcome.done && 'conflict' in outcome, `a conflict was expected, got ${JSON.stringify(outcome)}`);
  return [...new Set(outcome.conflict.map((ref) => ref.id))].sort();
}

/** Records by id, through `read` and, where there is one, through `sync`: they must agree. */
export async function get(
  store: Store,
  collection: string,
  ids: readonly string[],
): Promise<(StoredRecord | undefined)[]> {
  const records = await store.read((snapshot) => snapshot.get(collection, ids));
  const { sync } = store;
  if (sync !== undefined) {
    equal(
      ids.map((id) => sync.get(collection, id)),
      records,
      'read and sync differ on get',
    );
  }
  return records;
}

/** A range, through both ways. */
export async function range(
  store: Store,
  collection: string,
  index: string,
  options: RangeOptions,
): Promise<StoredRecord[]> {
  const records = await store.read((snapshot) => snapshot.range(collection, index, options));
  if (store.sync !== undefined) {
    equal(store.sync.range(collection, index, options), records, 'read and sync differ on range');
  }
  return records;
}

/** A question, through both ways. */
export async function find(store: Store, collection: string, options: FindOptions): Promise<FindPage> {
  const page = await store.read((snapshot) => snapshot.find(collection, options));
  if (store.sync !== undefined) {
    equal(store.sync.find(collection, options), page, 'read and sync differ on find');
  }
  return page;
}

/** Groups, through both ways. */
export async function aggregate(
  store: Store,
  collection: string,
  options: AggregateOptions,
): Promise<GroupPage> {
  const page = await store.read((snapshot) => snapshot.aggregate(collection, options));
  if (store.sync !== undefined) {
    equal(store.sync.aggregate(collection, options), page, 'read and sync differ on aggregate');
  }
  return page;
}

/** Where the journal ends, through both ways. */
export async function headOf(store: Store): Promise<Head> {
  const head = await store.read(async (snapshot) => snapshot.head);
  if (store.sync !== undefined) equal(store.sync.head, head, 'read and sync differ on the head');
  return head;
}

/** The ids of records, in their order. */
export const idsOf = (records: readonly (StoredRecord | undefined)[]): string[] =>
  records.map((record) => record?.id ?? '(none)');
