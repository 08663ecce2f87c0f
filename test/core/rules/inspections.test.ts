/** What inspections come to for a lot: the kept summary against all of them looked at anew. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InspectionSummary } from '../../../src/core/model/records.ts';
import {
  type InspectionState,
  inspectionProblem,
  summaryAfter,
} from '../../../src/core/rules/inspections.ts';
import { isPlaceAvailable, placeVerdict } from '../../../src/core/rules/places.ts';
import { holds } from './random.ts';

/** The same from scratch, in the order in which they were opened. */
function lookedAt(all: readonly InspectionState[]): InspectionSummary {
  const newest = all.reduce((best, each) => (each.openedAt >= best.openedAt ? each : best));
  const over = all.filter((each) => each.finishedAt !== null);
  return {
    count: all.length,
    open: all.length - over.length,
    failed: over.filter((each) => each.result !== 'pass').length,
    newest: { id: newest.id, result: newest.result, finished: newest.finishedAt !== null },
  };
}

describe('R50 the summary of a lot’s inspections', () => {
  it('is exact whatever happens in whatever order', () => {
    const result = fc.constantFrom('pass' as const, 'fail' as const);
    const step = fc.oneof(
      fc.record({ open: fc.integer({ min: 10, max: 14 }) }),
      fc.record({ which: fc.nat(9), result, finish: fc.boolean() }),
    );
    holds(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        const all: InspectionState[] = [];
        let summary: InspectionSummary | null = null;
        for (const each of steps) {
          let before: InspectionState | undefined;
          let after: InspectionState;
          if ('open' in each) {
            after = {
              id: `i${all.length}`,
              openedAt: `2026-11-${each.open}`,
              result: null,
              finishedAt: null,
            };
          } else {
            before = all[each.which];
            if (!before || before.finishedAt !== null) continue;
            after = { ...before, result: each.result, finishedAt: each.finish ? '2026-11-20' : null };
          }
          const newest = all.find(({ id }) => id === summary?.newest.id)?.openedAt;
          summary = summaryAfter(summary, before, after, newest);
          if (before) all[all.indexOf(before)] = after;
          else all.push(after);
          expect(summary).toEqual(lookedAt(all));
        }
      }),
    );
  });

  it('R49 an intent the policy does not name is free, a sale is not', () => {
    const failed = {
      count: 1,
      open: 0,
      failed: 1,
      newest: { id: 'i', result: 'fail', finished: true },
    } as const;
    expect(inspectionProblem({}, failed, 'production')).toBe(null);
    expect(inspectionProblem({}, failed, 'sale')).toBe('failed');
    expect(inspectionProblem({ intents: { sale: 'any' } }, failed, 'sale')).toBe(null);
    expect(inspectionProblem({}, null, 'sale')).toBe(null);
    expect(
      inspectionProblem({ required: true, intents: { production: 'finished' } }, null, 'production'),
    ).toBe('missing');
  });
});

describe('R130 a place', () => {
  it('is available unless it is in quarantine, denies sales or says so', () => {
    expect(
      [{}, { quarantine: true }, { intents: { sale: 'deny' } }, { available: false }].map((place) =>
        isPlaceAvailable(place as object),
      ),
    ).toEqual([true, false, false, false]);
    expect(isPlaceAvailable({ quarantine: true, available: true })).toBe(true);
    expect(isPlaceAvailable(undefined)).toBe(true);
  });

  it('treats an intent by its own word, else by being held', () => {
    expect(placeVerdict({ quarantine: true }, 'production', false)).toBe('deny');
    expect(placeVerdict({ quarantine: true }, 'production', true)).toBe('allow');
    expect(placeVerdict({ quarantine: true }, 'transfer', false)).toBe('allow');
    expect(placeVerdict({ quarantine: true, intents: { production: 'warn' } }, 'production', false)).toBe(
      'warn',
    );
    expect(placeVerdict({ intents: { sale: 'deny' } }, 'production', false)).toBe('allow');
    expect(placeVerdict({ intents: { transfer: 'deny' } }, 'transfer', true)).toBe('deny');
  });
});
