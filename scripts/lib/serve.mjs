/**
 * A small server for a folder of built pages, on this machine only. Its answers carry the strict content
 * security policy the elements are made for, so that the portal itself proves they keep to it.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const policy = "default-src 'self'; require-trusted-types-for 'script'";
const PORTS_TRIED = 50;

/** The file a request means, or undefined outside the folder and where there is none. */
function fileOf(folder, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  if (!file.startsWith(folder + sep) || path.includes('\0') || !existsSync(file)) return undefined;
  return statSync(file).isFile() ? file : undefined;
}

function answer(folder, request, response) {
  const file = fileOf(folder, request.url ?? '/');
  if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) {
    response.writeHead(file ? 405 : 404, { 'Content-Type': 'text/plain' }).end(file ? '' : 'Not found\n');
    return;
  }
  response.writeHead(200, {
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Length': statSync(file).size,
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file).pipe(response);
}

function listen(handler, host, port) {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => resolve(server));
  });
}

/**
 * Serves a folder on `localhost`: on 127.0.0.1, and on ::1 where the machine has it, since browsers may
 * try either.
 * @param {string} folder
 * @param {{ port: number, strict?: boolean }} options `strict` refuses another port than the one named
 * @returns {Promise<{ port: number, close: () => Promise<void> }>}
 */
export async function serveFolder(folder, { port, strict = false }) {
  const handler = (request, response) => answer(folder, request, response);
  for (let tried = 0; ; tried++) {
    const servers = [];
    try {
      servers.push(await listen(handler, '127.0.0.1', port === 0 ? 0 : port + tried));
      const taken = servers[0].address().port;
      const second = await listen(handler, '::1', taken).catch((error) => {
        if (error.code === 'EADDRINUSE') throw error;
      });
      if (second) servers.push(second);
      return { port: taken, close: () => closeAll(servers) };
    } catch (error) {
      await closeAll(servers);
      if (error.code !== 'EADDRINUSE' || strict || tried === PORTS_TRIED) throw error;
    }
  }
}

async function closeAll(servers) {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        }),
    ),
  );
}
