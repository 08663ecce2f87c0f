/**
 * Random questions to one collection: conditions of every kind on every part and on plain fields, with
 * values that occur and values that do not, searches, every order and several in turn, all directions,
 * positions, skips and limits, totals; and groups with sums.
 */
import type {
  AggregateOptions,
  Condition,
  FindOptions,
  Scalar,
  Sort,
  StoredRecord,
  Table,
} from '../core/adapter-kit.ts';
import type { Random } from './random.ts';

const strangers: readonly Exclude<Scalar, null>[] = [
  '',
  'milk',
  'ZZZ',
  '😀',
  '\uffff',
  0,
  1,
  -1,
  10.5,
  true,
  false,
];

const scalarOf = (record: StoredRecord, field: string, table: Table): Scalar => {
  const part = partsOf(table).find((one) => one.name === field);
  const value = part === undefined ? Reflect.get(record, field) : part.of(record as never);
  return typeof value === 'object' || value === undefined ? null : value;
};

const partsOf = (table: Table) => [
  ...Object.values(table.indexes ?? {}).flatMap((index) => [...index.parts]),
  ...Object.values(table.unique ?? {}).flat(),
  ...(table.search ?? []),
  ...(table.fields ?? []),
];

/** A pattern made from a text that occurs: pieces cut out, characters replaced, or everything escaped. */
function patternFrom(text: string, random: Random): string {
  const characters = [...text];
  const quoted = (character: string) => ('%_\\'.includes(character) ? `\\${character}` : character);
  let pattern = characters
    .map((character) => {
      if (random.oneIn(8)) return '_';
      if (random.oneIn(8)) return '%';
      return random.oneIn(10) ? character : quoted(character);
    })
    .join('');
  if (random.oneIn(2)) pattern = random.oneIn(2) ? pattern.toUpperCase() : pattern.toLowerCase();
  if (random.oneIn(3)) pattern = `%${pattern}`;
  if (random.oneIn(3)) pattern = `${[...pattern].slice(0, 4).join('')}%`;
  return random.oneIn(20) ? `${pattern}\\` : pattern;
}

export class Questions {
  readonly #table: Table;
  readonly #random: Random;
  readonly #records: readonly StoredRecord[];
  readonly #fields: readonly string[];

  constructor(table: Table, records: readonly StoredRecord[], random: Random) {
    this.#table = table;
    this.#random = random;
    this.#records = records;
    const own = new Set(records.flatMap((record) => Object.keys(record)));
    this.#fields = [...new Set([...partsOf(table).map((part) => part.name), ...own, 'no such field'])];
  }

  /** A random question in an order of the table. */
  next(order: string): FindOptions {
    const random = this.#random;
    const where = Array.from({ length: random.pick([0, 0, 1, 1, 2, 3]) }, () => this.#condition());
    const then = random.oneIn(3) ? this.#sorts() : [];
    const after = random.oneIn(3) ? this.#position(order, then) : undefined;
    const skip = after === undefined && random.oneIn(3) ? random.pick([0, 1, 2, 5, 20, 45, 1000]) : undefined;
    return {
      order,
      limit: random.pick([1, 2, 7, 50, 1000]),
      ...(where.length > 0 ? { where } : {}),
      ...(random.oneIn(2) ? { reverse: true } : {}),
      ...(then.length > 0 ? { then } : {}),
      ...(after === undefined ? {} : { after }),
      ...(skip === undefined ? {} : { skip }),
      ...(random.oneIn(4) ? { search: this.#search() } : {}),
      ...(random.oneIn(2) ? { total: random.pick([true, true, 0, 1, 7, 30, 1000]) } : {}),
    };
  }

  /** A random question for groups. */
  groups(): AggregateOptions {
    const random = this.#random;
    const where = Array.from({ length: random.pick([0, 0, 0, 1, 2]) }, () => this.#condition());
    const groupBy = random.oneIn(3) ? this.#leading() : this.#some(random.pick([0, 1, 1, 2, 3]));
    const sums = this.#some(random.pick([0, 0, 1, 2]));
    const after = random.oneIn(4) ? groupBy.map((field) => this.#value(field)) : undefined;
    return {
      groupBy,
      ...(where.length > 0 ? { where } : {}),
      ...(random.oneIn(5) ? { search: this.#search() } : {}),
      ...(sums.length > 0 ? { sums } : {}),
      ...(after === undefined ? {} : { after }),
      ...(random.oneIn(2) ? { limit: random.pick([1, 2, 7, 50]) } : {}),
    };
  }

  /** Further orders, in any direction; the same may come again. */
  #sorts(): Sort[] {
    const random = this.#random;
    const orders = Object.keys(this.#table.indexes ?? {});
    return Array.from({ length: random.pick([1, 1, 2]) }, () => {
      const order = random.pick(orders);
      return random.oneIn(2) ? { order, reverse: true } : { order };
    });
  }

  #some(count: number): string[] {
    return Array.from({ length: count }, () => this.#random.pick(this.#fields));
  }

  /** The names of the first parts of some index. */
  #leading(): string[] {
    const random = this.#random;
    const parts = random.pick(Object.values(this.#table.indexes ?? {})).parts.map((part) => part.name);
    return parts.slice(0, 1 + random.below(parts.length));
  }

  #search(): NonNullable<FindOptions['search']> {
    const random = this.#random;
    const characters = [...this.#text()];
    const start = random.below(characters.length + 1);
    const cut = characters.slice(start, start + 1 + random.below(4)).join('');
    return random.oneIn(2) ? { text: cut } : { text: cut, or: [this.#condition(), this.#condition()] };
  }

  #condition(): Condition {
    const random = this.#random;
    const field = random.pick(this.#fields);
    const value = this.#value(field);
    const given = value ?? random.pick(strangers);
    switch (random.pick(['eq', 'eq', 'ne', 'in', 'from', 'to', 'like', 'null'] as const)) {
      case 'eq':
        return { field, op: 'eq', value };
      case 'ne':
        return { field, op: 'ne', value };
      case 'in':
        return { field, op: 'in', values: Array.from({ length: random.below(4) }, () => this.#value(field)) };
      case 'from':
        return { field, op: 'from', value: given };
      case 'to':
        return { field, op: 'to', value: given };
      case 'like':
        return { field, op: 'like', pattern: patternFrom(this.#text(), random) };
      default:
        return { field, op: 'null', value: random.oneIn(2) };
    }
  }

  /** Mostly a value that occurs in this field. */
  #value(field: string): Scalar {
    const random = this.#random;
    if (random.oneIn(6) || this.#records.length === 0) return random.oneIn(3) ? null : random.pick(strangers);
    return scalarOf(random.pick(this.#records), field, this.#table);
  }

  #text(): string {
    const random = this.#random;
    for (let attempt = 0; attempt < 5 && this.#records.length > 0; attempt++) {
      const value = scalarOf(random.pick(this.#records), random.pick(this.#fields), this.#table);
      if (typeof value === 'string') return value;
    }
    return 'milk';
  }

  /** The position of some record, or of one that is not there. */
  #position(order: string, then: readonly Sort[]): Scalar[] | undefined {
    const random = this.#random;
    const indexes = this.#table.indexes ?? {};
    const first = indexes[order]?.parts ?? [];
    if (this.#records.length === 0) return undefined;
    const parts =
      then.length === 0
        ? first
        : [...first.slice(0, 1), ...then.flatMap((one) => indexes[one.order]?.parts.slice(0, 1) ?? [])];
    const record = random.pick(this.#records);
    const position: Scalar[] = parts.map((part) => {
      const holder = random.oneIn(6) ? random.pick(this.#records) : record;
      return part.of(holder as never) ?? null;
    });
    position.push(random.oneIn(4) ? `${record.id}~` : record.id);
    return position;
  }
}
