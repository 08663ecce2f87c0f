/** Random questions in the words of the capabilities: filters, searches, sorts, pages, values, summaries. */
import type { FilterValue, Ledger, ListQuery, QueryCapabilities } from '../../../../src/core/index.ts';
import type { Chance } from '../../../judge/chance.ts';
import { dayFrom } from './stock.ts';

export type Register = 'lots' | 'serials' | 'postings';
export const registers: readonly Register[] = ['lots', 'serials', 'postings'];

/** One question, as it can be sent to any ledger. */
export type Question =
  | {
      readonly verb: 'list';
      readonly of: Register;
      readonly query: ListQuery;
    }
  | { readonly verb: 'values'; readonly of: Register; readonly field: string; readonly query: object }
  | { readonly verb: 'summary'; readonly of: Register; readonly query: object };

export const ask = (ledger: Ledger, question: Question): Promise<object> => {
  const resource = ledger[question.of];
  if (question.verb === 'values') return resource.values(question.field, question.query);
  return question.verb === 'list' ? resource.list(question.query) : resource.summary(question.query);
};

export const offerOf = (ledger: Ledger, of: Register): QueryCapabilities =>
  ledger.capabilities.queries[`${of}.list`] as QueryCapabilities;

const SAMPLES: Readonly<Record<string, readonly (string | number)[]>> = {
  item: ['MILK', 'milk-2', 'MILK-10', 'flour_1', 'PHONE', 'NONE'],
  variant: ['x', 'Y'],
  status: ['OK', 'qa', 'WARN'],
  supplier: ['s1', 'S2', 'S02', 'S10'],
  supplierLot: ['V1', 'v1', 'V10'],
  grade: ['a', 'B2', 'B10'],
  lotType: ['raw', 'END'],
  manufacturer: ['Hof', 'hof'],
  description: ['Fresh', 'a_b'],
  onHand: ['0', '1', '12.5', '900000000000'],
  reserved: ['0'],
  initialQuantity: ['1', '900000000000'],
  warehouse: ['main', 'SHOP', 'shop-2'],
  template: ['in', 'OUT'],
  type: ['load', 'unload'],
  party: ['s1', 'S2', 'C1', 'c2'],
  lot: ['PL-2', 'pl-10'],
  holder: ['c1', 'C2'],
  project: ['P1', 'p1'],
  actor: ['maria'],
  number: [1, 7],
};

const PATTERNS = ['%1%', 's_', '%\\%', '%k%', 'L%', '_ilk%', '%', '%e', 'x'];

function sampleOf(chance: Chance, field: string): FilterValue {
  if (/Month$|^month$/.test(field)) return dayFrom(chance).slice(0, 7);
  if (/Date$|^date$|^createdOn$|^bestBefore$|At$/.test(field)) return dayFrom(chance);
  return chance.pick(SAMPLES[field] ?? ['L1', 'SN1', 'fresh']);
}

const FLAGS = [
  'closed',
  'exhausted',
  'inStock',
  'sellable',
  'recalled',
  'planning',
  'blocked',
  'expired',
  'reversed',
  'cancelled',
  'missing',
  'unverified',
];

/** A value for one filter, in one of the comparisons on offer. */
function filterOf(chance: Chance, offer: QueryCapabilities, field: string): FilterValue {
  if (FLAGS.includes(field)) return chance.oneIn(2);
  if (field === 'state') return chance.pick(['open', 'closed', 'all']);
  if (field === 'expiresWithin') return chance.below(60);
  const operator = chance.pick([...(offer.comparisons?.[field] ?? [])]);
  const sample = () => sampleOf(chance, field) as string;
  switch (operator) {
    case 'like':
      return { like: chance.pick(PATTERNS) };
    case 'isNull':
      return chance.pick([null, { isNull: true }, { isNull: false }]);
    case 'from':
    case 'to':
      return chance.oneIn(2) ? { [operator]: sample() } : { from: sample(), to: sample() };
    default:
      return chance.oneIn(2) ? sample() : { in: [sample(), sample()] };
  }
}

/** Flags of serials are called so too, but compare with a flag alone. */
const isFlag = (of: Register, field: string): boolean =>
  FLAGS.includes(field) || (of === 'serials' && field === 'reserved');

export function randomFilter(
  chance: Chance,
  offer: QueryCapabilities,
  of: Register,
): Record<string, FilterValue> {
  const filter: Record<string, FilterValue> = {};
  for (let n = chance.below(3); n > 0; n--) {
    const field = chance.pick(offer.filters.filter((name) => !['location', 'key'].includes(name)));
    filter[field] = isFlag(of, field) ? chance.oneIn(2) : filterOf(chance, offer, field);
  }
  if (offer.attributes && chance.oneIn(6))
    filter['attributes.colour'] = chance.pick(['red', null, { in: ['Blue', null] }, { like: '%e%' }]);
  if (filter.warehouse === 'main' && of !== 'postings' && chance.oneIn(2))
    filter.location = chance.pick(['a-2', 'A-10']);
  return filter;
}

function several<T>(chance: Chance, from: readonly T[], most: number): T[] {
  const chosen = new Set<T>();
  for (let n = from.length === 0 ? 0 : chance.below(most + 1); n > 0; n--) chosen.add(chance.pick(from));
  return [...chosen];
}

/** Any question. */
export function randomQuestion(chance: Chance, ledger: Ledger): Question {
  const of = chance.weighted<Register>([
    [4, 'lots'],
    [2, 'serials'],
    [1, 'postings'],
  ]);
  const offer = offerOf(ledger, of);
  const filter = randomFilter(chance, offer, of);
  const search = chance.oneIn(4)
    ? { search: chance.pick(['milk', 'V1', 'dairy', '1', '100%', 'fresh']) }
    : {};
  const verb = chance.weighted<Question['verb']>([
    [3, 'list'],
    [2, 'values'],
    [2, 'summary'],
  ]);
  const limit = 1 + chance.below(12);
  if (verb === 'values') {
    const fields = (offer.values ?? []).filter(
      (field) => field !== 'location' || filter.warehouse !== undefined,
    );
    const attribute = offer.attributes && chance.oneIn(6);
    const field = attribute ? chance.pick(['attributes.colour', 'attributes.SIZE']) : chance.pick(fields);
    return { verb, of, field, query: { filter, ...search, limit } };
  }
  if (verb === 'summary') {
    const groupBy = several(
      chance,
      (offer.groups ?? []).filter((field) => field !== 'location'),
      3,
    );
    return {
      verb,
      of,
      query: { filter, ...search, groupBy, sums: several(chance, offer.sums ?? [], 2), limit },
    };
  }
  const sorts = several(chance, offer.sorts, offer.sortDepth ?? 1);
  const sort = sorts.map((name) => (chance.oneIn(2) ? `-${name}` : name));
  const total = chance.pick([false, true, 1 + chance.below(20)]);
  return {
    verb,
    of,
    query: { filter, ...search, sort, limit, total, ...(chance.oneIn(3) ? { skip: chance.below(20) } : {}) },
  };
}
