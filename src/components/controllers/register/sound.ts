/**
 * What of a state a list can be asked: filters and sorts it offers, values its fields can have, a column that is
 * left. The rest came out of an address or an old view, would end in a refusal, and is dropped.
 */
import type { FilterValue } from '../../core.ts';
import type { FieldType } from '../../extensions/types.ts';
import { arrange } from './columns.ts';
import { occurring } from './filter-texts.ts';
import type { Offers } from './offers.ts';
import type { RegisterField } from './options.ts';
import { bare, same } from './state.ts';
import type { RegisterState } from './types.ts';

const decimal = /^-?\d+(\.\d+)?$/;
const dayOrMoment = /^(\d{4}-\d{2}-\d{2})(T.+)?$/;

function isDay(value: unknown): boolean {
  const [, day] = (typeof value === 'string' ? dayOrMoment.exec(value) : null) ?? [];
  const time = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  // `2026-02-30` is read as a day in March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day as string);
}

/** Whether a field of a type can have the value at all. */
function fits(value: unknown, type: FieldType | undefined): boolean {
  if (value === null) return true;
  if (type === 'quantity' || type === 'number') return decimal.test(String(value));
  return type === 'date' || type === 'instant' ? isDay(value) : true;
}

function askable(name: string, value: FilterValue, offers: Offers, type: FieldType | undefined): boolean {
  if (typeof value !== 'object' || value === null) return fits(value, type);
  return Object.entries(value).every(([comparison, part]) => {
    if (part === undefined) return true;
    if (!offers.compares(name, comparison)) return false;
    if (comparison === 'like' && !offers.patterns) return occurring(String(part)) !== null;
    if (comparison === 'in') return (part as readonly unknown[]).every((one) => fits(one, type));
    return comparison === 'from' || comparison === 'to' ? fits(part, type) : true;
  });
}

/** The state without what its list cannot be asked; the same one where there is nothing of that. */
export function soundState(
  state: RegisterState,
  offers: Offers,
  fields: readonly RegisterField[],
  fallback: RegisterState,
): RegisterState {
  const types = new Map<string | undefined, FieldType>(fields.map(({ filter, type }) => [filter, type]));
  const filters = Object.fromEntries(
    Object.entries(state.filters).filter(
      ([name, value]) => offers.filter(name) && askable(name, value, offers, types.get(name)),
    ),
  );
  const known = state.sort.filter((sort) => offers.sort(bare(sort)));
  const sort = known.length > 0 || state.sort.length === 0 ? known : fallback.sort;
  const hidden = fields.length > 0 && arrange(fields, state.columns).every((column) => column.hidden);
  const next = { ...state, filters, sort, columns: hidden ? fallback.columns : state.columns };
  return same(next, state) ? state : next;
}
