/** Postings as hosts read them: from their records, and from the receipts of the commands that made them. */
import type { DocumentRef, PartyRef, PostingLine, PostingRecord } from '../../model/records.ts';
import type { PostedLine, Posting } from '../../model/views.ts';
import { isSameDocument } from '../../rules/documents.ts';
import { postingNumberText } from '../../rules/posting-number.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { own } from './own.ts';

const lineView = (line: PostingLine): PostedLine => ({
  id: line.id,
  item: line.item,
  variant: line.variant,
  quantity: formatSteps(line.quantity, line.decimals),
  unit: line.unit,
  entered: own(line.entered),
  location: line.location,
  note: line.note,
  project: line.project,
  lots: line.lots.map(({ lot, quantity, ...row }) => ({
    id: lot,
    ...row,
    quantity: formatSteps(quantity, line.decimals),
  })),
  serials: line.serials.map(({ serial, code, lot, lotCode, location }) => ({
    id: serial,
    code,
    lot: lotCode,
    lotId: lot,
    location,
  })),
  reverses: line.reverses,
  reversedBy: line.reversedBy,
  documents: own(line.documents),
  returns: own(line.returns),
  returned: line.returned.map(({ lot, serial, quantity }) => ({
    lotId: lot,
    serialId: serial,
    quantity: formatSteps(quantity, line.decimals),
  })),
});

/** The documents of all lines, each once. */
function documentsOf(lines: readonly PostingLine[]): DocumentRef[] {
  const found: DocumentRef[] = [];
  for (const document of lines.flatMap((line) => line.documents)) {
    if (!found.some((known) => isSameDocument(known, document))) found.push(document);
  }
  return own(found);
}

/** What a posting's record and a receipt's posting have in common. */
export type PostedRecord = Omit<PostingRecord, 'version' | 'seq' | 'print'>;

/** What it took of reservations; quantities in the unit of the line. */
const fulfilledView = ({ lines, fulfilled }: PostedRecord): Posting['fulfilled'] =>
  fulfilled.map(({ reservation, line, quantity }) => {
    const decimals = lines.find(({ id }) => id === line)?.decimals ?? 0;
    return { reservation, line, quantity: formatSteps(quantity, decimals) };
  });

/**
 * A posting as hosts read it. Pure: lines carry their decimals.
 * @param nameOf the name of its party, where the reader knows it
 */
export function postingView(
  record: PostedRecord,
  nameOf: (party: PartyRef) => string | null = () => null,
): Posting {
  const { party } = record;
  return {
    id: record.id,
    number: record.number,
    numberText: postingNumberText(record.date, record.number),
    key: record.key,
    warehouse: record.warehouse,
    template: record.template,
    type: record.type,
    intent: record.intent,
    date: record.date,
    document: own(record.document),
    internalDocument: own(record.internalDocument),
    party: party ? { kind: party.kind, code: party.code, name: nameOf(party) } : null,
    project: record.project,
    note: record.note,
    lines: record.lines.map(lineView),
    documents: documentsOf(record.lines),
    operation: record.operation,
    counterpart: record.counterpart,
    main: record.main,
    traced: record.traced,
    corrects: record.corrects,
    count: record.count,
    unverified: record.unverified,
    fulfilled: fulfilledView(record),
    reverses: record.reverses,
    reversed: record.reversed,
    reason: record.reason,
    actor: record.actor,
    recordedAt: record.at,
    warnings: own(record.warnings),
  };
}
