/**
 * How a ledger looks outside a store: lines of JSON, each on its own. The first says what follows; then the
 * records kept beside the journal, then the journal, commit by commit with the exact texts of its entries;
 * the last line is the head. Both kinds of content are chained, so that a line that is missing, changed, moved
 * or from elsewhere is found at that very line.
 */
import type { PartyRecord } from '../model/records.ts';
import { isLedgerError, LedgerError } from '../ports/errors.ts';
import type { Head, JournalGroup } from '../ports/store.ts';
import { ENTRY_VERSION, readEntry } from '../upcasts/index.ts';
import { headText } from './verify.ts';

/** Raised when the lines themselves change; entries have a version of their own. */
const ARCHIVE_VERSION = 1;

/** The one kind of record kept beside the journal that cannot be made from it, and must not be lost. */
export const BESIDE = 'parties';

/** Records from beside the journal, as many as one line holds: their exact texts, chained like entries. */
export interface BesideGroup {
  readonly texts: readonly string[];
  readonly digest: string;
  readonly link: string;
}

/** What a line holds. */
export type Part =
  | { readonly kind: 'opening' }
  | (BesideGroup & { readonly kind: 'beside'; readonly records: readonly PartyRecord[] })
  | (JournalGroup & { readonly kind: 'group' })
  | (Head & { readonly kind: 'end'; readonly beside: string });

/** Why a line cannot be used, as a word for programs. */
export type Why = 'unreadable' | 'foreign' | 'order' | 'digest' | 'chain' | 'entry' | 'missing' | 'head';

/** The refusal of a line; they count from 1. */
export const badLine = (line: number, why: Why, cause?: unknown): LedgerError =>
  new LedgerError('archive.invalid', { details: { line, why }, cause });

export const openingLine = (): string =>
  JSON.stringify({ lotledger: 'journal', version: ARCHIVE_VERSION, entries: ENTRY_VERSION });

export const besideLine = ({ texts, digest, link }: BesideGroup): string =>
  JSON.stringify({ beside: BESIDE, texts, digest, link });

export const groupLine = ({ firstSeq, texts, digest, link }: JournalGroup): string =>
  JSON.stringify({ seq: firstSeq, texts, digest, link });

/** @param beside the last link of the records beside the journal */
export const endLine = ({ seq, link }: Head, beside: string): string =>
  JSON.stringify({ end: seq, head: headText(link), beside });

type Line = Readonly<Record<string, unknown>>;

const isCount = (value: unknown, least: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
const isText = (value: unknown): value is string => typeof value === 'string';
const isHash = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value);

function lineOf(text: string, line: number): Line {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Line;
  } catch (cause) {
    throw badLine(line, 'unreadable', cause);
  }
  throw badLine(line, 'foreign');
}

function opening(read: Line): Part {
  const { lotledger, version, entries } = read;
  if (lotledger !== 'journal' || !isCount(version, 1) || !isCount(entries, 1)) throw badLine(1, 'foreign');
  if (version > ARCHIVE_VERSION || entries > ENTRY_VERSION) throw new LedgerError('store.newer');
  return { kind: 'opening' };
}

/** What entries and records beside them have in common. */
function chained(read: Line, line: number): BesideGroup {
  const { texts, digest, link } = read;
  // a text of two lines would have the digest of two texts
  const good =
    Array.isArray(texts) && texts.length > 0 && texts.every((text) => isText(text) && !text.includes('\n'));
  if (!good || !isHash(digest) || !isHash(link)) throw badLine(line, 'foreign');
  return { texts: texts as string[], digest, link };
}

function party(text: string, line: number): PartyRecord {
  const read = lineOf(text, line);
  const { id, version, edition, kind, code, name } = read;
  const good = [id, kind, code].every(isText) && (name === null || isText(name));
  if (!good || !isCount(version, 1) || !isCount(edition, 1)) throw badLine(line, 'foreign');
  return read as unknown as PartyRecord;
}

function entries({ texts }: BesideGroup, line: number): void {
  for (const text of texts) {
    try {
      const { id, name, facts } = readEntry(text);
      if (!isText(id) || !isText(name) || !Array.isArray(facts)) throw badLine(line, 'entry');
    } catch (thrown) {
      if (isLedgerError(thrown) && thrown.code === 'store.newer') throw thrown;
      throw badLine(line, 'entry', thrown);
    }
  }
}

function end({ end: seq, head, beside }: Line, line: number): Part {
  const link = isText(head) ? head.replace(/^sha256:/, '') : head;
  if (!isCount(seq, 0) || !isHash(link) || !isHash(beside)) throw badLine(line, 'foreign');
  return { kind: 'end', seq, link, beside };
}

/**
 * What a line says by itself; whether it follows from the lines before is the reader's.
 * @throws LedgerError archive.invalid, store.newer
 */
export function partOf(text: string, line: number): Part {
  const read = lineOf(text, line);
  if (line === 1) return opening(read);
  if ('end' in read) return end(read, line);
  const group = chained(read, line);
  if (isCount(read.seq, 1)) {
    entries(group, line);
    return { kind: 'group', firstSeq: read.seq, ...group };
  }
  if (read.beside !== BESIDE) throw badLine(line, 'foreign');
  return { kind: 'beside', ...group, records: group.texts.map((each) => party(each, line)) };
}
