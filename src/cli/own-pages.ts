/**
 * Pages of one's own beside the ledger, from a folder: read when they are asked for, so that an edit is seen at
 * the next reload. Only what pages consist of is given out, never what begins with a dot, what packages bring,
 * the data folder, or what lies outside.
 */
import { realpathSync, statSync } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CommandError } from './problems.ts';

/** Where they are below the server's address. */
export const OWN = '/pages/';

/** Data is not among them: JSON in such a folder may be anything, tokens too. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.htm': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** What else may load is the page's own to say, in a `<meta>`; who may frame it is not. */
const always = {
  'Content-Security-Policy': "frame-ancestors 'self'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
} as const;

/** Whether a name may stand in a path: no way up, no stream of Windows, nothing hidden, no packages. */
const isName = (name: string): boolean =>
  name !== '' && name !== 'node_modules' && !/^\.|[\\:\0]|[. ]$/.test(name);

/** The names in a path below `/pages/`, the last one empty for a folder; undefined for a path that is none. */
function namesIn(url: string): readonly string[] | undefined {
  let path: string;
  try {
    path = decodeURIComponent((url.split(/[?#]/, 1)[0] ?? '').slice(OWN.length));
  } catch {
    return undefined;
  }
  const names = path.split('/');
  return names.every((name, i) => isName(name) || (name === '' && i === names.length - 1))
    ? names
    : undefined;
}

const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...always, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

const nothing = (response: ServerResponse): void => plain(response, 404, 'There is no such page here.');

/** To the same folder with a slash at its end: links in its page begin inside. */
const moved = (response: ServerResponse, to: string): void =>
  plain(response.setHeader('Location', to), 308, 'This is a folder.');

function realOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

async function give(
  request: IncomingMessage,
  response: ServerResponse,
  file: string,
  type: string,
): Promise<void> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    response.writeHead(200, { ...always, 'Content-Type': type, 'Content-Length': size });
    if (request.method === 'HEAD') response.end();
    else await pipeline(handle.createReadStream({ autoClose: false, end: Math.max(0, size - 1) }), response);
  } finally {
    await handle.close();
  }
}

/** Answers requests below `/pages/`. */
export type OwnPages = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Gives out the pages of a folder.
 * @param hidden folders and files in it that nobody gets
 * @throws CommandError when there is no such folder
 */
export function ownPages(folder: string, hidden: readonly (string | undefined)[]): OwnPages {
  const root = realOf(folder);
  if (root === undefined || !statSync(root).isDirectory())
    throw new CommandError(`There is no folder ${folder}; --pages names the one your pages are in.`);
  const closed = hidden.flatMap((path) => (path === undefined ? [] : (realOf(path) ?? [])));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { url = '' } = request;
    if (!url.startsWith(OWN)) return moved(response, OWN.slice(1));
    const names = namesIn(url);
    if (names === undefined) return nothing(response);
    const isFolder = names.at(-1) === '';
    const file = await realpath(join(root, ...names, isFolder ? 'index.html' : '')).catch(() => undefined);
    if (file === undefined || !isIn(file, root) || closed.some((path) => isIn(file, path)))
      return nothing(response);
    const found = await stat(file);
    if (found.isDirectory() && !isFolder)
      return moved(response, `${encodeURIComponent(names.at(-1) ?? '')}/`);
    const type = types[extname(file).toLowerCase()];
    if (type === undefined || !found.isFile()) return nothing(response);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return plain(response.setHeader('Allow', 'GET, HEAD'), 405, 'A page is only read.');
    await give(request, response, file, type);
  };
  return (request, response) => {
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else nothing(response);
    });
  };
}
