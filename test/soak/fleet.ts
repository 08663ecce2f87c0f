/** The other side: a PostgreSQL that keeps what it says, and server processes on it, to be killed and started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import client from 'pg';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { bundleProcess } from '../remote/setup.ts';
import type { Entry } from './book.ts';

/** One server process, or the place of one that was killed. */
interface Server {
  url: string;
  child: ChildProcess | undefined;
  /** Conflicts of the process that runs, as it told last. */
  conflicts: number;
}

type Postgres = Awaited<ReturnType<typeof startPostgres>>;

export class Fleet {
  readonly #file: string;
  readonly #database: Postgres;
  readonly #servers: Server[];
  #conflicts = 0;
  kills = 0;
  crashes = 0;
  /** What went wrong in servers: faults of theirs, and that one ended though nobody had killed it. */
  readonly failures: string[] = [];

  private constructor(file: string, database: Postgres, count: number) {
    this.#file = file;
    this.#database = database;
    this.#servers = Array.from({ length: count }, () => ({ url: '', child: undefined, conflicts: 0 }));
  }

  static async start(count: number): Promise<Fleet> {
    const [file, database] = await Promise.all([
      bundleProcess('test/soak/server.ts'),
      startPostgres({ durable: true }),
    ]);
    const fleet = new Fleet(file, database, count);
    try {
      await Promise.all(fleet.#servers.map((server) => fleet.#launch(server)));
    } catch (error) {
      await fleet.close();
      throw error;
    }
    return fleet;
  }

  get size(): number {
    return this.#servers.length;
  }

  /** Commits so far that found another writer ahead of them, as far as the servers could tell. */
  get conflicts(): number {
    return this.#servers.reduce((sum, { conflicts }) => sum + conflicts, this.#conflicts);
  }

  /** Where a server is reached now; nobody answers there while it is down. */
  url(index: number): string {
    return (this.#servers[index] as Server).url;
  }

  async kill(index: number): Promise<void> {
    const server = this.#servers[index] as Server;
    const { child } = server;
    if (child === undefined) return;
    this.#conflicts += server.conflicts;
    Object.assign(server, { child: undefined, conflicts: 0 });
    this.kills += 1;
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  }

  restart(index: number): Promise<void> {
    return this.#launch(this.#servers[index] as Server);
  }

  /** The database dies without a word and comes back. */
  async crash(): Promise<void> {
    await this.#database.stop('immediate');
    this.crashes += 1;
    await this.#database.start();
  }

  /** The journal as it stands in the database, read past everything that is ours. */
  async journal(): Promise<Entry[]> {
    const line = new client.Client({ connectionString: this.#database.url() });
    await line.connect();
    try {
      const { rows } = await line.query<{ first: string; texts: string }>(
        'select first_seq::text as first, texts from lotledger.lotledger_journal order by last_seq',
      );
      return rows.flatMap(({ first, texts }) =>
        (JSON.parse(texts) as string[]).map((text, i) => {
          const { id, name, actor } = JSON.parse(text) as Omit<Entry, 'seq'>;
          return { seq: Number(first) + i, id, name, actor };
        }),
      );
    } finally {
      await line.end();
    }
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      const { child } = server;
      server.child = undefined;
      child?.kill('SIGKILL');
    }
    await this.#database.close();
  }

  async #launch(server: Server): Promise<void> {
    const child = spawn(process.execPath, ['--enable-source-maps', this.#file, this.#database.url()], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    server.child = child;
    const lines = createInterface({ input: child.stdout });
    const started = once(lines, 'line') as Promise<[string]>;
    const ended = once(child, 'close').then(([code]) => {
      if (server.child === child) this.failures.push(`a server ended by itself with ${code}`);
      return undefined;
    });
    const [port] = (await Promise.race([started, ended])) ?? [];
    if (port === undefined) throw new Error('a server process did not start');
    server.url = `http://127.0.0.1:${port}`;
    lines.on('line', (line) => {
      const count = Number(line);
      if (Number.isNaN(count)) this.failures.push(`a server: ${line}`);
      else if (server.child === child) server.conflicts = count;
    });
  }
}
