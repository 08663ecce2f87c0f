/** What the portal's own pages are put together from: panels, facts, tables, dialogs. */
import type { App } from '../portal/app.ts';
import { type Attributes, type Child, h } from '../portal/dom.ts';

/** A region with a heading. */
export function panel(title: string, attributes: Attributes, ...children: Child[]): HTMLElement {
  return h('section', { class: 'panel', 'aria-label': title, ...attributes }, h('h2', {}, title), children);
}

/** Names with their values. */
export function facts(rows: readonly (readonly [name: string, value: Child])[]): HTMLElement {
  return h(
    'dl',
    { class: 'facts' },
    rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

export interface TableColumn<R> {
  readonly head: string;
  readonly cell: (row: R) => Child;
  readonly number?: boolean;
  readonly code?: boolean;
}

/** A plain table that scrolls sideways by itself where it is too wide; the first column names the row. */
export function table<R>(label: string, columns: readonly TableColumn<R>[], rows: readonly R[]): HTMLElement {
  const look = ({ number, code }: TableColumn<R>): string | null =>
    [number ? 'num' : '', code ? 'code' : ''].filter(Boolean).join(' ') || null;
  const head = columns.map((column) =>
    h('th', { scope: 'col', class: column.number ? 'num' : null }, column.head),
  );
  const body = rows.map((row) =>
    h(
      'tr',
      {},
      columns.map((column, i) =>
        i === 0
          ? h('th', { scope: 'row', class: look(column) }, column.cell(row))
          : h('td', { class: look(column) }, column.cell(row)),
      ),
    ),
  );
  return h(
    'div',
    { class: 'scroll', role: 'group', 'aria-label': label, tabindex: 0 },
    h('table', {}, h('thead', {}, h('tr', {}, head)), h('tbody', {}, body)),
  );
}

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly danger?: boolean;
  /** Asks for a text, which must not be empty. */
  readonly input?: string;
  /** Does it; what it throws is shown in the dialog, which stays open. */
  readonly act: (input: string) => Promise<void>;
}

/** Asks before something that cannot be undone. */
export function ask(app: App, question: Question): void {
  const { words } = app.speech;
  const input = question.input
    ? h('input', { id: 'ask-input', required: true, autocomplete: 'off' })
    : undefined;
  const problem = h('p', { class: 'problem', role: 'alert' });
  const done = (): void => dialog.close();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await question.act(input?.value ?? '');
      done();
    } catch (error) {
      problem.textContent = app.speech.problem(error);
    }
  };
  const confirm = h(
    'button',
    { type: 'submit', class: question.danger ? 'btn danger' : 'btn primary' },
    question.confirm,
  );
  const form = h(
    'form',
    { submit: (event) => void submit(event) },
    h('h2', { id: 'ask-title', class: 'ask-title' }, question.title),
    h('p', {}, question.text),
    input
      ? h('label', { class: 'field', for: 'ask-input' }, h('span', {}, question.input ?? ''), input)
      : null,
    problem,
    h(
      'p',
      { class: 'acts' },
      h('button', { type: 'button', class: 'btn', click: done }, words.cancel),
      confirm,
    ),
  );
  const dialog = h('dialog', { 'aria-labelledby': 'ask-title', close: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
}
