/** The sorts of a question: names that a list offers, one after the other, each once. */
import { LedgerError } from '../../ports/errors.ts';
import type { FindOptions, Sort } from '../../ports/store.ts';
import { attributeKey, isAttribute } from './attributes.ts';
import { SORT_DEPTH } from './spec.ts';

const refuse = (what: string, path: string, offered: readonly string[]): never => {
  throw new LedgerError('query.unsupported', { path, details: { what, offered } });
};

/** How the name of a sort is compared with the others. */
const nameOf = (order: string): string => (isAttribute(order) ? `attributes.${attributeKey(order)}` : order);

/**
 * Reads the sorts of a question.
 * @param attributes it also sorts by custom attributes, which stand alone
 * @throws LedgerError `query.unsupported` for a sort that is not on offer or one too many, `field.repeated`;
 * the path is that of the sort
 */
export function sortsOf(sort: readonly string[], sorts: readonly string[], attributes: boolean): Sort[] {
  const seen = new Set<string>();
  return sort.map((each, i) => {
    const path = `sort[${i}]`;
    if (i >= SORT_DEPTH) refuse(`more than ${SORT_DEPTH} sorts`, path, []);
    const reverse = each.startsWith('-');
    const order = reverse ? each.slice(1) : each;
    if (!sorts.includes(order) && !(attributes && isAttribute(order)))
      refuse(`sort by ${order}`, path, sorts);
    if (isAttribute(order) && sort.length > 1) refuse(`sort by ${order} and others`, path, []);
    if (seen.has(nameOf(order))) throw new LedgerError('field.repeated', { path, details: { value: order } });
    seen.add(nameOf(order));
    return { order, reverse };
  });
}

/** Sorts as a store takes them. */
export const orderOf = ([first, ...then]: readonly Sort[]): Pick<
  FindOptions,
  'order' | 'reverse' | 'then'
> => ({
  order: first?.order ?? '',
  reverse: first?.reverse ?? false,
  ...(then.length > 0 ? { then } : {}),
});
