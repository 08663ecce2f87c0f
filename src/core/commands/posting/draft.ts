/**
 * A posting while it is decided: what it would make, change and move. Lines add to it one after the
 * other, so a later line sees the lots and serials an earlier one made; nothing is written from here
 * until every line has passed.
 */
import type { Change, CounterFact, Fact, LotFact, SerialFact } from '../../model/facts.ts';
import type { LotRecord, PostingLine, SerialRecord, Warning } from '../../model/records.ts';
import { limits } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, US } from '../../ports/keys.ts';
import type { DecideContext, View } from '../../ports/view.ts';
import type { Pending } from '../../reading/codes.ts';
import { balanceId, holderKey } from '../../rules/stock-keys.ts';
import type { World } from './world.ts';

/** What a posting needs of a lot, known or just made. */
export type DraftLot = LotFact & Partial<Pick<LotRecord, 'onHand' | 'live' | 'moved'>>;
export type DraftSerial = SerialFact &
  Partial<Pick<SerialRecord, 'warehouse' | 'location' | 'live' | 'lastDate'>>;

/** The net change of one balance by the whole posting. */
export interface Delta {
  readonly id: string;
  readonly lot: DraftLot | null;
  readonly item: string;
  readonly variant: string | null;
  readonly decimals: number;
  readonly location: string | null;
  /** Row to blame. */
  readonly path: string;
  steps: number;
}

/** A serial on its way in or out. */
export interface SerialMove {
  readonly serial: DraftSerial;
  readonly location: string | null;
  readonly path: string;
}

export class Draft {
  readonly view: View;
  readonly context: DecideContext;
  readonly world: World;
  readonly date: string;
  readonly lines: PostingLine[] = [];
  readonly warnings: Warning[] = [];
  readonly deltas = new Map<string, Delta>();
  readonly serialMoves = new Map<string, SerialMove>();
  /** Lots this posting touched already: a second row of it is no top-up (R57). */
  readonly touched = new Set<string>();
  readonly #lots = new Map<string, DraftLot>();
  readonly #serials = new Map<string, DraftSerial>();
  #rows = 0;
  readonly #counters = new Map<string, CounterFact>();
  readonly #created: Fact[] = [];
  readonly #changed = new Map<string, { kind: 'lotChanged' | 'serialChanged'; changes: Change[] }>();

  constructor(view: View, context: DecideContext, world: World, date: string) {
    this.view = view;
    this.context = context;
    this.world = world;
    this.date = date;
  }

  /** Counts lots and serials, generated and in ranges too; a posting has room for so many. */
  countRows(count: number, path: string): void {
    this.#rows += count;
    if (this.#rows > limits.rows)
      throw new LedgerError('limit.lines', { path, details: { max: limits.rows } });
  }

  /** The lot of a code in its scope, made by this posting or known before. */
  lot(scope: string, key: string): DraftLot | undefined {
    return this.#lots.get(scope + US + key) ?? this.view.lookup('lots', 'code', [scope, key]);
  }

  serial(scope: string, key: string): DraftSerial | undefined {
    return this.#serials.get(scope + US + key) ?? this.view.lookup('serials', 'code', [scope, key]);
  }

  addLot(lot: LotFact): DraftLot {
    this.#lots.set(lot.scope + US + lot.codeKey, lot);
    this.#created.push({ kind: 'lotCreated', lot });
    return lot;
  }

  /** What a later line of this posting is to know of a lot. */
  keepLot(lot: DraftLot): DraftLot {
    this.#lots.set(lot.scope + US + lot.codeKey, lot);
    return lot;
  }

  /** For the code rules: the counters so far, and which codes of a scope this posting made. */
  pending(kind: 'lot' | 'serial', scope: string): Pending {
    const made: ReadonlyMap<string, unknown> = kind === 'lot' ? this.#lots : this.#serials;
    return {
      counter: (id) => this.#counters.get(id),
      setCounter: (counter) => this.#counters.set(counter.id, counter),
      isTaken: (code) => made.has(scope + US + codeKey(code)),
    };
  }

  addSerial(serial: SerialFact): DraftSerial {
    this.#serials.set(serial.scope + US + serial.codeKey, serial);
    this.#created.push({ kind: 'serialCreated', serial });
    return serial;
  }

  /** Fills in what a lot or serial made by hand did not know yet. */
  change(kind: 'lotChanged' | 'serialChanged', id: string, changes: readonly Change[]): void {
    const known = this.#changed.get(id);
    if (known) known.changes.push(...changes);
    else this.#changed.set(id, { kind, changes: [...changes] });
  }

  /** Adds a signed change of a balance. */
  move(change: Omit<Delta, 'id'>): void {
    const { lot, item, variant, location } = change;
    const id = balanceId(holderKey(lot?.id ?? null, item, variant), {
      warehouse: this.world.warehouse.code,
      location,
    });
    const known = this.deltas.get(id);
    if (known) known.steps += change.steps;
    else this.deltas.set(id, { ...change, id });
  }

  /** Everything the posting makes and changes, in the order it has to be folded. */
  facts(): Fact[] {
    const counters = [...this.#counters.values()].map((counter): Fact => ({ kind: 'counter', counter }));
    const changed = [...this.#changed].map(([id, { kind, changes }]): Fact => ({ kind, id, changes }));
    return [...counters, ...this.#created, ...changed];
  }
}
