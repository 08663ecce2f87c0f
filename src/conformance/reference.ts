/**
 * A naive answer to any question: filter everything, sort everything, cut. It shares no code with the
 * executor of core (folding apart, which is part of the question language), so that the two judge each other.
 */
import {
  type AggregateOptions,
  type Condition,
  type FindOptions,
  type FindPage,
  fold,
  type GroupPage,
  type IndexPart,
  type Scalar,
  type StoredRecord,
  type Table,
} from '../core/adapter-kit.ts';

/** The value of a field: of the part with this name, else of the record. */
function fieldOf(table: Table, record: StoredRecord, field: string): Scalar {
  const specs = Object.values(table.indexes ?? {}).flatMap((index) => [...index.parts]);
  const uniques = Object.values(table.unique ?? {}).flat();
  const parts = [...specs, ...uniques, ...(table.search ?? []), ...(table.fields ?? [])];
  const part = parts.find((one) => one.name === field);
  const value = part === undefined ? Reflect.get(record, field) : part.of(record as never);
  return value === undefined || typeof value === 'object' ? null : (value as Scalar);
}

function compareTexts(a: string, b: string): number {
  const x = [...a].map((character) => character.codePointAt(0) as number);
  const y = [...b].map((character) => character.codePointAt(0) as number);
  for (let i = 0; i < x.length && i < y.length; i++) {
    if (x[i] !== y[i]) return (x[i] as number) - (y[i] as number);
  }
  return x.length - y.length;
}

/** Compares two values that are not null and of one type. */
function compareValues(a: Scalar, b: Scalar): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  return Number(a) - Number(b) || 0;
}

/** Where a value's type stands among others: booleans, numbers, texts. */
const typeOrder = (value: Scalar): number => ['boolean', 'number', 'string'].indexOf(typeof value);

/** Compares two keys of one length, part by part; `falls` says which parts descend. */
function compareKeys(a: readonly Scalar[], b: readonly Scalar[], falls: readonly boolean[] = []): number {
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as Scalar;
    const y = b[i] as Scalar;
    if (x === y) continue;
    if (x === null) return 1;
    if (y === null) return -1;
    const order = typeOrder(x) - typeOrder(y) || compareValues(x, y);
    if (order !== 0) return falls[i] === true ? -order : order;
  }
  return 0;
}

type Token = { readonly text: string } | 'any' | 'one';

/** A pattern in tokens; characters that stand for themselves are folded together. */
function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  const rest = [...pattern];
  let text = '';
  while (rest.length > 0) {
    const character = rest.shift() as string;
    if (character !== '%' && character !== '_') {
      text += character === '\\' && rest.length > 0 ? rest.shift() : character;
      continue;
    }
    tokens.push({ text: fold(text) }, character === '%' ? 'any' : 'one');
    text = '';
  }
  return [...tokens, { text: fold(text) }];
}

/** Whether a text fits a pattern, by following every place the tokens so far can end at. */
function like(text: string, pattern: string): boolean {
  const characters = [...fold(text)];
  let ends = new Set([0]);
  for (const token of tokensOf(pattern)) {
    const next = new Set<number>();
    for (const at of ends) {
      if (token === 'any') for (let i = at; i <= characters.length; i++) next.add(i);
      else if (token === 'one') next.add(at + 1);
      else if (characters.slice(at).join('').startsWith(token.text)) next.add(at + [...token.text].length);
    }
    ends = next;
  }
  return ends.has(characters.length);
}

function holds(table: Table, record: StoredRecord, condition: Condition): boolean {
  const value = fieldOf(table, record, condition.field);
  if (condition.op === 'eq') return value === condition.value;
  if (condition.op === 'ne') return value !== condition.value;
  if (condition.op === 'in') return condition.values.some((one) => one === value);
  if (condition.op === 'null') return (value === null) === condition.value;
  if (condition.op === 'like') return typeof value === 'string' && like(value, condition.pattern);
  if (value === null || typeof value !== typeof condition.value) return false;
  const order = compareValues(value, condition.value);
  return condition.op === 'from' ? order >= 0 : order <= 0;
}

function found(table: Table, record: StoredRecord, search: NonNullable<FindOptions['search']>): boolean {
  const text = fold(search.text);
  const inParts = (table.search ?? []).some((part) => {
    const value = part.of(record as never);
    return typeof value === 'string' && fold(value).includes(text);
  });
  return inParts || (search.or ?? []).some((condition) => holds(table, record, condition));
}

interface Order {
  readonly keyOf: (record: StoredRecord) => Scalar[];
  readonly falls: readonly boolean[];
}

/** The order of a question: one index whole, or the first parts of several and the id upwards. */
function orderOf(table: Table, { order, reverse, then = [] }: FindOptions): Order {
  const partsOf = (name: string): readonly IndexPart[] => {
    const spec = table.indexes?.[name];
    if (spec === undefined) throw new Error(`no index ${name}`);
    return spec.parts;
  };
  const read = (parts: readonly IndexPart[]) => (record: StoredRecord) => [
    ...parts.map((part) => part.of(record as never) ?? null),
    record.id,
  ];
  if (then.length === 0) {
    const parts = partsOf(order);
    return { keyOf: read(parts), falls: [...parts, 'id'].map(() => reverse === true) };
  }
  const all = [{ order, reverse }, ...then];
  return {
    keyOf: read(all.map((one) => partsOf(one.order)[0] as IndexPart)),
    falls: [...all.map((one) => one.reverse === true), false],
  };
}

type Asked = Pick<FindOptions, 'where' | 'search'>;

const meant = (table: Table, records: readonly StoredRecord[], { where = [], search }: Asked) =>
  records
    .filter((record) => where.every((condition) => holds(table, record, condition)))
    .filter((record) => search === undefined || found(table, record, search));

function totalOf(total: FindOptions['total'], count: number): Pick<FindPage, 'total' | 'capped'> {
  if (typeof total === 'number') return count > total ? { total, capped: true } : { total: count };
  return total === true ? { total: count } : {};
}

/** Answers a question the slow and obvious way. */
export function answer(table: Table, records: readonly StoredRecord[], options: FindOptions): FindPage {
  const { keyOf, falls } = orderOf(table, options);
  const spec = table.indexes?.[options.order];
  const matching = meant(table, records, options)
    .filter((record) => spec?.where?.(record as never) ?? true)
    .map((record) => ({ record, key: keyOf(record) }))
    .sort((a, b) => compareKeys(a.key, b.key, falls));
  const { after, skip = 0 } = options;
  const rest =
    after === undefined ? matching : matching.filter((row) => compareKeys(row.key, after, falls) > 0);
  const page = rest.slice(skip, skip + options.limit);
  const last = page.at(-1);
  return {
    records: page.map((row) => row.record),
    ...(rest.length > skip + page.length && last !== undefined ? { next: last.key } : {}),
    ...totalOf(options.total, matching.length),
  };
}

/** Groups records the slow and obvious way. */
export function aggregated(
  table: Table,
  records: readonly StoredRecord[],
  options: AggregateOptions,
): GroupPage {
  const { groupBy, sums = [], after, limit = Number.POSITIVE_INFINITY } = options;
  const members = new Map<string, { readonly key: readonly Scalar[]; readonly records: StoredRecord[] }>();
  for (const record of meant(table, records, options)) {
    const key = groupBy.map((field) => fieldOf(table, record, field));
    const name = JSON.stringify(key);
    const group = members.get(name) ?? { key, records: [] };
    group.records.push(record);
    members.set(name, group);
  }
  const whole = (record: StoredRecord, field: string): bigint => {
    const value = fieldOf(table, record, field);
    return Number.isSafeInteger(value) ? BigInt(value as number) : 0n;
  };
  const groups = [...members.values()]
    .sort((a, b) => compareKeys(a.key, b.key))
    .filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
    .map(({ key, records: all }) => ({
      key,
      count: all.length,
      sums: sums.map((field) => String(all.reduce((sum, record) => sum + whole(record, field), 0n))),
    }));
  const page = groups.slice(0, limit);
  const last = page.at(-1);
  return groups.length > page.length && last !== undefined
    ? { groups: page, next: last.key }
    : { groups: page };
}
