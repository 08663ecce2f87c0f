/** What the judge keeps of lots, serials and postings. Balances are dated changes, added up each time. */
import type { Hold } from './holds.ts';
import type { ItemPlan, PostPlan } from './world.ts';

/** A dated change of what lies at one place (`WAREHOUSE|LOCATION`). */
export interface Change {
  readonly date: string;
  readonly place: string;
  readonly steps: bigint;
}

/** Anything that can lie at places; in itself the untracked stock of an item. */
export class Pile {
  private byDay = new Map<string, Map<string, bigint>>();

  add(change: Change): void {
    const days = this.byDay.get(change.place) ?? new Map<string, bigint>();
    this.byDay.set(change.place, days);
    days.set(change.date, (days.get(change.date) ?? 0n) + change.steps);
  }

  places(): string[] {
    return [...this.byDay.keys()];
  }

  /** What lies at a place now. */
  at(place: string): bigint {
    let sum = 0n;
    for (const steps of (this.byDay.get(place) ?? new Map<string, bigint>()).values()) sum += steps;
    return sum;
  }

  /** What lay at a place at the end of a day. */
  upTo(place: string, date: string): bigint {
    let sum = 0n;
    for (const [day, steps] of this.byDay.get(place) ?? []) if (day <= date) sum += steps;
    return sum;
  }

  total(): bigint {
    return this.places().reduce((sum, place) => sum + this.at(place), 0n);
  }

  /** The least that lies at a place at the end of any day from `date` on (R73). */
  least(place: string, date: string): bigint {
    const days = [...(this.byDay.get(place) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    let there = 0n;
    for (const [day, steps] of days) if (day <= date) there += steps;
    let least = there;
    for (const [day, steps] of days) {
      if (day <= date) continue;
      there += steps;
      if (there < least) least = there;
    }
    return least;
  }

  /** The most that lies at all places together at the end of any day from `date` on. */
  most(date: string): bigint {
    const all = new Pile();
    for (const [, days] of this.byDay)
      for (const [day, steps] of days) all.add({ date: day, place: '', steps: -steps });
    return -all.least('', date);
  }
}

/** A load of a lot or serial, marked when it is taken back. */
interface Load {
  readonly posting: number;
  readonly date: string;
  readonly steps: bigint;
  taken: boolean;
}

class Tracked extends Pile {
  readonly item: ItemPlan;
  readonly variant: string | null;
  code: string;
  expiryDate: string | null = null;
  description: string | null = null;
  closed = false;
  edition = 1;
  deleted = false;
  /** Has ever been on a movement. */
  moved = false;
  /** Left by transfers of which nobody posted the other side: the balance cannot know where it is. */
  adrift = 0n;
  /** How many recalls hold it. */
  recalls = 0;
  /** Named by a reservation once. */
  claimed = false;
  /** Movements that are neither reversed nor reversals. */
  live = 0;
  /** In the order they were recorded. */
  readonly loads: Load[] = [];

  constructor(item: ItemPlan, variant: string | null, code: string) {
    super();
    this.item = item;
    this.variant = variant;
    this.code = code;
  }

  /** The first load that counts. */
  get first(): Load | undefined {
    return this.loads.find((load) => !load.taken);
  }
}

export class Lot extends Tracked {
  status: string | null = null;
  startDate: string | null = null;
  supplier: string | null = null;
  supplierLot: string | null = null;
  manufacturer: string | null = null;
  sellable = true;
  /** Was unloaded to a party: its code is fixed (R86). */
  left = false;

  /** R122: all rows of the first unreversed loading posting. */
  get initial(): bigint | null {
    const { first } = this;
    if (!first) return null;
    const rows = this.loads.filter((load) => !load.taken && load.posting === first.posting);
    return rows.reduce((sum, load) => sum + load.steps, 0n);
  }
}

export class Serial extends Tracked {
  lot: Lot | null = null;
  cancelled = false;
  /** The open reservation that holds it (R47). */
  hold: Hold | null = null;

  /** Where it is; null = not in stock. */
  get place(): string | null {
    return this.places().find((place) => this.at(place) > 0n) ?? null;
  }
}

/** One thing that moves at one place. */
export interface Move {
  readonly pile: Pile;
  readonly place: string;
  readonly steps: bigint;
}

export interface Posted {
  readonly index: number;
  readonly plan: PostPlan;
  readonly type: 'load' | 'unload';
  readonly lines: {
    readonly moves: readonly Move[];
    reversed: boolean;
    readonly id: string;
    /** The line it brings back. */
    readonly returns?: { readonly posting: number; readonly line: number };
    /** Of each lot what came back. */
    returned?: Map<Lot, bigint>;
  }[];
  readonly reversal: boolean;
  readonly id: string;
  /** What it took of reservations, per line. */
  readonly fulfilled?: readonly { readonly hold: Hold; readonly line: number; readonly steps: bigint }[];
  /** The opposite side of a transfer or a production. */
  readonly twin?: { readonly index: number; readonly operation: string };
}
