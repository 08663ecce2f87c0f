/** Finds the line of the route table that a method and a path mean. */
import { LedgerError } from '../core/index.ts';
import type { Route } from './routes/index.ts';

/** What was found: the route and the texts that stand in its path; or which methods the path has. */
export type Found =
  | { readonly route: Route; readonly params: ReadonlyMap<string, string> }
  | { readonly methods: readonly string[] };

interface Line {
  readonly route: Route;
  readonly parts: readonly string[];
}

const isName = (part: string): boolean => part.startsWith('{');

/** Literal parts go before names, from the left. */
const rank = ({ parts }: Line): string => parts.map((part) => (isName(part) ? '1' : '0')).join('');

function textOf(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new LedgerError('field.characters', { path: 'path', cause });
  }
}

/** A table of routes, by the number of their parts. */
export class Router {
  readonly #lines = new Map<number, Line[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const parts = route.path.slice(1).split('/');
      const lines = this.#lines.get(parts.length) ?? [];
      lines.push({ route, parts });
      this.#lines.set(parts.length, lines);
    }
    for (const lines of this.#lines.values())
      lines.sort((a, b) => (rank(a) < rank(b) ? -1 : Number(rank(a) !== rank(b))));
  }

  /**
   * The route of a method and a path; `HEAD` is a `GET`. Undefined where there is nothing at this path.
   * @throws LedgerError field.characters for a path that is not written as a path is
   */
  find(method: string, path: string): Found | undefined {
    const given = path.slice(1).split('/');
    const wanted = method === 'HEAD' ? 'GET' : method;
    const fitting = (this.#lines.get(given.length) ?? []).filter(({ parts }) =>
      parts.every((part, i) => (isName(part) ? given[i] !== '' : part === given[i])),
    );
    const line = fitting.find(({ route }) => route.method === wanted);
    if (line) return { route: line.route, params: paramsOf(line, given) };
    if (fitting.length === 0) return undefined;
    const methods = new Set(fitting.map(({ route }): string => route.method));
    if (methods.has('GET')) methods.add('HEAD');
    return { methods: [...methods, 'OPTIONS'] };
  }
}

const paramsOf = ({ parts }: Line, given: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    parts.flatMap((part, i): [string, string][] =>
      isName(part) ? [[part.slice(1, -1), textOf(given[i] as string)]] : [],
    ),
  );
