/** Answers a route that is a command, a question, or several of them together. */
import { isLedgerError, LedgerError, type Receipt } from '../core/index.ts';
import { headers } from '../wire/index.ts';
import type { Acting } from './acting.ts';
import type { Answer } from './answers.ts';
import { envelopeOf, idOf } from './envelope.ts';
import { type Fields, isFields, saidInside, saidOutside, together } from './parameters.ts';
import { Refusal, refusal } from './refusals.ts';
import type { CommandAct, ResourceAct, Route, Said } from './routes/index.ts';
import { etagOf, isKnown, versionIn } from './versions.ts';

/** A request on its way through a route. */
export interface Exchange {
  readonly request: Request;
  readonly route: Route;
  readonly params: ReadonlyMap<string, string>;
  readonly search: URLSearchParams;
  /** Its body, read once it is asked for. */
  readonly body: () => Promise<unknown>;
  /** Where the server was mounted. */
  readonly base: string;
  /** The id of the command, told in the answer whatever becomes of it. */
  commandId?: string;
}

/** Refuses what this ledger cannot do, with its reason. */
function checkOffered(acting: Acting, commands: readonly string[], queries: readonly string[]): void {
  const { capabilities } = acting.ledger;
  for (const name of commands) {
    const offered = Object.hasOwn(capabilities.commands, name) ? capabilities.commands[name] : undefined;
    if (offered === true) continue;
    const what = offered === undefined ? name : `${name} (${offered})`;
    throw new LedgerError('command.unsupported', {
      details: { what, ...(offered === undefined ? {} : { reason: offered }) },
    });
  }
  for (const name of queries) {
    if (!Object.hasOwn(capabilities.queries, name))
      throw new LedgerError('command.unsupported', { details: { what: name } });
  }
}

/** What was sent: arguments, and the envelope of a command. */
async function said(
  { route, params, search, body }: Exchange,
  acting: Acting,
): Promise<{ args: unknown; outside: Fields; envelope: Fields }> {
  const outside = saidOutside(route, params, search, acting.ledger.capabilities.queries);
  const inside = saidInside(route, await body());
  return {
    args: together(outside.args, inside.args),
    outside: outside.args,
    envelope: { ...outside.envelope, ...inside.envelope },
  };
}

/** Replaces the natural key of the path by the id of the record it means. */
async function found(route: Route, args: Fields, outside: Fields, acting: Acting): Promise<Fields> {
  const { finds } = route.args ?? {};
  if (finds === undefined) return args;
  const record = (await acting.ask(finds, outside)) as { readonly id: string };
  const others = Object.entries(args).filter(([name]) => !Object.hasOwn(outside, name));
  return { ...Object.fromEntries(others), id: record.id };
}

/** A record, or whatever is answered, with its headers. */
function answered({ request, route, base }: Exchange, body: unknown): Answer {
  const said: Record<string, string> = {};
  if (route.etag && isFields(body) && typeof body.version === 'number') {
    said.etag = etagOf(body.version, JSON.stringify(body));
    if (route.method === 'GET' && isKnown(request, said.etag)) return { status: 304, headers: said };
  }
  if (route.location !== undefined && isFields(body) && typeof body.id === 'string')
    said.location = base + route.location.replace('{id}', encodeURIComponent(body.id));
  return { status: route.status ?? 200, body: body ?? null, headers: said };
}

/** A refused receipt as what it is over HTTP; a version that was said in a header has a status of its own. */
function refusedAs(receipt: Receipt & { readonly outcome: 'refused' }, version: number | undefined): Refusal {
  const problem = LedgerError.from(receipt.problem);
  const said = receipt.replayed ? { headers: { [headers.replayed]: 'true' } } : {};
  const stale = problem.code === 'concurrency.stale' && version !== undefined;
  return new Refusal(problem, stale ? { ...said, status: 412 } : said);
}

/** What is answered where the reading of what was made is refused, or where it is gone again. */
async function readBack(act: CommandAct, acting: Acting, result: unknown, args: Fields): Promise<unknown> {
  if (act.answer === undefined) return undefined;
  try {
    return await act.answer((name, asked, options) => acting.ask(name, asked, options), { result, args });
  } catch (error) {
    if (isLedgerError(error) && (error.kind === 'forbidden' || error.kind === 'missing')) return result;
    throw error;
  }
}

async function command(act: CommandAct, exchange: Exchange, acting: Acting): Promise<Answer> {
  const { route, request } = exchange;
  const version = versionIn(request, route);
  const { args, outside, envelope } = await said(exchange, acting);
  const id = idOf(request, envelope);
  exchange.commandId = id;
  const { commandId: _id, ...how } = envelopeOf(envelope, id);
  const named = together(version === undefined ? {} : { version }, args);
  const asked = await found(route, isFields(named) ? named : {}, outside, acting);
  const [receipt] = await acting.execute([{ name: act.name, id, args: asked, ...how }], false);
  if (receipt === undefined) throw new LedgerError('store.unknown');
  if (receipt.outcome === 'refused') throw refusedAs(receipt, version);
  const replayed: Record<string, string> = receipt.replayed ? { [headers.replayed]: 'true' } : {};
  if (route.status === 204) return { status: 204, headers: replayed };
  const answer = answered(exchange, await readBack(act, acting, receipt.result, asked));
  return { ...answer, headers: { ...answer.headers, ...replayed } };
}

async function resource(
  act: ResourceAct,
  exchange: Exchange,
  acting: Acting,
  signal: AbortSignal,
): Promise<Answer> {
  const { args, envelope } = await said(exchange, acting);
  const id = idOf(exchange.request, envelope);
  exchange.commandId = id;
  const how: Said = { ...envelopeOf(envelope, id), signal };
  return answered(exchange, await act.run(acting.resources, isFields(args) ? args : {}, how));
}

/**
 * Answers a route of the table.
 * @throws LedgerError and Refusal for whatever is wrong with what was asked
 */
export async function runResource(exchange: Exchange, acting: Acting, signal: AbortSignal): Promise<Answer> {
  const { act } = exchange.route;
  switch (act.kind) {
    case 'query': {
      checkOffered(acting, [], [act.name]);
      const { args } = await said(exchange, acting);
      return answered(exchange, await acting.ask(act.name, args));
    }
    case 'command':
      checkOffered(acting, [act.name], []);
      return command(act, exchange, acting);
    case 'resource':
      checkOffered(acting, act.commands, act.queries);
      return resource(act, exchange, acting, signal);
    case 'port':
      throw refusal('request.unknown');
  }
}
