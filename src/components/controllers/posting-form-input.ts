/** The posting as the ledger takes it, from what was typed: only lines on which nothing is left to type. */
import { sideOf } from './posting-form-counterpart.ts';
import type { LineDraft, LotRow, PostingDraft, TemplateTerms } from './posting-form-draft.ts';
import { filledRows, type LineStatus, namesLots, rowQuantity } from './posting-form-status.ts';

type Row = Record<string, unknown>;

const given = (values: Readonly<Record<string, string>>): Row =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));

function lotRow(row: LotRow, locale: string, load: boolean): Row {
  const { code, location, expiry, supplierLot, manufacturer } = row;
  const own: Record<string, string> = load ? { expiryDate: expiry.value, supplierLot, manufacturer } : {};
  return { ...given({ code: code.trim(), location, ...own }), quantity: rowQuantity(row, locale) };
}

/** Serials in the order they stand, filling the named lots one after the other. */
function serialRows(line: LineDraft, codes: readonly string[], locale: string, assign: boolean): Row[] {
  const rows = filledRows(line.rows);
  if (!assign || rows.length < 2) return codes.map((code) => ({ code }));
  const lots: string[] = [];
  for (const row of rows) {
    const count = Number(rowQuantity(row, locale));
    if (Number.isInteger(count))
      for (let i = 0; i < count && lots.length < codes.length; i++) lots.push(row.code.trim());
  }
  return codes.map((code, i) => (lots[i] === undefined ? { code } : { code, lot: lots[i] }));
}

/** One line as the ledger takes it. */
export function lineInput(
  line: LineDraft,
  status: LineStatus,
  o: { readonly load: boolean; readonly locale: string; readonly codes: readonly string[] },
): Row {
  const { load, locale, codes } = o;
  const input: Row = {
    item: line.item.code,
    ...given({ variant: line.variant, unit: line.unit, location: line.location }),
    quantity: status.quantity.ok ? status.quantity.value : line.quantity,
  };
  const named = namesLots(line, status, load);
  if (named) input.lots = filledRows(line.rows).map((row) => lotRow(row, locale, load));
  else if (status.lotMeter !== undefined) input.lots = 'auto';
  if (status.serials) {
    input.serials = line.serialsMode === 'auto' ? 'auto' : serialRows(line, codes, locale, load && named);
  }
  return input;
}

/** Header fields as the ledger takes them. */
export function headerInput({ header }: PostingDraft, terms: TemplateTerms | undefined): Row {
  const { warehouse, template, date, partyKind, partyCode, partyName, documentType, documentNumber } = header;
  const input: Row = { warehouse, template, date: date.value };
  if (partyCode.trim() !== '') {
    input.party = { kind: partyKind, code: partyCode.trim(), ...given({ name: partyName }) };
  }
  if (documentType !== '') {
    const more = given({ number: documentNumber, date: header.documentDate.value });
    input.document = { type: documentType, ...more };
  }
  if (header.note.trim() !== '') input.note = header.note;
  const location = header.counterpartLocation.trim();
  if (location !== '' && sideOf(terms) !== undefined) input.counterpart = { location };
  return input;
}

/** Whether the header lets lines be shown to the ledger. */
export const headerReady = ({ header }: PostingDraft, template: TemplateTerms | undefined): boolean =>
  header.warehouse !== '' && template !== undefined && header.date.value !== '';

/** What is missing: header fields by name, lines by key. */
export interface Missing {
  readonly fields: readonly string[];
  readonly lines: readonly number[];
}

/**
 * Header fields without which nothing can be posted, and `lines` when there are none. `place`: the opposite
 * side's location is still to be said.
 */
export function missingFields(
  { header, lines }: PostingDraft,
  template: TemplateTerms | undefined,
  o: { readonly place: boolean },
): string[] {
  const absent: Readonly<Record<string, boolean>> = {
    warehouse: header.warehouse === '',
    template: header.template === '',
    counterpart: o.place,
    date: header.date.value === '',
    party: template?.requireParty === true && header.partyCode.trim() === '',
    document: template?.requireDocument === true && header.documentNumber.trim() === '',
    lines: lines.length === 0,
  };
  return Object.keys(absent).filter((field) => absent[field]);
}
