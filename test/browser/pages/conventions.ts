/** What the conventions ask of every element, done to any of them by its tag. */

import type { LotElement } from '../../../src/components/base.ts';
import { openLedger } from '../../../src/core/index.ts';
import { allIn, textOf } from '../../../src/testing/dom.ts';
import { fakeRemote } from '../../../src/testing/index.ts';
import { ledgerWith } from '../../states/data.ts';
import { elementStates, type StateSpec, stateOf } from '../../states/index.ts';
import { type Mounted, mount } from '../../states/stage.ts';
import { type Open, openNow } from './watch.ts';

const into = document.querySelector('#stage') as HTMLElement;
let mounted: Mounted | undefined;

const mainOf = (tag: string): StateSpec =>
  stateOf(tag, elementStates.find((each) => each.tag === tag)?.main ?? '');

const trouble: string[] = [];
window.addEventListener('error', ({ message }) => trouble.push(message));
window.addEventListener('unhandledrejection', ({ reason }) => trouble.push(String(reason)));
const warned: string[] = [];
const { warn } = console;
console.warn = (...said: unknown[]): void => {
  warned.push(said.map(String).join(' '));
  warn.apply(console, said);
};

async function show(tag: string, name?: string): Promise<LotElement> {
  await mounted?.remove();
  mounted = await mount(into, tag, name === undefined ? mainOf(tag) : stateOf(tag, name));
  return mounted.stage.element;
}

/** What it shows: without the time of reading, and without what a screen reader is told in passing. */
const textIn = (element: Element): string =>
  allIn(element, '.lot')
    .map((each) =>
      textOf(each)
        .replace(/\s+/g, ' ')
        .replace(/\d\d:\d\d:\d\d/g, 'now'),
    )
    .join('|');

/** Names of what a host may set on an element. */
const propertiesOf = (element: Element): string[] => {
  const { elementProperties } = element.constructor as unknown as {
    elementProperties: Map<string, { state?: boolean }>;
  };
  return [...elementProperties].filter(([, { state }]) => !state).map(([name]) => name);
};

const valuesOf = (element: Element): Record<string, unknown> =>
  Object.fromEntries(
    propertiesOf(element).map((name) => [name, (element as unknown as Record<string, unknown>)[name]]),
  );

const BAD: readonly unknown[] = [null, 0, -1, Number.NaN, '', 'nonsense', {}, [], true, new Date(0)];

const frame = (): Promise<unknown> => new Promise((drawn) => requestAnimationFrame(drawn));

/** Sets every property to everything it is not meant for; but `state`, which is the element's own, with bad parts left out. */
async function misuse(tag: string): Promise<{ changed: string[]; trouble: string[]; warned: string[] }> {
  const element = await show(tag);
  const now = element as unknown as Record<string, unknown>;
  trouble.length = 0;
  warned.length = 0;
  const changed: string[] = [];
  for (const name of propertiesOf(element).filter((each) => !['ledger', 'for', 'state'].includes(each))) {
    const good = now[name];
    for (const bad of BAD) {
      now[name] = bad;
      await element.updateComplete.catch((error: unknown) => trouble.push(`${name}: ${String(error)}`));
      if (!Object.is(now[name], bad)) changed.push(`${name} = ${String(bad)}`);
    }
    now[name] = good;
    await element.updateComplete.catch((error: unknown) => trouble.push(`${name}: ${String(error)}`));
  }
  await element.settled;
  return { changed, trouble: [...trouble], warned: [...warned] };
}

/** What a page hears of keys that are typed into the fields of an element. */
async function typing(tag: string): Promise<{ fields: number; plain: string[]; modified: number }> {
  const element = await show(tag);
  const heard: KeyboardEvent[] = [];
  const hear = (event: KeyboardEvent): void => void heard.push(event);
  document.addEventListener('keydown', hear);
  const fields = allIn<HTMLInputElement>(
    element,
    'input:not([type]), input[type="text"], input[type="search"], textarea',
  );
  const visible = fields.filter((field) => field.checkVisibility() && !field.readOnly);
  for (const field of visible) {
    field.focus();
    for (const init of [{ key: 'x' }, { key: '?' }, { key: 'k', ctrlKey: true }]) {
      field.dispatchEvent(
        new KeyboardEvent('keydown', { ...init, bubbles: true, composed: true, cancelable: true }),
      );
    }
  }
  document.removeEventListener('keydown', hear);
  return {
    fields: visible.length,
    plain: heard.filter(({ ctrlKey }) => !ctrlKey).map(({ key }) => key),
    modified: heard.filter(({ ctrlKey }) => ctrlKey).length,
  };
}

/** What is still open after an element came and went many times, mostly before it had its first answer. */
async function churn(tag: string, times: number): Promise<{ open: Open; before: Open; listeners: number }> {
  await mounted?.remove();
  mounted = undefined;
  into.replaceChildren();
  const spec = mainOf(tag);
  const remote = fakeRemote(await ledgerWith(spec.data ?? 'one'), { latency: { from: 0, to: 12 }, seed: 60 });
  const ledger = await openLedger(remote);
  const before = openNow();
  for (let i = 0; i < times; i++) {
    const element = document.createElement(tag) as LotElement;
    for (const [name, value] of Object.entries(spec.attributes ?? {})) element.setAttribute(name, value);
    element.ledger = ledger;
    into.append(element);
    refs.push(new WeakRef(element));
    if (i % 10 === 0) await frame();
    if (i % 50 === 0) await element.settled;
    // routes change: it is moved once, then it goes
    into.prepend(element);
    element.remove();
  }
  await frame();
  const { listeners } = remote.control;
  await ledger.close();
  return { open: openNow(), before, listeners };
}

let refs: WeakRef<Element>[] = [];

/** Waits until an element says the same for a while: what is counted in the background has come. */
async function still(element: LotElement): Promise<string> {
  let said = '';
  for (let same = 0; same < 5; ) {
    await element.settled;
    await new Promise((later) => setTimeout(later, 30));
    const now = textIn(element);
    same = now === said ? same + 1 : 0;
    said = now;
  }
  return said;
}

/** What an element says in the language of the page, after that has changed and changed back, and what a new one says. */
async function languages(
  tag: string,
): Promise<{ english: string; italian: string; back: string; fresh: string }> {
  const page = document.documentElement;
  page.lang = 'en';
  const element = await show(tag);
  const english = await still(element);
  page.lang = 'it';
  const italian = await still(element);
  page.lang = 'en';
  const back = await still(element);
  page.lang = 'it';
  const fresh = await still(await show(tag));
  page.lang = 'en';
  return { english, italian, back, fresh };
}

/** Its language where only a host around its shadow root says one, and where the element says another. */
async function nested(tag: string): Promise<{ around: string; own: string }> {
  const element = await show(tag);
  const host = document.createElement('div');
  host.lang = 'it';
  host.attachShadow({ mode: 'open' }).append(element);
  into.replaceChildren(host);
  await element.settled;
  const around = element.shadowRoot?.querySelector('.lot')?.getAttribute('lang') ?? '';
  element.locale = 'en-GB';
  await element.settled;
  return { around, own: element.shadowRoot?.querySelector('.lot')?.getAttribute('lang') ?? '' };
}

/** How it looks on a page that has no style sheet, and on one that sets tokens. */
async function looks(tag: string): Promise<Record<string, string>> {
  const element = await show(tag);
  const lot = element.shadowRoot?.querySelector('.lot') as HTMLElement;
  const sheet = new CSSStyleSheet();
  const styleOf = (): CSSStyleDeclaration => getComputedStyle(lot);
  const plain = styleOf().backgroundColor;
  sheet.replaceSync(
    'html { font-family: "Portal Sans", serif } #stage { --lot-bg: rgb(1, 2, 3); --lot-text: rgb(250, 251, 252) }',
  );
  document.adoptedStyleSheets = [sheet];
  const { fontFamily, backgroundColor, color } = styleOf();
  sheet.replaceSync('#stage * { display: flex !important; border: 9px solid red; margin: 5px }');
  element.hidden = true;
  const { display } = getComputedStyle(element);
  element.hidden = false;
  const { borderTopWidth } = styleOf();
  document.adoptedStyleSheets = [];
  return { plain, fontFamily, backgroundColor, color, display, borderTopWidth };
}

/** What the table of a register tells assistive technology. */
function gridOf(element: LotElement): Record<string, unknown> {
  const [grid] = allIn(element, '[role="grid"], [role="treegrid"]');
  const of = (each: Element | undefined, name: string): string | null => each?.getAttribute(name) ?? null;
  const rows = allIn(element, '[data-row-id]');
  const heads = allIn(element, '[role="columnheader"]');
  return {
    role: of(grid, 'role'),
    busy: of(grid, 'aria-busy'),
    selectable: of(grid, 'aria-multiselectable'),
    rowcount: Number(of(grid, 'aria-rowcount')),
    colcount: Number(of(grid, 'aria-colcount')),
    rows: rows.map((row) => Number(of(row, 'aria-rowindex'))),
    columns: heads.map((head) => Number(of(head, 'aria-colindex'))),
    sorted: heads.map((head) => of(head, 'aria-sort')),
    unselected: rows.filter((row) => of(row, 'aria-selected') === 'false').length,
    stops: grid ? allIn(grid, '[tabindex="0"]').length : 0,
  };
}

Object.assign(window, {
  tests: {
    tags: () => elementStates.map(({ tag }) => tag),
    show: (tag: string, name?: string) => show(tag, name).then(() => true),
    /** Every flag of every element as a new one has it. */
    flags: () =>
      Object.fromEntries(
        ['lot-ledger', ...elementStates.map(({ tag }) => tag)].flatMap((tag) => {
          const element = document.createElement(tag);
          const { elementProperties } = element.constructor as unknown as {
            elementProperties: Map<string, { type?: unknown; state?: boolean }>;
          };
          return [...elementProperties]
            .filter(([, { type, state }]) => type === Boolean && !state)
            .map(([name]) => [`${tag} ${name}`, (element as unknown as Record<string, unknown>)[name]]);
        }),
      ),
    misuse,
    typing,
    churn,
    /** Elements of the last churn that are still in memory; call it after the garbage is collected. */
    alive: () => {
      const count = refs.filter((ref) => ref.deref() !== undefined).length;
      refs = [];
      return count;
    },
    languages,
    nested,
    looks,
    /** Properties a host sees changed after the element has read, refreshed and heard of a change. */
    owned: async (tag: string) => {
      const element = await show(tag);
      const before = valuesOf(element);
      await element.refresh();
      await mounted?.stage.server.items.create({ code: 'NEW', unit: { code: 'PCE', decimals: 0 } });
      await frame();
      await element.settled;
      const after = valuesOf(element);
      return Object.keys(before).filter((name) => !Object.is(before[name], after[name]));
    },
    calls: () => mounted?.stage.remote.calls,
    /** Does something with a page object of what is shown. */
    fill: async (field: string, value: string) => mounted?.stage.form.fill(field, value),
    pick: async (field: string, value: string) => mounted?.stage.form.pick(field, value, value),
    press: async (action: string) => mounted?.stage.form.press(action),
    search: async (text: string) => {
      const field = mounted?.stage.element.shadowRoot?.querySelector<HTMLInputElement>('#search');
      if (!field) return;
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await mounted?.stage.element.updateComplete;
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    },
    latency: (ms: number) => {
      if (mounted) mounted.stage.remote.latency = ms;
    },
    rows: () => mounted?.stage.register.rows(),
    rowsWhenReady: async (tag: string) => {
      await mounted?.remove();
      const spec = { ...mainOf(tag), remote: { latency: 60 }, unsettled: true };
      mounted = await mount(into, tag, spec);
      await mounted.stage.element.ready;
      return allIn(mounted.stage.element, '[data-row-id]').length;
    },
    /** Does something with the page object of a register, as a host's test would. */
    register: async (verb: string, ...args: unknown[]) => {
      const page = mounted?.stage.register as unknown as Record<
        string,
        (...each: unknown[]) => Promise<unknown>
      >;
      return page[verb]?.(...args);
    },
    form: async (verb: string, ...args: unknown[]) => {
      const page = mounted?.stage.form as unknown as Record<string, (...each: unknown[]) => Promise<unknown>>;
      return page[verb]?.(...args);
    },
    events: () => mounted?.events.map(({ name, detail }) => ({ name, detail })),
    grid: () => gridOf(mounted?.stage.element as LotElement),
    regions: () => allIn(mounted?.stage.element as LotElement, '[aria-live]').length,
    said: () => mounted?.stage.register.said(),
    selectFirst: async () => {
      const [first = ''] = (await mounted?.stage.register.ids()) ?? [];
      await mounted?.stage.register.select(first);
    },
    /** What listens to keys on the page itself. */
    keysHeard: () => Object.keys(openNow()).filter((what) => /listener key/.test(what)),
  },
});
document.documentElement.dataset.ready = '';
