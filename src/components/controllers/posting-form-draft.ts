/** What stands in a posting that is being written, as typed. Plain data, changed only by making it anew. */
import type { Item } from '../core.ts';
import type { DateState } from '../primitives/index.ts';

/** One lot of a line: on a load a new or known one, on an unload one to take from at a place. */
export interface LotRow {
  readonly key: number;
  readonly code: string;
  /** As typed, in the line's unit. */
  readonly quantity: string;
  readonly location: string;
  readonly expiry: DateState;
  readonly supplierLot: string;
  readonly manufacturer: string;
}

export interface LineDraft {
  /** Stays the same while the line lives. */
  readonly key: number;
  readonly item: Item;
  readonly variant: string;
  /** As typed. */
  readonly quantity: string;
  /** '' = the item's own unit. */
  readonly unit: string;
  /** '' = any, or the template's own. */
  readonly location: string;
  readonly lotsMode: 'auto' | 'rows';
  readonly rows: readonly LotRow[];
  readonly serialsMode: 'auto' | 'typed';
  readonly serialText: string;
}

export type PartyKind = 'customer' | 'supplier' | 'other';

export interface HeaderDraft {
  readonly warehouse: string;
  readonly template: string;
  readonly date: DateState;
  readonly partyKind: PartyKind;
  readonly partyCode: string;
  readonly partyName: string;
  readonly documentType: string;
  readonly documentNumber: string;
  readonly documentDate: DateState;
  readonly note: string;
  /** Where the opposite side lies, as typed. */
  readonly counterpartLocation: string;
}

export interface PostingDraft {
  readonly header: HeaderDraft;
  readonly lines: readonly LineDraft[];
}

/** What a template decides for a form: its direction, what it tracks, what it makes. */
export interface TemplateTerms {
  readonly code: string;
  readonly type: 'load' | 'unload';
  readonly intent: string;
  readonly tracksLots: boolean;
  readonly tracksSerials: boolean;
  readonly generatesSerials: boolean;
  readonly requireDocument: boolean;
  readonly requireParty: boolean;
  readonly defaultLocation: string | null;
  readonly explodeComponents: boolean;
  readonly counterpart: { readonly warehouse: string; readonly template: string } | null;
}

const noDate: DateState = { value: '' };

export function emptyHeader(today: string): HeaderDraft {
  return {
    warehouse: '',
    template: '',
    date: { value: today },
    partyKind: 'supplier',
    partyCode: '',
    partyName: '',
    documentType: '',
    documentNumber: '',
    documentDate: noDate,
    note: '',
    counterpartLocation: '',
  };
}

let made = 0;
const nextKey = (): number => ++made;

export const emptyRow = (more: Partial<LotRow> = {}): LotRow => ({
  code: '',
  quantity: '',
  location: '',
  expiry: noDate,
  supplierLot: '',
  manufacturer: '',
  ...more,
  key: nextKey(),
});

/** How the lots and serials of a line are given unless somebody says otherwise. */
export function usualModes(
  item: Item,
  template: TemplateTerms | undefined,
): Pick<LineDraft, 'lotsMode' | 'serialsMode' | 'rows'> {
  const load = template?.type === 'load';
  const automaticLots = load ? Boolean(item.lots?.codeType) : item.lots?.withdrawal !== 'manual';
  return {
    lotsMode: automaticLots ? 'auto' : 'rows',
    serialsMode: load && makesSerials(item, template) ? 'auto' : 'typed',
    rows: load && !automaticLots ? [emptyRow()] : [],
  };
}

/** Whether a load can make the item's serials itself. */
export const makesSerials = (item: Item, template: TemplateTerms | undefined): boolean =>
  template?.generatesSerials === true && item.serials?.generation === 'automatic';

/** Whether anything but typing is on offer for the lots of a line. */
export const offersAutoLots = (item: Item, template: TemplateTerms): boolean =>
  template.type === 'load' ? Boolean(item.lots?.codeType) : item.lots?.withdrawal !== 'manual';

export function newLine(item: Item, template: TemplateTerms | undefined): LineDraft {
  return {
    key: nextKey(),
    item,
    variant: '',
    quantity: '',
    unit: '',
    location: '',
    serialText: '',
    ...usualModes(item, template),
  };
}

/** Something worth keeping was typed. */
export const isDirty = ({ header, lines }: PostingDraft): boolean =>
  lines.length > 0 ||
  [header.partyCode, header.partyName, header.documentNumber, header.note].some((text) => text !== '');
