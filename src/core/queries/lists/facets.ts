/**
 * What makes two records' values of a field the same, in which order values stand, and how one is shown: the
 * ground of value lists and of groups. A value is shown as a filter takes it back, so that the rows of a
 * group are asked by it.
 */
import type { CollectionName, Collections } from '../../model/records.ts';
import type { FieldValue } from '../../model/views.ts';
import { codeKey, fold, naturalKey } from '../../ports/keys.ts';
import type { Condition, Scalar } from '../../ports/store.ts';
import type { QueryView } from '../../ports/view.ts';
import { partyId } from '../../reading/parties.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { UNGUARDED } from '../views/stock.ts';
import { matches } from './found.ts';

type Value = FieldValue['value'];

/** The values of one field among records. */
export interface Facet {
  /** Parts that order the values; records that agree in all of them have the same value. */
  readonly same: readonly string[];
  /** How the value is written, where that is another part: of several spellings the first one is shown. */
  readonly written?: string;
  /** The value of what is not null, from its last part and how it is written. */
  readonly show: (key: Scalar, written: Scalar, view: QueryView) => Value;
  /** What it stands for; the key is that of its last part. */
  readonly label?: (key: Scalar, value: Value, view: QueryView) => string | null;
  /** At least the records whose value, or its label, holds a text. */
  readonly narrow?: (text: string, view: QueryView) => Condition;
  /** An order whose first part is the first of `same`: nearly every record has a value of its own. */
  readonly order?: string;
  /** The parts that order a value, where the record holds only the id of what has it. */
  readonly resolve?: (key: Scalar, view: QueryView) => { readonly same: Scalar[]; readonly written: Scalar };
}

const asWritten = (_key: Scalar, written: Scalar): Value => written;
const asIs = (key: Scalar): Value => key;

/** The text occurs somewhere, as a `like` pattern. */
const holding = (field: string, text: string): Condition => ({
  field,
  op: 'like',
  pattern: `%${text.replace(/[\\%_]/g, '\\$&')}%`,
});

/** A code: one value however it is written, in natural order where there is a part for that. */
export const codeFacet = (key: string, sorted: string | undefined, written: string): Facet => ({
  same: sorted === undefined ? [key] : [sorted, key],
  written,
  show: asWritten,
  narrow: (text) => holding(written, text),
});

/** The same, where mostly one record has a value: values are then read along an order, not counted first. */
export const mostlyOwn = (facet: Facet, order: string): Facet => ({ ...facet, order });

/** A text, as it is written. */
export const textFacet = (field: string, sorted?: string): Facet => ({
  same: sorted === undefined ? [field] : [sorted, field],
  show: asIs,
  narrow: (text) => holding(field, text),
});

/** A date, a number, yes or no. */
export const plainFacet = (field: string): Facet => ({ same: [field], show: asIs });

/** A quantity, by the key that compares it over units. */
export const quantityFacet = (field: string): Facet => ({
  same: [field],
  // the first character of the key tells how many digits follow
  show: (key) => (key === '0' ? '0' : formatSteps(BigInt(String(key).slice(1)), 6)),
});

/** Yes and no by the words a filter has for them. */
export const wordFacet = (field: string, yes: string, no: string): Facet => ({
  same: [field],
  show: (key) => (key === true ? yes : no),
});

type Described = Exclude<
  { [C in CollectionName]: Collections[C] extends { code: string } ? C : never }[CollectionName],
  'templates' | 'parties' | 'lots' | 'serials' | 'recalls'
>;

/** Codes of master data, with its descriptions; every one of them is there as long as it is referred to. */
export const describedBy = (facet: Facet, collection: Described): Facet => ({
  ...facet,
  label: (key, _value, view) => view.get(collection, String(key))?.description ?? null,
  narrow: (text, view) => ({
    field: facet.same.at(-1) as string,
    op: 'in',
    values: [...matches(view, collection, text)].map(({ id }) => id),
  }),
});

/** The one name that several records of a code agree on. */
function agreed(names: readonly (string | null)[]): string | null {
  const [first = null, ...others] = new Set(names);
  return others.length > 0 ? null : first;
}

const withoutNarrowing = ({ narrow: _narrow, ...facet }: Facet): Facet => facet;

/** Codes of parties, with their names; of every kind where none is named, as long as they agree on one. */
export const namedParty = (facet: Facet, kind?: string): Facet => ({
  // not every code is a known party, and not every known one has a name
  ...withoutNarrowing(facet),
  label: (key, value, view) => {
    if (kind !== undefined) return view.get('parties', partyId({ kind, code: String(value) }))?.name ?? null;
    const known = view.range('parties', 'byCode', { prefix: [key], limit: 10 }, UNGUARDED);
    return agreed(known.flatMap(({ name }) => name ?? []));
  },
});

/** Codes of templates, with the description that all warehouses' templates of the code agree on. */
export const describedTemplate = (facet: Facet): Facet => ({
  ...withoutNarrowing(facet),
  label: (key, _value, view) => {
    const all = view.range('templates', 'byCode', { prefix: [key], limit: 50 }, UNGUARDED);
    return agreed(all.map(({ description }) => description ?? null));
  },
});

/** Lots by their code, where a record holds the id of one. */
export const lotFacet = (field: string): Facet => ({
  same: [field],
  show: asWritten,
  resolve: (key, view) => {
    const code = key === null ? undefined : view.get('lots', String(key))?.code;
    if (code === undefined) return { same: [null, null], written: null };
    return { same: [naturalKey(code), codeKey(code)], written: code };
  },
});

/** How many parts make values the same, once they are resolved. */
export const widthOf = (facet: Facet): number => (facet.resolve ? 2 : facet.same.length);

/** Whether a value or its label holds a text, folded as every search is. */
export function holds({ value, label }: Pick<FieldValue, 'value' | 'label'>, text: string): boolean {
  const folded = fold(text);
  return [value === null ? null : String(value), label].some(
    (each) => each !== null && fold(each).includes(folded),
  );
}
