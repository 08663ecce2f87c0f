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
import type { Pending } from '../../reading/codes.ts';
import { partySeen } from '../../reading/parties.ts';
import { settingsOf } from '../../reading/references.ts';
import { isPostingNumberTaken, nextPostingNumber, postingNumberId } from '../../rules/posting-number.ts';
import { balanceId, holderKey } from '../../rules/stock-keys.ts';
import { checkDelta, checkLotTotals, checkSerial } from './balances.ts';
import { Draft, type DraftOptions, type Header } from './draft.ts';
import type { Delta, DraftLot, DraftSerial, SerialMove } from './moves.ts';
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
  readonly #serials = new Map<string, DraftSerial>();
  readonly #counters = new Map<string, CounterFact>();
  readonly #created: Fact[] = [];
  readonly #changed = new Map<string, { kind: 'lotChanged' | 'serialChanged'; changes: Change[] }>();
  readonly #added: Fact[] = [];
  #rows = 0;

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
    return this.#serials.get(scope + US + key) ?? this.view.lookup('serials', 'code', [scope, key]);
  }

  addLot(lot: LotFact): DraftLot {
    this.#lots.set(lot.scope + US + lot.codeKey, lot);
    this.#created.push({ kind: 'lotCreated', lot });
    return lot;
  }

  /** What a later line of this operation is to know of a lot. */
  keepLot(lot: DraftLot): DraftLot {
    this.#lots.set(lot.scope + US + lot.codeKey, lot);
    return lot;
  }

  addSerial(serial: SerialFact): DraftSerial {
    this.#serials.set(serial.scope + US + serial.codeKey, serial);
    this.#created.push({ kind: 'serialCreated', serial });
    return serial;
  }

  /** For the code rules: the counters so far, and which codes of a scope this operation made. */
  pending(kind: 'lot' | 'serial', scope: string): Pending {
    const made: ReadonlyMap<string, unknown> = kind === 'lot' ? this.#lots : this.#serials;
    return {
      counter: (id) => this.#counters.get(id),
      setCounter: (counter) => this.#counters.set(counter.id, counter),
      isTaken: (code) => made.has(scope + US + codeKey(code)),
    };
  }

  /** Changes fields of a lot or serial; several changes of one become one fact. */
  change(kind: 'lotChanged' | 'serialChanged', id: string, changes: readonly Change[]): void {
    const known = this.#changed.get(id);
    if (known) known.changes.push(...changes);
    else this.#changed.set(id, { kind, changes: [...changes] });
  }

  /** Any other fact; folded after what was made and changed, before the postings. */
  add(fact: Fact): void {
    this.#added.push(fact);
  }

  /** Adds a signed change of a balance. Postings do it through their draft. */
  move(warehouse: string, change: Omit<Delta, 'id' | 'warehouse'>): void {
    const { lot, item, variant, location } = change;
    const id = balanceId(holderKey(lot?.id ?? null, item, variant), { warehouse, location });
    const known = this.deltas.get(id);
    if (known) known.steps += change.steps;
    else this.deltas.set(id, { ...change, warehouse, id });
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
    this.#checkBalances();
    const counters = [...this.#counters.values()].map((counter): Fact => ({ kind: 'counter', counter }));
    const changed = [...this.#changed].map(([id, { kind, changes }]): Fact => ({ kind, id, changes }));
    const parties = this.#partiesSeen();
    const posted = this.#postings().map((posting): Fact => ({ kind: 'posted', posting }));
    return {
      facts: [...counters, ...this.#created, ...changed, ...this.#added, ...parties.facts, ...posted],
      warnings: this.warnings,
      side: parties.side,
    };
  }

  #checkBalances(): void {
    // a piece that is not there says more than its lot being short
    gather([...this.serialMoves.values()], (move) => checkSerial(move, this));
    const deltas = [...this.deltas.values()];
    gather(deltas, (delta) => checkDelta(delta, this));
    checkLotTotals(deltas);
  }

  #partiesSeen(): { facts: Fact[]; side: Put[] } {
    const facts: Fact[] = [];
    const side: Put[] = [];
    const seen = new Set<string>();
    for (const { party } of this.#drafts.map((draft) => draft.header)) {
      if (!party || seen.has(party.kind + US + party.code)) continue;
      seen.add(party.kind + US + party.code);
      const writes = partySeen(this.view, party, this.context.at);
      facts.push(...writes.facts);
      side.push(...writes.side);
    }
    return { facts, side };
  }

  #numbersId(draft: Draft): string {
    return postingNumberId(draft.world.warehouse.code, this.date);
  }

  /** In the order in which they were opened, numbered so; numbers set by hand are stepped over. */
  #postings(): PostingFact[] {
    const given = new Map<string, number[]>();
    const give = (draft: Draft, number: number): number => {
      const id = this.#numbersId(draft);
      const known = given.get(id);
      if (known) known.push(number);
      else given.set(id, [number]);
      return number;
    };
    for (const draft of this.#drafts) if (draft.header.number) give(draft, draft.header.number);
    return this.#drafts.map((draft) => {
      if (draft.header.number) return draft.fact(draft.header.number);
      const id = this.#numbersId(draft);
      const known = this.view.get('postingNumbers', id);
      const byHand = [...(known?.byHand ?? []), ...(given.get(id) ?? [])];
      return draft.fact(give(draft, nextPostingNumber({ last: known?.last ?? 0, byHand })));
    });
  }
}
