/**
 * `posting.link@1 {id, document, line?}`: a document of the host that was derived from a posting, or from one
 * line of it, as an invoice from a delivery note (R133). Nothing moves; an invoice fixes the codes of the lots
 * and serials it names (R86).
 */
import * as z from 'zod/mini';
import { documentInput } from '../model/posting.ts';
import type { DocumentRef, PostingRecord } from '../model/records.ts';
import { code, maybe, read } from '../model/schema.ts';
import { LedgerError } from '../ports/errors.ts';
import type { CommandDefinition } from '../ports/view.ts';
import { isSameDocument } from '../rules/documents.ts';

const linkInput = z.strictObject({ id: z.string(), line: maybe(z.string()), document: documentInput });
const linkArgs = z.strictObject({
  ...linkInput.shape,
  document: z.strictObject({ ...documentInput.shape, number: code() }),
});
type LinkInput = z.infer<typeof linkInput>;

/** Whether every line that is meant has the document already. */
function isLinked(posting: PostingRecord, line: string | null, document: DocumentRef): boolean {
  return posting.lines
    .filter((each) => line === null || each.id === line)
    .every((each) => each.documents.some((known) => isSameDocument(known, document)));
}

const link: CommandDefinition<LinkInput> = {
  name: 'posting.link@1',
  schema: linkArgs,
  parse(args) {
    const input = read(linkInput, args);
    if (!input.document.number?.trim()) throw new LedgerError('field.required', { path: 'document.number' });
    return input;
  },
  decide({ id, line = null, document: input }, view) {
    const posting = view.get('postings', id);
    if (!posting) throw new LedgerError('posting.notFound', { details: { id } });
    if (line !== null && !posting.lines.some((each) => each.id === line)) {
      throw new LedgerError('posting.lineNotFound', { path: 'line', details: { line } });
    }
    const { type, number = null, date = null, url = null } = input;
    const document: DocumentRef = { type, number, date, url };
    if (isLinked(posting, line, document)) return { facts: [] };
    return { facts: [{ kind: 'documentLinked', posting: id, line, document }] };
  },
};

export const documentCommands = [link] as unknown as CommandDefinition[];
