/**
 * The text of a chunk. Records of one shape are written column by column: names once, values that repeat
 * once, so that a chunk is less than half as long as its records one after the other, and is read sooner.
 */
import type { StoredRecord } from '../../../core/adapter-kit.ts';

/** A column: the same value everywhere, values by their place in a list, or one value after the other. */
type Column =
  | { readonly all: unknown }
  | { readonly of: unknown[]; readonly at: number[] }
  | { readonly each: unknown[] };

/** Records with the same fields in the same order, and where in the chunk they stand. */
interface Shape {
  readonly places: number[];
  readonly keys: readonly string[];
  readonly columns: readonly Column[];
}

interface ChunkText {
  readonly length: number;
  readonly shapes: readonly Shape[];
  /** Records of rare shapes, as they are. */
  readonly others: readonly (readonly [number, StoredRecord])[];
}

type Fields = Record<string, unknown>;

/** Fewer records of one shape than this are written as they are. */
const WORTH = 8;

/** The text of a chunk; records that were deleted are undefined. */
export function chunkText(records: readonly (StoredRecord | undefined)[]): string {
  const groups = new Map<string, number[]>();
  for (const [place, record] of records.entries()) {
    if (record === undefined) continue;
    // what JSON leaves out must not come back as null
    const keys = Object.keys(record).filter((key) => (record as StoredRecord & Fields)[key] !== undefined);
    const signature = JSON.stringify(keys);
    const group = groups.get(signature);
    if (group) group.push(place);
    else groups.set(signature, [place]);
  }
  const shapes: Shape[] = [];
  const others: [number, StoredRecord][] = [];
  for (const [signature, places] of groups) {
    const keys = JSON.parse(signature) as string[];
    const members = places.map((place) => records[place] as StoredRecord & Fields);
    if (places.length < WORTH || keys.includes('__proto__')) {
      for (const [i, place] of places.entries()) others.push([place, members[i] as StoredRecord]);
    } else {
      const columns = keys.map((key) => columnOf(members.map((record) => record[key])));
      shapes.push({ places, keys, columns });
    }
  }
  const text: ChunkText = { length: records.length, shapes, others };
  return JSON.stringify(text);
}

function columnOf(values: unknown[]): Column {
  const places = new Map<unknown, number>();
  for (const value of values) {
    if (typeof value === 'object' && value !== null) return { each: values };
    if (!places.has(value)) places.set(value, places.size);
    if (places.size > values.length / 2) return { each: values };
  }
  if (places.size === 1) return { all: values[0] };
  return { of: [...places.keys()], at: values.map((value) => places.get(value) as number) };
}

/** The records of a chunk at their places. */
export function readChunk(text: string): (StoredRecord | undefined)[] {
  const { length, shapes, others } = JSON.parse(text) as ChunkText;
  const records = new Array<StoredRecord | undefined>(length).fill(undefined);
  for (const shape of shapes) {
    const members = membersOf(shape);
    for (const [i, place] of shape.places.entries()) records[place] = members[i] as unknown as StoredRecord;
  }
  for (const [place, record] of others) records[place] = record;
  return records;
}

/** Makes all records of a shape by copying the first and setting what differs: they share one layout. */
function membersOf({ places, keys, columns }: Shape): Fields[] {
  const first: Fields = {};
  for (const [c, column] of columns.entries()) first[keys[c] as string] = valueAt(column, 0);
  const members = places.map(() => ({ ...first }));
  for (const [c, column] of columns.entries()) {
    if ('all' in column) continue;
    const key = keys[c] as string;
    for (let i = 1; i < members.length; i++) (members[i] as Fields)[key] = valueAt(column, i);
  }
  return members;
}

function valueAt(column: Column, i: number): unknown {
  if ('each' in column) return column.each[i];
  return 'of' in column ? column.of[column.at[i] as number] : column.all;
}
