/**
 * A server that is not there: a ledger behind a wire, in the same process. Every message goes as JSON, takes
 * its time, may fail before or after it did something, may be forbidden or want a sign-in first. What an
 * element does then is tested without a network, and the same on every run.
 */
import {
  type AskOptions,
  type ChangeEvent,
  type Command,
  isLedgerError,
  type Ledger,
  type LedgerAdapter,
  type LedgerCapabilities,
  LedgerError,
  type LedgerPort,
  type LedgerStatus,
  type Receipt,
} from '../core/index.ts';
import { allowedActs, forbidsCommand, forbidsQuery } from './remote-acts.ts';
import { RemoteControl } from './remote-control.ts';
import { Arrivals, type RemoteFeed } from './remote-feed.ts';
import { checkQuestion, narrowed, type Offer } from './remote-offer.ts';
import type { Failure, FakeRemoteOptions, RemoteCall } from './remote-types.ts';
import { overTheWire } from './remote-wire.ts';

/** What `openLedger` takes, and the strings to pull. */
export interface FakeRemote extends LedgerAdapter {
  readonly control: RemoteControl;
}

const noAnswer = (cause?: unknown): LedgerError => new LedgerError('store.unavailable', { cause });

const denied = (action: string): LedgerError => new LedgerError('permission.denied', { details: { action } });

/** What a server answers to whoever has not signed in. */
const signInFirst = (): LedgerError => new LedgerError('session.required');

const failed = (failure: Failure): LedgerError =>
  typeof failure === 'object'
    ? new LedgerError(failure.code, { details: failure.details ?? {} })
    : noAnswer();

/** An error as it arrives: rebuilt from its data. Anything else is a server that broke. */
const arrived = (error: unknown): unknown =>
  isLedgerError(error) ? LedgerError.from(overTheWire(error.toJSON(), 'an error')) : noAnswer(error);

/** One client of the server. */
class RemotePort implements LedgerPort {
  readonly capabilities: LedgerCapabilities;
  readonly #server: LedgerPort;
  readonly #control: RemoteControl;
  readonly #closing = new AbortController();
  readonly #stops = new Set<() => void>();
  #seq: number;

  constructor(server: LedgerPort, control: RemoteControl, offer: Offer | undefined) {
    this.#server = server;
    this.#control = control;
    this.#seq = server.status().seq;
    this.capabilities = overTheWire(narrowed(server.capabilities, offer), 'capabilities');
  }

  async execute(commands: readonly Command[], options: { atomic?: boolean } = {}): Promise<Receipt[]> {
    const ids = commands.map(({ id }) => id);
    return this.#call(
      { kind: 'execute', names: commands.map(({ name }) => name), ids, args: commands },
      {},
      (sent) => this.#decide(sent as readonly Command[], options),
    );
  }

  query(name: string, args: unknown, options: AskOptions = {}): Promise<unknown> {
    return this.#call({ kind: 'query', names: [name], ids: [], args }, options, async (sent) => {
      const forbidden = forbidsQuery(this.#control.forbid, name);
      if (forbidden !== undefined) throw denied(forbidden);
      checkQuestion(name, sent, this.capabilities);
      const answer = await this.#server.query(name, sent);
      return name === 'ledger.can' ? allowedActs(this.#control.forbid, sent, answer) : answer;
    });
  }

  async *changes(options: { after?: number; signal?: AbortSignal } = {}): AsyncGenerator<ChangeEvent> {
    const stop = new AbortController();
    const end = (): void => stop.abort();
    const signals = [this.#closing.signal, ...(options.signal ? [options.signal] : [])];
    for (const signal of signals) signal.addEventListener('abort', end);
    if (signals.some(({ aborted }) => aborted)) end();
    const arrivals = new Arrivals();
    stop.signal.addEventListener('abort', () => arrivals.end());
    void this.#stream({ ...options, signal: stop.signal }, arrivals);
    try {
      for (let event = await arrivals.next(); event && !stop.signal.aborted; event = await arrivals.next()) {
        yield event;
      }
    } finally {
      for (const signal of signals) signal.removeEventListener('abort', end);
      stop.abort();
    }
  }

  /** Reads the server's feed and sends it on, until somebody stops. */
  async #stream(options: { after?: number; signal: AbortSignal }, arrivals: Arrivals): Promise<void> {
    try {
      if (!this.#control.signedIn()) throw signInFirst();
      for await (const event of this.#server.changes(options)) this.#feed.send(event, arrivals.push);
    } catch (error) {
      arrivals.end(arrived(error));
    }
  }

  get #feed(): RemoteFeed {
    return this.#control.feed;
  }

  status(): LedgerStatus {
    if (this.#closing.signal.aborted) return { state: 'closed', seq: this.#seq };
    if (this.#control.offline) return { state: 'offline', reason: 'store.unavailable', seq: this.#seq };
    const { state, reason } = this.#server.status();
    return reason === undefined ? { state, seq: this.#seq } : { state, reason, seq: this.#seq };
  }

  subscribe(listener: (event: ChangeEvent) => void): () => void {
    let listening = true;
    const hear = (event: ChangeEvent): void => {
      if (!listening || this.#closing.signal.aborted) return;
      this.#seq = Math.max(this.#seq, event.seq);
      listener(event);
    };
    const unsubscribe = this.#server.subscribe((event) => this.#feed.send(event, hear));
    this.#control.listeners++;
    const stop = (): void => {
      if (!listening) return;
      listening = false;
      this.#control.listeners--;
      unsubscribe();
      this.#stops.delete(stop);
    };
    this.#stops.add(stop);
    return stop;
  }

  /** This client goes; the server stays. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const stop of [...this.#stops]) stop();
  }

  /** Runs one message there and back. */
  async #call<T>(
    what: Pick<RemoteCall, 'kind' | 'names' | 'ids' | 'args'>,
    { signal }: AskOptions,
    serve: (sent: unknown) => Promise<T>,
  ): Promise<T> {
    if (this.#closing.signal.aborted) throw new LedgerError('store.closed');
    const sent = overTheWire(what.args, what.names[0] ?? what.kind);
    const signals = [this.#closing.signal, ...(signal ? [signal] : [])];
    const trip = this.#control.begin({ ...what, args: sent }, signals);
    try {
      await trip.there();
      const failure = trip.failure;
      if (failure !== undefined && failure !== 'after') throw failed(failure);
      if (!this.#control.signedIn(await this.#control.headers())) throw signInFirst();
      const answer = await this.#answered(serve, sent, what.names[0] ?? what.kind);
      await trip.back();
      if (failure === 'after') throw failed(failure);
      if ('error' in answer) throw answer.error;
      this.#seq = Math.max(this.#seq, this.#server.status().seq);
      trip.end('answered');
      return answer.value;
    } catch (error) {
      const gone = this.#closing.signal.aborted ? new LedgerError('store.closed') : undefined;
      trip.end(signal?.aborted ? 'aborted' : 'failed', error);
      throw gone ?? (signal?.aborted ? signal.reason : error);
    }
  }

  /** What the server says, good or bad: either takes its way back. */
  async #answered<T>(serve: (sent: unknown) => Promise<T>, sent: unknown, name: string) {
    try {
      return { value: overTheWire(await serve(sent), `the answer to ${name}`) };
    } catch (error) {
      if (error instanceof TypeError) throw error;
      return { error: arrived(error) };
    }
  }

  async #decide(commands: readonly Command[], options: { atomic?: boolean }): Promise<Receipt[]> {
    for (const { name } of commands) {
      const offered = this.capabilities.commands[name];
      if (typeof offered === 'string') {
        throw new LedgerError('command.unsupported', { details: { name, reason: offered } });
      }
    }
    const problems = commands.map((command) => {
      const forbidden = forbidsCommand(this.#control.forbid, command);
      return forbidden === undefined ? undefined : denied(forbidden).toJSON();
    });
    const first = problems.find((problem) => problem !== undefined);
    if (options.atomic && first !== undefined) {
      return commands.map(({ id }) => ({ outcome: 'refused', id, problem: first }));
    }
    const allowed = commands.filter((_, i) => problems[i] === undefined);
    const receipts = allowed.length > 0 ? await this.#server.execute(allowed, options) : [];
    const left = [...receipts];
    return commands.map(({ id }, i) => {
      const problem = problems[i];
      return problem === undefined ? (left.shift() as Receipt) : { outcome: 'refused', id, problem };
    });
  }
}

/** The port as a plain object, so that whoever wraps it by spreading keeps all of it. */
const portOf = (remote: RemotePort): LedgerPort => ({
  capabilities: remote.capabilities,
  execute: (commands, options) => remote.execute(commands, options),
  query: (name, args, options) => remote.query(name, args, options),
  changes: (options) => remote.changes(options),
  status: () => remote.status(),
  subscribe: (listener) => remote.subscribe(listener),
  close: () => remote.close(),
});

/**
 * A ledger as a host's server would give it, for tests of a host's pages and of elements: `openLedger` takes it
 * in place of a store. The ledger behind it stays yours: fill it, look into it, close it.
 *
 * @param ledger the ledger that plays the server
 * @param options how the wire and the server behave at first; `control` changes it at any time
 * @example
 * const server = await openLedger(memory(), { actor: 'maria' });
 * const remote = fakeRemote(server, { latency: { from: 20, to: 200 }, seed: 7 });
 * element.ledger = await openLedger(remote);
 *
 * remote.control.fail = 'after';             // it is done, but the answer gets lost
 * remote.control.forbid = ['posting.reverse'];
 * remote.control.offline = true;
 * remote.control.calls.at(-1);               // { kind: 'query', names: ['lots.list'], state: 'failed', … }
 */
export function fakeRemote(ledger: Ledger | LedgerPort, options: FakeRemoteOptions = {}): FakeRemote {
  const control = new RemoteControl(options);
  const server = 'port' in ledger ? ledger.port : ledger;
  return {
    kind: 'ledger',
    name: options.name ?? 'remote',
    control,
    async open() {
      if (control.offline) throw noAnswer();
      return portOf(new RemotePort(server, control, options.capabilities));
    },
  };
}
