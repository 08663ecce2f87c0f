/**
 * Registers an element once. A second copy of the same version is silent, of another version is named in
 * the console, and nothing throws: a page with two portals on it must go on.
 */
import { VERSION } from '../version.ts';

const MARK = Symbol.for('lotledger.version');

type Marked = CustomElementConstructor & { [MARK]?: string };

/** Where, and under which prefix, elements are registered. */
export interface DefineOptions {
  /** `acme` registers `acme-lot-register`. */
  readonly prefix?: string | null | undefined;
  /** A scoped registry, where the browser has them. */
  readonly registry?: CustomElementRegistry | undefined;
}

/**
 * Registers a class under a tag.
 * @example defineElement('lot-register', LotRegister, { prefix: 'acme' }); // <acme-lot-register>
 */
export function defineElement(
  tag: string,
  element: CustomElementConstructor,
  options: DefineOptions = {},
): void {
  const registry = options.registry ?? globalThis.customElements;
  if (registry === undefined) return;
  const name = options.prefix ? `${options.prefix}-${tag}` : tag;
  const present = registry.get(name) as Marked | undefined;
  if (present === undefined) {
    // A class can be registered once; under a second name it needs a class of its own.
    const taken = registry.getName ? registry.getName(element) !== null : Object.hasOwn(element, MARK);
    const own: Marked = taken ? class extends element {} : element;
    Object.defineProperty(own, MARK, { value: VERSION, configurable: true });
    try {
      registry.define(name, own);
    } catch (error) {
      console.error(`<${name}> could not be registered.`, error);
    }
    return;
  }
  const other = present[MARK];
  if (other === VERSION) return;
  console.error(
    `<${name}> is registered already, by ${other === undefined ? 'other code' : `lotledger ${other}`}; ` +
      `lotledger ${VERSION} leaves it as it is. Register under a prefix to use both.`,
  );
}

/** The prefix a define module was asked for: `lotledger.js?prefix=acme`. */
export function prefixOf(url: string): string | null {
  const prefix = URL.canParse(url) ? new URL(url).searchParams.get('prefix') : null;
  return prefix !== null && /^[a-z][a-z0-9]*$/.test(prefix) ? prefix : null;
}
