/** A server over a ledger in memory, and short ways to ask it. */
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { type Ledger, openLedger } from '../../src/core/index.ts';
import { createHandler, type Handler, type LogLine, type ServerOptions } from '../../src/server/index.ts';

/** Who signs in how: the token is the actor. */
export const byToken: ServerOptions['authenticate'] = (request) => {
  const [, actor, tenant] =
    /^Bearer (\w+)(?:@(\w+))?$/.exec(request.headers.get('authorization') ?? '') ?? [];
  if (actor === undefined) return null;
  return tenant === undefined ? { actor } : { actor, tenant };
};

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text as it stands. */
  readonly body?: unknown;
  /** Null: without a sign-in. */
  readonly token?: string | null;
  readonly signal?: AbortSignal;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers as they expect them
  readonly body: any;
}

export interface Site {
  readonly ledger: Ledger;
  readonly handler: Handler;
  readonly lines: LogLine[];
  readonly faults: unknown[];
  readonly request: (path: string, asking?: Asking) => Request;
  readonly ask: (path: string, asking?: Asking) => Promise<Answered>;
}

/** A request as tests make them. */
export function requestTo(
  path: string,
  { method, headers, body, token = 'maria', signal }: Asking = {},
): Request {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Request(`http://ledger.example${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: text }),
    ...(signal === undefined ? {} : { signal }),
  });
}

export async function answerOf(response: Response): Promise<Answered> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? JSON.parse(text) : text,
  };
}

/** A server, with a ledger of its own unless one is given. */
export async function site(options: Partial<ServerOptions> = {}): Promise<Site> {
  const ledger =
    options.ledger ??
    (await openLedger(memory(), {
      actor: 'server',
      timeZone: 'UTC',
      now: () => new Date('2026-11-22T09:00:00Z'),
    }));
  const lines: LogLine[] = [];
  const faults: unknown[] = [];
  const handler = createHandler({
    authenticate: byToken,
    secret: 'a secret of sixteen or more',
    log: (line) => lines.push(line),
    onFault: (error) => faults.push(error),
    ...(options.ledgerFor ? {} : { ledger }),
    ...options,
  });
  const ask = async (path: string, asking?: Asking): Promise<Answered> =>
    answerOf(await handler(requestTo(path, asking)));
  return { ledger, handler, lines, faults, request: requestTo, ask };
}

/** A dairy: an item in lots, a warehouse with two locations, templates to load and to unload. */
export async function dairy(ledger: Ledger): Promise<void> {
  await ledger.codeTypes.create({
    code: 'YM',
    kind: 'lot',
    description: 'Year, month, number',
    parts: [
      { source: 'insertYear', length: 4 },
      { source: 'insertMonth', length: 2 },
      { source: 'number', length: 3, fill: '0' },
    ],
    root: ['insertYear', 'insertMonth'],
    firstNumber: 1,
  });
  await ledger.items.create({
    code: 'MILK',
    description: 'Whole milk 1 L',
    unit: { code: 'PCE', decimals: 0 },
    lots: { codeType: 'YM', withdrawal: 'fefo', shelfLifeDays: 30 },
  });
  await ledger.warehouses.create({
    code: 'MAIN',
    description: 'Main warehouse',
    locations: [{ code: 'A-01' }, { code: 'B-01' }],
  });
  await ledger.templates.create({
    warehouse: 'MAIN',
    code: 'LOA',
    description: 'Purchase load',
    type: 'load',
    intent: 'purchase',
    tracksLots: true,
  });
  await ledger.templates.create({
    warehouse: 'MAIN',
    code: 'UNL',
    description: 'Sales unload',
    type: 'unload',
    intent: 'sale',
    tracksLots: true,
  });
}

/** A load of milk, as a body. */
export const milk = (quantity = '100', code = 'auto'): object => ({
  warehouse: 'MAIN',
  template: 'LOA',
  date: '2026-11-21',
  lines: [
    {
      item: 'MILK',
      quantity,
      location: 'A-01',
      lots: code === 'auto' ? 'auto' : [{ code, quantity }],
    },
  ],
});
