/** What an operation answers: what was asked for, or a problem with one of the codes its status has. */
import { type ErrorCode, type ErrorKind, errorCatalogue } from '../../core/index.ts';
import { headers, mediaTypes } from '../../wire/index.ts';
import { statusOf } from '../refusals.ts';
import type { Route } from '../routes/index.ts';
import { type Components, refTo } from './components.ts';
import type { JsonSchema } from './json-schema.ts';

const codes = Object.entries(errorCatalogue) as [ErrorCode, { readonly kind: ErrorKind }][];

/** The codes of every status. What is not offered as an argument is invalid input. */
export const codesByStatus: ReadonlyMap<number, readonly ErrorCode[]> = (() => {
  const found = new Map<number, ErrorCode[]>();
  const add = (status: number, code: ErrorCode) => found.set(status, [...(found.get(status) ?? []), code]);
  for (const [code, { kind }] of codes) {
    add(statusOf({ kind, code, retry: 'never', details: {} }), code);
    if (kind === 'unsupported' && !code.startsWith('request.')) add(400, code);
    // what a command names and is not there is a refusal of the command
    if (kind === 'missing') add(422, code);
  }
  add(412, 'concurrency.stale');
  add(406, 'request.media');
  return found;
})();

/** What a status means here, in a few words. */
export const statusWords: Readonly<Record<number, string>> = {
  400: 'What was sent is not what is taken here; nothing was looked at beyond it.',
  401: 'Nobody is signed in.',
  403: 'Whoever is signed in may not.',
  404: 'There is no such record, or nothing at this address.',
  405: 'This address does not take the method.',
  406: 'The answer is JSON, which the request does not accept.',
  408: 'The request did not arrive in time.',
  409: 'It was changed meanwhile.',
  412: 'The record is no longer what `If-Match` says.',
  413: 'Larger, deeper or longer than is taken.',
  415: 'The body is not JSON.',
  422: 'A rule refuses it; the receipt of the refusal is kept under the id of the command.',
  428: '`If-Match` is missing.',
  429: 'Too much at once; `Retry-After` says when to try again.',
  500: 'The ledger is damaged and writes no more, or the server failed.',
  501: 'This ledger does not do that.',
  503: 'Not available now; the same id may be sent again.',
  507: 'There is no room left.',
};

/** The answer of one status, as a component. */
export const problemComponents = (components: Components): Record<string, JsonSchema> => {
  components.view('ProblemBody');
  return Object.fromEntries(
    Object.entries(statusWords).map(([status, description]) => {
      const own = {
        type: 'object',
        properties: {
          status: { const: Number(status) },
          code: { enum: codesByStatus.get(Number(status)) ?? [] },
        },
      };
      const schema = components.put(`Problem${status}`, { allOf: [refTo('ProblemBody'), own] });
      return [`Problem${status}`, { description, content: { [mediaTypes.problem]: { schema } } }];
    }),
  );
};

/** The statuses an operation may fail with. */
function failures({ act, args = {}, version, open, path }: Route): number[] {
  if (open) return [];
  const writes = act.kind === 'command' || act.kind === 'resource';
  return [
    400,
    401,
    403,
    // what is named by the path, by a member of the body, or by a filter may not be there
    404,
    406,
    ...(args.body === undefined ? [] : [408]),
    ...(writes ? [409] : []),
    ...(version === undefined ? [] : [412]),
    413,
    ...(args.body === undefined ? [] : [415]),
    ...(writes || path.includes('preview') ? [422] : []),
    ...(version === 'required' ? [428] : []),
    429,
    500,
    501,
    503,
    ...(writes ? [507] : []),
  ];
}

const told: Readonly<Record<string, JsonSchema>> = {
  ETag: {
    description: 'The version of the record, for `If-Match`, and a mark of all that is told of it.',
    schema: { type: 'string' },
  },
  Location: { description: 'Where what was made can be read.', schema: { type: 'string' } },
  'Idempotency-Replayed': {
    description: '`true` where the command had been answered before; nothing was done again.',
    schema: { const: 'true' },
  },
};

function headersOf({ act, etag, location }: Route): JsonSchema {
  const replayed = 'Idempotency-Replayed';
  if (replayed.toLowerCase() !== headers.replayed)
    throw new Error('a header is described under another name');
  const names = [
    ...(etag ? ['ETag'] : []),
    ...(location === undefined ? [] : ['Location']),
    ...(act.kind === 'command' ? [replayed] : []),
  ];
  return names.length === 0 ? {} : { headers: Object.fromEntries(names.map((name) => [name, told[name]])) };
}

const state = (word: string): JsonSchema => ({
  type: 'object',
  properties: { status: { const: word } },
  required: ['status'],
});

/** What the paths of the server itself answer. */
const ofServer: Readonly<Record<string, JsonSchema>> = {
  health: { [mediaTypes.json]: { schema: state('ok') } },
  ready: { [mediaTypes.json]: { schema: state('ready') } },
  openapi: { [mediaTypes.json]: { schema: { type: 'object' } } },
};

function contentOf(components: Components, { id, answers }: Route): JsonSchema {
  const own = ofServer[id];
  if (own) return own;
  if (answers === undefined)
    return { [id === 'style' ? 'text/css' : 'text/html']: { schema: { type: 'string' } } };
  const json = { [mediaTypes.json]: { schema: components.answer(answers) } };
  return id === 'changes' ? { ...json, [mediaTypes.events]: { schema: { type: 'string' } } } : json;
}

/** How an operation fails that needs no sign-in. */
const failing: Readonly<Record<string, readonly number[]>> = { ready: [503], errorPage: [404] };

/** The answers of a route by their status. */
export function responsesOf(components: Components, route: Route): JsonSchema {
  const { status = 200, etag, method, id } = route;
  const good: JsonSchema =
    status === 204
      ? { description: 'Done.', ...headersOf(route) }
      : {
          description: status === 201 ? 'Done, and what was made.' : 'What was asked for.',
          ...headersOf(route),
          content: contentOf(components, route),
        };
  const bad = [...failures(route), ...(failing[id] ?? [])];
  return {
    [status]: good,
    ...(etag && method === 'GET' ? { 304: { description: 'It is what is known already.' } } : {}),
    ...Object.fromEntries(bad.map((each) => [each, { $ref: `#/components/responses/Problem${each}` }])),
  };
}
