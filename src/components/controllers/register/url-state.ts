/**
 * A state in an address: short, only what differs from a base, every parameter under the register's own prefix.
 * What is read back is data of a stranger: what makes no sense is left out.
 *
 *     lots.q=cream  lots.show=expired  lots.sort=-expiryDate,code  lots.group=item  lots.page=3  lots.rows=50
 *     lots.view=mine  lots.density=compact  lots.cols=code!,item:12<  lots.f.status=HOLD  lots.f.code=~l2026%25
 */
import type { FilterValue } from '../../core.ts';
import { isFilterValue, partsFrom, same } from './state.ts';
import type { ColumnState, RegisterState } from './types.ts';

const FILTER = 'f.';
const NAMES = ['q', 'show', 'sort', 'group', 'page', 'rows', 'view', 'density', 'cols'] as const;
type Name = (typeof NAMES)[number];

/** A filter of the base that is taken away. */
const NO_FILTER = '~-';

/** Commas and marks of the notation inside a name. */
const packed = (text: string): string => encodeURIComponent(text);

function unpacked(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const listText = (texts: readonly string[]): string => texts.map(packed).join(',');
const listOf = (text: string): string[] => (text === '' ? [] : text.split(',').map(unpacked));

/** One plain value: texts as they are, others behind a mark. */
function plainText(value: string | number | boolean | null): string {
  if (value === null) return '~0';
  if (typeof value === 'number') return `~n${value}`;
  if (typeof value === 'boolean') return value ? '~t' : '~f';
  return value.startsWith('~') ? `~s${value}` : value;
}

function plainOf(text: string): string | number | boolean | null {
  if (!text.startsWith('~')) return text;
  const rest = text.slice(2);
  if (text[1] === 'n') return Number(rest);
  if (text[1] === 's') return rest;
  return text[1] === 't' ? true : text[1] === 'f' ? false : null;
}

/** A filter as a parameter: the usual ones short, the rest as JSON. */
function filterParameter(value: FilterValue): string {
  if (typeof value !== 'object' || value === null) return plainText(value);
  const names = Object.keys(value).filter((name) => value[name as 'in'] !== undefined);
  const [only] = names.length === 1 ? names : [];
  if (only === 'isNull') return value.isNull ? '~e' : '~x';
  if (only === 'like' && value.like !== undefined) return `~l${value.like}`;
  if (only === 'in' && value.in !== undefined) return `~i${listText(value.in.map(plainText))}`;
  return `~j${JSON.stringify(value)}`;
}

function filterOf(text: string): unknown {
  const rest = text.slice(2);
  switch (text.slice(0, 2)) {
    case '~e':
      return { isNull: true };
    case '~x':
      return { isNull: false };
    case '~l':
      return { like: rest };
    case '~i':
      return { in: listOf(rest).map(plainOf) };
    case '~j':
      return parsed(rest);
    default:
      return plainOf(text);
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const columnText = ({ key, hidden, width, pin }: ColumnState): string =>
  packed(key).replace(/[!]/g, '%21') +
  (hidden ? '!' : '') +
  (width === undefined ? '' : `:${width}`) +
  (pin === undefined ? '' : pin === 'start' ? '<' : '>');

function columnOf(text: string): unknown {
  const match = /^([^!:<>]+)(!?)(?::([\d.]+))?([<>]?)$/.exec(text);
  if (match === null) return undefined;
  const [, key = '', hidden, width, pin] = match;
  return {
    key: unpacked(key),
    ...(hidden ? { hidden: true } : {}),
    ...(width === undefined ? {} : { width: Number(width) }),
    ...(pin ? { pin: pin === '<' ? 'start' : 'end' } : {}),
  };
}

/** Each part of a state as the parameter it becomes. */
const parts: readonly {
  readonly name: Name;
  readonly of: keyof RegisterState;
  readonly write: (state: RegisterState) => string;
  readonly read: (text: string) => unknown;
}[] = [
  { name: 'q', of: 'search', write: ({ search }) => search, read: String },
  { name: 'show', of: 'preset', write: ({ preset }) => preset, read: String },
  { name: 'sort', of: 'sort', write: ({ sort }) => listText(sort), read: listOf },
  { name: 'group', of: 'group', write: ({ group }) => listText(group), read: listOf },
  { name: 'page', of: 'page', write: ({ page }) => String(page), read: Number },
  { name: 'rows', of: 'rows', write: ({ rows }) => String(rows ?? ''), read: Number },
  { name: 'view', of: 'view', write: ({ view }) => view ?? '', read: String },
  { name: 'density', of: 'density', write: ({ density }) => density ?? '', read: String },
  {
    name: 'cols',
    of: 'columns',
    write: ({ columns }) => columns.map(columnText).join(','),
    read: (text) => (text === '' ? [] : text.split(',').map(columnOf)),
  },
];

/** What every parameter of a register begins with; a prefix may bring its dot along. */
export const urlPrefix = (prefix: string): string => `${prefix.replace(/\.$/, '')}.`;

function own(params: URLSearchParams, prefix: string): string[] {
  const start = urlPrefix(prefix);
  return [...params.keys()].filter(
    (key) => key.startsWith(`${start}${FILTER}`) || NAMES.some((name) => key === `${start}${name}`),
  );
}

/** An address says something of this register. */
export const hasUrlState = (params: URLSearchParams, prefix: string): boolean =>
  own(params, prefix).length > 0;

/**
 * Writes into an address what a state has that `base` has not; parameters of others stay.
 *
 * @example writeUrlState(params, 'lots', { ...base, search: 'cream' }, base); // lots.q=cream
 */
export function writeUrlState(
  params: URLSearchParams,
  prefix: string,
  state: RegisterState,
  base: RegisterState,
): void {
  const start = urlPrefix(prefix);
  for (const key of own(params, prefix)) params.delete(key);
  for (const { name, of, write } of parts) {
    if (!same(state[of], base[of])) params.set(`${start}${name}`, write(state));
  }
  for (const name of new Set([...Object.keys(base.filters), ...Object.keys(state.filters)])) {
    const value = state.filters[name];
    if (same(value, base.filters[name])) continue;
    params.set(`${start}${FILTER}${name}`, value === undefined ? NO_FILTER : filterParameter(value));
  }
}

/**
 * The parts of a state an address names, over a base: whose filters hold unless the address says otherwise.
 * `view` is there, and undefined, where the address names none on purpose.
 */
export function readUrlState(
  params: URLSearchParams,
  prefix: string,
  base: Partial<RegisterState> = {},
): Partial<RegisterState> {
  const start = urlPrefix(prefix);
  const given: Record<string, unknown> = {};
  for (const { name, of, read } of parts) {
    const text = params.get(`${start}${name}`);
    if (text !== null) given[of] = read(text);
  }
  const filters: Record<string, FilterValue> = { ...base.filters };
  const filter = `${start}${FILTER}`;
  for (const [key, text] of params) {
    if (!key.startsWith(filter)) continue;
    const name = key.slice(filter.length);
    const value = filterOf(text);
    if (text === NO_FILTER) delete filters[name];
    else if (isFilterValue(value)) filters[name] = value;
  }
  return {
    ...partsFrom({ ...given, filters }),
    ...(params.get(`${start}view`) === '' ? { view: undefined } : {}),
  };
}
