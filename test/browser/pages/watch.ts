/** Counts what a page has open: listeners outside of elements, observers, timers. Import it before anything else. */

/** What is open, by kind. */
export type Open = Readonly<Record<string, number>>;

const open = new Map<string, number>();
const count = (what: string, by: number): void => {
  open.set(what, (open.get(what) ?? 0) + by);
};

/** What is open now; kinds of which nothing is open are left out. */
export const openNow = (): Open => Object.fromEntries([...open].filter(([, number]) => number !== 0));

type Listen = typeof EventTarget.prototype.addEventListener;

/** Things that outlive an element: what hangs on them must be taken off. */
const outlives = (target: unknown): boolean =>
  target === window ||
  target === document ||
  target === document.documentElement ||
  target === document.body ||
  target instanceof MediaQueryList;

/** Per listener and what it hangs on: the events it is there for. */
const keys = new WeakMap<object, Map<EventTarget, Set<string>>>();
const keyOf = (type: string, options: unknown): string =>
  `${type} ${typeof options === 'object' ? Boolean((options as AddEventListenerOptions | null)?.capture) : Boolean(options)}`;

function watchListeners(): void {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const known = (target: EventTarget, listener: object): Set<string> => {
    const targets = keys.get(listener) ?? new Map<EventTarget, Set<string>>();
    keys.set(listener, targets);
    const all = targets.get(target) ?? new Set<string>();
    targets.set(target, all);
    return all;
  };
  const add: Listen = function (this: EventTarget, type, listener, options) {
    const target = this ?? window;
    if (outlives(target) && listener) {
      const all = known(target, listener);
      const key = keyOf(type, options);
      const once = typeof options === 'object' && options?.once;
      if (!all.has(key) && !once) {
        all.add(key);
        count(`listener ${type}`, 1);
        if (typeof options === 'object') {
          options.signal?.addEventListener('abort', () => all.delete(key) && count(`listener ${type}`, -1));
        }
      }
    }
    addEventListener.call(target, type, listener, options);
  };
  const remove: Listen = function (this: EventTarget, type, listener, options) {
    const target = this ?? window;
    if (outlives(target) && listener && known(target, listener).delete(keyOf(type, options)))
      count(`listener ${type}`, -1);
    removeEventListener.call(target, type, listener, options);
  };
  EventTarget.prototype.addEventListener = add;
  EventTarget.prototype.removeEventListener = remove;
}

interface Observing {
  observe(target: Node, options?: object): void;
  disconnect(): void;
}

function watchObservers(): void {
  for (const name of ['ResizeObserver', 'MutationObserver', 'IntersectionObserver'] as const) {
    const { prototype } = window[name] as unknown as { prototype: Observing };
    const { observe, disconnect } = prototype;
    const watching = new WeakSet<object>();
    prototype.observe = function (this: Observing, target, options) {
      if (!watching.has(this)) {
        watching.add(this);
        count(name, 1);
      }
      observe.call(this, target, options);
    };
    prototype.disconnect = function (this: Observing) {
      if (watching.delete(this)) count(name, -1);
      disconnect.call(this);
    };
  }
}

function watchTimers(): void {
  const { setInterval: every, clearInterval: stop } = window;
  const running = new Set<unknown>();
  const set = (...args: Parameters<typeof every>): ReturnType<typeof every> => {
    const id = every.apply(window, args);
    running.add(id);
    count('interval', 1);
    return id;
  };
  const clear = (id?: number): void => {
    if (running.delete(id)) count('interval', -1);
    stop.call(window, id);
  };
  Object.assign(window, { setInterval: set, clearInterval: clear });
}

watchListeners();
watchObservers();
watchTimers();
