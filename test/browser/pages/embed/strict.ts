/** A page as a server writes it: the elements configured by JSON, no script of its own but what a test needs. */
import 'lotledger/define';
import { coldChain, fill, listen, offer } from './host.ts';

listen();
const provider = document.querySelector('lot-ledger');
if (provider) {
  provider.extensions = [coldChain];
  await fill(await provider.ready);
}
await offer({ secure: () => window.isSecureContext });
