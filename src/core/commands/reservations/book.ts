/**
 * What one command reserves, line after line: each has to find its quantity among what is usable on its
 * need date and neither held by others nor by the lines before it. Nothing is ever promised twice.
 */
import type { ReservationRecord } from '../../model/cases.ts';
import type { Fact } from '../../model/facts.ts';
import type { Intent } from '../../model/inputs.ts';
import type { ItemRecord, LotRecord, SerialRecord, WarehouseRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, optionalKey } from '../../ports/keys.ts';
import type { DecideContext, View } from '../../ports/view.ts';
import {
  type CandidateRequest,
  candidatesFor,
  inPieces,
  type LotCandidate,
  promiseRoom,
} from '../../reading/candidates.ts';
import { choosePieces, type PieceRequest, promisedPieces } from '../../reading/pieces.ts';
import { placeOf } from '../../reading/places.ts';
import { settingsOf } from '../../reading/references.ts';
import { type Claim, Claims } from '../../reading/reservations.ts';
import { lotSubject, serialSubject } from '../../reading/stock.ts';
import { allocate } from '../../rules/allocation.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { type Usability, usability } from '../../rules/usability.ts';

/** What is reserved, where, for when: without the lot or piece. */
export type Terms = Pick<
  ReservationRecord,
  'document' | 'documentKey' | 'intent' | 'needDate' | 'party' | 'note'
> & {
  readonly item: ItemRecord;
  readonly variant: string | null;
  readonly warehouse: WarehouseRecord;
  readonly location: string | null;
};

/** What of an item it names. */
export interface Named {
  readonly lot: string | null;
  readonly serial: string | null;
}

/** Fields a changed reservation has from now on. */
export type Placed = Pick<
  ReservationRecord,
  'warehouse' | 'warehouseKey' | 'location' | 'locationKey' | 'lot' | 'serial'
>;

export const placed = (terms: Pick<Terms, 'warehouse' | 'location'>, named: Named): Placed => ({
  warehouse: terms.warehouse.code,
  warehouseKey: codeKey(terms.warehouse.code),
  location: terms.location,
  locationKey: optionalKey(terms.location),
  lot: named.lot,
  serial: named.serial,
});

const claimFor = (terms: Terms, named: Named, open: number): Claim => ({
  item: terms.item.code,
  itemKey: terms.item.id,
  variant: terms.variant,
  intent: terms.intent,
  needDate: terms.needDate,
  ...placed(terms, named),
  open,
});

/** Throws the first reason against a use, with all of them. */
function refuse(answer: Usability, path: string): void {
  const [first] = answer.reasons;
  if (answer.allowed || !first) return;
  const reasons = answer.reasons.map((reason) => reason.why);
  throw new LedgerError(first.code, { path, details: { ...first.details, reasons } });
}

export class Book {
  readonly view: View;
  readonly context: DecideContext;
  readonly facts: Fact[] = [];
  readonly claims: Claims;
  /** Pieces this command has reserved. */
  readonly #pieces = new Set<string>();

  constructor(view: View, context: DecideContext) {
    this.view = view;
    this.context = context;
    this.claims = new Claims(view);
  }

  /** How stock is asked for under some terms: on the need date, or today where that has passed. */
  request(terms: Terms): PieceRequest {
    const { context, view, claims } = this;
    const { item, variant, warehouse, location, intent } = terms;
    const day = terms.needDate < context.today ? context.today : terms.needDate;
    const use: CandidateRequest['use'] = {
      intent: intent as Intent,
      day,
      today: context.today,
      allowUnavailable: false,
      forceExpired: context.may('expired.force') && Boolean(context.force?.reason?.trim()),
      sellableBlocks: settingsOf(view).sellableBlocks,
      direction: 'unload',
    };
    return { item, variant, warehouse, location, day, use, claims, except: this.#pieces };
  }

  /** Refuses a lot that may not be used, or has too little left. */
  checkLot(terms: Terms, lot: LotRecord, steps: number, path: string): void {
    const request = this.request(terms);
    refuse(usability(lotSubject(lot, terms.item, this.view), request.use), path);
    const all = candidatesFor(this.view, request);
    const here = (terms.item.serials ? inPieces(this.view, request, all) : all).filter(
      (candidate) => candidate.lot === lot.id && candidate.blocked !== 'location',
    );
    this.#refuseHeldPlaces(terms, lot, here, path);
    const asked = { strategy: 'fefo', quantity: steps, needDate: request.day } as const;
    const { shortage } = allocate(here, asked);
    if (shortage === 0) return;
    throw new LedgerError('lot.insufficient', {
      path,
      details: {
        code: lot.code,
        ...this.figures(terms, steps - shortage, shortage),
        reserved: formatSteps(
          here.reduce((most, { held }) => Math.max(most, held), 0),
          terms.item.unit.decimals,
        ),
      },
    });
  }

  /** All that is there of a lot lies where a policy holds it (R130). */
  #refuseHeldPlaces(terms: Terms, lot: LotRecord, here: readonly LotCandidate[], path: string): void {
    const [first] = here;
    if (!first || here.some((candidate) => candidate.blocked === null)) return;
    const { use } = this.request(terms);
    const place = placeOf(terms.warehouse, first.location) ?? null;
    refuse(usability(lotSubject(lot, terms.item, this.view), { ...use, place }), path);
  }

  /** Refuses a promise that what is usable in the warehouse, or at the place, cannot keep. */
  checkPromise(terms: Terms, steps: number, path: string): void {
    const { intent, needDate, location } = terms;
    const asked = { intent, needDate, location };
    const request = this.request(terms);
    const pieces = Boolean(terms.item.serials) && !terms.item.lots;
    const { room, held } = (pieces ? promisedPieces : promiseRoom)(this.view, request, asked);
    if (room >= steps) return;
    throw new LedgerError('stock.insufficient', {
      path,
      details: {
        ...this.figures(terms, room, steps - room),
        reserved: formatSteps(held, terms.item.unit.decimals),
      },
    });
  }

  figures({ item, warehouse, location, needDate }: Terms, available: number, shortage: number) {
    const { decimals } = item.unit;
    return {
      item: item.code,
      available: formatSteps(available, decimals),
      shortage: formatSteps(shortage, decimals),
      warehouse: warehouse.code,
      location,
      needDate,
    };
  }

  /** Refuses a piece that is elsewhere, may not be used, or is held. */
  checkPiece(terms: Terms, serial: SerialRecord, path: string): void {
    const { view } = this;
    const place = serial.warehouse ? { warehouse: serial.warehouse, location: serial.location } : null;
    const here = serial.warehouseKey === codeKey(terms.warehouse.code);
    if (!here || (terms.location !== null && serial.locationKey !== codeKey(terms.location))) {
      throw new LedgerError('serial.notHere', { path, details: { code: serial.code, place } });
    }
    if (this.#pieces.has(serial.id)) {
      throw new LedgerError('serial.repeated', { path, details: { code: serial.code } });
    }
    const request = this.request(terms);
    const lot = serial.lot === null ? undefined : view.get('lots', serial.lot);
    const use = { ...request.use, place: placeOf(terms.warehouse, serial.location) ?? null };
    if (lot) refuse(usability(lotSubject(lot, terms.item, view), use), path);
    refuse(usability(serialSubject(serial, view), use), path);
    const wanted = {
      count: 1,
      strategy: 'fefo',
      needDate: request.day,
      first: [serial.id],
      manual: true,
    } as const;
    const { shortage } = choosePieces(view, { ...request, location: serial.location }, wanted);
    if (shortage === 0) return;
    const one = 10 ** terms.item.unit.decimals;
    throw new LedgerError(lot ? 'lot.insufficient' : 'stock.insufficient', {
      path,
      details: { ...(lot ? { code: lot.code } : {}), ...this.figures(terms, 0, one) },
    });
  }

  /** Writes a reservation that was checked. */
  reserve(terms: Terms, named: Named, steps: number): void {
    const { document, documentKey, intent, needDate, party, note, item, variant } = terms;
    this.facts.push({
      kind: 'reserved',
      reservation: {
        id: this.context.newId(),
        document,
        documentKey,
        item: item.code,
        itemKey: item.id,
        variant,
        decimals: item.unit.decimals,
        ...placed(terms, named),
        quantity: steps,
        intent,
        needDate,
        party,
        note,
      },
    });
    this.hold(terms, named, steps);
  }

  /** Counts a reservation for the lines that follow. */
  hold(terms: Terms, named: Named, steps: number): void {
    this.claims.add(claimFor(terms, named, steps));
    if (named.serial !== null) this.#pieces.add(named.serial);
  }
}
