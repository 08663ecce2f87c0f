/**
 * The portal itself: which store is open, which page is shown, and what the reader chose. Pages get it as
 * their only argument besides the route.
 */
import { isLedgerError, type Ledger, type LedgerStatus } from 'lotledger';
import { pages } from '../pages/index.ts';
import { hearElements } from './elements.ts';
import { extensionsOf } from './extensions.ts';
import { keepPreferences, type Preferences, readPreferences, type StoreName } from './preferences.ts';
import { addressOf, home, type Route, routeOf } from './router.ts';
import { openThrough, Served } from './served.ts';
import { Shell } from './shell.ts';
import { signInAgain, signInView } from './sign-in.ts';
import { type Speech, speechOf } from './speech.ts';
import { hasDeliveries, ledgerOf } from './stores.ts';
import { failedView, openingView } from './views.ts';

/** What a page shows. */
export interface PageView {
  readonly title: string;
  readonly body: HTMLElement;
  /** The title stands in the body already, as that of a register; it is then said, not shown. */
  readonly titled?: boolean;
  /** The page fills the window and scrolls inside. */
  readonly full?: boolean;
  /** The list the page belongs to, for the way back. */
  readonly parent?: { readonly text: string; readonly address: string };
  /** Buttons beside the title. */
  readonly actions?: readonly HTMLElement[];
}

export type PageMaker = (app: App, route: Route) => PageView | Promise<PageView>;

const WAIT_BEFORE_SAYING = 200;
/** Milliseconds after which a server that was away is asked again. */
const ASK_AGAIN = 2_000;

export class App {
  preferences: Preferences;
  speech: Speech;
  /** The ledger of the store that is shown; pages are made only when it is open. */
  ledger!: Ledger;
  route: Route = { name: 'lots' };
  /** The server the ledger is on; undefined where the portal keeps its ledgers itself. */
  readonly served = Served.found();
  readonly #shell: Shell;
  readonly #chosen: boolean;
  readonly #provider = document.createElement('lot-ledger');
  readonly #kept = new Map<string, HTMLElement>();
  #address = location.hash;
  #unsaved: HTMLElement | undefined;
  #shows = 0;

  constructor() {
    const { preferences, known } = readPreferences();
    this.preferences = preferences;
    this.#chosen = known;
    this.speech = speechOf(preferences.language);
    this.#shell = new Shell(this);
  }

  async start(): Promise<void> {
    this.#provider.append(this.#shell.main);
    this.#provider.extensions = extensionsOf(this);
    this.#provider.links = {
      lot: ({ id }) => addressOf('lot', id),
      serial: ({ id }) => addressOf('serial', id),
      posting: ({ id }) => addressOf('posting', id),
    };
    document.body.append(this.#shell.skip, this.#shell.frame, this.#shell.notice);
    this.#shell.frame.append(this.#provider);
    hearElements(this, this.#shell.main);
    addEventListener('hashchange', () => this.#navigate());
    addEventListener('beforeunload', (event) => {
      if (this.#unsaved) event.preventDefault();
    });
    const route = routeOf(location.hash);
    if (route) this.route = route;
    // a browser that was killed may have lost which store was open, but not what was imported
    if (!this.#chosen && !this.served && (await hasDeliveries())) {
      this.preferences = { ...this.preferences, store: 'deliveries' };
    }
    this.#apply();
    this.#hearServer();
    await this.openStore(this.preferences.store, false);
  }

  /** How the line to the server is; undefined while nobody is signed in, and where there is no server. */
  get line(): LedgerStatus['state'] | undefined {
    return this.served && this.ledger ? this.ledger.status().state : undefined;
  }

  /** Forgets the token and everything on the screen. */
  signOut(): void {
    this.served?.forget();
    this.#unsaved = undefined;
    location.reload();
  }

  #hearServer(): void {
    const { served } = this;
    if (served === undefined) return;
    this.#provider.addEventListener('lot-status-change', () => this.#shell.drawTools());
    this.#provider.addEventListener('lot-auth-required', () => {
      signInAgain(this, served, () => {
        this.#provider.headers = served.headers();
      });
    });
  }

  /** Goes to an address of the portal. */
  go(address: string): void {
    if (location.hash === address) this.#navigate();
    else location.hash = address;
  }

  /** Says something in passing, with a link where there is something to see. */
  say(text: string, link?: { readonly text: string; readonly address: string }): void {
    this.#shell.say(text, link);
  }

  /** Keeps a choice and shows everything accordingly. */
  async change(patch: Partial<Preferences>): Promise<void> {
    const before = this.preferences;
    this.preferences = { ...before, ...patch };
    keepPreferences(this.preferences);
    this.#apply();
    if (this.preferences.store !== before.store) await this.openStore(this.preferences.store, true);
    else if (this.served && !this.ledger) await this.openStore(this.preferences.store, false);
    else await this.show(false);
  }

  /** Opens a store and shows the page over it; a page of one record gives way to its list. */
  async openStore(name: StoreName, changed: boolean): Promise<boolean> {
    const show = ++this.#shows;
    const { main } = this.#shell;
    if (this.served?.hasToken === false) {
      main.replaceChildren(signInView(this, this.served, () => void this.openStore(name, false)));
      return false;
    }
    const opening = openingView(this.speech);
    const slow = setTimeout(() => main.replaceChildren(opening.body), WAIT_BEFORE_SAYING);
    try {
      const ledger = await (this.served
        ? openThrough(this.#provider, this.served)
        : ledgerOf(name, (share) => opening.progress(share)));
      if (show !== this.#shows) return false;
      this.ledger = ledger;
      if (this.served) this.#listen(ledger);
      else this.#provider.ledger = ledger;
    } catch (error) {
      if (show === this.#shows) this.#notOpened(name, error);
      return false;
    } finally {
      clearTimeout(slow);
    }
    if (changed && this.route.id !== undefined) this.go(`#/${this.route.name}s`);
    else await this.show(false);
    return true;
  }

  /** Keeps the feed open on every page, so that the line is known where nothing is asked. */
  #listen(ledger: Ledger): void {
    ledger.subscribe(() => undefined);
    this.#shell.drawTools();
  }

  #notOpened(name: StoreName, error: unknown): void {
    const { served } = this;
    if (served && isLedgerError(error) && error.kind === 'unauthenticated') {
      served.forget();
      void this.openStore(name, false);
      return;
    }
    this.#shell.main.replaceChildren(failedView(this, error));
    if (served === undefined) return;
    const show = this.#shows;
    setTimeout(() => show === this.#shows && void this.openStore(name, false), ASK_AGAIN);
  }

  /**
   * An element that outlives its page: registers keep their search and place for the way back, forms what
   * was typed while the language changes.
   */
  keep<T extends HTMLElement>(key: string, make: () => T): T {
    const known = this.#kept.get(key) as T | undefined;
    if (known) return known;
    const made = make();
    this.#kept.set(key, made);
    made.addEventListener('lot-dirty-change', (event) => {
      this.#unsaved = event.detail.dirty ? made : undefined;
    });
    return made;
  }

  /** Makes the page of the current route again. `moved`: the reader came here, so the focus does too. */
  async show(moved: boolean): Promise<void> {
    const show = ++this.#shows;
    const make = pages[this.route.name] ?? pages.missing;
    if (make === undefined) return;
    const view = await make(this, this.route);
    if (show !== this.#shows) return;
    document.title = `${view.title} · ${this.speech.words.portal}`;
    this.#shell.show(view, moved);
  }

  #apply(): void {
    const { theme, language, density } = this.preferences;
    this.speech = speechOf(language);
    const { documentElement } = document;
    documentElement.lang = language;
    if (theme === 'system') delete documentElement.dataset.theme;
    else documentElement.dataset.theme = theme;
    this.#provider.locale = language;
    this.#provider.density = density;
    this.#shell.draw();
  }

  #navigate(): void {
    const route = routeOf(location.hash);
    if (route === undefined) return;
    if (this.#unsaved?.isConnected && location.hash !== this.#address) {
      if (!confirm(this.speech.words.leaveForm)) {
        history.replaceState(null, '', this.#address);
        return;
      }
    }
    this.#unsaved = undefined;
    this.#address = location.hash || home;
    this.route = route;
    for (const key of this.#kept.keys()) if (!key.startsWith('register:')) this.#kept.delete(key);
    this.#shell.draw();
    if (this.ledger) void this.show(true);
  }

  /** What was typed has become a record, or was given up. */
  settled(): void {
    this.#unsaved = undefined;
  }

  /** Whether dark is what the reader sees. */
  get dark(): boolean {
    const { theme } = this.preferences;
    return theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
  }
}

/** The title of a page that needs no reading. */
export const titleOf = ({ speech }: App, { name }: Route): string =>
  speech.words.titles[name as keyof typeof speech.words.titles] ?? name;
