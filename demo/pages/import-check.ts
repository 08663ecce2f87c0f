/** Third step of the import: what the file holds, and where it goes. */
import type { ImportJob } from '../import/job.ts';
import type { Plan } from '../import/plan.mjs';
import type { App } from '../portal/app.ts';
import { type Child, h, icon } from '../portal/dom.ts';
import { panel } from './parts.ts';

/** Where the import goes: the store of its own, or the one that is open. */
type Target = 'own' | 'here';

/** The reader's own choice, while it is possible. */
let wanted: Target | undefined;

export async function checkStep(app: App, job: ImportJob): Promise<HTMLElement> {
  const { import: say } = app.speech.words;
  const { plan } = job;
  const start = h('button', { type: 'button', class: 'btn primary', id: 'start' });
  if (plan === undefined || plan.deliveries.length === 0) {
    start.setAttribute('aria-disabled', 'true');
    start.append(say.start('0'));
    return panel(say.check, {}, plan ? counts(app, plan) : null, h('p', { class: 'acts' }, start));
  }
  const settings = await app.ledger.settings.get();
  const possible = settings.codeScope === 'ledger' || !settings.codeScopeFixed;
  const isOwn = !app.served && app.preferences.store === 'deliveries';
  // on a server there is one store only
  const target: Target = app.served ? 'here' : !isOwn && possible ? (wanted ?? 'own') : 'own';
  if (target === 'here' && !possible) start.setAttribute('aria-disabled', 'true');
  start.append(say.start(app.speech.number(plan.deliveries.length)));
  start.addEventListener('click', () => {
    if (target === 'own' || possible) void begin(app, job, target);
  });
  const scopeHelp = settings.codeScope === 'ledger' ? '' : possible ? say.scopeChanges : say.scopeFixed;
  return panel(
    say.check,
    {},
    counts(app, plan),
    isOwn || app.served ? null : targets(app, target, possible, scopeHelp),
    app.served && scopeHelp ? h('p', { class: 'faint' }, scopeHelp) : null,
    h('p', { class: 'acts' }, start),
  );
}

async function begin(app: App, job: ImportJob, target: Target): Promise<void> {
  if (target === 'own' && app.preferences.store !== 'deliveries') await app.change({ store: 'deliveries' });
  // a store that did not open has said so in place of this page
  if (target === 'own' && app.preferences.store !== 'deliveries') return;
  await job.run(app.ledger);
}

/** Figures of the plan. */
function counts(app: App, plan: Plan): HTMLElement {
  const { import: say } = app.speech.words;
  const lots = plan.deliveries.reduce((sum, { rows }) => sum + rows.length, 0);
  const figures = [
    [say.counts.deliveries, plan.deliveries.length],
    [say.counts.lots, lots],
    [say.counts.items, plan.items.length],
    [say.counts.warehouses, plan.warehouses.length],
    [say.counts.faults, plan.faults.length],
  ] as const;
  return h(
    'div',
    {},
    h(
      'dl',
      { class: 'figures' },
      figures.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, app.speech.number(value)))),
    ),
    plan.faults.length > 0 ? h('p', { class: 'warning' }, icon('warn'), ` ${say.faultsText}`) : null,
  );
}

function targets(app: App, target: Target, possible: boolean, scopeHelp: string): HTMLElement {
  const { words } = app.speech;
  const { import: say } = words;
  const radio = (value: Target, label: string, help: Child, disabled: boolean): HTMLElement =>
    h(
      'label',
      { class: 'radio' },
      h('input', {
        type: 'radio',
        name: 'target',
        id: `target-${value}`,
        value,
        checked: target === value,
        disabled,
        change: () => {
          wanted = value;
          void app.show(false);
        },
      }),
      h('span', {}, label, help ? h('span', { class: 'help' }, help) : null),
    );
  return h(
    'fieldset',
    {},
    h('legend', {}, say.target),
    radio('own', say.targetOwn, say.targetOwnHelp, false),
    radio('here', say.targetHere(words.stores[app.preferences.store]), scopeHelp, !possible),
  );
}
