/**
 * The feed of a fake remote: held back, sent twice, late and in another order, as feeds are on a bad day.
 * Nothing is ever lost for good: what was held is sent when the feed goes on.
 */
import type { ChangeEvent } from '../core/index.ts';
import type { Chance } from './chance.ts';
import { overTheWire } from './remote-wire.ts';

/** Milliseconds an event takes, per event; different ones arrive in another order. */
export type Lateness = number | ((event: ChangeEvent, chance: Chance) => number);

/** How the feed of a fake remote behaves; to be changed at any time. */
export class RemoteFeed {
  /** Every event is sent twice. */
  duplicate = false;
  late: Lateness = 0;
  readonly #chance: Chance;
  #paused = false;
  #cut = false;
  #waiting: (() => void)[] = [];

  /** @param chance where `late` draws from */
  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** While true nothing is sent; then everything that was held, in its order. */
  get paused(): boolean {
    return this.#paused;
  }

  set paused(paused: boolean) {
    this.#paused = paused;
    this.#goOn();
  }

  /** There is no way to the client: as paused, but set by `control.offline`. */
  get cut(): boolean {
    return this.#cut;
  }

  set cut(cut: boolean) {
    this.#cut = cut;
    this.#goOn();
  }

  get #held(): boolean {
    return this.#paused || this.#cut;
  }

  #goOn(): void {
    if (!this.#held) for (const send of this.#waiting.splice(0)) send();
  }

  /** Sends an event on its way; `arrive` is called when it is there, perhaps twice, perhaps late. */
  send(event: ChangeEvent, arrive: (event: ChangeEvent) => void): void {
    if (this.#held) {
      this.#waiting.push(() => this.send(event, arrive));
      return;
    }
    const copies = this.duplicate ? 2 : 1;
    const delay = typeof this.late === 'function' ? this.late(event, this.#chance) : this.late;
    for (let i = 0; i < copies; i++) {
      const copy = overTheWire(event, 'the feed');
      if (delay > 0) setTimeout(() => arrive(copy), delay);
      else queueMicrotask(() => arrive(copy));
    }
  }
}

/** Events in the order they arrive, to be waited for one by one. */
export class Arrivals {
  readonly #events: ChangeEvent[] = [];
  #wake: (() => void) | undefined;
  #ended = false;
  #failure: unknown;

  readonly push = (event: ChangeEvent): void => {
    this.#events.push(event);
    this.#wake?.();
  };

  /** No more will come; with an error, whoever waits is told. */
  end(failure?: unknown): void {
    this.#ended = true;
    this.#failure = failure;
    this.#wake?.();
  }

  /** The next one; undefined at the end. */
  async next(): Promise<ChangeEvent | undefined> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) return event;
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#ended) return undefined;
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
  }
}
