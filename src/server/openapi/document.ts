/**
 * The OpenAPI 3.1 document of a server, made of its route table, of the contracts of commands and questions and
 * of the types of what is answered. What a ledger does not offer is not in it.
 */
import { type Contract, commandContracts, offeredQueries, queryContracts } from '../../core/contract.ts';
import type { LedgerCapabilities } from '../../core/index.ts';
import { type Route, routes } from '../routes/index.ts';
import { bodyOf, commandsBody, questionBody, verifyBody } from './bodies.ts';
import { Components } from './components.ts';
import type { JsonSchema } from './json-schema.ts';
import { listFilters, routeParameters } from './parameters.ts';
import { problemComponents, responsesOf } from './responses.ts';
import { about, tagWords } from './words.ts';

/** What a document is made for. */
export interface DocumentOptions {
  /** What the ledger can do; absent: all there is. */
  readonly capabilities?: Pick<LedgerCapabilities, 'commands' | 'queries'>;
  /** Version of the package that serves. */
  readonly version: string;
  /** Where the server was mounted. */
  readonly base?: string;
}

/** One operation of a document. */
export interface Operation extends JsonSchema {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
}

/** A document of OpenAPI 3.1, as far as it is read again here. */
export interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly parameters: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>;
  };
  readonly security: readonly JsonSchema[];
}

const schemasOf = (contracts: readonly Contract[]) =>
  new Map(contracts.map(({ name, schema }) => [name, schema]));
const ofCommand = schemasOf(commandContracts);
const ofQuestion = schemasOf(queryContracts);

class Maker {
  readonly components = new Components();
  readonly #offers: DocumentOptions['capabilities'];

  constructor({ capabilities }: DocumentOptions) {
    this.#offers = capabilities;
  }

  #has(kind: 'commands' | 'queries', name: string): boolean {
    if (!this.#offers) return true;
    const offered = Object.hasOwn(this.#offers[kind], name) ? this.#offers[kind][name] : undefined;
    return kind === 'commands' ? offered === true : offered !== undefined;
  }

  /** Whether the ledger can do what a route does. */
  isOffered({ act, args }: Route): boolean {
    const finds = args?.finds;
    if (finds !== undefined && !this.#has('queries', finds)) return false;
    switch (act.kind) {
      case 'command':
        return this.#has('commands', act.name);
      case 'query':
        return this.#has('queries', act.name);
      case 'resource':
        return (
          act.commands.every((name) => this.#has('commands', name)) &&
          act.queries.every((name) => this.#has('queries', name))
        );
      case 'port':
        return true;
    }
  }

  #args({ act }: Route): JsonSchema {
    const schema =
      act.kind === 'command'
        ? ofCommand.get(act.name)
        : act.kind === 'query'
          ? ofQuestion.get(act.name)
          : undefined;
    return schema ? this.components.argumentsOf(schema) : {};
  }

  /** The arguments its path says stand in those of the question that finds the record. */
  #named(route: Route, args: JsonSchema): JsonSchema {
    const finding = ofQuestion.get(route.args?.finds ?? '');
    return finding ? this.components.argumentsOf(finding) : args;
  }

  #filters({ args }: Route): JsonSchema[] {
    const list = args?.filtersOf;
    const schema = list === undefined ? undefined : ofQuestion.get(list);
    if (list === undefined || schema === undefined) return [];
    const offered = (this.#offers?.queries ?? offeredQueries)[list];
    return listFilters(this.components, list, this.components.argumentsOf(schema), offered);
  }

  #body(route: Route, args: JsonSchema): JsonSchema | undefined {
    if (route.act.kind !== 'port') return bodyOf(this.components, route, args);
    const offered = (kind: 'commands' | 'queries', schemas: typeof ofCommand) =>
      [...schemas]
        .filter(([name]) => this.#has(kind, name))
        .map(([name, schema]) => ({ name, args: this.components.argumentsOf(schema) }));
    switch (route.act.name) {
      case 'commands':
        return commandsBody(this.components, offered('commands', ofCommand));
      case 'query':
        return questionBody(this.components, offered('queries', ofQuestion));
      case 'verify':
        return verifyBody(this.components);
      default:
        return undefined;
    }
  }

  operation(route: Route): Operation {
    const args = this.#args(route);
    const body = this.#body(route, args);
    const parameters = [
      ...routeParameters(this.components, route, this.#named(route, args)),
      ...this.#filters(route),
    ];
    return {
      // a dot is no part of a name in most languages
      operationId: route.id.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase()),
      tags: [route.tag],
      summary: route.summary,
      ...(route.open ? { security: [] } : {}),
      ...(parameters.length > 0 ? { parameters } : {}),
      ...(body ? { requestBody: body } : {}),
      responses: responsesOf(this.components, route),
    };
  }
}

/** Makes the document of a server. */
export function openApi(options: DocumentOptions): OpenApi {
  const { version, base = '' } = options;
  const maker = new Maker(options);
  const offered = routes.filter((route) => maker.isOffered(route));
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of offered) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = maker.operation(route);
  }
  const { components } = maker;
  const responses = problemComponents(components);
  const tags = [...new Set(offered.map(({ tag }) => tag))];
  return {
    openapi: '3.1.0',
    info: { title: 'Lotledger', version, description: about },
    servers: [{ url: base === '' ? '/' : base }],
    tags: tags.map((name) => ({ name, description: tagWords[name] ?? '' })),
    paths,
    components: {
      schemas: components.schemas,
      parameters: components.parameters,
      responses,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'Whoever asks, as the host of the server knows them.',
        },
      },
    },
    security: [{ bearer: [] }],
  };
}
