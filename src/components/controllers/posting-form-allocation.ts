/** What an automatic unload would take for a line, and every lot it would pass over, with the reason. */
import type { Allocation } from '../../core/index.ts';
import type { Ledger, Lot } from '../core.ts';

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

function placed(lot: Lot | undefined, warehouse: string, location: string | null): string | null {
  const row = lot?.stock.find((each) => each.warehouse === warehouse && each.location === location);
  return row?.onHand ?? null;
}

function candidatesOf(answer: Allocation, lots: ReadonlyMap<string, Lot>, warehouse: string): Candidate[] {
  const status = (id: string) => lots.get(id)?.status ?? null;
  const taken = answer.taken.map(({ lot, code, location, expiryDate, quantity }) => {
    const available = placed(lots.get(lot), warehouse, location) ?? quantity;
    return { lot, code, location, expiryDate, available, taken: quantity, reason: null, status: status(lot) };
  });
  const skipped = answer.skipped.map(({ lot, code, location, expiryDate, available, reason }) => {
    return { lot, code, location, expiryDate, available, taken: null, reason, status: status(lot) };
  });
  return [...taken, ...skipped];
}

/** Asks the ledger what it would take. */
export async function allocateLine(ledger: Ledger, question: AllocationQuestion): Promise<LineAllocation> {
  const { item, variant, warehouse, location, quantity, intent, date } = question;
  const own: { variant?: string } = variant ? { variant } : {};
  const [answer, lots] = await Promise.all([
    ledger.lots.allocate({
      ...{ item, warehouse, quantity, needDate: date, ...own },
      ...(location ? { location } : {}),
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
