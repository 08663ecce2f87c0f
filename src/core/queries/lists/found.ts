/** A quick search over other records: lots are found by their item's description, or their supplier's name. */
import type { CollectionName, Collections } from '../../model/records.ts';
import { codeKey } from '../../ports/keys.ts';
import type { Condition, Scalar } from '../../ports/store.ts';
import type { QueryView } from '../../ports/view.ts';

const PAGE = 500;

/** Every record of a collection that a search finds. */
export function* matches<C extends CollectionName>(
  view: QueryView,
  collection: C,
  text: string,
): Generator<Collections[C]> {
  let after: readonly Scalar[] | undefined;
  do {
    const page = view.find(collection, {
      order: 'code',
      limit: PAGE,
      search: { text },
      ...(after ? { after } : {}),
    });
    yield* page.records;
    after = page.next;
  } while (after);
}

/** Records of these items: `field` holds an item's key. */
export function byItem(view: QueryView, text: string, field: string): Condition[] {
  const values = [...matches(view, 'items', text)].map((item) => item.id);
  return values.length > 0 ? [{ field, op: 'in', values }] : [];
}

/** Records of these parties: `field` holds the key of a party's code. */
export function byParty(view: QueryView, text: string, field: string, kind?: string): Condition[] {
  const found = [...matches(view, 'parties', text)].filter(
    (party) => kind === undefined || party.kind === kind,
  );
  const values = [...new Set(found.map((party) => codeKey(party.code)))];
  return values.length > 0 ? [{ field, op: 'in', values }] : [];
}
