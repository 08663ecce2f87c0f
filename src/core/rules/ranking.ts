/** The host's order of what an allocation may take, over the order of the strategy. */

/**
 * What the host named first, in its order; what it did not name after it, as it stood. Ids that are no
 * candidate's, and repeated ones, change nothing, so the order stays a function of what was given.
 * @example ranked(lots, ['L3'], (lot) => lot.id) // L3 first, the others by strategy
 */
export function ranked<C>(
  candidates: readonly C[],
  order: readonly string[] | undefined,
  idOf: (candidate: C) => string,
): C[] {
  if (!order || order.length === 0) return [...candidates];
  const ranks = new Map<string, number>();
  for (const id of order) if (!ranks.has(id)) ranks.set(id, ranks.size);
  const rankOf = (candidate: C): number => ranks.get(idOf(candidate)) ?? ranks.size;
  // sorting is stable: equal ranks keep the strategy's order
  return [...candidates].sort((a, b) => rankOf(a) - rankOf(b));
}
