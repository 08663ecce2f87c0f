/** Codes from a first one, from patterns and ranges, and rows from pasted text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesBetween, codesFrom, codesFromPattern, rowsFromText } from '../../../src/core/rules/patterns.ts';
import { refusal } from './errors.ts';
import { holds } from './random.ts';

describe('codes from a first one', () => {
  it('R13 the last group of digits counts up', () => {
    expect(codesFrom('BAV023B00001S00001', 3)).toEqual([
      'BAV023B00001S00001',
      'BAV023B00001S00002',
      'BAV023B00001S00003',
    ]);
    expect(codesFrom('SN-098/A', 3)).toEqual(['SN-098/A', 'SN-099/A', 'SN-100/A']);
    expect(codesFrom(' 7 ', 2)).toEqual(['7', '8']);
    expect(codesFrom('X1', 0)).toEqual([]);
  });

  it('R14 any length counts exactly', () => {
    expect(codesFrom('SN12345678901234567890', 2)).toEqual([
      'SN12345678901234567890',
      'SN12345678901234567891',
    ]);
    expect(codesFrom('9007199254740991', 3)).toEqual([
      '9007199254740991',
      '9007199254740992',
      '9007199254740993',
    ]);
    expect(codesFrom(`A${'9'.repeat(40)}`, 2)[1]).toBe(`A1${'0'.repeat(40)}`);
    expect(codesFrom(`0${'9'.repeat(20)}Z`, 2)[1]).toBe(`1${'0'.repeat(20)}Z`);
  });

  it('R15 a text without digits gets a number, and full digits grow', () => {
    expect(codesFrom('LOT', 3)).toEqual(['LOT0', 'LOT1', 'LOT2']);
    expect(codesFrom('A99', 2)).toEqual(['A99', 'A100']);
    expect(codesFrom('A099', 2)).toEqual(['A099', 'A100']);
  });

  it('R14 the nth code is the first plus n, for any digits', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 40 });
    holds(
      fc.property(digits, fc.integer({ min: 1, max: 50 }), (text, n) => {
        const codes = codesFrom(`P${text}-X`, n);
        codes.forEach((code, i) => {
          const expected = String(BigInt(text) + BigInt(i)).padStart(text.length, '0');
          expect(code).toBe(`P${expected}-X`);
        });
        expect(codes).toHaveLength(n);
      }),
    );
  });

  it('refuses what is no code and no number of codes', () => {
    expect(refusal(() => codesFrom('  ', 2)).code).toBe('code.pattern');
    expect(refusal(() => codesFrom('A', 1.5)).code).toBe('field.range');
    expect(refusal(() => codesFrom('A', -1)).code).toBe('field.range');
    expect(refusal(() => codesFrom('A', 100_001)).code).toBe('limit.lines');
    expect(codesFrom(`${'1'.repeat(100_000)}a`, 1)[0]).toHaveLength(100_001);
  });
});

describe('patterns', () => {
  it('R16 ranges, runs and the next code', () => {
    expect(codesFromPattern('10-12, 20+2, ~', { next: 100, count: 7 })).toEqual([
      '10',
      '11',
      '12',
      '20',
      '21',
      '22',
      '100',
    ]);
    expect(codesFromPattern('SN008-SN010; ~ ; ~\n\nX', { next: 'SN099' })).toEqual([
      'SN008',
      'SN009',
      'SN010',
      'SN099',
      'SN100',
      'X',
    ]);
    expect(codesFromPattern('~+2, A1 + 1,', { next: '7' })).toEqual(['7', '8', '9', 'A1', 'A2']);
    expect(codesFromPattern('8 - 11')).toEqual(['8', '9', '10', '11']);
    expect(codesFromPattern('98765432109876543210-98765432109876543212')).toHaveLength(3);
  });

  it('R16 a hyphen that makes no range belongs to the code', () => {
    for (const code of ['LOT-7', 'A-01', '2026-11-22', '20-X1', 'LOT-LOT', 'SN010-012'])
      expect(codesFromPattern(code)).toEqual([code]);
    expect(codesFromPattern('A-01-A-03')).toEqual(['A-01', 'A-02', 'A-03']);
  });

  it('R16 another count than the row’s quantity is refused', () => {
    expect(refusal(() => codesFromPattern('10-12, 20+2, ~', { next: 100, count: 8 }))).toMatchObject({
      code: 'serial.countMismatch',
      details: { expected: 8, given: 7 },
    });
    expect(refusal(() => codesFromPattern('A', { count: 0 })).details).toEqual({ expected: 0, given: 1 });
  });

  it.each(['', ' \n ', '10,,12', '10-', '-5', '+3', '20+', '20+x', '~', '~~', '12-10', 'SN9-SN8', '012-14'])(
    'R16 %j is not understood',
    (text) => {
      expect(refusal(() => codesFromPattern(text)).code).toBe('code.pattern');
    },
  );

  it('R16 a code that stands twice is refused, and so is more than a posting may have', () => {
    expect(refusal(() => codesFromPattern('10-12, 11'))).toMatchObject({
      code: 'serial.repeated',
      details: { code: '11' },
    });
    expect(refusal(() => codesFromPattern('sn1; SN1')).code).toBe('serial.repeated');
    for (const text of ['1-99999999999999', '1+100000', '1+999999999999999', '1-60000, 70001-130000'])
      expect(refusal(() => codesFromPattern(text)).code).toBe('limit.lines');
    expect(refusal(() => codesFromPattern('-'.repeat(1_000_000))).code).toBe('code.pattern');
  });
});

describe('ranges', () => {
  it('R13 both ends must differ in one group of digits alone', () => {
    expect(codesBetween('SN098-X', 'SN101-X')).toEqual(['SN098-X', 'SN099-X', 'SN100-X', 'SN101-X']);
    expect(codesBetween('L1/2026', 'l3/2026')).toEqual(['L1/2026', 'L2/2026', 'L3/2026']);
    expect(codesBetween('A5', ' a5 ')).toEqual(['A5']);
    expect(codesBetween('LOT', 'LOT')).toEqual(['LOT']);
  });

  it.each([
    ['A1', 'B5'],
    ['A1', 'A5X'],
    ['A1', 'A'],
    ['A5', 'A1'],
    ['A1B1', 'A2B2'],
    ['A001', 'A12'],
    ['A1', 'A012'],
    ['LOT', 'LOS'],
    ['', 'A1'],
  ])('R13 %s to %s is no range', (from, to) => {
    expect(refusal(() => codesBetween(from, to))).toMatchObject({ code: 'code.pattern' });
  });

  it('R14 a range from the first to the last of n codes is those n codes', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 30 });
    holds(
      fc.property(digits, fc.integer({ min: 1, max: 300 }), (text, n) => {
        const codes = codesFrom(`P${text}`, n);
        expect(codesBetween(codes[0] ?? '', codes.at(-1) ?? '')).toEqual(codes);
      }),
    );
  });
});

describe('pasted rows', () => {
  it('R68 code, quantity and date, each line by its own separator', () => {
    expect(rowsFromText('L1;22;2027-02-01\nL2\t12\r\n\r\nL3|1.50|01.02.2027\nL 4,7,1/2/2027\nL5')).toEqual([
      { line: 1, code: 'L1', quantity: '22', expiryDate: '2027-02-01' },
      { line: 2, code: 'L2', quantity: '12' },
      { line: 4, code: 'L3', quantity: '1.5', expiryDate: '2027-02-01' },
      { line: 5, code: 'L 4', quantity: '7', expiryDate: '2027-02-01' },
      { line: 6, code: 'L5' },
    ]);
  });

  it('R68 empty columns, a date without quantity, decimal commas', () => {
    expect(rowsFromText('A;;2027/3/9;;\nB\t2027-02-01\nC;0,454\nD;12,5\nE;007,0')).toEqual([
      { line: 1, code: 'A', expiryDate: '2027-03-09' },
      { line: 2, code: 'B', expiryDate: '2027-02-01' },
      { line: 3, code: 'C', quantity: '0.454' },
      { line: 4, code: 'D', quantity: '12.5' },
      { line: 5, code: 'E', quantity: '7' },
    ]);
  });

  it('R68 a heading line is recognised and sets the order', () => {
    const rows = [{ line: 2, code: 'L1', quantity: '5', expiryDate: '2027-02-01' }];
    expect(rowsFromText('Lot;Quantity;Expiry date\nL1;5;2027-02-01')).toEqual(rows);
    expect(rowsFromText('\ufeffScadenza\tQ.tà\tCodice lotto\n01.02.2027\t5\tL1')).toEqual(rows);
    expect(rowsFromText('Serial number\nS1')).toEqual([{ line: 2, code: 'S1' }]);
    // a heading further down is a row like any other
    expect(rowsFromText('L1;5\nLot;Quantity')[1]).toMatchObject({ problem: { text: 'Quantity' } });
  });

  it.each([
    ['L1;22;2027-02-01;red', 'code.pattern', 'red'],
    ['L1;22;soon', 'date.invalid', 'soon'],
    ['L1;22;2027-02-31', 'date.invalid', '2027-02-31'],
    ['L1;22;01.02.27', 'date.invalid', '01.02.27'],
    ['L1;22;2/30/2027', 'date.invalid', '2/30/2027'],
    ['L1;22 kg', 'quantity.format', '22 kg'],
    ['L1;1,250', 'quantity.format', '1,250'],
    ['L1;1.234,5', 'quantity.format', '1.234,5'],
    ['L1;1e3', 'quantity.format', '1e3'],
    ['L1;-4', 'quantity.negative', '-4'],
    ['L1,2,5', 'date.invalid', '5'],
    [';22', 'field.required', ''],
    ['L1;3\t12', 'code.pattern', 'L1;3'],
    ['L1 2027-02-01', 'code.pattern', 'L1 2027-02-01'],
    ['L1   22', 'code.pattern', 'L1   22'],
    [`${'x'.repeat(51)};1`, 'field.tooLong', 'x'.repeat(51)],
  ])('R68 %j is flagged, not swallowed', (text, code, about) => {
    expect(rowsFromText(text)).toMatchObject([{ line: 1, problem: { code, text: about } }]);
  });

  it('R68 what can be read of a flagged row is kept', () => {
    expect(rowsFromText('L1;x;2027-02-01')).toEqual([
      { line: 1, code: 'L1', expiryDate: '2027-02-01', problem: { code: 'quantity.format', text: 'x' } },
    ]);
  });

  it('R68 any rows written are read back, with any separator', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ABC019-_/'), minLength: 1, maxLength: 12 });
    const row = fc.record({
      code: word,
      quantity: fc.integer({ min: 0, max: 1e9 }).map(String),
      expiryDate: fc.constantFrom('2027-02-01', '2028-02-29', '1999-12-31'),
    });
    holds(
      fc.property(
        fc.array(row, { minLength: 1 }),
        fc.constantFrom('\t', ';', '|', ','),
        (rows, separator) => {
          const text = rows.map((r) => [r.code, r.quantity, r.expiryDate].join(separator)).join('\n');
          expect(rowsFromText(text)).toEqual(rows.map((r, i) => ({ line: i + 1, ...r })));
        },
      ),
    );
  });
});
