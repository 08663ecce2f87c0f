/** Who got what a recall covers: by party, by lot, with what came back and what was reported (R104). */
import type { RecallRecord } from '../model/cases.ts';
import type { MovementRecord, PartyRef } from '../model/records.ts';
import type { RecallDelivery, RecallParty } from '../model/views-recalls.ts';
import { compareText, naturalKey } from '../ports/keys.ts';
import type { View } from '../ports/view.ts';
import { postingNumberText } from '../rules/posting-number.ts';
import { formatSteps } from '../rules/quantities.ts';
import { partyId } from './parties.ts';
import type { Covered } from './recall-report.ts';

type Sent = RecallDelivery['postings'][number];

/** One party and one lot, in steps. */
interface Delivery {
  readonly covered: Covered;
  sent: number;
  returned: number;
  returnedSince: number;
  reversed: number;
  /** Reported as come back; and as held or destroyed where it is. */
  reported: number;
  kept: number;
  readonly postings: Sent[];
}

interface Deliveries {
  readonly party: PartyRef;
  readonly byNode: Map<string, Delivery>;
}

/** Whether a movement sent something to its party; what moves between own places does not. */
export const isSent = ({ flow, quantity, reverses }: MovementRecord): boolean =>
  reverses === null && quantity < 0 && flow !== 'transferred';

const isBack = ({ flow, reverses }: MovementRecord): boolean =>
  reverses === null && flow === 'customerReturn';

function sentBy(view: View, movement: MovementRecord, decimals: number): Sent {
  const posting = view.get('postings', movement.posting);
  return {
    id: movement.posting,
    numberText: posting ? postingNumberText(posting.date, posting.number) : '',
    date: movement.date,
    document: posting?.document?.number ?? null,
    quantity: formatSteps(-movement.quantity, decimals),
  };
}

class Book {
  readonly parties = new Map<string, Deliveries>();

  entry(party: PartyRef, covered: Covered): Delivery {
    const key = partyId(party);
    const own = this.parties.get(key) ?? { party: { kind: party.kind, code: party.code }, byNode: new Map() };
    this.parties.set(key, own);
    const known = own.byNode.get(covered.id);
    if (known) return known;
    const fresh = {
      covered,
      sent: 0,
      returned: 0,
      returnedSince: 0,
      reversed: 0,
      reported: 0,
      kept: 0,
      postings: [],
    };
    own.byNode.set(covered.id, fresh);
    return fresh;
  }
}

/** Whose it is: named by the posting itself, or by the delivery that a return brings back. */
function partyOf(view: View, movement: MovementRecord): PartyRef | null {
  if (movement.party !== null || !isBack(movement)) return movement.party;
  const back = view.get('postings', movement.posting);
  const line = back?.lines.find((each) => each.id === movement.line);
  const delivery = line?.returns ? view.get('postings', line.returns.posting) : undefined;
  return delivery?.party ?? null;
}

function note(book: Book, view: View, covered: Covered, movement: MovementRecord, openedSeq: number): void {
  const { quantity, reversedBy, seq } = movement;
  if (!isSent(movement) && !isBack(movement)) return;
  const party = partyOf(view, movement);
  if (party === null) return;
  const entry = book.entry(party, covered);
  if (isBack(movement)) {
    if (reversedBy !== null) return;
    entry.returned += quantity;
    if (seq > openedSeq) entry.returnedSince += quantity;
  } else if (reversedBy !== null) entry.reversed -= quantity;
  else {
    entry.sent -= quantity;
    entry.postings.push(sentBy(view, movement, covered.item.unit.decimals));
  }
}

/** What was reported of one party and lot. */
function report(book: Book, recall: RecallRecord, covered: ReadonlyMap<string, Covered>): void {
  for (const { party, lot, serial, quantity, how } of recall.recovered) {
    const node = covered.get(serial ?? lot ?? '');
    if (!party || !node) continue;
    const entry = book.entry(party, node);
    if (how === 'returned') entry.reported += quantity;
    else entry.kept += quantity;
  }
}

/** Reported as come back and posted as come back are the same goods: the larger figure counts. */
const recoveredOf = (each: Delivery): number => Math.max(each.reported, each.returnedSince) + each.kept;

/** Neither back nor held nor destroyed. */
const outOf = (each: Delivery): number =>
  Math.max(0, each.sent - (each.returned - each.returnedSince) - recoveredOf(each));

function deliveryView(each: Delivery): RecallDelivery {
  const { record, item, origin, id } = each.covered;
  const text = (steps: number): string => formatSteps(steps, item.unit.decimals);
  return {
    node: id,
    code: record.code,
    item: record.item,
    unit: item.unit.code,
    direct: origin,
    sent: text(each.sent),
    returned: text(each.returned),
    returnedSince: text(each.returnedSince),
    recovered: text(recoveredOf(each)),
    out: text(outOf(each)),
    reversed: text(each.reversed),
    postings: each.postings,
  };
}

function partyView({ party, byNode }: Deliveries, recall: RecallRecord): RecallParty {
  const deliveries = [...byNode.values()];
  const live = deliveries.filter((each) => each.sent > 0);
  const notice = recall.notified.find((each) => partyId(each.party) === partyId(party));
  return {
    party: { ...party, name: null },
    direct: live.some((each) => each.covered.origin),
    indirect: live.some((each) => !each.covered.origin),
    notified: notice !== undefined,
    notifiedAt: notice?.at ?? null,
    dropped: live.length === 0,
    recovered: !live.some((each) => outOf(each) > 0),
    deliveries: deliveries.map(deliveryView),
  };
}

/** Every party that got something, by code. */
export function partiesOf(view: View, recall: RecallRecord, covered: readonly Covered[]): RecallParty[] {
  const book = new Book();
  for (const each of covered) {
    // the piece's own row says what its lot's says already
    if (each.within) continue;
    for (const movement of each.movements) note(book, view, each, movement, recall.openedSeq);
  }
  report(book, recall, new Map(covered.map((each) => [each.id, each])));
  return [...book.parties.values()]
    .map((each) => partyView(each, recall))
    .sort((a, b) => compareText(naturalKey(a.party.code), naturalKey(b.party.code)));
}
