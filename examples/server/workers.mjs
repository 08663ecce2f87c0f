/**
 * The ledger's API as a Worker: settings come with each request, and there is no disk, so the ledger is in
 * PostgreSQL (DATABASE_URL, best through a pool of the platform's own). An isolate keeps what it has opened for
 * the requests that follow; a ledger that could not be opened is tried again by the next.
 */
import { createHandler } from 'lotledger/server';
import { openShared, signedIn } from './ledger.mjs';

let opening;

async function make(env) {
  const ledger = await openShared(env);
  return createHandler({
    ledger,
    base: '/api',
    secret: env.CURSOR_SECRET, // the same in every isolate
    authenticate: (request, context) => signedIn(request, context.env),
  });
}

export default {
  async fetch(request, env) {
    opening ??= make(env).catch((error) => {
      opening = undefined;
      throw error;
    });
    return (await opening)(request, { env });
  },
};
