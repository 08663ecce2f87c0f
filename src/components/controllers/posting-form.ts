/**
 * A posting that is being written: its header, its lines, what the ledger says of them before anything is
 * written, and the one attempt to post. Nothing typed is lost to an error.
 */
import type { Template, Warehouse } from '../../core/index.ts';
import { type Ledger, type LotStatus, type Posting, type Problem, problemOf } from '../core.ts';
import { Attempt } from './lot-form-attempt.ts';
import { found, ledgerToday } from './lot-form-lookups.ts';
import { type CoreTools, coreTools } from './lot-form-tools.ts';
import { isOffered, PostingBeside, wantsPlace } from './posting-form-counterpart.ts';
import {
  emptyHeader,
  type HeaderDraft,
  isDirty,
  type LineDraft,
  newLine,
  type PostingDraft,
  usualModes,
} from './posting-form-draft.ts';
import { HeaderExtras } from './posting-form-extra.ts';
import type { PostingFormHost, Refusal } from './posting-form-host.ts';
import { headerInput, lineInput, type Missing, missingFields } from './posting-form-input.ts';
import { type AskedLine, isWanting, lineOf, withinLine } from './posting-form-preview.ts';
import { PostingQuestions } from './posting-form-questions.ts';
import { noSerials, type ReadSerials, readSerials } from './posting-form-serials.ts';
import { type LineStatus, statusOf } from './posting-form-status.ts';
import { type Judged, judge } from './posting-form-verdicts.ts';

export class PostingFormController {
  readonly host: PostingFormHost;
  readonly #attempt = new Attempt();
  readonly #serials = new Map<number, ReadSerials>();
  /** What the ledger says before anything is written. */
  readonly questions: PostingQuestions = new PostingQuestions(this);
  readonly beside: PostingBeside = new PostingBeside(this);
  /** What a host has added to the header. */
  readonly extras: HeaderExtras;
  #tools: CoreTools | undefined;
  #dirty = false;
  draft: PostingDraft = { header: emptyHeader(''), lines: [] };
  today = '';
  warehouses: readonly Warehouse[] = [];
  templates: readonly Template[] = [];
  statuses: ReadonlyMap<string, LotStatus> = new Map();
  current: number | undefined;
  refusal: Refusal | undefined;
  /** What was missing when somebody tried to post. */
  asked = false;
  busy = false;
  posted: Posting | undefined;
  itemProblem: Problem | undefined;

  constructor(host: PostingFormHost) {
    this.host = host;
    this.extras = new HeaderExtras({
      fields: host.fields,
      format: host.format,
      header: () => this.draft.header,
      today: () => this.today,
      record: () => headerInput(this.draft, this.template) as Partial<Posting>,
    });
  }

  get dirty(): boolean {
    return this.#dirty;
  }

  get tools(): CoreTools | undefined {
    return this.#tools;
  }

  get template(): Template | undefined {
    return this.templates.find(({ code }) => code === this.draft.header.template);
  }

  get warehouse(): Warehouse | undefined {
    return this.warehouses.find(({ code }) => code === this.draft.header.warehouse);
  }

  get load(): boolean {
    return this.template?.type === 'load';
  }

  get line(): LineDraft | undefined {
    return this.draft.lines.find(({ key }) => key === this.current);
  }

  serialsOf(line: LineDraft): ReadSerials {
    return this.#serials.get(line.key) ?? noSerials;
  }

  /** The verdicts on the typed serials of a line. */
  judged(line: LineDraft): Judged {
    const known = this.questions.knownOf(line);
    return judge(this.serialsOf(line), {
      load: this.load,
      warehouse: this.draft.header.warehouse,
      known,
      version: known?.version ?? 0,
      refusal: this.questions.preview.refusals.get(line.key),
    });
  }

  /** What an automatic unload cannot find for a line; undefined while that is not known. */
  #shortageOf(line: LineDraft): string | undefined {
    if (this.load || line.lotsMode !== 'auto') return '0';
    const shortage = this.questions.allocations.get(line.key)?.shortage;
    return line.unit === '' || line.unit === line.item.unit.code ? shortage : '0';
  }

  status(line: LineDraft): LineStatus {
    return statusOf(line, {
      template: this.template,
      locale: this.host.format().locale,
      given: this.judged(line).good.length,
      shortage: this.#shortageOf(line),
    });
  }

  async begin(ledger: Ledger, preset: { warehouse: string; template: string }): Promise<void> {
    const all = { limit: 500 };
    const ask = () =>
      Promise.all([
        ledger.warehouses.list(all),
        ledger.lotStatuses.list(all),
        ledgerToday(ledger),
        coreTools(),
      ]);
    const read = await this.host.requests.run('begin', ask);
    if (read.stale) return;
    const [warehouses, statuses, today, tools] = read.value;
    this.statuses = new Map(statuses.items.map((status) => [status.code, status]));
    this.warehouses = warehouses.items;
    this.today = today;
    this.#tools = tools;
    const { header } = this.draft;
    if (header.date.value === '' && !header.date.text)
      this.#put({ header: { ...header, date: { value: today } } });
    const only = this.warehouses.length === 1 ? (this.warehouses[0]?.code ?? '') : '';
    await this.chooseWarehouse(preset.warehouse || header.warehouse || only, preset.template);
  }

  #put(patch: Partial<PostingDraft>): void {
    this.draft = { ...this.draft, ...patch };
    const dirty = isDirty(this.draft) || this.extras.dirty;
    if (dirty !== this.#dirty) {
      this.#dirty = dirty;
      this.host.dirty(dirty);
    }
    this.host.changed();
  }

  setHeader(patch: Partial<HeaderDraft>): void {
    this.refusal = undefined;
    this.posted = undefined;
    this.#put({ header: { ...this.draft.header, ...patch } });
    this.questions.soon();
  }

  /** A field of the host's own. */
  setExtra(key: string, text: string): void {
    this.extras.set(key, text);
    this.posted = undefined;
    this.#put({});
  }

  async chooseWarehouse(code: string, template = ''): Promise<void> {
    const ledger = this.host.ledger();
    const wanted = template || this.draft.header.template;
    this.setHeader({ warehouse: code, template: '' });
    if (ledger === undefined || code === '') {
      this.templates = [];
      return;
    }
    const ask = () => ledger.templates.list({ filter: { warehouse: code }, limit: 500 });
    const read = await this.host.requests.run('templates', ask);
    if (read.stale) return;
    this.templates = read.value.items.filter(isOffered);
    const only = this.templates.length === 1 ? (this.templates[0]?.code ?? '') : '';
    const known = this.templates.some((each) => each.code === wanted);
    const lines = this.draft.lines.map((line) => ({ ...line, location: '' }));
    this.#put({ lines });
    this.chooseTemplate(known ? wanted : only);
  }

  chooseTemplate(code: string): void {
    const before = this.template?.type;
    const template = this.templates.find((each) => each.code === code);
    this.setHeader({ template: code, counterpartLocation: '' });
    void this.beside.read(template);
    if (template === undefined || template.type === before) return;
    this.setHeader({ partyKind: template.type === 'load' ? 'supplier' : 'customer' });
    const lines = this.draft.lines.map((line) => ({ ...line, ...usualModes(line.item, template) }));
    this.#put({ lines });
  }

  /** Adds a line for an item; answers its key, or nothing when there is no such item. */
  async addItem(code: string): Promise<number | undefined> {
    const ledger = this.host.ledger();
    if (ledger === undefined || code.trim() === '') return undefined;
    this.itemProblem = undefined;
    const item = await found(ledger.items.get(code.trim()));
    if (item === undefined) {
      this.itemProblem = { kind: 'missing', code: 'item.notFound', details: { code }, message: code };
      this.host.changed();
      return undefined;
    }
    const line = newLine(item, this.template);
    this.current = line.key;
    this.posted = undefined;
    this.#put({ lines: [...this.draft.lines, line] });
    this.questions.soon();
    return line.key;
  }

  setLine(key: number, change: (line: LineDraft) => LineDraft): void {
    this.refusal = undefined;
    this.#put({ lines: this.draft.lines.map((line) => (line.key === key ? change(line) : line)) });
    this.questions.soon();
  }

  patchLine(key: number, patch: Partial<LineDraft>): void {
    this.setLine(key, (line) => ({ ...line, ...patch }));
  }

  removeLine(key: number): void {
    const at = this.draft.lines.findIndex((line) => line.key === key);
    const lines = this.draft.lines.filter((line) => line.key !== key);
    this.#serials.delete(key);
    this.questions.forget(key);
    if (this.current === key) this.current = lines[Math.min(at, lines.length - 1)]?.key;
    this.refusal = undefined;
    this.#put({ lines });
    this.questions.soon();
  }

  select(key: number): void {
    if (this.current === key) return;
    this.current = key;
    this.host.changed();
  }

  /** Reads a text of serials and counts it. */
  setSerials(key: number, text: string): void {
    const tools = this.#tools;
    if (tools !== undefined) this.#serials.set(key, readSerials(text, tools));
    this.patchLine(key, { serialText: text, serialsMode: 'typed' });
  }

  /** The lines on which nothing is left to type, as the ledger takes them. */
  readyLines(): AskedLine[] {
    const { locale } = this.host.format();
    return this.draft.lines.flatMap((line) => {
      const status = this.status(line);
      if (!status.complete) return [];
      const { codes } = this.serialsOf(line);
      return [{ key: line.key, input: lineInput(line, status, { load: this.load, locale, codes }) }];
    });
  }

  /** What keeps it from being posted, as names of fields and keys of lines. */
  missing(): Missing {
    const { refusals } = this.questions.preview;
    const short = this.draft.lines.filter(
      (line) => !this.status(line).complete || isWanting(refusals.get(line.key)),
    );
    const place = wantsPlace(this.beside.side, this.draft.header.counterpartLocation);
    const own = missingFields(this.draft, this.template, { place });
    const asked = this.extras.missing().map((key) => (key === 'documentNumber' ? 'document' : key));
    const fields = [...new Set([...own, ...asked])];
    return { fields, lines: short.map(({ key }) => key) };
  }

  /** Posts it. What was typed stays until it is accepted. */
  async post(): Promise<void> {
    const ledger = this.host.ledger();
    const missing = this.missing();
    this.asked = true;
    if (ledger === undefined || this.busy) return;
    if (missing.fields.length + missing.lines.length + this.extras.problems().size > 0)
      return this.host.changed();
    const lines = this.readyLines();
    const input = { ...headerInput(this.draft, this.template), lines: lines.map((line) => line.input) };
    if (!this.host.mayPost(input, this.extras.sent())) return;
    this.questions.stop();
    this.busy = true;
    this.refusal = undefined;
    this.host.changed();
    try {
      const how = { commandId: this.#attempt.id, source: 'ui' as const };
      const done = await this.host.requests.run('post', () => ledger.postings.post(input as never, how));
      if (!done.stale) this.#accepted(done.value);
    } catch (error) {
      this.#refused(
        error,
        lines.map(({ key }) => key),
      );
    } finally {
      this.busy = false;
      this.host.changed();
    }
  }

  #accepted(posting: Posting): void {
    this.#attempt.done();
    this.clear();
    this.posted = posting;
    this.host.posted(posting);
    void this.beside.readPosted(posting);
  }

  #refused(error: unknown, keys: readonly number[]): void {
    this.#attempt.failed(error);
    const problem = problemOf(error);
    const line = lineOf(problem.path);
    const key = line === undefined ? undefined : keys[line.index];
    this.refusal = { problem: withinLine(problem), line: key, again: this.#attempt.open };
    if (key !== undefined) {
      this.current = key;
      this.questions.refuse(key, withinLine(problem));
    }
    if (!this.#attempt.open) this.questions.outdated();
    this.host.refused(error);
  }

  /** Empties the lines and what belongs to one document; warehouse, template and date stay. */
  clear(): void {
    const { warehouse, template, date, partyKind, counterpartLocation } = this.draft.header;
    this.#serials.clear();
    this.questions.clear();
    this.extras.clear();
    this.current = undefined;
    this.refusal = undefined;
    this.asked = false;
    this.posted = undefined;
    const kept = { warehouse, template, date, partyKind, counterpartLocation };
    const header = { ...emptyHeader(this.today), ...kept };
    this.#put({ header, lines: [] });
  }

  /** Starts a new document. */
  reset(): void {
    this.#attempt.done();
    this.clear();
    this.setHeader({ date: { value: this.today } });
  }
}
