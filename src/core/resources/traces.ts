/** Where lots and serials came from and went to, and pieces within pieces: what `lots` and `serials` share. */
import type { AsBuilt, Install, Lineage, LotBalance, Trace } from '../model/views-trace.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import { ask, type ChangeOptions, idOf, send } from './resource.ts';
import type { CodedRef } from './stock.ts';

/** What a trace is asked. */
export interface TraceQuery {
  /** What became of it, what it was made of, or both; forward unless said. */
  readonly direction?: 'forward' | 'backward' | 'both';
  /** At the end of this day: later movements, and reversals dated later, are not known yet (R109). */
  readonly asOf?: string;
  /** Levels at most; all unless said. */
  readonly depth?: number;
  /**
   * What it was made of: nothing, lots and serials, or stock that is in neither too (R105); `tracked` unless
   * said.
   */
  readonly components?: 'none' | 'tracked' | 'all';
  /** Also movements whose templates keep them out of traces (R107). */
  readonly untraced?: boolean;
  /** Also what was taken back, marked (R80). */
  readonly reversed?: boolean;
  /** Nodes on a page, 1 to 1,000,000; 50 unless said. */
  readonly limit?: number;
  /** `next` of a page, or `more` or `moreParties` of a node. */
  readonly cursor?: string;
}

/** What a whole genealogy in short is asked. */
export interface LineageQuery {
  readonly direction?: 'forward' | 'backward';
  readonly asOf?: string;
  readonly components?: 'tracked' | 'all';
  readonly untraced?: boolean;
}

/** What can be traced. */
export interface Traceable {
  /**
   * Where it came from and went to: lots and pieces, what links them, and who brought or got them.
   * @example (await ledger.lots.trace(lot.id)).parties // [{ party: { kind: 'customer', code: 'C1' … }, direct: true … }]
   * @throws LedgerError `lot.notFound`, `serial.notFound`, `cursor.invalid`
   */
  trace(ref: CodedRef, query?: TraceQuery): Promise<Trace>;
  /** The ids of everything reached, in one go, however much it is. */
  lineage(ref: CodedRef, query?: LineageQuery): Promise<Lineage>;
}

/** What `lots` has besides. */
export interface Balanced {
  /**
   * Where everything of a lot came from and went: what came in equals what is there and what left (R111).
   * @example (await ledger.lots.balance(lot.id)).difference // '0'
   */
  balance(ref: CodedRef): Promise<LotBalance>;
}

/** Puts a piece into another, or takes it out (R112). */
export interface InstallInput {
  readonly date: string;
  /** Where its stock is taken from, or comes back to: the template of that posting, and its warehouse. */
  readonly template?: string | null;
  readonly warehouse?: string | null;
  readonly location?: string | null;
}

/** What `serials` has besides. */
export interface Assembled {
  /**
   * Installs a piece in another. A piece in stock leaves it by a posting: name its template, an unload.
   * @throws LedgerError `serial.installed` while it is in another, `serial.cycle` into itself or its own parts
   * @example await ledger.serials.install('…engine id', '…car id', { date: '2026-11-22', template: 'PRD' })
   */
  install(ref: CodedRef, into: CodedRef, input: InstallInput, options?: ChangeOptions): Promise<Install>;
  /**
   * Takes a piece out of the one it is in; back into stock where a template, a load, is named.
   * @throws LedgerError `serial.notInstalled`
   */
  uninstall(ref: CodedRef, input: InstallInput, options?: ChangeOptions): Promise<Install>;
  /** The piece with everything in it, today or as of a day. */
  asBuilt(ref: CodedRef, query?: { readonly asOf?: string }): Promise<AsBuilt>;
  /** Every piece it was ever installed in, oldest first. */
  installs(ref: CodedRef): Promise<Install[]>;
}

/** Tracing over a port. */
export const traceable = (port: LedgerPort, name: 'lots' | 'serials'): Traceable => ({
  async trace(ref, query = {}) {
    return ask(port, `${name}.trace`, { id: await idOf(port, name, ref), ...query });
  },
  async lineage(ref, query = {}) {
    return ask(port, `${name}.lineage`, { id: await idOf(port, name, ref), ...query });
  },
});

/** Mass balances over a port. */
export const balanced = (port: LedgerPort): Balanced => ({
  async balance(ref) {
    return ask(port, 'lots.balance', { id: await idOf(port, 'lots', ref) });
  },
});

/** Pieces within pieces over a port. */
export const assembled = (port: LedgerPort): Assembled => {
  const stays = async (ref: CodedRef): Promise<Install[]> =>
    ask(port, 'serials.installs', { id: await idOf(port, 'serials', ref) });
  const last = async (id: string): Promise<Install> => (await stays(id)).at(-1) as Install;
  return {
    async install(ref, into, input, options) {
      const id = await idOf(port, 'serials', ref);
      await send(
        port,
        'serials.install@1',
        { ...input, id, into: await idOf(port, 'serials', into) },
        options,
      );
      return last(id);
    },
    async uninstall(ref, input, options) {
      const id = await idOf(port, 'serials', ref);
      await send(port, 'serials.uninstall@1', { ...input, id }, options);
      return last(id);
    },
    async asBuilt(ref, query = {}) {
      return ask(port, 'serials.asBuilt', { id: await idOf(port, 'serials', ref), ...query });
    },
    installs: stays,
  };
};
