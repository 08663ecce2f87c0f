/** Second step of the import: which column means what, and the first rows to judge it by. */
import type { CsvFile, Row } from '../import/csv.ts';
import { fields, type ImportJob } from '../import/job.ts';
import type { App } from '../portal/app.ts';
import { type Child, h, icon } from '../portal/dom.ts';
import { panel, table } from './parts.ts';

const FIRST = 5;

export function columnsStep(app: App, job: ImportJob, file: CsvFile): HTMLElement {
  const { import: say } = app.speech.words;
  const { unmapped } = job;
  const missing =
    unmapped.length === 0
      ? null
      : h(
          'p',
          { class: 'problem', role: 'alert' },
          icon('danger'),
          ` ${say.missingColumns(unmapped.map((field) => say.fields[field]).join(', '))}`,
        );
  const shown = Math.min(FIRST, file.rows.length);
  if (job.progress) return folded(app, job, file);
  return panel(
    say.columns,
    {},
    h('p', { class: 'faint' }, say.columnsHelp),
    h(
      'div',
      { class: 'mapping' },
      fields.map(({ field, required }) => choice(app, job, file, field, required)),
    ),
    missing,
    h('h3', {}, say.first(app.speech.number(shown))),
    table<Row>(
      say.first(app.speech.number(shown)),
      file.columns.map((name) => ({ head: name, cell: (row) => row[name] ?? '' })),
      file.rows.slice(0, FIRST),
    ),
  );
}

/** Once it has run, the mapping steps back behind the verdicts. */
function folded(app: App, job: ImportJob, file: CsvFile): HTMLElement {
  const { import: say } = app.speech.words;
  return h(
    'details',
    { class: 'panel fold' },
    h('summary', {}, say.columns),
    h(
      'div',
      { class: 'mapping' },
      fields.map(({ field, required }) => choice(app, job, file, field, required)),
    ),
  );
}

/** One field with its column and a value of the first row. */
function choice(
  app: App,
  job: ImportJob,
  file: CsvFile,
  field: (typeof fields)[number]['field'],
  required: boolean,
): HTMLElement {
  const { import: say } = app.speech.words;
  const chosen = job.columns[field] ?? '';
  const id = `map-${field}`;
  const options: Child[] = [
    h('option', { value: '', selected: chosen === '' }, required ? say.chooseColumn : say.notUsed),
    file.columns.map((name) => h('option', { value: name, selected: name === chosen }, name)),
  ];
  const select = h(
    'select',
    {
      id,
      required,
      disabled: job.busy,
      'aria-invalid': required && chosen === '' ? 'true' : null,
      'aria-describedby': `${id}-example`,
      change: () => job.map(field, select.value === '' ? undefined : select.value),
    },
    options,
  );
  const star = required ? h('span', { class: 'star', 'aria-hidden': 'true' }, ' *') : null;
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, say.fields[field], star),
    h('span', { class: 'select' }, select, icon('chevron')),
    h('span', { class: 'example', id: `${id}-example` }, chosen === '' ? '' : (file.rows[0]?.[chosen] ?? '')),
  );
}
