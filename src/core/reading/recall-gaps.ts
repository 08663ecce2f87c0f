/** What the report of a recall cannot tell: links that are missing, and what does not add up. */
import type { MovementRecord } from '../model/records.ts';
import type { RecallGap, RecallParty } from '../model/views-recalls.ts';
import { gather, type View } from '../ports/view.ts';
import { EVERYTHING, follows } from '../rules/genealogy.ts';
import { postingNumberText } from '../rules/posting-number.ts';
import { formatSteps } from '../rules/quantities.ts';
import { totalAccounted, totalIn } from './mass-balance.ts';
import { isSent } from './recall-parties.ts';
import type { Covered } from './recall-report.ts';

const inFlows = new Set(['received', 'produced', 'opening']);
const outFlows = new Set(['shipped', 'other']);

type Missing = Pick<RecallGap, 'what'> & Partial<RecallGap>;

const gap = ({ id, record }: Covered, missing: Missing): RecallGap => ({
  node: id,
  code: record.code,
  item: record.item,
  quantity: null,
  posting: null,
  party: null,
  ...missing,
});

/** A receipt names its supplier, a delivery its customer, and both their document. */
function ofMovement(view: View, each: Covered, movement: MovementRecord): RecallGap[] {
  const { flow, party, reverses, reversedBy, quantity } = movement;
  if (reverses !== null || reversedBy !== null) return [];
  const receipt = flow === 'received' && quantity > 0;
  const delivery = isSent(movement) && outFlows.has(flow);
  if (!receipt && !delivery) return [];
  const posting = view.get('postings', movement.posting);
  const details = {
    quantity: formatSteps(Math.abs(quantity), each.item.unit.decimals),
    posting: posting ? postingNumberText(posting.date, posting.number) : null,
  };
  const found: RecallGap[] = [];
  if (party === null) found.push(gap(each, { what: receipt ? 'supplier' : 'party', ...details }));
  if (!posting?.document?.number && !posting?.internalDocument?.number)
    found.push(gap(each, { what: 'document', ...details, party }));
  return found;
}

function ofNode(view: View, each: Covered, guard: string): RecallGap[] {
  const { id, item, sums, movements, within } = each;
  const found = movements.flatMap((movement) => (within ? [] : ofMovement(view, each, movement)));
  const into = view.range('edges', 'byFrom', { prefix: [id] }, guard);
  for (const edge of into) {
    if (edge.toKind !== 'item' || !follows(edge, EVERYTHING)) continue;
    const quantity = formatSteps(edge.toQuantity, edge.toDecimals);
    found.push(gap(each, { what: 'untracked', item: edge.toItem, quantity }));
  }
  const known = movements.some(({ flow, quantity }) => quantity > 0 && inFlows.has(flow));
  if (!known && !within && view.range('edges', 'byTo', { prefix: [id], limit: 1 }, guard).length === 0)
    found.push(gap(each, { what: 'source' }));
  const difference = totalIn(sums) - totalAccounted(sums);
  if (difference !== 0n && !within)
    found.push(gap(each, { what: 'difference', quantity: formatSteps(difference, item.unit.decimals) }));
  return found;
}

function ofParty(party: RecallParty): RecallGap[] {
  if (party.recovered) return [];
  return party.deliveries
    .filter((each) => each.out !== '0')
    .map(({ node, code, item, out }) => ({
      what: 'unrecovered',
      node,
      code,
      item,
      quantity: out,
      posting: null,
      party: { kind: party.party.kind, code: party.party.code },
    }));
}

/** The gaps of a report: of every lot and piece, then what is still out. */
export function gapsOf(
  view: View,
  covered: readonly Covered[],
  parties: readonly RecallParty[],
  guard: string,
): RecallGap[] {
  return [...gather(covered, (each) => ofNode(view, each, guard)).flat(), ...parties.flatMap(ofParty)];
}
