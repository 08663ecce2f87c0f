/** What stands around every page: the company's mark, the navigation, the tools, the place of the page. */
import type { App, PageView } from './app.ts';
import { languages, preferenceChoice } from './choice.ts';
import { h, icon, mark } from './dom.ts';
import type { Words } from './speech.ts';

type NavName = keyof Words['nav'];

const groups: readonly { readonly name: keyof Words['groups']; readonly entries: readonly NavName[] }[] = [
  { name: 'stock', entries: ['lots', 'serials', 'postings'] },
  { name: 'work', entries: ['posting-new', 'lot-new', 'import'] },
  { name: 'developers', entries: ['elements', 'embedding'] },
  { name: 'system', entries: ['settings'] },
];

const addresses: Readonly<Record<NavName, string>> = {
  lots: '#/lots',
  serials: '#/serials',
  postings: '#/postings',
  'posting-new': '#/postings/new',
  'lot-new': '#/lots/new',
  import: '#/import',
  elements: '#/elements',
  embedding: '#/embedding',
  settings: '#/settings',
};

const icons = {
  lots: 'lots',
  serials: 'serials',
  postings: 'postings',
  'posting-new': 'post',
  'lot-new': 'plus',
  import: 'import',
  elements: 'elements',
  embedding: 'guide',
  settings: 'settings',
} as const satisfies Record<NavName, string>;

/** Which entry of the navigation a page belongs to. */
const parents: Readonly<Record<string, NavName>> = {
  lot: 'lots',
  serial: 'serials',
  posting: 'postings',
  element: 'elements',
};

const NOTICE_STAYS = 8_000;

export class Shell {
  readonly main = h('main', { id: 'main', tabindex: -1 });
  readonly frame = h('div', { class: 'portal' });
  readonly skip = h('a', { class: 'skip', href: '#main' });
  readonly notice = h('div', { class: 'notices', role: 'status' });
  readonly #app: App;
  readonly #head = h('header', { class: 'head' });
  readonly #nav = h('nav', { class: 'nav', id: 'nav' });
  readonly #tools = h('section', { class: 'tools' });
  readonly #line = h('p', { id: 'line', class: 'line', role: 'status' });
  #menu = false;

  constructor(app: App) {
    this.#app = app;
    this.frame.append(this.#head, this.#nav, this.#tools);
    this.skip.addEventListener('click', (event) => {
      event.preventDefault();
      this.main.focus();
    });
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#menu && !event.defaultPrevented) this.#toggleMenu(false, true);
    });
  }

  /** Draws everything but the page again, in the reader's language; the focus stays where it is. */
  draw(): void {
    const { words } = this.#app.speech;
    const focused = document.activeElement?.id;
    this.#menu = false;
    this.skip.textContent = words.skip;
    this.#head.replaceChildren(...this.#brand(words));
    this.#nav.setAttribute('aria-label', words.navigation);
    this.#nav.replaceChildren(...groups.map((group) => this.#group(group, words)));
    this.#tools.setAttribute('aria-label', words.tools);
    this.drawTools();
    this.#toggleMenu(false);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  /** Draws the tools again: what they say of the server may have changed. */
  drawTools(): void {
    const { served, line, speech } = this.#app;
    this.frame.classList.toggle('signed-out', served !== undefined && line === undefined);
    this.#tools.replaceChildren(...this.#toolBox(speech.words));
  }

  /** Puts a page in its place. */
  show(view: PageView, moved: boolean): void {
    const focused = this.main.contains(document.activeElement) ? document.activeElement?.id : undefined;
    const heading = h('h1', { id: 'title', tabindex: -1, class: view.titled ? 'sr' : null }, view.title);
    const bar = h(
      'div',
      { class: view.titled && !view.parent ? 'sr' : 'titles' },
      crumb(view),
      heading,
      view.titled ? null : h('div', { class: 'acts' }, view.actions ?? []),
    );
    this.main.classList.toggle('full', view.full === true);
    this.main.replaceChildren(bar, view.body);
    if (moved) {
      this.main.scrollTo(0, 0);
      scrollTo(0, 0);
      heading.focus({ preventScroll: true });
    } else if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  /** Says something at the foot of the window for a while. */
  say(text: string, link?: { readonly text: string; readonly address: string }): void {
    const { words } = this.#app.speech;
    const gone = (): void => note.remove();
    const note = h(
      'div',
      { class: 'notice' },
      icon('ok'),
      h('span', {}, text),
      link ? h('a', { href: link.address, click: gone }, link.text) : null,
      h('button', { type: 'button', class: 'plain', 'aria-label': words.close, click: gone }, icon('close')),
    );
    this.notice.replaceChildren(note);
    setTimeout(gone, NOTICE_STAYS);
  }

  #brand(words: Words): HTMLElement[] {
    const button = h(
      'button',
      {
        type: 'button',
        id: 'menu',
        class: 'menu',
        'aria-expanded': 'false',
        'aria-controls': 'nav',
        'aria-label': words.menu,
        click: () => this.#toggleMenu(!this.#menu),
      },
      icon('menu'),
    );
    return [h('a', { class: 'brand', href: '#/lots' }, mark(), h('span', {}, words.company)), button];
  }

  #group({ name, entries }: (typeof groups)[number], words: Words): HTMLElement {
    const id = `nav-${name}`;
    const current = parents[this.#app.route.name] ?? this.#app.route.name;
    const links = entries.map((entry) =>
      h(
        'li',
        {},
        h(
          'a',
          {
            id: `nav-to-${entry}`,
            href: addresses[entry],
            'aria-current': entry === current ? 'page' : null,
            click: () => this.#toggleMenu(false),
          },
          icon(icons[entry]),
          words.nav[entry],
        ),
      ),
    );
    return h(
      'div',
      { class: 'group' },
      h('p', { id, class: 'caption' }, words.groups[name]),
      h('ul', { 'aria-labelledby': id }, links),
    );
  }

  #toolBox(words: Words): HTMLElement[] {
    const app = this.#app;
    const { served } = app;
    const dark = app.dark;
    const theme = h(
      'button',
      {
        type: 'button',
        id: 'theme',
        class: 'tool',
        'aria-label': dark ? words.toLight : words.toDark,
        title: dark ? words.toLight : words.toDark,
        click: () => void app.change({ theme: dark ? 'light' : 'dark' }),
      },
      icon(dark ? 'sun' : 'moon'),
    );
    return [
      h('p', { class: 'where' }, words.portal),
      ...(served === undefined ? [this.#stores(words)] : this.#lineTo(words)),
      preferenceChoice(app, 'language', words.language, languages),
      theme,
      ...(served === undefined ? [user(words.user, 'MR')] : this.#signedIn(words)),
    ];
  }

  #stores(words: Words): HTMLElement {
    return preferenceChoice(this.#app, 'store', words.store, words.stores, {
      title: words.storeHelp[this.#app.preferences.store],
    });
  }

  /** How the line to the server is. */
  #lineTo({ served: say }: Words): HTMLElement[] {
    const { line } = this.#app;
    if (line === undefined) return [];
    this.#line.dataset.state = line;
    this.#line.title = line === 'offline' ? say.lineHelp : '';
    this.#line.textContent = say.lines[line];
    return [this.#line];
  }

  /** Who is signed in on the server, and the way out. */
  #signedIn({ served: say }: Words): HTMLElement[] {
    const app = this.#app;
    if (app.line === undefined || app.served === undefined) return [];
    const leave = h(
      'button',
      {
        type: 'button',
        id: 'sign-out',
        class: 'tool',
        'aria-label': say.signOut,
        title: say.signOut,
        click: () => app.signOut(),
      },
      icon('leave'),
    );
    const { actor } = app.served;
    return [user(say.signedIn(actor), initialsOf(actor)), leave];
  }

  #toggleMenu(open: boolean, focus = false): void {
    this.#menu = open;
    this.frame.classList.toggle('menu-open', open);
    const button = document.getElementById('menu');
    const { words } = this.#app.speech;
    button?.setAttribute('aria-expanded', String(open));
    button?.setAttribute('aria-label', open ? words.closeMenu : words.menu);
    button?.replaceChildren(icon(open ? 'close' : 'menu'));
    if (focus) button?.focus();
  }
}

const user = (label: string, initials: string): HTMLElement =>
  h('span', { class: 'user', role: 'img', 'aria-label': label, title: label }, initials);

/** Two letters of a name: `m.rossi` is MR, `admin` is AD. */
function initialsOf(name: string): string {
  const parts = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = parts.length > 1 ? parts.map((part) => [...part][0]).join('') : (parts[0] ?? name);
  return [...letters].slice(0, 2).join('').toUpperCase();
}

/** The way back to the list. */
function crumb({ parent }: PageView): HTMLElement | null {
  return parent ? h('a', { class: 'crumb', href: parent.address }, icon('left'), parent.text) : null;
}
