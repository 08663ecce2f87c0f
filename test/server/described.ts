/** What the tests of the description share: a server with much in it, and a judge of answers. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { fillSample } from '../../demo/sample/index.ts';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { openLedger } from '../../src/core/index.ts';
import type { OpenApi, Operation } from '../../src/server/openapi/index.ts';
import { type Site, site } from './setup.ts';

/** A server over a quarter of a year of three trades. */
export async function filledSite(): Promise<Site> {
  const store = memory();
  await fillSample(store, { today: '2026-11-20' });
  const ledger = await openLedger(store, {
    actor: 'server',
    timeZone: 'UTC',
    now: () => new Date('2026-11-22T09:00:00Z'),
  });
  return site({ ledger, authorize: () => true });
}

type Schema = Readonly<Record<string, unknown>>;

/** What is told of an answer is all of it: members that nobody described are wrong, too. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const made = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, closed(member)]));
  const isWhole = made.type === 'object' && typeof made.properties === 'object';
  return isWhole && !('additionalProperties' in made) ? { ...made, additionalProperties: false } : made;
}

/** Judges what is sent and answered by what a document says of it. */
export class Judge {
  readonly #document: OpenApi;
  readonly #open: Ajv2020;
  readonly #closed: Ajv2020;
  readonly #known = new Map<string, ValidateFunction>();

  constructor(document: OpenApi) {
    this.#document = document;
    const options = { strict: false, validateFormats: false, allErrors: false };
    this.#open = new Ajv2020(options).addSchema({ ...document }, 'api');
    this.#closed = new Ajv2020(options).addSchema(closed({ ...document }) as Schema, 'api');
  }

  operation(id: string): { path: string; method: string; operation: Operation } {
    for (const [path, methods] of Object.entries(this.#document.paths))
      for (const [method, operation] of Object.entries(methods))
        if (operation.operationId === id) return { path, method, operation };
    throw new Error(`there is no operation ${id}`);
  }

  /** What is wrong with a value by the schema at a place of the document; null: nothing. */
  wrong(place: readonly string[], value: unknown, strictly = true): string | null {
    const pointer = place
      .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent);
    const ref = `api#/${pointer.join('/')}`;
    const ajv = strictly ? this.#closed : this.#open;
    const key = `${strictly} ${ref}`;
    const validate = this.#known.get(key) ?? ajv.compile({ $ref: ref });
    this.#known.set(key, validate);
    return validate(value) ? null : JSON.stringify(validate.errors).slice(0, 600);
  }

  /** What is wrong with an answer; null: nothing. */
  wrongAnswer(id: string, status: number, body: unknown): string | null {
    const { path, method, operation } = this.operation(id);
    const responses = operation.responses as Record<string, { content?: object }>;
    const described = responses[status];
    if (described === undefined) return `${id} has no answer ${status}`;
    if (status >= 400) return this.wrong(['components', 'schemas', `Problem${status}`], body, false);
    if (described.content === undefined) return body === '' ? null : `${id} answers ${status} with a body`;
    const place = [
      'paths',
      path,
      method,
      'responses',
      String(status),
      'content',
      'application/json',
      'schema',
    ];
    return this.wrong(place, body);
  }

  /** What is wrong with a body; null: nothing. */
  wrongBody(id: string, body: unknown): string | null {
    const { path, method, operation } = this.operation(id);
    if (operation.requestBody === undefined) return body === undefined ? null : `${id} takes no body`;
    if (body === undefined) return null;
    const place = ['paths', path, method, 'requestBody', 'content', 'application/json', 'schema'];
    return this.wrong(place, body);
  }
}
