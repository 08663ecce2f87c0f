/** A register in a modal of Bootstrap, which traps the focus and closes at Escape. */
import { coldChain, dairy, hostLook, listen, offer } from './host.ts';

const script = document.createElement('script');
script.src = '/node_modules/bootstrap/dist/js/bootstrap.bundle.min.js';
const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
document.head.append(script);
await loaded;
listen();
const before = await hostLook();
await import('lotledger/define');
const provider = document.querySelector('lot-ledger');
if (provider) {
  provider.extensions = [coldChain];
  provider.ledger = await dairy();
}
await offer({ focused: () => document.activeElement?.localName }, before);
