/** Customer returns as the judge sees them (R57, R81): what was delivered on one line comes back, and no more. */
import type { Reading, Work } from './judge-postings.ts';
import { Lot, type Posted } from './things.ts';
import type { LinePlan } from './world.ts';

type PostedLine = Posted['lines'][number];

/** The line a return names. */
export function originOf(
  line: LinePlan,
  { model }: Reading,
): { posting: Posted; line: PostedLine } | undefined {
  const posting = line.returns && model.postings[line.returns.posting];
  const own = posting?.lines[line.returns?.line ?? -1];
  return posting && own ? { posting, line: own } : undefined;
}

const delivered = (line: PostedLine, lot: Lot): bigint =>
  line.moves.reduce((sum, { pile, steps }) => (pile === lot ? sum - steps : sum), 0n);

/** Whether a line brings back what was delivered; lines before it in the same posting are of other items. */
export function checkReturn(asked: LinePlan, work: Work, reading: Reading): void {
  const { faults, plan } = reading;
  const origin = originOf(asked, reading);
  if (!origin) {
    faults.add('rows', 'return.unverified', 'posting.notFound', 'posting.lineNotFound');
    return;
  }
  const { posting, line } = origin;
  if (posting.reversal || posting.type !== 'unload' || !posting.plan.party)
    faults.add('rows', 'return.notDelivery');
  if (line.reversed) faults.add('rows', 'posting.alreadyReversed');
  if (posting.plan.date > plan.date) faults.add('rows', 'return.beforeDelivery');
  const sums = new Map<Lot, bigint>();
  for (const { lot, steps } of work.lots) sums.set(lot, (sums.get(lot) ?? 0n) + steps);
  for (const [lot, steps] of sums) {
    const out = delivered(line, lot);
    if (out === 0n) faults.add('rows', 'return.lotNotDelivered');
    else if (steps > out - (line.returned?.get(lot) ?? 0n)) faults.add('rows', 'return.tooMuch');
  }
}

/** Counts what came back, or what of it was taken back. */
export function noteReturn(line: PostedLine, sign: bigint, reading: Pick<Reading, 'model'>): void {
  const origin = line.returns && originOf({ returns: line.returns } as LinePlan, reading as Reading);
  if (!origin) return;
  const returned = origin.line.returned ?? new Map<Lot, bigint>();
  origin.line.returned = returned;
  for (const { pile, steps } of line.moves) {
    if (!(pile instanceof Lot)) continue;
    const sum = (returned.get(pile) ?? 0n) + sign * steps;
    if (sum === 0n) returned.delete(pile);
    else returned.set(pile, sum);
  }
}
