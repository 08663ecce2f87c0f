/** Views that stand in for a page: while a store opens, and where it does not. */
import { isLedgerError } from 'lotledger';
import type { App } from './app.ts';
import { h, icon } from './dom.ts';
import type { Speech } from './speech.ts';

/** Says that a store is being opened or filled; `progress` moves the bar. */
export function openingView({ words }: Speech): { body: HTMLElement; progress(share: number): void } {
  const bar = h('progress', { max: 100, 'aria-label': words.opening });
  const text = h('p', {}, words.opening);
  const body = h('div', { class: 'waiting', role: 'status' }, text, bar);
  return {
    body,
    progress(share) {
      text.textContent = words.filling;
      bar.value = Math.round(share * 100);
    },
  };
}

/** Why there is nothing to see, and the two ways on. */
export function failedView(app: App, error: unknown): HTMLElement {
  const { words } = app.speech;
  const said = isLedgerError(error) ? error.code : '';
  const text = error instanceof Error ? error.message : String(error);
  const { served } = app;
  const memory = h(
    'button',
    { type: 'button', class: 'btn', click: () => void app.change({ store: 'memory' }) },
    words.useMemory,
  );
  const again = h(
    'button',
    {
      type: 'button',
      class: 'btn primary',
      click: () => void app.openStore(app.preferences.store, false),
    },
    words.tryAgain,
  );
  return h(
    'div',
    { class: 'failure', role: 'alert' },
    icon('danger'),
    h('h1', {}, words.openFailed),
    h('p', {}, said === 'store.unavailable' && served ? words.served.away : text.replace(`${said}: `, '')),
    h('p', { class: 'acts' }, again, served || app.preferences.store === 'memory' ? null : memory),
    said === '' ? null : h('p', { class: 'code faint' }, said),
  );
}
