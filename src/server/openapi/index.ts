/** What a server says of itself: the OpenAPI document, the page made of it, the pages of the codes. */
import type { LedgerCapabilities } from '../../core/index.ts';
import { etagOf } from '../versions.ts';
import { type OpenApi, openApi } from './document.ts';
import { errorPage } from './error-page.ts';
import { docsPage } from './page.ts';
import { style } from './style.ts';

export type { OpenApi, Operation } from './document.ts';
export { openApi } from './document.ts';

/** What the description of a server depends on. */
export interface DescriptionOptions {
  /** What its ledger can do; absent: all there is, where the server has many ledgers. */
  readonly capabilities?: Pick<LedgerCapabilities, 'commands' | 'queries'>;
  readonly version: string;
  /** Where the server was mounted: `/api`; nothing unless said. */
  readonly base?: string;
  /** The address of a code's page before the code. */
  readonly errorPages: string;
}

/** A text that is served as it stands. */
export interface DescriptionFile {
  readonly type: string;
  readonly text: string;
  readonly etag: string;
}

const fileOf = (type: string, text: string): DescriptionFile => ({ type, text, etag: etagOf(0, text) });

/** The description of one server. What it consists of is made when it is first asked for. */
export class Description {
  readonly #options: DescriptionOptions;
  readonly #made = new Map<string, DescriptionFile>();
  #document: OpenApi | undefined;

  constructor(options: DescriptionOptions) {
    this.#options = options;
  }

  get #base(): string {
    return this.#options.base ?? '';
  }

  #read(): OpenApi {
    this.#document ??= openApi(this.#options);
    return this.#document;
  }

  #kept(name: string, type: string, make: () => string): DescriptionFile {
    const file = this.#made.get(name) ?? fileOf(type, make());
    this.#made.set(name, file);
    return file;
  }

  /** The document as JSON. */
  document(): DescriptionFile {
    return this.#kept('document', 'application/json', () => JSON.stringify(this.#read()));
  }

  /** The page to be read. */
  page(): DescriptionFile {
    return this.#kept('page', 'text/html; charset=utf-8', () =>
      docsPage(this.#read(), {
        style: `${this.#base}/docs.css`,
        pages: this.#options.errorPages,
        document: `${this.#base}/openapi.json`,
      }),
    );
  }

  /** The stylesheet of the pages. */
  style(): DescriptionFile {
    return this.#kept('style', 'text/css; charset=utf-8', () => style);
  }

  /** The page of a code; undefined where there is none of this name. */
  error(code: string): DescriptionFile | undefined {
    const text = errorPage(code, `${this.#base}/docs.css`, `${this.#base}/docs`);
    return text === undefined ? undefined : fileOf('text/html; charset=utf-8', text);
  }
}
