/**
 * The pages of the portal and the scripts for pages of one's own, from the folders they were built into: read
 * once when the server starts, so that no request ever names a path of the disk. The portal is told where the
 * API is.
 */
import { createHash } from 'node:crypto';
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
  readonly etag: string;
  /** Its name changes with its content. */
  readonly forGood: boolean;
  /** Pages from anywhere may load it. */
  readonly open: boolean;
}

/** Answers a request for a page; false where there is none of this path. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Where the API is, as the page finds it: beside itself, also behind a proxy that adds a path. */
const told = (html: string): string =>
  html.replace('<head>', '<head>\n    <meta name="lotledger-api" content="api" />');

const portal = fileURLToPath(new URL('../portal/', import.meta.url));
const bundle = fileURLToPath(new URL('../bundle/', import.meta.url));

const etagOf = (body: Buffer): string => `"${createHash('sha256').update(body).digest('base64url')}"`;

/** The scripts for a script tag: `/lotledger.js` and the others, with what they load from beside themselves. */
function scripts(): Map<string, Page> {
  const found = new Map<string, Page>();
  if (!existsSync(bundle)) return found;
  for (const name of readdirSync(bundle).filter((each) => each.endsWith('.js'))) {
    const body = readFileSync(join(bundle, name));
    const type = types['.js'] as string;
    found.set(`/${name}`, { type, body, etag: etagOf(body), forGood: false, open: true });
  }
  return found;
}

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
    pages.set(name, { type, body, etag: etagOf(body), forGood: name.startsWith('/assets/'), open: false });
  }
  const index = pages.get('/index.html');
  if (index) pages.set('/', index);
  return pages;
}

const plain = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { ...always, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
};

/** The portal's pages and the scripts; an answer of 404 for everything else. */
export function portalPages(): Pages & { readonly there: boolean } {
  const pages = new Map([...scripts(), ...pagesIn(portal)]);
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
    const headers = {
      ...always,
      ...(page.open ? { 'Access-Control-Allow-Origin': '*' } : {}),
      'Cache-Control': page.forGood ? 'public, max-age=31536000, immutable' : 'no-cache',
      ETag: page.etag,
    };
    if (request.headers['if-none-match'] === page.etag) {
      response.writeHead(304, headers).end();
      return true;
    }
    response.writeHead(200, { ...headers, 'Content-Type': page.type, 'Content-Length': page.body.length });
    response.end(request.method === 'HEAD' ? undefined : page.body);
    return true;
  };
  return Object.assign(answer, { there: pages.has('/') });
}
