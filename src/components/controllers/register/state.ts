/**
 * The state of a register as plain data: what is taken from whoever brings one, whether two are the same, and
 * what differs. Bad parts are left out, never thrown at: a state comes from an address bar or an old browser.
 */
import type { FilterValue } from '../../core.ts';
import type { ColumnState, RegisterState } from './types.ts';

/** Groups inside groups, at most. */
export const GROUP_DEPTH = 3;
/** Narrowest and widest column, in em. */
export const COLUMN_WIDTH = { min: 3, max: 60 } as const;
/** Most rows a list gives at once. */
export const MOST_ROWS = 500;
/** The last page anybody can name: with the most rows a page still within what lists leave out at once. */
const LAST_PAGE = 1_000_000;
/** Characters of a search; lists take no more. */
export const SEARCH_LENGTH = 200;
/** A search as it is asked. */
export const searchOf = (text: string): string => text.trim().slice(0, SEARCH_LENGTH).trim();

/** The state of a register nobody has touched. */
export const firstState = (preset: string, sort: string): RegisterState => ({
  search: '',
  preset,
  filters: {},
  sort: [sort],
  group: [],
  columns: [],
  page: 1,
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || Number.isFinite(value) || ['string', 'boolean'].includes(typeof value);

const isBound = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

const parts: Readonly<Record<string, (value: unknown) => boolean>> = {
  in: (value) => Array.isArray(value) && value.every(isPlain),
  like: (value) => typeof value === 'string',
  from: isBound,
  to: isBound,
  isNull: (value) => typeof value === 'boolean',
};

/** Whether a list would take it for a filter. */
export function isFilterValue(value: unknown): value is FilterValue {
  if (isPlain(value)) return true;
  if (!isObject(value)) return false;
  const given = Object.entries(value).filter(([, part]) => part !== undefined);
  return given.length > 0 && given.every(([name, part]) => parts[name]?.(part) ?? false);
}

function filtersOf(value: unknown): Readonly<Record<string, FilterValue>> | undefined {
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, FilterValue] => isFilterValue(entry[1])),
  );
}

/** Texts, each once; `-code` and `code` are one sort. */
function textsOf(value: unknown, same: (text: string) => string = (text) => text): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const seen = new Set<string>();
  return value.filter((text): text is string => {
    if (typeof text !== 'string' || text === '' || seen.has(same(text))) return false;
    seen.add(same(text));
    return true;
  });
}

/** A width that can be drawn; undefined for what is none. */
export function widthOf(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const width = Math.min(COLUMN_WIDTH.max, Math.max(COLUMN_WIDTH.min, value));
  return Math.round(width * 100) / 100;
}

function columnOf(value: unknown): ColumnState | undefined {
  if (!isObject(value) || typeof value.key !== 'string') return undefined;
  const width = widthOf(value.width);
  return {
    key: value.key,
    ...(value.hidden === true ? { hidden: true } : {}),
    ...(width === undefined ? {} : { width }),
    ...(value.pin === 'start' || value.pin === 'end' ? { pin: value.pin } : {}),
  };
}

function columnsOf(value: unknown): ColumnState[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const seen = new Set<string>();
  return value.flatMap((one) => {
    const column = columnOf(one);
    if (column === undefined || seen.has(column.key)) return [];
    seen.add(column.key);
    return [column];
  });
}

const countOf = (value: unknown, most = Number.MAX_SAFE_INTEGER): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 ? Math.min(value, most) : undefined;

const densities: readonly unknown[] = ['compact', 'regular', 'comfortable'];

type Readers = { readonly [K in keyof RegisterState]-?: (value: unknown) => RegisterState[K] | undefined };

/** Each part as it is taken; undefined where it makes no sense. */
const readers: Readers = {
  search: (value) => (typeof value === 'string' ? searchOf(value) : undefined),
  preset: (value) => (typeof value === 'string' ? value : undefined),
  filters: filtersOf,
  sort: (value) => textsOf(value, bare),
  group: (value) => textsOf(value)?.slice(0, GROUP_DEPTH),
  columns: columnsOf,
  density: (value) => (densities.includes(value) ? (value as RegisterState['density']) : undefined),
  page: (value) => countOf(value, LAST_PAGE),
  rows: (value) => countOf(value, MOST_ROWS),
  view: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
};

/** The parts of a state that make sense. */
export function partsFrom(given: unknown): Partial<RegisterState> {
  if (!isObject(given)) return {};
  const parts = Object.entries(readers).flatMap(([name, take]) => {
    const value = Object.hasOwn(given, name) ? take(given[name]) : undefined;
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(parts);
}

/**
 * A whole state out of parts of one: what is missing or makes no sense stays as it is in `base`. Density, rows
 * and view are taken away by giving them as undefined.
 *
 * @example stateFrom({ sort: ['-code', 7], page: 'x' }, base) // base, sorted by code downwards
 */
export function stateFrom(given: unknown, base: RegisterState): RegisterState {
  const { density, rows, view, ...rest } = base;
  const left = Object.entries({ density, rows, view }).filter(
    ([name, value]) =>
      value !== undefined && !(isObject(given) && Object.hasOwn(given, name) && given[name] === undefined),
  );
  return { ...rest, ...Object.fromEntries(left), ...partsFrom(given) };
}

/** The field of a sort, without its direction. */
export const bare = (sort: string): string => sort.replace(/^-/, '');

/** Data as text, whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  );
}

export const same = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b);

/** Names of the parts in which two states differ. */
export function differing(a: RegisterState, b: RegisterState): (keyof RegisterState)[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof RegisterState>;
  return [...names].filter((name) => !same(a[name], b[name]));
}

/** What a saved view keeps of a state: what differs from the defaults, without page and view. */
export function viewState(state: RegisterState, defaults: RegisterState): Partial<RegisterState> {
  const names = differing(state, defaults).filter((name) => name !== 'page' && name !== 'view');
  return Object.fromEntries(names.map((name) => [name, state[name]]));
}
