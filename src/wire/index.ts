/**
 * What goes over the wire between a ledger's server and those who ask it: the paths of the port, the shapes
 * of their bodies, the names of headers. Both ends import it, and neither needs the engine for it.
 *
 * The port has few paths: `GET /capabilities`, `POST /commands`, `POST /queries/{name}`, `GET /changes`,
 * `GET /head`, `POST /verify`. The resources (`GET /lots`, `PATCH /lots/{id}` …) are the same commands and
 * questions for those who speak plain HTTP; they are the server's (`server/routes`).
 */
import type {
  ChangeEvent,
  Command,
  LedgerCapabilities,
  LedgerProblem,
  LedgerStatus,
  Receipt,
} from '../core/index.ts';

/** Raised when either end would misread the other. */
export const WIRE_VERSION = 1;

/** Paths of the port, below the address of the server. */
export const portPaths = {
  capabilities: '/capabilities',
  commands: '/commands',
  query: (name: string): string => `/queries/${encodeURIComponent(name)}`,
  changes: '/changes',
  head: '/head',
  verify: '/verify',
} as const;

/** Headers that mean something here. */
export const headers = {
  /** The id of a command sent as a resource; the same key has one effect. */
  idempotencyKey: 'idempotency-key',
  /** `true` on an answer that had been given before. */
  replayed: 'idempotency-replayed',
  lastEventId: 'last-event-id',
} as const;

/** Media types. */
export const mediaTypes = {
  json: 'application/json',
  problem: 'application/problem+json',
  events: 'text/event-stream',
} as const;

/** Commands in one `POST /commands`. */
export const MOST_COMMANDS = 256;

/** The answer of `GET /capabilities`. */
export interface CapabilitiesBody {
  readonly wire: number;
  /** Version of the package that serves. */
  readonly version: string;
  readonly capabilities: LedgerCapabilities;
  readonly status: LedgerStatus;
  /** As whom the server knows the one who asks. */
  readonly actor: string;
  /**
   * Names, without telling anything, whose feed this one hears: of which ledger, as whom. Tabs of one browser
   * that read the same name may share a feed. Absent: they never do.
   */
  readonly feed?: string;
  /** What the server offers besides: whether it verifies for this one. */
  readonly verify: boolean;
}

/** The body of `POST /commands`. */
export interface CommandsBody {
  readonly commands: readonly Command[];
  readonly atomic?: boolean;
}

/** Its answer: a receipt per command, in their order; refusals are among them, with status 200. */
export interface ReceiptsBody {
  readonly receipts: readonly Receipt[];
}

/** The answer of `POST /queries/{name}`, whose body is the arguments. No `result` where there is none. */
export interface ResultBody {
  readonly result?: unknown;
}

/** The answer of `GET /changes?after=&wait=&limit=` as a long poll: empty when the wait was in vain. */
export interface ChangesBody {
  readonly changes: readonly ChangeEvent[];
  /** What has been looked through: the next `after`. */
  readonly seq: number;
  /** `after` lies beyond this journal, so it is another one than before; `seq` is where it stands. */
  readonly reset?: true;
}

/**
 * A failed answer: RFC 9457, `application/problem+json`, with what `LedgerError` carries. `type` is the
 * address of the code's page.
 */
export interface ProblemBody extends LedgerProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The command it concerns, where one was named. */
  readonly commandId?: string;
}
