/**
 * The Ledger port: what a host that has its own *rules*, or a server, implements. Commands in, receipts
 * out; questions in, pages out; a feed of what changed. The local engine over a Store is one.
 */
import type { LedgerProblem } from './errors.ts';

/** A command as it is sent: plain JSON, its id made by the sender before sending. */
export interface Command {
  readonly name: string;
  /** 1–64 printable characters; the same id has one effect, whatever happens to the line. */
  readonly id: string;
  readonly args: unknown;
  readonly actor?: string;
  readonly source?: 'ui' | 'api' | 'scan' | 'sync' | 'import';
  readonly reason?: string;
  readonly force?: { readonly reason: string };
  readonly clientId?: string;
  readonly clientSeq?: number;
  readonly issuedAt?: string;
}

/** What became of a command. `replayed`: it had been answered before, nothing was done again. */
export type Receipt =
  | {
      readonly outcome: 'accepted';
      readonly id: string;
      readonly seq: number;
      readonly recordedAt: string;
      /** What the command made, as its resource reads it: ids, and for a posting the posting itself. */
      readonly result: unknown;
      readonly replayed?: true;
    }
  | {
      readonly outcome: 'refused';
      readonly id: string;
      readonly problem: LedgerProblem;
      readonly replayed?: true;
    };

/** Something that was touched by an entry. */
export interface Touched {
  readonly resource: string;
  readonly id: string;
}

/** One line of the feed. */
export interface ChangeEvent {
  readonly seq: number;
  readonly touched: readonly Touched[];
}

/** Whether the ledger can be written to, why not, and how far its journal has come. */
export interface LedgerStatus {
  readonly state: 'open' | 'readonly' | 'offline' | 'closed';
  /** Why it is read-only or offline, as an error code. */
  readonly reason?: string;
  readonly seq: number;
}

/** What one list offers; elements offer only this. */
export interface QueryCapabilities {
  readonly sorts: readonly string[];
  readonly filters: readonly string[];
  readonly search: boolean;
  readonly total: boolean;
  /** It also filters and sorts by `attributes.<key>`. */
  readonly attributes?: boolean;
  /** Of each filter the comparisons it has; a filter that is not here takes a plain value. */
  readonly comparisons?: Readonly<Record<string, readonly ('in' | 'like' | 'from' | 'to' | 'isNull')[]>>;
  /** Of each filter that takes no text what it takes: for whoever has only a text, such as an address. */
  readonly types?: Readonly<Record<string, 'flag' | 'number'>>;
  /** Said where `like` finds a text that occurs in the value, `%text%`, and takes no other pattern. */
  readonly patterns?: false;
  /** Sorts in one question; 1 unless said. */
  readonly sortDepth?: number;
  /** It can start in the middle: `skip`. */
  readonly skip?: boolean;
  /** Fields whose values `values` lists; with `attributes` those of `attributes.<key>` too. */
  readonly values?: readonly string[];
  /** Fields `summary` groups by, and fields it adds up. */
  readonly groups?: readonly string[];
  readonly sums?: readonly string[];
  /** What it offers of another day; absent where it has no past. */
  readonly asOf?: { readonly sorts: readonly string[]; readonly filters: readonly string[] };
}

/** What this ledger can do; whoever uses it offers nothing else. */
export interface LedgerCapabilities {
  /** Per command: true, or the reason why not. */
  readonly commands: Readonly<Record<string, true | string>>;
  readonly queries: Readonly<Record<string, QueryCapabilities | true>>;
  readonly durability: 'none' | 'relaxed' | 'strict';
}

/**
 * Whom a ledger acts for, where one ledger serves many. The server that knows says it with each call; what a
 * command itself says of its actor then counts for nothing.
 */
export interface Principal {
  /** Who acts, as a code: it is written into every entry. */
  readonly actor: string;
  /** What the actor may do of the acts that have a name; absent: what the ledger was opened with. */
  readonly permissions?: readonly string[];
}

/** What may be said with commands. */
export interface ExecuteOptions {
  /** They stand or fall together. */
  readonly atomic?: boolean;
  /** Only a ledger that decides itself heeds it: over a wire the other side knows who asks. */
  readonly principal?: Principal;
}

/** What may be said with a question. */
export interface AskOptions {
  /** As with commands. */
  readonly principal?: Principal;
  /** Nobody waits for the answer any more; a ledger over a wire then gives up, another one may answer all the same. */
  readonly signal?: AbortSignal;
}

/** What a ledger is to everything above it: resources, elements, a server. */
export interface LedgerPort {
  readonly capabilities: LedgerCapabilities;
  execute(commands: readonly Command[], options?: ExecuteOptions): Promise<Receipt[]>;
  query(name: string, args: unknown, options?: AskOptions): Promise<unknown>;
  changes(options?: { after?: number; signal?: AbortSignal }): AsyncIterable<ChangeEvent>;
  status(): LedgerStatus;
  /** Hears of every commit after it is durable, of this writer and, as hints arrive, of others. */
  subscribe(listener: (event: ChangeEvent) => void): () => void;
  /** Hears when the status changes by itself, as that of a line does; a port that has none stays silent. */
  watch?(listener: () => void): () => void;
  close(): Promise<void>;
}

/** What a host hands to `openLedger` in place of a store: its own rules, or the way to a server. */
export interface LedgerAdapter {
  readonly kind: 'ledger';
  readonly name: string;
  open(): Promise<LedgerPort>;
}
