/** Two ledgers on one page, each in a language of its own. */
import 'lotledger/define';
import { coldChain, dairy, listen, offer } from './host.ts';

listen();
for (const provider of document.querySelectorAll('lot-ledger')) {
  provider.extensions = [coldChain];
  provider.ledger = await dairy();
}
await offer();
