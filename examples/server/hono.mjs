/**
 * The ledger's API among the routes of a Hono app. Where Hono has a runtime of its own, `export default app` is
 * all; on Node the bridge of the package carries it.
 */
import { createServer } from 'node:http';
import { Hono } from 'hono';
import { createHandler, nodeListener } from 'lotledger/server';
import { openShared, signedIn } from './ledger.mjs';

const ledger = await openShared();
const handler = createHandler({
  ledger,
  base: '/api',
  secret: process.env.CURSOR_SECRET,
  authenticate: (request) => signedIn(request),
});

const app = new Hono();
app.get('/', (context) => context.text('The page of the portal'));
app.all('/api/*', (context) => handler(context.req.raw));

const server = createServer(nodeListener(app.fetch));
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/api/capabilities`);
});

process.once('SIGTERM', async () => {
  server.close();
  await handler.close();
  server.closeAllConnections();
  await ledger.close();
});
