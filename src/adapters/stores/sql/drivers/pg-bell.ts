/**
 * Hears `NOTIFY` over a connection of its own, beside the pool. It connects while there is a listener,
 * connects again by itself when the line dies, and then rings for every listener, who may have missed
 * something.
 */
import { unavailable, within } from './line.ts';
import type { PgOwnClient, PgPool } from './pg-client.ts';

type Listener = (payload: string) => void;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** A line that died without a word is found out by asking. */
const BEAT_MS = 30_000;

const quoted = (channel: string): string => `"${channel.replaceAll('"', '""')}"`;

/** Lets a program end although a timer is running; in a browser's timers there is nothing to let go. */
const unheld = <T>(timer: T): T => {
  (timer as { unref?(): void }).unref?.();
  return timer;
};

/** Makes a connection of one's own. */
export type Connect = () => PgOwnClient;

/** How a pool makes its connections; undefined for one that does not tell. */
export function connectLike(pool: PgPool): Connect | undefined {
  const { Client } = pool as { Client?: new (options: object) => PgOwnClient };
  return Client === undefined ? undefined : () => new Client(pool.options);
}

export class PgBell {
  readonly #connect: Connect;
  readonly #patience: number;
  readonly #listeners = new Map<string, Set<Listener>>();
  #line: Promise<PgOwnClient> | undefined;
  #pause = FIRST_PAUSE_MS;

  constructor(connect: Connect, patience: number) {
    this.#connect = connect;
    this.#patience = patience;
  }

  /**
   * Calls the listener with the payload of each notification, and with an empty one after the line was down.
   * @returns how to stop
   */
  async listen(channel: string, listener: Listener): Promise<() => Promise<void>> {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(listener));
    try {
      this.#line ??= this.#open();
      await this.#say(await this.#line, `listen ${quoted(channel)}`);
    } catch (error) {
      await this.#leave(channel, listener);
      throw unavailable('pg', error);
    }
    return () => this.#leave(channel, listener);
  }

  async #leave(channel: string, listener: Listener): Promise<void> {
    const listeners = this.#listeners.get(channel);
    if (!listeners?.delete(listener) || listeners.size > 0) return;
    this.#listeners.delete(channel);
    const opening = this.#line;
    if (this.#listeners.size === 0) this.#line = undefined;
    const line = await opening?.catch(() => undefined);
    if (line === undefined) return;
    if (this.#line === undefined) this.#end(line);
    else await this.#say(line, `unlisten ${quoted(channel)}`).catch(() => undefined);
  }

  /** A connection that hears all channels; when it is lost, another one takes its place. */
  async #open(): Promise<PgOwnClient> {
    const line = this.#connect();
    line.on('error', () => this.#lost(line));
    line.on('end', () => this.#lost(line));
    line.on('notification', ({ channel, payload = '' }) => this.#ring(channel, payload));
    try {
      await within(line.connect(), this.#patience, () => new Error('the database did not answer'));
      for (const channel of this.#listeners.keys()) await this.#say(line, `listen ${quoted(channel)}`);
    } catch (error) {
      this.#end(line);
      throw error;
    }
    this.#watch(line);
    return line;
  }

  #watch(line: PgOwnClient): void {
    const beat = unheld(
      setInterval(() => {
        this.#say(line, 'select 1').catch(() => {
          this.#end(line);
          this.#lost(line);
        });
      }, BEAT_MS),
    );
    line.on('end', () => clearInterval(beat));
  }

  async #lost(line: PgOwnClient): Promise<void> {
    const current = this.#line;
    if ((await current?.catch(() => undefined)) !== line || this.#line !== current) return;
    this.#line = undefined;
    this.#reopen();
  }

  #reopen(): void {
    unheld(
      setTimeout(() => {
        if (this.#line !== undefined || this.#listeners.size === 0) return;
        const opening = this.#open();
        this.#line = opening;
        opening.then(
          () => {
            this.#pause = FIRST_PAUSE_MS;
            for (const channel of this.#listeners.keys()) this.#ring(channel, '');
          },
          () => {
            if (this.#line === opening) this.#line = undefined;
            this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
            this.#reopen();
          },
        );
      }, this.#pause),
    );
  }

  #ring(channel: string, payload: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(payload);
  }

  async #say(line: PgOwnClient, text: string): Promise<void> {
    await within(line.query({ text }), this.#patience, () => new Error('the database did not answer'));
  }

  #end(line: PgOwnClient): void {
    line.end().catch(() => undefined);
  }
}
