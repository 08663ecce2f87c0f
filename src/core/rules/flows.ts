/**
 * What a posting's movements are to a lot's quantity: the columns of a mass balance (R111). A reversal has
 * the flow of what it takes back; its sign makes the sums net.
 */
import type { PostingFact } from '../model/facts.ts';
import type { Flow } from '../model/records.ts';

const loads: Readonly<Record<string, Flow>> = {
  production: 'produced',
  transfer: 'transferred',
  count: 'countGain',
  customerReturn: 'customerReturn',
  inspection: 'inspected',
};

const unloads: Readonly<Record<string, Flow>> = {
  sale: 'shipped',
  production: 'consumed',
  transfer: 'transferred',
  count: 'countLoss',
  scrap: 'scrapped',
  supplierReturn: 'supplierReturn',
  inspection: 'inspected',
};

const byOperation: Readonly<Record<string, Flow>> = {
  split: 'split',
  merge: 'merged',
  convert: 'converted',
  opening: 'opening',
  transfer: 'transferred',
};

/** The flow of a posting's movements. */
export function flowOf(
  posting: Pick<PostingFact, 'type' | 'intent' | 'operation' | 'reverses' | 'party'>,
): Flow {
  const named = posting.operation === null ? undefined : byOperation[posting.operation];
  if (named) return named;
  // a reversal has the opposite type of what it takes back
  const loaded = (posting.type === 'load') === (posting.reverses === null);
  if (loaded) return loads[posting.intent] ?? 'received';
  // what is installed in another piece is part of it from then on (R112)
  if (posting.operation === 'install') return 'consumed';
  return unloads[posting.intent] ?? (posting.party === null ? 'other' : 'shipped');
}
