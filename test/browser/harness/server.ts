/** The server of the browser tests: pages under `test/browser/pages/`, and beside them the sources as they are. */
import { createServer } from 'vite';
import { viteConfig } from '../../../scripts/vite-config.mjs';
import { pagesInFront } from './pages.ts';

/** A running server: its address without a slash at the end, and how to stop it. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the server on a free port of the loopback interface. */
export async function servePages(): Promise<PageServer> {
  const config = viteConfig({ cache: 'vite-test' });
  const server = await createServer({
    ...config,
    plugins: [pagesInFront()],
    server: { ...config.server, port: 0 },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (!address || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}
