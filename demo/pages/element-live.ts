/**
 * One element, live, with knobs: language, density, direction, appearance, room, and ledgers that are slow, away,
 * closed or empty. Below it the code as it stands, and what the element sends.
 */
import { type Ledger, openLedger } from 'lotledger';
import { memory } from 'lotledger/adapters/memory';
import type { ElementEntry } from '../../scripts/manifest.mjs';
import type { App } from '../portal/app.ts';
import { h, icon } from '../portal/dom.ts';
import { codeBlock } from '../portal/markdown.ts';
import { panel } from './parts.ts';

interface Knobs {
  locale: string;
  density: string;
  direction: string;
  theme: string;
  room: string;
  readonly: string;
  ledger: string;
}

const initial: Readonly<Knobs> = {
  ...{ locale: '', density: '', direction: '', theme: '', readonly: '' },
  ...{ room: 'wide', ledger: 'plain' },
};

const SHOWN_EVENTS = 6;

/** The ledger that a knob asks for, over the one that is open. */
async function ledgerFor(app: App, wish: string): Promise<Ledger> {
  if (wish === 'plain') return app.ledger;
  if (wish === 'empty') return openLedger(memory());
  const { fakeRemote } = await import('lotledger/testing');
  const remote = fakeRemote(app.ledger, {
    latency: wish === 'slow' ? 2_500 : 0,
    forbid: wish === 'forbidden' ? ['lots.*', 'serials.*', 'postings.*'] : [],
  });
  const ledger = await openLedger(remote);
  // the line dies once everybody is there
  remote.control.offline = wish === 'failing';
  return ledger;
}

/** What an element of a record needs besides: the record. */
async function subject(tag: string, ledger: Ledger): Promise<Record<string, string>> {
  if (tag !== 'lot-view') return {};
  const [lot] = (await ledger.lots.list({ filter: { state: 'open' }, limit: 1 })).items;
  return lot === undefined ? {} : { 'lot-id': lot.id };
}

class Stage {
  readonly #app: App;
  readonly #element: ElementEntry;
  readonly #knobs: Knobs = { ...initial };
  readonly #place = h('div', { class: 'stage' });
  readonly #code = h('div', {});
  readonly #log = h('ol', { class: 'events', 'aria-live': 'off' });
  #turn = 0;

  constructor(app: App, element: ElementEntry) {
    this.#app = app;
    this.#element = element;
    for (const { name } of element.events) {
      this.#place.addEventListener(
        name,
        (event) => this.#heard(name, event as CustomEvent, event.bubbles),
        true,
      );
    }
  }

  /** Everything of it, in panels. */
  view(): HTMLElement[] {
    const { developers: texts } = this.#app.speech.words;
    void this.#draw();
    const empty = h('li', { class: 'faint' }, texts.noEvents);
    this.#log.replaceChildren(empty);
    return [
      panel(texts.live, { class: 'panel live' }, this.#choices(), this.#place),
      panel(texts.code, {}, this.#code),
      panel(texts.events, {}, this.#log),
    ];
  }

  #heard(name: string, event: CustomEvent, leaves: boolean): void {
    // the portal must not follow what is only tried out
    if (leaves) {
      event.preventDefault();
      event.stopPropagation();
    }
    const line = h('li', {}, h('code', {}, `${name} ${JSON.stringify(event.detail)}`));
    this.#log.querySelector('.faint')?.remove();
    this.#log.prepend(line);
    while (this.#log.children.length > SHOWN_EVENTS) this.#log.lastElementChild?.remove();
  }

  #choices(): HTMLElement {
    const { words } = this.#app.speech;
    const { developers: texts } = words;
    const page = { '': texts.asPage };
    const lists: readonly (readonly [keyof Knobs, string, Readonly<Record<string, string>>])[] = [
      ['ledger', texts.ledger, texts.ledgers],
      ['density', words.density, { ...page, ...words.densities }],
      ['theme', words.theme, { ...page, light: words.themes.light, dark: words.themes.dark }],
      ['locale', texts.locale, { ...page, en: 'English', it: 'Italiano' }],
      ['direction', texts.direction, { ...page, ltr: texts.ltr, rtl: texts.rtl }],
      ['room', texts.room, texts.rooms],
      ['readonly', texts.readonly, { '': texts.no, readonly: texts.yes }],
    ];
    return h(
      'div',
      { class: 'knobs', role: 'group', 'aria-label': texts.knobs },
      lists.map(([name, label, options]) => this.#choice(name, label, options)),
    );
  }

  #choice(name: keyof Knobs, label: string, options: Readonly<Record<string, string>>): HTMLElement {
    const select = h(
      'select',
      { id: `knob-${name}` },
      Object.entries(options).map(([value, text]) => h('option', { value }, text)),
    );
    select.value = this.#knobs[name];
    select.addEventListener('change', () => {
      this.#knobs[name] = select.value;
      void this.#draw();
    });
    return h('label', { class: 'knob', for: `knob-${name}` }, h('span', {}, label), select);
  }

  /** Attributes as the knobs say, for the element and for the code. */
  #attributes(): Record<string, string> {
    const { locale, density, readonly } = this.#knobs;
    return {
      ...(locale ? { locale } : {}),
      ...(density ? { density } : {}),
      ...(readonly && this.#element.tagName !== 'lot-ledger' ? { readonly: '' } : {}),
    };
  }

  async #draw(): Promise<void> {
    const turn = ++this.#turn;
    const { theme, direction, room, ledger: wish } = this.#knobs;
    const tag = this.#element.tagName;
    const ledger = await ledgerFor(this.#app, wish);
    const record = await subject(tag, this.#app.ledger);
    if (turn !== this.#turn) return;
    const provider = document.createElement('lot-ledger');
    provider.ledger = ledger;
    const attributes = { ...record, ...this.#attributes() };
    const made = tag === 'lot-ledger' ? provider : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    provider.append(tag === 'lot-ledger' ? document.createElement('lot-register') : made);
    this.#place.dataset.theme = theme;
    this.#place.dataset.room = room;
    this.#place.dir = direction;
    this.#place.replaceChildren(provider);
    this.#showCode(attributes);
  }

  #showCode(attributes: Readonly<Record<string, string>>): void {
    const { developers: texts } = this.#app.speech.words;
    const tag = this.#element.tagName;
    const list = Object.entries(attributes)
      .map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${value}"`))
      .join('');
    const provider = 'adapter="indexeddb" name="portal"';
    const inside = tag === 'lot-ledger' ? '<lot-register></lot-register>' : `<${tag}${list}></${tag}>`;
    const head = tag === 'lot-ledger' ? `<lot-ledger ${provider}${list}>` : `<lot-ledger ${provider}>`;
    const text = `<script type="module" src="lotledger.js"></script>\n${head}\n  ${inside}\n</lot-ledger>`;
    const copy = h(
      'button',
      {
        type: 'button',
        class: 'btn',
        click: () => {
          void navigator.clipboard?.writeText(text).then(() => this.#app.say(texts.copied));
        },
      },
      icon('copy'),
      texts.copy,
    );
    this.#code.replaceChildren(codeBlock(text, texts.code), h('p', { class: 'acts' }, copy));
  }
}

/** The live element of a page, with its knobs, its code and its events. */
export const liveElement = (app: App, element: ElementEntry): HTMLElement[] => new Stage(app, element).view();
