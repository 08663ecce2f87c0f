/** Import deliveries: choose a file, map its columns, check, run, and see what became of every row. */
import { ImportJob } from '../import/job.ts';
import type { App, PageMaker, PageView } from '../portal/app.ts';
import { h, icon } from '../portal/dom.ts';
import { checkStep } from './import-check.ts';
import { columnsStep } from './import-columns.ts';
import { runStep } from './import-run.ts';
import { verdictsStep } from './import-verdicts.ts';
import { panel } from './parts.ts';

/** The one import of this tab. */
const job = new ImportJob();

export const importPage: PageMaker = async (app): Promise<PageView> => {
  const { words } = app.speech;
  job.changed = () => {
    if (app.route.name === 'import') void app.show(false);
  };
  const { file, stage } = job;
  const steps = [fileStep(app)];
  if (file) steps.push(columnsStep(app, job, file));
  if (file && stage === 'ready') {
    steps.push(await checkStep(app, job));
  }
  if (job.progress) steps.push(runStep(app, job));
  if (job.result) steps.push(verdictsStep(app, job));
  const body = h('div', { class: 'stack import' }, h('p', { class: 'intro' }, words.import.intro), steps);
  return { title: words.titles.import, body };
};

/** A place to drop a file, and the button for those who do not drag. */
function fileStep(app: App): HTMLElement {
  const { words, number } = app.speech;
  const { import: say } = words;
  const { file, problem, stage } = job;
  const input = h('input', {
    type: 'file',
    id: 'file',
    class: 'sr',
    accept: '.csv,.txt,text/csv',
    disabled: job.busy,
    change: () => {
      const [chosen] = input.files ?? [];
      if (chosen) void job.choose(chosen);
    },
  });
  const said =
    stage === 'reading'
      ? h('p', { role: 'status' }, say.reading)
      : file
        ? h(
            'p',
            { class: 'chosen' },
            icon('file'),
            h('b', {}, file.name),
            h('span', { class: 'faint' }, say.rows(number(file.rows.length))),
          )
        : h('p', { class: 'chosen' }, icon('import'), say.drop);
  const zone = h(
    'div',
    { class: file ? 'drop has' : 'drop' },
    said,
    h('label', { class: 'btn', for: 'file' }, input, file ? say.chooseOther : say.choose),
  );
  acceptDrops(zone, (dropped) => void job.choose(dropped));
  const trouble = problem
    ? h('p', { class: 'problem', role: 'alert' }, icon('danger'), ` ${say[problem]}`)
    : null;
  const odd =
    file && file.odd > 0 ? h('p', { class: 'warning' }, icon('warn'), ` ${say.odd(number(file.odd))}`) : null;
  return panel(say.file, {}, zone, trouble, odd);
}

/** Takes the first file that is dropped. */
function acceptDrops(zone: HTMLElement, take: (file: File) => void): void {
  const over = (event: Event): void => {
    event.preventDefault();
    zone.classList.toggle('over', event.type !== 'dragleave' && event.type !== 'drop');
  };
  for (const type of ['dragenter', 'dragover', 'dragleave']) zone.addEventListener(type, over);
  zone.addEventListener('drop', (event) => {
    over(event);
    const file = event.dataTransfer?.files[0];
    if (file) take(file);
  });
}
