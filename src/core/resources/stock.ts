/** `ledger.lots` and `ledger.serials`: the registers, edits by hand, movements and history. */
import type { Intent } from '../model/inputs.ts';
import type { Allocation, HistoryEntry, Lot, Movement, Page, Serial } from '../model/views.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import { ask, type CrudResource, crud, idOf } from './resource.ts';

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
  readonly bestBefore?: string | null;
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

export interface HistoryQuery {
  readonly limit?: number;
  readonly cursor?: string;
}

/** What `lots.allocate` is asked: quantities in the item's base unit. */
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
}

interface Trail {
  /** Its movements, newest first. */
  movements(ref: CodedRef, query?: MovementsQuery): Promise<Page<Movement>>;
  /** What was changed on it, by whom and why, newest first (R121). */
  history(ref: CodedRef, query?: HistoryQuery): Promise<Page<HistoryEntry>>;
}

type Edited<View, Input, PatchOf> = Omit<CrudResource<View, Input, CodedRef>, 'update'> & {
  update(
    ref: CodedRef,
    patch: { readonly [K in keyof PatchOf]?: PatchOf[K] | null | undefined },
    options?: Parameters<CrudResource<View, Input, CodedRef>['update']>[2],
  ): Promise<View>;
};

export interface Lots extends Edited<Lot, LotInput, LotPatch>, Trail {
  /**
   * What an automatic unload would take, and why it would pass the others over.
   * @example (await ledger.lots.allocate({ item: 'MILK', warehouse: 'MAIN', quantity: '10' })).taken
   */
  allocate(query: AllocationQuery): Promise<Allocation>;
}

export interface Serials extends Edited<Serial, SerialInput, SerialPatch>, Trail {}

const refOf = (ref: CodedRef): unknown => (typeof ref === 'string' ? { id: ref } : ref);

const trail = (port: LedgerPort, name: string): Trail => ({
  async movements(ref, query = {}) {
    return ask(port, `${name}.movements`, { id: await idOf(port, name, ref), ...query });
  },
  async history(ref, query = {}) {
    return ask(port, `${name}.history`, { id: await idOf(port, name, ref), ...query });
  },
});

export const lots = (port: LedgerPort): Lots => ({
  ...crud<Lot, LotInput, CodedRef>(port, 'lots', refOf),
  ...trail(port, 'lots'),
  allocate: (query) => ask(port, 'lots.allocate', query),
});

export const serials = (port: LedgerPort): Serials => ({
  ...crud<Serial, SerialInput, CodedRef>(port, 'serials', refOf),
  ...trail(port, 'serials'),
});
