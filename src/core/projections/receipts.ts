/** Which command ids were accepted, and where their entries are (R88). */
import type { Projection } from '../ports/view.ts';

export const receipts: Projection = {
  name: 'receipts',
  version: 1,
  collections: ['receipts'],
  apply(entry, writer) {
    writer.put('receipts', { id: entry.id, seq: writer.seq, print: entry.print });
  },
};
