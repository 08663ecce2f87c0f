/**
 * One commit: the tenant's head is locked, what it stands on is looked at, and everything is written with one
 * statement. Numbers are resolved here, from the locked head, so that rows hold what they will be found by.
 */
import {
  type CommitBatch,
  type CommitOutcome,
  chainLink,
  type Head,
  LedgerError,
  type RecordRef,
  type StoredRecord,
  withSeqs,
} from '../../../core/adapter-kit.ts';
import type { SqlTransaction } from './driver.ts';
import { decodeText, encodeText, encodeUnique, quoted } from './encode.ts';
import { together } from './failures.ts';
import { type Layout, layoutOf, type Row, uniqueColumn } from './layout.ts';
import { HEADS, inSchema, JOURNAL } from './schema.ts';
import { all, Parameters } from './statement.ts';
import { isBehind, Learned, rowsOf, type Standing, type Tenant } from './tenant.ts';

/** What a commit does to one collection. */
class Changes {
  readonly layout: Layout;
  readonly puts: StoredRecord[] = [];
  readonly deletes = new Set<string>();
  /** Expected versions by id. */
  readonly expects = new Map<string, number>();

  constructor(layout: Layout) {
    this.layout = layout;
  }
}

/** One row of what is there: a record's version, or the holder of a unique key. */
interface There {
  readonly collection: string;
  readonly id: string;
  /** The unique index the key is of; null for a version. */
  readonly of: string | null;
  readonly key: string | null;
  readonly version: number | string;
}

/** A batch, by collection. */
export class Commit {
  readonly #batch: CommitBatch;
  readonly #tenant: Tenant;
  readonly #schema: number;
  readonly #channel: string | undefined;
  readonly #changes = new Map<string, Changes>();

  /**
   * @param schema the number of the tables this program knows
   * @param channel where it is told; undefined where it is not
   * @throws LedgerError `query.unsupported` for a collection that is not declared
   */
  constructor(tenant: Tenant, batch: CommitBatch, schema: number, channel: string | undefined) {
    this.#tenant = tenant;
    this.#batch = batch;
    this.#schema = schema;
    this.#channel = channel;
    for (const { collection, id, version } of batch.expects) this.#of(collection).expects.set(id, version);
    for (const { collection, record } of batch.puts) this.#of(collection).puts.push(record);
    for (const { collection, id } of batch.deletes) this.#of(collection).deletes.add(id);
  }

  /** What it stands on or writes: what may have changed where the database only says that something has. */
  get involved(): RecordRef[] {
    const { expects, puts } = this.#batch;
    const refs = expects.map(({ collection, id }) => ({ collection, id }));
    return refs.length > 0 ? refs : puts.map(({ collection, record }) => ({ collection, id: record.id }));
  }

  /** @throws LedgerError `store.newer` where a newer program wrote; and what the database throws */
  async run(transaction: SqlTransaction): Promise<CommitOutcome> {
    const [, standing, there] = await together<[unknown, Standing | undefined, readonly There[]]>([
      this.#tenant.enter(transaction),
      this.#tenant.standing(transaction, true),
      this.#look(transaction),
    ]);
    if (standing === undefined)
      throw new LedgerError('store.corrupt', { details: { what: 'the head is gone' } });
    this.#mustKnow(standing);
    const conflict = this.#conflicts(there);
    if (conflict.length > 0) return { done: false, conflict };
    return this.#write(transaction, standing);
  }

  #of(collection: string): Changes {
    let changes = this.#changes.get(collection);
    if (changes === undefined) {
      changes = new Changes(layoutOf(this.#tenant.layouts, collection));
      this.#changes.set(collection, changes);
    }
    return changes;
  }

  #mustKnow({ schema, made }: Standing): void {
    if (schema > this.#schema) throw new LedgerError('store.newer');
    for (const { layout, puts } of this.#changes.values()) {
      if (puts.length > 0 && isBehind(layout, made)) throw new LedgerError('store.newer');
    }
  }

  /** Everything the commit stands on, in one statement. */
  async #look(transaction: SqlTransaction): Promise<readonly There[]> {
    const parameters = new Parameters(this.#tenant.name);
    const questions: string[] = [];
    for (const [collection, { layout, expects, puts }] of this.#changes) {
      const table = this.#tenant.tableOf(layout);
      const ask = (of: string | null, key: string, condition: string) => {
        const names = `${parameters.add(collection)}::text as collection, ${parameters.add(of)}::text as of`;
        questions.push(
          `select ${names}, id, ${key} as key, version from ${table} where tenant = $1 and ${condition}`,
        );
      };
      if (expects.size > 0) {
        const ids = [...expects.keys()].map(encodeText);
        ask(null, 'null::text', `id = any(${parameters.list(ids)})`);
      }
      for (const [name, parts] of Object.entries(layout.table.unique ?? {})) {
        const keys = puts.map((record) => encodeUnique(parts.map((part) => part.of(record as never))));
        const taken = keys.filter((key) => key !== null);
        if (taken.length === 0) continue;
        const column = uniqueColumn(name);
        ask(name, column, `${column} = any(${parameters.list(taken)})`);
      }
    }
    if (questions.length === 0) return [];
    return parameters.run<There>(transaction, questions.join('\nunion all '));
  }

  /** What stands against the commit, as the port names it. */
  #conflicts(there: readonly There[]): RecordRef[] {
    const found: RecordRef[] = [];
    const versions = new Map<string, number>();
    const holders = new Map<string, string>();
    for (const { collection, of, id, key, version } of there) {
      if (of === null) versions.set(JSON.stringify([collection, id]), Number(version));
      else holders.set(JSON.stringify([collection, of, key]), id);
    }
    for (const { collection, id, version } of this.#batch.expects) {
      const present = versions.get(JSON.stringify([collection, encodeText(id)])) ?? 0;
      if (present !== version) found.push({ collection, id });
    }
    for (const [collection, changes] of this.#changes) {
      for (const unique of Object.keys(changes.layout.table.unique ?? {})) {
        found.push(...conflictsOf(collection, changes, unique, holders));
      }
    }
    return found;
  }

  async #write(transaction: SqlTransaction, standing: Standing): Promise<CommitOutcome> {
    const { entries, digest } = this.#batch;
    const firstSeq = standing.head.seq + 1;
    const isSide = entries.length === 0;
    const head: Head = isSide
      ? standing.head
      : { seq: standing.head.seq + entries.length, link: chainLink(standing.head.link, digest) };
    const parameters = new Parameters(this.#tenant.name);
    const learned = new Learned(standing.facts);
    const steps: string[] = [];
    for (const changes of this.#changes.values()) {
      steps.push(...this.#changed(changes, firstSeq, parameters, learned));
    }
    if (!isSide) steps.push(this.#journal(firstSeq, head, parameters));
    if (!isSide || learned.any) steps.push(this.#head(head, learned, parameters));
    if (steps.length > 0) {
      const tell = isSide ? '1' : this.#tell(head, parameters);
      const named = steps.map((step, i) => `step${i} as (${step})`);
      await parameters.run(transaction, `with ${named.join(',\n')}\nselect ${tell}`);
    }
    return { done: true, firstSeq, head };
  }

  /** What the statement answers: nobody asks for it, but it may ring. */
  #tell(head: Head, parameters: Parameters): string {
    if (this.#channel === undefined) return '1';
    return `pg_notify(${parameters.add(this.#channel)}, ${parameters.add(`${head.seq} ${head.link}`)})`;
  }

  #changed(changes: Changes, firstSeq: number, parameters: Parameters, learned: Learned): string[] {
    const { layout, puts, deletes } = changes;
    const table = this.#tenant.tableOf(layout);
    const steps: string[] = [];
    if (deletes.size > 0) {
      const ids = parameters.list([...deletes].map(encodeText));
      steps.push(`delete from ${table} where ${all(['tenant = $1', `id = any(${ids})`])}`);
    }
    if (puts.length > 0) {
      const learn = learned.of(layout.table.name);
      const rows: Row[] = puts.map((record) => layout.row(withSeqs(layout.table, record, firstSeq), learn));
      steps.push(upsert(layout, table, parameters.add(JSON.stringify(rows))));
    }
    return steps;
  }

  #journal(firstSeq: number, head: Head, parameters: Parameters): string {
    const { entries, digest } = this.#batch;
    const values = [firstSeq, head.seq].map((seq) => `${parameters.add(seq)}::bigint`);
    // texts exactly as they are, whatever they hold
    const texts = [JSON.stringify(entries), digest, head.link].map((text) => parameters.add(text));
    return `insert into ${inSchema(this.#tenant.place.schema, JOURNAL)} values ($1, ${[...values, ...texts].join(', ')})`;
  }

  #head(head: Head, learned: Learned, parameters: Parameters): string {
    const set = [`seq = ${parameters.add(head.seq)}::bigint`, `link = ${parameters.add(head.link)}`];
    if (learned.any) set.push(`facts = ${parameters.add(learned.text)}`);
    return `update ${inSchema(this.#tenant.place.schema, HEADS)} set ${set.join(', ')} where tenant = $1`;
  }
}

function upsert(layout: Layout, table: string, rows: string): string {
  const names = ['id', 'version', 'record', ...layout.columns.map((column) => quoted(column.name))];
  const replaced = names.slice(1).map((name) => `${name} = excluded.${name}`);
  return `insert into ${table} (tenant, long, ${names.join(', ')})
select $1, r.long::json, ${names.map((name) => `r.${name}`).join(', ')} from ${rowsOf(layout, rows)}
on conflict (tenant, id) do update set long = excluded.long, ${replaced.join(', ')}`;
}

/** Holders of a unique key that this commit would take from them, or twice. */
function conflictsOf(
  collection: string,
  { layout, puts, deletes }: Changes,
  unique: string,
  holders: ReadonlyMap<string, string>,
): RecordRef[] {
  const found: RecordRef[] = [];
  const parts = layout.unique(unique);
  const keyOf = (record: StoredRecord) => encodeUnique(parts.map((part) => part.of(record as never)));
  const keys = new Map(puts.map((record) => [encodeText(record.id), keyOf(record)]));
  const claimed = new Map<string, string>();
  for (const record of puts) {
    const id = encodeText(record.id);
    const key = keys.get(id) ?? null;
    if (key === null) continue;
    const other = claimed.get(key);
    if (other !== undefined) found.push({ collection, id: other });
    claimed.set(key, record.id);
    const holder = holders.get(JSON.stringify([collection, unique, key]));
    if (holder === undefined || holder === id) continue;
    const isLeft = keys.has(holder) ? keys.get(holder) !== key : deletes.has(decodeText(holder));
    if (!isLeft) found.push({ collection, id: decodeText(holder) });
  }
  return found;
}
