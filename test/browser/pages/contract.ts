/**
 * A page on which providers and elements come, go, move and are renamed as a test says. `x-probe` is the
 * smallest element there is: it shows what its provider gives it.
 */
import { html, type TemplateResult } from 'lit';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { LotElement } from '../../../src/components/base.ts';
import type { ChangeEvent, Ledger } from '../../../src/components/core.ts';
import { defineElement } from '../../../src/components/define/define-element.ts';
import { LotLedger } from '../../../src/components/elements/lot-ledger.ts';
import { registerAdapter } from '../../../src/components/provider/adapters.ts';
import type { LinkRef } from '../../../src/components/provider/types.ts';
import { openLedger } from '../../../src/core/index.ts';
import { fakeRemote } from '../../../src/testing/index.ts';

const violations: string[] = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));

/** Ledgers by the order they were seen in. */
const seen: Ledger[] = [];
const numberOf = (ledger: Ledger | undefined): number => {
  if (ledger === undefined) return 0;
  if (!seen.includes(ledger)) seen.push(ledger);
  return seen.indexOf(ledger) + 1;
};

/** Shows what it is given, and listens to the feed. */
class Probe extends LotElement {
  heard = 0;
  sources = 0;
  #stop: (() => void) | undefined;

  protected override sourceChanged(now: Ledger | undefined): void {
    this.sources++;
    this.#stop?.();
    this.#stop = this.listen((_event: ChangeEvent) => {
      this.heard++;
    });
    if (now !== undefined) this.becomeReady();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  get shown() {
    const { source, sourceState: state, spacing: density, language, heard, sources, format } = this;
    const error = (this.provided?.error as { code?: string } | undefined)?.code;
    return {
      state,
      density,
      language,
      heard,
      sources,
      ledger: numberOf(source),
      title: format.text('lots.title'),
      held: this.provided?.held !== undefined,
      ...(error === undefined ? {} : { error }),
    };
  }

  get given(): Ledger | undefined {
    return this.source;
  }

  asks(action: string) {
    return this.may({ action });
  }

  link(ref: LinkRef): string | undefined {
    return this.href(ref);
  }

  press(event: MouseEvent, ref: LinkRef): void {
    this.follow(event, ref);
  }

  found(text: string) {
    const { signal } = new AbortController();
    return this.lookupsOf('items')?.search(text, { signal, limit: 10 });
  }

  columns() {
    const field = (key: string) => ({ key, label: key, type: 'text' }) as const;
    const builtIn = [{ id: 'lot', on: 'lot' as const, fields: [field('code'), field('item')] }];
    return this.resolved('lot', builtIn).fields.map(({ key }) => key);
  }

  protected override render(): TemplateResult {
    return html`<div class="lot">${JSON.stringify(this.shown)}</div>`;
  }
}

const counts = { opened: 0, closed: 0, subscribed: 0 };
registerAdapter('counted', () => {
  const inner = memory();
  return {
    ...inner,
    async open(tables, schema) {
      counts.opened++;
      const store = await inner.open(tables, schema);
      const { watch, close } = store;
      return Object.assign(store, {
        watch(listener: Parameters<typeof watch>[0]) {
          counts.subscribed++;
          const stop = watch.call(store, listener);
          return () => {
            counts.subscribed--;
            stop();
          };
        },
        close: () => {
          counts.closed++;
          return close.call(store);
        },
      });
    },
  };
});

/** A server that wants a header, in front of one ledger of this page. */
const requests: Readonly<Record<string, string>>[] = [];
let server: ReturnType<typeof fakeRemote> | undefined;
async function serve(): Promise<void> {
  const ledger = await openLedger(memory(), { actor: 'server' });
  registerAdapter('server', ({ headers }) => {
    server = fakeRemote(ledger, {
      headers: async () => {
        const sent = await headers();
        requests.push(sent);
        return sent;
      },
      accepts: (sent) => sent.authorization === 'maria',
    });
    return server;
  });
}

const events: { name: string; detail: unknown; cloneable: boolean; from: string }[] = [];
const names = ['lot-ready', 'lot-error', 'lot-auth-required', 'lot-open', 'lot-status-change'] as const;
for (const name of names) {
  document.addEventListener(
    name,
    (event) => {
      let cloneable = true;
      try {
        structuredClone(event.detail);
      } catch {
        cloneable = false;
      }
      events.push({ name, detail: event.detail, cloneable, from: (event.target as Element).id });
    },
    { capture: true },
  );
}

const main = document.querySelector('main') as HTMLElement;
/** An element by a path through shadow trees: `#host >>> #probe`. */
const at = <E extends Element = Element>(path: string): E =>
  path.split(' >>> ').reduce<Document | ShadowRoot | Element>((root, part) => {
    const scope = root instanceof Element ? (root.shadowRoot as ShadowRoot) : root;
    return scope.querySelector(part) as Element;
  }, document) as E;

const policy = 'trustedTypes' in window ? makePolicy() : undefined;
/** Pages of hosts build markup in many ways; this one keeps its own policy. */
function makePolicy(): { createHTML(text: string): unknown } {
  const types = (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): never } })
    .trustedTypes;
  return types.createPolicy('page', { createHTML: (text: string) => text });
}

const define = {
  probe: () => defineElement('x-probe', Probe),
  provider: () => defineElement('lot-ledger', LotLedger),
};

Object.assign(window, {
  tests: {
    define: (...what: (keyof typeof define)[]) => {
      for (const name of what) define[name]();
    },
    /** Puts markup into the page, or into the shadow root of an element. */
    put(markup: string, into?: string) {
      const place = into === undefined ? main : at(into);
      const root = into === undefined ? place : (place.shadowRoot ?? place.attachShadow({ mode: 'open' }));
      const made = (policy?.createHTML(markup) ?? markup) as string;
      root.innerHTML = made;
    },
    show: async (path = 'x-probe') => {
      const probe = at<Probe>(path);
      await probe.updateComplete;
      return probe.shown;
    },
    settle: async (path = 'x-probe') => {
      await at<Probe>(path).ready;
      await at<Probe>(path).settled;
      return at<Probe>(path).shown;
    },
    set: (path: string, values: object) => void Object.assign(at(path), values),
    attribute: (path: string, name: string, value: string | null) =>
      value === null ? at(path).removeAttribute(name) : at(path).setAttribute(name, value),
    text: (path: string, text: string) => {
      at(path).replaceChildren(document.createTextNode(text));
    },
    move: (path: string, into: string) => at(into).append(at(path)),
    remove: (path: string) => at(path).remove(),
    removeAndBack: (path: string) => {
      const element = at(path);
      const parent = element.parentElement;
      element.remove();
      parent?.append(element);
    },
    counts: () => ({ ...counts }),
    events: () => events,
    requests: () => requests,
    violations: () => violations,
    serve,
    register: (name: string) => registerAdapter(name, () => memory()),
    /** Starts a command through an element's ledger; its outcome is told later. */
    create(code: string, path = 'x-probe') {
      const made = at<Probe>(path).given?.warehouses.create({ code });
      made?.then(
        (warehouse) => outcomes.push(warehouse.code),
        (error) => outcomes.push(error.code),
      );
    },
    outcomes: () => outcomes,
    calls: () => server?.control.calls.map(({ kind, ids, state }) => ({ kind, ids, state })),
    resume: (path: string, go?: boolean) => at<LotLedger>(path).resume(go),
    fallIll: (offline: boolean) => {
      if (server) server.control.offline = offline;
    },
    give: async (path: string) => {
      at<LotLedger>(path).ledger = await openLedger(memory(), { actor: 'host' });
    },
    host: () => {
      const provider = at<LotLedger>('lot-ledger');
      provider.lookups = {
        items: { search: async (text) => [{ code: text.toUpperCase(), description: 'The host’s own' }] },
      };
      provider.links = { lot: '/lots/{code}', item: ({ code }) => `#${code}` };
      provider.can = async ({ action }) => action !== 'posting.reverse' && 'Only with a reason';
      provider.extensions = [
        { id: 'cold', on: 'lot', fields: [{ key: 'celsius', label: 'C', type: 'number' }] },
      ];
      provider.labels = { 'lots.title': 'Batches', it: { 'lots.title': 'Partite' } };
    },
    asks: async (action: string) => {
      const probe = at<Probe>('x-probe');
      probe.asks(action);
      await probe.settled;
      return probe.asks(action);
    },
    link: (ref: LinkRef) => at<Probe>('x-probe').link(ref),
    found: (text: string) => at<Probe>('x-probe').found(text),
    columns: () => at<Probe>('x-probe').columns(),
    follow: (button: number, ctrlKey = false) => {
      const probe = at<Probe>('x-probe');
      const event = new MouseEvent('click', { button, ctrlKey, cancelable: true });
      probe.press(event, { kind: 'lot', id: 'x1', code: 'A1' });
      return event.defaultPrevented;
    },
    takeOver: () => document.addEventListener('lot-open', (event) => event.preventDefault()),
    ready: async (path = 'lot-ledger') => {
      const provider = at<LotLedger>(path);
      const ledger = await provider.ready;
      await provider.settled;
      return {
        same: provider.ledger === undefined || provider.ledger === ledger,
        frozen: Object.isFrozen(ledger),
      };
    },
  },
});
const outcomes: string[] = [];
