/** The figures of a recall: what an authority and an auditor measure it by. */
import type { RecallRecord } from '../model/cases.ts';
import type { RecallFigures, RecallGap, RecallParty } from '../model/views-recalls.ts';
import { percent, totalAccounted, totalIn } from './mass-balance.ts';
import { isSent } from './recall-parties.ts';
import type { Covered } from './recall-report.ts';

/** Gaps that break the trail; what is merely not back yet does not. */
const breaking = new Set<RecallGap['what']>(['party', 'supplier', 'document', 'source', 'untracked']);

/** Texts of quantities of whatever unit as whole millionths. */
function millionths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}

const scale = (steps: bigint, decimals: number): bigint => steps * 10n ** BigInt(6 - decimals);

function locatedOf(covered: readonly Covered[]): number | null {
  let all = 0n;
  let located = 0n;
  for (const { sums, item, movements, within } of covered) {
    if (within) continue;
    const { decimals } = item.unit;
    let unknown = sums.otherOut;
    for (const movement of movements) {
      const stands = movement.reversedBy === null && isSent(movement);
      if (stands && movement.flow === 'shipped' && movement.party === null)
        unknown -= BigInt(movement.quantity);
    }
    all += scale(totalIn(sums), decimals);
    located += scale(totalAccounted(sums) - unknown, decimals);
  }
  return percent(located, all);
}

function recoveredOf(parties: readonly RecallParty[]): number | null {
  let out = 0n;
  let back = 0n;
  for (const { deliveries } of parties) {
    for (const { sent, returned, returnedSince, recovered } of deliveries) {
      const gone = millionths(sent) - (millionths(returned) - millionths(returnedSince));
      const told = millionths(recovered);
      out += gone;
      // told of by mistake, more than went out there: nothing is recovered twice
      back += told < gone ? told : gone;
    }
  }
  return percent(back, out);
}

/** The figures at a moment. */
export function figuresOf(
  recall: RecallRecord,
  covered: readonly Covered[],
  parties: readonly RecallParty[],
  gaps: readonly RecallGap[],
  at: string,
): RecallFigures {
  const broken = new Set(gaps.filter((each) => breaking.has(each.what)).map((each) => each.node));
  const whole = covered.filter(({ id }) => !broken.has(id));
  const live = parties.filter((party) => !party.dropped);
  const told = live.filter((party) => party.notified);
  return {
    traceCompleteness: percent(BigInt(whole.length), BigInt(covered.length)),
    located: locatedOf(covered),
    notified: percent(BigInt(told.length), BigInt(live.length)),
    recovered: recoveredOf(parties),
    elapsedMs: Date.parse(recall.closedAt ?? at) - Date.parse(recall.openedAt),
  };
}
