/**
 * Reads of one transaction. What is asked in one turn is gathered and answered with few statements: an engine
 * that finds out what it lacks asks for all of it at once.
 */
import type {
  AggregateOptions,
  FindOptions,
  FindPage,
  GroupPage,
  Head,
  RangeOptions,
  Scalar,
  Snapshot,
  StoredRecord,
} from '../../../core/adapter-kit.ts';
import type { SqlTransaction } from './driver.ts';
import { encodeText, encodeUnique } from './encode.ts';
import { failure } from './failures.ts';
import { aggregateIn } from './groups.ts';
import { type Layout, layoutOf, uniqueColumn } from './layout.ts';
import { findIn, type Reading, readingOf, recordOf } from './question.ts';
import { rangeIn, rangesIn, shapeOf } from './range.ts';
import { Parameters } from './statement.ts';
import type { Standing, Tenant } from './tenant.ts';

/** Something asked of a gathering, and where its answer goes. */
interface Waiting<A, T> {
  readonly asked: A;
  readonly resolve: (answer: T) => void;
  readonly reject: (error: unknown) => void;
}

/** Questions of one kind that are asked in the same turn and answered at once. */
class Gathering<A, T> {
  readonly #waiting: Waiting<A, T>[] = [];
  readonly #answer: (asked: readonly A[]) => Promise<readonly T[]>;

  constructor(answer: (asked: readonly A[]) => Promise<readonly T[]>) {
    this.#answer = answer;
  }

  ask(asked: A): Promise<T> {
    return new Promise((resolve, reject) => this.#waiting.push({ asked, resolve, reject }));
  }

  async answer(): Promise<void> {
    try {
      const answers = await this.#answer(this.#waiting.map(({ asked }) => asked));
      for (const [i, { resolve }] of this.#waiting.entries()) resolve(answers[i] as T);
    } catch (error) {
      for (const { reject } of this.#waiting) reject(failure(error));
    }
  }
}

/** One consistent view of a tenant. */
export class SqlSnapshot implements Snapshot {
  readonly head: Head;
  readonly #transaction: SqlTransaction;
  readonly #tenant: Tenant;
  readonly #standing: Standing;
  /** What was asked in this turn, by what can be asked with one statement. */
  #gathered = new Map<string, Gathering<never, unknown>>();

  constructor(transaction: SqlTransaction, tenant: Tenant, standing: Standing) {
    this.head = standing.head;
    this.#transaction = transaction;
    this.#tenant = tenant;
    this.#standing = standing;
  }

  async get(collection: string, ids: readonly string[]): Promise<(StoredRecord | undefined)[]> {
    const { layout } = this.#reading(collection);
    if (ids.length === 0) return [];
    const wanted: Wanted = { layout, column: 'id', keys: ids.map(encodeText) };
    return this.#together(['keyed'], wanted, (asked) => keyed(this.#transaction, this.#tenant, asked));
  }

  async lookup(
    collection: string,
    unique: string,
    key: readonly Scalar[],
  ): Promise<StoredRecord | undefined> {
    const { layout } = this.#reading(collection);
    layout.unique(unique);
    const encoded = encodeUnique(key);
    if (encoded === null) return undefined;
    const wanted: Wanted = { layout, column: uniqueColumn(unique), keys: [encoded] };
    const found = await this.#together(['keyed'], wanted, (asked) =>
      keyed(this.#transaction, this.#tenant, asked),
    );
    return found[0];
  }

  async range(collection: string, index: string, options: RangeOptions): Promise<StoredRecord[]> {
    const reading = this.#reading(collection);
    const shape = shapeOf(reading.layout, reading.facts, index, options);
    if (shape === undefined) return told(rangeIn(reading, index, options));
    return this.#together(['range', collection, shape], options, (asked) => rangesIn(reading, index, asked));
  }

  async find(collection: string, options: FindOptions): Promise<FindPage> {
    return told(findIn(this.#reading(collection), options));
  }

  async aggregate(collection: string, options: AggregateOptions): Promise<GroupPage> {
    return told(aggregateIn(this.#reading(collection), options));
  }

  async count(collection: string): Promise<number> {
    const { transaction, tenant, layout } = this.#reading(collection);
    const text = `select count(*) as count from ${tenant.tableOf(layout)} where tenant = $1`;
    const [row] = await told(transaction.query<{ count: number | string }>(text, [tenant.name]));
    return Number(row?.count ?? 0);
  }

  #reading(collection: string): Reading {
    const layout = layoutOf(this.#tenant.layouts, collection);
    return readingOf(this.#transaction, this.#tenant, this.#standing, layout);
  }

  /** Adds a question to those of its kind; they are answered when the turn is over. */
  #together<A, T>(
    kind: readonly string[],
    asked: A,
    answer: (asked: readonly A[]) => Promise<readonly T[]>,
  ): Promise<T> {
    const name = JSON.stringify(kind);
    if (this.#gathered.size === 0) queueMicrotask(() => this.#answerAll());
    let gathering = this.#gathered.get(name) as Gathering<A, T> | undefined;
    if (gathering === undefined) {
      gathering = new Gathering(answer);
      this.#gathered.set(name, gathering as unknown as Gathering<never, unknown>);
    }
    return gathering.ask(asked);
  }

  #answerAll(): void {
    const gathered = [...this.#gathered.values()];
    this.#gathered = new Map();
    for (const gathering of gathered) void gathering.answer();
  }
}

const told = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    throw failure(error);
  }
};

/** Records of one collection that are asked for by keys of a column which holds each of them once. */
interface Wanted {
  readonly layout: Layout;
  readonly column: string;
  readonly keys: readonly string[];
}

/** Records by their keys, of any collections, with one statement. */
async function keyed(
  transaction: SqlTransaction,
  tenant: Tenant,
  asked: readonly Wanted[],
): Promise<(StoredRecord | undefined)[][]> {
  const columns = new Map<string, { readonly wanted: Wanted; readonly keys: Set<string> }>();
  const nameOf = ({ layout, column }: Wanted) => `${layout.name}.${column}`;
  for (const wanted of asked) {
    const known = columns.get(nameOf(wanted)) ?? { wanted, keys: new Set() };
    columns.set(nameOf(wanted), known);
    for (const key of wanted.keys) known.keys.add(key);
  }
  // in one order, so that the same questions make the same statement
  const names = [...columns.keys()].sort();
  const parameters = new Parameters(tenant.name);
  const questions = names.map((name, n) => {
    const { wanted, keys } = columns.get(name) as { wanted: Wanted; keys: Set<string> };
    const { layout, column } = wanted;
    return `select ${n} as n, ${column} as key, record from ${tenant.tableOf(layout)}
where tenant = $1 and ${column} = any(${parameters.list([...keys])})`;
  });
  const rows = await parameters.run<{ n: number; key: string; record: string }>(
    transaction,
    questions.join('\nunion all '),
  );
  const found = new Map(names.map((name) => [name, new Map<string, { record: string }>()]));
  for (const row of rows) found.get(names[row.n] ?? '')?.set(row.key, row);
  return asked.map((wanted) =>
    wanted.keys.map((key) => {
      const row = found.get(nameOf(wanted))?.get(key);
      return row === undefined ? undefined : recordOf(row);
    }),
  );
}
