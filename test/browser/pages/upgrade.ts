/** Elements that a page has, and has given properties, before anybody has defined them. */
import type { PropertyDeclaration } from 'lit';
import * as components from '../../../src/components/index.ts';
import { openLedger } from '../../../src/core/index.ts';
import { textOf } from '../../../src/testing/dom.ts';
import { fakeRemote } from '../../../src/testing/index.ts';
import { ledgerWith } from '../../states/data.ts';

type Properties = Map<string, PropertyDeclaration>;
type ElementClass = CustomElementConstructor & {
  readonly elementProperties: Properties;
  readonly finalize?: () => boolean;
};

/** `LotRegister` is registered as `lot-register`. */
const tagOf = (name: string): string => name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

const classes = Object.entries(components as Readonly<Record<string, unknown>>).filter(
  (entry): entry is [string, ElementClass] =>
    typeof entry[1] === 'function' && 'elementProperties' in entry[1],
);

/** Values of a kind that no element takes for its own: kept as they are, whatever they are worth. */
const marks = (type: unknown): unknown => {
  if (type === Boolean) return true;
  if (type === Number) return 7;
  return type === String ? 'mark' : Object.freeze({ mark: true });
};

const early = new Map<string, { element: HTMLElement; values: Map<string, unknown> }>();
for (const [name, { elementProperties }] of classes) {
  const element = document.createElement(tagOf(name));
  const values = new Map<string, unknown>();
  for (const [property, { state, type }] of elementProperties) {
    if (state) continue;
    values.set(property, marks(type));
    (element as unknown as Record<string, unknown>)[property] = values.get(property);
  }
  early.set(tagOf(name), { element, values });
}

/** An element with everything a host usually says, in the page. */
async function placed(tag: string): Promise<HTMLElement> {
  const ledger = await openLedger(fakeRemote(await ledgerWith('many')));
  const element = document.createElement(tag);
  Object.assign(element, {
    ledger,
    locale: 'it',
    density: 'compact',
    readonly: true,
    labels: { 'lots.title': 'Partite' },
  });
  document.querySelector('main')?.append(element);
  return element;
}

const shownBy = async (element: HTMLElement): Promise<string> => {
  const { ready, settled } = element as HTMLElement & {
    ready?: Promise<unknown>;
    settled?: Promise<unknown>;
  };
  await ready;
  await settled;
  return textOf(element.shadowRoot?.querySelector('.lot') ?? undefined).replace(/\d\d:\d\d:\d\d/g, 'now');
};

const drawing = ['lot-register', 'serial-register', 'posting-register', 'lot-form', 'posting-form'];
const before = new Map(await Promise.all(drawing.map(async (tag) => [tag, await placed(tag)] as const)));

const after = new Map<string, HTMLElement>();

Object.assign(window, {
  tests: {
    define: () => import('../../../src/components/define/index.ts').then(() => true),
    tags: () => [...early.keys()].filter((tag) => customElements.get(tag) !== undefined),
    drawing: () => drawing,
    /** Properties that do not have the value they were given before the upgrade. */
    lost: (tag: string): string[] => {
      const { element, values } = early.get(tag) ?? { element: document.body, values: new Map() };
      customElements.upgrade(element);
      const now = element as unknown as Record<string, unknown>;
      return [...values]
        .filter(([name, value]) => now[name] !== value || Object.hasOwn(element, name))
        .map(([name]) => name);
    },
    /** Puts one into the page that comes after its definition. */
    later: async (tag: string) => {
      after.set(tag, await placed(tag));
    },
    /** What an element shows that was there before its definition, and what the later one shows. */
    both: async (tag: string): Promise<[string, string]> => {
      const [first, later] = [before.get(tag), after.get(tag)] as [HTMLElement, HTMLElement];
      return [await shownBy(first), await shownBy(later)];
    },
  },
});
document.documentElement.dataset.ready = '';
