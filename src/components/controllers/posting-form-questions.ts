/**
 * What is asked of the ledger while a posting is written: what an automatic unload would take, what the whole
 * posting would be, what is known of typed serials. Asked shortly after the last key, never twice at once.
 */
import { type Ledger, type Problem, problemOf } from '../core.ts';
import type { CoreTools } from './lot-form-tools.ts';
import { allocateLine, type LineAllocation } from './posting-form-allocation.ts';
import type { LineDraft, PostingDraft, TemplateTerms } from './posting-form-draft.ts';
import { headerInput, headerReady } from './posting-form-input.ts';
import { type AskedLine, type PreviewAnswer, previewPosting } from './posting-form-preview.ts';
import { KnownSerials, type ReadSerials } from './posting-form-serials.ts';
import { inBase, type LineStatus } from './posting-form-status.ts';
import type { Requests } from './requests.ts';

/** Waits after the last key; longer where much is to be asked. */
const ASK_AFTER_MS = 250;
const ASK_MUCH_AFTER_MS = 900;
const MUCH = 2000;

const nothing: PreviewAnswer = { posting: undefined, keys: [], refusals: new Map(), problem: undefined };

/** The form that asks. */
export interface AskingForm {
  readonly host: {
    readonly ledger: () => Ledger | undefined;
    readonly requests: Requests;
    readonly changed: () => void;
  };
  readonly draft: PostingDraft;
  readonly template: TemplateTerms | undefined;
  readonly load: boolean;
  readonly busy: boolean;
  /** The line that is worked on. */
  readonly line: LineDraft | undefined;
  readonly tools: CoreTools | undefined;
  status(line: LineDraft): LineStatus;
  serialsOf(line: LineDraft): ReadSerials;
  readyLines(): AskedLine[];
}

export class PostingQuestions {
  readonly #form: AskingForm;
  readonly #known = new Map<string, KnownSerials>();
  /** By line. */
  readonly allocations = new Map<number, LineAllocation>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> = Promise.resolve();
  preview: PreviewAnswer = nothing;
  previewing = false;

  constructor(form: AskingForm) {
    this.#form = form;
  }

  knownOf(line: LineDraft): KnownSerials | undefined {
    return this.#known.get(line.item.code);
  }

  forget(line: number): void {
    this.allocations.delete(line);
  }

  clear(): void {
    this.stop();
    this.#known.clear();
    this.allocations.clear();
    this.preview = nothing;
  }

  /** The stock has changed: everything is asked anew. */
  outdated(): void {
    this.#known.clear();
    for (const [line, allocation] of this.allocations)
      this.allocations.set(line, { ...allocation, question: '' });
    this.soon();
  }

  /** A line was refused when it was posted. */
  refuse(line: number, problem: Problem): void {
    this.preview = { ...this.preview, refusals: new Map([...this.preview.refusals, [line, problem]]) };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Resolves when nothing is waiting to be asked or answered. */
  async idle(): Promise<void> {
    if (this.#timer !== undefined) {
      this.stop();
      void this.ask();
    }
    await this.#running;
  }

  /** Asks shortly after the last key. */
  soon(): void {
    this.stop();
    const form = this.#form;
    const codes = form.draft.lines.reduce((sum, line) => sum + form.serialsOf(line).codes.length, 0);
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        void this.ask();
      },
      codes > MUCH ? ASK_MUCH_AFTER_MS : ASK_AFTER_MS,
    );
  }

  /** Asks now. */
  ask(): Promise<void> {
    this.#running = this.#ask();
    return this.#running;
  }

  async #ask(): Promise<void> {
    const form = this.#form;
    const { changed, requests } = form.host;
    const ledger = form.host.ledger();
    if (ledger === undefined || form.busy || !headerReady(form.draft, form.template)) {
      this.preview = nothing;
      changed();
      return;
    }
    this.previewing = true;
    changed();
    try {
      const asked = await requests.run('ask', (signal) => this.#askAll(ledger, signal));
      if (asked.stale) return;
    } catch (error) {
      this.preview = { ...nothing, problem: problemOf(error) };
    }
    this.previewing = false;
    changed();
  }

  async #askAll(ledger: Ledger, signal: AbortSignal): Promise<void> {
    const form = this.#form;
    await Promise.all(form.draft.lines.map((line) => this.#allocate(ledger, line)));
    if (signal.aborted) return;
    form.host.changed();
    const answer = await previewPosting(
      ledger,
      headerInput(form.draft, form.template),
      form.readyLines(),
      signal,
    );
    if (signal.aborted) return;
    this.preview = answer;
    form.host.changed();
    await this.#lookUp(ledger, signal);
  }

  async #allocate(ledger: Ledger, line: LineDraft): Promise<void> {
    const form = this.#form;
    const status = form.status(line);
    const { template } = form;
    if (form.load || template === undefined || !status.lots) {
      this.allocations.delete(line.key);
      return;
    }
    const typed = status.quantity.ok ? inBase(status.quantity.value, line.unit, line.item) : null;
    const { warehouse, date, documentType, documentNumber } = form.draft.header;
    const number = documentNumber.trim();
    const { variant, location } = line;
    const question = {
      ...{ item: line.item.code, variant, warehouse, location, quantity: typed ?? '0' },
      ...{ intent: template.intent, date: date.value },
      document: documentType === '' || number === '' ? null : { type: documentType, number },
    };
    if (this.allocations.get(line.key)?.question === JSON.stringify(question)) return;
    try {
      this.allocations.set(line.key, await allocateLine(ledger, question));
    } catch {
      // what is wrong with the line is said by the preview, at its field
      this.allocations.set(line.key, { question: '', candidates: [], shortage: '0' });
    }
  }

  /** Looks up the typed serials of the current line. */
  async #lookUp(ledger: Ledger, signal: AbortSignal): Promise<void> {
    const { line, tools } = this.#form;
    if (line === undefined || tools === undefined || line.serialsMode === 'auto') return;
    const { codes } = this.#form.serialsOf(line);
    if (codes.length === 0) return;
    const known = this.knownOf(line) ?? new KnownSerials(ledger, line.item.code);
    this.#known.set(line.item.code, known);
    await known.read(codes, tools, signal);
  }
}
