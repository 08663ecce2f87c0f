/**
 * Makes arguments from a schema: good ones, and the same with one thing wrong. With a seed, so that what failed
 * fails again.
 */
import type { ZodMiniType } from 'zod/mini';
import { type Chance, chance } from '../../src/testing/chance.ts';

interface Definition {
  readonly type: string;
  readonly innerType?: ZodMiniType;
  readonly element?: ZodMiniType;
  readonly shape?: Readonly<Record<string, ZodMiniType>>;
  readonly catchall?: ZodMiniType;
  readonly options?: readonly ZodMiniType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
  readonly keyType?: ZodMiniType;
  readonly valueType?: ZodMiniType;
  readonly in?: ZodMiniType;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
}

interface Check {
  readonly check: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly params?: {
    readonly code?: string;
    readonly min?: number;
    readonly max?: number;
    readonly says?: Readonly<Record<string, unknown>>;
  };
}

const definitionOf = (schema: ZodMiniType): Definition => schema._zod.def as unknown as Definition;

/** What is wrong almost everywhere, and what only looks so. */
export const oddValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e21,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  ' ',
  'NaN',
  '-1',
  '1e5',
  '0001-02-30',
  '2026-13-01',
  '2026-11-22',
  'x'.repeat(51),
  'x'.repeat(4001),
  'a\u0000b',
  'a\nb',
  '\ud800',
  '\udc00x',
  '𝒳𝒴',
  'é'.normalize('NFD'),
  "'; DROP TABLE lots; --",
  '<img src=x onerror=alert(1)>',
  '%_\\',
  [],
  {},
  [[]],
  ['a'],
  { a: 1 },
  { id: 'x' },
];

/** Names that mean something to the language. */
export const oddNames: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  '',
  'extra',
  'id ',
  '\ud800',
];

/** Puts a member, even one of a name that would else be the object's prototype. */
export const put = (object: object, name: string, value: unknown): void => {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
};

/** A place in a value: an object or a list, and where in it. */
export interface Place {
  readonly of: object;
  readonly key: string | number;
}

/** Every place in a value that is held by another one. */
export function placesIn(holder: object): Place[] {
  return Object.keys(holder).flatMap((key): Place[] => {
    const value = (holder as Record<string, unknown>)[key];
    const inner = typeof value === 'object' && value !== null ? placesIn(value) : [];
    return [{ of: holder, key: Array.isArray(holder) ? Number(key) : key }, ...inner];
  });
}

/** A maker of arguments. */
export class Shapes {
  readonly #chance: Chance;
  readonly #whole: boolean;

  /** @param whole with every member there is, also where it may be left out */
  constructor(seed: number, whole = false) {
    this.#chance = chance(seed);
    this.#whole = whole;
  }

  /** A whole number from 0 to below a bound. */
  below(bound: number): number {
    return Math.floor(this.#chance.next() * bound);
  }

  pick<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }

  /** What the schema takes, mostly: what hangs on several members at once is left to chance. */
  good(schema: ZodMiniType, depth = 0): unknown {
    const definition = definitionOf(schema);
    const { innerType, options = [], element, valueType, keyType } = definition;
    switch (definition.type) {
      case 'optional':
        return this.good(innerType as ZodMiniType, depth);
      case 'nullable':
        return !this.#whole && this.below(5) === 0 ? null : this.good(innerType as ZodMiniType, depth);
      case 'union':
        return this.good(this.pick(options), depth);
      case 'pipe':
        return this.good(definition.in as ZodMiniType, depth);
      case 'object':
        return this.#object(definition, depth);
      case 'array':
        return this.#array(definition, element as ZodMiniType, depth);
      case 'record':
        return Object.fromEntries([
          [String(this.good(keyType as ZodMiniType)), this.good(valueType as ZodMiniType, depth + 1)],
        ]);
      case 'enum':
        return this.pick(Object.values(definition.entries ?? {}));
      case 'literal':
        return this.pick(definition.values ?? []);
      case 'string':
        return this.#text(definition);
      case 'number':
        return this.#number(definition);
      case 'boolean':
        return this.below(2) === 0;
      case 'null':
        return null;
      default:
        return this.pick([null, 1, 'any', true, [1], { any: 1 }]);
    }
  }

  /** The same with one thing changed, left out or put in. */
  spoilt(good: unknown): unknown {
    const copy = structuredClone({ root: good }) as { root: unknown };
    const { of, key } = this.pick(placesIn(copy));
    const value = (of as Record<string | number, unknown>)[key];
    const how = this.below(4);
    if (how === 0 && of !== copy && !Array.isArray(of)) delete (of as Record<string | number, unknown>)[key];
    else if (how === 1 && typeof value === 'object' && value !== null && !Array.isArray(value))
      put(value, this.pick(oddNames), this.pick(oddValues));
    else put(of, String(key), this.pick(oddValues));
    return copy.root;
  }

  #checks({ checks = [] }: Definition): Check[] {
    return checks.map(({ _zod }) => _zod.def);
  }

  #object({ shape = {}, catchall }: Definition, depth: number): object {
    const made: Record<string, unknown> = {};
    const names = Object.keys(shape);
    for (const name of names) {
      const member = shape[name] as ZodMiniType;
      const optional = definitionOf(member).type === 'optional';
      // long and deep ones would hide the one thing that is wrong
      if (optional && !this.#whole && this.below(names.length + depth * 3) > 5) continue;
      made[name] = this.good(member, depth + 1);
    }
    if (catchall && definitionOf(catchall).type !== 'never' && this.below(2) === 0)
      made['attributes.Grade'] = this.good(catchall, depth + 1);
    // filters want at least one comparison
    if (names.length > 0 && Object.keys(made).length === 0) {
      const name = this.pick(names);
      made[name] = this.good(shape[name] as ZodMiniType, depth + 1);
    }
    return made;
  }

  #array(definition: Definition, element: ZodMiniType, depth: number): unknown[] {
    const checks = this.#checks(definition);
    const least = Math.max(0, ...checks.map(({ minimum = 0 }) => minimum));
    const most = Math.min(3, ...checks.map(({ maximum = 3 }) => maximum));
    const length = Math.max(least, this.#whole ? Math.min(1, most) : this.below(most + 1));
    return Array.from({ length }, () => this.good(element, depth + 1));
  }

  #text(definition: Definition): string {
    const codes = this.#checks(definition).map(({ params }) => params?.code ?? params?.says?.format);
    if (codes.includes('date.invalid') || codes.includes('date'))
      return this.pick(['2026-11-22', '0001-01-01', '2024-02-29', '9999-12-31', '2026-02-29']);
    return this.pick([
      'MAIN',
      'a',
      'x y',
      '12.5',
      'ß',
      '7',
      'auto',
      '2026-11',
      '2026-11-22T10:00:00Z',
      'É-01',
    ]);
  }

  #number(definition: Definition): number {
    for (const { params } of this.#checks(definition)) {
      if (params?.min === undefined || params.max === undefined) continue;
      return this.pick([params.min, params.max, Math.min(params.max, params.min + 1)]);
    }
    return this.pick([0, 1, 7, 2.5, 12]);
  }
}
