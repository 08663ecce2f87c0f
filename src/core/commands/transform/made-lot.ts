/**
 * The lot that comes out of a transformation: a new one with what its sources say, or one there is that
 * says the same (R89, R91, R92).
 */
import type { LotFact } from '../../model/facts.ts';
import type { ItemRecord, LotRecord } from '../../model/records.ts';
import type { MadeLot } from '../../model/transforms.ts';
import type { ErrorCode } from '../../ports/catalogue.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import { isCodeTaken, makeCodes, scopeOf } from '../../reading/codes.ts';
import { codeOf, named } from '../../reading/references.ts';
import { newAttributes, typedAttributes } from '../../rules/attributes.ts';
import { recallsGuard } from '../../rules/guards.ts';
import { earliest, isLater } from '../../rules/transforms.ts';
import type { Draft } from '../posting/draft.ts';
import { inPath } from '../posting/load-lots.ts';
import type { DraftLot } from '../posting/moves.ts';
import { checkLotUse } from '../posting/usability.ts';
import { checkSameItem } from './pair.ts';
import { lineFor } from './portions.ts';

/** What a lot hands on to those that are made of it. */
export type Heritage = Pick<
  LotFact,
  | 'description'
  | 'status'
  | 'grade'
  | 'lotType'
  | 'supplier'
  | 'manufacturer'
  | 'supplierLot'
  | 'startDate'
  | 'expiryDate'
  | 'manufactureDate'
  | 'bestBefore'
  | 'retestDate'
  | 'removalDate'
  | 'notes'
  | 'labelType'
  | 'sellable'
  | 'attributes'
  | 'recall'
  | 'blockRule'
>;

/** What one lot hands on: all that is known of the goods, not what concerns only it. */
export const heritageOf = (lot: LotRecord): Heritage => ({
  description: lot.description,
  status: lot.status,
  grade: lot.grade,
  lotType: lot.lotType,
  supplier: lot.supplier,
  manufacturer: lot.manufacturer,
  supplierLot: lot.supplierLot,
  startDate: lot.startDate,
  expiryDate: lot.expiryDate,
  manufactureDate: lot.manufactureDate,
  bestBefore: lot.bestBefore,
  retestDate: lot.retestDate,
  removalDate: lot.removalDate,
  notes: lot.notes,
  labelType: lot.labelType,
  sellable: lot.sellable,
  attributes: lot.attributes,
  recall: lot.recall,
  blockRule: lot.blockRule,
});

/** What the new lot is of, where it goes, and what it has by birth. */
export interface Birth {
  readonly into: Draft;
  readonly item: ItemRecord;
  readonly variant: string | null;
  readonly heritage: Heritage;
  readonly row: MadeLot;
  /** Begins the paths of the row's fields: `into.`, `into[0].` */
  readonly path: string;
}

/** The lot a row names, if there is one already. */
export function knownTarget({
  into,
  item,
  variant,
  row,
  path,
}: Omit<Birth, 'heritage'>): DraftLot | undefined {
  if (row.code === 'auto') return undefined;
  const scope = scopeOf(into.view, item.code, variant);
  const known = into.operation.lot(scope, codeKey(row.code));
  if (known) {
    checkSameItem(known, item, variant, `${path}code`);
    checkLotUse(into, lineFor(item, variant), known, null, `${path}code`);
  } else if (isCodeTaken(into.view, 'lot', scope, row.code)) {
    const details = { code: row.code, retired: true };
    throw new LedgerError('lot.duplicate', { path: `${path}code`, details });
  }
  return known;
}

const conflicts = {
  expiryDate: 'lot.expiryConflict',
  startDate: 'lot.startDateConflict',
  supplierLot: 'lot.supplierLotConflict',
  manufacturer: 'lot.manufacturerConflict',
} as const satisfies Partial<Record<keyof Heritage, ErrorCode>>;
const others = ['supplier', 'sellable', 'recall'] as const;

const sameCode = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && codeKey(a) === codeKey(b));

/**
 * A lot there is takes more in only where it says the same of the goods; else it would be a merge, which has
 * rules of its own (R93).
 */
export function checkAgrees(known: DraftLot, { heritage, path }: Birth): void {
  if (!sameCode(known.status, heritage.status)) {
    const details = { code: known.code, statuses: [known.status, heritage.status], comparable: null };
    throw new LedgerError('lot.statusConflict', { path: `${path}code`, details });
  }
  for (const [field, code] of Object.entries(conflicts) as [keyof typeof conflicts, ErrorCode][]) {
    const typed = heritage[field];
    const same =
      field === 'expiryDate' || field === 'startDate'
        ? known[field] === typed
        : sameCode(known[field], typed);
    if (!same)
      throw new LedgerError(code, {
        path: `${path}code`,
        details: { code: known.code, [field]: known[field], typed },
      });
  }
  for (const field of others) {
    const [own, typed] = [known[field], heritage[field]];
    const same = field === 'supplier' ? sameCode(known.supplier, heritage.supplier) : own === typed;
    if (!same)
      throw new LedgerError('lot.fieldConflict', {
        path: `${path}code`,
        details: { code: known.code, field, own, typed },
      });
  }
}

function codeFor({ into, item, variant, heritage, row, path }: Birth): Pick<LotFact, 'code' | 'origin'> {
  if (row.code !== 'auto') return { code: row.code, origin: null };
  const codeType = item.lots?.codeType;
  if (!codeType) throw new LedgerError('field.required', { path: `${path}code` });
  const { document } = into.header;
  const request = {
    type: named(into.view, 'codeTypes', codeType, `${path}code`),
    item,
    variant,
    date: into.date,
    expiryDate: heritage.expiryDate,
    lotType: row.lotType ?? heritage.lotType,
    supplierLot: heritage.supplierLot,
    party: heritage.supplier === null ? null : { kind: 'supplier', code: heritage.supplier },
    document: document ? { type: document.type, number: document.number ?? null } : null,
  };
  const scope = scopeOf(into.view, item.code, variant);
  const pending = into.operation.pending('lot', scope);
  const [made] = inPath(`${path}code`, () => makeCodes(into.view, request, 1, pending)).codes;
  if (!made) throw new LedgerError('codeType.counter', { path: `${path}code` });
  return made;
}

/** Refuses dates no lot of the item may have (R33, R34). */
export function checkDates(item: ItemRecord, { startDate, expiryDate }: Heritage, path: string): void {
  if (expiryDate === null && item.lots?.expiryRequired)
    throw new LedgerError('lot.expiryRequired', { path, details: { item: item.code } });
  if (startDate !== null && expiryDate !== null && expiryDate < startDate)
    throw new LedgerError('lot.expiryBeforeStart', { path, details: { expiryDate, startDate } });
}

/** Whether an inherited attribute is one the item's lots may carry. */
function fits(item: ItemRecord, key: string, value: unknown): boolean {
  try {
    typedAttributes(item, 'lot', { [key]: value });
    return true;
  } catch (thrown) {
    if (thrown instanceof LedgerError) return false;
    throw thrown;
  }
}

/** Its attributes: those it has by birth that its item knows, and what the row says; complete. */
function attributesFor({ item, heritage, row, path }: Birth): LotFact['attributes'] {
  const inherited = Object.entries(heritage.attributes).filter(([key, value]) => fits(item, key, value));
  const values = { ...Object.fromEntries(inherited), ...row.attributes };
  return newAttributes(item, 'lot', values, `${path}attributes`);
}

/** Makes the lot: what it has by birth, and what its row says besides. */
export function makeLot(birth: Birth): DraftLot {
  const { into, item, variant, heritage, row, path } = birth;
  const { view, operation } = into;
  const code = codeFor(birth);
  const typed = <T>(value: T | undefined, own: T): T => (value === undefined ? own : value);
  operation.countRows(1, path);
  return operation.addLot(
    {
      ...heritage,
      ...code,
      id: into.context.newId(),
      item: item.code,
      itemKey: item.id,
      variant,
      codeKey: codeKey(code.code),
      scope: scopeOf(view, item.code, variant),
      reference: row.reference ?? null,
      description: typed(row.description, heritage.description),
      grade: typed(codeOf(view, 'grades', row.grade, `${path}grade`), heritage.grade),
      lotType: typed(codeOf(view, 'lotTypes', row.lotType, `${path}lotType`), heritage.lotType),
      packageCount: row.packageCount ?? null,
      notes: typed(row.notes, heritage.notes),
      labelType: typed(row.labelType, heritage.labelType),
      attributes: attributesFor(birth),
      closed: false,
      decimals: item.unit.decimals,
    },
    path.slice(0, -1),
  );
}

/** A part of a recalled lot is recalled too: it joins every open case that covers the lot (R52). */
function joinRecalls({ operation, view }: Draft, source: LotRecord, made: DraftLot): void {
  if (source.recall === null) return;
  for (const { id, state, lots, late } of view.range('recalls', 'openedSeq', {}, recallsGuard)) {
    if (state !== 'open' || !(lots.includes(source.id) || late.includes(source.id))) continue;
    operation.add({ kind: 'recallChanged', id, change: { what: 'joined', lot: made.id } });
  }
}

/** The lot there is, or the one that is made; what inspections say of the goods goes along to a new one. */
export function targetLot(birth: Birth, source: LotRecord): DraftLot {
  const known = knownTarget(birth);
  if (known?.id === source.id)
    throw new LedgerError('lot.onBothSides', { path: `${birth.path}code`, details: { code: source.code } });
  if (known) {
    checkAgrees(known, birth);
    const { open, failed } = source.inspected ?? { open: 0, failed: 0 };
    // what was made by this command has them already
    if (known.inspected !== undefined && open + failed > 0) carryInspections(birth.into, source, known);
    return known;
  }
  const made = makeLot(birth);
  carryInspections(birth.into, source, made);
  joinRecalls(birth.into, source, made);
  return made;
}

/**
 * The expiry of what is made: typed, else the earliest there is. One later than the source's needs a reason
 * (R91).
 */
export function expiryOf(
  draft: Draft,
  source: string | null,
  { typed, computed = null }: { typed: string | null | undefined; computed?: string | null },
  path: string,
): string | null {
  if (typed === undefined) return earliest([source, computed]);
  const { reason, force } = draft.context;
  if (isLater(typed, source) && !(reason ?? force?.reason)?.trim())
    throw new LedgerError('reason.required', { path, details: { expiryDate: source } });
  return typed;
}

/** Gives a lot the inspections of one it is made of. */
export function carryInspections(into: Draft, source: LotRecord, target: DraftLot): void {
  if (source.inspected === null) return;
  // every writer of an inspection writes its lot too, which is expected
  for (const known of into.view.range('inspections', 'byLot', { prefix: [source.id] }, null)) {
    const { version: _v, edition: _e, createdAt: _c, updatedAt: _u, ...inspection } = known;
    into.operation.add({
      kind: 'inspection',
      inspection: { ...inspection, id: into.context.newId(), lot: target.id },
    });
  }
}
