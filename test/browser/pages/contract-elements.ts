/**
 * Every element on a page that counts what they leave behind: listeners on the page, observers, timers and
 * subscriptions. Elements are put in before or after they are defined.
 */
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import type { LotElement } from '../../../src/components/base.ts';
import type { Ledger } from '../../../src/components/core.ts';
import { openLedger } from '../../../src/core/index.ts';
import { fakeRemote } from '../../../src/testing/index.ts';

/** What is alive that an element could have left. */
const alive = { listeners: 0, observers: 0, timers: 0 };

function countListeners(target: EventTarget): void {
  const known = new Set<string>();
  const idOf = new WeakMap<object, number>();
  let last = 0;
  const keyOf = (type: string, listener: unknown, options: unknown): string => {
    if (typeof listener !== 'object' && typeof listener !== 'function') return '';
    const object = listener as object;
    if (!idOf.has(object)) idOf.set(object, ++last);
    const capture =
      typeof options === 'object' ? Boolean((options as AddEventListenerOptions)?.capture) : options;
    return `${type} ${idOf.get(object)} ${Boolean(capture)}`;
  };
  const { addEventListener, removeEventListener } = target;
  target.addEventListener = function (this: EventTarget, ...args: Parameters<typeof addEventListener>) {
    known.add(keyOf(args[0], args[1], args[2]));
    alive.listeners = counted();
    return addEventListener.apply(target, args);
  };
  target.removeEventListener = function (this: EventTarget, ...args: Parameters<typeof removeEventListener>) {
    known.delete(keyOf(args[0], args[1], args[2]));
    alive.listeners = counted();
    return removeEventListener.apply(target, args);
  };
  sets.push(known);
}
const sets: Set<string>[] = [];
const counted = (): number => sets.reduce((sum, set) => sum + set.size, 0);
for (const target of [window, document, document.documentElement, document.body]) countListeners(target);

const observers = [
  'MutationObserver',
  'ResizeObserver',
  'IntersectionObserver',
  'PerformanceObserver',
] as const;
for (const name of observers) {
  const watching = new Set<object>();
  const { prototype } = window[name] as unknown as {
    prototype: { observe(...args: unknown[]): void; disconnect(): void };
  };
  const { observe, disconnect } = prototype;
  prototype.observe = function (...args: unknown[]) {
    if (!watching.has(this)) alive.observers++;
    watching.add(this);
    observe.apply(this, args);
  };
  prototype.disconnect = function () {
    if (watching.delete(this)) alive.observers--;
    disconnect.apply(this);
  };
}

const timers = new Set<number>();
const { setTimeout: start, clearTimeout: stop, setInterval: repeat, clearInterval: end } = window;
const counting = (): void => {
  alive.timers = timers.size;
};
Object.assign(window, {
  setTimeout(run: () => void, wait?: number) {
    const id = start(() => {
      timers.delete(id);
      counting();
      run();
    }, wait);
    timers.add(id);
    counting();
    return id;
  },
  setInterval(run: () => void, wait?: number) {
    const id = repeat(run, wait);
    timers.add(id);
    counting();
    return id;
  },
  clearTimeout(id: number) {
    timers.delete(id);
    counting();
    stop(id);
  },
  clearInterval(id: number) {
    timers.delete(id);
    counting();
    end(id);
  },
});

const faults: string[] = [];
const uncloneable: string[] = [];
addEventListener('error', (event) => faults.push(event.message));
addEventListener('unhandledrejection', (event) => faults.push(String(event.reason)));
const names = ['lot-error', 'lot-ready', 'lot-open', 'lot-create', 'lot-dirty-change', 'lot-state-change'];
for (const name of names) {
  document.addEventListener(
    name,
    (event) => {
      try {
        structuredClone((event as CustomEvent).detail);
      } catch {
        uncloneable.push(name);
      }
    },
    { capture: true },
  );
}

let subscriptions = 0;
/** A ledger with a little in it, behind a slow line, that counts who listens. */
async function slowLedger(latency: number, lots: number): Promise<Ledger> {
  const inner = await openLedger(memory(), { actor: 'maria', timeZone: 'Europe/Rome' });
  await inner.codeTypes.create({
    code: 'N',
    kind: 'lot',
    parts: [{ source: 'number', length: 5, fill: '0' }],
  });
  await inner.items.create({
    code: 'MILK',
    description: 'Whole milk',
    unit: { code: 'PCE', decimals: 0 },
    lots: { codeType: 'N', shelfLifeDays: 30 },
  });
  await inner.warehouses.create({ code: 'MAIN' });
  await inner.templates.create({ warehouse: 'MAIN', code: 'LOA', type: 'load', tracksLots: true });
  const lines = [{ item: 'MILK', quantity: '10', lots: 'auto' as const }];
  const date = inner.status().seq > 0 ? (await inner.items.list({ limit: 1 })).asOf.date : '';
  for (let i = 0; i < lots; i++) {
    await inner.postings.post({ warehouse: 'MAIN', template: 'LOA', date, lines });
  }
  const remote = await openLedger(fakeRemote(inner, { latency }));
  return remote.through((port) => ({
    ...port,
    subscribe: (listener) => {
      const unsubscribe = port.subscribe(listener);
      subscriptions++;
      let listening = true;
      return () => {
        if (listening) subscriptions--;
        listening = false;
        unsubscribe();
      };
    },
  }));
}

const main = document.querySelector('main') as HTMLElement;
let ledger: Ledger;
let elements: LotElement[] = [];

const make = (tag: string, values: object): LotElement => {
  const element = document.createElement(tag) as LotElement;
  Object.assign(element, values);
  return element;
};

/** What an element shows, without the marks of the template engine, the time, and what was said last. */
const drawn = (element: Element): string =>
  (element.shadowRoot?.innerHTML ?? '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/\d\d:\d\d:\d\d/g, 'now')
    .replace(/(aria-live="polite">)[^<]*/g, '$1')
    .replace(/\s+/g, ' ');

/** What an element of this tag is told to show. */
const wishes = async (tag: string): Promise<object> => {
  const [lot] = (await ledger.lots.list({ limit: 1 })).items;
  const own: Record<string, object> = {
    'lot-view': { lotId: lot?.id },
    'lot-form': { item: 'MILK' },
    'lot-ui-field': { label: 'Quantity', type: 'quantity', value: '12.5', name: 'q' },
    'lot-ui-select': { label: 'Grade', name: 'g' },
    'lot-ui-check': { label: 'Sellable', name: 's', checked: true },
    'lot-ui-combobox': { label: 'Item', name: 'i', value: 'MILK' },
  };
  const everywhere = {
    locale: 'it',
    density: 'compact',
    readonly: true,
    labels: { 'lots.title': 'Partite' },
    rows: 10,
  };
  return { ...everywhere, ledger, ...own[tag] };
};

Object.assign(window, {
  tests: {
    prepare: async (latency = 0, lots = 3) => {
      ledger = await slowLedger(latency, lots);
    },
    define: async () => {
      await import('../../../src/components/define/index.ts');
    },
    /** The tags that are defined by now, of those asked for. */
    defined: (tags: string[]) => tags.filter((tag) => customElements.get(tag) !== undefined),
    /** Puts an element in and tells it what to show. */
    async put(tag: string) {
      const element = make(tag, await wishes(tag));
      elements.push(element);
      main.append(element);
    },
    /** What each element shows once it is at rest, in the order they came. */
    async drawings() {
      for (const element of elements) {
        await element.ready;
        await element.settled;
        await element.updateComplete;
      }
      return elements.map(drawn);
    },
    clear() {
      for (const element of elements) element.remove();
      elements = [];
    },
    alive: () => ({ ...alive, subscriptions }),
    faults: () => faults,
    uncloneable: () => uncloneable,
    /**
     * Puts all elements in and takes them out again, so many times: at once, after a turn, and in the middle
     * of a read; as routes of a single-page portal do.
     */
    async churn(tags: string[], times: number) {
      const all: Record<string, object> = {};
      for (const tag of tags) all[tag] = await wishes(tag);
      for (let i = 0; i < times; i++) {
        const page = document.createElement('div');
        const provider = document.createElement('lot-ledger');
        provider.ledger = ledger;
        page.append(provider);
        // by turns inside a provider and by themselves
        for (const [n, tag] of tags.entries()) {
          const inside = (i + n) % 2 === 0;
          const values = inside ? { ...all[tag], ledger: undefined } : (all[tag] ?? {});
          (inside ? provider : page).append(make(tag, values));
        }
        main.append(page);
        if (i % 4 === 1) await new Promise((done) => start(done, 0));
        if (i % 4 === 3) await new Promise((done) => start(done, 12));
        page.remove();
      }
    },
    /** Values nobody should give, and whether anything broke. */
    async nonsense(tag: string) {
      const element = make(tag, {});
      main.append(element);
      const wrong: unknown[] = [null, undefined, 7, 'nonsense', {}, [], [null], () => 1, Symbol.iterator];
      const properties = Object.keys(
        Object.fromEntries((element.constructor as typeof LotElement).elementProperties),
      ).filter((name) => name !== 'ledger');
      for (const name of properties) {
        for (const value of wrong.slice(0, -1)) {
          (element as unknown as Record<string, unknown>)[name] = value;
          await element.updateComplete;
        }
      }
      element.ledger = ledger;
      await element.updateComplete;
      element.remove();
      return properties;
    },
    top: (selector: string) => document.querySelector(selector)?.getBoundingClientRect().top,
    /** A register with a line of the host's under it. */
    above(tag: string, rows: number, density: string) {
      const element = make(tag, {});
      element.setAttribute('rows', String(rows));
      element.setAttribute('density', density);
      element.id = 'register';
      const below = document.createElement('p');
      below.id = 'below';
      const page = document.createElement('div');
      page.append(element, below);
      main.replaceChildren(page);
    },
    give: async () => {
      const element = document.querySelector('#register') as LotElement;
      element.ledger = ledger;
      await element.ready;
      await element.settled;
    },
  },
});
