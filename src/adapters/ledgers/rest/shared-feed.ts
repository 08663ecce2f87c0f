/**
 * One connection for all tabs of a browser that mean the same ledger and the same sign-in: who holds a lock
 * hears the server and tells the others. A tab that goes, or falls asleep, is followed by another; what was
 * told twice or not at all is seen by the numbers.
 */
import { type Connection, type Owner, SILENCE, type Stretch } from './connection.ts';
import type { Line } from './line.ts';
import { backoff, linked } from './waiting.ts';

/** What goes between tabs; whoever leads says how its line is now and then, as a sign of life. */
type Said =
  | { readonly kind: 'hello' }
  | { readonly kind: 'heard'; readonly stretch: Stretch }
  | { readonly kind: 'line'; readonly down: string | undefined };

/** Whether this browser has what sharing takes; on plain-http intranets it has not. */
export const canShare = (): boolean =>
  typeof navigator !== 'undefined' &&
  navigator.locks !== undefined &&
  typeof BroadcastChannel !== 'undefined';

/** What a shared feed needs. */
export interface SharedOptions {
  /** The same for tabs that mean the same, and for no others. */
  readonly key: string;
  readonly line: Line;
  /** Milliseconds between signs of life. */
  readonly heartbeat: number;
  readonly owner: Owner;
  /** Makes the connection of a tab that leads. */
  readonly connect: (owner: Owner) => Connection;
}

/** How a turn ended: all is over, another tab leads, or whoever leads keeps silent. */
type Turn = 'over' | 'lost' | 'silent';

/** This tab's share of the one feed. */
export class SharedFeed {
  readonly #options: SharedOptions;
  #channel: BroadcastChannel | undefined;
  #leads = false;
  #heardAt = 0;

  constructor(options: SharedOptions) {
    this.#options = options;
  }

  /** As `Connection.run`. */
  async run(signal: AbortSignal): Promise<void> {
    const channel = new BroadcastChannel(this.#options.key);
    channel.onmessage = ({ data }: MessageEvent<Said>) => this.#hear(data);
    this.#channel = channel;
    this.#tell({ kind: 'hello' });
    try {
      for (let turn: Turn = 'lost'; !signal.aborted && turn !== 'over'; ) {
        turn = await this.#turn(turn === 'silent', signal);
      }
    } finally {
      this.#channel = undefined;
      channel.close();
    }
  }

  /** Tells the other tabs how the line is, if it is this one's to tell. */
  lineChanged(): void {
    if (this.#leads) this.#tell({ kind: 'line', down: this.#options.line.down });
  }

  /** Waits for the lock, or takes it away from a tab that sleeps, and leads while it has it. */
  async #turn(steal: boolean, signal: AbortSignal): Promise<Turn> {
    const waits = linked(signal);
    const leads = linked(signal);
    const watched = this.#whenSilent(() => waits.controller.abort());
    const led: { leading?: Promise<void> } = {};
    try {
      await navigator.locks.request(
        this.#options.key,
        steal ? { steal } : { signal: waits.controller.signal },
        () => {
          watched();
          led.leading = this.#lead(leads.controller.signal);
          return led.leading;
        },
      );
      return 'over';
    } catch (error) {
      if (led.leading === undefined) {
        if (waits.controller.signal.aborted) return 'silent';
        if ((error as Error).name === 'AbortError') return 'lost';
        throw error;
      }
      // the lock was taken by another tab, unless leading itself has failed
      leads.controller.abort(error);
      await led.leading;
      return 'lost';
    } finally {
      watched();
      waits.free();
      leads.free();
    }
  }

  async #lead(signal: AbortSignal): Promise<void> {
    const { owner, connect, heartbeat } = this.#options;
    this.#leads = true;
    const beat = setInterval(() => this.lineChanged(), heartbeat);
    const heard = (stretch: Stretch): void => {
      owner.heard(stretch);
      if (!signal.aborted) this.#tell({ kind: 'heard', stretch });
    };
    try {
      await connect({ ...owner, heard }).run(signal);
    } finally {
      clearInterval(beat);
      this.#leads = false;
    }
  }

  /** Calls back when whoever leads has said nothing for too long. Returns the way to stop. */
  #whenSilent(silent: () => void): () => void {
    const { heartbeat } = this.#options;
    // not all tabs at once
    const limit = heartbeat * SILENCE + backoff(3);
    this.#heardAt = Date.now();
    const timer = setInterval(() => {
      if (Date.now() - this.#heardAt > limit) silent();
    }, heartbeat / 4);
    return () => clearInterval(timer);
  }

  #tell(said: Said): void {
    this.#channel?.postMessage(said);
  }

  #hear(said: Said): void {
    const { owner, line } = this.#options;
    if (said.kind === 'hello') {
      if (!this.#leads) return;
      const at = owner.position();
      this.#tell({ kind: 'heard', stretch: { from: at, to: at, changes: [] } });
      this.lineChanged();
      return;
    }
    this.#heardAt = Date.now();
    line.heard(said.kind === 'line' ? said.down : undefined);
    if (said.kind === 'heard') owner.heard(said.stretch);
  }
}
