/** The Ledger port over Aureus: each question and command to whom it concerns. */
import {
  type AskOptions,
  type ChangeEvent,
  type Command,
  codeKey,
  type ExecuteOptions,
  type LedgerCapabilities,
  LedgerError,
  type LedgerPort,
  type LedgerStatus,
  type Receipt,
} from '../../../core/index.ts';
import { type Attempt, Attempts, Turns } from './attempts.ts';
import { capabilities, isOffered, type OfferedCommand, offeredCommands } from './capabilities.ts';
import type { Feed } from './feed.ts';
import type { Http } from './http.ts';
import { checkId, creationOf, editOf, removalOf } from './input.ts';
import type { Items } from './items.ts';
import type { Movements } from './movements.ts';
import type { Reading } from './reading.ts';
import type { Kind } from './shapes.ts';
import type { Writing } from './writing.ts';

export interface PortParts {
  readonly http: Http;
  readonly reading: Reading;
  readonly items: Items;
  readonly movements: Movements;
  readonly writing: Writing;
  readonly feed: Feed;
}

type Query = (args: unknown, signal: AbortSignal | undefined) => Promise<unknown>;

/** What a command asks for: what it must not overtake, what makes two of them the same, and how it is done. */
interface Act {
  readonly key: string;
  readonly asked: unknown;
  readonly run: (attempt: Attempt) => Promise<string>;
}

/** An answer, unless whoever waits for it leaves first: some of what it needs is read for others too. */
function unlessGone<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return answer;
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

const wrongType = (path: string, expected: string): LedgerError =>
  new LedgerError('field.type', { path, details: { expected } });

/** `ledger.can`: whether acts are there at all. */
function may(args: unknown): boolean[] {
  if (!Array.isArray(args)) throw wrongType('', 'array');
  return args.map((act: unknown, i) => {
    const { action, field } = (act ?? {}) as { action?: unknown; field?: unknown };
    if (typeof action !== 'string') throw wrongType(`[${i}].action`, 'string');
    if (field !== undefined && typeof field !== 'string') throw wrongType(`[${i}].field`, 'string');
    return isOffered(action, field);
  });
}

export class AureusPort implements LedgerPort {
  readonly capabilities: LedgerCapabilities = capabilities;
  readonly #parts: PortParts;
  readonly #queries: Readonly<Record<string, Query>>;
  readonly #attempts = new Attempts();
  readonly #turns = new Turns();

  constructor(parts: PortParts) {
    this.#parts = parts;
    const { reading, items, movements } = parts;
    const of = (kind: Kind): Record<string, Query> => ({
      [`${kind}.list`]: (args, signal) => reading.list(kind, args, signal),
      [`${kind}.get`]: (args, signal) => reading.get(kind, args, signal),
      [`${kind}.movements`]: (args, signal) => movements.list(kind, args, signal),
    });
    this.#queries = {
      ...of('lots'),
      ...of('serials'),
      'items.list': (args, signal) => items.list(args, signal),
      'items.get': (args, signal) => items.get(args, signal),
      'warehouses.list': (args, signal) => items.warehouses(args, signal),
      'warehouses.get': (args, signal) => items.warehouse(args, signal),
      'ledger.can': async (args) => may(args),
    };
  }

  async query(name: string, args: unknown, { signal }: AskOptions = {}): Promise<unknown> {
    if (this.#parts.http.closed.aborted) throw new LedgerError('store.closed');
    signal?.throwIfAborted();
    const query = Object.hasOwn(this.#queries, name) ? this.#queries[name] : undefined;
    if (query === undefined) {
      throw new LedgerError('query.unsupported', { details: { what: `${name} of AureusERP` } });
    }
    return unlessGone(query(args, signal), signal);
  }

  /**
   * @throws LedgerError command.unsupported, command.unknown; session.required, permission.denied,
   * store.unavailable, store.unknown where nothing is decided: what was done before stays, and is answered again
   * under the same ids
   */
  async execute(commands: readonly Command[], { atomic }: ExecuteOptions = {}): Promise<Receipt[]> {
    if (this.#parts.http.closed.aborted) throw new LedgerError('store.closed');
    for (const command of commands) this.#checkOffered(command);
    if (atomic && commands.length > 1) {
      const what = 'several commands that stand or fall together; AureusERP takes them one by one';
      throw new LedgerError('command.unsupported', { details: { what } });
    }
    const acts = commands.map((command) => this.#act(command));
    const receipts: Receipt[] = [];
    for (const [i, { id, name }] of commands.entries()) {
      const act = acts[i] as Act;
      const print = JSON.stringify([name, act.asked]);
      receipts.push(
        await this.#attempts.once(id, print, (attempt) =>
          this.#turns.take(act.key, async () => this.#accepted(id, name, await act.run(attempt))),
        ),
      );
    }
    return receipts;
  }

  #checkOffered(command: Command): void {
    checkId(command);
    const { name } = command;
    const offered = Object.hasOwn(this.capabilities.commands, name)
      ? this.capabilities.commands[name]
      : undefined;
    if (offered === undefined) throw new LedgerError('command.unknown', { details: { name } });
    if (offered !== true) {
      throw new LedgerError('command.unsupported', { details: { what: offered, name, reason: offered } });
    }
  }

  /** What a command asks for, checked before anything is sent. */
  #act({ name, args }: Command): Act {
    const { writing } = this.#parts;
    const [kind = 'lots', verb] = name.replace(/@1$/, '').split('.') as [Kind, string];
    if (verb === 'create') {
      const creation = creationOf(args);
      const key = `${creation.item} ${codeKey(creation.code)}`;
      return { key, asked: creation, run: (attempt) => writing.create(kind, creation, attempt) };
    }
    if (verb === 'update') {
      const edit = editOf(args);
      return { key: edit.id, asked: edit, run: (attempt) => writing.update(kind, edit, attempt) };
    }
    const removal = removalOf(args);
    return { key: removal.id, asked: removal, run: (attempt) => writing.remove(kind, removal, attempt) };
  }

  #accepted(id: string, name: string, made: string): Receipt {
    const kind = offeredCommands[name as OfferedCommand].startsWith('lot') ? 'lots' : 'serials';
    const seq = this.#parts.feed.did(kind, made);
    return { outcome: 'accepted', id, seq, recordedAt: new Date().toISOString(), result: { id: made } };
  }

  changes(options?: { after?: number; signal?: AbortSignal }): AsyncIterable<ChangeEvent> {
    return this.#parts.feed.changes(options);
  }

  subscribe(listener: (event: ChangeEvent) => void): () => void {
    return this.#parts.feed.subscribe(listener);
  }

  status(): LedgerStatus {
    const { http, feed } = this.#parts;
    const { seq } = feed;
    if (http.closed.aborted) return { state: 'closed', seq };
    if (!http.reachable) return { state: 'offline', reason: 'store.unavailable', seq };
    return { state: 'open', seq };
  }

  async close(): Promise<void> {
    this.#parts.http.close();
  }
}

/** The port as a plain object, so that whoever wraps it by spreading keeps all of it. */
export const portOf = (port: AureusPort): LedgerPort => ({
  capabilities: port.capabilities,
  execute: (commands, options) => port.execute(commands, options),
  query: (name, args, options) => port.query(name, args, options),
  changes: (options) => port.changes(options),
  status: () => port.status(),
  subscribe: (listener) => port.subscribe(listener),
  close: () => port.close(),
});
