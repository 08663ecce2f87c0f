/** What the lines of the route table have in common: parameters, lists, records and their changes. */
import type { Ask, Made, Parameter, Route } from './route.ts';

/** A parameter of a path. */
export const inPath = (name: string, summary: string, argument: string = name): Parameter => ({
  name,
  type: 'text',
  required: true,
  summary,
  ...(argument === name ? {} : { argument }),
});

const parameter =
  (type: Parameter['type']) =>
  (name: string, summary: string): Parameter => ({ name, type, summary });

export const text = parameter('text');
export const number = parameter('number');
export const flag = parameter('flag');
export const texts = parameter('texts');

/** A text that is null when nothing stands behind its name. */
export const textOrNull = (name: string, summary: string): Parameter => ({
  ...text(name, summary),
  nullable: true,
});

export const id: Parameter = inPath('id', 'Id of the record.');
export const idOrCode: Parameter = inPath('id', 'Id of the record, or its code.');

export const asOf: readonly Parameter[] = [
  text('asOf', 'The end of this day, YYYY-MM-DD.'),
  number('seq', 'Only what the first so many entries of the journal say.'),
];

const filter: Parameter = {
  name: 'filter',
  type: 'json',
  summary: 'Filters as JSON, for what the filters by name cannot say: {"expiryDate":{"from":"2026-12-01"}}.',
};

/** Part of a longer answer. */
export const paged: readonly Parameter[] = [
  number('limit', 'Records on the page, 1 to 500; 50 unless said.'),
  text('cursor', '`next` of the page before.'),
];

const search = text('search', 'A text that occurs in what a quick search looks at.');

const listed: readonly Parameter[] = [
  filter,
  texts('sort', 'Sorts on offer, one after the other; `-name` descends.'),
  search,
  ...paged,
  number('skip', 'Leaves out so many; not together with a cursor.'),
  { name: 'total', type: 'total', summary: 'Counts all matches: `true`, or up to a number and no further.' },
];

/** The list of a resource, and the values of its fields. */
export const listRoutes = (tag: string, view: string, besides: readonly Parameter[] = []): Route[] => [
  {
    id: `${tag}.list`,
    method: 'GET',
    path: `/${tag}`,
    tag,
    summary: 'Lists them, page by page.',
    act: { kind: 'query', name: `${tag}.list` },
    args: { query: [...listed, ...besides], filtersOf: `${tag}.list` },
    answers: besides === asOf ? `Page<${view}>|Page<${view}At>` : `Page<${view}>`,
  },
  {
    id: `${tag}.values`,
    method: 'GET',
    path: `/values/${tag}/{field}`,
    tag,
    summary: 'The values of a field and how many records have each.',
    act: { kind: 'query', name: `${tag}.values` },
    args: {
      path: [inPath('field', 'A field whose values the list can tell.')],
      query: [filter, text('search', 'A text that occurs in the value, or in what it stands for.'), ...paged],
      filtersOf: `${tag}.list`,
    },
    answers: 'Page<FieldValue>',
  },
];

/** Groups, numbers and sums of a list. */
export const summaryRoute = (tag: string): Route => ({
  id: `${tag}.summary`,
  method: 'GET',
  path: `/summary/${tag}`,
  tag,
  summary: 'Groups of what matches, with their number and sums.',
  act: { kind: 'query', name: `${tag}.summary` },
  args: {
    query: [
      filter,
      search,
      texts('groupBy', 'Fields to group by, the outermost first; at most three.'),
      texts('sums', 'Fields to add up, per unit.'),
      number('limit', 'Groups of the first level, 1 to 500; 100 unless said.'),
      text('cursor', '`next` of the answer before.'),
    ],
    filtersOf: `${tag}.list`,
  },
  answers: 'Summary',
});

/** What was changed on a record. */
export const historyRoute = (tag: string, path = `/${tag}/{id}/history`): Route => ({
  id: `${tag}.history`,
  method: 'GET',
  path,
  tag,
  summary: 'What was changed on it, by whom, when and why, the newest first.',
  act: { kind: 'query', name: `${tag}.history` },
  args: {
    ...(path.includes('{id}') ? { path: [id] } : { fixed: { id: tag } }),
    query: [texts('field', 'Only these fields; inside an object by path: `lots.shelfLifeDays`.'), ...paged],
  },
  answers: 'Page<HistoryEntry>',
});

/** Reads the record a command was about. */
export const readBack =
  (query: string) =>
  (ask: Ask, { args }: Made): Promise<unknown> =>
    ask(query, { id: args.id });

/** Reads the record a command made. */
export const readMade =
  (query: string) =>
  (ask: Ask, { result }: Made): Promise<unknown> =>
    ask(query, { id: (result as { readonly id: string }).id });

/** How the path names a record; by its id unless said. */
interface Named {
  readonly path?: string;
  readonly named?: readonly Parameter[];
  /** What stands behind the id of the route, where the record has several paths. */
  readonly by?: string;
  readonly query?: readonly Parameter[];
}

/** Reads a record that has a version. */
export const getRoute = (
  tag: string,
  view: string,
  { path = `/${tag}/{id}`, named = [id], by = '', query }: Named = {},
): Route => ({
  id: `${tag}.get${by}`,
  method: 'GET',
  path,
  tag,
  summary: 'Reads one of them.',
  act: { kind: 'query', name: `${tag}.get` },
  args: { path: named, ...(query === undefined ? {} : { query }) },
  etag: true,
  answers: view,
});

/** A record, how the path names it, and what an edit of it is called. */
interface Recorded {
  readonly tag: string;
  readonly view: string;
  readonly path: string;
  readonly named: readonly Parameter[];
  /** What stands behind the id of these routes, where the record has several paths. */
  readonly by?: string;
  /** The argument an edit is. */
  readonly edit?: string;
  /** A question that finds the id. */
  readonly finds?: string;
  /** Parameters of the query string that help to name it. */
  readonly besides?: readonly Parameter[];
}

/** One record: read, changed, removed. */
export function recordRoutes(recorded: Recorded): Route[] {
  const { tag, view, path, named, by = '', edit = 'patch', finds, besides = [] } = recorded;
  const query = besides.length > 0 ? { query: besides } : {};
  const found = finds === undefined ? {} : { finds };
  const get = `${tag}.get`;
  return [
    getRoute(tag, view, { path, named, by, ...query }),
    {
      id: `${tag}.update${by}`,
      method: 'PATCH',
      path,
      tag,
      summary: 'Changes it: what is left out stays, null clears.',
      act: { kind: 'command', name: `${tag}.update@1`, answer: readBack(get) },
      args: { path: named, ...query, ...found, body: { argument: edit } },
      version: 'required',
      etag: true,
      answers: view,
    },
    {
      id: `${tag}.remove${by}`,
      method: 'DELETE',
      path,
      tag,
      summary: 'Removes it, where nothing refers to it.',
      act: { kind: 'command', name: `${tag}.remove@1` },
      args: { path: named, ...query, ...found },
      version: 'required',
      status: 204,
    },
  ];
}

/** Makes a record. */
export const createRoute = (tag: string, view: string): Route => ({
  id: `${tag}.create`,
  method: 'POST',
  path: `/${tag}`,
  tag,
  summary: 'Makes a new one.',
  act: { kind: 'command', name: `${tag}.create@1`, answer: readMade(`${tag}.get`) },
  args: { body: 'arguments' },
  etag: true,
  status: 201,
  location: `/${tag}/{id}`,
  answers: view,
});
