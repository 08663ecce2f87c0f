/**
 * Lots of a load line: new ones, made from a code type or typed by hand, and existing ones that a load
 * adds to (R25, R27, R33–R35, R41, R57–R59, R128).
 */

import type { Change, LotFact } from '../../model/facts.ts';
import type { LotRowInput } from '../../model/posting.ts';
import type { CodeOrigin } from '../../model/records.ts';
import type { ErrorCode } from '../../ports/catalogue.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import { type CodeRequest, isCodeTaken, makeCodes, scopeOf } from '../../reading/codes.ts';
import { codeOf, named } from '../../reading/references.ts';
import { newAttributes } from '../../rules/attributes.ts';
import { expiryFrom, watchedDates } from '../../rules/expiry.ts';
import { sameText } from '../../rules/same.ts';
import type { Draft } from './draft.ts';
import type { DraftLot } from './moves.ts';
import { firstReceived, received } from './received.ts';
import { rowAttributes } from './row-attributes.ts';
import type { LineWorld } from './world.ts';

/** What a row says of its lot, besides code and quantity. */
export type RowFacts = Omit<LotRowInput, 'code' | 'quantity' | 'location'>;

/** Dates a lot gets: typed, or computed from the item's settings. */
interface Dates {
  readonly startDate: string;
  readonly expiryDate: string | null;
  readonly expiryTyped: boolean;
}

const supplierOf = ({ header }: Draft): string | null =>
  header.party?.kind === 'supplier' ? header.party.code : null;

function datesOf(draft: Draft, line: LineWorld, row: RowFacts, path: string): Dates {
  const settings = line.item.lots;
  const automatic =
    settings?.startDateFrom === 'document' ? (draft.header.document?.date ?? draft.date) : draft.date;
  const startDate = row.startDate ?? automatic;
  const days = settings?.shelfLifeDays;
  const expiryTyped = row.expiryDate !== undefined && row.expiryDate !== null;
  const expiryDate =
    row.expiryDate ??
    (days === undefined || days === null ? null : expiryFrom(startDate, days, settings?.expiryRounding));
  if (expiryDate !== null && expiryDate < startDate) {
    throw new LedgerError('lot.expiryBeforeStart', {
      path: `${path}.expiryDate`,
      details: { expiryDate, startDate },
    });
  }
  return { startDate, expiryDate, expiryTyped };
}

/** What codes of this line are made for. */
export function codeRequest(
  draft: Draft,
  line: LineWorld,
  codeType: string,
  facts: Pick<CodeRequest, 'expiryDate' | 'lotType' | 'supplierLot'>,
): CodeRequest {
  const { document, party } = draft.header;
  return {
    type: named(draft.view, 'codeTypes', codeType, line.path),
    item: line.item,
    variant: line.variant,
    date: draft.date,
    ...facts,
    party: party ?? null,
    document: document ? { type: document.type, number: document.number ?? null } : null,
  };
}

interface NewLot {
  readonly code: string;
  readonly origin: CodeOrigin | null;
  readonly dates: Dates;
}

function factOf(draft: Draft, line: LineWorld, row: RowFacts, made: NewLot, path: string): LotFact {
  const { item, variant } = line;
  const watched = watchedDates(made.dates.startDate, item.lots);
  return {
    id: draft.context.newId(),
    item: item.code,
    itemKey: codeKey(item.code),
    variant,
    code: made.code,
    codeKey: codeKey(made.code),
    scope: scopeOf(draft.view, item.code, variant),
    origin: made.origin,
    reference: null,
    description: null,
    status: item.lots?.initialStatus ?? null,
    grade: null,
    lotType: codeOf(draft.view, 'lotTypes', row.lotType ?? null, `${path}.lotType`),
    supplier: supplierOf(draft),
    manufacturer: row.manufacturer ?? null,
    supplierLot: row.supplierLot ?? null,
    startDate: made.dates.startDate,
    expiryDate: made.dates.expiryDate,
    manufactureDate: row.manufactureDate ?? null,
    bestBefore: watched.bestBefore,
    retestDate: watched.retestDate,
    removalDate: watched.removalDate,
    recall: null,
    blockRule: null,
    packageCount: row.packageCount ?? null,
    notes: row.note ?? null,
    labelType: null,
    sellable: row.sellable ?? true,
    closed: false,
    attributes: newAttributes(item, 'lot', row.attributes, `${path}.attributes`),
    decimals: line.decimals,
  };
}

function requireExpiry(line: LineWorld, expiryDate: string | null, path: string): void {
  if (line.item.lots?.expiryRequired && expiryDate === null) {
    throw new LedgerError('lot.expiryRequired', {
      path: `${path}.expiryDate`,
      details: { item: line.item.code },
    });
  }
}

/** Makes a lot whose code the item's code type gives, with what its row says of it. */
export function generateLot(draft: Draft, line: LineWorld, row: RowFacts, path: string): DraftLot {
  const { item, variant } = line;
  const codeType = item.lots?.codeType;
  if (!codeType) throw new LedgerError('lot.required', { path, details: { item: item.code } });
  const dates = datesOf(draft, line, row, path);
  requireExpiry(line, dates.expiryDate, path);
  const scope = scopeOf(draft.view, item.code, variant);
  const { lotType = null, supplierLot = null } = row;
  const request = codeRequest(draft, line, codeType, {
    expiryDate: dates.expiryDate,
    lotType,
    supplierLot,
  });
  const made = inPath(path, () => makeCodes(draft.view, request, 1, draft.operation.pending('lot', scope)));
  const [first] = made.codes;
  if (!first) throw new LedgerError('codeType.counter', { path });
  return draft.operation.addLot(received(draft, factOf(draft, line, row, { ...first, dates }, path)), path);
}

/** Gives an error of a rule the path of the field it came from. */
export function inPath<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof LedgerError && thrown.path === undefined) {
      throw new LedgerError(thrown.code, { path, details: thrown.details });
    }
    throw thrown;
  }
}

/** The lot a row names: an existing one to add to, or a new one of that code. */
export function lotForLoad(draft: Draft, line: LineWorld, row: LotRowInput, path: string): DraftLot {
  const { item, variant } = line;
  if (row.code === undefined || row.code === null) {
    const code = row.expiryDate ? 'lot.expiryWithoutCode' : 'field.required';
    throw new LedgerError(code, { path: code === 'field.required' ? `${path}.code` : `${path}.expiryDate` });
  }
  if (row.code === 'auto') return generateLot(draft, line, row, path);
  const scope = scopeOf(draft.view, item.code, variant);
  const key = codeKey(row.code);
  const known = draft.operation.lot(scope, key);
  if (!known) {
    if (isCodeTaken(draft.view, 'lot', scope, row.code)) {
      throw new LedgerError('lot.duplicate', {
        path: `${path}.code`,
        details: { code: row.code, retired: true },
      });
    }
    const dates = datesOf(draft, line, row, path);
    requireExpiry(line, dates.expiryDate, path);
    const made = { code: row.code, origin: null, dates };
    return draft.operation.addLot(received(draft, factOf(draft, line, row, made, path)), path);
  }
  if (known.itemKey !== codeKey(item.code) || known.variant !== variant) {
    throw new LedgerError('lot.wrongItem', {
      path: `${path}.code`,
      details: { code: known.code, item: known.item },
    });
  }
  return addTo(draft, line, row, known, path);
}

/** What brings back or brings along is no top-up: returns, counts, the load of a counterpart (R57). */
const exemptFromTopUp = ({ world, options }: Draft): boolean =>
  options.main === false || ['customerReturn', 'transfer', 'count'].includes(world.intent);

function addTo(draft: Draft, line: LineWorld, row: LotRowInput, lot: DraftLot, path: string): DraftLot {
  const details = { code: lot.code };
  const direct = !draft.operation.touched.has(lot.id) && !exemptFromTopUp(draft) && draft.replaces === null;
  if (direct && (lot.live ?? 0) > 0 && !draft.world.template.allowTopUp) {
    throw new LedgerError('lot.alreadyExists', { path: `${path}.code`, details });
  }
  const supplier = supplierOf(draft);
  if (
    line.item.lots?.singleSupplier &&
    supplier &&
    lot.supplier &&
    codeKey(supplier) !== codeKey(lot.supplier)
  ) {
    throw new LedgerError('lot.supplierMismatch', {
      path: 'party.code',
      details: { ...details, supplier: lot.supplier, given: supplier },
    });
  }
  return fillIn(draft, line, row, lot, path);
}

type Comparable = 'expiryDate' | 'startDate' | 'supplierLot' | 'manufacturer';
const conflicts: Record<Comparable, ErrorCode> = {
  expiryDate: 'lot.expiryConflict',
  startDate: 'lot.startDateConflict',
  supplierLot: 'lot.supplierLotConflict',
  manufacturer: 'lot.manufacturerConflict',
};

/**
 * What a row types must agree with what the lot says (R35). A lot made by hand and never moved knows
 * little yet: its first load fills in what is missing, typed or computed.
 */
function fillIn(draft: Draft, line: LineWorld, row: LotRowInput, lot: DraftLot, path: string): DraftLot {
  const changes: Change[] = [];
  const set = (field: string, to: unknown, from: unknown = null): void => {
    changes.push({ field, from, to });
  };
  for (const field of Object.keys(conflicts) as Comparable[]) {
    const typed = row[field];
    const own = lot[field];
    if (typed === undefined || typed === null) continue;
    if (own === null && !lot.moved) set(field, typed);
    else if (own === null || !sameText(own, typed)) {
      throw new LedgerError(conflicts[field], {
        path: `${path}.${field}`,
        details: { code: lot.code, [field]: own, typed },
      });
    }
  }
  const fresh = !lot.moved && !draft.operation.touched.has(lot.id);
  for (const field of ['manufactureDate', 'lotType', 'sellable'] as const) {
    const typed =
      field === 'lotType'
        ? codeOf(draft.view, 'lotTypes', row.lotType ?? null, `${path}.lotType`)
        : row[field];
    const own = lot[field];
    if (typed === undefined || typed === null || typed === own) continue;
    if (fresh) changes.push({ field, from: own, to: typed });
    else {
      const details = { code: lot.code, field, own, typed };
      throw new LedgerError('lot.fieldConflict', { path: `${path}.${field}`, details });
    }
  }
  const typed = row.attributes;
  changes.push(...rowAttributes(line, { owner: 'lot', record: lot, typed, fresh, path }));
  if (fresh) firstLoadOf(draft, line, row, lot, path, set);
  learnSupplier(draft, line, lot, set);
  const fillOut = (): DraftLot => ({
    ...lot,
    ...Object.fromEntries(changes.map(({ field, to }) => [field, to])),
  });
  if (fresh) firstReceived(draft, line, lot, fillOut(), set);
  const filled = fillOut();
  if (filled.expiryDate !== null && filled.startDate !== null && filled.expiryDate < filled.startDate) {
    const { expiryDate, startDate } = filled;
    throw new LedgerError('lot.expiryBeforeStart', {
      path: `${path}.expiryDate`,
      details: { expiryDate, startDate },
    });
  }
  requireExpiry(line, filled.expiryDate, path);
  if (changes.length === 0) return lot;
  draft.operation.change('lotChanged', lot.id, changes);
  return draft.operation.keepLot(filled);
}

function firstLoadOf(
  draft: Draft,
  line: LineWorld,
  row: LotRowInput,
  lot: DraftLot,
  path: string,
  set: (field: string, to: unknown) => void,
): void {
  const dates = datesOf(draft, line, { ...row, startDate: row.startDate ?? lot.startDate }, path);
  if (lot.startDate === null && !row.startDate) set('startDate', dates.startDate);
  if (lot.expiryDate === null && !dates.expiryTyped && dates.expiryDate !== null)
    set('expiryDate', dates.expiryDate);
  if (lot.packageCount === null && row.packageCount) set('packageCount', row.packageCount);
  if (lot.notes === null && row.note) set('notes', row.note);
}

/** A lot without a supplier learns it from its first load, or later where it may only have one (R25). */
function learnSupplier(
  draft: Draft,
  line: LineWorld,
  lot: DraftLot,
  set: (field: string, to: unknown) => void,
): void {
  const supplier = supplierOf(draft);
  if (lot.supplier !== null || supplier === null) return;
  if (!lot.moved || line.item.lots?.singleSupplier) set('supplier', supplier);
}
