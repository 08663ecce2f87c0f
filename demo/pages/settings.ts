/** What the open store is and holds, how the portal looks, and the master data the sample came with. */
import type { App, PageMaker } from '../portal/app.ts';
import { languages, preferenceChoice } from '../portal/choice.ts';
import { h, icon } from '../portal/dom.ts';
import { startOver } from '../portal/stores.ts';
import { masterData } from './masters.ts';
import { ask, facts, panel } from './parts.ts';

const MEGABYTE = 1_000_000;

export const settingsPage: PageMaker = async (app) => {
  const { words } = app.speech;
  const [settings, room, masters] = await Promise.all([
    app.ledger.settings.get(),
    usedRoom(app),
    masterData(app),
  ]);
  const { store } = app.preferences;
  const status = app.ledger.status();
  const { settings: say } = words;
  const about = facts([
    [
      say.kind,
      app.served
        ? words.served.name
        : `${words.stores[store]} (${store === 'memory' ? 'memory' : 'IndexedDB'})`,
    ],
    [say.durability, say.durabilities[app.ledger.capabilities.durability]],
    [say.entries, app.speech.number(status.seq)],
    [say.state, say.states[status.state]],
    [say.scope, say.scopes[settings.codeScope]],
    ...(room === undefined ? [] : [[say.room, room] as const]),
  ]);
  const body = h(
    'div',
    { class: 'stack' },
    panel(
      say.about,
      {},
      h('p', { class: 'faint' }, app.served ? words.served.help : words.storeHelp[store]),
      about,
      verification(app),
      app.served ? null : again(app),
    ),
    panel(say.look, {}, looks(app)),
    masters,
  );
  return { title: words.titles.settings, body };
};

async function usedRoom({ preferences, served, speech }: App): Promise<string | undefined> {
  if (served || preferences.store === 'memory') return undefined;
  // not there on plain http, where the page is no secure context
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  return estimate?.usage === undefined
    ? undefined
    : `${speech.number(Math.ceil(estimate.usage / MEGABYTE))} MB`;
}

/** A button that verifies the journal and says what it found. */
export function verification(app: App): HTMLElement {
  const { settings: say } = app.speech.words;
  const said = h('p', { class: 'verified', role: 'status' });
  const run = async (): Promise<void> => {
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    said.replaceChildren(say.verifying);
    try {
      const found = await app.ledger.verify();
      if (found.ok) {
        const text = say.verified(app.speech.number(found.entries));
        said.replaceChildren(icon('ok'), ` ${text}, head `, h('code', {}, found.head));
      } else said.replaceChildren(icon('danger'), ` ${say.verifyFailed(JSON.stringify(found.at))}`);
    } catch (error) {
      said.replaceChildren(icon('danger'), ` ${app.speech.problem(error)}`);
    } finally {
      button.removeAttribute('aria-busy');
    }
  };
  const button = h(
    'button',
    { type: 'button', class: 'btn', id: 'verify', click: () => void run() },
    say.verify,
  );
  return h(
    'div',
    { class: 'verify' },
    h('p', { class: 'acts' }, button, h('span', { class: 'faint' }, say.verifyHelp)),
    said,
  );
}

function again(app: App): HTMLElement {
  const { words } = app.speech;
  const { settings: say } = words;
  const { store } = app.preferences;
  const open = (): void =>
    ask(app, {
      title: say.startOverTitle(words.stores[store]),
      text: say.startOverText,
      confirm: say.startOverDo,
      danger: true,
      act: async () => {
        await startOver(store);
        await app.openStore(store, false);
      },
    });
  return h(
    'p',
    { class: 'acts' },
    h('button', { type: 'button', class: 'btn danger', id: 'over', click: open }, say.startOver),
  );
}

function looks(app: App): HTMLElement {
  const { words } = app.speech;
  const place = 'set';
  return h(
    'div',
    { class: 'fields' },
    app.served ? null : preferenceChoice(app, 'store', words.store, words.stores, { place }),
    preferenceChoice(app, 'theme', words.theme, words.themes, { place }),
    preferenceChoice(app, 'language', words.language, languages, { place }),
    preferenceChoice(app, 'density', words.density, words.densities, { place }),
  );
}
