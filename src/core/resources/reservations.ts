/** `ledger.reservations`: what the host's documents commit before it moves. */
import type { Intent } from '../model/inputs.ts';
import type { DocumentType } from '../model/posting.ts';
import type { ListQuery, Page } from '../model/views.ts';
import type { Reservation } from '../model/views-reservations.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import {
  ask,
  type ChangeOptions,
  type Historied,
  historied,
  send,
  type UpdateOptions,
  type Valued,
  valued,
} from './resource.ts';

type Party = {
  readonly kind: 'customer' | 'supplier' | 'other';
  readonly code: string;
  readonly name?: string | null;
};

interface Shared {
  /** What it is for; a sale unless said, the strictest. */
  readonly intent?: Intent;
  /** The day its lots must be good on; today unless said. */
  readonly needDate?: string | null;
  readonly party?: Party | null;
  readonly note?: string | null;
}

/** The host's document that reserves. */
export interface ReservedFor {
  readonly type: DocumentType;
  readonly number: string;
}

/**
 * One item of a document. Without `lots` and `serials` it is a promise of the item, kept by whichever lot is
 * good on the need date; without a location it is held in the warehouse, wherever it lies.
 */
export interface ReservationLine extends Shared {
  readonly item: string;
  readonly variant?: string | null;
  readonly warehouse: string;
  readonly location?: string | null;
  readonly quantity: string | number;
  readonly unit?: string | null;
  /** `'auto'`: chosen by the item's withdrawal. */
  readonly lots?:
    | 'auto'
    | readonly {
        readonly code: string;
        readonly quantity: string | number;
        readonly location?: string | null;
      }[]
    | null;
  /** `'auto'`: what the named lots leave is chosen by the item's withdrawal (R99). */
  readonly rest?: 'auto' | null;
  readonly serials?: 'auto' | readonly string[] | null;
  /** Days the chosen lots must still be good after the need date (R39). */
  readonly minShelfLifeDays?: number | null;
  readonly singleLot?: boolean;
}

/** What `commit` takes; intent, need date, party and note may be said once for all lines. */
export interface ReservationDraft extends Shared {
  /** Null, or left out: made by hand. */
  readonly document?: ReservedFor | null;
  readonly lines: readonly ReservationLine[];
}

/** What `alter` changes; undefined keeps, null clears. `quantity` is the whole of it from now on. */
export interface Alteration {
  readonly quantity?: string | number;
  readonly needDate?: string;
  readonly party?: Party | null;
  readonly note?: string | null;
}

/** Where `move` takes it: all that is open unless a quantity is said. */
export interface ReservationMove {
  readonly warehouse?: string;
  readonly location?: string | null;
  readonly quantity?: string | number;
}

/** What keeps it instead: another lot of the item, or another piece. */
export interface Substitution {
  readonly lot?: string;
  readonly serial?: string;
  readonly location?: string | null;
  readonly quantity?: string | number;
}

/** What is released: one reservation by its id, whole or in part, or all that is open of a document. */
export type ReservationRelease =
  | { readonly id: string; readonly quantity?: string | number }
  | { readonly document: ReservedFor };

export interface Reservations extends Historied, Valued {
  /**
   * Reserves what a document will need, all lines or none; nothing is reserved twice.
   * @throws LedgerError lot.insufficient or stock.insufficient with what is available and reserved;
   * lot.expired, lot.recalled, lot.closed … for lots that could not be used on the need date
   * @example
   * const [kept] = await ledger.reservations.commit({
   *   document: { type: 'salesOrder', number: 'SO-7' }, needDate: '2026-12-01',
   *   lines: [{ item: 'MILK', warehouse: 'MAIN', quantity: '12', lots: 'auto' }],
   * });
   * kept.lot; // the lot that expires first and is still good on the need date
   */
  commit(draft: ReservationDraft, options?: ChangeOptions): Promise<Reservation[]>;
  /**
   * @throws LedgerError reservation.exceeded for less than was fulfilled and released; lot.insufficient …
   * @example await ledger.reservations.alter(kept.id, { quantity: '8', needDate: '2026-12-03' })
   */
  alter(id: string, change: Alteration, options?: UpdateOptions): Promise<Reservation>;
  /** Holds it at another place, or in another warehouse, from now on: the reservations it became. */
  move(id: string, to: ReservationMove, options?: UpdateOptions): Promise<Reservation[]>;
  /**
   * Gives it free, whole or in part; or everything of a document. Answers what was changed.
   * @example await ledger.reservations.release({ document: { type: 'salesOrder', number: 'SO-7' } })
   */
  release(what: ReservationRelease, options?: UpdateOptions): Promise<Reservation[]>;
  /**
   * Has another lot of the item keep it (R82); needs a reason, which stays in the history of both lots.
   * @throws LedgerError reason.required, lot.insufficient, reservation.closed
   * @example await ledger.reservations.substitute(kept.id, { lot: 'L2' }, { reason: 'L1 is damaged' })
   */
  substitute(id: string, into: Substitution, options?: UpdateOptions): Promise<Reservation[]>;
  /** @throws LedgerError `reservation.notFound` */
  get(id: string): Promise<Reservation>;
  /**
   * Filters: `document` (its number), `item`, `variant`, `warehouse`, `location`, `lot`,
   * `lotId`, `serial`, `serialId`, `state`, `intent`, `needDate`, `party`. Sorts: createdAt, needDate, item.
   * @example await ledger.reservations.list({ filter: { document: 'SO-7', state: 'open' } })
   */
  list(query?: ListQuery): Promise<Page<Reservation>>;
}

interface Answered {
  readonly reservations?: readonly string[];
}

/** The resource over a port. */
export const reservations = (port: LedgerPort): Reservations => {
  const get = (id: string): Promise<Reservation> => ask(port, 'reservations.get', { id });
  const act = async (
    name: string,
    args: object,
    { version, ...options }: UpdateOptions = {},
    id?: string,
  ): Promise<Reservation[]> => {
    const sent = version === undefined ? args : { ...args, version };
    const answer = await send<Answered>(port, `reservations.${name}@1`, sent, options);
    return Promise.all((answer.reservations ?? (id === undefined ? [] : [id])).map(get));
  };
  return {
    ...historied(port, 'reservations'),
    commit: (draft, options) => act('commit', draft, options),
    async alter(id, change, options) {
      const [altered] = await act('alter', { id, ...change }, options, id);
      return altered ?? get(id);
    },
    move: (id, to, options) => act('move', { id, ...to }, options, id),
    release: (what, options) => act('release', what, options),
    substitute: (id, into, options) => act('substitute', { id, ...into }, options, id),
    get,
    list: (query = {}) => ask(port, 'reservations.list', query),
    ...valued(port, 'reservations'),
  };
};
