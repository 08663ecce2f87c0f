/**
 * What a smaller server offers: the capabilities of a ledger narrowed, and the refusal of what is beyond them,
 * so that a test sees an element ask only for what it was offered.
 */
import {
  type LedgerCapabilities,
  LedgerError,
  type ListQuery,
  type QueryCapabilities,
} from '../core/index.ts';

/** Something a list may have and a simple server lacks. */
export type ListAbility =
  | 'skip'
  | 'total'
  | 'search'
  | 'values'
  | 'groups'
  | 'sums'
  | 'comparisons'
  | 'attributes'
  | 'asOf';

/** How the ledger's capabilities are narrowed. */
export interface Narrowing {
  /** Taken from every list. @example ['skip', 'total', 'groups'] */
  readonly without?: readonly ListAbility[];
  /** The only sorts and filters left, of every list that has them. */
  readonly sorts?: readonly string[];
  readonly filters?: readonly string[];
  /** Sorts in one question. */
  readonly sortDepth?: number;
  /** Per query: fields of its capabilities, or false where it is not there at all. */
  readonly queries?: Readonly<Record<string, Partial<QueryCapabilities> | false>>;
  /** Per command, by its name with the version: the reason why it cannot be done. */
  readonly commands?: Readonly<Record<string, string>>;
  readonly durability?: LedgerCapabilities['durability'];
}

/** Capabilities as a narrowing, or made by a function from the ledger's own. */
export type Offer = Narrowing | ((full: LedgerCapabilities) => LedgerCapabilities);

const only = (names: readonly string[], kept: readonly string[] | undefined): readonly string[] =>
  kept === undefined ? names : names.filter((name) => kept.includes(name));

/** What a list is left with. */
function narrowedList(list: QueryCapabilities, offer: Narrowing): QueryCapabilities {
  const left: Record<string, unknown> = { ...list };
  for (const ability of offer.without ?? []) {
    if (ability === 'total' || ability === 'search') left[ability] = false;
    else delete left[ability];
  }
  left.sorts = only(list.sorts, offer.sorts);
  left.filters = only(list.filters, offer.filters);
  if (offer.sortDepth !== undefined) left.sortDepth = offer.sortDepth;
  return left as unknown as QueryCapabilities;
}

/** The capabilities a narrowed server tells. */
export function narrowed(full: LedgerCapabilities, offer: Offer | undefined): LedgerCapabilities {
  if (offer === undefined) return full;
  if (typeof offer === 'function') return offer(full);
  const queries: Record<string, QueryCapabilities | true> = {};
  for (const [name, offered] of Object.entries(full.queries)) {
    const own = offer.queries?.[name];
    if (own === false) continue;
    const list = offered === true ? true : narrowedList(offered, offer);
    queries[name] = own === undefined || list === true ? list : { ...list, ...own };
  }
  const { durability = full.durability } = offer;
  return { commands: { ...full.commands, ...offer.commands }, queries, durability };
}

const unsupported = (path: string, what: string): LedgerError =>
  new LedgerError('query.unsupported', { path, details: { what } });

const isAttribute = (name: string): boolean => name.startsWith('attributes.');

type Comparison = 'in' | 'like' | 'from' | 'to' | 'isNull';

function checkFilter(filter: NonNullable<ListQuery['filter']>, offered: QueryCapabilities): void {
  for (const [name, value] of Object.entries(filter)) {
    const path = `filter.${name}`;
    if (isAttribute(name) ? !offered.attributes : !offered.filters.includes(name)) {
      throw unsupported(path, `filter by ${name}`);
    }
    if (isAttribute(name)) continue; // has every comparison
    if (typeof value !== 'object' || value === null || offered.comparisons === undefined) continue;
    const known = offered.comparisons[name] ?? [];
    const beyond = Object.keys(value).find((each) => !known.includes(each as Comparison));
    if (beyond !== undefined) throw unsupported(`${path}.${beyond}`, `${beyond} of ${name}`);
  }
}

/**
 * Refuses a list's question that goes beyond what is offered.
 * @throws LedgerError query.unsupported with the path of what is beyond
 */
export function checkList(query: ListQuery, offered: QueryCapabilities): void {
  const { filter = {}, sort = [], search, skip, total } = query;
  checkFilter(filter, offered);
  if (sort.length > (offered.sortDepth ?? 1)) throw unsupported('sort[1]', 'so many sorts');
  for (const [i, each] of sort.entries()) {
    const name = each.replace(/^-/, '');
    if (isAttribute(name) ? !offered.attributes : !offered.sorts.includes(name)) {
      throw unsupported(`sort[${i}]`, `sort by ${name}`);
    }
  }
  if (search && !offered.search) throw unsupported('search', 'search');
  if (skip !== undefined && !offered.skip) throw unsupported('skip', 'skip');
  if (total && !offered.total) throw unsupported('total', 'total');
}

interface Grouped {
  readonly field?: string;
  readonly groupBy?: readonly string[];
  readonly sums?: readonly string[];
}

/** Refuses a value list or a summary beyond what the list of the same records offers. */
function checkBeside(name: string, args: Grouped, { queries }: LedgerCapabilities): void {
  const [, resource, kind] = /^(.+)\.(values|summary)$/.exec(name) ?? [];
  const list = queries[`${resource}.list`];
  if (list === undefined || list === true) return;
  const ofAttribute = isAttribute(args.field ?? '') && list.attributes === true;
  if (kind === 'values' && !ofAttribute && !list.values?.includes(args.field ?? '')) {
    throw unsupported('field', `values of ${args.field}`);
  }
  if (kind !== 'summary') return;
  for (const field of args.groupBy ?? [])
    if (!list.groups?.includes(field)) throw unsupported('groupBy', `groups by ${field}`);
  for (const field of args.sums ?? [])
    if (!list.sums?.includes(field)) throw unsupported('sums', `sums of ${field}`);
}

/**
 * Refuses a question this server does not know or that asks for more than it offers.
 * @throws LedgerError query.unsupported
 */
export function checkQuestion(name: string, args: unknown, capabilities: LedgerCapabilities): void {
  const offered = capabilities.queries[name];
  if (offered === undefined) throw unsupported('', name);
  if (offered !== true) checkList((args ?? {}) as ListQuery, offered);
  else checkBeside(name, (args ?? {}) as Grouped, capabilities);
}
