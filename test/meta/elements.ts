/** Every element by its tag, as the define modules register it: a new one is in every generic test at once. */
import type { CSSResult, PropertyDeclaration } from 'lit';
import { defineLotElements } from '../../src/components/define/index.ts';

/** What a class of an element says of itself. */
export interface ElementClass {
  readonly name: string;
  readonly properties?: Readonly<Record<string, PropertyDeclaration>>;
  readonly styles?: unknown;
  readonly formAssociated?: boolean;
  readonly prototype: object;
  new (): object;
}

/** A registry that only remembers. */
function recorder(): { registry: CustomElementRegistry; found: Map<string, ElementClass> } {
  const found = new Map<string, ElementClass>();
  const registry = {
    get: (tag: string) => found.get(tag),
    getName: () => null,
    define: (tag: string, element: ElementClass) => found.set(tag, element),
  };
  return { registry: registry as unknown as CustomElementRegistry, found };
}

const { registry, found } = recorder();
defineLotElements({ registry });

/** Tag and class of every element. */
export const elements: readonly (readonly [tag: string, element: ElementClass])[] = [...found];

/** The classes an element is made of, itself first, down to the last of ours. */
export function lineage(element: ElementClass): ElementClass[] {
  const classes: ElementClass[] = [];
  let now: unknown = element;
  while (typeof now === 'function' && now.name !== 'LitElement' && now.name !== '') {
    classes.push(now as unknown as ElementClass);
    now = Object.getPrototypeOf(now);
  }
  return classes;
}

/** The properties a host may set, those of its bases included; none that are only state. */
export function publicProperties(element: ElementClass): Map<string, PropertyDeclaration> {
  const all = new Map<string, PropertyDeclaration>();
  for (const each of lineage(element).reverse()) {
    const own = Object.hasOwn(each, 'properties') ? (each.properties ?? {}) : {};
    for (const [name, options] of Object.entries(own)) if (!options.state) all.set(name, options);
  }
  return all;
}

const isStyle = (value: unknown): value is CSSResult =>
  typeof value === 'object' && value !== null && 'cssText' in value;

/** All rules of an element's shadow root as text, in their order. */
export function cssOf(element: ElementClass): string {
  const flat = [element.styles].flat(Number.POSITIVE_INFINITY) as unknown[];
  return flat
    .filter(isStyle)
    .map(({ cssText }) => cssText)
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '');
}
