/**
 * What Spatie's query builder and Laravel's pagination do with a question: filters, sorts and includes that are
 * allowed, 400 with their message for others, pages of a fixed size.
 */

export type Row = Record<string, unknown>;

/** How one list may be asked. */
export interface ListRules {
  readonly exact: readonly string[];
  readonly partial?: readonly string[];
  readonly sorts: readonly string[];
  readonly includes: readonly string[];
  /** Rows that are deleted softly, unless `filter[trashed]` says otherwise. */
  readonly softDeletes?: boolean;
}

/** An answer: a status and what Laravel would send. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Row;

  constructor(status: number, body: Row) {
    super(String(body.message));
    this.status = status;
    this.body = body;
  }
}

const bad = (message: string): Refusal => new Refusal(400, { message });
const listed = (names: readonly string[]): string => `\`${names.join(', ')}\``;

/** `filter[name]=…` by name; what the middleware trims is trimmed. */
function filtersOf(search: URLSearchParams): Map<string, string> {
  const filters = new Map<string, string>();
  for (const [key, value] of search) {
    const name = /^filter\[(.+)\]$/.exec(key)?.[1];
    if (name !== undefined && value.trim() !== '') filters.set(name, value.trim());
  }
  return filters;
}

/** A comma is "or"; the words for yes and no become values. */
const valuesIn = (text: string): (string | boolean)[] =>
  text.split(',').map((each) => (each === 'true' ? true : each === 'false' ? false : each));

/** What a database finds equal: numbers by value, flags as 0 and 1, texts without their case. */
const sqlText = (value: unknown): string =>
  value === true ? '1' : value === false ? '0' : String(value).toLowerCase();

function matches(row: Row, name: string, text: string, partial: boolean): boolean {
  const own = row[name];
  if (own === null || own === undefined) return false;
  const is = (value: string | boolean): boolean =>
    partial ? sqlText(own).includes(sqlText(value)) : sqlText(own) === sqlText(value);
  return valuesIn(text)
    .filter((value) => value !== '')
    .some(is);
}

/** MySQL: nulls first, texts without their case. */
function compare(a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [x, y] = [sqlText(a), sqlText(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function sorted(rows: readonly Row[], sorts: readonly string[]): Row[] {
  return [...rows].sort((a, b) => {
    for (const sort of sorts) {
      const name = sort.replace(/^-/, '');
      const order = compare(a[name] ?? null, b[name] ?? null);
      if (order !== 0) return sort.startsWith('-') ? -order : order;
    }
    return 0;
  });
}

/** What was asked to come with every row. */
export function includesOf(search: URLSearchParams, { includes }: ListRules): string[] {
  const asked = (search.get('include') ?? '').split(',').filter((name) => name !== '');
  const unknown = asked.filter((name) => !includes.includes(name));
  if (unknown.length === 0) return asked;
  throw bad(
    `Requested include(s) ${listed(unknown)} are not allowed. Allowed include(s) are ${listed(includes)}.`,
  );
}

/** The rows of a question, in its order. */
export function rowsOf(all: readonly Row[], search: URLSearchParams, rules: ListRules): Row[] {
  const { exact, partial = [], sorts, softDeletes = false } = rules;
  const allowed = [...exact, ...partial, ...(softDeletes ? ['trashed'] : [])];
  const filters = filtersOf(search);
  const unknown = [...filters.keys()].filter((name) => !allowed.includes(name));
  if (unknown.length > 0) {
    throw bad(
      `Requested filter(s) ${listed(unknown)} are not allowed. Allowed filter(s) are ${listed(allowed)}.`,
    );
  }
  const asked = (search.get('sort') ?? '').split(',').filter((name) => name !== '');
  const unsorted = asked.map((name) => name.replace(/^-/, '')).filter((name) => !sorts.includes(name));
  if (unsorted.length > 0) {
    throw bad(`Requested sort(s) ${listed(unsorted)} is not allowed. Allowed sort(s) are ${listed(sorts)}.`);
  }
  const trashed = filters.get('trashed');
  const there = all.filter(({ deleted_at }) => {
    const gone = deleted_at !== null && deleted_at !== undefined;
    return trashed === 'with' || gone === (trashed === 'only');
  });
  const found = there.filter((row) =>
    [...filters].every(
      ([name, text]) => name === 'trashed' || matches(row, name, text, partial.includes(name)),
    ),
  );
  return sorted(found, asked);
}

/** One page as Laravel's resource collections send it. */
export function pageOf(rows: readonly Row[], url: URL, size: number, shape: (row: Row) => Row): Row {
  const page = Math.max(1, Number(url.searchParams.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const shown = rows.slice((page - 1) * size, page * size);
  const path = url.origin + url.pathname;
  const link = (n: number): string | null => (n < 1 || n > last ? null : `${path}?page=${n}`);
  return {
    data: shown.map(shape),
    links: { first: link(1), last: link(last), prev: link(page - 1), next: link(page + 1) },
    meta: {
      current_page: page,
      from: shown.length === 0 ? null : (page - 1) * size + 1,
      last_page: last,
      links: [],
      path,
      per_page: size,
      to: shown.length === 0 ? null : (page - 1) * size + shown.length,
      total: rows.length,
    },
  };
}
