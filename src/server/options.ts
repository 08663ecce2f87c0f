/** What a host says when it makes a server: whose ledger, who asks, who may, how much. */
import type { ChangeEvent, Ledger, Principal } from '../core/index.ts';

/** Whoever is signed in, as the host knows them. */
export interface Caller extends Principal {
  /** Whose ledger it is, where the server has many: cursors of one tenant mean nothing in another. */
  readonly tenant?: string;
}

/** What somebody is about to do, for `authorize`. */
export type ServerAct =
  | { readonly kind: 'command'; readonly name: string; readonly args: unknown }
  | { readonly kind: 'query'; readonly name: string; readonly args: unknown }
  /** One item of the feed; of one that is refused nothing is told but its number. */
  | { readonly kind: 'change'; readonly event: ChangeEvent }
  /** Re-reading the whole journal, which is much work. */
  | { readonly kind: 'verify' }
  /** The head of the journal, as an anchor. */
  | { readonly kind: 'head' };

/** How much one request, and one caller, may ask. */
export interface ServerLimits {
  /** Bytes of a body; 1 MiB. */
  readonly bodyBytes: number;
  /** Seconds until a body has to be there; 30. */
  readonly bodySeconds: number;
  /** Levels of nesting in a body; 40. */
  readonly depth: number;
  /** Names and values in a body; 200,000. */
  readonly values: number;
  /** The largest `limit` of a question; 10,000. Lists end at 500 by themselves. At least 100. */
  readonly pageSize: number;
  /** Commands in one call; 256, which is the most. */
  readonly commands: number;
  /** Requests of one caller in a minute; 6,000. `Infinity` for a server that trusts its callers. */
  readonly requestsPerMinute: number;
  /** Sign-ins from one address that may fail in a minute, ten times as many from all together; 120. */
  readonly failedSignIns: number;
  /** Seconds a question may take; 30. */
  readonly questionSeconds: number;
  /** Seconds until a command that is not answered counts as unknown; 60. */
  readonly commandSeconds: number;
  /** Feeds of one caller that are open at once, streams and polls that wait; 32. */
  readonly streams: number;
  /** Seconds after which a stream ends, so that whoever is signed out does not hear on; 900. */
  readonly streamSeconds: number;
  /** Seconds between signs of life of a stream; 15. */
  readonly heartbeatSeconds: number;
}

/** A line of the log. It holds no codes, names, texts, actors, tokens or query strings. */
export type LogLine =
  | {
      readonly type: 'request';
      readonly at: string;
      readonly requestId: string;
      readonly method: string;
      /** The template of the path: `/lots/{id}`; null where there is none. */
      readonly route: string | null;
      readonly status: number;
      readonly ms: number;
      /** Bytes of the answer. */
      readonly bytes: number;
      readonly tenant?: string;
    }
  | {
      readonly type: 'fault';
      readonly at: string;
      readonly requestId: string;
      readonly route: string | null;
      readonly name: string;
      /** Of an error of the library. */
      readonly code?: string;
      /** What lay below, the nearest first; only what databases say of themselves, never of what they hold. */
      readonly cause?: readonly string[];
      /** Where it happened, without the message, which may hold anything. */
      readonly stack: readonly string[];
    }
  | { readonly type: 'warning'; readonly at: string; readonly what: string };

/** Finds out who sends a request: from a session, a bearer token, a certificate. Null: nobody. */
export type Authenticate = (
  request: Request,
  context: unknown,
) => Caller | null | undefined | Promise<Caller | null | undefined>;

/** What `createHandler` takes. */
export interface ServerOptions {
  /** The ledger of everybody; or `ledgerFor`. */
  readonly ledger?: Ledger;
  /**
   * The ledger of whoever asks, where there are many. Keep them open between requests.
   * @example ledgerFor: ({ tenant }) => ledgers.open(tenant)
   */
  readonly ledgerFor?: (caller: Caller, context: unknown) => Ledger | Promise<Ledger>;
  /**
   * Who asks. Whatever a request says of its actor counts for nothing. `{ everybody: 'kiosk' }` says in so
   * many words that no sign-in is wanted: whoever reaches the server acts as this actor.
   * @example
   * authenticate: async (request) => {
   *   const user = await users.byToken(request.headers.get('authorization'));
   *   return user && { actor: user.code, permissions: user.acts, tenant: user.company };
   * }
   */
  readonly authenticate: Authenticate | { readonly everybody: string };
  /**
   * From where a request comes: sign-ins that fail are counted by it. Absent: `context.address`, which
   * `nodeListener` gives, the other end of the connection. Behind a proxy say which header it writes.
   * @example addressOf: (request) => request.headers.get('x-real-ip')
   */
  readonly addressOf?: (request: Request, context: unknown) => string | null | undefined;
  /**
   * Whether somebody may. Absent: who is signed in may do everything ordinary, which `verify` is not.
   * @example authorize: ({ actor }, act) => act.kind !== 'command' || editors.has(actor)
   */
  readonly authorize?: (caller: Caller, act: ServerAct) => boolean | Promise<boolean>;
  readonly limits?: Partial<ServerLimits>;
  /**
   * Signs cursors, so that nobody makes one up; at least 16 characters, the same on every server of a ledger.
   * Of several the first signs and all are taken, which lets one be replaced. Absent: made anew by each
   * process, with a warning.
   */
  readonly secret?: string | readonly string[];
  /** Where the server was mounted: `/api`. Nothing unless said. */
  readonly base?: string;
  /**
   * Origins of other sites whose pages may ask with the user's credentials. None unless said.
   * @example origins: ['https://portal.example']
   */
  readonly origins?: readonly string[];
  /** Hears a line for every request, fault and warning. Absent: faults and warnings go to the console. */
  readonly log?: (line: LogLine) => void;
  /** Hears of a fault itself, which may hold what the log must not. */
  readonly onFault?: (error: unknown, requestId: string) => void;
  /** The clock, in milliseconds; for tests. */
  readonly now?: () => number;
  /** Whether `/openapi.json`, `/docs` and the pages of error codes are there, for everybody; true unless said. */
  readonly docs?: boolean;
  /** The address of an error's page before its code; `/errors/` below `base` unless said. */
  readonly errorPages?: string;
  /** What is told in `WWW-Authenticate`; `Bearer` unless said. */
  readonly challenge?: string;
  /** Whether the ledgers answer, for `GET /ready`, where there are many. Throws or answers false: they do not. */
  readonly ready?: () => boolean | undefined | Promise<boolean | undefined>;
}

/** A mistake in the options is the host's, told when the server is made. */
const wrong = (what: string): never => {
  throw new TypeError(`createHandler: ${what}`);
};

const defaults: ServerLimits = {
  bodyBytes: 1_048_576,
  bodySeconds: 30,
  depth: 40,
  values: 200_000,
  pageSize: 10_000,
  commands: 256,
  requestsPerMinute: 6_000,
  failedSignIns: 120,
  questionSeconds: 30,
  commandSeconds: 60,
  streams: 32,
  streamSeconds: 900,
  heartbeatSeconds: 15,
};

const least: Partial<Record<keyof ServerLimits, number>> = {
  pageSize: 100,
  commands: 1,
  bodyBytes: 64,
  failedSignIns: 1,
};

/** The limits of a server. @throws TypeError for a limit that is none */
export function limitsOf(said: Partial<ServerLimits> = {}): ServerLimits {
  for (const [name, value] of Object.entries(said)) {
    if (!Object.hasOwn(defaults, name)) wrong(`there is no limit "${name}"`);
    if (value === undefined) continue;
    const min = least[name as keyof ServerLimits] ?? 0;
    if (typeof value !== 'number' || Number.isNaN(value) || value < min || (min === 0 && value === 0))
      wrong(`limit ${name} is no number of at least ${min === 0 ? 'something' : min}`);
  }
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const limits = { ...defaults, ...given };
  return { ...limits, commands: Math.min(limits.commands, defaults.commands) };
}

function checkOrigins(origins: readonly string[] = []): void {
  for (const origin of origins) {
    const isOrigin = URL.canParse(origin) && new URL(origin).origin === origin;
    if (!isOrigin) wrong(`"${origin}" is no origin, such as https://portal.example`);
  }
}

function checkWho({ authenticate, ledger, ledgerFor }: ServerOptions): void {
  const everybody = typeof authenticate === 'object' && authenticate !== null && authenticate.everybody;
  if (typeof authenticate !== 'function' && (typeof everybody !== 'string' || everybody.trim() === ''))
    wrong(
      "say with `authenticate` who asks, or with `authenticate: { everybody: 'kiosk' }` that everybody may",
    );
  if ((ledger === undefined) === (ledgerFor === undefined)) wrong('give either `ledger` or `ledgerFor`');
}

/** @throws TypeError for options no server can be made of */
export function checkOptions(options: ServerOptions): void {
  checkWho(options);
  checkOrigins(options.origins);
  const { secret, base = '' } = options;
  const secrets = secret === undefined ? [] : [secret].flat();
  if (secret !== undefined && secrets.length === 0) wrong('`secret` is an empty list');
  if (secrets.some((each) => typeof each !== 'string' || each.length < 16))
    wrong('a secret has at least 16 characters');
  if (!/^(\/[\w~.-]+)*$/.test(base)) wrong(`"${base}" is no path a server is mounted at, such as /api`);
}
