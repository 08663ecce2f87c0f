/**
 * Inspections as they are, and what they come to for their lot (R49, R50). Each step is also told in the
 * lot's history (R121).
 */
import type { InspectionRecord } from '../model/cases.ts';
import type { Change, Entry, InspectionFact } from '../model/facts.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { summaryAfter } from '../rules/inspections.ts';
import { keepChange } from './history.ts';

function summarise(
  before: InspectionRecord | undefined,
  after: InspectionFact,
  writer: Writer,
): Change | undefined {
  const lot = writer.get('lots', after.lot);
  if (!lot) return undefined;
  const { inspected: from } = lot;
  const newest = from ? writer.get('inspections', from.newest.id)?.openedAt : undefined;
  const to = summaryAfter(from, before, after, newest);
  writer.put('lots', { ...lot, inspected: to });
  return { field: 'inspected', from, to };
}

function fold(after: InspectionFact, entry: Entry, writer: Writer, n: number): void {
  const before = writer.get('inspections', after.id);
  const change = summarise(before, after, writer);
  if (change) keepChange(entry, writer, `inspection.${n}`, after.lot, change);
  writer.put('inspections', {
    ...after,
    edition: (before?.edition ?? 0) + 1,
    createdAt: before?.createdAt ?? entry.at,
    updatedAt: entry.at,
  });
}

export const inspections: Projection = {
  name: 'inspections',
  version: 1,
  collections: ['inspections', 'lots', 'history'],
  apply(entry, writer) {
    entry.facts.forEach((fact, n) => {
      if (fact.kind === 'inspection') fold(fact.inspection, entry, writer, n);
    });
  },
};
