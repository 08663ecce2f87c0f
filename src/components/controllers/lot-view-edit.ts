/**
 * The edit of a lot: fields over the version they were read from, one attempt to save, and what to do when
 * somebody else saved in between.
 */
import { type Ledger, type Lot, type Problem, problemOf } from '../core.ts';
import type { Format } from '../i18n/format.ts';
import type { DateState } from '../primitives/index.ts';
import { Attempt } from './lot-form-attempt.ts';
import {
  changedFields,
  draftOf,
  type FieldError,
  type LotDraft,
  type LotField,
  patchOf,
  textOf,
  unreadable,
  withField,
} from './lot-form-draft.ts';
import type { Requests } from './requests.ts';

/** Fields whose change is worth a reason; whether one is demanded, the ledger says. */
const reasoned: readonly LotField[] = ['code', 'expiryDate', 'status'];

/** One field that differs: as it was read, as typed here, as it is saved now. */
export interface Difference {
  readonly field: LotField;
  readonly before: string;
  readonly yours: string;
  readonly theirs: string;
}

export interface LotEditHost {
  readonly ledger: () => Ledger | undefined;
  readonly format: () => Format;
  readonly requests: Requests;
  readonly changed: () => void;
  readonly dirty: (dirty: boolean) => void;
  /** False when the host page saves it itself. */
  readonly maySave: (lot: Lot, patch: Readonly<Record<string, unknown>>) => boolean;
  readonly saved: (lot: Lot) => void;
  readonly refused: (error: unknown) => void;
}

export class LotEditController {
  readonly #host: LotEditHost;
  readonly #attempt = new Attempt();
  #base: Lot | undefined;
  #theirs: Lot | undefined;
  #dirty = false;
  draft: LotDraft | undefined;
  reason = '';
  errors: readonly FieldError[] = [];
  problem: Problem | undefined;
  busy = false;
  done: 'saved' | 'nothing' | undefined;

  constructor(host: LotEditHost) {
    this.#host = host;
  }

  get dirty(): boolean {
    return this.#dirty;
  }

  /** Somebody else's record, while it stands against what was typed here. */
  get conflict(): Lot | undefined {
    return this.#theirs;
  }

  /** Whether the change is of a kind that wants a reason. */
  get wantsReason(): boolean {
    if (this.#base === undefined || this.draft === undefined) return false;
    const changed = changedFields(draftOf(this.#base), this.draft);
    return (
      changed.some((name) => reasoned.includes(name)) || this.errors.some(({ path }) => path === 'reason')
    );
  }

  /** The record as it is now. What was typed here stays, and a change under it becomes a conflict. */
  arrived(lot: Lot): void {
    const base = this.#base;
    if (base !== undefined && base.id === lot.id && this.#dirty) {
      if (lot.version !== base.version) this.#theirs = lot;
      return;
    }
    if (base?.id !== lot.id) this.done = undefined;
    this.#take(lot);
  }

  #take(lot: Lot): void {
    this.#base = lot;
    this.#theirs = undefined;
    this.draft = draftOf(lot);
    this.reason = '';
    this.errors = [];
    this.problem = undefined;
    this.#tellDirty();
  }

  #tellDirty(): void {
    const dirty =
      this.#base !== undefined &&
      this.draft !== undefined &&
      changedFields(draftOf(this.#base), this.draft).length > 0;
    if (dirty === this.#dirty) return;
    this.#dirty = dirty;
    this.#host.dirty(dirty);
  }

  set(name: LotField, value: string | boolean | DateState): void {
    if (this.draft === undefined) return;
    this.draft = withField(this.draft, name, value);
    this.errors = this.errors.filter((error) => error.path !== name);
    this.done = undefined;
    this.#tellDirty();
    this.#host.changed();
  }

  setReason(reason: string): void {
    this.reason = reason;
    this.errors = this.errors.filter((error) => error.path !== 'reason');
    this.#host.changed();
  }

  /** Forgets what was typed and shows the record as it is. */
  discard(): void {
    const lot = this.#theirs ?? this.#base;
    if (lot !== undefined) this.#take(lot);
    this.#attempt.done();
    this.#host.changed();
  }

  /** Puts what was typed on top of the fresh record: the next save overwrites those fields only. */
  keepMine(): void {
    const theirs = this.#theirs;
    const base = this.#base;
    if (theirs === undefined || base === undefined || this.draft === undefined) return;
    const mine = changedFields(draftOf(base), this.draft);
    let next = draftOf(theirs);
    for (const name of mine) {
      const { texts, dates, sellable } = this.draft;
      next = withField(
        next,
        name,
        name === 'sellable' ? sellable : ((dates as never)[name] ?? (texts as never)[name]),
      );
    }
    this.#base = theirs;
    this.#theirs = undefined;
    this.draft = next;
    this.problem = undefined;
    this.#tellDirty();
    this.#host.changed();
  }

  /** Every field in which the two differ. */
  differences(): Difference[] {
    if (this.#base === undefined || this.#theirs === undefined || this.draft === undefined) return [];
    const before = draftOf(this.#base);
    const theirs = draftOf(this.#theirs);
    const yours = this.draft;
    const names = new Set([...changedFields(before, yours), ...changedFields(before, theirs)]);
    return [...names].map((field) => ({
      field,
      before: textOf(before, field),
      yours: textOf(yours, field),
      theirs: textOf(theirs, field),
    }));
  }

  /** Saves what changed, under the version it was read with. */
  async save(today: string): Promise<void> {
    const ledger = this.#host.ledger();
    const [base, draft] = [this.#base, this.draft];
    if (ledger === undefined || base === undefined || draft === undefined || this.busy) return;
    const format = this.#host.format();
    this.problem = undefined;
    this.done = undefined;
    this.errors = unreadable(draft, today, format);
    if (this.errors.length > 0) return this.#host.changed();
    const patch = patchOf(draftOf(base), draft, format.locale);
    if (Object.keys(patch).length === 0) {
      this.done = 'nothing';
      return this.#host.changed();
    }
    if (!this.#host.maySave(base, patch)) return;
    await this.#send(ledger, base, patch);
  }

  async #send(ledger: Ledger, base: Lot, patch: Readonly<Record<string, unknown>>): Promise<void> {
    this.busy = true;
    this.#host.changed();
    const how = {
      version: base.version,
      source: 'ui' as const,
      commandId: this.#attempt.id,
      ...(this.reason.trim() ? { reason: this.reason.trim() } : {}),
    };
    try {
      const saved = await this.#host.requests.run('save', () => ledger.lots.update(base.id, patch, how));
      if (!saved.stale) {
        this.#attempt.done();
        this.#take(saved.value);
        this.done = 'saved';
        this.#host.saved(saved.value);
      }
    } catch (error) {
      await this.#refused(error, ledger, base);
    } finally {
      this.busy = false;
      this.#host.changed();
    }
  }

  async #refused(error: unknown, ledger: Ledger, base: Lot): Promise<void> {
    this.#attempt.failed(error);
    const problem = problemOf(error);
    this.#host.refused(error);
    if (problem.code === 'concurrency.stale') {
      this.#theirs = await ledger.lots.get(base.id).catch(() => undefined);
      if (this.#theirs !== undefined) return;
    }
    const { code, details, message, path } = problem;
    const where = code === 'reason.required' ? 'reason' : path;
    if (where === undefined) this.problem = problem;
    else this.errors = [{ path: where, sentence: this.#host.format().problem(code, details, message) }];
  }
}
