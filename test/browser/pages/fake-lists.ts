/**
 * Answers of a made-up list out of an array: filters, sorts, pages, values, groups and sums, as a ledger gives
 * them. For what a register shows; what the real lists answer is tested elsewhere.
 */
import type {
  FieldValue,
  FilterValue,
  ListQuery,
  Page,
  Summary,
  SummaryGroup,
  SummaryQuery,
  Totals,
  ValuesQuery,
} from '../../../src/components/core.ts';
import { TODAY } from './register-rows.ts';

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

type Scalar = string | number | boolean | null;

const raw = (row: Row, field: string): Scalar => {
  if (field === 'warehouse' && Array.isArray(row.stock)) return (row.stock as Row[])[0]?.warehouse as Scalar;
  if (field === 'party') return ((row.party as { code?: string } | null)?.code ?? null) as Scalar;
  return (row[field] ?? null) as Scalar;
};

const numeric = new Set(['onHand', 'reserved', 'available']);
const keyOf = (value: Scalar, field: string): Scalar => (numeric.has(field) ? Number(value) : value);

const pattern = (like: string): RegExp =>
  new RegExp(
    `^${like
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/%/g, '.*')
      .replace(/_/g, '.')}$`,
    'i',
  );

function passesOne(row: Row, field: string, wanted: FilterValue): boolean {
  if (field === 'expired') return row.expired === wanted;
  if (field === 'expiresWithin')
    return Number(row.daysLeft ?? -1) >= 0 && Number(row.daysLeft) <= Number(wanted);
  const value = raw(row, field);
  const at = keyOf(value, field);
  if (wanted === null || typeof wanted !== 'object') return at === keyOf(wanted, field);
  const { from, to, in: among, like, isNull } = wanted;
  if (isNull !== undefined && (value === null) !== isNull) return false;
  if (among !== undefined && !among.includes(value)) return false;
  if (like !== undefined && !pattern(like).test(String(value ?? ''))) return false;
  if (from === undefined && to === undefined) return true;
  return (
    at !== null &&
    (from === undefined || at >= (keyOf(from, field) as string)) &&
    (to === undefined || at <= (keyOf(to, field) as string))
  );
}

const found = (row: Row, search = ''): boolean =>
  search === '' || JSON.stringify(Object.values(row)).toLowerCase().includes(search.toLowerCase());

/** The rows a question means. */
export const matching = (
  rows: readonly Row[],
  { filter = {}, search }: Pick<ListQuery, 'filter' | 'search'>,
): Row[] =>
  rows.filter(
    (row) =>
      Object.entries(filter).every(([field, wanted]) => passesOne(row, field, wanted)) && found(row, search),
  );

function compare(a: Row, b: Row, sort: string): number {
  const field = sort.replace(/^-/, '');
  const sign = sort.startsWith('-') ? -1 : 1;
  const name = field === 'seq' ? 'number' : field;
  const [x, y] = [raw(a, name), raw(b, name)].map((value) => keyOf(value, name));
  if (x === y) return 0;
  if (x === null || x === undefined) return 1;
  if (y === null || y === undefined) return -1;
  return x < y ? -sign : sign;
}

export function ordered(rows: readonly Row[], sorts: readonly string[] = ['code']): Row[] {
  return rows.toSorted((a, b) => {
    for (const sort of sorts) {
      const way = compare(a, b, sort);
      if (way !== 0) return way;
    }
    return 0;
  });
}

const asOf = (seq: number) => ({ seq, date: TODAY });

/** One page of a list. */
export function pageOf(rows: readonly Row[], query: ListQuery, seq: number): Page<Row> {
  const all = ordered(matching(rows, query), query.sort);
  const from = query.skip ?? Number(query.cursor ?? 0);
  const limit = query.limit ?? 50;
  const cap = typeof query.total === 'number' && all.length > query.total ? query.total : undefined;
  return {
    items: all.slice(from, from + limit),
    ...(from + limit < all.length ? { next: String(from + limit) } : {}),
    ...(cap === undefined ? { total: all.length } : { total: cap, capped: true as const }),
    asOf: asOf(seq),
  };
}

const labels: Readonly<Record<string, string>> = { item: 'itemDescription' };

/** The values of a field and how many rows have each. */
export function valuesOf(
  rows: readonly Row[],
  field: string,
  query: ValuesQuery,
  seq: number,
): Page<FieldValue> {
  const { [field]: _, ...filter } = query.filter ?? {};
  const counts = new Map<Scalar, { label: string | null; count: number }>();
  for (const row of matching(rows, { filter })) {
    const value = raw(row, field);
    const label = (row[labels[field] ?? ''] ?? null) as string | null;
    const at = counts.get(value) ?? { label, count: 0 };
    counts.set(value, { ...at, count: at.count + 1 });
  }
  const wanted = (query.search ?? '').toLowerCase();
  const items = [...counts]
    .map(([value, { label, count }]) => ({ value, label, count }))
    .filter(({ value, label }) => `${value} ${label ?? ''}`.toLowerCase().includes(wanted))
    .sort((a, b) =>
      a.value === null ? 1 : b.value === null ? -1 : String(a.value) < String(b.value) ? -1 : 1,
    );
  const from = Number(query.cursor ?? 0);
  const limit = query.limit ?? 50;
  return {
    items: items.slice(from, from + limit),
    ...(from + limit < items.length ? { next: String(from + limit) } : {}),
    asOf: asOf(seq),
  };
}

interface Unit {
  readonly code: string;
  readonly decimals: number;
}

function totalsOf(rows: readonly Row[], sums: readonly string[]): Totals {
  const added: Record<string, { unit: string; decimals: number; quantity: string }[]> = {};
  for (const field of sums) {
    const byUnit = new Map<string, { unit: Unit; sum: number }>();
    for (const row of rows) {
      const unit = row.unit as Unit;
      const at = byUnit.get(unit.code) ?? { unit, sum: 0 };
      byUnit.set(unit.code, { unit, sum: at.sum + Number(raw(row, field)) });
    }
    added[field] = [...byUnit.values()].map(({ unit, sum }) => ({
      unit: unit.code,
      decimals: unit.decimals,
      quantity: String(Math.round(sum * 1000) / 1000),
    }));
  }
  return { count: rows.length, sums: added };
}

/** Groups, their numbers and sums. */
export function summaryOf(rows: readonly Row[], query: SummaryQuery, seq: number): Summary {
  const all = matching(rows, query);
  const { groupBy = [], sums = [] } = query;
  const split = (among: readonly Row[], [field, ...inner]: readonly string[]): SummaryGroup[] => {
    if (field === undefined) return [];
    const byValue = new Map<Scalar, Row[]>();
    for (const row of among) {
      const value = raw(row, field);
      byValue.set(value, [...(byValue.get(value) ?? []), row]);
    }
    return [...byValue]
      .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : String(a) < String(b) ? -1 : 1))
      .map(([value, group]) => ({
        field,
        value,
        label: (group[0]?.[labels[field] ?? ''] ?? null) as string | null,
        ...totalsOf(group, sums),
        ...(inner.length > 0 ? { groups: split(group, inner) } : {}),
      }));
  };
  return { ...totalsOf(all, sums), groups: split(all, groupBy), asOf: asOf(seq) };
}
