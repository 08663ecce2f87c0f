/** The bridge to node:http over real sockets: streams both ways, slow and broken senders, readers that go. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { ServerOptions } from '../../src/server/index.ts';
import { nodeListener } from '../../src/server/node.ts';
import { type Site, site } from './setup.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];

interface Serving extends Site {
  readonly port: number;
  readonly url: string;
}

async function serving(options: Partial<ServerOptions> = {}): Promise<Serving> {
  const at = await site(options);
  const server = createServer(nodeListener(at.handler));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { ...at, port, url: `http://127.0.0.1:${port}` };
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        }),
    ),
  );
});

const signedIn = { authorization: 'Bearer maria' };
const json = { ...signedIn, 'content-type': 'application/json' };

/** A connection on which a test writes what it likes. */
async function raw(port: number): Promise<{ socket: Socket; text: () => string; closed: Promise<void> }> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.on('data', (piece) => {
    text += piece.toString();
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  return { socket, text: () => text, closed };
}

const opening = (method: string, path: string, more: readonly string[] = []): string =>
  [`${method} ${path} HTTP/1.1`, 'host: evil.example', 'authorization: Bearer maria', ...more, '', ''].join(
    '\r\n',
  );

test('requests and answers go through, with their bodies and headers', async () => {
  const { url } = await serving();
  const made = await fetch(`${url}/grades`, { method: 'POST', headers: json, body: '{"code":"É 1"}' });
  expect([made.status, await made.json()]).toMatchObject([201, { code: 'É 1' }]);
  expect(made.headers.get('etag')).toMatch(/^"1-/);
  const read = await fetch(`${url}${made.headers.get('location')}`, { headers: signedIn });
  expect((await read.json()).code).toBe('É 1');
  const patched = await fetch(`${url}${made.headers.get('location')}`, {
    method: 'PATCH',
    headers: { ...json, 'if-match': read.headers.get('etag') as string },
    body: '{"description":"x"}',
  });
  expect(patched.status).toBe(200);
  const known = await fetch(read.url, {
    headers: { ...signedIn, 'if-none-match': patched.headers.get('etag') as string },
  });
  expect(known.status).toBe(304);
  const head = await fetch(read.url, { method: 'HEAD', headers: signedIn });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('what a request says of its host is not believed, nor does it lead elsewhere', async () => {
  const seen: string[] = [];
  const { port } = await serving({
    authenticate: (request) => {
      seen.push(request.url);
      return { actor: 'maria' };
    },
  });
  for (const path of ['/grades?limit=1', 'http://evil.example/grades', '//evil.example/grades']) {
    const { socket, text } = await raw(port);
    socket.write(opening('GET', path, ['connection: close']));
    await expect.poll(text).toMatch(/^HTTP\/1.1 (200|404)/);
  }
  expect(seen).toEqual(['http://localhost/grades?limit=1', 'http://localhost/grades']);
});

test('a method no request may have is refused', async () => {
  const { port } = await serving();
  const { socket, text } = await raw(port);
  socket.write(opening('TRACE', '/grades', ['connection: close']));
  await expect.poll(text).toMatch(/^HTTP\/1.1 400/);
});

test('a body larger than allowed is answered while it is still being sent', async () => {
  const { port } = await serving({ limits: { bodyBytes: 10_000 } });
  const { socket, text, closed } = await raw(port);
  socket.write(
    opening('POST', '/commands', ['content-type: application/json', 'transfer-encoding: chunked']),
  );
  const piece = `1000\r\n${' '.repeat(0x1000)}\r\n`;
  const sending = setInterval(() => socket.write(piece), 5);
  await expect.poll(text, { timeout: 10_000 }).toMatch(/^HTTP\/1.1 413[\s\S]*limit\.size/);
  await closed;
  clearInterval(sending);
});

test('a body that trickles in is answered with 408, and the connection is closed', async () => {
  const { port } = await serving({ limits: { bodySeconds: 0.2 } });
  const { socket, text, closed } = await raw(port);
  socket.write(opening('POST', '/commands', ['content-type: application/json', 'content-length: 1000']));
  const sending = setInterval(() => socket.write(' '), 20);
  await expect.poll(text, { timeout: 10_000 }).toMatch(/^HTTP\/1.1 408[\s\S]*request\.slow/);
  await closed;
  clearInterval(sending);
});

test('a sender that hangs up in the middle of a body harms nobody', async () => {
  const { port, url, lines } = await serving();
  const { socket } = await raw(port);
  socket.write(opening('POST', '/commands', ['content-type: application/json', 'content-length: 1000']));
  socket.write('{"commands":[');
  await new Promise((resolve) => setTimeout(resolve, 30));
  socket.destroy();
  await expect.poll(() => lines.length).toBeGreaterThan(0);
  expect((await fetch(`${url}/grades`, { headers: signedIn })).status).toBe(200);
});

test('whoever asks and hangs up is noticed', async () => {
  const signals: AbortSignal[] = [];
  const { port, handler } = await serving({
    authenticate: (request) => {
      signals.push(request.signal);
      return { actor: 'maria' };
    },
  });
  const { socket } = await raw(port);
  socket.write(opening('GET', '/changes?wait=60&after=0'));
  await expect.poll(() => signals.length).toBe(1);
  socket.destroy();
  await expect.poll(() => signals[0]?.aborted).toBe(true);
  await handler.close();
});

test('events come as they happen, and end when the server stops', async () => {
  const { url, ledger, handler } = await serving();
  const response = await fetch(`${url}/changes`, { headers: { ...signedIn, accept: 'text/event-stream' } });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  const reading = (async () => {
    for (let step = await reader.read(); !step.done; step = await reader.read())
      text += new TextDecoder().decode(step.value);
  })();
  await expect.poll(() => text).toContain('retry:');
  await ledger.grades.create({ code: 'A' });
  await expect.poll(() => text).toContain('id: 1\ndata: {"seq":1');
  await handler.close();
  await reading;
});

test('a reader of events that goes frees its place', async () => {
  const { url, lines } = await serving({ limits: { streams: 1 } });
  const open = () => {
    const gone = new AbortController();
    const headers = { ...signedIn, accept: 'text/event-stream' };
    return { gone, response: fetch(`${url}/changes`, { headers, signal: gone.signal }) };
  };
  const first = open();
  expect((await first.response).status).toBe(200);
  expect((await open().response).status).toBe(429);
  first.gone.abort();
  await expect.poll(() => lines.some((line) => line.type === 'request' && line.status === 200)).toBe(true);
  expect((await open().response).status).toBe(200);
});

test('a large answer waits for a slow reader', async () => {
  const { port, ledger } = await serving();
  const note = 'x'.repeat(3_000);
  const codes = Array.from({ length: 500 }, (_, i) => `G${i}`);
  await ledger.items.create({ code: 'I', unit: { code: 'PCE', decimals: 0 }, lots: {} } as never);
  for (const code of codes) await ledger.lots.create({ item: 'I', code, notes: note });
  const { socket, text } = await raw(port);
  socket.pause();
  socket.write(opening('GET', '/lots?limit=500', ['connection: close']));
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.resume();
  await expect.poll(() => text().length, { timeout: 20_000 }).toBeGreaterThan(500 * 3_000);
  expect(JSON.parse(text().slice(text().indexOf('\r\n\r\n') + 4)).items).toHaveLength(500);
});
