/** Elements that stand there first: the provider around one is defined two seconds later, that of the other is added then. */
import 'lotledger/define/lot-register';
import 'lotledger/define/posting-register';
import { coldChain, dairy, listen, offer } from './host.ts';

listen();
const ledger = await dairy();
/** The property is set while nobody knows the tag yet. */
const around = document.querySelector('#around');
if (around) Object.assign(around, { ledger });

setTimeout(async () => {
  await import('lotledger/define/lot-ledger');
  const later = document.createElement('lot-ledger');
  later.id = 'later';
  later.extensions = [coldChain];
  later.ledger = ledger;
  document.body.append(later);
}, 2_000);

await offer({ defined: () => customElements.get('lot-ledger') !== undefined });
