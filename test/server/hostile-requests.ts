/** Requests that somebody means no good with, made from the route table and the schemas of the arguments. */
import { commandContracts, queryContracts } from '../../src/core/contract.ts';
import type { Route } from '../../src/server/routes/index.ts';
import { oddNames, oddValues, type Place, placesIn, put, type Shapes } from '../core/shapes.ts';
import type { Asking } from './setup.ts';

export interface Sent extends Asking {
  readonly path: string;
}

type Fields = Record<string, unknown>;

const schemas = new Map(
  [...commandContracts, ...queryContracts].map(({ name, schema }) => [name, schema] as const),
);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is there of a route before anybody spoils it. */
export interface Good {
  readonly route: Route;
  /** Texts of the path and the query string. */
  readonly path: Record<string, string>;
  readonly query: Record<string, string>;
  readonly body: unknown;
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** Arguments as a request of a route says them. */
export function goodFor(route: Route, shapes: Shapes): Good {
  const { act, args: form = {} } = route;
  const schema = act.kind === 'command' || act.kind === 'query' ? schemas.get(act.name) : undefined;
  const made = schema ? shapes.good(schema) : {};
  const args: Fields = isFields(made) ? { ...made } : {};
  const taken = (name: string): unknown => {
    const value = args[name];
    delete args[name];
    return value;
  };
  const path = Object.fromEntries(
    (form.path ?? []).map(({ name, argument = name }) => [name, textOf(taken(argument) ?? 'MILK')]),
  );
  const query = Object.fromEntries(
    (form.query ?? []).flatMap(({ name, argument = name }): [string, string][] => {
      const value = taken(argument);
      return value === undefined || value === null ? [] : [[name, textOf(value)]];
    }),
  );
  for (const name of Object.keys(form.fixed ?? {})) taken(name);
  if (form.finds !== undefined) taken('id');
  if (route.version !== undefined) taken('version');
  const body =
    form.body === undefined
      ? undefined
      : form.body === 'whole'
        ? made
        : form.body === 'arguments'
          ? args
          : args[form.body.argument];
  return { route, path, query, body };
}

/** A request of a route. */
export function requestOf({ route, path, query, body }: Good): Sent {
  const filled = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(wellFormed(path[name] ?? 'x')),
  );
  const asked = Object.entries(query).map(
    ([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(wellFormed(text))}`,
  );
  return {
    path: filled + (asked.length > 0 ? `?${asked.join('&')}` : ''),
    method: route.method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) ?? 'null' }),
    headers: route.version === undefined ? {} : { 'if-match': '"1"' },
  };
}

/** No address has lone surrogates: whoever sends them has them replaced before. */
const wellFormed = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));

function spoil({ of, key }: Place, value: unknown, how: number): void {
  const held = (of as Fields)[key as string];
  if (how === 0 && !Array.isArray(of)) delete (of as Fields)[key as string];
  else if (how === 1 && isFields(held)) put(held, String(value), 1);
  else put(of, String(key), value);
}

/** The good request, with one thing spoilt in each: every field of the body, the path and the query string. */
export function* spoiltOf(good: Good, shapes: Shapes): Generator<Sent> {
  const odd = (): unknown => shapes.pick(oddValues);
  yield requestOf(good);
  if (good.body !== undefined) {
    const count = placesIn({ body: good.body }).length;
    for (let i = 0; i < count; i++) {
      const holder = structuredClone({ body: good.body });
      const how = shapes.below(6);
      spoil(placesIn(holder)[i] as Place, how === 1 ? shapes.pick(oddNames) : odd(), how);
      yield requestOf({ ...good, body: holder.body });
    }
  }
  for (const part of ['path', 'query'] as const)
    for (const name of Object.keys(good[part]))
      yield requestOf({ ...good, [part]: { ...good[part], [name]: textOf(odd()) } });
}

/** The same for arguments that are sent by the name of their command or question. */
export function* spoiltArgs(args: unknown, shapes: Shapes): Generator<unknown> {
  yield args;
  const count = placesIn({ args }).length;
  for (let i = 0; i < count; i++) {
    const holder = structuredClone({ args });
    const how = shapes.below(6);
    spoil(placesIn(holder)[i] as Place, how === 1 ? shapes.pick(oddNames) : shapes.pick(oddValues), how);
    yield holder.args;
  }
}
