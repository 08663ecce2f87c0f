/**
 * A naive answer to any question: filter everything, sort everything, cut. It shares no code with the
 * executor of core (folding apart, which is part of the question language), so that the two judge each other.
 */
import {
  type Condition,
  type FindOptions,
  type FindPage,
  fold,
  type IndexPart,
  type Scalar,
  type StoredRecord,
  type Table,
} from '../core/adapter-kit.ts';

/** The value of a field: of the part with this name, else of the record. */
function fieldOf(table: Table, record: StoredRecord, field: string): Scalar {
  const specs = Object.values(table.indexes ?? {}).flatMap((index) => [...index.parts]);
  const uniques = Object.values(table.unique ?? {}).flat();
  const part = [...specs, ...uniques, ...(table.search ?? [])].find((one) => one.name === field);
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

function compareKeys(a: readonly Scalar[], b: readonly Scalar[], reverse: boolean): number {
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as Scalar;
    const y = b[i] as Scalar;
    if (x === y) continue;
    if (x === null) return 1;
    if (y === null) return -1;
    const order = compareValues(x, y);
    if (order !== 0) return reverse ? -order : order;
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

/** Answers a question the slow and obvious way. */
export function answer(table: Table, records: readonly StoredRecord[], options: FindOptions): FindPage {
  const spec = table.indexes?.[options.order];
  if (spec === undefined) throw new Error(`no index ${options.order}`);
  const keyOf = (record: StoredRecord): Scalar[] => [
    ...spec.parts.map((part: IndexPart) => part.of(record as never) ?? null),
    record.id,
  ];
  const reverse = options.reverse === true;
  const matching = records
    .filter((record) => spec.where?.(record as never) ?? true)
    .filter((record) => (options.where ?? []).every((condition) => holds(table, record, condition)))
    .filter((record) => options.search === undefined || found(table, record, options.search))
    .map((record) => ({ record, key: keyOf(record) }))
    .sort((a, b) => compareKeys(a.key, b.key, reverse));
  const { after } = options;
  const rest =
    after === undefined ? matching : matching.filter((row) => compareKeys(row.key, after, reverse) > 0);
  const page = rest.slice(0, options.limit);
  const last = page.at(-1);
  return {
    records: page.map((row) => row.record),
    ...(rest.length > page.length && last !== undefined ? { next: last.key } : {}),
    ...(options.total === true ? { total: matching.length } : {}),
  };
}
