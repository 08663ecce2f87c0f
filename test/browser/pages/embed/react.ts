/** React 19 in strict mode: objects as properties, events by their names, effects run twice. */
import 'lotledger/define';
import type { Ledger } from 'lotledger';
import { createElement, StrictMode, useEffect, useState } from 'react';
// @ts-expect-error its types are a package of their own, which one line does not need
import { createRoot } from 'react-dom/client';
import { coldChain, dairy, heard, listen, offer } from './host.ts';

listen();
let setRows: (rows: number) => void = () => {};
const opened = (event: CustomEvent): void => void heard.push({ name: 'react', detail: event.detail });
const extensions = [coldChain];

/** The page; it opens its ledger as it appears, and leaves one that came too late. */
function Lots() {
  const [ledger, setLedger] = useState<Ledger | undefined>(undefined);
  const [rows, set] = useState(2);
  setRows = set;
  useEffect(() => {
    let gone = false;
    void dairy().then((opened) => (gone ? opened.close() : setLedger(opened)));
    return () => {
      gone = true;
    };
  }, []);
  return createElement(
    'lot-ledger',
    { ledger, extensions },
    createElement('lot-register', { rows, density: 'compact', 'onlot-open': opened }),
  );
}

const place = document.querySelector('#app');
if (place) createRoot(place).render(createElement(StrictMode, null, createElement(Lots)));
await offer({ setRows: (rows: number) => setRows(rows) });
