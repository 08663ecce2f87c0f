/** A host's page with a ledger it opened itself; its style sheet is what differs from page to page. */
import { coldChain, dairy, hostLook, listen, offer } from './host.ts';

listen();
const before = await hostLook();
await import('lotledger/define');
const provider = document.querySelector('lot-ledger');
if (provider) {
  provider.extensions = [coldChain];
  provider.ledger = await dairy();
}
await offer({}, before);
