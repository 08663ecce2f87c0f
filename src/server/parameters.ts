/** The arguments of a route: what stands in the path, in the query string and in the body, put together. */
import { LedgerError, type QueryCapabilities } from '../core/index.ts';
import { checkJson, parsed } from './body.ts';
import type { Parameter, Route } from './routes/index.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Members of a body, or names of a query string, that stand in a command's envelope. */
export const envelopeNames = ['commandId', 'reason', 'source', 'force'] as const;

const wrongType = (path: string | undefined, expected: string): never => {
  const details = { expected };
  throw new LedgerError('field.type', path === undefined ? { details } : { path, details });
};

const unknownName = (name: string): never => {
  throw new LedgerError('field.unknown', { path: name, details: { name } });
};

function numberOf(text: string, path: string): number {
  const number = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : (wrongType(path, 'number') as never);
}

function flagOf(text: string, path: string): boolean {
  if (text === 'true') return true;
  return text === 'false' ? false : (wrongType(path, 'true or false') as never);
}

/** Names are never written with a comma, so a list of them may be. */
const namesOf = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.split(',')).filter((name) => name !== '');

/** How deep and full JSON in an address may be; its length is bounded by whoever takes addresses. */
const IN_ADDRESS = { depth: 40, values: 10_000 } as const;

function argumentOf({ name, type, nullable }: Parameter, texts: readonly string[]): unknown {
  if (type === 'texts') return namesOf(texts);
  const [text = '', second] = texts;
  if (second !== undefined) throw new LedgerError('field.repeated', { path: name, details: { value: name } });
  if (nullable && text === '') return null;
  switch (type) {
    case 'number':
      return numberOf(text, name);
    case 'flag':
      return flagOf(text, name);
    case 'total':
      return /^\d/.test(text) ? numberOf(text, name) : flagOf(text, name);
    case 'json':
      checkJson(text, IN_ADDRESS);
      return parsed(text, name);
    default:
      return text;
  }
}

const operators = ['in', 'like', 'from', 'to', 'isNull'] as const;
type Operator = (typeof operators)[number];

const isOperator = (name: string): name is Operator => (operators as readonly string[]).includes(name);

/** A name of the query string as a filter of a list, with its comparison. */
function filterName(
  name: string,
  offered: QueryCapabilities,
): { readonly field: string; readonly operator?: Operator } | undefined {
  const isField = (field: string): boolean =>
    offered.filters.includes(field) || (offered.attributes === true && /^attributes\../.test(field));
  const dot = name.lastIndexOf('.');
  const [field, operator] = [name.slice(0, dot), name.slice(dot + 1)];
  if (dot > 0 && isOperator(operator) && isField(field)) return { field, operator };
  return isField(name) ? { field: name } : undefined;
}

/** Filters of a query string, put together field by field. */
class Filters {
  readonly #offered: QueryCapabilities;
  readonly #fields = new Map<string, Map<string, unknown>>();

  constructor(offered: QueryCapabilities) {
    this.#offered = offered;
  }

  /** Takes a name, if it is one of a filter. */
  take(name: string, texts: readonly string[]): boolean {
    const found = filterName(name, this.#offered);
    if (!found) return false;
    const { field, operator = texts.length > 1 ? 'in' : '' } = found;
    const comparisons = this.#fields.get(field) ?? new Map<string, unknown>();
    comparisons.set(operator, this.#value(field, operator, texts, name));
    this.#fields.set(field, comparisons);
    return true;
  }

  /** The argument `filter`, of these and of those written as JSON. */
  with(given: unknown): unknown {
    if (this.#fields.size === 0) return given;
    if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
      return given;
    const own = [...this.#fields].map(([field, comparisons]) => {
      if (given !== undefined && Object.hasOwn(given as object, field))
        throw new LedgerError('field.repeated', { path: `filter.${field}`, details: { value: field } });
      return [field, this.#filter(field, comparisons)];
    });
    return { ...(given as object | undefined), ...Object.fromEntries(own) };
  }

  #filter(field: string, comparisons: ReadonlyMap<string, unknown>): unknown {
    if (!comparisons.has('')) return Object.fromEntries(comparisons);
    if (comparisons.size === 1) return comparisons.get('');
    throw new LedgerError('field.repeated', { path: `filter.${field}`, details: { value: field } });
  }

  #value(field: string, operator: string, texts: readonly string[], name: string): unknown {
    if (operator === 'in') return texts.map((text) => this.#typed(field, text, name));
    const [text = '', second] = texts;
    if (second !== undefined)
      throw new LedgerError('field.repeated', { path: name, details: { value: name } });
    if (operator === 'isNull') return flagOf(text, name);
    return operator === 'like' ? text : this.#typed(field, text, name);
  }

  #typed(field: string, text: string, name: string): unknown {
    const type = this.#offered.types?.[field];
    if (type === 'flag') return flagOf(text, name);
    return type === 'number' ? numberOf(text, name) : text;
  }
}

const nothing: QueryCapabilities = { sorts: [], filters: [], search: false, total: false };

/** What a list offers, for a route whose query string may name its filters. */
const offeredOf = (
  queries: Readonly<Record<string, QueryCapabilities | true>>,
  list: string | undefined,
): QueryCapabilities => {
  const offered = list === undefined ? undefined : queries[list];
  return typeof offered === 'object' ? offered : nothing;
};

/** What a request says outside of its body. */
export interface Said {
  readonly args: Fields;
  /** What belongs to the envelope of a command that has no body. */
  readonly envelope: Fields;
}

/**
 * The arguments that stand in the path and the query string.
 * @throws LedgerError field.unknown, field.type, field.repeated, field.required, with the name as its path
 */
export function saidOutside(
  route: Route,
  params: ReadonlyMap<string, string>,
  search: URLSearchParams,
  queries: Readonly<Record<string, QueryCapabilities | true>>,
): Said {
  const { path = [], query = [], fixed = {}, filtersOf } = route.args ?? {};
  const filters = new Filters(offeredOf(queries, filtersOf));
  const args = new Map<string, unknown>(Object.entries(fixed));
  const envelope = new Map<string, unknown>();
  for (const each of path)
    args.set(each.argument ?? each.name, argumentOf(each, [params.get(each.name) as string]));
  for (const name of new Set(search.keys())) {
    const texts = search.getAll(name);
    const declared = query.find((each) => each.name === name);
    if (declared) args.set(declared.argument ?? name, argumentOf(declared, texts));
    else if (route.method === 'DELETE' && isEnvelope(name)) envelope.set(name, texts[0]);
    else if (!filters.take(name, texts)) unknownName(name);
  }
  for (const { name, required } of query) {
    if (required && !search.has(name)) throw new LedgerError('field.required', { path: name });
  }
  const filter = filters.with(args.get('filter'));
  if (filter !== undefined) args.set('filter', filter);
  return { args: Object.fromEntries(args), envelope: enveloped(envelope) };
}

const isEnvelope = (name: string): boolean => (envelopeNames as readonly string[]).includes(name);

/** In a query string a force is its reason. */
const enveloped = (said: ReadonlyMap<string, unknown>): Fields =>
  Object.fromEntries([...said].map(([name, value]) => [name, name === 'force' ? { reason: value } : value]));

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The body of a route with its envelope taken out. */
export function saidInside(route: Route, body: unknown): { args: unknown; envelope: Fields } {
  const { act, args = {} } = route;
  const form = args.body;
  if (form === undefined) {
    if (body !== undefined) throw new LedgerError('field.unknown', { details: { name: 'body' } });
    return { args: {}, envelope: {} };
  }
  if (form === 'whole') return { args: body, envelope: {} };
  if (body !== undefined && !isFields(body)) wrongType(undefined, 'object');
  const members: Fields = isFields(body) ? body : {};
  const beside = typeof form === 'object' ? form.beside : undefined;
  if (act.kind === 'query' && beside === undefined) return { args: wrapped(form, members), envelope: {} };
  const own = Object.entries(members).filter(([name]) => !isEnvelope(name));
  const envelope = Object.fromEntries(Object.entries(members).filter(([name]) => isEnvelope(name)));
  const asked = wrapped(form, Object.fromEntries(own));
  if (act.kind === 'query') {
    const also = Object.entries(envelope).filter(([name]) => (beside as readonly string[]).includes(name));
    return { args: { ...asked, ...Object.fromEntries(also) }, envelope: {} };
  }
  const reason = act.kind === 'command' && act.reasonToo && Object.hasOwn(envelope, 'reason');
  return { args: reason ? { ...asked, reason: envelope.reason } : asked, envelope };
}

const wrapped = (form: 'arguments' | { readonly argument: string }, members: Fields): Fields =>
  form === 'arguments' ? members : Object.fromEntries([[form.argument, members]]);

/**
 * Both together. What stands in the path or in a header is not said otherwise in the body.
 * @throws LedgerError field.repeated
 */
export function together(outside: Fields, inside: unknown): unknown {
  if (Object.keys(outside).length === 0) return inside;
  if (!isFields(inside)) return inside === undefined ? outside : wrongType(undefined, 'object');
  for (const [name, value] of Object.entries(outside)) {
    if (Object.hasOwn(inside, name) && inside[name] !== value)
      throw new LedgerError('field.repeated', { path: name, details: { value: name } });
  }
  return { ...inside, ...outside };
}
