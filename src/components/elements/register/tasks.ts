/** What a register does with all its rows, or the selected ones, not only those on the screen: files, paper, clipboard. */
import { copyCodes, copyTable } from '../../controllers/register/copy.ts';
import { csv, csvOptionsFor } from '../../controllers/register/csv.ts';
import { type PrintModel, printModel } from '../../controllers/register/print-model.ts';
import { type ListQuery, type Page, problemOf } from '../../core.ts';
import { emit, type OutputDetail } from '../../events.ts';
import type { SelectionTarget } from '../../extensions/types.ts';
import { filterWords } from './chips.ts';
import type { Inside } from './inside.ts';
import { fillPaper, printPaper } from './print.ts';

const PAGE = 500;
const AT_ONCE = 20;

interface Listed<R> {
  list(query: ListQuery): Promise<Page<R>>;
  get(id: string): Promise<R>;
}

export class RegisterTasks<R extends { readonly id: string }> {
  readonly #in: () => Inside<R>;
  #stop: AbortController | undefined;
  /** What is being done, as a sentence. */
  text: string | undefined;

  constructor(inside: () => Inside<R>) {
    this.#in = inside;
  }

  readonly stop = (): void => {
    this.#stop?.abort();
  };

  /** What stands in the question, in the words of a request. */
  #detail(target: SelectionTarget): OutputDetail {
    const { view, kind } = this.#in();
    const { columns, register } = view();
    return { kind: kind.kind, target, sort: register.sorts, fields: columns.map(({ key }) => key) };
  }

  get #everything(): SelectionTarget {
    const { filter, search } = this.#in().view().register.asked;
    return { filter, ...(search === '' ? {} : { search }), except: [] };
  }

  #say(text: string | undefined): void {
    this.text = text;
    this.#in().element.requestUpdate();
  }

  /** Does something long; what it throws is told by a sentence and an event. */
  async #run(failed: string, act: (signal: AbortSignal) => Promise<string | undefined>): Promise<void> {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    const { announcer, failed: report } = this.#in();
    try {
      const said = await act(stop.signal);
      if (said !== undefined) announcer.tell(said);
    } catch (error) {
      if (stop.signal.aborted) return;
      report(error);
      announcer.tell(`${failed} ${this.#in().view().say(problemOf(error))}`);
    } finally {
      if (this.#stop === stop) {
        this.#stop = undefined;
        this.#say(undefined);
      }
    }
  }

  /** The rows a target means, page by page. */
  async *#pagesOf(
    target: SelectionTarget,
    signal: AbortSignal,
    progress: (n: number) => void,
  ): AsyncGenerator<readonly R[]> {
    const { ledger, kind, prepare } = this.#in();
    const list = ledger()?.[kind.words] as unknown as Listed<R> | undefined;
    if (list === undefined) return;
    let read = 0;
    if ('ids' in target) {
      for (let at = 0; at < target.ids.length; at += AT_ONCE) {
        signal.throwIfAborted();
        const asked = target.ids.slice(at, at + AT_ONCE).map((id) => list.get(id).catch(() => undefined));
        const rows = (await Promise.all(asked)).filter((row) => row !== undefined);
        await prepare(rows);
        read += rows.length;
        progress(read);
        yield rows;
      }
      return;
    }
    const except = new Set(target.except);
    let cursor: string | undefined;
    do {
      signal.throwIfAborted();
      const { filter, search } = target;
      const sort = this.#in().view().register.sorts;
      const page = await list.list({
        filter,
        sort,
        limit: PAGE,
        ...(search === undefined ? {} : { search }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      const rows = page.items.filter(({ id }) => !except.has(id));
      await prepare(rows);
      read += rows.length;
      progress(read);
      yield rows;
      cursor = page.next;
    } while (cursor !== undefined);
  }

  /** Writes a file of all rows that match, or of the selected ones; `lot-export` is asked first. */
  async exportCsv(selected = false): Promise<void> {
    const { element, view, kind, language, files } = this.#in();
    const { register, columns, format } = view();
    const target = selected ? register.selection.target() : this.#everything;
    if (!emit(element, 'lot-export', { ...this.#detail(target), format: 'csv' })) return;
    await this.#run(format.text('register.exportFailed'), async (signal) => {
      let count = 0;
      const progress = (n: number): void => {
        count = n;
        this.#say(format.text('register.exporting', { n }));
      };
      progress(0);
      const pages = this.#pagesOf(target, signal, progress);
      const pieces: string[] = [];
      for await (const piece of csv(pages, files(columns), csvOptionsFor(language()))) pieces.push(piece);
      signal.throwIfAborted();
      const day = new Date().toISOString().slice(0, 10);
      download(element.ownerDocument, pieces, `${format.text(`${kind.words}.title`)} ${day}.csv`);
      return format.text('register.exported', { n: count });
    });
  }

  /** The rows on paper, all that match; `lot-print` is asked first. */
  async print(): Promise<void> {
    const { element, view, rtl } = this.#in();
    const { format } = view();
    if (!emit(element, 'lot-print', this.#detail(this.#everything))) return;
    await this.#run(format.text('register.printFailed'), async (signal) => {
      const model = await this.#model(signal);
      this.#say(undefined);
      const words = {
        printed: format.text('register.printed', { when: format.exactMoment(new Date()) }),
        rows: format.text('register.printRows', { n: model.count }),
        asOf: model.asOf,
        truncated: model.truncated ? format.text('register.printCut', { n: model.count }) : undefined,
        dir: rtl() ? ('rtl' as const) : ('ltr' as const),
      };
      void printPaper(element.ownerDocument, (into) => fillPaper(into, model, words, format)).catch((error) =>
        this.#in().failed(error),
      );
      return undefined;
    });
  }

  async #model(signal: AbortSignal): Promise<PrintModel> {
    const { view, kind, files } = this.#in();
    const { register, columns, format, everyColumn } = view();
    const progress = (n: number): void => this.#say(format.text('register.printing', { n }));
    const totals = register.grouped ? register.groups.totals : register.totals.value;
    const chip = view().chips.find(({ id }) => id === register.preset);
    const filters = register.active.map(({ name, value }) => {
      const column = everyColumn.find(({ filter }) => filter === name);
      return `${column?.label ?? name} ${filterWords(value, column?.field, format)}`;
    });
    const search =
      register.search === '' ? [] : [`${format.text('register.searchLabel')}: ${register.search}`];
    return printModel(this.#pagesOf(this.#everything, signal, progress), files(columns), {
      title: format.text(`${kind.words}.title`),
      filters: [...(chip ? [format.text(chip.label, chip.values)] : []), ...search, ...filters],
      ...(register.readAt
        ? { asOf: format.text('register.asOf', { when: format.exactMoment(register.readAt) }) }
        : {}),
      ...(totals
        ? {
            totals: {
              sums: totals.sums,
              label: (sum: string) => everyColumn.find(({ field }) => field.sum === sum)?.label ?? sum,
              quantity: (value: string, decimals: number) => format.quantity(value, decimals),
            },
          }
        : {}),
    });
  }

  /** Copies what is selected, else the row in focus, as codes or as a table. */
  async copy(headers: boolean, row?: R): Promise<void> {
    const { view, kind, files, language, announcer } = this.#in();
    const { register, columns, format } = view();
    const target = register.selection.target();
    const empty = register.selection.empty;
    const one = row === undefined ? register.rows : [row];
    await this.#run(format.text('register.copyFailed'), async (signal) => {
      const rows = empty ? one : await all(this.#pagesOf(target, signal, () => {}));
      const { decimal } = csvOptionsFor(language());
      const text = headers ? copyTable(rows, files(columns), { decimal }) : copyCodes(rows, kind.code);
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        announcer.tell(format.text('register.copyFailed'));
        return undefined;
      }
      return format.text('register.copied', { n: rows.length });
    });
  }
}

async function all<R>(pages: AsyncIterable<readonly R[]>): Promise<readonly R[]> {
  const rows: R[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

/** Hands a file to the browser. */
function download(page: Document, pieces: readonly string[], name: string): void {
  const url = URL.createObjectURL(new Blob([...pieces], { type: 'text/csv;charset=utf-8' }));
  const link = page.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file by the next turn; holding on to it longer would hold its rows.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
