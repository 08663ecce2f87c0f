/**
 * The pages of the portal, from the folder they were built into: read once when the server starts, so that no
 * request ever names a path of the disk. They are told where the API is.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const always = {
  'Content-Security-Policy':
    "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; require-trusted-types-for 'script'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
} as const;

interface Page {
  readonly type: string;
  readonly body: Buffer;
  /** Its name changes with its content. */
  readonly forGood: boolean;
}

/** Answers a request for a page; false where there is none of this path. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Where the API is, as the page finds it: beside itself, also behind a proxy that adds a path. */
const told = (html: string): string =>
  html.replace('<head>', '<head>\n    <meta name="lotledger-api" content="api" />');

const folder = fileURLToPath(new URL('../portal/', import.meta.url));

function pagesIn(path: string): Map<string, Page> {
  const pages = new Map<string, Page>();
  if (!existsSync(path)) return pages;
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const name = `/${relative(path, file).split(sep).join('/')}`;
    const type = types[extname(file)];
    if (type === undefined) continue;
    const bytes = readFileSync(file);
    const body = name.endsWith('.html') ? Buffer.from(told(bytes.toString('utf8'))) : bytes;
    pages.set(name, { type, body, forGood: name.startsWith('/assets/') });
  }
  const index = pages.get('/index.html');
  if (index) pages.set('/', index);
  return pages;
}

const plain = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { ...always, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
};

/** The portal's pages; an answer of 404 for everything else. */
export function portalPages(): Pages & { readonly there: boolean } {
  const pages = pagesIn(folder);
  const answer: Pages = (request, response) => {
    const path = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
    const page = pages.get(path);
    if (page === undefined) {
      plain(response, 404, 'There is nothing here. The API is below /api.');
      return false;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      plain(response.setHeader('Allow', 'GET, HEAD'), 405, 'A page is only read.');
      return true;
    }
    response.writeHead(200, {
      ...always,
      'Content-Type': page.type,
      'Content-Length': page.body.length,
      'Cache-Control': page.forGood ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    response.end(request.method === 'HEAD' ? undefined : page.body);
    return true;
  };
  return Object.assign(answer, { there: pages.has('/') });
}
