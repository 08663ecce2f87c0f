/**
 * What one command does to stock: one posting or several (an unload and its counterpart load, a reversal
 * and what replaces it, the gains and losses of a count), all on one date. They share lots, serials, code
 * counters and warnings, a later line sees what an earlier one made, and what they move is checked at the
 * end, on the net effect of all of them.
 *
 *     const operation = openOperation(view, context, args.date);
 *     const out = operation.draft(worldOf(view, { warehouse, template }), header, { operation: 'production' });
 *     const back = operation.draft(worldOf(view, other), header, { operation: 'production', main: false });
 *     operation.pair(out, back);
 *     postLines(out, args.lines);                  // or rows of one's own: `recordLine`, `draft.move` …
 *     postLines(back, args.counterpart.lines, 'counterpart.');
 *     return operation.finish();                   // checks balances, numbers the postings, gives the facts
 */
import type { Change, CounterFact, Fact, LotFact, PostingFact, SerialFact } from '../../model/facts.ts';
import type { Warning } from '../../model/records.ts';
import { limits } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, US } from '../../ports/keys.ts';
import type { Put } from '../../ports/store.ts';
import { type DecideContext, type Decision, gather, type View } from '../../ports/view.ts';
import { mustBeAccepted, type Pending } from '../../reading/codes.ts';
import { partySeen } from '../../reading/parties.ts';
import { settingsOf } from '../../reading/references.ts';
import { isPostingNumberTaken, nextPostingNumber, postingNumberId } from '../../rules/posting-number.ts';
import { balanceId, holderKey } from '../../rules/stock-keys.ts';
import { checkDelta, checkLotTotals, checkSerial } from './balances.ts';
import { Draft, type DraftOptions, type Header } from './draft.ts';
import { checkLinks } from './links.ts';
import type { Delta, DraftLot, DraftSerial, SerialMove } from './moves.ts';
import { settleReservations } from './reservations.ts';
import { checkSingleLots } from './single-lot.ts';
import type { World } from './world.ts';

/** The settings in force. */
export type Settings = ReturnType<typeof settingsOf>;

/** Begins what a command does on a date; whether the date may be used is asked with the first posting. */
export const openOperation = (view: View, context: DecideContext, date: string): Operation =>
  new Operation(view, context, date);

export class Operation {
  readonly view: View;
  readonly context: DecideContext;
  readonly settings: Settings;
  readonly date: string;
  readonly warnings: Warning[] = [];
  /** Net changes by the id of the balance. */
  readonly deltas = new Map<string, Delta>();
  /** The last move of every serial on its way; each knows the one before. */
  readonly serialMoves = new Map<string, SerialMove>();
  /** Lots this operation loaded already: a second row of it is no top-up (R57). */
  readonly touched = new Set<string>();
  readonly #drafts: Draft[] = [];
  readonly #lots = new Map<string, DraftLot>();
  readonly #created: Fact[] = [];
  #rows = 0;
  // most operations need none of these: made when they are
  #serials: Map<string, DraftSerial> | undefined;
  #counters: Map<string, CounterFact> | undefined;
  #changed: Map<string, { kind: 'lotChanged' | 'serialChanged'; changes: Change[] }> | undefined;
  #added: Fact[] | undefined;

  constructor(view: View, context: DecideContext, date: string) {
    this.view = view;
    this.context = context;
    this.settings = settingsOf(view);
    this.date = date;
  }

  /**
   * Opens one posting of this operation. The postings are numbered and folded in the order in which they
   * were opened: a serial that leaves and arrives needs its unload opened first, one that is taken back and
   * posted anew its reversal.
   */
  draft(world: World, header: Header = {}, options: DraftOptions = {}): Draft {
    const draft = new Draft(this, world, header, options);
    this.#drafts.push(draft);
    return draft;
  }

  /** Lets two postings name each other as counterparts. */
  pair(one: Draft, other: Draft): void {
    one.counterpart = other.id;
    other.counterpart = one.id;
  }

  /** Counts lots and serials, generated and in ranges too; one command has room for so many. */
  countRows(count: number, path: string): void {
    this.#rows += count;
    if (this.#rows > limits.rows)
      throw new LedgerError('limit.lines', { path, details: { max: limits.rows } });
  }

  /** The lot of a code in its scope, made by this operation or known before. */
  lot(scope: string, key: string): DraftLot | undefined {
    return this.#lots.get(scope + US + key) ?? this.view.lookup('lots', 'code', [scope, key]);
  }

  /** The serial of a code in its scope, made by this operation or known before. */
  serial(scope: string, key: string): DraftSerial | undefined {
    return this.#serials?.get(scope + US + key) ?? this.view.lookup('serials', 'code', [scope, key]);
  }

  /** @param path of the row that names it, for a refusal by the host */
  addLot(lot: LotFact, path?: string): DraftLot {
    this.#checkCode('lot', lot, path === undefined || lot.origin ? path : `${path}.code`);
    this.#lots.set(lot.scope + US + lot.codeKey, lot);
    this.#created.push({ kind: 'lotCreated', lot });
    return lot;
  }

  /** What a later line of this operation is to know of a lot. */
  keepLot(lot: DraftLot): DraftLot {
    this.#lots.set(lot.scope + US + lot.codeKey, lot);
    return lot;
  }

  addSerial(serial: SerialFact, path?: string): DraftSerial {
    this.#checkCode('serial', serial, path);
    this.keepSerial(serial);
    this.#created.push({ kind: 'serialCreated', serial });
    return serial;
  }

  /** What a later line of this operation is to know of a serial. */
  keepSerial(serial: DraftSerial): void {
    this.#serials ??= new Map();
    this.#serials.set(serial.scope + US + serial.codeKey, serial);
  }

  /** For the code rules: the counters so far, and which codes of a scope this operation made. */
  pending(kind: 'lot' | 'serial', scope: string): Pending {
    this.#counters ??= new Map();
    const counters = this.#counters;
    const made: ReadonlyMap<string, unknown> | undefined = kind === 'lot' ? this.#lots : this.#serials;
    return {
      counter: (id) => counters.get(id),
      setCounter: (counter) => counters.set(counter.id, counter),
      isTaken: (code) => made?.has(scope + US + codeKey(code)) ?? false,
    };
  }

  /** Changes fields of a lot or serial; several changes of one become one fact. */
  change(kind: 'lotChanged' | 'serialChanged', id: string, changes: readonly Change[]): void {
    this.#changed ??= new Map();
    const known = this.#changed.get(id);
    if (known) known.changes.push(...changes);
    else this.#changed.set(id, { kind, changes: [...changes] });
  }

  /** Any other fact; folded after what was made and changed, before the postings. */
  add(fact: Fact): void {
    this.#added ??= [];
    this.#added.push(fact);
  }

  /** Adds a signed change of a balance. Postings do it through their draft. */
  move(warehouse: string, change: Omit<Delta, 'id' | 'warehouse'>): void {
    const { lot, item, variant, decimals, location, path, steps } = change;
    const id = balanceId(holderKey(lot?.id ?? null, item, variant), { warehouse, location });
    const known = this.deltas.get(id);
    if (known) known.steps += steps;
    else this.deltas.set(id, { id, lot, item, variant, decimals, warehouse, location, path, steps });
  }

  /** Where a serial is by now: as it was, or as this operation moved it. */
  placeOf(serial: DraftSerial): { warehouse: string; location: string | null } | null {
    const move = this.serialMoves.get(serial.id);
    if (move) return move.arrives ? { warehouse: move.warehouse, location: move.location } : null;
    return serial.warehouse ? { warehouse: serial.warehouse, location: serial.location ?? null } : null;
  }

  /** @throws LedgerError posting.duplicateNumber for a number set by hand that is taken */
  checkNumber(draft: Draft): void {
    const known = this.view.get('postingNumbers', this.#numbersId(draft));
    const { number } = draft.header;
    if (number === undefined || number === null) return;
    const twice = this.#drafts.some(
      (other) =>
        other !== draft &&
        other.header.number === number &&
        this.#numbersId(other) === this.#numbersId(draft),
    );
    if (twice || isPostingNumberTaken(known, number))
      throw new LedgerError('posting.duplicateNumber', { path: 'number', details: { number } });
  }

  /**
   * Checks what moved and gives the decision: counters, what was made, changed and added, parties, then
   * the postings in the order in which they were opened.
   * @throws LedgerError for the first day and place that would be short
   */
  finish(): Decision {
    checkLinks(this.#drafts);
    this.#checkBalances();
    const facts: Fact[] = [];
    const side: Put[] = [];
    for (const counter of this.#counters?.values() ?? []) facts.push({ kind: 'counter', counter });
    for (const fact of this.#created) facts.push(fact);
    for (const [id, { kind, changes }] of this.#changed ?? []) facts.push({ kind, id, changes });
    for (const fact of this.#added ?? []) facts.push(fact);
    this.#seeParties(facts, side);
    for (const posting of this.#postings()) facts.push({ kind: 'posted', posting });
    return { facts, warnings: this.warnings, side };
  }

  #checkCode(
    kind: 'lot' | 'serial',
    { item, variant, code, origin }: LotFact | SerialFact,
    path?: string,
  ): void {
    mustBeAccepted(this.context, { kind, item, variant, code, made: origin !== null }, path);
  }

  #checkBalances(): void {
    // a piece that is not there says more than its lot being short
    gather([...this.serialMoves.values()], (move) => checkSerial(move, this));
    const deltas = [...this.deltas.values()];
    gather(deltas, (delta) => checkDelta(delta, this));
    checkLotTotals(deltas);
    settleReservations(this, this.#drafts);
    checkSingleLots(this.view, deltas);
  }

  /** Parties that became known, each once. */
  #seeParties(facts: Fact[], side: Put[]): void {
    this.#drafts.forEach(({ header: { party } }, i) => {
      if (!party || this.#drafts.findIndex((each) => each.header.party === party) < i) return;
      const writes = partySeen(this.view, party, this.context.at);
      facts.push(...writes.facts);
      side.push(...writes.side);
    });
  }

  #numbersId(draft: Draft): string {
    return postingNumberId(draft.world.warehouse.code, this.date);
  }

  /** In the order in which they were opened, numbered so; numbers set by hand are stepped over. */
  #postings(): PostingFact[] {
    const given = new Map<string, number[]>();
    const give = (id: string, number: number): void => {
      const known = given.get(id);
      if (known) known.push(number);
      else given.set(id, [number]);
    };
    for (const draft of this.#drafts)
      if (draft.header.number) give(this.#numbersId(draft), draft.header.number);
    return this.#drafts.map((draft) => {
      if (draft.header.number) return draft.fact(draft.header.number);
      const id = this.#numbersId(draft);
      const known = this.view.get('postingNumbers', id);
      const taken = given.get(id);
      const number = nextPostingNumber(
        taken ? { last: known?.last ?? 0, byHand: [...(known?.byHand ?? []), ...taken] } : known,
      );
      give(id, number);
      return draft.fact(number);
    });
  }
}
