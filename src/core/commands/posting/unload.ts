/**
 * One line of an unload: named lots and serials, or what the item's withdrawal chooses (R26, R69, R70,
 * R74, R96–R100, R103). Whether there is enough is asked at the end, on the net effect of all lines.
 */
import { locationIn } from '../../reading/references.ts';
import type { Draft } from './draft.ts';
import type { Rows } from './line-rows.ts';
import { placeFor } from './load.ts';
import { automaticLots, namedLots, take } from './unload-lots.ts';
import { unloadSerials } from './unload-serials.ts';
import { checkUntrackedUse } from './usability.ts';
import type { LineWorld, Tracking } from './world.ts';

/** What one line of an unload takes. */
export function unloadLine(draft: Draft, line: LineWorld, tracking: Tracking, total: number): Rows {
  if (total === 0) return { lots: [], serials: [] };
  if (tracking.serials) return unloadSerials(draft, line, tracking, total);
  if (tracking.lots) {
    const { lots } = line.input;
    const taken =
      lots === 'auto' ? automaticLots(draft, line, total) : namedLots(draft, line, lots ?? [], total);
    return { lots: take(draft, line, taken), serials: [] };
  }
  const { item, variant, decimals, path } = line;
  const location =
    line.location === null
      ? placeFor(draft, line, null, `${path}.location`)
      : locationIn(draft.world.warehouse, line.location, path);
  checkUntrackedUse(draft, line, location, line.location === null ? path : `${path}.location`);
  draft.move({ lot: null, item: item.code, variant, decimals, location, path, steps: -total });
  return { lots: [], serials: [], location };
}
