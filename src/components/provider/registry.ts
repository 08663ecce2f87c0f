/**
 * Every provider of the page, so that `for` finds one across shadow trees, also one that comes later, moves
 * or is renamed. Kept once per page, whatever versions of the package are on it.
 */
import type { Provided } from './types.ts';

/** What `for` may point at: an element that tells whoever asks. */
export interface ProviderElement extends Element {
  observe(listener: (provided: Provided) => void): () => void;
}

interface Registry {
  readonly providers: Set<ProviderElement>;
  readonly listeners: Set<() => void>;
}

const KEY = Symbol.for('lotledger.providers.1');
type Page = typeof globalThis & { [KEY]?: Registry };

function registry(): Registry {
  const page = globalThis as Page;
  page[KEY] ??= { providers: new Set(), listeners: new Set() };
  return page[KEY];
}

const changed = (): void => {
  for (const listener of [...registry().listeners]) listener();
};

/** Has a provider found from now on. */
export function addProvider(provider: ProviderElement): void {
  registry().providers.add(provider);
  changed();
}

/** A provider left the page. */
export function removeProvider(provider: ProviderElement): void {
  registry().providers.delete(provider);
  changed();
}

/** A provider has another id now. */
export const providerRenamed = changed;

/** Hears when a provider comes, goes or is renamed. Returns the way to stop. */
export function watchProviders(listener: () => void): () => void {
  registry().listeners.add(listener);
  return () => registry().listeners.delete(listener);
}

/** The roots around an element, its own first, the document last. */
function* rootsOf(element: Element): Generator<Node> {
  let root = element.getRootNode();
  yield root;
  while (root instanceof ShadowRoot) {
    root = root.host.getRootNode();
    yield root;
  }
}

const firstInPage = (a: Element, b: Element): number =>
  a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;

/**
 * The provider of an id: in the element's own root, in the roots of its hosts from the inside out, in the
 * document, else wherever there is one.
 */
export function findProvider(from: Element, id: string): ProviderElement | undefined {
  const named = [...registry().providers].filter((provider) => provider.id === id && provider.isConnected);
  if (named.length < 2) return named[0];
  for (const root of rootsOf(from)) {
    const [first] = named.filter((provider) => provider.getRootNode() === root).sort(firstInPage);
    if (first !== undefined) return first;
  }
  return named.sort(firstInPage)[0];
}
