/** `ledger.lots` and `ledger.serials`: the registers, edits by hand, movements and history. */
import type { Intent } from '../model/inputs.ts';
import type { Lot, Movement, Page, Serial } from '../model/views.ts';
import type { Allocation, SerialAllocation } from '../model/views-reservations.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import { type LotReading, lotReading, type SerialReading, serialReading } from './past.ts';
import type { ReservedFor } from './reservations.ts';
import {
  ask,
  type ChangeOptions,
  type CrudResource,
  crud,
  type Historied,
  historied,
  idOf,
  refOf,
  send,
  type UpdateOptions,
} from './resource.ts';
import { type Summarised, summarised } from './summaries.ts';
import { type Assembled, assembled, type Balanced, balanced, type Traceable, traceable } from './traces.ts';
import { type Transforms, transforms } from './transforms.ts';

type Attributes = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** What may be said of a lot by hand. */
export interface LotInput {
  readonly item: string;
  readonly variant?: string | null;
  /** Absent or `'auto'`: made by the item's code type. */
  readonly code?: string | null;
  readonly reference?: string | null;
  readonly description?: string | null;
  readonly status?: string | null;
  readonly grade?: string | null;
  readonly lotType?: string | null;
  readonly supplier?: string | null;
  readonly manufacturer?: string | null;
  readonly supplierLot?: string | null;
  /** Today when absent; null for none. */
  readonly startDate?: string | null;
  /** From the start and the item's shelf life when absent; null for none. */
  readonly expiryDate?: string | null;
  readonly manufactureDate?: string | null;
  /** This one and the next two from the start and the item's settings when absent; null for none. */
  readonly bestBefore?: string | null;
  readonly retestDate?: string | null;
  readonly removalDate?: string | null;
  readonly packageCount?: number | null;
  readonly notes?: string | null;
  readonly labelType?: string | null;
  readonly sellable?: boolean;
  readonly attributes?: Attributes;
}

/** What may be edited of a lot: not its item; and it can be closed (R45). */
export interface LotPatch extends Omit<LotInput, 'item' | 'variant'> {
  readonly closed?: boolean;
}

/** What may be said of a serial by hand. */
export interface SerialInput {
  readonly item: string;
  readonly variant?: string | null;
  /** Absent or `'auto'`: made by the item's code type. */
  readonly code?: string | null;
  /** Code of a lot of the same item. */
  readonly lot?: string | null;
  readonly reference?: string | null;
  readonly description?: string | null;
  readonly notes?: string | null;
  readonly status?: string | null;
  readonly customerSerial?: string | null;
  readonly supplierSerial?: string | null;
  readonly supplier?: string | null;
  readonly startDate?: string | null;
  readonly expiryDate?: string | null;
  readonly attributes?: Attributes;
}

export interface SerialPatch extends Omit<SerialInput, 'item' | 'variant'> {
  readonly cancelled?: boolean;
  readonly closed?: boolean;
  readonly reserved?: boolean;
}

/**
 * A lot or serial by its id or by item and code. `get` also finds it by its code alone where only one has
 * it; changes, movements and history take a text for an id.
 */
export type CodedRef =
  | string
  | { readonly item: string; readonly code: string; readonly variant?: string | null };

export interface MovementsQuery {
  readonly direction?: 'load' | 'unload';
  readonly limit?: number;
  readonly cursor?: string;
}

/** What an allocation is asked: quantities in the item's base unit. */
export interface AllocationQuery {
  readonly item: string;
  readonly variant?: string | null;
  readonly warehouse: string;
  readonly location?: string | null;
  readonly quantity: string | number;
  /** A sale unless said, the strictest. */
  readonly intent?: Intent;
  /** Today unless said. */
  readonly needDate?: string;
  readonly minShelfLifeDays?: number | null;
  readonly singleLot?: boolean;
  /** The first location is emptied before the next; as the item says unless said. */
  readonly prefer?: 'closest' | null;
  /**
   * A location the stock should be close to: the fewer other locations lie between them in natural order, the
   * sooner it is taken.
   */
  readonly near?: string | null;
  /** Attributes the lot must have, each equal to the value; of a list, the value is in it. */
  readonly attributes?: Attributes;
  /** The document that asks: what it has reserved itself counts as free, and goes first (R99). */
  readonly document?: ReservedFor | null;
}

/** What `lots.allocate` is asked besides. */
export interface LotAllocationQuery extends AllocationQuery {
  /** Lots that go first, as much of each as is said, or as is needed (R99). */
  readonly lots?:
    | readonly {
        readonly code: string;
        readonly quantity?: string | number | null;
        readonly location?: string | null;
      }[]
    | null;
  /** What the asker's own unsaved lines take already (R71). */
  readonly taken?:
    | readonly {
        readonly lot: string;
        readonly location?: string | null;
        readonly quantity: string | number;
      }[]
    | null;
}

/** What `serials.allocate` is asked besides: codes of pieces and lots that go first, and that are taken. */
export interface SerialAllocationQuery extends AllocationQuery {
  readonly serials?: readonly string[] | null;
  readonly lots?: readonly string[] | null;
  readonly taken?: readonly string[] | null;
}

interface Trail extends Historied<CodedRef> {
  /** Its movements, newest first. */
  movements(ref: CodedRef, query?: MovementsQuery): Promise<Page<Movement>>;
}

interface Labelled<View> {
  /**
   * A label with its code was printed: the code is fixed from now on (R86), and the history says who printed
   * it.
   */
  printed(ref: CodedRef, options?: ChangeOptions): Promise<View>;
}

interface Stepping<View> {
  /**
   * Takes a step of the workflow, which always has a reason (R48). The actor needs `transition.<code>`.
   * @throws LedgerError `transition.notFound`, `transition.notHere`, `reason.required`, `permission.denied`
   * @example await ledger.lots.transition(lot.id, 'RELEASE', { reason: 'Analysis 4711 passed' });
   */
  transition(ref: CodedRef, transition: string, options: UpdateOptions): Promise<View>;
}

type Edited<View, Input, PatchOf> = Omit<CrudResource<View, Input, CodedRef>, 'update' | 'get' | 'list'> & {
  update(
    ref: CodedRef,
    patch: { readonly [K in keyof PatchOf]?: PatchOf[K] | null | undefined },
    options?: Parameters<CrudResource<View, Input, CodedRef>['update']>[2],
  ): Promise<View>;
};

export interface Lots
  extends Edited<Lot, LotInput, LotPatch>,
    Trail,
    Labelled<Lot>,
    LotReading,
    Summarised,
    Stepping<Lot>,
    Transforms,
    Traceable,
    Balanced {
  /**
   * What an automatic unload would take, and why it would pass the others over.
   * @example (await ledger.lots.allocate({ item: 'MILK', warehouse: 'MAIN', quantity: '10' })).taken
   */
  allocate(query: LotAllocationQuery): Promise<Allocation>;
}

interface SerialChoice {
  /**
   * Which pieces an automatic unload would take, and why it would pass the others over (R103).
   * @example (await ledger.serials.allocate({ item: 'PHONE', warehouse: 'MAIN', quantity: 2 })).taken
   */
  allocate(query: SerialAllocationQuery): Promise<SerialAllocation>;
}

export interface Serials
  extends Edited<Serial, SerialInput, SerialPatch>,
    Trail,
    Labelled<Serial>,
    SerialReading,
    Summarised,
    Stepping<Serial>,
    Traceable,
    Assembled,
    SerialChoice {}

const trail = (port: LedgerPort, name: string): Trail => ({
  async movements(ref, query = {}) {
    return ask(port, `${name}.movements`, { id: await idOf(port, name, ref), ...query });
  },
  ...historied<CodedRef>(port, name),
});

const labelled = <View>(port: LedgerPort, name: string): Labelled<View> => ({
  async printed(ref, options) {
    const id = await idOf(port, name, ref);
    await send(port, `${name}.printed@1`, { id }, options);
    return ask(port, `${name}.get`, { id });
  },
});

const stepping = <View>(port: LedgerPort, name: string): Stepping<View> => ({
  async transition(ref, transition, { version, ...options } = {}) {
    const id = await idOf(port, name, ref);
    const args = version === undefined ? { id, transition } : { id, transition, version };
    await send(port, `${name}.transition@1`, args, options);
    return ask(port, `${name}.get`, { id });
  },
});

export const lots = (port: LedgerPort): Lots => ({
  ...crud<Lot, LotInput, CodedRef>(port, 'lots', refOf),
  ...trail(port, 'lots'),
  ...lotReading(port),
  ...summarised(port, 'lots'),
  ...labelled<Lot>(port, 'lots'),
  ...stepping<Lot>(port, 'lots'),
  ...traceable(port, 'lots'),
  ...balanced(port),
  ...transforms(port),
  allocate: (query) => ask(port, 'lots.allocate', query),
});

export const serials = (port: LedgerPort): Serials => ({
  ...crud<Serial, SerialInput, CodedRef>(port, 'serials', refOf),
  ...trail(port, 'serials'),
  ...serialReading(port),
  ...summarised(port, 'serials'),
  ...labelled<Serial>(port, 'serials'),
  ...stepping<Serial>(port, 'serials'),
  ...traceable(port, 'serials'),
  ...assembled(port),
  allocate: (query) => ask(port, 'serials.allocate', query),
});
