/**
 * What the trades write into: one day after the other, each in rounds. What is asked in one round is sent
 * at once, under ids that are the same at every start, so a filling that was cut off is simply done again
 * and two tabs that fill at the same time do it once.
 */
import type { Ledger } from 'lotledger';
import { addDays } from './days.ts';
import type { Random } from './random.ts';

export type PostingInput = Parameters<Ledger['postings']['post']>[0];
export type LineInput = PostingInput['lines'][number];
export type Posting = Awaited<ReturnType<Ledger['postings']['post']>>;
type Options = NonNullable<Parameters<Ledger['postings']['post']>[1]>;
type ReservationDraft = Parameters<Ledger['reservations']['commit']>[0];
type RecallDraft = Parameters<Ledger['recalls']['open']>[0];
type LotPatch = Parameters<Ledger['lots']['update']>[1];

/** One thing to send in the current round; what it answers is run when the round is over. */
type Step = (options: Options & { readonly commandId: string }) => Promise<() => void>;

const nothing = (): void => {};

export class Book {
  /** The day that is being lived. */
  date: string;
  /** The last day; the others are told from it. */
  readonly today: string;
  readonly random: Random;
  readonly #ledger: Ledger;
  readonly #prefix: string;
  #steps: Step[] = [];
  #sent = 0;

  constructor(ledger: Ledger, random: Random, today: string, prefix: string) {
    this.#ledger = ledger;
    this.random = random;
    this.today = today;
    this.#prefix = prefix;
    this.date = today;
  }

  /** A date some days from the current one. */
  after(days: number): string {
    return addDays(this.date, days);
  }

  /** Posts on the current day; `seen` gets the posting when its round is over. */
  post(posting: Omit<PostingInput, 'date'>, actor: string, seen: (posting: Posting) => void = nothing): void {
    const { date } = this;
    this.#steps.push(async (options) => {
      const made = await this.#ledger.postings.post({ ...posting, date }, { ...options, actor });
      return () => seen(made);
    });
  }

  /** Edits a lot by hand. */
  edit(lotId: string, patch: LotPatch, reason: string, actor: string): void {
    this.#steps.push(async (options) => {
      await this.#ledger.lots.update(lotId, patch, { ...options, actor, reason });
      return nothing;
    });
  }

  /** Keeps stock for a document of the host. */
  reserve(draft: ReservationDraft, actor: string): void {
    this.#steps.push(async (options) => {
      await this.#ledger.reservations.commit(draft, { ...options, actor });
      return nothing;
    });
  }

  /** Opens a recall. */
  recall(draft: RecallDraft, actor: string): void {
    this.#steps.push(async (options) => {
      await this.#ledger.recalls.open(draft, { ...options, actor });
      return nothing;
    });
  }

  /** Takes a posting back. */
  reverse(id: string, reason: string, actor: string): void {
    const { date } = this;
    this.#steps.push(async (options) => {
      await this.#ledger.postings.reverse(id, { date, reason }, { ...options, actor });
      return nothing;
    });
  }

  /** Makes something that has no day: master data. */
  make(create: (ledger: Ledger, options: Options) => Promise<unknown>): void {
    this.#steps.push(async (options) => {
      await create(this.#ledger, options);
      return nothing;
    });
  }

  /** Sends what was asked since the last round, waits for it, and tells of it in the order of asking. */
  async round(): Promise<void> {
    const steps = this.#steps;
    this.#steps = [];
    const ends = await Promise.all(
      steps.map((step) => step({ commandId: `${this.#prefix}-${++this.#sent}` })),
    );
    for (const end of ends) end();
  }
}
