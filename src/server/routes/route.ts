/**
 * One line of the route table: a method and a path, the command or the question it is, and where each of its
 * arguments comes from. The handler dispatches by it and the OpenAPI document is made of it, so that the two
 * cannot disagree.
 */
import type { AskOptions, Ledger } from '../../core/index.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/**
 * How the text of a path or a query string becomes a value: `texts` is a name that may stand several times or
 * hold commas, `total` is `true`, `false` or a number, `json` is written as JSON.
 */
export type ParameterType = 'text' | 'number' | 'flag' | 'texts' | 'total' | 'json';

/** One argument that stands in the path or in the query string. */
export interface Parameter {
  /** As it is written there. */
  readonly name: string;
  /** The argument it becomes; its own name unless said. */
  readonly argument?: string;
  readonly type: ParameterType;
  readonly required?: boolean;
  /** Written with nothing behind it, it is null: `?variant=`. */
  readonly nullable?: true;
  readonly summary: string;
}

/**
 * What a body of JSON is: `arguments` – its members are arguments; `whole` – it is the arguments as it stands;
 * else it is this one argument. Of a command, the members of its envelope (`commandId`, `reason`, `source`,
 * `force`) stand among the others and are taken out; `beside` says the same of a question about a command,
 * and which of them it takes as arguments of its own.
 */
export type Body =
  | 'arguments'
  | 'whole'
  | { readonly argument: string; readonly beside?: readonly ('reason' | 'force')[] };

/** Where the arguments of a command or a question come from. */
export interface Arguments {
  /** Those of the path: one for each `{name}` of the template. */
  readonly path?: readonly Parameter[];
  readonly query?: readonly Parameter[];
  /**
   * The list whose filters stand in the query string besides, as `capabilities.queries[list].filters` names
   * them: `?item=MILK&expiryDate.to=2026-12-31&status=A&status=B`. They become the argument `filter`.
   */
  readonly filtersOf?: string;
  readonly body?: Body;
  /**
   * The question that finds the record which the path names by its natural key; its `id` is then the argument
   * `id`, in place of those of the path.
   */
  readonly finds?: string;
  /** Arguments that are always the same. */
  readonly fixed?: Readonly<Record<string, unknown>>;
}

/** Whether the version of the record is asked for in `If-Match`; it becomes the argument `version`. */
export type VersionRule = 'required' | 'optional';

/** Asks one question in the name of whoever sent the request. */
export type Ask = (name: string, args: unknown, options?: AskOptions) => Promise<unknown>;

/** What a command made, and what it was sent with. */
export interface Made {
  readonly result: unknown;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A command: one id, one effect. */
export interface CommandAct {
  readonly kind: 'command';
  /** With its version: `lots.update@1`. */
  readonly name: string;
  /**
   * `commandId`, `reason`, `source` and `force` stand among the members of the body, or in the query string
   * where there is no body. Of these commands `reason` is an argument as well.
   */
  readonly reasonToo?: true;
  /** Reads what is answered once the command was accepted; absent: nothing is answered, status 204. */
  readonly answer?: (ask: Ask, made: Made) => Promise<unknown>;
}

/** A question. */
export interface QueryAct {
  readonly kind: 'query';
  readonly name: string;
}

/** Several commands and questions that the SDK puts together: what it does on this side of the wire. */
export interface ResourceAct {
  readonly kind: 'resource';
  /** The commands and questions it needs. */
  readonly commands: readonly string[];
  readonly queries: readonly string[];
  /** `how` is what a command's envelope says; the ledger acts for whoever sent the request. */
  readonly run: (ledger: Ledger, args: Readonly<Record<string, unknown>>, how: Said) => Promise<unknown>;
}

/** What stands in a command's envelope besides its name and arguments. */
export interface Said {
  readonly commandId?: string;
  readonly reason?: string;
  readonly source?: 'ui' | 'api' | 'scan' | 'sync' | 'import';
  readonly force?: { readonly reason: string };
  /** The request is gone, or has had its time. */
  readonly signal?: AbortSignal;
}

/** One of the paths of the port itself, which have handlers of their own. */
export interface PortAct {
  readonly kind: 'port';
  readonly name:
    | 'capabilities'
    | 'commands'
    | 'query'
    | 'changes'
    | 'head'
    | 'verify'
    | 'health'
    | 'ready'
    | 'openapi'
    | 'page'
    | 'style'
    | 'errorPage';
  /** It tells of the server, and is there only where that is wanted. */
  readonly describes?: true;
}

export type Act = CommandAct | QueryAct | ResourceAct | PortAct;

/** One line of the table. */
export interface Route {
  /** Unique, and stable: the name a generated client has for it. */
  readonly id: string;
  readonly method: Method;
  /** Below the address of the server: `/lots/{id}`. */
  readonly path: string;
  readonly tag: string;
  /** What it does, in a few words. */
  readonly summary: string;
  readonly act: Act;
  readonly args?: Arguments;
  /** `If-Match`; where it is `required`, 428 without it. */
  readonly version?: VersionRule;
  /** The answer is one record with a `version`, which is its `ETag`. */
  readonly etag?: true;
  /** When all went well; 200 unless said. */
  readonly status?: 200 | 201 | 204;
  /**
   * What is answered, as a type of the public face: `Lot`, `Page<Lot>`, `Reservation[]`, or of `wire`:
   * `ReceiptsBody`; one of several between bars. Absent with status 204.
   */
  readonly answers?: string;
  /** Where a record that was made can be read: `/lots/{id}` with the `id` of the answer. */
  readonly location?: string;
  /** It is answered without a sign-in. */
  readonly open?: true;
}
