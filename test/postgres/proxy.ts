/**
 * A line to PostgreSQL that can be cut, slowed down, or made to lose the answer to a COMMIT. It follows the
 * protocol just far enough to know which message asks for COMMIT in a transaction that writes, and which one
 * answers.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What happens to the next COMMIT of a transaction that writes. */
export type CommitFault =
  /** The line dies as the client sends it: the database never sees it. */
  | 'cut before'
  /** The line dies as the database answers: it is carried out, and nobody hears of it. */
  | 'cut after'
  /** Carried out, but the answer never comes, and the line stays open. */
  | 'swallow';

/** Splits a stream into messages: a type byte (none in the first one), a length, a body. */
class Messages {
  #rest: Buffer = Buffer.alloc(0);
  #typed: boolean;

  constructor(typed: boolean) {
    this.#typed = typed;
  }

  *take(chunk: Buffer): Generator<{ type: string; body: Buffer; whole: Buffer }> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const start = this.#typed ? 1 : 0;
      if (this.#rest.length < start + 4) return;
      const size = start + this.#rest.readUInt32BE(start);
      if (this.#rest.length < size) return;
      const whole = this.#rest.subarray(0, size);
      this.#rest = this.#rest.subarray(size);
      const type = this.#typed ? String.fromCharCode(whole[0] ?? 0) : '';
      this.#typed = true;
      yield { type, body: whole.subarray(start + 4), whole };
    }
  }
}

const texts = (body: Buffer): string[] => body.toString('utf8').split('\0');

/** One connection through the proxy. */
class Wire {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #proxy: FaultyLine;
  readonly #asked = new Messages(false);
  readonly #answered = new Messages(true);
  readonly #prepared = new Map<string, string>();
  #writes = false;
  #fault: CommitFault | undefined;

  constructor(client: Socket, server: Socket, proxy: FaultyLine) {
    this.#client = client;
    this.#server = server;
    this.#proxy = proxy;
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => this.cut());
    }
    client.on('data', (chunk: Buffer) => proxy.later(() => this.#ask(chunk)));
    server.on('data', (chunk: Buffer) => proxy.later(() => this.#answer(chunk)));
  }

  /** Ends both sides without a word. */
  cut(): void {
    this.#client.destroy();
    this.#server.destroy();
    this.#proxy.forget(this);
  }

  #ask(chunk: Buffer): void {
    for (const { type, body, whole } of this.#asked.take(chunk)) {
      const text = this.#textOf(type, body);
      if (text !== undefined && /^begin\b/i.test(text)) this.#writes = /read write/i.test(text);
      if (text !== undefined && this.#writes && /^commit\b/i.test(text)) {
        this.#writes = false;
        this.#fault = this.#proxy.strike();
        if (this.#fault === 'cut before') {
          this.cut();
          return;
        }
      }
      this.#server.write(whole);
    }
  }

  /** The statement a message asks to carry out. */
  #textOf(type: string, body: Buffer): string | undefined {
    const [first = '', second = ''] = texts(body);
    if (type === 'Q') return first.trim();
    if (type === 'P') this.#prepared.set(first, second.trim());
    return type === 'B' ? this.#prepared.get(second) : undefined;
  }

  #answer(chunk: Buffer): void {
    for (const { type, body, whole } of this.#answered.take(chunk)) {
      const isDone = type === 'C' && texts(body)[0] === 'COMMIT';
      if (isDone && this.#fault !== undefined) this.#proxy.carriedOut += 1;
      if (this.#fault === 'swallow') continue;
      if (isDone && this.#fault === 'cut after') {
        this.cut();
        return;
      }
      this.#client.write(whole);
    }
  }
}

export class FaultyLine {
  readonly #server: Server;
  readonly #target: { readonly host: string; readonly port: number };
  readonly #lines = new Set<Wire>();
  #armed: CommitFault[] = [];
  #down = false;
  /** Milliseconds by which everything comes later. */
  delay = 0;
  /** COMMITs struck by a fault so far. */
  struck = 0;
  /** COMMITs the database has carried out though a fault struck them. */
  carriedOut = 0;

  constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target;
    this.#server = createServer((client) => this.#accept(client));
  }

  /** The port on 127.0.0.1. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections at this moment. */
  get lines(): number {
    return this.#lines.size;
  }

  async open(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  /** The next COMMITs of transactions that write meet these faults, one each. */
  arm(...faults: CommitFault[]): void {
    this.#armed.push(...faults);
  }

  /** Cuts every connection. */
  cut(): void {
    for (const line of [...this.#lines]) line.cut();
  }

  /** Cuts every connection and lets nobody in until {@link up}. */
  down(): void {
    this.#down = true;
    this.cut();
  }

  up(): void {
    this.#down = false;
  }

  async close(): Promise<void> {
    this.down();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** The fault that strikes now, if any is armed. */
  strike(): CommitFault | undefined {
    const fault = this.#armed.shift();
    if (fault !== undefined) this.struck += 1;
    return fault;
  }

  forget(line: Wire): void {
    this.#lines.delete(line);
  }

  /** Does something now, or as late as everything comes; in order either way. */
  later(work: () => void): void {
    if (this.delay === 0) work();
    else setTimeout(work, this.delay);
  }

  #accept(client: Socket): void {
    if (this.#down) {
      client.destroy();
      return;
    }
    this.#lines.add(new Wire(client, connect(this.#target), this));
  }
}
