/** Where a piece was on a day, and what it means to find it somewhere. */
import { expect, test } from 'vitest';
import { foundAt, pieceOn } from '../../../src/core/rules/counts.ts';

type Steps = Parameters<typeof pieceOn>[0];
const step = (
  date: string,
  seq: number,
  quantity: number,
  location: string | null = null,
  intent = 'other',
): Steps[number] => ({
  date,
  seq,
  quantity,
  warehouse: 'MAIN',
  location,
  intent,
});
const at = (location: string | null) => ({ place: { warehouse: 'MAIN', location }, missing: false });
const nowhere = { place: null, missing: false };

test('R84 a piece is where it was loaded to and not unloaded from, at the end of the day', () => {
  const steps = [
    step('2026-11-10', 1, 1, 'A'),
    step('2026-11-12', 2, -1, 'A', 'transfer'),
    step('2026-11-12', 2, 1, 'B', 'transfer'),
    step('2026-11-20', 5, -1, 'B'),
  ];
  const days = ['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12', '2026-11-19', '2026-11-20'];
  expect(days.map((day) => pieceOn(steps, day))).toEqual([
    nowhere,
    at('A'),
    at('A'),
    at('B'),
    at('B'),
    nowhere,
  ]);
  expect(pieceOn([], '2026-11-20')).toEqual(nowhere);
});

test('R85 a piece is missing from its count until it turns up, recorded in whatever order', () => {
  const steps = [
    step('2026-11-10', 9, 1),
    step('2026-11-12', 3, -1, null, 'count'),
    step('2026-11-15', 1, 1, null, 'count'),
  ];
  for (const all of [steps, steps.toReversed()]) {
    expect(pieceOn(all, '2026-11-11')).toEqual(at(null));
    expect(pieceOn(all, '2026-11-14')).toEqual({ place: null, missing: true });
    expect(pieceOn(all, '2026-11-15')).toEqual(at(null));
  }
});

test('R85 what it means to find a piece, by what the books know', () => {
  const here = { warehouse: 'main', location: 'a' };
  expect(foundAt(undefined, here)).toBe('unknown');
  expect(foundAt(at('A'), here)).toBe('found');
  expect(foundAt(at('B'), here)).toBe('wrongPlace');
  expect(foundAt(nowhere, here)).toBe('wrongPlace');
  expect(foundAt({ place: null, missing: true }, here)).toBe('restored');
});
