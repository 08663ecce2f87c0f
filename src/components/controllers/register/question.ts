/** What a state asks of a list: its chip and its filters as one filter, its sorts, within what is offered. */
import type { FilterValue } from '../../core.ts';
import type { Offers } from './offers.ts';
import type { Preset } from './options.ts';
import { bare } from './state.ts';
import type { RegisterState } from './types.ts';

/** Filter and search as they are asked. */
export interface Asked {
  readonly filter: Readonly<Record<string, FilterValue>>;
  readonly search: string;
}

type Bounds = Extract<FilterValue, object>;

const boundsOf = (value: FilterValue): Bounds | undefined =>
  typeof value === 'object' && value !== null ? value : undefined;

/**
 * Two conditions on one field as one. Comparisons that both have cannot always be joined; then the reader's
 * own holds, since it is the later wish.
 */
function both(preset: FilterValue, own: FilterValue): FilterValue {
  const [a, b] = [boundsOf(preset), boundsOf(own)];
  if (a === undefined || b === undefined) return own;
  return Object.keys(a).some((name) => Object.hasOwn(b, name)) ? own : { ...a, ...b };
}

/** The chip's filter and the reader's own together; what the list does not offer is left out. */
export function askedOf(state: RegisterState, presets: readonly Preset[], offers: Offers): Asked {
  const filter: Record<string, FilterValue> = {
    ...presets.find(({ id }) => id === state.preset)?.filter,
  };
  for (const [name, value] of Object.entries(state.filters)) {
    if (!offers.filter(name)) continue;
    const before = filter[name];
    filter[name] = before === undefined ? value : both(before, value);
  }
  return { filter, search: offers.search ? state.search : '' };
}

/** The parts of a question that say which records; nothing where it is all of them. */
export const asQuery = ({ filter, search }: Asked): { filter?: Asked['filter']; search?: string } => ({
  ...(Object.keys(filter).length > 0 ? { filter } : {}),
  ...(search === '' ? {} : { search }),
});

/** The sorts that are offered, as many as one question takes; where none is, what the list begins with. */
export function sortsOf(state: RegisterState, offers: Offers, fallback: string): readonly string[] {
  const sorts = state.sort.filter((sort) => offers.sort(bare(sort))).slice(0, offers.sortDepth);
  return sorts.length > 0 ? sorts : offers.usual(fallback);
}

/**
 * The sorts after a press on a header. Alone: by this field, upwards, or turned round. With Shift: added as the
 * last, then turned round, then taken away; where the list takes no more sorts, the last gives way.
 */
export function pressedSort(
  sorts: readonly string[],
  name: string,
  add: boolean,
  depth: number,
): readonly string[] {
  const at = sorts.findIndex((sort) => bare(sort) === name);
  const before = sorts[at];
  if (!add || depth === 1) {
    return [sorts.length === 1 && before === name ? `-${name}` : name];
  }
  if (before === undefined) return [...sorts.slice(0, depth - 1), name];
  if (before === name) return sorts.with(at, `-${name}`);
  return sorts.length === 1 ? [name] : sorts.toSpliced(at, 1);
}
