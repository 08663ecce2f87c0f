/** The Store over a database: every read and every commit is one transaction of it, confined to one tenant. */
import {
  type CommitBatch,
  type CommitOutcome,
  type Head,
  type JournalGroup,
  LedgerError,
  type Snapshot,
  type Store,
  type StoreCapabilities,
} from '../../../core/adapter-kit.ts';
import { firstUnsound } from './check.ts';
import { Commit } from './commit.ts';
import { OutcomeUnknown, type SqlDriver, type SqlTransaction } from './driver.ts';
import { failure, isRace, together } from './failures.ts';
import { inSchema, JOURNAL } from './schema.ts';
import { SqlSnapshot } from './snapshot.ts';
import type { Standing, Tenant } from './tenant.ts';
import { Watchers } from './watch.ts';

/** What a store is opened with. */
export interface StoreSetting {
  readonly driver: SqlDriver;
  readonly tenant: Tenant;
  /** The number of the ledger's tables this program knows. */
  readonly schema: number;
  /** Where commits are told; undefined where they are not. */
  readonly channel: string | undefined;
  readonly pollInterval: number;
  /** Lets go of the driver. */
  readonly release: () => Promise<void>;
}

interface GroupRow {
  readonly first_seq: number | string;
  readonly texts: string;
  readonly digest: string;
  readonly link: string;
}

export class SqlStore implements Store {
  readonly capabilities: StoreCapabilities;
  readonly #setting: StoreSetting;
  readonly #watchers: Watchers;
  #closed = false;

  constructor(setting: StoreSetting) {
    const { driver, channel, pollInterval } = setting;
    const { durability = 'strict' } = driver;
    this.#setting = setting;
    this.capabilities = { durability, writers: 'many', persistent: durability !== 'none' };
    this.#watchers = new Watchers(driver, channel, () => this.read(async ({ head }) => head), pollInterval);
  }

  read<T>(fn: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    const { tenant } = this.#setting;
    return this.#reading((transaction, standing) => fn(new SqlSnapshot(transaction, tenant, standing)));
  }

  async commit(batch: CommitBatch): Promise<CommitOutcome> {
    this.#mustBeOpen();
    const { driver, tenant, schema, channel } = this.#setting;
    const commit = new Commit(tenant, batch, schema, channel);
    try {
      const outcome = await driver.transaction({ mode: 'write' }, (transaction) => commit.run(transaction));
      if (outcome.done) this.#watchers.tell(outcome.head);
      return outcome;
    } catch (error) {
      if (error instanceof OutcomeUnknown) return { done: false, unknown: true, cause: error.cause };
      if (isRace(error)) return { done: false, conflict: commit.involved };
      throw failure(error);
    }
  }

  tail(after: number, limit: number): Promise<JournalGroup[]> {
    const { tenant } = this.#setting;
    const journal = inSchema(tenant.place.schema, JOURNAL);
    return this.#reading(async (transaction) => {
      const text = `select first_seq, texts, digest, link from ${journal}
where tenant = $1 and last_seq > $2::bigint order by last_seq limit $3::bigint`;
      const most = Math.min(Math.max(limit, 0), Number.MAX_SAFE_INTEGER);
      const rows = await transaction.query<GroupRow>(text, [tenant.name, after, most]);
      return rows.map(({ first_seq, texts, digest, link }) => ({
        firstSeq: Number(first_seq),
        texts: JSON.parse(texts) as string[],
        digest,
        link,
      }));
    });
  }

  check(): Promise<{ readonly collection: string; readonly key: string } | undefined> {
    const { tenant } = this.#setting;
    return this.#reading((transaction, standing) => firstUnsound(transaction, tenant, standing));
  }

  watch(listener: (head: Head) => void): () => void {
    this.#mustBeOpen();
    return this.#watchers.add(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#watchers.end();
    await this.#setting.release();
  }

  /** One consistent view; what `fn` itself throws comes out as it is. */
  async #reading<T>(fn: (transaction: SqlTransaction, standing: Standing) => Promise<T>): Promise<T> {
    this.#mustBeOpen();
    const { driver, tenant } = this.#setting;
    let thrown: { readonly error: unknown } | undefined;
    try {
      return await driver.transaction({ mode: 'read' }, async (transaction) => {
        const [, standing] = await together<[unknown, Standing | undefined]>([
          tenant.enter(transaction),
          tenant.standing(transaction),
        ]);
        if (standing === undefined) throw new LedgerError('store.corrupt', { details: { what: 'no head' } });
        try {
          return await fn(transaction, standing);
        } catch (error) {
          thrown = { error };
          throw error;
        }
      });
    } catch (error) {
      throw thrown === undefined ? failure(error) : thrown.error;
    }
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new LedgerError('store.closed');
  }
}
