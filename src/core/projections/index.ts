/** Every projection, in the order they fold an entry: later ones may read what earlier ones wrote. */
import type { Entry } from '../model/facts.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { counters } from './counters.ts';
import { history } from './history.ts';
import { lots } from './lots.ts';
import { masters } from './masters.ts';
import { postings } from './postings.ts';
import { receipts } from './receipts.ts';
import { serials } from './serials.ts';
import { settings } from './settings.ts';
import { stock } from './stock.ts';
import { usage } from './usage.ts';

export const projections: readonly Projection[] = [
  receipts,
  masters,
  settings,
  counters,
  lots,
  serials,
  postings,
  stock,
  usage,
  history,
];

/** Folds one entry into every projection: the same for a live commit, a rebuild and verify. */
export function fold(entry: Entry, writer: Writer): void {
  for (const projection of projections) projection.apply(entry, writer);
}
