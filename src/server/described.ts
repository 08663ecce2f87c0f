/**
 * The description of a server: its document, the page made of it, the pages of the codes. It brings the
 * schemas of the engine along, so it is loaded when it is first asked for.
 */
import type { Answer } from './answers.ts';
import type { Description, DescriptionFile } from './openapi/index.ts';
import type { ServerOptions } from './options.ts';
import { refusal } from './refusals.ts';
import { VERSION } from './version.ts';
import { isKnown } from './versions.ts';

/** The pages have a stylesheet of the server's own, and nothing else. */
const policy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export class Descriptions {
  readonly #options: ServerOptions;
  readonly #errorPages: string;
  #description: Promise<Description> | undefined;

  constructor(options: ServerOptions, errorPages: string) {
    this.#options = options;
    this.#errorPages = errorPages;
  }

  /** @throws Refusal where there is no page of this code */
  async answer(request: Request, what: string, params: ReadonlyMap<string, string>): Promise<Answer> {
    this.#description ??= this.#load();
    const file = fileOf(await this.#description, what, params.get('code') ?? '');
    if (file === undefined) throw refusal('request.unknown');
    const { type, text, etag } = file;
    // asked for again each time, sent again only where it has changed
    const headers = { etag, 'cache-control': 'no-cache', 'content-security-policy': policy };
    if (isKnown(request, etag)) return { status: 304, headers };
    return { status: 200, text, headers: { ...headers, 'content-type': type } };
  }

  async #load(): Promise<Description> {
    const { Description: Made } = await import('./openapi/index.ts');
    const { base, ledger } = this.#options;
    return new Made({
      version: VERSION,
      errorPages: this.#errorPages,
      ...(base === undefined ? {} : { base }),
      ...(ledger === undefined ? {} : { capabilities: ledger.capabilities }),
    });
  }
}

function fileOf(description: Description, what: string, code: string): DescriptionFile | undefined {
  switch (what) {
    case 'openapi':
      return description.document();
    case 'page':
      return description.page();
    case 'style':
      return description.style();
    default:
      return description.error(code);
  }
}
