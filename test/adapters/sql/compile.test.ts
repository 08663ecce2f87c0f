/** What values and questions become in the database, without one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Conditions, likePattern } from '../../../src/adapters/stores/sql/conditions.ts';
import {
  compareSorted,
  decodeScalar,
  decodeText,
  encode,
  encodeScalar,
  encodeText,
  encodeUnique,
  nameOf,
  quoted,
} from '../../../src/adapters/stores/sql/encode.ts';
import { type Facts, Layout, NO_FACTS } from '../../../src/adapters/stores/sql/layout.ts';
import { Order } from '../../../src/adapters/stores/sql/order.ts';
import { Parameters } from '../../../src/adapters/stores/sql/statement.ts';
import {
  type Condition,
  compareScalars,
  type FindOptions,
  type Scalar,
  tables,
} from '../../../src/core/adapter-kit.ts';

const text = fc.string({ unit: 'binary', maxLength: 6 });
const odd = fc.constantFrom<Scalar>(
  '',
  '\u0000',
  '\u0001',
  '\u0001\u0002',
  '\uffff',
  '😀',
  0,
  -0,
  -1,
  5e-324,
);
const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  text,
  odd,
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const bytes = (value: string): Buffer => Buffer.from(value, 'utf8');

test('values as texts sort by their bytes as the port sorts values, and come back', () => {
  fc.assert(
    fc.property(scalar, scalar, (a, b) => {
      expect(decodeScalar(encodeScalar(a))).toEqual(a === 0 ? 0 : a);
      const sameType = typeof a === typeof b || a === null || b === null;
      if (!sameType) return;
      const order = Math.sign(compareScalars(a, b));
      expect(Math.sign(Buffer.compare(bytes(encodeScalar(a)), bytes(encodeScalar(b))))).toBe(order);
      expect(Math.sign(compareSorted(a, b))).toBe(order);
      expect(Math.sign(compareSorted(a, b, true))).toBe(Math.sign(compareScalars(a, b, true)));
    }),
  );
  const sorted = [false, true, -1e300, 0, 7, '', 'a', null] as const;
  expect([...sorted].reverse().sort((a, b) => compareSorted(a, b))).toEqual(sorted);
});

test('a text keeps every character, and none that the database cannot hold', () => {
  fc.assert(
    fc.property(text, (value) => {
      const encoded = encodeText(value);
      expect(encoded).not.toContain('\u0000');
      expect(decodeText(encoded)).toBe(value);
    }),
  );
  expect(() => encodeText('\ud800')).toThrow('field.characters');
});

test('a long value is cut between characters, and the whole is beside it', () => {
  const { key, long } = encode('ä漢😀'.repeat(200));
  expect(bytes(key).length).toBeLessThanOrEqual(300);
  expect(long.startsWith(key)).toBe(true);
  expect(decodeScalar(long)).toBe('ä漢😀'.repeat(200));
  expect(encode('x'.repeat(299))).toEqual({ key: `t${'x'.repeat(299)}`, long: '' });
});

test('unique keys differ where values do, and are short', () => {
  const keys = [
    ['a', 'b'],
    ['ab', ''],
    ['a', 1],
    ['a', '1'],
    ['a', true],
    ['a"', 'b'],
  ];
  expect(new Set(keys.map(encodeUnique)).size).toBe(keys.length);
  expect(encodeUnique(['a', null])).toBeNull();
  expect(encodeUnique(['x'.repeat(5000)])?.length).toBeLessThan(100);
});

test('names are quoted, and long ones stay different', () => {
  expect(quoted('p', 'a"; drop table x; --')).toBe('"p_a""; drop table x; --"');
  const [a, b] = [nameOf('p', `${'é'.repeat(60)}a`), nameOf('p', `${'é'.repeat(60)}b`)];
  expect(a).not.toBe(b);
  expect(bytes(a).length).toBeLessThanOrEqual(63);
});

test.each([
  ['100%', '100%'],
  ['100\\%', '100\\%'],
  ['A_B', 'a_b'],
  ['ﬁ\\_X%', 'fi\\_x%'],
  ['a\\', 'a\\\\'],
  ['\\\\d', '\\\\d'],
])('the pattern %s becomes %s', (pattern, expected) => {
  expect(likePattern(pattern)).toBe(expected);
});

const lots = new Layout(tables.lots);

const filterOf = (where: readonly Condition[], facts: Facts = NO_FACTS) => {
  const parameters = new Parameters('t');
  const filter = new Conditions(lots, facts, parameters).filter({ where });
  return { ...filter, values: parameters.values.slice(1) };
};

test('conditions compare within a type, and only what is declared', () => {
  expect(filterOf([{ field: 'itemKey', op: 'eq', value: 'milk' }])).toMatchObject({
    sql: ['("p_itemKey" = $2)'],
    values: ['tmilk'],
    test: undefined,
  });
  expect(filterOf([{ field: 'open', op: 'from', value: false }]).sql).toEqual([
    `("p_open" < 'n' and "p_open" >= $2)`,
  ]);
  expect(filterOf([{ field: 'expiryDate', op: 'to', value: '2026-01-01' }]).sql).toEqual([
    `("p_expiryDate" >= 't' and "p_expiryDate" < 'u' and "p_expiryDate" <= $2)`,
  ]);
  expect(filterOf([{ field: 'id', op: 'in', values: ['a', 1, null] }])).toMatchObject({ values: [['a']] });
  const { sql, test: rest } = filterOf([{ field: 'notes', op: 'eq', value: 'x' }]);
  expect(sql).toEqual([]);
  expect(rest?.({ id: 'a', version: 1, notes: 'x' } as never)).toBe(true);
});

test('a statement of one shape has one text, whatever the values', () => {
  const textOf = (value: string) => filterOf([{ field: 'supplier', op: 'eq', value }]).sql.join();
  expect(textOf('a')).toBe(textOf("b' or true --"));
});

const stretchesOf = (
  options: Pick<FindOptions, 'order' | 'reverse' | 'then'>,
  nulls: string[],
  after?: Scalar[],
) => {
  const known = {
    facts: { nulls: new Set(nulls), long: new Set<string>() },
    fixed: new Map(),
    filled: new Set(''),
  };
  const parameters = new Parameters('t');
  return Order.of(lots, options)
    .stretches(known, after)
    .map(({ where, orderBy }) => [...where(parameters), orderBy].join(' | '));
};

test('an order is one row of values, unless nulls have to be last downwards', () => {
  const up = { order: 'expiryDate' };
  const down = { order: 'expiryDate', reverse: true };
  const after = ['2026-01-01', 'a', 'id'];
  expect(stretchesOf(up, ['expiryDate'], after)).toEqual([
    '("p_expiryDate", "p_code", id) > ($2, $3, $4) | "p_expiryDate", "p_code", id',
  ]);
  expect(stretchesOf(down, [], after)).toEqual([
    '("p_expiryDate", "p_code", id) < ($2, $3, $4) | "p_expiryDate" desc, "p_code" desc, id desc',
  ]);
  expect(stretchesOf(down, ['expiryDate'], after)).toEqual([
    `"p_expiryDate" < 'z' | ("p_expiryDate", "p_code", id) < ($2, $3, $4) | "p_expiryDate" desc, "p_code" desc, id desc`,
    `"p_expiryDate" = 'z' | "p_code" desc, id desc`,
  ]);
  expect(stretchesOf(down, ['expiryDate'], [null, 'a', 'id'])).toEqual([
    `"p_expiryDate" = 'z' | ("p_code", id) < ($2, $3) | "p_code" desc, id desc`,
  ]);
});
