/** One request from its arrival to its answer, and the server they share. */
import { nanoid } from 'nanoid';
import { isLedgerError, LedgerError } from '../core/index.ts';
import { headers, mediaTypes } from '../wire/index.ts';
import { Acting, type Around } from './acting.ts';
import { type Answer, rendered } from './answers.ts';
import { readBody } from './body.ts';
import { Cursors, randomSecret } from './cursors.ts';
import { Descriptions } from './described.ts';
import { isFault } from './faults.ts';
import { Feed } from './feed.ts';
import { checkAccepted, checkSite, guard, isPreflight, preflight } from './guarding.ts';
import { Log } from './log.ts';
import { type Caller, checkOptions, limitsOf, type ServerAct, type ServerOptions } from './options.ts';
import * as port from './port.ts';
import { Open, Rates } from './rates.ts';
import { named, problemOf, refusal } from './refusals.ts';
import { type Exchange, runResource } from './resources.ts';
import { Router } from './router.ts';
import { type Route, routes } from './routes/index.ts';
import { SignIn } from './sign-in.ts';
import { LATE, LONGEST_WAIT, linked, within } from './waiting.ts';

/** Seconds `close` waits for what is under way. */
const PATIENCE = 30;
/** Seconds a ledger has to say that it answers. */
const READY = 5;

const keyOf = ({ tenant, actor }: Caller): string => JSON.stringify([tenant ?? null, actor]);

/** What is known of a request by the time it is answered. */
interface Passing {
  readonly request: Request;
  readonly id: string;
  readonly began: number;
  route: Route | undefined;
  caller: Caller | undefined;
  exchange: Exchange | undefined;
  methods: readonly string[];
}

export class Server {
  readonly #options: ServerOptions;
  readonly #log: Log;
  readonly #router: Router;
  readonly #around: Around;
  readonly #rates: Rates;
  readonly #signIn: SignIn;
  readonly #feed: Feed;
  readonly #described: Descriptions;
  readonly #pages: string;
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: ServerOptions) {
    checkOptions(options);
    const { now = Date.now, secret, docs = true } = options;
    const limits = limitsOf(options.limits);
    this.#options = options;
    this.#log = new Log(options, now);
    if (secret === undefined) this.#log.warn('no secret was given: cursors end with this process');
    const cursors = new Cursors(secret === undefined ? [randomSecret()] : [secret].flat());
    this.#around = { limits, cursors, may: (caller, act) => this.#may(caller, act) };
    this.#router = new Router(
      docs ? routes : routes.filter(({ act }) => !(act.kind === 'port' && act.describes)),
    );
    this.#rates = new Rates(limits.requestsPerMinute, now);
    this.#signIn = new SignIn(options, limits, now);
    const { base = '', errorPages = `${base}/errors/` } = options;
    this.#pages = errorPages;
    this.#described = new Descriptions(options, errorPages);
    const open = new Open(limits.streams);
    const closing = this.#closing.signal;
    this.#feed = new Feed({ limits, open, closing, keyOf: ({ caller }) => keyOf(caller) });
  }

  /** Answers a request; it never throws. */
  handle(request: Request, context: unknown): Promise<Response> {
    const answering = this.#handle(request, context);
    this.#track(answering);
    return answering;
  }

  /** Ends streams and polls, refuses what is new, waits for what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await within(Promise.all(this.#underWay), PATIENCE * 1000);
  }

  #track(promise: Promise<unknown>): void {
    this.#underWay.add(promise);
    promise.finally(() => this.#underWay.delete(promise)).catch(() => undefined);
  }

  async #handle(request: Request, context: unknown): Promise<Response> {
    const passing: Passing = {
      request,
      id: nanoid(),
      began: this.#log.now(),
      route: undefined,
      caller: undefined,
      exchange: undefined,
      methods: [],
    };
    try {
      return this.#respond(passing, await this.#answer(passing, context));
    } catch (error) {
      return this.#respond(passing, this.#failed(passing, error));
    }
  }

  async #answer(passing: Passing, context: unknown): Promise<Answer | Response> {
    const { request } = passing;
    if (this.#closing.signal.aborted)
      throw refusal('store.unavailable', {}, { headers: { 'retry-after': '2' } });
    const url = new URL(request.url);
    const { base = '', origins = [] } = this.#options;
    if (!url.pathname.startsWith(`${base}/`)) throw refusal('request.unknown');
    const path = url.pathname.slice(base.length);
    const found = this.#router.find(request.method, path);
    if (found === undefined) throw refusal('request.unknown');
    if ('methods' in found) return this.#withoutRoute(request, found.methods);
    const { route, params } = found;
    passing.route = route;
    checkSite(request, origins);
    const body = (): Promise<unknown> => readBody(request, this.#around.limits);
    const exchange: Exchange = { request, route, params, search: url.searchParams, body, base };
    passing.exchange = exchange;
    if (route.open) return this.#openly(exchange, passing.id);
    const acting = await this.#acting(passing, context);
    checkAccepted(request, route);
    return this.#run(passing, exchange, acting);
  }

  #withoutRoute(request: Request, methods: readonly string[]): Answer {
    const allow = methods.join(', ');
    if (isPreflight(request)) return { status: 204, headers: { allow, ...preflight(methods) } };
    if (request.method === 'OPTIONS') return { status: 204, headers: { allow } };
    throw refusal('request.method', { method: request.method, offered: allow }, { headers: { allow } });
  }

  /** What needs no sign-in. */
  async #openly({ request, route, params }: Exchange, id: string): Promise<Answer> {
    if (route.id === 'health') return { status: 200, body: { status: 'ok' } };
    if (route.id === 'ready') return this.#ready(id);
    return this.#described.answer(request, route.id, params);
  }

  async #ready(id: string): Promise<Answer> {
    const { ledger, ready } = this.#options;
    const asking = async (): Promise<unknown> => {
      if (ready) return ready();
      return ledger === undefined || answers(ledger);
    };
    const answer = await within(asking(), READY * 1000).catch((error: unknown) => {
      this.#log.fault(error, id, '/ready');
      return false;
    });
    if (answer === LATE || answer === false) throw refusal('store.unavailable');
    return { status: 200, body: { status: 'ready' } };
  }

  /** Who asks, and their ledger. */
  async #acting(passing: Passing, context: unknown): Promise<Acting> {
    const { request } = passing;
    const caller = await this.#signIn.caller(request, context, (name, ask) =>
      this.#hook(name, passing.id, ask),
    );
    passing.caller = caller;
    const seconds = this.#rates.take(keyOf(caller));
    if (seconds !== undefined)
      throw refusal('limit.rate', { seconds }, { headers: { 'retry-after': String(seconds) } });
    const { ledger, ledgerFor } = this.#options;
    const own = ledger ?? (await ledgerFor?.(caller, context));
    if (own === undefined) throw new LedgerError('store.unavailable');
    return new Acting(own, caller, this.#around, request.signal);
  }

  async #may(caller: Caller, act: ServerAct): Promise<boolean> {
    const { authorize } = this.#options;
    if (authorize === undefined) return act.kind !== 'verify';
    return (await this.#hook('authorize', '', () => authorize(caller, act))) === true;
  }

  /** What the host answers; a hook that does not work lets nobody through. */
  async #hook<T>(hook: string, requestId: string, ask: () => T | Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw isLedgerError(error) ? error : this.#badHook(hook, requestId, error);
    }
  }

  #badHook(hook: string, requestId: string, error: unknown): LedgerError {
    this.#log.fault(error, requestId, null);
    return new LedgerError('hook.failed', { details: { hook } });
  }

  async #run(passing: Passing, exchange: Exchange, acting: Acting): Promise<Answer | Response> {
    const { route, request } = exchange;
    const { limits } = this.#around;
    if (route.act.kind !== 'port') {
      const seconds = limits.questionSeconds * 1000;
      const { signal, abort, free } = linked(request.signal, this.#closing.signal);
      const timer = seconds > LONGEST_WAIT ? undefined : setTimeout(abort, seconds);
      return runResource(exchange, acting, signal).finally(() => {
        clearTimeout(timer);
        free();
      });
    }
    switch (route.act.name) {
      case 'capabilities':
        return port.capabilities(acting);
      case 'commands':
        return port.commands(exchange, acting, { max: limits.commands, fault: this.#fault(passing) });
      case 'query':
        return port.query(exchange, acting);
      case 'head':
        return port.head(acting);
      case 'verify':
        return port.verify(exchange, acting);
      case 'changes':
        return this.#changes(passing, exchange, acting);
      default:
        throw refusal('request.unknown');
    }
  }

  async #changes(passing: Passing, exchange: Exchange, acting: Acting): Promise<Answer | Response> {
    const { args, stream } = this.#feed.read(exchange);
    if (!stream) return this.#feed.poll(args, acting, exchange.request.signal);
    let over = (): void => undefined;
    const streaming = new Promise<void>((resolve) => {
      over = resolve;
    });
    const body = await this.#feed.stream(exchange, args, acting, (bytes) => {
      this.#log.request(this.#line(passing, 200, bytes));
      over();
    });
    this.#track(streaming);
    return new Response(body, {
      headers: { 'content-type': mediaTypes.events, 'x-accel-buffering': 'no' },
    });
  }

  /** Notes what whoever runs the server has to know of. */
  #fault({ id, route }: Passing): (error: unknown) => void {
    return (error) => this.#log.fault(error, id, route?.path ?? null);
  }

  #failed(passing: Passing, error: unknown): Answer {
    const { id, exchange } = passing;
    const { challenge = 'Bearer' } = this.#options;
    const refused = named(error, id, this.#fault(passing));
    if (isFault(refused.problem)) this.#fault(passing)(refused.problem);
    const commandId = exchange?.commandId;
    return problemOf(refused, { requestId: id, pages: this.#pages, challenge, commandId });
  }

  #line({ request, id, began, route, caller }: Passing, status: number, bytes: number) {
    return {
      requestId: id,
      method: request.method,
      route: route?.path ?? null,
      status,
      ms: this.#log.now() - began,
      bytes,
      tenant: caller?.tenant,
    };
  }

  /** The answer with the headers all of them have, noted in the log. */
  #respond(passing: Passing, answer: Answer | Response): Response {
    const { request, id, exchange } = passing;
    const response = answer instanceof Response ? answer : rendered(answer, request.method === 'HEAD');
    guard(request, this.#options.origins ?? [], response.headers);
    response.headers.set('x-request-id', id);
    if (exchange?.commandId !== undefined)
      response.headers.set(headers.idempotencyKey, safely(exchange.commandId));
    if (response.headers.get('content-type') !== mediaTypes.events) {
      const bytes = Number(response.headers.get('content-length') ?? 0);
      this.#log.request(this.#line(passing, response.status, request.method === 'HEAD' ? 0 : bytes));
    }
    return response;
  }
}

/** A text that may stand in a header; what the sender made up may be anything. */
const safely = (text: string): string => (/^[\x21-\x7e]{1,64}$/.test(text) ? text : '');

/** Whether a ledger answers. */
async function answers(ledger: NonNullable<ServerOptions['ledger']>): Promise<boolean> {
  const { state } = ledger.status();
  if (state !== 'open' && state !== 'readonly') return false;
  await ledger.head().catch((error: unknown) => {
    if (!isLedgerError(error) || error.kind !== 'unsupported') throw error;
  });
  return true;
}
