/** The host's order over the strategy's: it orders, and nothing else. */
import { expect, test } from 'vitest';
import { ranked } from '../../../src/core/rules/ranking.ts';

const lots = ['A', 'B', 'C', 'D'];
const order = (named: readonly string[] | undefined): string => ranked(lots, named, (lot) => lot).join('');

test('what is named goes first, the rest follows as it stood', () => {
  expect(order(undefined)).toBe('ABCD');
  expect(order([])).toBe('ABCD');
  expect(order(['C'])).toBe('CABD');
  expect(order(['D', 'B'])).toBe('DBAC');
  expect(order(['D', 'C', 'B', 'A'])).toBe('DCBA');
});

test('strange and repeated names change nothing', () => {
  expect(order(['Z', 'C', 'C', 'A', 'C'])).toBe('CABD');
});

test('the places of one lot stay together, in their order', () => {
  const places = ['A1', 'B1', 'A2', 'B2'];
  expect(ranked(places, ['B'], (place) => place.charAt(0))).toEqual(['B1', 'B2', 'A1', 'A2']);
});
