/**
 * How values go to PostgreSQL and come back, the same with every client: a host may have told its own client
 * to read or write types in its own way, and the store must not notice.
 */
import { textsDigest } from '../../../../core/adapter-kit.ts';
import type { SqlValue } from '../driver.ts';

/** What a client is handed for one parameter: no client reads anything of its own into these. */
export type WireValue = string | number | boolean | null;

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** A parameter as a client is handed it; a list as the text of an array. */
export function toWire(value: SqlValue): WireValue {
  if (typeof value !== 'object' || value === null) return value;
  return `{${value.map((part: unknown) => (part === null ? 'NULL' : quoted(String(part)))).join(',')}}`;
}

const asNumber = (text: string): number => Number(text);
const asJson = (text: string): unknown => JSON.parse(text);

/** By the number of the type: bool; int2, int4, oid, float4, float8; json, jsonb. All others stay text. */
const readers: ReadonlyMap<number, (text: string) => unknown> = new Map([
  [16, (text: string): unknown => text === 't'],
  ...[21, 23, 26, 700, 701].map((type) => [type, asNumber] as const),
  ...[114, 3802].map((type) => [type, asJson] as const),
]);

const asText = (text: string): unknown => text;

/** Reads a column of a type from the text PostgreSQL sends; `bigint` and `numeric` stay exact as text. */
export const readerOfType = (type: number): ((text: string) => unknown) => readers.get(type) ?? asText;

/** Statements that are kept prepared in a connection; questions come in more shapes than should be kept. */
const PREPARED_MOST = 400;

/** A pattern is looked for: how few rows have it decides over the way to them, so each has a plan of its own. */
const SEEKS_PATTERN = / like \$\d/;

/**
 * Names for prepared statements: the same text has the same name in every driver and program, as it has to
 * where several of them share a connection.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();
  /** Asked for once so far: a statement is prepared when it comes again. */
  readonly #once = new Set<string>();

  /** The name of a statement, or undefined where it is not worth keeping. */
  of(text: string): string | undefined {
    if (SEEKS_PATTERN.test(text)) return undefined;
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= PREPARED_MOST) return known;
    if (!this.#once.delete(text)) {
      if (this.#once.size >= PREPARED_MOST) this.#once.clear();
      this.#once.add(text);
      return undefined;
    }
    const name = `lot_${textsDigest([text]).slice(0, 40)}`;
    this.#names.set(text, name);
    return name;
  }
}
