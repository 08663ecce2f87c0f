/** Fourth step of the import: how far it is, and how it ended. */
import type { ImportJob } from '../import/job.ts';
import type { App } from '../portal/app.ts';
import { type Child, h, icon } from '../portal/dom.ts';
import { home } from '../portal/router.ts';
import { panel } from './parts.ts';
import { verification } from './settings.ts';

export function runStep(app: App, job: ImportJob): HTMLElement {
  return job.busy ? running(app, job) : ended(app, job);
}

function running(app: App, job: ImportJob): HTMLElement {
  const { words, number } = app.speech;
  const { import: say } = words;
  const bar = h('progress', { id: 'progress', 'aria-label': say.running });
  const text = h('p', { class: 'progress' });
  const show = (): void => {
    const { done = 0, total = 0 } = job.progress ?? {};
    bar.max = Math.max(1, total);
    bar.value = done;
    const rate = job.rate > 0 ? ` · ${say.rate(number(Math.round(job.rate)))}` : '';
    text.textContent = say.progress(number(done), number(total)) + rate;
  };
  show();
  job.progressed = show;
  const stop = h(
    'button',
    {
      type: 'button',
      class: 'btn',
      id: 'stop',
      'aria-disabled': job.stage === 'stopping' ? 'true' : null,
      click: () => job.stop(),
    },
    job.stage === 'stopping' ? say.cancelling : say.cancel,
  );
  return panel(say.running, {}, text, bar, h('p', { class: 'acts' }, stop));
}

function ended(app: App, job: ImportJob): HTMLElement {
  const { import: say } = app.speech.words;
  const { number } = app.speech;
  const { result, failure, progress } = job;
  const again = (label: string): HTMLElement =>
    h(
      'button',
      { type: 'button', class: 'btn', id: 'again', click: () => void job.run(app.ledger) },
      icon('again'),
      label,
    );
  const lots = h('a', { class: 'btn primary', id: 'show-lots', href: home }, say.showLots);
  if (failure !== undefined) {
    return panel(
      say.failed,
      { role: 'alert' },
      h('p', { class: 'problem' }, icon('danger'), ` ${app.speech.problem(failure)}`),
      h('p', {}, say.failedText),
      h('p', { class: 'acts' }, again(say.goOn)),
    );
  }
  if (result?.cancelled) {
    const { done = 0, total = 0 } = progress ?? {};
    const text = say.stoppedText(number(done), number(total));
    return panel(
      say.stopped,
      { role: 'status' },
      h('p', {}, text),
      h('p', { class: 'acts' }, again(say.goOn), lots),
    );
  }
  const said: Child = result?.posted === 0 && result.failed === 0 ? say.nothingNew : doneText(app, job);
  return panel(
    say.done,
    { role: 'status' },
    h('p', { class: 'done' }, icon('ok'), ' ', said),
    h('p', { class: 'acts' }, lots, again(say.again)),
    verification(app),
  );
}

function doneText(app: App, job: ImportJob): string {
  const { number, words } = app.speech;
  const verdicts = job.result?.verdicts ?? [];
  const rows = (wanted: string): number => verdicts.filter(({ outcome }) => outcome === wanted).length;
  const tenths = Math.max(1, Math.round(job.spent / 100)) / 10;
  const done = words.import.doneText(
    number(job.result?.posted ?? 0),
    number(rows('posted')),
    tenths.toLocaleString(app.speech.language),
  );
  const failed = rows('failed');
  return failed === 0 ? done : `${done} ${words.import.failedRows(number(failed))}`;
}
