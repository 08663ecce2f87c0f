/** Banners above a register, and what stands in place of rows that are not there. */
import { html, nothing, type TemplateResult } from 'lit';
import { banner, button } from '../../primitives/controls.ts';
import { message } from '../../primitives/message.ts';
import { heldNotice } from '../held-notice.ts';
import type { Words } from './kind.ts';
import type { RegisterView } from './view.ts';

/** Above the toolbar: a sign-in that is waited for, offline, or a re-read that failed while old rows are still there. */
export function banners<R extends { readonly id: string }>(view: RegisterView<R>): unknown {
  return html`${standing(view)}${notice(view)}`;
}

/** What of the host's did not work. */
function notice<R extends { readonly id: string }>({
  notice: text,
  dismiss,
  format,
}: RegisterView<R>): unknown {
  if (text === undefined) return nothing;
  const close = button({ label: format.text('action.close'), press: dismiss, action: 'notice-close' });
  return banner({ severity: 'warn', title: text, actions: close });
}

function standing<R extends { readonly id: string }>(view: RegisterView<R>): unknown {
  const { register, format } = view;
  if (view.held !== undefined) return heldNotice(view.held, format);
  const again = button({
    label: format.text('state.retry'),
    icon: 'refresh',
    press: () => void register.read(),
    action: 'retry',
  });
  if (view.offlineSince !== undefined) {
    return banner({
      severity: 'warn',
      icon: 'off',
      title: format.text('state.offline', { when: format.time(view.offlineSince) }),
      text: format.text('state.offlineText'),
      actions: again,
    });
  }
  if (register.problem === null || register.phase !== 'ready') return nothing;
  return banner({
    severity: 'danger',
    title: `${format.text(`${view.kind.words}.failed`)}.`,
    text: view.say(register.problem),
    actions: again,
  });
}

/** A list without rows: what it says and what can be done. A host puts its own into the slots. */
export function stateBlock<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { register, format, kind } = view;
  const { words } = kind;
  const { problem } = register;
  if (register.phase === 'stopped') {
    return message('empty', format.text('register.stopped'), format.text('register.stoppedText'), [
      retry(view),
    ]);
  }
  if (problem !== null && (problem.kind === 'forbidden' || problem.kind === 'unauthenticated')) {
    const said = message('failed', format.text(`${words}.forbidden`), format.text('state.forbiddenText'), []);
    return html`<slot name="forbidden">${said}</slot>`;
  }
  if (problem !== null) {
    const text = `${view.say(problem)} ${format.text('state.nothingChanged')}`;
    const said = message('failed', format.text(`${words}.failed`), text, [retry(view)], problem.code);
    return html`<slot name="error">${said}</slot>`;
  }
  return register.filtered && !neverAny(view)
    ? html`<slot name="no-match">${noMatch(view)}</slot>`
    : html`<slot name="empty">${never(view, words)}</slot>`;
}

/** Nothing is there with the widest filter either. */
const neverAny = <R extends { readonly id: string }>({ register }: RegisterView<R>): boolean =>
  register.search === '' && register.active.length === 0 && register.counts.get('all') === 0;

function retry<R extends { readonly id: string }>({ register, format }: RegisterView<R>): TemplateResult {
  return button({
    label: format.text('state.retry'),
    look: 'primary',
    icon: 'refresh',
    press: () => void register.read(),
    action: 'retry',
  });
}

function never<R extends { readonly id: string }>(view: RegisterView<R>, words: Words): TemplateResult {
  const { format } = view;
  const only = view.readonly || !view.kind.creates || view.mayCreate !== true;
  const text = format.text(only ? `${words}.emptyTextReadonly` : `${words}.emptyText`);
  const create = button({
    label: format.text(`${words}.new`),
    icon: 'plus',
    press: view.do.create,
    action: 'create-first',
  });
  return message('empty', format.text(`${words}.emptyTitle`), text, only ? [] : [create]);
}

function noMatch<R extends { readonly id: string }>(view: RegisterView<R>): TemplateResult {
  const { register, format, kind, chips } = view;
  const searched = register.search !== '';
  const title = searched
    ? format.text(`${kind.words}.noMatchSearch`, { search: register.search })
    : format.text(`${kind.words}.noMatch`);
  const without = register.active.length === 0 ? register.counts.get(register.preset) : undefined;
  const text =
    searched && without !== undefined
      ? format.text('register.withoutSearch', { n: without })
      : format.text('register.filteredText');
  const widest = chips.some(({ id, filter }) => id === register.preset && Object.keys(filter).length === 0);
  const filtered = register.active.length > 0 || !widest;
  const actions = [
    searched
      ? button({
          label: format.text('register.clearSearch'),
          look: 'primary',
          press: () => view.do.search('', true),
          action: 'clear-search',
        })
      : nothing,
    filtered
      ? button({
          label: format.text('register.clearFilters'),
          look: searched ? '' : 'primary',
          press: () => {
            view.do.search('');
            register.clear('all');
          },
          action: 'clear-filters',
        })
      : nothing,
  ];
  return message('empty', title, text, actions);
}
