/** What the drivers for a server can be held to without one: what errors mean, values, names of statements. */
import { describe, expect, it, test } from 'vitest';
import { OutcomeUnknown } from '../../../src/adapters/stores/sql/driver.ts';
import {
  characteristics,
  commitFailure,
  isLineFailure,
  unavailable,
} from '../../../src/adapters/stores/sql/drivers/line.ts';
import { type PgPool, pg } from '../../../src/adapters/stores/sql/drivers/pg.ts';
import { connectLike } from '../../../src/adapters/stores/sql/drivers/pg-bell.ts';
import { readerOfType, StatementNames, toWire } from '../../../src/adapters/stores/sql/drivers/values.ts';

const refusal = (code: string, severity = 'ERROR') => Object.assign(new Error('refused'), { code, severity });

describe('what an answer to COMMIT means', () => {
  test.each(['40001', '40P01', '23505', '25P02', '23503'])('%s: nothing was written', (code) => {
    const error = refusal(code);
    expect(commitFailure(error)).toBe(error);
  });

  // a server that shuts down, a failover, an engine that says itself that it does not know
  test.each([
    '57P01',
    '57P02',
    '08006',
    '08007',
    '40003',
    '58030',
    'XX000',
    'ECONNRESET',
    'CONNECTION_CLOSED',
  ])('%s: it may be written', (code) => {
    expect(commitFailure(refusal(code))).toBeInstanceOf(OutcomeUnknown);
  });
});

test.each([
  [refusal('57P01', 'FATAL'), true],
  [refusal('57P03', 'FATAL'), true],
  [refusal('53300', 'FATAL'), true],
  [refusal('25P03', 'FATAL'), true],
  [refusal('42501', 'FATAL'), true],
  [refusal('ECONNREFUSED'), true],
  [new Error('Connection terminated unexpectedly'), true],
  [refusal('23505'), false],
  [refusal('57014'), false],
  [refusal('42501'), false],
])('whether %o is of the line: %s', (error, isOfLine) => {
  expect(isLineFailure(error)).toBe(isOfLine);
});

it('is unavailable for a reason, and asks to try again under the same id', () => {
  expect(unavailable('pg', refusal('ECONNREFUSED'))).toMatchObject({
    code: 'store.unavailable',
    retry: 'same-id',
    details: { driver: 'pg', cause: 'ECONNREFUSED' },
  });
});

it('begins transactions as it is told to', () => {
  expect(characteristics({ mode: 'read' })).toBe('isolation level repeatable read read only');
  expect(characteristics({ mode: 'write' })).toBe('isolation level read committed read write');
  expect(characteristics({ mode: 'write' }, 'serializable')).toBe('isolation level serializable read write');
});

it('hands lists over as texts of arrays', () => {
  expect(toWire(['a', 'b,c', '"', '\\', '', 'NULL'])).toBe('{"a","b,c","\\"","\\\\","","NULL"}');
  expect(toWire([1, -2])).toBe('{"1","-2"}');
  expect(toWire([])).toBe('{}');
  expect([toWire(null), toWire(true), toWire(7), toWire('{')]).toEqual([null, true, 7, '{']);
});

it('reads whole numbers that may be large, and exact ones, as texts', () => {
  const read = (type: number, text: string) => readerOfType(type)(text);
  expect([read(20, '9007199254740993'), read(1700, '0.10'), read(25, 'x')]).toEqual([
    '9007199254740993',
    '0.10',
    'x',
  ]);
  expect([read(23, '-7'), read(701, '0.5'), read(16, 't'), read(16, 'f')]).toEqual([-7, 0.5, true, false]);
  expect(read(3802, '{"a":[1]}')).toEqual({ a: [1] });
});

it('prepares what comes again, under the same name everywhere, and not without end', () => {
  const [names, others] = [new StatementNames(), new StatementNames()];
  expect(names.of('select 1')).toBeUndefined();
  const name = names.of('select 1');
  expect(name).toMatch(/^lot_[0-9a-f]{40}$/);
  others.of('select 1');
  expect(others.of('select 1')).toBe(name);
  for (let i = 0; i < 2_000; i++) for (let twice = 0; twice < 2; twice++) names.of(`select ${i}`);
  expect(names.of('select 1')).toBe(name);
  expect(names.of('select 1999')).toBeUndefined();
});

it('leaves what looks for a pattern to be planned each time', () => {
  const names = new StatementNames();
  const text = 'select record from lots where tenant = $1 and (search like $2) order by id';
  expect([1, 2, 3].map(() => names.of(text))).toEqual([undefined, undefined, undefined]);
});

it('does without a bell where a pool does not tell how it connects', () => {
  const pool: PgPool = { connect: () => Promise.reject(new Error('none')), on: () => pool, options: {} };
  expect(connectLike(pool)).toBeUndefined();
  expect(pg(pool).listen).toBeUndefined();
});
