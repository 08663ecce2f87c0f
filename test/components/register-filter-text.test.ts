/** The filter row's little language: what a clerk types becomes a filter, and back (conventions 55, 56). */
import { describe, expect, it } from 'vitest';
import {
  type FilterField,
  filterText,
  filterWords,
  parseFilter,
} from '../../src/components/controllers/register/filter-text.ts';
import type { FilterValue } from '../../src/components/core.ts';

const today = '2026-11-22';
const all = ['in', 'like', 'from', 'to', 'isNull'];
const field = (type: FilterField['type'], comparisons: readonly string[] = all): FilterField => ({
  type,
  comparisons,
});

const read = (text: string, type: FilterField['type'], locale = 'en', comparisons?: readonly string[]) =>
  parseFilter(text, field(type, comparisons), { locale, today });
const value = (text: string, type: FilterField['type'], locale = 'en'): unknown => {
  const parsed = read(text, type, locale);
  return parsed.ok ? parsed.value : parsed.problem;
};

describe('a text in the filter row', () => {
  it.each([
    ['', undefined],
    ['   ', undefined],
    ['=', { isNull: true }],
    ['!', { isNull: false }],
    ['abc', { like: '%abc%' }],
    ['50 l\\_x', { like: '%50 l\\_x%' }],
    ['2026%', { like: '2026%' }],
    ['a_b', { like: 'a_b' }],
    ['100\\%', { like: '%100\\%%' }],
    ['=abc', 'abc'],
    ['= abc ', 'abc'],
    ['=50%', '50%'],
    ['a;b;c', { in: ['a', 'b', 'c'] }],
    ['a; ;b', { in: ['a', 'b'] }],
    ['=";"', ';'],
    ['"a;b";c', { in: ['a;b', 'c'] }],
    ['A-01..A-20', { from: 'A-01', to: 'A-20' }],
    ['A-01..', { from: 'A-01' }],
    ['5" pipe', { like: '%5" pipe%' }],
  ])('%j is a code', (text, filter) => {
    expect(value(text, 'code')).toEqual(filter);
  });

  it.each([
    ['10', 'it', '10'],
    ['1.234,5', 'it', '1234.5'],
    ['>10', 'it', { from: '10.000001' }],
    ['>=10', 'it', { from: '10' }],
    ['< 0,5', 'it', { to: '0.499999' }],
    ['<=5', 'it', { to: '5' }],
    ['>10 <=20', 'it', { from: '10.000001', to: '20' }],
    ['10..20', 'it', { from: '10', to: '20' }],
    ['1,5..', 'it', { from: '1.5' }],
    ['..0,25', 'it', { to: '0.25' }],
    ['1;2,5', 'it', { in: ['1', '2.5'] }],
    ['1,234.5', 'en', '1234.5'],
    ['abc', 'it', 'notNumber'],
    ['>', 'it', 'notNumber'],
    ['>1>2', 'it', 'notNumber'],
    ['-5', 'it', 'notNumber'],
    ['<0', 'it', 'notNumber'],
    ['20..10', 'it', 'emptyRange'],
    ['..', 'it', 'notNumber'],
    ['1..2..3', 'it', 'notNumber'],
  ])('%j in %s is a quantity', (text, locale, filter) => {
    expect(value(text, 'quantity', locale)).toEqual(filter);
  });

  it('takes numbers for numbers, below zero too', () => {
    expect(value('>-3', 'number')).toEqual({ from: -2.999999 });
    expect(value('7', 'number')).toBe(7);
  });

  it.each([
    ['01/12/2026', 'it', '2026-12-01'],
    ['01/12/2026..', 'it', { from: '2026-12-01' }],
    ['..01/12/2026', 'en', { to: '2026-12-01' }],
    ['12/01/2026', 'en-US', '2026-12-01'],
    ['12/2026', 'it', { from: '2026-12-01', to: '2026-12-31' }],
    ['2026-02', 'it', { from: '2026-02-01', to: '2026-02-28' }],
    ['dic 2026', 'it', { from: '2026-12-01', to: '2026-12-31' }],
    ['Dec 2026', 'en', { from: '2026-12-01', to: '2026-12-31' }],
    ['2026', 'it', { from: '2026-01-01', to: '2026-12-31' }],
    ['11/2026..12/2026', 'it', { from: '2026-11-01', to: '2026-12-31' }],
    ['<today', 'en', { to: '2026-11-21' }],
    ['<=oggi', 'it', { to: '2026-11-22' }],
    ['>12/2026', 'it', { from: '2027-01-01' }],
    ['today+30', 'en', '2026-12-22'],
    ['oggi..oggi + 30', 'it', { from: '2026-11-22', to: '2026-12-22' }],
    ['tomorrow', 'it', '2026-11-23'],
    ['1/12/26;2/12/26', 'it', { in: ['2026-12-01', '2026-12-02'] }],
    ['31/02/2026', 'it', 'noSuchDay'],
    ['13/2026', 'it', 'noSuchDay'],
    ['soon', 'it', 'notDate'],
    ['12/2026..11/2026', 'it', 'emptyRange'],
    ['..', 'it', 'notDate'],
  ])('%j in %s is a date', (text, locale, filter) => {
    expect(value(text, 'date', locale)).toEqual(filter);
  });

  it('asks instants by days, as ranges only', () => {
    expect(value('22/11/2026', 'instant')).toEqual({ from: today, to: today });
    expect(value('1/12/26;2/12/26', 'instant', 'it')).toBe('notOffered');
  });

  it('finds choices and flags by their words', () => {
    const choices = [
      { value: 'HOLD', label: 'On hold' },
      { value: 'REL', label: 'Released' },
    ];
    const status: FilterField = { ...field('text'), choices };
    const context = { locale: 'en', today, yes: 'Yes', no: 'No' };
    expect(parseFilter('on HOLD', status, context)).toEqual({ ok: true, value: 'HOLD' });
    expect(parseFilter('rel;hold', status, context)).toEqual({ ok: true, value: { in: ['REL', 'HOLD'] } });
    expect(parseFilter('x', status, context)).toEqual({ ok: false, problem: 'notChoice' });
    expect(filterText({ in: ['REL', 'HOLD'] }, status, context)).toBe('Released;On hold');
    expect(parseFilter('yes', field('flag'), context)).toEqual({ ok: true, value: true });
    expect(filterText(false, field('flag'), context)).toBe('No');
    expect(parseFilter('maybe', field('flag'), context)).toEqual({ ok: false, problem: 'notChoice' });
  });

  it.each(['>L5', '<L5', '>=L5', '< L5'])('%j is not guessed at where codes have no ranges', (text) => {
    expect(read(text, 'code', 'en', ['in', 'like'])).toEqual({ ok: false, problem: 'notOffered' });
  });

  it('is no filter where the list cannot compare that way', () => {
    const problem = (text: string, type: FilterField['type'], comparisons: readonly string[]): unknown => {
      const parsed = read(text, type, 'en', comparisons);
      return parsed.ok ? parsed.value : parsed.problem;
    };
    expect(problem('abc', 'code', [])).toBe('abc');
    expect(problem('a%', 'code', ['in'])).toBe('notOffered');
    expect(problem('a;b', 'code', ['like'])).toBe('notOffered');
    expect(problem('=', 'code', ['in'])).toBe('notOffered');
    expect(problem('>1', 'quantity', ['in'])).toBe('notOffered');
    expect(problem('A..B', 'code', ['like'])).toEqual({ like: '%A..B%' });
  });
});

const seed = Date.now() % 1_000_000;
let state = seed;
const random = (below: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const one = <T>(of: readonly T[]): T => of[random(of.length)] as T;

const letters = [
  'a',
  'B',
  '1',
  '2026',
  '-',
  '_',
  '%',
  '\\',
  ';',
  '"',
  '.',
  '..',
  ' ',
  '=',
  '!',
  '<',
  '>',
  'é',
  '/',
];
const word = (): string => {
  const made = Array.from({ length: 1 + random(6) }, () => one(letters))
    .join('')
    .trim();
  return made === '' ? 'x' : made;
};
const quantity = (): string => {
  const digits = random(3);
  const whole = String(random(10_000));
  const rest =
    digits === 0
      ? ''
      : String(random(10 ** digits))
          .padStart(digits, '0')
          .replace(/0+$/, '');
  return rest === '' ? whole : `${whole}.${rest}`;
};
const day = (): string =>
  new Date(Date.UTC(2020 + random(10), random(12), 1 + random(28))).toISOString().slice(0, 10);

function pair<T extends string>(make: () => T, less: (a: T, b: T) => boolean): { from: T; to: T } {
  const [a, b] = [make(), make()];
  return less(a, b) ? { from: a, to: b } : { from: b, to: a };
}

/** A filter, of those a box can say or nearly. */
function filter(type: 'code' | 'quantity' | 'date'): FilterValue {
  const make = type === 'code' ? word : type === 'quantity' ? quantity : day;
  const less =
    type === 'quantity' ? (a: string, b: string) => Number(a) <= Number(b) : (a: string, b: string) => a <= b;
  const range = pair(make, less);
  const shapes: (() => FilterValue)[] = [
    make,
    () => null,
    () => ({ isNull: random(2) === 0 }),
    () => ({ in: [make(), make(), make()] }),
    () => ({ in: [make(), null] }),
    () => range,
    () => ({ from: range.from }),
    () => ({ to: range.to }),
    ...(type === 'code' ? [() => ({ like: one(['%', '']) + word() + one(['%', '']) })] : []),
  ];
  return one(shapes)();
}

/** What a filter means: none is null, and a stretch of one value is that value. */
function equal(value: FilterValue | undefined): unknown {
  if (value === null) return { isNull: true };
  if (typeof value !== 'object' || value.from === undefined || value.from !== value.to) return value;
  return value.from;
}

describe('a filter as it is typed', () => {
  it.each(['code', 'quantity', 'date'] as const)('means the same when it is read again: %s', (type) => {
    for (let i = 0; i < 4000; i++) {
      const locale = one(['en', 'it', 'de', 'fr', 'en-US', 'ar', 'sv', 'ja', 'hu']);
      const made = filter(type);
      const text = filterText(made, field(type), { locale, today });
      const about = `seed ${seed} ${locale} ${JSON.stringify(made)} as ${JSON.stringify(text)}`;
      if (text === null) continue;
      const again = read(text, type, locale);
      expect(again, about).toMatchObject({ ok: true });
      if (again.ok) expect(equal(again.value), about).toEqual(equal(made));
    }
  });

  it.each(['code', 'quantity', 'date'] as const)('is never guessed at, and never throws: %s', (type) => {
    const marks = [
      '>',
      '<',
      '=',
      '!',
      '..',
      ';',
      '"',
      '%',
      '_',
      '\\',
      ' ',
      '1',
      ',5',
      '.',
      '/',
      'x',
      '2026',
      'today',
    ];
    for (let i = 0; i < 4000; i++) {
      const text = Array.from({ length: random(7) }, () => one(marks)).join('');
      const locale = one(['en', 'it', 'ar']);
      const parsed = read(text, type, locale);
      if (!parsed.ok || parsed.value === undefined) continue;
      const back = filterText(parsed.value, field(type), { locale, today });
      const about = `seed ${seed} ${locale} ${JSON.stringify(text)} ${JSON.stringify(parsed.value)} ${back}`;
      if (back === null) continue;
      const again = read(back, type, locale);
      expect(again.ok && equal(again.value), about).toEqual(equal(parsed.value));
    }
  });

  it('says the usual ones the usual way', () => {
    const typed = (value: FilterValue, type: FilterField['type'], locale = 'it'): string | null =>
      filterText(value, field(type), { locale, today });
    expect(typed({ like: '%abc%' }, 'code')).toBe('abc');
    expect(typed({ like: '2026%' }, 'code')).toBe('2026%');
    expect(typed('abc', 'code')).toBe('=abc');
    expect(typed({ in: ['a', 'b'] }, 'code')).toBe('a;b');
    expect(typed({ from: '10.000001', to: '20' }, 'quantity')).toBe('>10 <=20');
    expect(typed({ from: '1.5', to: '2' }, 'quantity')).toBe('1,5..2');
    expect(typed({ from: '2026-12-01', to: '2026-12-31' }, 'date')).toBe('12/2026');
    expect(typed({ from: '2026-12-06' }, 'date')).toBe('06/12/2026..');
    expect(typed({ from: '2026-12-06' }, 'date', 'en-US')).toBe('12/06/2026..');
    expect(typed({ isNull: false }, 'date')).toBe('!');
    expect(typed({ in: ['a', null] }, 'code')).toBeNull();
    expect(filterWords({ in: ['HOLD', null] }, field('code'), { locale: 'it', today })).toBe('HOLD;=');
    expect(filterWords('HOLD', field('code'), { locale: 'it', today })).toBe('HOLD');
  });
});
