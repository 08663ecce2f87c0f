/** `ledger.postings`: the documents that move stock. */
import type { CorrectInput, DocumentType, PostingInput } from '../model/posting.ts';
import type { ListQuery, Page, Party, Posting } from '../model/views.ts';
import { isLedgerError } from '../ports/errors.ts';
import type { AskOptions, LedgerPort } from '../ports/ledger.ts';
import { type PostedRecord, postingView } from '../queries/views/postings.ts';
import { ask, type ChangeOptions, send, type Valued, valued } from './resource.ts';
import { type Summarised, summarised } from './summaries.ts';

/** Taking a posting back: whole, or some of its lines by their ids. */
export interface Reversal {
  readonly date: string;
  readonly reason: string;
  readonly lines?: readonly string[];
  /** Id of the command, as in a posting; made here when absent. */
  readonly commandId?: string;
}

/** Other lots or serials for one line of a posting, in the item's base unit. */
export interface Correction {
  /** Id of the line. */
  readonly line: string;
  readonly reason: string;
  readonly lots?: Loose<NonNullable<CorrectInput['lots']>>;
  readonly serials?: Loose<NonNullable<CorrectInput['serials']>>;
  readonly commandId?: string;
}

/** A document derived from a posting: of all its lines, or of the one with this id. */
export interface DocumentLink {
  readonly document: {
    readonly type: DocumentType;
    readonly number: string;
    readonly date?: string | null;
    readonly url?: string | null;
  };
  readonly line?: string;
}

/** A posting as a host writes it: numbers are welcome as quantities where they are exact. */
export type Loose<T> = T extends readonly (infer E)[]
  ? readonly Loose<E>[]
  : T extends object
    ? { readonly [K in keyof T]: K extends 'quantity' ? string | number : Loose<T[K]> }
    : T;

/** What `post` and `preview` take. */
export type PostingDraft = Loose<PostingInput>;

export interface Postings extends Valued, Summarised {
  /**
   * Posts a load or an unload with its lots and serials.
   * @throws LedgerError for the first thing refused, with the path of its field; nothing is then written
   */
  post(posting: PostingDraft, options?: ChangeOptions): Promise<Posting>;
  /** The posting as it would be, forced where it would be; nothing is written and no code is consumed. */
  preview(posting: PostingDraft, options?: ChangeOptions): Promise<Posting>;
  /** Takes it back by opposite movements; the reversal is the answer. */
  reverse(id: string, reversal: Reversal, options?: ChangeOptions): Promise<Posting>;
  /**
   * Swaps the lots or serials of one line, on the posting's own day: the line is taken back and posted again
   * in one step. The posting made instead is the answer; `corrects` names the first one.
   * Of a transfer or a production both sides are posted again.
   * @throws LedgerError posting.hasReturns; posting.notCorrectable for a side of a split, a merge or a count
   * @example ledger.postings.correct(id, { line, lots: [{ code: 'L2', quantity: '5' }], reason: 'wrong pallet' })
   */
  correct(id: string, correction: Correction, options?: ChangeOptions): Promise<Posting>;
  /**
   * Links a document of the host that was derived from a posting, or from one line of it (R133): it shows
   * under `documents`, and under `otherDocuments` of the movements. Nothing moves; an invoice fixes the codes
   * of the lots and serials it names (R86).
   * @throws LedgerError `posting.notFound`, `posting.lineNotFound`
   * @example await ledger.postings.link(delivery.id, { document: { type: 'salesInvoice', number: 'SI-7' } })
   */
  link(id: string, link: DocumentLink, options?: ChangeOptions): Promise<Posting>;
  /** @throws LedgerError `posting.notFound` */
  get(id: string): Promise<Posting>;
  list(query?: ListQuery, options?: AskOptions): Promise<Page<Posting>>;
}

interface Posted {
  readonly posting: PostedRecord;
}

/** The command's id is part of its envelope, not of what is asked. Anything but an object passes as it is. */
function withoutId(draft: PostingDraft): { commandId?: string | undefined; posting: unknown } {
  if (typeof draft !== 'object' || draft === null) return { posting: draft };
  const { commandId, ...posting } = draft;
  return { commandId, posting };
}

/** What a posting or a reversal answers: as `get` would, with the name its party has by now. */
async function answered(port: LedgerPort, { posting }: Posted): Promise<Posting> {
  const { party } = posting;
  if (!party) return postingView(posting);
  const ref = { kind: party.kind, code: party.code };
  const name = await ask<Party>(port, 'parties.get', ref).then(
    (known) => known.name,
    (error: unknown) => {
      if (isLedgerError(error) && error.code === 'party.notFound') return null;
      throw error;
    },
  );
  return postingView(posting, () => name);
}

export const postings = (port: LedgerPort): Postings => ({
  async post(draft, options = {}) {
    const { commandId, posting } = withoutId(draft);
    const id = options.commandId ?? commandId;
    const how = id === undefined ? options : { ...options, commandId: id };
    return answered(port, await send<Posted>(port, 'posting.post@1', posting, how));
  },
  preview: (draft, { force, reason } = {}) =>
    ask(port, 'postings.preview', {
      posting: withoutId(draft).posting,
      ...(force === undefined ? {} : { force }),
      ...(reason === undefined ? {} : { reason }),
    }),
  async reverse(id, said, options = {}) {
    // nothing at all is refused for its fields, like an empty one
    const { commandId, ...reversal } = said ?? {};
    const made = await send<Posted>(
      port,
      'posting.reverse@1',
      { id, ...reversal },
      { reason: reversal.reason, ...(commandId === undefined ? {} : { commandId }), ...options },
    );
    return answered(port, made);
  },
  async correct(id, said, options = {}) {
    const { commandId, ...correction } = said ?? {};
    const made = await send<Posted>(
      port,
      'posting.correct@1',
      { id, ...correction },
      { reason: correction.reason, ...(commandId === undefined ? {} : { commandId }), ...options },
    );
    return answered(port, made);
  },
  async link(id, said, options) {
    const { document, line } = said ?? {};
    await send(
      port,
      'posting.link@1',
      line === undefined ? { id, document } : { id, document, line },
      options,
    );
    return ask(port, 'postings.get', { id });
  },
  get: (id) => ask(port, 'postings.get', { id }),
  list: (query = {}, options) => ask(port, 'postings.list', query, options),
  ...valued(port, 'postings'),
  ...summarised(port, 'postings'),
});
