/** The host's documents beside a posting: when two are the same, and which of them is an invoice. */
import type { DocumentRef } from '../model/records.ts';
import { codeKey } from '../ports/keys.ts';

/** The same document: of one type and number, whatever else is said of it. */
export const isSameDocument = (a: DocumentRef, b: DocumentRef): boolean =>
  a.type === b.type && codeKey(a.number ?? '') === codeKey(b.number ?? '');

/** An invoice names the lots it bills: their codes are fixed from then on (R86). */
export const isInvoice = ({ type }: Pick<DocumentRef, 'type'>): boolean =>
  type === 'salesInvoice' || type === 'purchaseInvoice';
