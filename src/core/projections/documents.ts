/**
 * Documents of the host that were derived from a posting, an invoice from a delivery note: they show on its
 * lines and move nothing (R133). An invoice has left the house, and with it the codes it names (R86).
 */
import type { Entry } from '../model/facts.ts';
import type { DocumentRef, PostingLine } from '../model/records.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { isInvoice, isSameDocument } from '../rules/documents.ts';

function lockCodes(lines: readonly PostingLine[], writer: Writer): void {
  for (const line of lines) {
    for (const row of line.lots) {
      const lot = writer.get('lots', row.lot);
      if (lot && !lot.left) writer.put('lots', { ...lot, left: true });
    }
    for (const row of line.serials) {
      const serial = writer.get('serials', row.serial);
      if (serial && !serial.left) writer.put('serials', { ...serial, left: true });
    }
  }
}

function link(id: string, line: string | null, document: DocumentRef, writer: Writer): void {
  const posting = writer.get('postings', id);
  if (!posting) return;
  const isMeant = (each: PostingLine): boolean => line === null || each.id === line;
  const lines = posting.lines.map((each) => {
    if (!isMeant(each) || each.documents.some((known) => isSameDocument(known, document))) return each;
    return { ...each, documents: [...each.documents, document] };
  });
  writer.put('postings', { ...posting, lines });
  if (isInvoice(document)) lockCodes(posting.lines.filter(isMeant), writer);
}

export const documents: Projection = {
  name: 'documents',
  version: 1,
  collections: ['postings', 'lots', 'serials'],
  apply(entry: Entry, writer: Writer) {
    for (const fact of entry.facts) {
      if (fact.kind === 'documentLinked') link(fact.posting, fact.line, fact.document, writer);
    }
  },
};
