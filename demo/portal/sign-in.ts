/** Signing in with a token: a page before there is a ledger, a dialog when the server asks again meanwhile. */
import type { App } from './app.ts';
import { h, icon } from './dom.ts';
import type { Served } from './served.ts';

interface Form {
  readonly form: HTMLFormElement;
  /** Where to begin. */
  readonly field: HTMLInputElement;
}

interface FormOptions {
  readonly app: App;
  readonly served: Served;
  /** Ids of this form begin with it. */
  readonly id: string;
  readonly heading: HTMLElement;
  readonly text: string;
  /** A sentence that refuses a token of somebody else; undefined where anybody is welcome. */
  readonly refuses?: (actor: string) => string | undefined;
  readonly done: () => void;
  readonly cancel?: HTMLElement;
}

function tokenForm({ app, served, id, heading, text, refuses, done, cancel }: FormOptions): Form {
  const { served: say } = app.speech.words;
  const field = h('input', {
    id: `${id}-token`,
    name: 'token',
    type: 'password',
    required: true,
    autocomplete: 'current-password',
    spellcheck: 'false',
    'aria-describedby': `${id}-problem`,
  });
  const stay = h('input', { id: `${id}-stay`, type: 'checkbox' });
  const problem = h('p', { id: `${id}-problem`, class: 'problem', role: 'alert' });
  const button = h('button', { type: 'submit', id: `${id}-enter`, class: 'btn primary' }, say.enter);
  const refuse = (said: string): void => {
    problem.replaceChildren(icon('danger'), ` ${said}`);
    field.setAttribute('aria-invalid', 'true');
    field.select();
    field.focus();
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    problem.replaceChildren();
    field.removeAttribute('aria-invalid');
    const token = field.value.trim();
    const greeting = await served.greet(token);
    button.removeAttribute('aria-busy');
    if (typeof greeting === 'string') return refuse(say[greeting]);
    const other = refuses?.(greeting.actor);
    if (other !== undefined) return refuse(other);
    served.keep(token, greeting.actor, stay.checked);
    done();
  };
  const form = h(
    'form',
    { class: 'sign-in', submit: (event) => void submit(event) },
    heading,
    h('p', { class: 'faint' }, text),
    h('label', { class: 'field', for: field.id }, h('span', {}, say.token), field),
    h('label', { class: 'check', for: stay.id }, stay, h('span', {}, say.stay)),
    problem,
    h('p', { class: 'acts' }, cancel ?? null, button),
  );
  return { form, field };
}

/** The page of somebody who is not signed in; `done` once the server knows the token. */
export function signInView(app: App, served: Served, done: () => void): HTMLElement {
  const { served: say } = app.speech.words;
  const heading = h('h1', { id: 'title', tabindex: -1 }, say.title);
  const { form, field } = tokenForm({ app, served, id: 'sign-in', heading, text: say.intro, done });
  queueMicrotask(() => field.focus());
  return h('div', { class: 'entrance' }, form);
}

/**
 * Asks for a token over the page, which stays as it is: what was typed, and what waits to be sent. Only a token
 * of the same person will do, for what waits is theirs.
 */
export function signInAgain(app: App, served: Served, done: () => void): void {
  const { served: say } = app.speech.words;
  if (document.getElementById('again-token')) return;
  const { actor } = served;
  const later = h('button', { type: 'button', class: 'btn', click: () => dialog.close() }, say.later);
  const { form, field } = tokenForm({
    app,
    served,
    id: 'again',
    heading: h('h2', { id: 'again-title', class: 'ask-title' }, say.again),
    text: say.againText,
    refuses: (other) => (actor === '' || other === actor ? undefined : say.other(actor, other)),
    done: () => {
      dialog.close();
      done();
    },
    cancel: later,
  });
  const dialog = h('dialog', { 'aria-labelledby': 'again-title', close: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
}
