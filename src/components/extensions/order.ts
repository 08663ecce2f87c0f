/** Putting pieces in order: by key, where a later one takes an earlier one's place, and beside others by name. */

interface Placed<T> {
  readonly piece: T;
  readonly key: string;
  /** In front of, or behind, the piece with this key. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/**
 * The pieces, each key once. One of a key that is there takes its place, unless it asks for another; one that
 * names a neighbour stands beside it, also when the neighbour comes later; the rest follow in their order.
 */
export function inOrder<T>(pieces: readonly Placed<T>[]): readonly T[] {
  const placed: Placed<T>[] = [];
  for (const piece of pieces) {
    const at = placed.findIndex(({ key }) => key === piece.key);
    if (at >= 0) placed[at] = piece;
    else placed.push(piece);
  }
  const wishes = placed.filter(({ before, after }) => before !== undefined || after !== undefined);
  const moved = new Set<string>();
  // one that stands beside another that moves, moves after it
  const move = (piece: Placed<T>): void => {
    if (moved.has(piece.key)) return;
    moved.add(piece.key);
    const neighbour = piece.before ?? piece.after;
    const itsWish = wishes.find(({ key }) => key === neighbour);
    if (itsWish !== undefined) move(itsWish);
    if (!placed.some(({ key }) => key === neighbour) || neighbour === piece.key) return;
    placed.splice(placed.indexOf(piece), 1);
    const at = placed.findIndex(({ key }) => key === neighbour);
    placed.splice(piece.before === undefined ? behind(placed, at, piece) : at, 0, piece);
  };
  for (const piece of wishes) move(piece);
  return placed.map(({ piece }) => piece);
}

/** Behind a piece and behind those that were put behind it before. */
function behind<T>(placed: readonly Placed<T>[], at: number, { after }: Placed<T>): number {
  let next = at + 1;
  while (next < placed.length && placed[next]?.after === after) next++;
  return next;
}
