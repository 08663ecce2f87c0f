/** A page with nothing in it: what the harness's own test opens. */
import { openDB } from 'idb';
import { LedgerError } from '../../../src/core/ports/errors.ts';

Object.assign(window, {
  tests: {
    /** What kind of context this is, and that packages and sources load. */
    about: () => ({
      secure: window.isSecureContext,
      locks: 'locks' in navigator,
      error: new LedgerError('store.closed').code,
    }),
    async write(value: string) {
      const db = await openDB('harness', 1, { upgrade: (fresh) => void fresh.createObjectStore('values') });
      const tx = db.transaction('values', 'readwrite', { durability: 'strict' });
      tx.store.put(value, 'value');
      await tx.done;
    },
    async read() {
      const db = await openDB('harness', 1);
      return db.get('values', 'value');
    },
  },
});
