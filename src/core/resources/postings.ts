/** `ledger.postings`: the documents that move stock. */
import type { PostingInput } from '../model/posting.ts';
import type { ListQuery, Page, Party, Posting } from '../model/views.ts';
import { isLedgerError } from '../ports/errors.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import { type PostedRecord, postingView } from '../queries/views/postings.ts';
import { ask, type ChangeOptions, send } from './resource.ts';

/** Taking a posting back: whole, or some of its lines by their ids. */
export interface Reversal {
  readonly date: string;
  readonly reason: string;
  readonly lines?: readonly string[];
  /** Id of the command, as in a posting; made here when absent. */
  readonly commandId?: string;
}

/** A posting as a host writes it: numbers are welcome as quantities where they are exact. */
type Loose<T> = T extends readonly (infer E)[]
  ? readonly Loose<E>[]
  : T extends object
    ? { readonly [K in keyof T]: K extends 'quantity' ? string | number : Loose<T[K]> }
    : T;

/** What `post` and `preview` take. */
export type PostingDraft = Loose<PostingInput>;

export interface Postings {
  /**
   * Posts a load or an unload with its lots and serials.
   * @throws LedgerError for the first thing refused, with the path of its field; nothing is then written
   */
  post(posting: PostingDraft, options?: ChangeOptions): Promise<Posting>;
  /** The posting as it would be, forced where it would be; nothing is written and no code is consumed. */
  preview(posting: PostingDraft, options?: ChangeOptions): Promise<Posting>;
  /** Takes it back by opposite movements; the reversal is the answer. */
  reverse(id: string, reversal: Reversal, options?: ChangeOptions): Promise<Posting>;
  /** @throws LedgerError `posting.notFound` */
  get(id: string): Promise<Posting>;
  list(query?: ListQuery): Promise<Page<Posting>>;
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
  async reverse(id, { commandId, ...reversal }, options = {}) {
    const made = await send<Posted>(
      port,
      'posting.reverse@1',
      { id, ...reversal },
      { reason: reversal.reason, ...(commandId === undefined ? {} : { commandId }), ...options },
    );
    return answered(port, made);
  },
  get: (id) => ask(port, 'postings.get', { id }),
  list: (query = {}) => ask(port, 'postings.list', query),
});
