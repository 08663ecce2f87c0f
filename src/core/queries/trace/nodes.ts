/** Nodes and links of a trace as hosts read them, on the day of the trace. */
import type { BalanceRecord, ItemRecord, LotRecord, PartyRef, SerialRecord } from '../../model/records.ts';
import type { TraceEdge, TraceNode, TracePosting, TraceStock } from '../../model/views-trace.ts';
import { codeKey } from '../../ports/keys.ts';
import type { QueryView } from '../../ports/view.ts';
import { dayEnds } from '../../reading/stock.ts';
import { isEnded, type LinkFilter } from '../../rules/genealogy.ts';
import { postingNumberText } from '../../rules/posting-number.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { own } from '../views/own.ts';
import { itemOf, UNGUARDED } from '../views/stock.ts';
import type { WalkedEdge, WalkedNode } from './walk.ts';

/** What every part of one trace is rendered with. */
export interface Rendering {
  readonly view: QueryView;
  /** The day it is asked for; null = as it stands now. */
  readonly asOf: string | null;
  /** The reader may see documents and parties (R120). */
  readonly documents: boolean;
  readonly filter: LinkFilter;
}

/** Places of a node that are shown. */
const PLACES = 100;

const isTransit = (view: QueryView, warehouseKey: string): boolean =>
  view.get('warehouses', warehouseKey)?.kind === 'transit';

/** What lies at a place at the end of a day; now, without a day. */
function stepsOn(view: QueryView, balance: BalanceRecord, asOf: string | null): number {
  if (asOf === null || asOf >= balance.lastDate) return balance.onHand;
  return dayEnds(view, balance, asOf)[0]?.steps ?? 0;
}

interface Standing {
  readonly onHand: string;
  readonly stock: TraceStock[];
}

function lotStanding(lot: LotRecord, { view, asOf }: Rendering): Standing {
  const now = asOf === null;
  // on a past day every place counts, also those that are empty by now
  const options = { prefix: [lot.id], ...(now ? { limit: 2 * PLACES } : {}) };
  const balances = lot.moved ? view.range('balances', 'byLot', options, UNGUARDED) : [];
  const stock: TraceStock[] = [];
  let steps = 0;
  for (const balance of balances) {
    const here = stepsOn(view, balance, asOf);
    steps += here;
    if (here === 0 || stock.length === PLACES) continue;
    const { warehouse, location, warehouseKey } = balance;
    const onHand = formatSteps(here, lot.decimals);
    stock.push({ warehouse, location, onHand, transit: isTransit(view, warehouseKey) });
  }
  return { onHand: formatSteps(now ? lot.onHand : steps, lot.decimals), stock };
}

interface Whereabouts {
  readonly place: { readonly warehouse: string; readonly location: string | null } | null;
  readonly holder: PartyRef | null;
}

/** Where a piece was at the end of a day: its newest movement until then tells. */
function whereabouts(serial: SerialRecord, { view, asOf }: Rendering): Whereabouts {
  if (asOf === null || serial.lastDate === null || asOf >= serial.lastDate) {
    const { warehouse, location, holder } = serial;
    return { place: warehouse === null ? null : { warehouse, location }, holder };
  }
  const options = { prefix: [serial.id], to: asOf, reverse: true, limit: 1 };
  const [last] = view.range('movements', 'bySerial', options, UNGUARDED);
  if (!last) return { place: null, holder: null };
  const { warehouse, location, quantity, reverses, party } = last;
  if (quantity > 0) return { place: { warehouse, location }, holder: null };
  return { place: null, holder: reverses === null ? party : null };
}

type Own = Pick<
  TraceNode,
  'code' | 'status' | 'closed' | 'recalled' | 'expiryDate' | 'supplierLot' | 'onHand' | 'stock' | 'holder'
>;

function ofLot(lot: LotRecord, rendering: Rendering): Own {
  const { code, status, closed, recall, expiryDate, supplierLot } = lot;
  const standing = lotStanding(lot, rendering);
  return {
    code,
    status,
    closed,
    recalled: recall !== null,
    expiryDate,
    supplierLot,
    ...standing,
    holder: null,
  };
}

function ofSerial(serial: SerialRecord, rendering: Rendering): Own {
  const { code, status, closed, expiryDate, supplierSerial } = serial;
  const { place, holder } = whereabouts(serial, rendering);
  const lot = serial.lot === null ? undefined : rendering.view.get('lots', serial.lot);
  const recalled = serial.recall !== null || (lot?.recall ?? null) !== null;
  const transit = place !== null && isTransit(rendering.view, codeKey(place.warehouse));
  const stock = place === null ? [] : [{ ...place, onHand: '1', transit }];
  const onHand = place === null ? '0' : '1';
  return {
    code,
    status,
    closed,
    recalled,
    expiryDate,
    supplierLot: supplierSerial,
    onHand,
    stock,
    holder: rendering.documents ? own(holder) : null,
  };
}

const UNTRACKED: Own = {
  code: null,
  status: null,
  closed: false,
  recalled: false,
  expiryDate: null,
  supplierLot: null,
  onHand: null,
  stock: [],
  holder: null,
};

interface Known extends Own {
  readonly item: ItemRecord;
  readonly variant: string | null;
}

function knownOf(node: WalkedNode, rendering: Rendering): Known | undefined {
  const { view } = rendering;
  if (node.kind === 'item') {
    const item = view.get('items', codeKey(node.item));
    return item && { ...UNTRACKED, item, variant: null };
  }
  const record = view.get(node.kind === 'lot' ? 'lots' : 'serials', node.id);
  if (!record) return undefined;
  const item = itemOf(view, record.itemKey);
  const ownFields =
    node.kind === 'lot' ? ofLot(record as LotRecord, rendering) : ofSerial(record as SerialRecord, rendering);
  return { ...ownFields, item, variant: record.variant };
}

/** A node as hosts read it; undefined where its record is gone. */
export function nodeView(
  node: WalkedNode,
  cursors: Pick<TraceNode, 'more' | 'moreParties'>,
  rendering: Rendering,
): TraceNode | undefined {
  const known = knownOf(node, rendering);
  if (!known) return undefined;
  const { item, variant, code, ...rest } = known;
  return {
    id: node.id,
    kind: node.kind,
    direction: node.direction,
    depth: node.depth,
    repeated: node.repeated,
    item: item.code,
    itemDescription: item.description ?? null,
    variant,
    code,
    unit: item.unit.code,
    ...rest,
    ...cursors,
  };
}

/** A posting by name; null for readers who may not see documents (R120). */
export function postingOf(id: string | null, { view, documents }: Rendering): TracePosting | null {
  const posting = id === null || !documents ? undefined : view.get('postings', id);
  if (!posting) return null;
  const { warehouse, document, date, number } = posting;
  return { id: posting.id, numberText: postingNumberText(date, number), warehouse, document: own(document) };
}

/** A link as hosts read it. */
export function edgeView({ edge, direction, repeated }: WalkedEdge, rendering: Rendering): TraceEdge {
  const { view, filter } = rendering;
  const ended = isEnded(edge, filter);
  const unitOf = (item: string): string => view.get('items', codeKey(item))?.unit.code ?? '';
  return {
    id: edge.id,
    kind: edge.kind,
    direction,
    from: edge.from,
    to: edge.to,
    fromQuantity: formatSteps(edge.fromQuantity, edge.fromDecimals),
    fromUnit: unitOf(edge.fromItem),
    toQuantity: formatSteps(edge.toQuantity, edge.toDecimals),
    toUnit: unitOf(edge.toItem),
    date: edge.date,
    unload: postingOf(edge.unload, rendering),
    load: postingOf(edge.load, rendering),
    endDate: ended ? edge.endDate : null,
    reversed: ended && edge.reversed,
    traced: edge.traced,
    repeated,
  };
}
