/**
 * What changed between two states of a record, field by field, and the way back: history is kept as changes,
 * and a question about the past takes them off again (R121).
 */
import type { Change } from '../model/facts.ts';
import { US } from '../ports/keys.ts';
import { isObject, same } from './same.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What the ledger keeps on a record besides what people say of it. */
const kept = new Set([
  'id',
  'version',
  'edition',
  'used',
  'createdAt',
  'updatedAt',
  'moved',
  'usedLocations',
  'hasCodes',
]);

/** Whose history it is: of master data the table and the id, of a lot or serial its id alone. */
export const historyOf = (table: string, id: string): string => `${table}${US}${id}`;

function compare(before: Fields, after: Fields, path: string, changes: Change[]): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (path === '' && kept.has(name)) continue;
    const [from, to] = [before[name] ?? null, after[name] ?? null];
    if (same(from, to)) continue;
    const field = path + name;
    // a host's own names may hold dots: what it attaches is one value
    if (isObject(from) && isObject(to) && name !== 'attributes') compare(from, to, `${field}.`, changes);
    else changes.push({ field, from, to });
  }
}

/**
 * The fields in which a record differs; of objects inside, by a path: `lots.shelfLifeDays`. Absent is null.
 * @example changesBetween({ code: 'A', lots: { blockDays: 3 } }, { code: 'A', lots: { blockDays: 5 } })
 * // [{ field: 'lots.blockDays', from: 3, to: 5 }]
 */
export function changesBetween(before: object, after: object): Change[] {
  const changes: Change[] = [];
  compare(before as Fields, after as Fields, '', changes);
  return changes;
}

/** A record as it was before a change. Master data leaves out what was not said; lots and serials say null. */
export function withoutChange<R extends object>(record: R, change: Pick<Change, 'field' | 'from'>): R {
  const [name = '', ...inside] = change.field.split('.');
  const { [name]: value, ...others } = record as Fields;
  const past =
    inside.length === 0
      ? change.from
      : withoutChange(isObject(value) ? value : {}, { field: inside.join('.'), from: change.from });
  if (past === null && !('itemKey' in record)) return others as R;
  return { ...record, [name]: past };
}
