/**
 * How an element comes by its provider: the nearest one around it, or the one that `for` names; also one
 * that is defined, moved or renamed later. A provider of a version that speaks another contract is turned
 * away with a clear word instead of failing somewhere later.
 */
import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveElement } from 'lit';
import { ledgerContext } from '../context.ts';
import { VERSION } from '../version.ts';
import { findProvider, type ProviderElement, watchProviders } from './registry.ts';
import { CONTRACT, type Provided } from './types.ts';

interface Consumer extends ReactiveElement {
  for?: string | undefined;
}

const warned = new Set<string>();

/** What a provider gives, unless its version speaks another language. */
export function understood(provided: Provided): Provided {
  const theirs = typeof provided.contract === 'number' ? provided.contract : 0;
  if (theirs === CONTRACT) return provided;
  const details = { theirs: String(provided.version ?? '?'), ours: VERSION };
  const message =
    `The provider is of lotledger ${details.theirs}, these elements are of ${details.ours}, and the two ` +
    'do not understand each other. Load one version, or register one of them under a prefix.';
  if (!warned.has(details.theirs)) {
    warned.add(details.theirs);
    console.error(message);
  }
  const error = { kind: 'unsupported', code: 'version.mismatch', details, message };
  return { contract: CONTRACT, version: VERSION, state: 'failed', error };
}

/** The one provider of an element, as a controller of it. */
export class Connection implements ReactiveController {
  readonly #host: Consumer;
  readonly #changed: () => void;
  readonly #consumer: ContextConsumer<typeof ledgerContext, Consumer>;
  #provided: Provided | undefined;
  #answered: unknown;
  #observed: ProviderElement | undefined;
  #stopObserving: (() => void) | undefined;
  #stopWatching: (() => void) | undefined;

  constructor(host: Consumer, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    // before the consumer, whose answer comes while it connects
    host.addController(this);
    this.#consumer = new ContextConsumer(host, {
      context: ledgerContext,
      subscribe: true,
      callback: (provided) => this.#fromAround(provided),
    });
  }

  /** What the provider says; undefined where there is none. */
  get provided(): Provided | undefined {
    return this.#provided;
  }

  hostConnected(): void {
    this.#answered = undefined;
    this.#host.ownerDocument.addEventListener('context-provider', this.#askAgain);
    this.follow();
    // the consumer asks right after this; without an answer the provider of before is not around any more
    queueMicrotask(() => {
      if (!this.#host.for && this.#answered === undefined) this.#set(undefined);
    });
  }

  hostDisconnected(): void {
    this.#host.ownerDocument.removeEventListener('context-provider', this.#askAgain);
    this.#unfollow();
  }

  /** `for` was set, changed or taken away. */
  follow(): void {
    this.#unfollow();
    if (!this.#host.isConnected) return;
    if (this.#host.for) {
      this.#stopWatching = watchProviders(() => this.#find());
      this.#find();
    } else if (this.#answered !== undefined) this.#set(understood(this.#answered as Provided));
  }

  #unfollow(): void {
    this.#stopWatching?.();
    this.#stopObserving?.();
    this.#stopWatching = this.#stopObserving = this.#observed = undefined;
  }

  #find(): void {
    const found = findProvider(this.#host, this.#host.for ?? '');
    if (found === this.#observed && found !== undefined) return;
    this.#stopObserving?.();
    this.#observed = found;
    this.#stopObserving = found?.observe((provided) => this.#set(understood(provided)));
    if (found === undefined) this.#set(undefined);
  }

  /** A provider that came later than this element: ask once more. */
  readonly #askAgain = (): void => {
    if (this.#answered === undefined) this.#consumer.hostConnected();
  };

  #fromAround(provided: Provided): void {
    this.#answered = provided;
    if (!this.#host.for) this.#set(understood(provided));
  }

  #set(provided: Provided | undefined): void {
    if (provided === this.#provided) return;
    this.#provided = provided;
    this.#changed();
  }
}
