/**
 * Random questions to one collection: conditions of every kind on every part and on plain fields, with
 * values that occur and values that do not, searches, every order, both directions, positions and limits.
 */
import type { Condition, FindOptions, Scalar, StoredRecord, Table } from '../core/adapter-kit.ts';
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
    const after = random.oneIn(3) ? this.#position(order) : undefined;
    return {
      order,
      limit: random.pick([1, 2, 7, 50, 1000]),
      ...(where.length > 0 ? { where } : {}),
      ...(random.oneIn(2) ? { reverse: true } : {}),
      ...(after === undefined ? {} : { after }),
      ...(random.oneIn(4) ? { search: this.#search() } : {}),
      ...(random.oneIn(2) ? { total: true } : {}),
    };
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

  /** The position of some record, or one beside it. */
  #position(order: string): Scalar[] | undefined {
    const random = this.#random;
    const spec = this.#table.indexes?.[order];
    if (spec === undefined || this.#records.length === 0) return undefined;
    const record = random.pick(this.#records);
    const position: Scalar[] = spec.parts.map((part) => part.of(record as never) ?? null);
    position.push(random.oneIn(4) ? `${record.id}~` : record.id);
    return position;
  }
}
