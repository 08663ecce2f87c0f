/** Two versions of the package on one page: the second leaves the tags to the first, and has its own by a prefix. */
import type { LotLedger } from '../../../../src/components/elements/lot-ledger.ts';
import { coldChain, fill, listen, offer } from './host.ts';

listen();
// one after the other, as script tags come
for (const address of ['/dist/bundle/', '/other-version/'].map((folder) => `${folder}lotledger.js`)) {
  await import(/* @vite-ignore */ address);
}
const prefixed = '/other-version/lotledger.js?prefix=acme';
await import(/* @vite-ignore */ prefixed);
for (const tag of ['lot-ledger', 'acme-lot-ledger']) {
  await customElements.whenDefined(tag);
  const provider = document.querySelector<LotLedger>(tag);
  if (!provider) continue;
  provider.extensions = [coldChain];
  await fill(await provider.ready);
}
await offer();
