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
import {
  changedExtras,
  type Extras,
  extrasOf,
  type FieldSource,
  fieldProblems,
  noExtras,
  ownFields,
  splitExtras,
  typedExtra,
} from './lot-form-extra.ts';
import type { Requests } from './requests.ts';

/** Fields whose change is worth a reason; whether one is demanded, the ledger says. */
const reasoned: readonly LotField[] = ['code', 'expiryDate', 'status'];

/** One field that differs: as it was read, as typed here, as it is saved now. */
export interface Difference {
  /** Key of the field. */
  readonly field: string;
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
  readonly maySave: (
    lot: Lot,
    patch: Readonly<Record<string, unknown>>,
    fields: Readonly<Record<string, unknown>> | undefined,
  ) => boolean;
  /** The fields of a lot, the host's own among them, and what was fetched for those. */
  readonly source: FieldSource;
  readonly saved: (lot: Lot) => void;
  readonly refused: (error: unknown) => void;
}

export class LotEditController {
  readonly #host: LotEditHost;
  readonly #attempt = new Attempt();
  #base: Lot | undefined;
  #theirs: Lot | undefined;
  #dirty = false;
  #today = '';
  #extraBase: Extras = noExtras;
  draft: LotDraft | undefined;
  /** What stands in the fields of the host's own. */
  extras: Extras = noExtras;
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
  arrived(lot: Lot, today: string): void {
    this.#today = today;
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
    this.#extraBase = extrasOf(this.#host.source, lot);
    this.extras = this.#extraBase;
    this.reason = '';
    this.errors = [];
    this.problem = undefined;
    this.#tellDirty();
  }

  get #changedExtras(): readonly string[] {
    return changedExtras(this.#extraBase, this.extras);
  }

  /** What the extensions have fetched has come, or other fields: what was typed stays. */
  fetched(): void {
    if (this.#base === undefined) return;
    const typed = Object.fromEntries(this.#changedExtras.map((key) => [key, this.extras[key]]));
    this.#extraBase = extrasOf(this.#host.source, this.#base);
    this.extras = { ...this.#extraBase, ...typed } as Extras;
    this.#host.changed();
  }

  #tellDirty(): void {
    const dirty =
      this.#base !== undefined &&
      this.draft !== undefined &&
      changedFields(draftOf(this.#base), this.draft).length + this.#changedExtras.length > 0;
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

  /** A field of the host's own. */
  setExtra(key: string, text: string): void {
    const field = ownFields(this.#host.source.fields()).find((each) => each.key === key);
    if (field === undefined) return;
    const how = { format: this.#host.format(), today: this.#today };
    this.extras = { ...this.extras, [key]: typedExtra(field, text, how) };
    this.errors = this.errors.filter((error) => error.path !== key);
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
    const typed = Object.fromEntries(this.#changedExtras.map((key) => [key, this.extras[key]]));
    this.#base = theirs;
    this.#theirs = undefined;
    this.draft = next;
    this.#extraBase = extrasOf(this.#host.source, theirs);
    this.extras = { ...this.#extraBase, ...typed } as Extras;
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
    const own = [...names].map((field) => ({
      field,
      before: textOf(before, field),
      yours: textOf(yours, field),
      theirs: textOf(theirs, field),
    }));
    return [...own, ...this.#extraDifferences(this.#theirs)];
  }

  #extraDifferences(lot: Lot): Difference[] {
    const [before, yours, theirs] = [this.#extraBase, this.extras, extrasOf(this.#host.source, lot)];
    const keys = new Set([...changedExtras(before, yours), ...changedExtras(before, theirs)]);
    const text = (extras: Extras, key: string) => extras[key]?.text ?? extras[key]?.value ?? '';
    return [...keys].map((field) => ({
      field,
      before: text(before, field),
      yours: text(yours, field),
      theirs: text(theirs, field),
    }));
  }

  #problems(base: Lot, draft: LotDraft): FieldError[] {
    const o = { format: this.#host.format(), today: this.#today };
    const at = { draft, extras: this.extras, record: base };
    const found = [
      ...unreadable(draft, this.#today, o.format),
      ...fieldProblems(this.#host.source.fields(), at, o),
    ];
    return found.filter(({ path }, i) => found.findIndex((each) => each.path === path) === i);
  }

  /** Saves what changed, under the version it was read with. */
  async save(): Promise<void> {
    const ledger = this.#host.ledger();
    const [base, draft] = [this.#base, this.draft];
    if (ledger === undefined || base === undefined || draft === undefined || this.busy) return;
    this.problem = undefined;
    this.done = undefined;
    this.errors = this.#problems(base, draft);
    if (this.errors.length > 0) {
      this.#host.changed();
      return;
    }
    const split = splitExtras(this.#host.source.fields(), this.extras, this.#changedExtras);
    const own = patchOf(draftOf(base), draft, this.#host.format().locale);
    const patch = split.attributes === undefined ? own : { ...own, attributes: split.attributes };
    const empty = Object.keys(patch).length === 0;
    if (empty && split.fields === undefined) {
      this.done = 'nothing';
      this.#host.changed();
      return;
    }
    if (!this.#host.maySave(base, patch, split.fields)) return;
    if (empty) this.#saved(base);
    else await this.#send(ledger, base, patch);
  }

  #saved(lot: Lot): void {
    this.#attempt.done();
    this.#take(lot);
    this.done = 'saved';
    this.#host.saved(lot);
    this.#host.changed();
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
      if (!saved.stale) this.#saved(saved.value);
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
