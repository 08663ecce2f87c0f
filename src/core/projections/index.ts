/** Every projection, in the order they fold an entry: later ones may read what earlier ones wrote. */
import type { Entry } from '../model/facts.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { acknowledgements } from './acknowledgements.ts';
import { attributes } from './attributes.ts';
import { counters } from './counters.ts';
import { counts } from './counts.ts';
import { documents } from './documents.ts';
import { genealogy } from './genealogy.ts';
import { history } from './history.ts';
import { inspections } from './inspections.ts';
import { jobs } from './jobs.ts';
import { lots } from './lots.ts';
import { masters } from './masters.ts';
import { places } from './places.ts';
import { postings } from './postings.ts';
import { recalls } from './recalls.ts';
import { receipts } from './receipts.ts';
import { reservations } from './reservations.ts';
import { serials } from './serials.ts';
import { settings } from './settings.ts';
import { stock } from './stock.ts';
import { usage } from './usage.ts';

export const projections: readonly Projection[] = [
  receipts,
  masters,
  settings,
  counters,
  attributes,
  lots,
  serials,
  postings,
  stock,
  reservations,
  documents,
  jobs,
  genealogy,
  recalls,
  usage,
  history,
  inspections,
  places,
  acknowledgements,
  counts,
];

/** Folds one entry into every projection: the same for a live commit, a rebuild and verify. */
export function fold(entry: Entry, writer: Writer): void {
  for (const projection of projections) projection.apply(entry, writer);
}
