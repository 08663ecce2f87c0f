/** The components of a document: each is put there when it is first referred to, with what it refers to itself. */
import { type JsonSchema, jsonOf } from './json-schema.ts';
import { viewTexts } from './views.generated.ts';

type ZodSchema = Parameters<typeof jsonOf>[0];

const REF = '#/components/schemas/';

/** A reference to a component. */
export const refTo = (name: string): JsonSchema => ({ $ref: `${REF}${name}` });

/** Names of the components a schema refers to. */
function referred(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [name, member] of Object.entries(value)) {
    if (name === '$ref' && typeof member === 'string') found.add(member.slice(REF.length));
    else referred(member, found);
  }
  return found;
}

/** `lots.list` → `LotsList`; a first version goes without saying. */
export const pascal = (name: string): string =>
  name
    .replace(/@1$/, '')
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

export class Components {
  readonly #schemas = new Map<string, JsonSchema>();
  readonly #bodies = new Map<string, string>();
  readonly #parameters = new Map<string, JsonSchema>();

  /** Every schema by its name, in order. */
  get schemas(): Record<string, JsonSchema> {
    const all = [...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(all);
  }

  /** Every parameter by its name. */
  get parameters(): Record<string, JsonSchema> {
    return Object.fromEntries(this.#parameters);
  }

  /** What a reference means; any other schema is what it says. */
  resolved(schema: JsonSchema): JsonSchema {
    const { $ref } = schema;
    return typeof $ref === 'string' ? (this.#schemas.get($ref.slice(REF.length)) ?? schema) : schema;
  }

  /** Puts a schema under a name. */
  put(name: string, schema: JsonSchema): JsonSchema {
    if (!this.#schemas.has(name)) {
      this.#schemas.set(name, schema);
      for (const other of referred(schema)) this.view(other);
    }
    return refTo(name);
  }

  /** A type of the public face. */
  view(name: string): JsonSchema {
    if (this.#schemas.has(name)) return refTo(name);
    const text = Object.hasOwn(viewTexts, name) ? viewTexts[name] : undefined;
    if (text === undefined) throw new Error(`the description has no type ${name}`);
    return this.put(name, JSON.parse(text) as JsonSchema);
  }

  /** What is answered: `Lot`, `Page<Lot>`, `Reservation[]`, `string[]`; one of several between bars. */
  answer(type: string): JsonSchema {
    const several = type.split('|');
    if (several.length > 1) return { anyOf: several.map((each) => this.answer(each)) };
    const page = /^Page<(\w+)>$/.exec(type)?.[1];
    if (page !== undefined) return this.#page(page);
    const element = /^(\w+)\[\]$/.exec(type)?.[1];
    if (element === undefined) return this.view(type);
    const plain = ['string', 'boolean', 'number'].includes(element);
    return { type: 'array', items: plain ? { type: element } : this.view(element) };
  }

  #page(of: string): JsonSchema {
    const items = { type: 'array', items: this.view(of) };
    const page = JSON.parse(viewTexts.Page as string) as JsonSchema & { properties: object };
    return this.put(`${of}Page`, { ...page, properties: { ...page.properties, items } });
  }

  /** Arguments as they stand, with the parts they refer to. */
  argumentsOf(schema: ZodSchema): JsonSchema {
    const { schema: json, parts } = jsonOf(schema);
    for (const [name, part] of Object.entries(parts)) this.#schemas.set(name, part);
    return json;
  }

  /** A body: under the name of the operation that has it first. */
  body(operation: string, schema: JsonSchema): JsonSchema {
    const text = JSON.stringify(schema);
    const name = this.#bodies.get(text) ?? `${pascal(operation)}Body`;
    this.#bodies.set(text, name);
    return this.put(name, schema);
  }

  /** A parameter that several operations have. */
  parameter(name: string, parameter: JsonSchema): JsonSchema {
    this.#parameters.set(name, parameter);
    return { $ref: `#/components/parameters/${name}` };
  }
}
