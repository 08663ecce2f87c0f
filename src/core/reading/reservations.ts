/**
 * Reservations as deciders and questions read them: what open ones hold of a lot or an item at each level,
 * less those of the document that asks, and with what the same command is about to reserve (R71, R138).
 */
import type { ReservationRecord } from '../model/cases.ts';
import type { Fact } from '../model/facts.ts';
import type { LotRecord } from '../model/records.ts';
import { codeKey, optionalKey } from '../ports/keys.ts';
import type { View } from '../ports/view.ts';
import { openOf } from '../rules/reservations.ts';
import { commitmentId, commitmentTotal, holderKey, stockGuard } from '../rules/stock-keys.ts';

/** What is held of an item's stock, and for when. `open` may be negative: no longer, or not for this asker. */
export type Claim = Pick<
  ReservationRecord,
  'item' | 'itemKey' | 'variant' | 'warehouseKey' | 'locationKey' | 'lot' | 'serial' | 'intent' | 'needDate'
> & { readonly open: number };

/** Whose stock is asked about: a lot of an item, or the item itself. */
export interface Held {
  readonly item: string;
  readonly variant: string | null;
  /** Id of the lot; null for what names no lot. */
  readonly lot: string | null;
}

/** A reservation as a claim. */
export const claimOf = (reservation: ReservationRecord): Claim => ({
  ...reservation,
  open: openOf(reservation),
});

const negative = (claim: Claim): Claim => ({ ...claim, open: -claim.open });

const sameVariant = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : codeKey(a) === codeKey(b);

/** What is held, for one asker: everything but its own, and what the same command has added so far. */
export class Claims {
  readonly #view: View;
  /** Keys of the asker's documents: its own reservations are no obstacle to it. */
  readonly #keys: readonly string[];
  readonly #added: Claim[] = [];
  readonly #changed = new Set<string>();
  readonly #own = new Map<string, readonly ReservationRecord[]>();

  constructor(view: View, documents: readonly (string | null)[] = []) {
    this.#view = view;
    this.#keys = [...new Set(documents.filter((key) => key !== null))];
  }

  /** Holds more, or less, from now on. */
  add(claim: Claim): void {
    this.#added.push(claim);
  }

  /** No longer counts a reservation, since it is about to be changed. */
  without(reservation: ReservationRecord): void {
    this.#changed.add(reservation.id);
    this.add(negative(claimOf(reservation)));
  }

  /** Whether something was added or taken away, so that sums in records do not tell all. */
  get isAdjusted(): boolean {
    return this.#added.length > 0;
  }

  /** Open reservations of the asker's own documents for an item. */
  own(item: string): readonly ReservationRecord[] {
    const itemKey = codeKey(item);
    const known = this.#own.get(itemKey);
    if (known) return known;
    // whoever changes one of them also writes its lot, its serial or the item's sum, which are expected
    const found = this.#keys.flatMap((key) =>
      this.#view.range('reservations', 'byDocument', { prefix: [key, itemKey] }, null),
    );
    this.#own.set(itemKey, found);
    return found;
  }

  /** Whether a reservation belongs to the asker, or is about to be changed by it. */
  isOwn(reservation: Pick<ReservationRecord, 'id' | 'documentKey'>): boolean {
    return this.#changed.has(reservation.id) || this.#isOfDocument(reservation);
  }

  #isOfDocument({ documentKey }: Pick<ReservationRecord, 'documentKey'>): boolean {
    return documentKey !== null && this.#keys.includes(documentKey);
  }

  /** Held at exactly this level: at a place, or in a warehouse without saying where (`location` null). */
  at(held: Held, warehouse: string, location: string | null): number {
    const id = commitmentId(holderOf(held), { warehouse, location });
    const at = optionalKey(location);
    return this.#sum(id, held, (claim) => claim.locationKey === at && inWarehouse(claim, warehouse));
  }

  /** Held of a lot in a warehouse, at its places and without place; of an item what names no lot. */
  in(held: Held, warehouse: string): number {
    const id = commitmentTotal(holderOf(held), warehouse);
    return this.#sum(id, held, (claim) => inWarehouse(claim, warehouse));
  }

  /** The promises of an item in a warehouse that name no lot, others' and added ones. */
  promises(held: Omit<Held, 'lot'>, warehouse: string): Claim[] {
    const item: Held = { ...held, lot: null };
    const stored = this.#view.get('commitments', commitmentTotal(holderOf(item), warehouse))?.quantity ?? 0;
    const fits = (claim: Claim): boolean => isOf(claim, item) && inWarehouse(claim, warehouse);
    const added = this.#added.filter(fits);
    if (stored === 0) return added;
    const prefix = [codeKey(held.item), codeKey(warehouse)];
    const known = this.#view
      .range('reservations', 'byItem', { prefix }, stockGuard(held.item))
      .filter((each) => !this.#isOfDocument(each))
      .map(claimOf)
      .filter(fits);
    return [...known, ...added];
  }

  #sum(id: string, held: Held, fits: (claim: Claim) => boolean): number {
    const stored = this.#view.get('commitments', id)?.quantity ?? 0;
    if (stored === 0 && !this.isAdjusted) return 0;
    let sum = stored;
    if (stored > 0 && this.#keys.length > 0) {
      for (const each of this.own(held.item)) {
        const claim = claimOf(each);
        if (isOf(claim, held) && fits(claim)) sum -= claim.open;
      }
    }
    for (const claim of this.#added) if (isOf(claim, held) && fits(claim)) sum += claim.open;
    return Math.max(0, sum);
  }
}

const holderOf = ({ item, variant, lot }: Held): string => holderKey(lot, item, variant);

const inWarehouse = (claim: Claim, warehouse: string): boolean => claim.warehouseKey === codeKey(warehouse);

/** Whether a claim is counted with a holder: with its lot, or with its item where it names neither. */
const isOf = (claim: Claim, { item, variant, lot }: Held): boolean =>
  lot === null
    ? claim.lot === null &&
      claim.serial === null &&
      claim.itemKey === codeKey(item) &&
      sameVariant(claim.variant, variant)
    : claim.lot === lot;

/** Open reservations that name a lot, or one of its pieces, oldest first. */
export const reservationsOfLot = (view: View, lot: Pick<LotRecord, 'id'>): readonly ReservationRecord[] =>
  // whoever makes or changes one also writes the lot, which is expected here
  view.get('lots', lot.id)?.reserved ? view.range('reservations', 'byLot', { prefix: [lot.id] }, null) : [];

/** The open reservation that holds a piece. */
export function reservationOfSerial(view: View, serial: string): ReservationRecord | undefined {
  const id = view.get('serials', serial)?.reservation;
  return id ? view.get('reservations', id) : undefined;
}

/**
 * Facts that release every open reservation of lots and pieces, as a recall does when it is opened (R52).
 * Promises that name only the item are left: another lot may keep them.
 * @example facts.push(...releaseAllOf(view, scope.lots, scope.serials))
 */
export function releaseAllOf(view: View, lots: readonly string[], serials: readonly string[]): Fact[] {
  const found = new Map<string, ReservationRecord>();
  for (const id of lots) for (const each of reservationsOfLot(view, { id })) found.set(each.id, each);
  for (const id of serials) {
    const held = reservationOfSerial(view, id);
    if (held?.open) found.set(held.id, held);
  }
  return [...found.values()].map((each) => ({
    kind: 'reservationChanged',
    id: each.id,
    change: { why: 'recalled', released: openOf(each) },
  }));
}
