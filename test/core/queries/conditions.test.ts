/** Conditions on one record: every comparison, nulls and other types, and patterns against a plain regular expression. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, Scalar, StoredRecord, Table } from '../../../src/core/ports/store.ts';
import { readerOf, testOf } from '../../../src/core/queries/conditions.ts';
import { likeMatcher } from '../../../src/core/rules/like.ts';

/** A condition without its field, kind by kind. */
type Bare<C> = C extends Condition ? Omit<C, 'field'> : never;

const table: Table = {
  name: 't',
  indexes: { upper: { parts: [{ name: 'shout', of: (r: { word: string }) => r.word.toUpperCase() }] } },
};
const record = (fields: object): StoredRecord => ({ id: 'x', version: 1, ...fields });
const holds = (value: Scalar, condition: Bare<Condition>): boolean =>
  testOf({ field: 'value', ...condition } as Condition, readerOf(table, 'value'))(record({ value }));

describe('conditions', () => {
  it('read index parts by name, else the record itself', () => {
    expect(readerOf(table, 'shout')(record({ word: 'hi' }))).toBe('HI');
    expect(readerOf(table, 'word')(record({ word: 'hi' }))).toBe('hi');
    for (const field of ['none', '__proto__', 'constructor', 'toString', 'list']) {
      expect(readerOf(table, field)(record({ list: [1] }))).toBe(null);
    }
  });

  it('take null for a value in eq, ne and in, and for none in from, to and like', () => {
    expect(holds(null, { op: 'eq', value: null })).toBe(true);
    expect(holds(null, { op: 'ne', value: 'a' })).toBe(true);
    expect(holds(null, { op: 'in', values: ['a', null] })).toBe(true);
    expect(holds('a', { op: 'in', values: [] })).toBe(false);
    expect(holds(null, { op: 'from', value: '' })).toBe(false);
    expect(holds(null, { op: 'to', value: '~' })).toBe(false);
    expect(holds(null, { op: 'like', pattern: '%' })).toBe(false);
    expect(holds(null, { op: 'null', value: true })).toBe(true);
    expect(holds('', { op: 'null', value: true })).toBe(false);
  });

  it('never compare values of different types', () => {
    expect(holds('5', { op: 'eq', value: 5 })).toBe(false);
    expect(holds('5', { op: 'from', value: 1 })).toBe(false);
    expect(holds(5, { op: 'to', value: '9' })).toBe(false);
    expect(holds(true, { op: 'from', value: false })).toBe(true);
    expect(holds(5, { op: 'like', pattern: '5' })).toBe(false);
  });

  it('include both bounds, texts by code points', () => {
    expect(holds('b', { op: 'from', value: 'b' })).toBe(true);
    expect(holds('b', { op: 'to', value: 'b' })).toBe(true);
    expect(holds('😀', { op: 'from', value: '\uffff' })).toBe(true);
    expect(holds('\uffff', { op: 'from', value: '😀' })).toBe(false);
  });
});

describe('like', () => {
  it('matches as the same pattern written as a regular expression', () => {
    const piece = fc.constantFrom('a', 'b', 'A', '😀', '%', '_', '\\%', '\\_', '\\\\', '\\a');
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '😀', '%', '_', '\\') });
    const regular = (pieces: readonly string[]) => {
      const parts = pieces.map((one) => {
        if (one === '%') return '[^]*';
        if (one === '_') return '[^]';
        const plain = one.length > 1 && one.startsWith('\\') ? one.slice(1) : one;
        return plain.toLowerCase().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      });
      return new RegExp(`^${parts.join('')}$`, 'u');
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 7 }), text, (pieces, value) => {
        return likeMatcher(pieces.join(''))(value) === regular(pieces).test(value.toLowerCase());
      }),
      { numRuns: 5000 },
    );
  });

  it('takes a lone backslash at the end as it stands', () => {
    expect(likeMatcher('a\\')('a\\')).toBe(true);
  });

  it('answers a hostile pattern without going through every way to match it', () => {
    const matches = likeMatcher(`${'%a_'.repeat(200)}%b`);
    expect(matches('a'.repeat(20_000))).toBe(false);
  });
});
