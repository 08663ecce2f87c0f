/** What hosts see of a split, a merge or a conversion. */
import type { PostedLot, Posting } from './views.ts';

/**
 * The posting that took lots out, as the answer of a split, a merge or a conversion. `counterpart` is the id
 * of the load beside it.
 */
export interface Transformed extends Posting {
  /** The lots that came of it, with what each got and where, in base units: the rows of that load. */
  readonly made: readonly PostedLot[];
}
