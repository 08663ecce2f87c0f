/**
 * Bounds what one posting adds to the genealogy: everything that goes in is linked with everything that comes
 * out, so two long lists make very many links (R126).
 */
import { limits } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import { linkKind, nodesOf } from '../../rules/genealogy.ts';
import type { Draft } from './draft.ts';

const none: ReadonlySet<string> = new Set();
const nodes = ({ id, lines }: Draft, pieces: boolean): number =>
  nodesOf({ id, lines, traced: true }, none, pieces).length;

/** @throws LedgerError limit.lines where two sides would make more links than a command may have rows */
export function checkLinks(drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    const { options, counterpart, world } = draft;
    if (counterpart === null || world.type !== 'unload' || options.reverses !== undefined) continue;
    if (linkKind(options.operation ?? null) === null) continue;
    const other = drafts.find((each) => each.id === counterpart);
    if (other && nodes(draft, true) * nodes(other, false) > limits.rows)
      throw new LedgerError('limit.lines', { path: 'lines', details: { max: limits.rows } });
  }
}
