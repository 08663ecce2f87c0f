/** What a form for a new lot knows and does: its item, its fields, its previews, and the one attempt to write. */
import { type Item, type Ledger, type Lot, type Problem, problemOf } from '../core.ts';
import type { Format } from '../i18n/format.ts';
import type { DateState } from '../primitives/index.ts';
import { Attempt } from './lot-form-attempt.ts';
import {
  changedFields,
  createInput,
  emptyDraft,
  type FieldError,
  type LotDraft,
  type LotField,
  unreadable,
  withField,
} from './lot-form-draft.ts';
import {
  changedExtras,
  type Extras,
  type FieldSource,
  fieldProblems,
  noExtras,
  ownFields,
  splitExtras,
  typedExtra,
} from './lot-form-extra.ts';
import {
  found,
  type LotLists,
  ledgerToday,
  noLists,
  readLotLists,
  readWorkflowOnly,
} from './lot-form-lookups.ts';
import { type LotPreview, noPreview, previewLot } from './lot-form-preview.ts';
import type { Requests } from './requests.ts';

/** After creating: leave the form empty, or ready for the next lot of the same item. */
export type After = 'once' | 'again';

/** What stays for the next lot. */
const kept = ['supplier', 'lotType', 'manufacturer'] as const;
const PREVIEW_AFTER_MS = 150;

export interface LotFormHost {
  readonly ledger: () => Ledger | undefined;
  readonly format: () => Format;
  readonly requests: Requests;
  /** Something to show has changed. */
  readonly changed: () => void;
  readonly dirty: (dirty: boolean) => void;
  /** False when the host page creates the lot itself. */
  readonly mayCreate: (
    input: Readonly<Record<string, unknown>>,
    fields: Readonly<Record<string, unknown>> | undefined,
  ) => boolean;
  /** Every field of a lot, the host's own among them. */
  readonly fields: FieldSource['fields'];
  readonly created: (lot: Lot, after: After) => void;
  readonly refused: (error: unknown) => void;
}

export class LotFormController {
  readonly #host: LotFormHost;
  readonly #attempt = new Attempt();
  #base = emptyDraft();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirty = false;
  #reading: Promise<void> = Promise.resolve();
  #previewing: Promise<void> = Promise.resolve();
  itemCode = '';
  variant = '';
  item: Item | undefined;
  draft: LotDraft = this.#base;
  /** What stands in the fields of the host's own. */
  extras: Extras = noExtras;
  lists: LotLists = noLists;
  preview: LotPreview = noPreview;
  today = '';
  /** The status of a new lot is its item's. */
  workflowOnly = false;
  errors: readonly FieldError[] = [];
  problem: Problem | undefined;
  busy: After | undefined;
  made: { readonly id: string; readonly code: string } | undefined;

  constructor(host: LotFormHost) {
    this.#host = host;
  }

  get dirty(): boolean {
    return this.#dirty;
  }

  /** Reads what the fields offer. */
  async begin(ledger: Ledger): Promise<void> {
    const { requests, changed } = this.#host;
    const ask = () => Promise.all([readLotLists(ledger), ledgerToday(ledger), readWorkflowOnly(ledger)]);
    const read = await requests.run('lists', ask);
    if (read.stale) return;
    const [lists, today, workflowOnly] = read.value;
    this.lists = lists;
    this.today = today;
    this.workflowOnly = workflowOnly;
    await this.readItem();
    changed();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  chooseItem(code: string, variant = ''): void {
    if (code === this.itemCode && variant === this.variant) return;
    const other = code !== this.itemCode;
    this.itemCode = code;
    this.variant = variant;
    this.#settle(['item', 'variant', 'code', 'expiryDate']);
    if (other) this.readItem().catch((error) => this.#unread(error));
    else this.#previewSoon();
  }

  /** Reads the item of the code; whoever needs it waits for the newest reading. */
  readItem(): Promise<void> {
    this.#reading = this.#readItem();
    return this.#reading;
  }

  async #readItem(): Promise<void> {
    const ledger = this.#host.ledger();
    const code = this.itemCode;
    this.item = undefined;
    this.#previewSoon();
    if (ledger === undefined || code === '') return;
    const read = await this.#host.requests.run('item', () => found(ledger.items.get(code)));
    if (read.stale) return;
    this.item = read.value;
    if (read.value === undefined) this.errors = [this.#unknownItem()];
    else this.itemCode = read.value.code;
    this.#previewSoon();
    this.#host.changed();
  }

  #unread(error: unknown): void {
    this.problem = problemOf(error);
    this.#host.refused(error);
    this.#host.changed();
  }

  #unknownItem(): FieldError {
    return { path: 'item', sentence: this.#host.format().problem('item.notFound', { code: this.itemCode }) };
  }

  set(name: LotField, value: string | boolean | DateState): void {
    this.draft = withField(this.draft, name, value);
    this.made = undefined;
    this.#settle([name]);
    this.#previewSoon();
  }

  /** A field of the host's own. */
  setExtra(key: string, text: string): void {
    const field = ownFields(this.#host.fields()).find((each) => each.key === key);
    if (field === undefined) return;
    const how = { format: this.#host.format(), today: this.today };
    this.extras = { ...this.extras, [key]: typedExtra(field, text, how) };
    this.made = undefined;
    this.#settle([key]);
  }

  /** Fields that were touched are no longer in error. */
  #settle(paths: readonly string[]): void {
    this.errors = this.errors.filter((error) => !paths.includes(error.path));
    this.problem = undefined;
    this.#tellDirty();
    this.#host.changed();
  }

  #tellDirty(): void {
    const typed = changedExtras(noExtras, this.extras).length;
    const dirty = changedFields(this.#base, this.draft).length + typed > 0;
    if (dirty === this.#dirty) return;
    this.#dirty = dirty;
    this.#host.dirty(dirty);
  }

  #previewSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#previewNow(), PREVIEW_AFTER_MS);
  }

  #previewNow(): Promise<void> {
    this.stop();
    this.#previewing = this.#askPreview();
    return this.#previewing;
  }

  /** Resolves when the preview is of what was typed. */
  async idle(): Promise<void> {
    await this.#reading.catch(() => {});
    await (this.#timer === undefined ? this.#previewing : this.#previewNow());
  }

  async #askPreview(): Promise<void> {
    const ledger = this.#host.ledger();
    const { item, variant, draft, today } = this;
    if (ledger === undefined || item === undefined) this.preview = noPreview;
    else {
      const ask = () => previewLot(ledger, { item, variant, draft, today });
      const read = await this.#host.requests.run('preview', ask);
      if (read.stale) return;
      this.preview = read.value;
    }
    this.#host.changed();
  }

  /** Starts over with these fields. */
  restart(draft: LotDraft = emptyDraft()): void {
    this.#base = draft;
    this.draft = draft;
    this.extras = noExtras;
    this.errors = [];
    this.problem = undefined;
    this.#attempt.done();
    this.#tellDirty();
    this.#previewSoon();
    this.#host.changed();
  }

  #missing(): FieldError[] {
    const required = this.#host.format().problem('field.required');
    if (this.itemCode === '') return [{ path: 'item', sentence: required }];
    return this.item === undefined ? [this.#unknownItem()] : [];
  }

  /** What is wrong as far as the form can say, each field once. */
  #problems(): FieldError[] {
    const { draft, extras, today } = this;
    const format = this.#host.format();
    const record = { item: this.itemCode } as Partial<Lot>;
    const found = [
      ...this.#missing(),
      ...unreadable(draft, today, format),
      ...fieldProblems(this.#host.fields(), { draft, extras, record }, { format, today }),
    ];
    return found.filter(({ path }, i) => found.findIndex((each) => each.path === path) === i);
  }

  /** Creates the lot; errors stay with the fields, and what was typed stays. */
  async create(after: After): Promise<void> {
    const ledger = this.#host.ledger();
    if (ledger === undefined || this.busy) return;
    this.problem = undefined;
    this.busy = after;
    this.made = undefined;
    this.#host.changed();
    try {
      // An item that was just typed is read first: until then nobody knows that there is none.
      await this.#reading;
      await this.#send(ledger, after);
    } catch (error) {
      this.#refused(error, this.#host.format());
    } finally {
      this.busy = undefined;
      this.#host.changed();
    }
  }

  async #send(ledger: Ledger, after: After): Promise<void> {
    this.errors = this.#problems();
    if (this.errors.length > 0) return;
    const { locale } = this.#host.format();
    const keys = changedExtras(noExtras, this.extras);
    const { attributes, fields } = splitExtras(this.#host.fields(), this.extras, keys);
    const own = createInput(this.itemCode, this.variant, this.draft, locale);
    const input = attributes === undefined ? own : { ...own, attributes };
    if (!this.#host.mayCreate(input, fields)) return;
    const how = { commandId: this.#attempt.id, source: 'ui' as const };
    const asked = input as unknown as Parameters<Ledger['lots']['create']>[0];
    const done = await this.#host.requests.run('create', () => ledger.lots.create(asked, how));
    if (!done.stale) this.#created(done.value, after);
  }

  #created(lot: Lot, after: After): void {
    const { texts } = this.draft;
    let next = emptyDraft();
    if (after === 'again') for (const name of kept) next = withField(next, name, texts[name]);
    else this.chooseItem('');
    this.restart(next);
    this.made = { id: lot.id, code: lot.code };
    this.#host.created(lot, after);
  }

  #refused(error: unknown, format: Format): void {
    this.#attempt.failed(error);
    const problem = problemOf(error);
    const { code, details, message, path } = problem;
    if (path === undefined) this.problem = problem;
    else this.errors = [{ path, sentence: format.problem(code, details, message) }];
    this.#host.refused(error);
  }
}
