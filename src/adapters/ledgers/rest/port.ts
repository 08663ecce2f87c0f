/** The Ledger port over HTTP: what is asked here is answered by the server, and nothing is decided here. */
import {
  type Anchor,
  type AskOptions,
  type ChangeEvent,
  type Command,
  type ExecuteOptions,
  isLedgerError,
  type LedgerCapabilities,
  LedgerError,
  type LedgerPort,
  type LedgerStatus,
  type Receipt,
  type Verification,
} from '../../../core/index.ts';
import { type CapabilitiesBody, portPaths, type ResultBody, WIRE_VERSION } from '../../../wire/index.ts';
import { Feed } from './feed.ts';
import type { Line, Message } from './line.ts';
import { jsonOf } from './plain.ts';
import { Sender } from './sender.ts';

/** How a port behaves; milliseconds. */
export interface PortOptions {
  readonly url: string;
  readonly name?: string | undefined;
  /** During which a command without an answer is sent again. */
  readonly retryFor: number;
  readonly heartbeat: number;
  readonly feed: 'stream' | 'poll';
  readonly shared: boolean;
}

/** Milliseconds during which a question is asked again: somebody looks at a screen meanwhile. */
const QUESTION_PATIENCE = 4_000;
/** Milliseconds an answer to `verify` may take: everything is read and folded anew. */
const VERIFY_TIMEOUT = 3_600_000;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What `GET /capabilities` answers; undefined for anything else. */
export function capabilitiesIn(body: unknown): CapabilitiesBody | undefined {
  if (!isRecord(body) || typeof body.wire !== 'number') return undefined;
  const { capabilities, status } = body;
  const good = isRecord(capabilities) && isRecord(capabilities.queries) && isRecord(status);
  return good ? (body as unknown as CapabilitiesBody) : undefined;
}

/** @throws LedgerError version.mismatch where this and the server would misread each other */
export function understood(body: CapabilitiesBody): CapabilitiesBody {
  if (body.wire === WIRE_VERSION) return body;
  throw new LedgerError('version.mismatch', { details: { theirs: body.wire, ours: WIRE_VERSION } });
}

/** Of the errors those that say that the ledger is not to be written to. */
const READ_ONLY = /^store\.(corrupt|newer|rebuilding)$/;

/** One client of a server. */
export class RestPort implements LedgerPort {
  readonly capabilities: LedgerCapabilities;
  readonly verifies: boolean;
  readonly #line: Line;
  readonly #options: PortOptions;
  readonly #sender: Sender;
  readonly #feed: Feed;
  #server: CapabilitiesBody;
  #seq: number;
  #closing: Promise<void> | undefined;
  readonly #watchers = new Set<() => void>();

  constructor(line: Line, said: CapabilitiesBody, options: PortOptions) {
    this.#line = line;
    this.#server = said;
    this.#options = options;
    this.#seq = said.status.seq;
    this.capabilities = said.capabilities;
    this.verifies = said.verify;
    this.#sender = new Sender(line, options.retryFor);
    this.#feed = new Feed({
      line,
      kind: options.feed,
      heartbeat: options.heartbeat,
      seq: () => this.#seq,
      reached: (seq) => this.#reached(seq),
      key: () => this.#key(),
      check: (signal) => this.#look(signal),
    });
    line.changed = () => {
      this.#feed.lineChanged();
      for (const watcher of [...this.#watchers]) watcher();
    };
  }

  async execute(commands: readonly Command[], { atomic = false }: ExecuteOptions = {}): Promise<Receipt[]> {
    this.#mustBeOpen();
    const receipts = await this.#heedful(this.#sender.execute(commands, atomic));
    for (const receipt of receipts) {
      if (receipt.outcome === 'accepted') this.#reached(receipt.seq);
    }
    return receipts;
  }

  async query(name: string, args: unknown, { signal }: AskOptions = {}): Promise<unknown> {
    const asked: ResultBody = await this.#ask(portPaths.query(name), args, { signal });
    const { result } = asked;
    const asOf = isRecord(result) && isRecord(result.asOf) ? result.asOf.seq : undefined;
    if (typeof asOf === 'number') this.#reached(asOf);
    return result;
  }

  changes({
    after = this.#seq,
    signal,
  }: {
    after?: number;
    signal?: AbortSignal;
  } = {}): AsyncIterable<ChangeEvent> {
    return this.#feed.changes(after, signal);
  }

  subscribe(listener: (event: ChangeEvent) => void): () => void {
    return this.#feed.subscribe(listener);
  }

  watch(listener: () => void): () => void {
    const own = (): void => listener();
    this.#watchers.add(own);
    return () => this.#watchers.delete(own);
  }

  status(): LedgerStatus {
    const seq = this.#seq;
    if (this.#closing) return { state: 'closed', seq };
    if (this.#line.down !== undefined) return { state: 'offline', reason: this.#line.down, seq };
    const { state, reason } = this.#server.status;
    const here = state === 'readonly' ? state : 'open';
    return here === 'open' || reason === undefined ? { state: here, seq } : { state: here, reason, seq };
  }

  verify(options: { anchor?: Anchor } = {}): Promise<Verification> {
    return this.#ask(portPaths.verify, options, { timeout: VERIFY_TIMEOUT, patience: 0 });
  }

  head(): Promise<Anchor> {
    this.#mustBeOpen();
    const read = (body: unknown): Anchor | undefined =>
      isRecord(body) ? (body as unknown as Anchor) : undefined;
    return this.#line.call({ method: 'GET', path: portPaths.head, patience: QUESTION_PATIENCE, read });
  }

  /** Ends the feed and what is asked at once; commands under way are answered first, but not sent again. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#feed.close();
      this.#line.giveUp();
      await this.#sender.idle;
      this.#line.close();
    })();
    return this.#closing;
  }

  #mustBeOpen(): void {
    if (this.#closing) throw new LedgerError('store.closed');
  }

  async #ask<T>(path: string, args: unknown, how: Partial<Message<T>>): Promise<T> {
    this.#mustBeOpen();
    // whoever looks at a screen is not kept waiting for a server that is known to be away
    const patience = this.#line.down === undefined ? QUESTION_PATIENCE : 0;
    const read = (body: unknown): T | undefined => (isRecord(body) ? (body as T) : undefined);
    return this.#heedful(
      this.#line.call({ method: 'POST', path, body: jsonOf(args), patience, read, ...how }),
    );
  }

  /** Learns from a failure that the server is read-only now. */
  async #heedful<T>(answer: Promise<T>): Promise<T> {
    try {
      const given = await answer;
      this.#feed.answered();
      return given;
    } catch (error) {
      if (isLedgerError(error) && READ_ONLY.test(error.code)) {
        const status = { ...this.#server.status, state: 'readonly', reason: error.code } as const;
        this.#server = { ...this.#server, status };
      }
      throw error;
    }
  }

  #reached(seq: number): void {
    this.#seq = Math.max(this.#seq, seq);
  }

  /** Tabs share a feed that leads to the same address, for the same one there. */
  #key(): string | undefined {
    const { url, name, shared } = this.#options;
    const { feed } = this.#server;
    if (!shared || feed === undefined) return undefined;
    const where = new URL(url, globalThis.location?.href).href;
    return `lotledger ${JSON.stringify([where, name ?? '', feed])}`;
  }

  /** Reads anew how the ledger stands, and as whom this is known. */
  async #look(signal: AbortSignal): Promise<void> {
    const said = await this.#line.call({
      method: 'GET',
      path: portPaths.capabilities,
      signal,
      read: capabilitiesIn,
    });
    this.#server = understood(said);
  }
}
