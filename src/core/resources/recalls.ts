/** `ledger.recalls`: cases, from the call of the authority to the evidence. */
import type { PartyInput } from '../model/inputs.ts';
import type { ListQuery, Page } from '../model/views.ts';
import type {
  Recall,
  RecallEvidence,
  RecallInput,
  RecallParty,
  RecallSummary,
} from '../model/views-recalls.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import { ask, type ChangeOptions, idOf, send, type Valued, valued } from './resource.ts';
import type { CodedRef } from './stock.ts';

/** What a recall is opened on, as a host writes it: lots and serials by id, or by item and code. */
export interface RecallDraft extends Omit<RecallInput, 'lots' | 'serials'> {
  readonly lots?: readonly CodedRef[];
  readonly serials?: readonly CodedRef[];
}

/** A party that was told. */
export interface RecallNotice {
  readonly party: PartyInput;
  /** By letter, telephone … */
  readonly how?: string | null;
  readonly note?: string | null;
}

/** Goods that are back, held or destroyed where they are. A return that was posted need not be told again. */
export interface RecallRecovery {
  readonly party?: { readonly kind: PartyInput['kind']; readonly code: string } | null;
  /** Id of the lot, or of the serial. */
  readonly lot?: string | null;
  readonly serial?: string | null;
  /** In the item's base unit; 1 of a serial unless said. */
  readonly quantity?: string | number;
  readonly how: 'returned' | 'held' | 'destroyed';
  readonly note?: string | null;
}

/** How a recall ends. */
export interface RecallClosing {
  /** What may be used again: nothing unless said, everything, or these by their ids. */
  readonly free?: 'none' | 'all' | readonly string[];
}

/** A recall names itself by its id or its code. */
export interface Recalls extends Valued {
  /**
   * Opens a case: its scope is frozen, blocked, and what was reserved of it is released (R52).
   * @example
   * const recall = await ledger.recalls.open({ reason: 'Listeria', lots: [{ item: 'MILK', code: '202611001' }] });
   * recall.parties.map(({ party }) => party.code); // who has to be told
   * @throws LedgerError `recall.untracked` for stock without lots (R53), `recall.duplicate`
   */
  open(recall: RecallDraft, options?: ChangeOptions): Promise<Recall>;
  /** @throws LedgerError `recall.closed` */
  notify(id: string, notice: RecallNotice, options?: ChangeOptions): Promise<Recall>;
  /** @throws LedgerError `recall.closed`, `recall.notCovered` */
  recover(id: string, recovery: RecallRecovery, options?: ChangeOptions): Promise<Recall>;
  /** Ends it; the whole report goes into the journal with its hash. */
  close(id: string, closing?: RecallClosing, options?: ChangeOptions): Promise<Recall>;
  /**
   * Lets lots or serials be used again, while the case is open or after it was closed; needs a reason. What
   * another recall holds too stays with that one.
   * @throws LedgerError `reason.required`, `recall.notCovered`
   * @example await ledger.recalls.free(recall.id, [lot.id], { reason: 'Laboratory: clean' })
   */
  free(id: string, what: 'all' | readonly string[], options: ChangeOptions): Promise<Recall>;
  /** @throws LedgerError `recall.notFound` */
  get(id: string): Promise<Recall>;
  list(query?: ListQuery): Promise<Page<RecallSummary>>;
  /** Who got what of it, page by page. */
  parties(
    id: string,
    query?: { readonly limit?: number; readonly cursor?: string },
  ): Promise<Page<RecallParty>>;
  /** What it was closed with. @throws LedgerError `recall.stillOpen` */
  evidence(id: string): Promise<RecallEvidence>;
}

export function recalls(port: LedgerPort): Recalls {
  const get = (id: string): Promise<Recall> => ask(port, 'recalls.get', { id });
  const change = async (
    verb: string,
    id: string,
    args: object,
    options: ChangeOptions | undefined,
  ): Promise<Recall> => {
    // a change is sent to the id; a code is looked up
    const { id: known } = await get(id);
    await send(port, `recalls.${verb}@1`, { id: known, ...args }, options);
    return get(known);
  };
  // what is no list is left to the command, which refuses it by its field
  const resolved = async (name: 'lots' | 'serials', refs: readonly CodedRef[] = []): Promise<unknown> =>
    Array.isArray(refs) ? Promise.all(refs.map((ref) => idOf(port, name, ref))) : refs;
  return {
    async open(said, options) {
      const { lots, serials, ...draft } = said ?? {};
      const args = {
        ...draft,
        lots: await resolved('lots', lots),
        serials: await resolved('serials', serials),
      };
      const how = { reason: draft.reason, ...options };
      const made = await send<{ id: string }>(port, 'recalls.open@1', args, how);
      return get(made.id);
    },
    notify: (id, notice, options) => change('notify', id, notice, options),
    recover: (id, recovery, options) => change('recover', id, recovery, options),
    close: (id, closing = {}, options) => change('close', id, closing, options),
    free: (id, what, options) => change('free', id, { free: what }, options),
    get,
    list: (query = {}) => ask(port, 'recalls.list', query),
    ...valued(port, 'recalls'),
    parties: (id, query = {}) => ask(port, 'recalls.parties', { id, ...query }),
    evidence: (id) => ask(port, 'recalls.evidence', { id }),
  };
}
