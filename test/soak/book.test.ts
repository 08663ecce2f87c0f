/** The book of the soak finds what must not be: a judge that never says no proves nothing. */
import { expect, it } from 'vitest';
import type { Command, Receipt } from '../../src/core/index.ts';
import { Book, type Effect, type Entry, standing } from './book.ts';
import { DAYS } from './words.ts';

const [first, second] = DAYS;

const command = (id: string): Command => ({ name: 'posting.post@1', id, args: {} });
const accepted = (id: string, seq: number): Receipt => ({
  outcome: 'accepted',
  id,
  seq,
  recordedAt: '',
  result: {},
});
const refused = (id: string): Receipt => ({
  outcome: 'refused',
  id,
  problem: { kind: 'rejected', code: 'lot.insufficient', retry: 'new-id', details: {} },
});
const entry = (seq: number, id: string): Entry => ({ seq, id, name: 'posting.post@1', actor: 'ada' });
const load = (by: number, day: string = first): Effect => ({ kind: 'move', lot: 'L0', day, by });

/** A book in which Ada sent two commands: 5 in, accepted as number 1, and `by` on a day, answered so. */
function bookOf(effect: Effect, ...answers: readonly Receipt[]): Book {
  const book = new Book();
  book.note('ada', command('a'), load(5));
  book.note('ada', command('b'), effect);
  for (const receipt of [accepted('a', 1), ...answers]) book.tell(receipt);
  return book;
}

it('says nothing where all is well, and adds up', () => {
  const book = bookOf(load(-3, second), accepted('b', 2), accepted('b', 2));
  const sums = book.compare([entry(1, 'a'), entry(2, 'b')]);
  expect(book.violations).toEqual([]);
  expect(standing(sums.get('L0') as never)).toEqual([5, 2, 2, 2, 2]);
});

it.each<[string, Effect, readonly Receipt[], readonly Entry[], RegExp]>([
  ['lost', load(1), [accepted('b', 2)], [entry(1, 'a')], /b was accepted at 2 and is not/],
  [
    'doubled',
    load(1),
    [accepted('b', 2)],
    [1, 2, 3].map((n) => entry(n, n > 1 ? 'b' : 'a')),
    /b is .* twice/,
  ],
  [
    'elsewhere',
    load(1),
    [accepted('b', 2)],
    [entry(1, 'b'), entry(2, 'a')],
    /at 2 and is in the journal at 1/,
  ],
  ['refused and written', load(1), [refused('b')], [entry(1, 'a'), entry(2, 'b')], /b was refused .* at 2/],
  ['never answered', load(1), [], [entry(1, 'a'), entry(2, 'b')], /b was never answered/],
  ['answered in two ways', load(1), [refused('b'), accepted('b', 2)], [entry(1, 'a')], /and later accepted/],
  ['below zero', load(-6), [accepted('b', 2)], [entry(1, 'a'), entry(2, 'b')], /leaves -1, -1/],
  ['a gap', load(1), [accepted('b', 3)], [entry(1, 'a'), entry(3, 'b')], /entry 2 .* number 3/],
  [
    'somebody else',
    load(1),
    [accepted('b', 2)],
    [entry(1, 'a'), { ...entry(2, 'b'), actor: 'ben' }],
    /of ben/,
  ],
])('finds what is %s', (_, effect, answers, entries, found) => {
  const book = bookOf(effect, ...answers);
  book.compare(entries);
  expect(book.violations.join('\n')).toMatch(found);
});

it('takes back, reserves and releases in plain sums', () => {
  const book = bookOf({ kind: 'reserve', lot: 'L0', by: 4 }, accepted('b', 2));
  const more: readonly [string, Effect][] = [
    ['c', { kind: 'pick', order: 'b', day: second, by: 3 }],
    ['d', { kind: 'release', order: 'b' }],
    ['e', load(2)],
    ['f', { kind: 'reverse', of: 'e', day: second }],
  ];
  more.forEach(([id, effect], i) => {
    book.note('ada', command(id), effect);
    book.tell(accepted(id, i + 3));
  });
  const ids = ['a', 'b', ...more.map(([id]) => id)];
  const sums = book.compare(ids.map((id, i) => entry(i + 1, id)));
  expect(book.violations).toEqual([]);
  expect(sums.get('L0')).toEqual({ moved: [7, -5, 0, 0, 0], reserved: 0 });
});
