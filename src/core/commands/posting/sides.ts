/** The two sides of a pair of postings: opened together, and what was said of the opposite one. */

import type { LineInput, PostingInput } from '../../model/posting.ts';
import type { Operation as Purpose } from '../../model/records.ts';
import { locationIn } from '../../reading/references.ts';
import type { Draft, Header } from './draft.ts';
import type { Operation } from './operation.ts';
import { checkHeader, type LineWorld, resolveLines, type World, worldOf } from './world.ts';

/** Both sides of a pair. */
export interface Sides {
  /** The side that was asked for, and the one it brings along. */
  readonly source: Draft;
  readonly other: Draft;
  /** The same two: the unload, which is folded first, and the load. */
  readonly out: Draft;
  readonly into: Draft;
}

/** Opens a posting and its counterpart, which share document, party and notes; the unload first. */
export function openSides(
  operation: Operation,
  args: PostingInput,
  world: World,
  purpose: Purpose | null,
): Sides {
  const { counterpart } = world.template;
  const { document, internalDocument, party, project, note, fulfils } = args;
  const beside: Header = { document, internalDocument, party, project, note, fulfils };
  const what = purpose === null ? {} : { operation: purpose };
  const theirs = worldOf(operation.view, counterpart ?? args);
  const openSource = (): Draft => operation.draft(world, args, what);
  const openOther = (): Draft => operation.draft(theirs, beside, { ...what, main: false });
  const isOut = world.type === 'unload';
  const out = isOut ? openSource() : openOther();
  const into = isOut ? openOther() : openSource();
  operation.pair(out, into);
  return isOut ? { source: out, other: into, out, into } : { source: into, other: out, out, into };
}

/** Lines that lie where the counterpart as a whole does, unless they say. */
const placed = (lines: readonly LineInput[], location: string | null): readonly LineInput[] =>
  location === null ? lines : lines.map((line) => (line.location ? line : { ...line, location }));

/** What was asked, with its references resolved. */
export interface Asked {
  readonly lines: readonly LineWorld[];
  /** The counterpart's lines; null where none were given. */
  readonly opposite: readonly LineWorld[] | null;
  /** Where the counterpart is, unless its lines say. */
  readonly location: string | null;
}

/** Resolves both sides, then asks what their templates want of the header. */
export function askedOf(args: PostingInput, { source, other }: Sides): Asked {
  const lines = resolveLines(source, args.lines, '');
  const given = args.counterpart;
  const location = given?.location
    ? locationIn(other.world.warehouse, given.location, 'counterpart.location')
    : null;
  const opposite = given?.lines ? resolveLines(other, placed(given.lines, location), 'counterpart.') : null;
  checkHeader(source);
  checkHeader(other);
  return { lines, opposite, location };
}
