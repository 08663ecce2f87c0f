/** The few records that equalities of a question can mean, where an index says that they are few. */
import type { Condition, FindOptions, IndexSpec, StoredRecord } from '../ports/store.ts';
import type { OrderedIndex } from './ordered-index.ts';
import { narrowed, prefixOf, type Span } from './question-order.ts';
import type { RecordTable } from './record-table.ts';

/** So few candidates are gathered and sorted whatever else there is. */
const FEW = 1_000;

/** A part of an index that holds every record some conditions can mean. */
interface Narrow {
  readonly index: OrderedIndex;
  readonly span: Span;
  readonly width: number;
}

/** How many keys lie in a span. */
export const widthOf = (index: OrderedIndex, { low, high }: Span): number =>
  low < high ? index.rank(high) - index.rank(low) : 0;

/** The records of the ids a question names; undefined where it names none. */
export function named(table: RecordTable, where: readonly Condition[]): StoredRecord[] | undefined {
  const byId = where.find((one) => one.field === 'id' && (one.op === 'eq' || one.op === 'in'));
  if (byId === undefined) return undefined;
  const ids = byId.op === 'in' ? new Set(byId.values) : byId.op === 'eq' ? [byId.value] : [];
  return [...ids].flatMap((id) => table.records.get(id as string) ?? []);
}

/** The records an equality can mean, when they are few beside those the order would be walked along. */
export function fewCandidates(
  table: RecordTable,
  options: FindOptions,
  order: IndexSpec,
): StoredRecord[] | undefined {
  const { where = [] } = options;
  if (where.length === 0) return undefined;
  const size = table.records.size;
  const byId = named(table, where);
  if (byId !== undefined || size <= FEW) return byId;
  // as many as it is worth to sort rather than to walk: far fewer than a walk would look at
  const worth = Math.max(FEW, Math.sqrt(size * Math.max(options.limit, 1)));
  const best = narrowest(table, where, (_, spec) => spec.where === undefined || spec.where === order.where);
  return best !== undefined && best.width <= worth ? recordsIn(table, best) : undefined;
}

/**
 * The part of an index that equalities leave the fewest records in.
 * @param mayUse which indexes may be read
 */
export function narrowest(
  table: RecordTable,
  where: readonly Condition[],
  mayUse: (name: string, spec: IndexSpec) => boolean,
): Narrow | undefined {
  let best: Narrow | undefined;
  for (const [name, spec] of Object.entries(table.table.indexes ?? {})) {
    if (!mayUse(name, spec) || prefixOf(where, spec.parts).length === 0) continue;
    const { index, nulls } = table.index(name);
    const span = narrowed(where, spec.parts, nulls);
    const width = widthOf(index, span);
    if (best === undefined || width < best.width) best = { index, span, width };
  }
  return best;
}

/** The records of a part of an index. */
export function recordsIn(table: RecordTable, { index, span }: Narrow): StoredRecord[] {
  const found: StoredRecord[] = [];
  index.walk(span.low, span.high, false, (id) => {
    found.push(table.records.get(id) as StoredRecord);
    return true;
  });
  return found;
}
