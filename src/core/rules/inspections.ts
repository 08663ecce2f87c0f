/**
 * What inspections say about a lot, and what an item's policy makes of it for an intent (R49, R50). Without a
 * word of the policy's own a sale asks that the lot has passed, and any other intent asks nothing.
 */
import type { InspectionPolicy, Intent } from '../model/inputs.ts';
import type { InspectionSummary } from '../model/records.ts';

/** What an inspection of a lot looks like to its summary. */
export interface InspectionState {
  readonly id: string;
  readonly openedAt: string;
  readonly result: 'pass' | 'fail' | null;
  readonly finishedAt: string | null;
}

/** Why the inspections hold a lot back, in one word. */
export type InspectionProblem = 'missing' | 'open' | 'failed';

/** What the policy asks for an intent. */
export const inspectionDemand = (policy: InspectionPolicy, intent: Intent): 'any' | 'finished' | 'passed' =>
  policy.intents?.[intent] ?? (intent === 'sale' ? 'passed' : 'any');

/**
 * What stands between a lot's inspections and an intent; null when nothing does.
 * @example inspectionProblem({ intents: { transfer: 'finished' } }, { …one open… }, 'transfer') // 'open'
 */
export function inspectionProblem(
  policy: InspectionPolicy,
  found: InspectionSummary | null,
  intent: Intent,
): InspectionProblem | null {
  const demand = inspectionDemand(policy, intent);
  if (demand === 'any') return null;
  if (!found || found.count === 0) return policy.required ? 'missing' : null;
  const all = policy.policy === 'all';
  if (all ? found.open > 0 : !found.newest.finished) return 'open';
  if (demand === 'finished') return null;
  return (all ? found.failed > 0 : found.newest.result !== 'pass') ? 'failed' : null;
}

const isOpen = (state: InspectionState): boolean => state.finishedAt === null;
const hasFailed = (state: InspectionState): boolean => !isOpen(state) && state.result !== 'pass';

/**
 * A lot's summary after one inspection was opened or went on. The newest is the one opened last by date; of
 * two of one day, the one opened later.
 * @param before the inspection as it was; undefined when it is new
 * @param newest when the summary's newest one was opened
 */
export function summaryAfter(
  summary: InspectionSummary | null,
  before: InspectionState | undefined,
  after: InspectionState,
  newest: string | undefined,
): InspectionSummary {
  const difference = (is: (state: InspectionState) => boolean): number =>
    Number(is(after)) - Number(before !== undefined && is(before));
  const latest = !summary || summary.newest.id === after.id || (!before && after.openedAt >= (newest ?? ''));
  return {
    count: (summary?.count ?? 0) + (before ? 0 : 1),
    open: (summary?.open ?? 0) + difference(isOpen),
    failed: (summary?.failed ?? 0) + difference(hasFailed),
    newest: latest ? { id: after.id, result: after.result, finished: !isOpen(after) } : summary.newest,
  };
}
