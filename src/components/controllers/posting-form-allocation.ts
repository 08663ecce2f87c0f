/** What an automatic unload would take for a line, and every lot it would pass over, with the reason. */
import type { Allocation } from '../../core/index.ts';
import type { Ledger, Lot } from '../core.ts';
import { least, minus } from './lot-view-amounts.ts';

/** What the answer depends on. */
export interface AllocationQuestion {
  readonly item: string;
  readonly variant: string;
  readonly warehouse: string;
  readonly location: string;
  /** In the item's own unit. */
  readonly quantity: string;
  readonly intent: string;
  readonly date: string;
  /** The document that asks: what it has reserved counts as free. */
  readonly document: { readonly type: string; readonly number: string } | null;
}

/** One lot at one place, taken or passed over. */
export interface Candidate {
  readonly lot: string;
  readonly code: string;
  readonly location: string | null;
  readonly expiryDate: string | null;
  /** What is there to take, in the item's own unit; null where it is not known. */
  readonly available: string | null;
  readonly taken: string | null;
  /** What others have reserved of it, in the item's own unit; `'0'` for nothing. */
  readonly held: string;
  /** Why it is passed over, in one word. */
  readonly reason: string | null;
  readonly status: string | null;
}

export interface LineAllocation {
  readonly question: string;
  readonly candidates: readonly Candidate[];
  readonly shortage: string;
}

const MOST_LOTS = 500;

/** What is there to take of a lot that is taken: what lies there less what others have reserved. */
function availableOf(row: Allocation['taken'][number], lot: Lot | undefined, warehouse: string): string {
  const place = lot?.stock.find((each) => each.warehouse === warehouse && each.location === row.location);
  const free = minus(place?.onHand ?? row.quantity, row.reserved);
  return least(free, row.quantity) === free ? row.quantity : free;
}

function candidatesOf(answer: Allocation, lots: ReadonlyMap<string, Lot>, warehouse: string): Candidate[] {
  const status = (id: string) => lots.get(id)?.status ?? null;
  const taken = answer.taken.map((row): Candidate => {
    const { lot, code, location, expiryDate, quantity, reserved: held } = row;
    const available = availableOf(row, lots.get(lot), warehouse);
    const known = { lot, code, location, expiryDate, available, held, status: status(lot) };
    return { ...known, taken: quantity, reason: null };
  });
  const skipped = answer.skipped.map((row): Candidate => {
    const { lot, code, location, expiryDate, available, reserved: held, reason } = row;
    const known = { lot, code, location, expiryDate, available, held, status: status(lot) };
    return { ...known, taken: null, reason };
  });
  return [...taken, ...skipped];
}

type DocumentOf = NonNullable<Parameters<Ledger['lots']['allocate']>[0]['document']>;

/** Asks the ledger what it would take. */
export async function allocateLine(ledger: Ledger, question: AllocationQuestion): Promise<LineAllocation> {
  const { item, variant, warehouse, location, quantity, intent, date, document } = question;
  const own: { variant?: string } = variant ? { variant } : {};
  const [answer, lots] = await Promise.all([
    ledger.lots.allocate({
      ...{ item, warehouse, quantity, needDate: date, ...own },
      ...(location ? { location } : {}),
      ...(document ? { document: document as DocumentOf } : {}),
      intent: intent as NonNullable<Parameters<Ledger['lots']['allocate']>[0]['intent']>,
    }),
    ledger.lots.list({
      filter: { item, warehouse, ...(variant ? { variant } : {}) } as Record<string, string>,
      limit: MOST_LOTS,
    }),
  ]);
  const byId = new Map(lots.items.map((lot) => [lot.id, lot]));
  return {
    question: JSON.stringify(question),
    candidates: candidatesOf(answer, byId, warehouse),
    shortage: answer.shortage,
  };
}

/** A row of the candidates by lot and place. */
export const placeKey = (code: string, location: string | null | undefined): string =>
  `${code}\n${location ?? ''}`;
