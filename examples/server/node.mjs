/** The ledger's API on Node alone. API_TOKEN=… node examples/server/node.mjs */
import { createServer } from 'node:http';
import { createHandler, nodeListener } from 'lotledger/server';
import { openShared, signedIn } from './ledger.mjs';

const ledger = await openShared();
const handler = createHandler({
  ledger,
  secret: process.env.CURSOR_SECRET,
  authenticate: (request) => signedIn(request),
});
const server = createServer(nodeListener(handler));

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/capabilities`);
});

process.once('SIGTERM', async () => {
  server.close();
  await handler.close(); // answers what is under way
  server.closeAllConnections();
  await ledger.close();
});
