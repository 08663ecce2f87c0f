/**
 * A PostgreSQL of one's own, for tests and measurements: found on this machine, started on a free loopback
 * port over a folder of its own, stopped and removed with whoever started it, however that ends.
 *
 * @example
 * const server = await startPostgres();
 * const pool = new pg.Pool({ connectionString: server.url() });
 * await pool.end();
 * await server.close();
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

const START_ATTEMPTS = 5;
const READY_MS = 60_000;
const STOP_MS = 20_000;

/** Folders under which systems keep one folder per version, the newest version first. */
const shelves = [
  ['/usr/lib/postgresql', 'bin'],
  ['/opt/homebrew/opt', 'bin'],
  ['/usr/local/opt', 'bin'],
  ['/Applications/Postgres.app/Contents/Versions', 'bin'],
];

function versionsBelow([shelf, inside]) {
  try {
    const number = (name) => Number(/\d+/.exec(name)?.[0] ?? 0);
    return readdirSync(shelf)
      .filter((name) => /^(postgresql(@\d+)?|\d+(\.\d+)?|latest)$/.test(name))
      .sort((a, b) => number(b) - number(a))
      .map((name) => join(shelf, name, inside));
  } catch {
    return [];
  }
}

function isComplete(folder) {
  try {
    for (const name of ['initdb', 'postgres', 'psql']) accessSync(join(folder, name), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The folder with PostgreSQL's programs: the one LOTLEDGER_POSTGRES_BIN names, else one on the PATH, else the
 * newest in the places systems install it to. Undefined where there is none that runs.
 * @returns {Promise<string | undefined>}
 */
export async function findPostgres() {
  const chosen = process.env.LOTLEDGER_POSTGRES_BIN;
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const folders = chosen ? [chosen] : [...onPath, ...shelves.flatMap(versionsBelow)];
  for (const folder of folders.filter(isComplete)) {
    const { code } = await run(join(folder, 'postgres'), ['--version'], { capture: true, timeout: 20_000 });
    if (code === 0) return folder;
  }
  return undefined;
}

/** What to do where no PostgreSQL was found and none could be installed. */
export const postgresAdvice =
  'No PostgreSQL was found, which the database tests need. Install it (Debian, Ubuntu: ' +
  '`sudo apt-get install postgresql`; macOS: `brew install postgresql@17`), or set LOTLEDGER_POSTGRES_BIN to ' +
  'the folder with `initdb`, `postgres` and `psql`.';

/** Who runs the server: PostgreSQL refuses to be root, so root finds somebody else for it. */
async function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map((what) => run('id', [what, name], { capture: true })),
    );
    if (uid.code === 0 && gid.code === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as.',
  );
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Runs a program of PostgreSQL to its end; throws with what it printed where it fails. */
function complete(path, args, { stdin = '', ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${path} ended with ${code}: ${output}`));
    });
    child.stdin.on('error', () => {}).end(stdin);
  });
}

/** Settings of a server whose data nobody will miss. */
const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const clearAway = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

/** One server over one folder. */
class Postgres {
  #bin;
  #folder;
  #owner;
  #settings;
  #child;
  #guard;
  #log = '';
  #password = randomBytes(18).toString('hex');
  /** The port on 127.0.0.1; it stays the same over a restart. */
  port = 0;

  constructor(bin, folder, owner, settings) {
    this.#bin = bin;
    this.#folder = folder;
    this.#owner = owner;
    this.#settings = settings;
  }

  /** The name of the superuser. */
  get user() {
    return 'postgres';
  }

  /** The superuser's password, made anew for each server. */
  get password() {
    return this.#password;
  }

  /** What the server has written to its log so far. */
  get log() {
    return this.#log;
  }

  /** The address of a database as clients take it; `as` is another role, with its password. */
  url(database = 'postgres', as = { user: this.user, password: this.#password }, port = this.port) {
    return `postgres://${as.user}:${as.password}@127.0.0.1:${port}/${database}`;
  }

  /** Makes the folder ready. */
  async init() {
    const pwfile = join(this.#folder, 'password');
    writeFileSync(pwfile, this.#password, { mode: 0o600 });
    if (this.#owner.uid !== undefined) {
      for (const path of [this.#folder, pwfile]) chownSync(path, this.#owner.uid, this.#owner.gid);
    }
    const args = ['--no-sync', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '-U', this.user];
    const data = ['-D', join(this.#folder, 'data'), `--pwfile=${pwfile}`];
    await complete(join(this.#bin, 'initdb'), [...args, ...data], this.#as());
  }

  /** Starts the server; where its port was taken meanwhile, on another one the first time. */
  async start() {
    for (let attempt = 1; ; attempt++) {
      const first = this.port === 0;
      if (first) this.port = await freePort();
      try {
        await this.#launch();
        return;
      } catch (error) {
        if (attempt === START_ATTEMPTS || !/in use/.test(this.#log)) throw error;
        if (first) this.port = 0;
      }
    }
  }

  /**
   * Stops the server and leaves its data.
   * @param {'fast' | 'immediate'} how `immediate` is a crash: what was not on disk is gone
   */
  async stop(how = 'fast') {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
    await ended;
    clearTimeout(timer);
    this.#unguard();
  }

  /** Stops it and removes everything. May be called twice. */
  async close() {
    await this.stop('immediate');
    clearAway(this.#folder);
  }

  /** Runs SQL as superuser with `psql`; answers what it printed, bare. */
  sql(text, database = 'postgres') {
    const env = { ...process.env, PGPASSWORD: this.#password };
    const args = [
      '-XqAt',
      '-v',
      'ON_ERROR_STOP=1',
      '-h',
      '127.0.0.1',
      '-p',
      String(this.port),
      '-U',
      this.user,
    ];
    return complete(join(this.#bin, 'psql'), [...args, '-d', database], { env, stdin: text });
  }

  /**
   * Makes a database.
   * @param {string} name plain lower-case letters, digits and underscores
   * @param {{ icu?: string }} [options] `icu`: the collation of the whole database, as `it` or `und-u-kn-true`
   */
  async createDatabase(name, { icu } = {}) {
    const order = icu === undefined ? '' : `locale_provider icu icu_locale '${icu}'`;
    await this.sql(`create database ${name} template template0 encoding 'UTF8' ${order}`);
  }

  #as() {
    return { cwd: this.#folder, ...this.#owner, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } };
  }

  #launch() {
    const settings = { ...this.#settings, port: this.port, listen_addresses: '127.0.0.1' };
    const flags = Object.entries({ ...settings, unix_socket_directories: '' }).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]);
    const child = spawn(join(this.#bin, 'postgres'), ['-D', join(this.#folder, 'data'), ...flags], {
      ...this.#as(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    this.#log = '';
    this.#guard = guard(child.pid, this.#folder);
    return new Promise((resolve, reject) => {
      const fail = (why) => {
        clearTimeout(timer);
        this.#unguard();
        reject(new Error(`PostgreSQL did not start: ${why}\n${this.#log}`));
      };
      const timer = setTimeout(() => {
        child.kill('SIGQUIT');
        fail('it took too long');
      }, READY_MS);
      child.stderr.setEncoding('utf8').on('data', (chunk) => {
        this.#log = (this.#log + chunk).slice(-100_000);
        if (!/ready to accept connections/.test(this.#log)) return;
        clearTimeout(timer);
        resolve();
      });
      child.once('error', (error) => fail(error.message));
      child.once('exit', (code, signal) => fail(`it ended with ${code ?? signal}`));
    });
  }

  #unguard() {
    this.#guard?.kill('SIGKILL');
    this.#guard = undefined;
  }
}

/**
 * Ends the server and removes its folder when this program is gone without a word: the guard reads from a
 * pipe that closes with us, in a process group of its own, so that Ctrl-C does not end it first.
 */
function guard(pid, folder) {
  const script = 'read -r _; kill -QUIT "$1" 2>/dev/null; sleep 1; rm -rf "$2"';
  const child = spawn('/bin/sh', ['-c', script, 'guard', String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  child.stdin.unref();
  return child;
}

/**
 * Starts a server over an empty folder.
 * @param {{ durable?: boolean, settings?: Record<string, string | number> }} [options] `durable`: with fsync,
 *   as a real one; `settings` as in postgresql.conf
 * @returns {Promise<Postgres>}
 * @throws where there is no PostgreSQL, with the advice how to get it
 */
export async function startPostgres({ durable = false, settings = {} } = {}) {
  const bin = await findPostgres();
  if (bin === undefined) throw new Error(postgresAdvice);
  const owner = await unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'lotledger-postgres-'));
  const server = new Postgres(bin, folder, owner, {
    max_connections: 200,
    ...(durable ? {} : careless),
    ...settings,
  });
  try {
    await server.init();
    await server.start();
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}
