/**
 * Inspections of lots: `inspections.open`, `inspections.record` (a result while it goes on) and
 * `inspections.finish`. Several of one lot may be open at once; what they come to for the lot is folded by
 * the projection of this name, and what that means is the item's policy (R49, R50).
 */
import * as z from 'zod/mini';
import type { InspectionRecord } from '../model/cases.ts';
import type { Fact, InspectionFact } from '../model/facts.ts';
import { attributes, code, isoDate, maybe, note, read, text, whole } from '../model/schema.ts';
import { LedgerError } from '../ports/errors.ts';
import type { CommandDefinition, DecideContext, View } from '../ports/view.ts';
import { checkVersion } from '../reading/references.ts';
import { lotOf } from './lots/update.ts';
import { type Fields, patched, same } from './shared/patch.ts';

const shared = {
  inspector: maybe(text()),
  note: maybe(note()),
  attributes: maybe(attributes()),
};

const openInput = z.strictObject({
  /** Id of the lot. */
  lot: z.string(),
  /** Today unless said. */
  openedAt: maybe(isoDate()),
  ...shared,
});
type OpenInput = z.infer<typeof openInput>;

const result = z.enum(['pass', 'fail']);
const named = { id: code(), version: z.optional(whole(0, Number.MAX_SAFE_INTEGER)) };

const recordInput = z.strictObject({ ...named, result: maybe(result), ...shared });
type RecordInput = z.infer<typeof recordInput>;

const finishInput = z.strictObject({
  ...named,
  /** What was recorded before unless said. */
  result: z.optional(result),
  /** Today unless said. */
  finishedAt: maybe(isoDate()),
  ...shared,
});
type FinishInput = z.infer<typeof finishInput>;

/** The inspection of an id, as long as it is open. */
function openOne(view: View, id: string, version: number | undefined): InspectionRecord {
  const inspection = view.get('inspections', id);
  if (!inspection) throw new LedgerError('inspection.notFound', { details: { id } });
  checkVersion(inspection, version);
  if (inspection.finishedAt === null) return inspection;
  throw new LedgerError('inspection.finished', { details: { id, finishedAt: inspection.finishedAt } });
}

function checkDay(date: string, path: string, earliest: string | null, { today }: DecideContext): void {
  if (date > today) throw new LedgerError('posting.futureDate', { path, details: { date, today } });
  if (earliest !== null && date < earliest)
    throw new LedgerError('field.range', { path, details: { min: earliest, max: today } });
}

/** The inspection after what was said of it: undefined keeps, null clears. */
function after(before: InspectionRecord, said: Omit<RecordInput, 'id' | 'version'>): InspectionFact {
  const { version: _, edition: __, createdAt: ___, updatedAt: ____, ...fact } = before;
  const { attributes: own, ...fields } = said;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const merged =
    own === undefined ? before.attributes : own === null ? {} : patched(before.attributes, own as Fields);
  return { ...fact, ...given, attributes: merged };
}

function changed(before: InspectionRecord, inspection: InspectionFact): Fact[] {
  const names = Object.keys(inspection) as (keyof InspectionFact)[];
  if (names.every((name) => same(before[name], inspection[name]))) return [];
  return [{ kind: 'inspection', inspection }];
}

const openInspection: CommandDefinition<OpenInput> = {
  name: 'inspections.open@1',
  schema: openInput,
  parse: (args) => read(openInput, args),
  decide(input, view, context) {
    const lot = lotOf(view, input.lot);
    const openedAt = input.openedAt ?? context.today;
    checkDay(openedAt, 'openedAt', null, context);
    const inspection: InspectionFact = {
      id: context.newId(),
      lot: lot.id,
      openedAt,
      result: null,
      finishedAt: null,
      inspector: input.inspector ?? null,
      note: input.note ?? null,
      attributes: input.attributes ?? {},
    };
    return { facts: [{ kind: 'inspection', inspection }] };
  },
};

const recordInspection: CommandDefinition<RecordInput> = {
  name: 'inspections.record@1',
  schema: recordInput,
  parse: (args) => read(recordInput, args),
  decide({ id, version, ...said }, view) {
    const before = openOne(view, id, version);
    return { facts: changed(before, after(before, said)) };
  },
};

const finishInspection: CommandDefinition<FinishInput> = {
  name: 'inspections.finish@1',
  schema: finishInput,
  parse: (args) => read(finishInput, args),
  decide({ id, version, finishedAt, ...said }, view, context) {
    const before = openOne(view, id, version);
    const inspection = after(before, said);
    if (inspection.result === null) throw new LedgerError('field.required', { path: 'result' });
    const day = finishedAt ?? context.today;
    checkDay(day, 'finishedAt', before.openedAt, context);
    return { facts: [{ kind: 'inspection', inspection: { ...inspection, finishedAt: day } }] };
  },
};

export const inspectionCommands = [
  openInspection,
  recordInspection,
  finishInspection,
] as unknown as CommandDefinition[];
