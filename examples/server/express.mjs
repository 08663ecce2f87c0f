/**
 * The ledger's API among the routes of an Express app: before anything that reads bodies, since it reads its own,
 * and by a route rather than by `app.use`, which would take the path of the mount off the address.
 */
import express from 'express';
import { createHandler, nodeListener } from 'lotledger/server';
import { openShared, signedIn } from './ledger.mjs';

const ledger = await openShared();
const handler = createHandler({
  ledger,
  base: '/api',
  secret: process.env.CURSOR_SECRET,
  authenticate: (request) => signedIn(request),
});
const listener = nodeListener(handler);

const app = express();
app.all('/api/*path', (request, response) => listener(request, response));
app.use(express.json());
app.get('/', (_request, response) => response.send('The page of the portal'));

const server = app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/api/capabilities`);
});

process.once('SIGTERM', async () => {
  server.close();
  await handler.close();
  server.closeAllConnections();
  await ledger.close();
});
