/** Records of large genealogies, put into a store as they are: what many postings would have folded. */
import { memory } from '../../src/adapters/stores/memory/index.ts';
import type { StoreAdapter } from '../../src/core/index.ts';
import type { Collections } from '../../src/core/model/records.ts';
import { textsDigest } from '../../src/core/ports/chain.ts';
import type { Put, StoredRecord } from '../../src/core/ports/store.ts';
import { SCHEMA_VERSION, tables } from '../../src/core/tables.ts';

const AT = '2026-11-22T09:00:00.000Z';

type Lot = Collections['lots'];
type Edge = Collections['edges'];
type Movement = Collections['movements'];

/** A lot of MILK with this id, like one that was loaded and is still here. */
export const bigLot = (id: string): Lot => ({
  id,
  version: 1,
  edition: 1,
  item: 'MILK',
  itemKey: 'milk',
  variant: null,
  code: id,
  codeKey: id,
  scope: 'milk',
  origin: null,
  reference: null,
  description: null,
  status: null,
  grade: null,
  lotType: null,
  supplier: null,
  manufacturer: null,
  supplierLot: null,
  startDate: null,
  expiryDate: null,
  manufactureDate: null,
  bestBefore: null,
  retestDate: null,
  removalDate: null,
  initialQuantity: 1,
  packageCount: null,
  notes: null,
  labelType: null,
  sellable: true,
  closed: false,
  attributes: {},
  createdAt: AT,
  updatedAt: AT,
  decimals: 0,
  onHand: 1,
  moved: true,
  live: 1,
  left: false,
  firstLoadDate: '2026-11-22',
  firstLoadSeq: 1,
  firstLoadPosting: 'p',
  reserved: 0,
  claimed: false,
  recall: null,
  blockRule: null,
  inspected: null,
  printed: false,
});

/** One went into the other. */
export const bigEdge = (n: number, from: string, to: string): Edge => ({
  id: `e${n}`,
  version: 1,
  seq: 1,
  date: '2026-11-22',
  kind: 'consume',
  from,
  fromKind: 'lot',
  fromItem: 'MILK',
  fromVariant: null,
  fromQuantity: 1,
  fromDecimals: 0,
  to,
  toKind: 'lot',
  toItem: 'MILK',
  toVariant: null,
  toQuantity: 1,
  toDecimals: 0,
  unload: `u${n}`,
  load: `l${n}`,
  traced: true,
  endDate: null,
  endSeq: null,
  reversed: false,
});

/** One unit of a lot, sold to a customer. */
export const bigMovement = (n: number, lot: string, customer: string | null): Movement => ({
  id: `m${String(n).padStart(7, '0')}`,
  version: 1,
  seq: 1,
  date: '2026-11-22',
  at: AT,
  lot,
  serial: null,
  item: 'MILK',
  itemKey: 'milk',
  variant: null,
  warehouse: 'SHOP',
  location: null,
  quantity: -1,
  posting: `p${n}`,
  line: `p${n}.1`,
  intent: 'sale',
  flow: 'shipped',
  traced: true,
  party: customer === null ? null : { kind: 'customer', code: customer },
  reverses: null,
  reversedBy: null,
});

/** Parts of a family: every lot but the first is made of one or two before it, chosen evenly. */
export function family(count: number): { lots: Lot[]; edges: Edge[] } {
  const name = (n: number): string => `lot${String(n).padStart(6, '0')}`;
  const lots = Array.from({ length: count }, (_, n) => bigLot(name(n)));
  const edges: Edge[] = [];
  for (let n = 1; n < count; n++) {
    edges.push(bigEdge(edges.length, name((n - 1) >> 2), name(n)));
    if (n % 10 === 0) edges.push(bigEdge(edges.length, name((n * 7) % n), name(n)));
  }
  return { lots, edges };
}

/** Puts records into a store in one commit. */
export async function stocked(
  records: Partial<Record<keyof Collections, readonly StoredRecord[]>>,
  adapter: StoreAdapter = memory(),
): Promise<StoreAdapter> {
  const store = await adapter.open(Object.values(tables), SCHEMA_VERSION);
  const puts: Put[] = Object.entries(records).flatMap(([collection, list]) =>
    list.map((record) => ({ collection, record })),
  );
  const entries = ['{}'];
  await store.commit({ expects: [], puts, deletes: [], entries, digest: textsDigest(entries) });
  return adapter;
}
