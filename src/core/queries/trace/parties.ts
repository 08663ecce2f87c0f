/**
 * Who brought or got something of a node (R104), by its movements that name a party: read from an index of
 * their own, so that few of many movements cost few reads (R110).
 */
import type { LotRecord, MovementRecord, SerialRecord } from '../../model/records.ts';
import type { TraceParty } from '../../model/views-trace.ts';
import type { Scalar } from '../../ports/store.ts';
import { gather } from '../../ports/view.ts';
import type { Reached } from '../../reading/genealogy.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { itemOf, nameOf, UNGUARDED } from '../views/stock.ts';
import { postingOf, type Rendering } from './nodes.ts';

/** Which parties of a node are asked for. */
export interface PartyQuestion {
  readonly node: Pick<Reached, 'id' | 'kind'>;
  /** It is the origin itself. */
  readonly direct: boolean;
  /** To whom it went, or from whom it came. */
  readonly ways: readonly ('forward' | 'backward')[];
  /** Position after which to go on. */
  readonly after: readonly Scalar[] | undefined;
  /** Movements looked at, at most. */
  readonly limit: number;
}

/** Parties of one node, and the position after which there are more. */
export interface PartyPage {
  readonly parties: readonly TraceParty[];
  readonly next: readonly Scalar[] | undefined;
}

const wayOf = ({ flow, quantity }: MovementRecord): 'sent' | 'received' | 'returned' => {
  if (flow === 'customerReturn' || flow === 'supplierReturn') return 'returned';
  return quantity < 0 ? 'sent' : 'received';
};

/** What came back from a customer belongs to whom it went to; what was sent back, to whom it came from. */
const sideOf = ({ flow, quantity }: MovementRecord): 'forward' | 'backward' =>
  flow === 'customerReturn' || (flow !== 'supplierReturn' && quantity < 0) ? 'forward' : 'backward';

/** Whether a movement was taken back, as far as the day of the trace knows (R109). */
function isTakenBack(movement: MovementRecord, { view, asOf }: Rendering): boolean {
  if (movement.reversedBy === null) return false;
  if (asOf === null) return true;
  const reversal = view.get('postings', movement.reversedBy);
  return !reversal || reversal.date <= asOf;
}

function matters(movement: MovementRecord, ways: PartyQuestion['ways'], rendering: Rendering): boolean {
  const { filter } = rendering;
  if (movement.reverses !== null || movement.flow === 'transferred') return false;
  if (!movement.traced && !filter.untraced) return false;
  return ways.includes(sideOf(movement));
}

interface Row {
  readonly first: MovementRecord;
  steps: number;
  readonly reversed: boolean;
}

/** Rows of one posting are one row: a lot may have left from several places. */
function rowsOf(movements: readonly MovementRecord[], taken: readonly boolean[]): Row[] {
  const rows: Row[] = [];
  movements.forEach((first, i) => {
    const last = rows.at(-1);
    const reversed = taken[i] ?? false;
    if (last && last.first.posting === first.posting && last.reversed === reversed)
      last.steps += first.quantity;
    else rows.push({ first, steps: first.quantity, reversed });
  });
  return rows;
}

function partyView(
  { first, steps, reversed }: Row,
  { node, direct }: PartyQuestion,
  record: LotRecord | SerialRecord,
  rendering: Rendering,
): TraceParty {
  const { view, documents } = rendering;
  const { party } = first;
  const item = itemOf(view, record.itemKey);
  const way = wayOf(first);
  return {
    party: party && documents ? { kind: party.kind, code: party.code, name: nameOf(view, party) } : null,
    way,
    direct,
    node: node.id,
    code: record.code,
    item: record.item,
    quantity: formatSteps(Math.abs(steps), item.unit.decimals),
    unit: item.unit.code,
    date: first.date,
    posting: postingOf(first.posting, rendering),
    supplierLot: way === 'received' && 'supplierLot' in record ? record.supplierLot : null,
    reversed,
  };
}

/** The parties of one node, oldest first. */
export function partiesOf(question: PartyQuestion, rendering: Rendering): PartyPage {
  const { node, ways, after, limit } = question;
  const { view, asOf, filter } = rendering;
  const record =
    node.kind === 'item' ? undefined : view.get(node.kind === 'lot' ? 'lots' : 'serials', node.id);
  if (!record?.moved) return { parties: [], next: undefined };
  const index = node.kind === 'lot' ? 'byLotParty' : 'bySerialParty';
  const bounds = asOf === null ? {} : { to: asOf };
  const options = { prefix: [node.id], ...bounds, limit: limit + 1, ...(after ? { after } : {}) };
  const found = view.range('movements', index, options, UNGUARDED);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const meant = page.filter((each) => matters(each, ways, rendering));
  const taken = gather(meant, (each) => isTakenBack(each, rendering));
  const rows = rowsOf(meant, taken).filter((row) => filter.reversed || !row.reversed);
  return {
    parties: gather(rows, (row) => partyView(row, question, record, rendering)),
    next: last && [node.id, last.date, last.seq, last.id],
  };
}
