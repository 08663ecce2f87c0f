/**
 * The ledger's API in a Next app: this is app/api/[...path]/route.js, whole. One ledger serves all requests of a
 * process, also while the development server loads this file again.
 */
import { createHandler } from 'lotledger/server';
import { openShared, signedIn } from './ledger.mjs';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

async function make() {
  const ledger = await openShared();
  return createHandler({
    ledger,
    base: '/api',
    secret: process.env.CURSOR_SECRET,
    authenticate: (request) => signedIn(request),
  });
}

const handle = async (request) => {
  globalThis.lotledgerHandler ??= make();
  return (await globalThis.lotledgerHandler)(request);
};

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
