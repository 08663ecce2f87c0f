/** What became of every row: filtered by verdict, in pages, and what failed as a file to mend and run again. */
import { download, writeCsv } from '../import/csv.ts';
import type { ImportJob, RowOutcome, RowVerdict } from '../import/job.ts';
import { reasonsOf } from '../import/reasons.ts';
import type { App } from '../portal/app.ts';
import { h, icon } from '../portal/dom.ts';
import { panel, table } from './parts.ts';

type Filter = RowOutcome | 'all';

const filters: readonly Filter[] = ['all', 'posted', 'known', 'failed', 'missed'];
const marks = { posted: 'ok', known: 'ok', failed: 'danger', missed: 'warn' } as const;
const ROWS = 50;

/** What is looked at; of the last result only. */
const shown: { of: unknown; filter: Filter; page: number } = { of: undefined, filter: 'all', page: 0 };

export function verdictsStep(app: App, job: ImportJob): HTMLElement {
  const { import: say } = app.speech.words;
  const all = job.verdicts;
  const failed = all.filter(({ outcome }) => outcome === 'failed');
  if (shown.of !== job.result) {
    Object.assign(shown, { of: job.result, filter: failed.length > 0 ? 'failed' : 'all', page: 0 });
  }
  const rows = shown.filter === 'all' ? all : all.filter(({ outcome }) => outcome === shown.filter);
  return panel(
    say.table.title,
    {},
    h('div', { class: 'bar' }, chips(app, all), failed.length > 0 ? saveFailed(app, job, failed) : null),
    rows.length === 0 ? h('p', { class: 'faint' }, say.noneOfThem) : list(app, job, rows),
    rows.length > ROWS ? pager(app, rows.length) : null,
  );
}

function look(app: App, change: Partial<typeof shown>): void {
  Object.assign(shown, change);
  void app.show(false);
}

function chips(app: App, all: readonly RowVerdict[]): HTMLElement {
  const { import: say } = app.speech.words;
  const count = (filter: Filter): number =>
    filter === 'all' ? all.length : all.filter(({ outcome }) => outcome === filter).length;
  return h(
    'div',
    { class: 'chips', role: 'group', 'aria-label': say.table.verdict },
    filters
      .map((filter) => [filter, count(filter)] as const)
      .filter(([filter, n]) => n > 0 || filter === 'all')
      .map(([filter, n]) =>
        h(
          'button',
          {
            type: 'button',
            class: 'chip',
            id: `verdict-${filter}`,
            'aria-pressed': String(shown.filter === filter),
            click: () => look(app, { filter, page: 0 }),
          },
          `${say.verdicts[filter]} `,
          h('span', { class: 'faint' }, app.speech.number(n)),
        ),
      ),
  );
}

function list(app: App, job: ImportJob, rows: readonly RowVerdict[]): HTMLElement {
  const { words, number } = app.speech;
  const { table: say } = words.import;
  const { plan, columns } = job;
  const reason = plan ? reasonsOf(plan, app.speech) : () => '';
  const cell = (field: 'deliveryNote' | 'item') => (row: RowVerdict) => row.data[columns[field] ?? ''] ?? '';
  return table<RowVerdict>(
    say.title,
    [
      { head: say.row, number: true, cell: ({ row }) => number(row) },
      { head: say.note, code: true, cell: cell('deliveryNote') },
      { head: say.verdict, cell: (row) => verdictCell(words.import.marks[row.outcome], row, reason(row)) },
      { head: say.lot, code: true, cell: ({ verdict }) => verdict?.lot ?? words.none },
      { head: say.item, cell: cell('item') },
    ],
    rows.slice(shown.page * ROWS, (shown.page + 1) * ROWS),
  );
}

function verdictCell(word: string, { outcome }: RowVerdict, reason: string): HTMLElement[] {
  const mark = h('span', { class: `verdict ${outcome}` }, icon(marks[outcome]), word);
  return reason === '' ? [mark] : [mark, h('span', { class: 'reason' }, reason)];
}

function pager(app: App, total: number): HTMLElement {
  const { import: say } = app.speech.words;
  const { number } = app.speech;
  const last = Math.ceil(total / ROWS) - 1;
  const { page } = shown;
  const turn = (id: 'previous' | 'next', to: number, possible: boolean): HTMLElement =>
    h(
      'button',
      {
        type: 'button',
        id: `page-${id}`,
        class: 'btn square',
        'aria-label': say[id],
        'aria-disabled': possible ? null : 'true',
        click: () => possible && look(app, { page: to }),
      },
      icon(id === 'next' ? 'right' : 'left'),
    );
  const [from, to] = [page * ROWS + 1, Math.min(total, (page + 1) * ROWS)];
  return h(
    'div',
    { class: 'pager' },
    h('span', { role: 'status' }, say.page(number(from), number(to), number(total))),
    turn('previous', page - 1, page > 0),
    turn('next', page + 1, page < last),
  );
}

function saveFailed(app: App, job: ImportJob, failed: readonly RowVerdict[]): HTMLElement {
  const { import: say } = app.speech.words;
  const save = (): void => {
    const { file, plan } = job;
    if (file === undefined || plan === undefined) return;
    const reason = reasonsOf(plan, app.speech);
    const rows = failed.map((row) => [...file.columns.map((name) => row.data[name] ?? ''), reason(row)]);
    const name = file.name.replace(/\.[^.]*$/, '');
    download(`${name}-failed.csv`, writeCsv([...file.columns, say.errorColumn], rows));
  };
  return h(
    'button',
    { type: 'button', class: 'btn', id: 'save-failed', click: save },
    icon('import'),
    say.download,
  );
}
